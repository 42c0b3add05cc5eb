#!/usr/bin/env python3
"""Scores answers to the NIST data sets and writes them as a Markdown table.

    nist_table.py FOLDER PAGE < LINES

FOLDER has exact.json; LINES are as nist.py writes them; the table replaces what stands between the marks in PAGE.

The score is the log relative error, -log10(|q - c| / |c|), or -log10(|q|) where c is 0, with c from exact.json (the
exact fit of the doubles, 40 digits), taken into [0, 16]; an answer that is the double nearest to c scores 16. A cell
has the worst score over the coefficients, then the worst over their standard errors. A number that was not given
scores 0; a dash where the program has no standard errors at all.
"""
import json
import os
import sys
from fractions import Fraction
from math import log10

BEGIN, END = "<!-- generated: begin -->", "<!-- generated: end -->"
FIRST = "Plumbline"


def score(answer, certified):
    if answer is None:
        return 0.0
    q, c = Fraction(answer), Fraction(certified)
    if float(c) == answer:
        return 16.0
    error = abs(q - c) / abs(c) if c else abs(q)
    # In two steps: the ratio may be below what a double holds.
    digits = -(log10(error.numerator) - log10(error.denominator))
    return min(16.0, max(0.0, digits))


def worst(answers, exact, key):
    if answers is None:
        return "–"
    if len(answers) != len(exact):
        sys.exit(f"{len(answers)} answers where there are {len(exact)} coefficients.")
    return f"{min(score(a, c[key]) for a, c in zip(answers, exact)):.1f}"


def table(lines, exact):
    cells, versions = {}, {}
    for line in lines:
        coefficients = exact[line["set"]]["double"]["coefficients"]
        versions[line["peer"]] = line["version"]
        cells[line["set"], line["peer"]] = (
            worst(line["estimates"], coefficients, "estimate") + " / " +
            worst(line["std_errors"], coefficients, "std_error"))
    peers = sorted(versions, key=lambda peer: not peer.startswith(FIRST))
    yield "| | " + " | ".join(peers) + " |"
    yield "| --- |" + " --- |" * len(peers)
    for name in exact:
        yield f"| {name} | " + " | ".join(cells.get((name, peer), "") for peer in peers) + " |"
    yield ""
    yield "Versions: " + ", ".join(f"{peer} {versions[peer]}" for peer in peers) + "."


def main(folder, path):
    with open(os.path.join(folder, "exact.json")) as file:
        exact = json.load(file)
    lines = [json.loads(line) for line in sys.stdin if line.strip()]
    with open(path, encoding="utf-8") as file:
        page = file.read()
    head, _, rest = page.partition(BEGIN)
    _, mark, tail = rest.partition(END)
    if not mark:
        sys.exit(f"{path} lacks the marks {BEGIN} and {END}.")
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join([head + BEGIN, *table(lines, exact), END + tail]))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
