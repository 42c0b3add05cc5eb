#!/usr/bin/env python3
"""Times least-squares solvers of Python on a file of data.py; one JSON line a peer.

    time.py FILE N P [REPETITIONS]

PEER and WITHOUT_PEER in the environment: only, or all but, the peers with that in their name.

What is timed: from X (row by row in memory) and y to coefficients. Each peer runs once unmeasured, then REPETITIONS
times (5 unless given; fewer, but at least 2, once 15 seconds are used up).
"""
import ctypes
import gc
import json
import os
import statistics
import sys
import time

import numpy as np
import scipy
import scipy.linalg
import sklearn
import statsmodels
import statsmodels.api as sm
from sklearn.linear_model import LinearRegression

BUDGET_SECONDS = 15


def normal_equations(x, y):
    return scipy.linalg.cho_solve(scipy.linalg.cho_factor(x.T @ x), x.T @ y)


PEERS = {
    "numpy lstsq": (np, lambda x, y: np.linalg.lstsq(x, y, rcond=None)[0]),
    "scipy cho_solve(X'X)": (scipy, normal_equations),
    "scikit-learn LinearRegression": (sklearn, lambda x, y: LinearRegression(fit_intercept=False).fit(x, y).coef_),
    "statsmodels OLS (pinv)": (statsmodels, lambda x, y: sm.OLS(y, x).fit(method="pinv").params),
    "statsmodels OLS (qr)": (statsmodels, lambda x, y: sm.OLS(y, x).fit(method="qr").params),
}


def blas():
    """What OpenBLAS says of itself: version, build options, the kernel in use."""
    for line in open("/proc/self/maps"):
        path = line.split()[-1]
        if "openblas" in path:
            library = ctypes.CDLL(path)
            library.openblas_get_config.restype = ctypes.c_char_p
            library.openblas_get_corename.restype = ctypes.c_char_p
            return {
                "config": library.openblas_get_config().decode(),
                "kernel": library.openblas_get_corename().decode(),
                "threads": library.openblas_get_num_threads(),
            }
    sys.exit("OpenBLAS is not the BLAS in use: install libopenblas0-pthread.")


def measure(solve, x, y, repetitions):
    coefficients = solve(x, y)
    seconds = []
    while len(seconds) < repetitions and (len(seconds) < 2 or sum(seconds) < BUDGET_SECONDS):
        gc.collect()
        start = time.perf_counter()
        coefficients = solve(x, y)
        seconds.append(time.perf_counter() - start)
    return seconds, coefficients


def main(path, n, p, repetitions="5"):
    n, p = int(n), int(p)
    values = np.fromfile(path, dtype="<f8")
    if values.size != n * (p + 1):
        sys.exit(f"{path} has {values.size} numbers, not {n} x {p} + {n}.")
    x, y = values[:n * p].reshape(n, p), values[n * p:]
    only, without = os.environ.get("PEER"), os.environ.get("WITHOUT_PEER")
    for name, (module, solve) in PEERS.items():
        if (only and only not in name) or (without and without in name):
            continue
        seconds, coefficients = measure(solve, x, y, int(repetitions))
        print(json.dumps({
            "peer": name, "n": n, "p": p, "seconds": [round(s, 6) for s in seconds],
            "min": round(min(seconds), 6), "median": round(statistics.median(seconds), 6),
            "first": float(coefficients[0]), "version": module.__version__,
            "numpy": np.__version__, "blas": blas(),
        }), flush=True)


if __name__ == "__main__":
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__)
    main(*sys.argv[1:])
