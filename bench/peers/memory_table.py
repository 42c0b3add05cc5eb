#!/usr/bin/env python3
"""Writes the table of times in memory into a page.

    memory_table.py PAGE KERNEL < LINES

LINES are JSON lines of bench/memory.sh; KERNEL is what `Plumbline.Bench kernel` printed. The medians of one run, in
seconds, and behind each how many times as long as Plumbline exact it took.
"""
import json
import platform
import sys

BEGIN, END = "<!-- generated: begin -->", "<!-- generated: end -->"


def main(page, kernel):
    problems, peers, versions = {}, [], {}
    for line in sys.stdin:
        record = json.loads(line)
        problems.setdefault((record["n"], record["p"], record["kind"]), {})[record["peer"]] = record["median"]
        if record["peer"] not in peers:
            peers.append(record["peer"])
        versions[record["peer"]] = record["version"]
        blas = record.get("blas", {}).get("config", "")
    keys = list(problems)
    rows = ["| solver | " + " | ".join(f"{n:,} × {p}, {kind}" for n, p, kind in keys) + " |",
            "| --- |" + " ---: |" * len(keys)]
    for peer in peers:
        cells = []
        for key in keys:
            seconds = problems[key].get(peer)
            base = problems[key]["Plumbline exact"]
            cells.append("" if seconds is None else f"{seconds:.3f} ({seconds / base:.1f}×)")
        rows.append(f"| {peer} {versions[peer]} | " + " | ".join(cells) + " |")
    cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
    text = "\n".join([BEGIN, f"Machine: {cpu}. BLAS of the peers: {blas}.", "", *rows, "", "The kernels alone (`Plumbline.Bench kernel`):", "",
                      "```console", open(kernel).read().rstrip(), "```", END])
    with open(page) as file:
        old = file.read()
    start, end = old.index(BEGIN), old.index(END) + len(END)
    with open(page, "w") as file:
        file.write(old[:start] + text + old[end:])


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
