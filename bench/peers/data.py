#!/usr/bin/env python3
"""Writes data for timing: X (n x p, row by row), then y (n), as little-endian doubles and nothing else.

    data.py KIND N P FILE

KIND  full      standard normal values with all 53 bits
      prices    10.00 to 99999.99, two decimals
      integers  0 to 999
y is a linear function of X plus standard normal noise. X has no column of ones: every peer, and Plumbline beside them,
solves for the p columns as they stand. The generator and its seed are fixed, so the file is the same everywhere.
"""
import sys

import numpy as np

KINDS = {
    "full": lambda random, shape: random.standard_normal(shape),
    "prices": lambda random, shape: random.integers(1_000, 10_000_000, shape) / 100.0,
    "integers": lambda random, shape: random.integers(0, 1_000, shape).astype(float),
}
ROWS_AT_ONCE = 10_000


def main(kind, n, p, path):
    n, p = int(n), int(p)
    random = np.random.Generator(np.random.PCG64(20_260_101))
    beta = random.standard_normal(p)
    y = np.empty(n)
    with open(path, "wb") as file:
        for start in range(0, n, ROWS_AT_ONCE):
            rows = min(ROWS_AT_ONCE, n - start)
            x = KINDS[kind](random, (rows, p))
            y[start:start + rows] = x @ beta + random.standard_normal(rows)
            x.astype("<f8").tofile(file)
        y.astype("<f8").tofile(file)


if __name__ == "__main__":
    if len(sys.argv) != 5 or sys.argv[1] not in KINDS:
        sys.exit(__doc__)
    main(*sys.argv[1:])
