#!/usr/bin/env python3
"""Prints the table of paths, or writes it into a page, and fails when programs differ or a ratio is not as promised.

    paths_table.py ROWS COLUMNS REPEATS LOAD [PAGE] < LINES

LINES are what paths.cs, paths.R and paths.py print; LOAD is the machine's load before.
"""
import os
import platform
import sys

BEGIN, END = "<!-- generated: begin -->", "<!-- generated: end -->"
PROMISED = [("glmnet", "path", 1), ("scikit-learn", "path", 1), ("glmnet", "cv", 10)]     # times as fast at least
SAME = 1e-3         # of the largest coefficient: glmnet stops early


def main(rows, columns, repeats, load, page=None):
    programs, first, wrong, difference = {}, {}, [], None
    for line in sys.stdin:
        name, what, value = line.rstrip("\n").split("\t")
        if name == "difference":
            difference = float(value)
        elif what.startswith("first "):
            first[what.removeprefix("first ")] = float(value)
        else:
            programs.setdefault(name, {})[what] = float(value)
    own = programs["Plumbline 0.1.0"]
    cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
    text = [f"Machine: {cpu}, {os.cpu_count()} cores, load {load} before. {int(rows):,} × {columns}, 100 λ, 10 folds; the best of {repeats} runs.", "",
            "| program | path | times Plumbline's | with folds | times Plumbline's |", "| --- | ---: | ---: | ---: | ---: |"]
    for name, times in programs.items():
        text.append(f"| {name} | {times['path'] * 1e3:.0f} ms | {times['path'] / own['path']:.1f} | {times['cv'] * 1e3:.0f} ms | {times['cv'] / own['cv']:.1f} |")
        wrong += [f"{what}: {name} takes {times[what] / own[what]:.2f} times as long, promised are {least}"
                  for peer, what, least in PROMISED if name.startswith(peer) and times[what] < least * own[what]]
    text += ["", f"Plumbline's first path in a process takes {first['path'] * 1e3:.0f} ms, and the first with folds after it {first['cv'] * 1e3:.0f} ms: the runtime "
             f"compiles then. At the 51st λ the coefficients of glmnet differ by {difference:.0e} of the largest: its threshold."]
    if not difference < SAME:
        wrong.append(f"coefficients differ by {difference} of the largest")
    if page is None:
        print("\n".join(text))
        return
    with open(page) as file:
        old = file.read()
    start, end = old.index(BEGIN), old.index(END) + len(END)
    with open(page, "w") as file:
        file.write("\n".join([old[:start] + BEGIN, *text, END + old[end:]]))
    if wrong:
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    if len(sys.argv) not in (5, 6):
        sys.exit(__doc__)
    main(*sys.argv[1:])
