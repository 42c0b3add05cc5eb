#!/usr/bin/env python3
"""The table of bench/databases.sh, from its JSON lines.

    databases_table.py [PAGE] < LINES

Without a page it is printed.
"""
import json
import platform
import sys

BEGIN, END = "<!-- generated: begin -->", "<!-- generated: end -->"


def size(count):
    for unit in ("B", "kB", "MB"):
        if count < 1000:
            return f"{count:.3g} {unit}"
        count /= 1000
    return f"{count:.3g} GB"


lines = [json.loads(line) for line in sys.stdin]
lines.sort(key=lambda line: (line["engine"], line["p"], line["compute"]))
by_key = {(line["engine"], line["p"], line["compute"]): line for line in lines}
table = ["| | p | `--compute` | time | client ↔ server | server ↔ shards | queries | estimates differ by |", "| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: |"]
for line in lines:
    exact = by_key[(line["engine"], line["p"], "local")]["estimates"]
    differ = max(abs(a - b) / abs(b) for a, b in zip(line["estimates"], exact))
    table.append(
        f"| {line['engine']} | {line['p']} | {line['compute']} | {line['nanoseconds'] / 1e9:.2f} s | {size(line['client'])} | {size(line['shards'])} | "
        f"{line['queries'] or ''} | {'' if line['compute'] == 'local' else f'{differ:.1g}'} |")
cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
rows = {line["rows"] for line in lines}
text = "\n".join([f"{', '.join(f'{n:,}' for n in rows)} rows on three shards. Machine, for all servers and the client: {cpu}.", "", *table])
if len(sys.argv) < 2:
    print(text)
else:
    with open(sys.argv[1]) as file:
        old = file.read()
    start, end = old.index(BEGIN), old.index(END) + len(END)
    with open(sys.argv[1], "w") as file:
        file.write(f"{old[:start]}{BEGIN}\n{text}\n{END}{old[end:]}")
