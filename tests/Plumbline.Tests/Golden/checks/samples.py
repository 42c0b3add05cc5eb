#!/usr/bin/python3
"""Writes judge-samples.json: the samples of samples.R with 70 digits.  Run in this folder:  python3 samples.py   (mpmath 1.2.1)"""
import json

from judge import mp, mpf, normality, plain, shapiro

SAMPLES = {"line": lambda i, n: i, "squares": lambda i, n: i ** 2, "cubes": lambda i, n: (3 * i - n) ** 3,
           "outlier": lambda i, n: i if i < n else 1000000 * n, "ties": lambda i, n: (i // 3) ** 2}
out = []
for case in json.load(open("r-samples.json")):
    n = case["n"]
    x = [mpf(SAMPLES[case["sample"]](i, n)) for i in range(1, n + 1)]
    moments, centered = normality(x)
    if n == 3:
        w = mp.mpf(1) / 2 * (centered[2] - centered[0]) ** 2 / sum(v * v for v in centered)
        sw = [w, 6 / mp.pi * (mp.asin(mp.sqrt(w)) - mp.asin(mp.sqrt(mpf(3) / 4)))]
    else:
        sw = shapiro(centered)
    out.append(json.dumps({"sample": case["sample"], "n": n, "sw": plain(sw), "jb": plain(moments["jb"])} | ({"ad": plain(moments["ad"])} if n > 7 else {})))
open("judge-samples.json", "w").write("[\n" + ",\n".join(out) + "\n]\n")
