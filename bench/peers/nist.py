#!/usr/bin/env python3
"""Fits the NIST data sets with Python's least-squares solvers; one JSON line a peer and set.

    nist.py FOLDER       the folder with certified.json and the CSV files: data/nist

A line: {"peer", "version", "set", "estimates": [...], "std_errors": [...] or null}, in the order of certified.json;
null for a number that the peer does not give. Powers of x are columns of doubles, as a user would make them.
"""
import json
import os
import sys

import numpy as np
import sklearn
import statsmodels
import statsmodels.api as sm
from sklearn.linear_model import LinearRegression


def design(folder, facts):
    """The model matrix without the intercept, and y."""
    data = np.genfromtxt(os.path.join(folder, facts["file"]), delimiter=",", names=True)
    columns = []
    for term in facts["formula"].split("~")[1].split("+"):
        name, _, power = term.strip().partition("^")
        if name != "0":
            columns.append(data[name] ** int(power or 1))
    return np.column_stack(columns), data["y"]


def with_intercept(x, facts):
    return np.column_stack([np.ones(len(x)), x]) if facts["intercept"] else x


def lstsq(x, y, facts):
    return np.linalg.lstsq(with_intercept(x, facts), y, rcond=None)[0], None


def scikit_learn(x, y, facts):
    fit = LinearRegression(fit_intercept=facts["intercept"]).fit(x, y)
    return ([fit.intercept_] if facts["intercept"] else []) + list(fit.coef_), None


def ols(method):
    def solve(x, y, facts):
        fit = sm.OLS(y, with_intercept(x, facts)).fit(method=method)
        return fit.params, fit.bse
    return solve


PEERS = {
    "NumPy lstsq": (np.__version__, lstsq),
    "statsmodels OLS (pinv)": (statsmodels.__version__, ols("pinv")),
    "statsmodels OLS (qr)": (statsmodels.__version__, ols("qr")),
    "scikit-learn LinearRegression": (sklearn.__version__, scikit_learn),
}


def numbers(values):
    return None if values is None else [float(v) if np.isfinite(v) else None for v in values]


def main(folder):
    with open(os.path.join(folder, "certified.json")) as file:
        certified = json.load(file)
    for peer, (version, solve) in PEERS.items():
        for name, facts in certified.items():
            estimates, errors = solve(*design(folder, facts), facts)
            print(json.dumps({
                "peer": peer, "version": version, "set": name,
                "estimates": numbers(estimates), "std_errors": numbers(errors),
            }))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
