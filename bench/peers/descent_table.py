#!/usr/bin/env python3
"""Writes the tables of descent into a page, and fails when a loss or a ratio is not as promised.

    descent_table.py PAGE BANDWIDTH < LINES

LINES are JSON lines of bench/descent.sh; BANDWIDTH is what `Plumbline.Bench descent-bandwidth` printed.
"""
import json
import platform
import sys

BEGIN, END = "<!-- generated: begin -->", "<!-- generated: end -->"
PROMISED = [        # problem's rows, batch, peer, times as fast at least
    (1000, 10, "PyTorch", 50), (1000, 10, "TorchSharp", 50), (100_000, 32, "PyTorch", 20), (100_000, 32, "TorchSharp", 20),
    (1000, 1, "scikit-learn", 2), (100_000, 1, "scikit-learn", 2),
]
SAME = 0.05         # a loss is the same when it is so near, relatively: what the order of the rows makes is less


def time(seconds):
    return f"{seconds * 1e6:.1f} µs" if seconds < 1e-3 else f"{seconds * 1e3:.2f} ms"


def main(page, bandwidth):
    problems = {}
    for line in sys.stdin:
        record = json.loads(line)
        problems.setdefault((record["problem"], record["n"], record["batch"]), []).append(record)
    text, wrong = [], []
    for (name, n, batch), records in problems.items():
        own = records[0]
        text += [f"**{name}, batch {batch}, {own['epochs']} epochs** (the exact minimum of the loss is {own['minimum']:.4e})", "",
                 "| program | an epoch | processor time | times Plumbline's | loss at the end |", "| --- | ---: | ---: | ---: | ---: |"]
        for record in records:
            ratio = record["seconds"] / own["seconds"]
            text.append(f"| {record['peer']} {record['version']} | {time(record['seconds'])} | {time(record['cpu'])} | {ratio:.1f} | {record['loss']:.4e} |")
            if abs(record["loss"] / own["loss"] - 1) > SAME:
                wrong.append(f"{name}, batch {batch}: the loss of {record['peer']} is {record['loss']:.4e}, Plumbline's {own['loss']:.4e}")
            wrong += [f"{name}, batch {batch}: {record['peer']} takes {ratio:.1f} times as long, promised are {least}"
                      for rows, b, peer, least in PROMISED if (n, batch) == (rows, b) and record["peer"].startswith(peer) and ratio < least]
        text.append("")
    cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
    text = "\n".join([BEGIN, f"Machine: {cpu}; one thread each.", "", *text, "**4 GB** (`Plumbline.Bench descent-bandwidth 4`)", "",
                      "```console", open(bandwidth).read().rstrip(), "```", END])
    with open(page) as file:
        old = file.read()
    start, end = old.index(BEGIN), old.index(END) + len(END)
    with open(page, "w") as file:
        file.write(old[:start] + text + old[end:])
    if wrong:
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
