# Makes judge.json: covariances of ill-conditioned NIST problems. Powers of the stored doubles, estimates, residuals and leverages are
# rational numbers without rounding; the sums over rows are taken with 100 decimal digits. It decides where programs in doubles are off.
# Run:   python3 judge.py > judge.json       (Python 3.11, standard library only)
import json
import os
from decimal import Decimal, getcontext
from fractions import Fraction as F

getcontext().prec = 100
here = os.path.dirname(os.path.abspath(__file__))
nist = os.path.join(here, "..", "..", "..", "..", "data", "nist")


def decimal(f):
    return Decimal(f.numerator) / Decimal(f.denominator)


def rows_of(name):
    with open(os.path.join(nist, name + ".csv")) as lines:
        next(lines)
        return [[F(float(v)) for v in line.split(",")] for line in lines]


def inverse(a):
    n = len(a)
    m = [row[:] + [F(int(i == j)) for j in range(n)] for i, row in enumerate(a)]
    for c in range(n):
        pivot = next(r for r in range(c, n) if m[r][c] != 0)
        m[c], m[pivot] = m[pivot], m[c]
        m[c] = [v / m[c][c] for v in m[c]]
        for r in range(n):
            if r != c and m[r][c] != 0:
                m[r] = [v - m[r][c] * w for v, w in zip(m[r], m[c])]
    return [row[n:] for row in m]


def solve(x, y, covs, size):
    n, p = len(x), len(x[0])
    s = inverse([[sum(r[i] * r[j] for r in x) for j in range(p)] for i in range(p)])
    c = [sum(r[i] * t for r, t in zip(x, y)) for i in range(p)]
    b = [sum(s[i][j] * c[j] for j in range(p)) for i in range(p)]
    e = [t - sum(v * w for v, w in zip(r, b)) for r, t in zip(x, y)]
    u = [[sum(s[i][j] * r[j] for j in range(p)) for i in range(p)] for r in x]     # (X'X)^-1 x
    h = [sum(v * w for v, w in zip(r, t)) for r, t in zip(x, u)]
    e, h, u = [decimal(v) for v in e], [decimal(v) for v in h], [[decimal(v) for v in row] for row in u]
    one = Decimal(1)
    out = []
    for cov in covs:
        kind, _, argument = cov.partition(":")
        factor = one
        if kind.startswith("HC"):
            omega = {
                "HC0": lambda i: e[i] ** 2, "HC1": lambda i: e[i] ** 2 * n / (n - p), "HC2": lambda i: e[i] ** 2 / (1 - h[i]),
                "HC3": lambda i: e[i] ** 2 / (1 - h[i]) ** 2,
                "HC4": lambda i: e[i] ** 2 / (1 - h[i]) ** min(Decimal(4), n * h[i] / p),
            }[kind]
            scores = [(omega(i), u[i]) for i in range(n)]
        else:
            v = [[e[i] * w for w in u[i]] for i in range(n)]
            if kind == "CR1":
                groups = [v[g:g + size] for g in range(0, n, size)]
                factor = Decimal(len(groups) * (n - 1)) / Decimal((len(groups) - 1) * (n - p))
                scores = [(one, [sum(r[j] for r in g) for j in range(p)]) for g in groups]
            else:
                lags = int(argument)
                scores = [(one / (lags + 1), [sum(v[i][j] for i in range(max(0, t - lags), min(n, t + 1))) for j in range(p)]) for t in range(n + lags)]
        out.append({"cov": cov, "vcov": [[float(factor * sum(w * r[i] * r[j] for w, r in scores)) for j in range(p)] for i in range(p)]})
    return {"estimate": [float(v) for v in b], "covariances": out}


filip, longley, wampler = rows_of("filip"), rows_of("longley"), rows_of("wampler4")
covs = ["HC0", "HC1", "HC2", "HC3", "HC4", "CR1:g", "newey-west:3"]
print(json.dumps({
    "filip": solve([[r[1] ** k for k in range(11)] for r in filip], [r[0] for r in filip], covs, 4),
    "longley": solve([[F(1)] + r[1:] for r in longley], [r[0] for r in longley], covs, 2),
    "wampler4": solve([[r[1] ** k for k in range(6)] for r in wampler], [r[0] for r in wampler], covs, 3)}))
