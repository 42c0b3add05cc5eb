#!/usr/bin/env python3
"""Writes the table of times from files into a page.

    files_table.py PAGE THREADS < LINES

LINES are those of bench/files.sh: problem, program, seconds, peak memory in MB, with tabs between.
"""
import platform
import sys

BEGIN, END = "<!-- generated: begin -->", "<!-- generated: end -->"


def main(page, threads):
    problems = {}
    for line in sys.stdin:
        problem, program, seconds, memory = line.rstrip("\n").split("\t")
        problems.setdefault(problem, []).append((program, float(seconds), int(memory)))
    cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
    text = [BEGIN, f"Machine: {cpu}, {threads} threads."]
    for problem, programs in problems.items():
        scan = programs[0][1]
        text += ["", f"**{problem}**", "", "| program | seconds | times the scan | peak MB |", "| --- | ---: | ---: | ---: |"]
        text += [f"| {program} | {seconds:.2f} | {seconds / scan:.2f} | {memory:,} |" for program, seconds, memory in programs]
    text.append(END)
    with open(page, encoding="utf-8") as file:
        old = file.read()
    start, end = old.index(BEGIN), old.index(END) + len(END)
    with open(page, "w", encoding="utf-8") as file:
        file.write(old[:start] + "\n".join(text) + old[end:])


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
