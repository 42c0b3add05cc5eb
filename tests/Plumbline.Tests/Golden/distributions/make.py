#!/usr/bin/env python3
"""Golden values of the distributions, to 70 digits of working precision (MPFR through gmpy2, constants through mpmath).

    python3 make.py            writes tails.csv and quantiles.csv beside this file (about a minute)
    python3 make.py check      compares the method with two others, mpmath's and quadrature, at random points

Method: the textbook one, which is not the library's. With y = d1 x/(d1 x + d2), a = d1/2, b = d2/2:
I_y(a, b) by the continued fraction DLMF 8.17.22 (modified Lentz); P(a, x) by the series 8.7.1, Q(a, x) by the
continued fraction 8.9.2 far out and 1 - P elsewhere; prefactors from lgamma at full precision. Cancellation is
paid for with digits.

tails.csv      law,d1,d2,x,lower,upper,shift    law F, X (chi-squared), T (t, two-sided: lower = P(|T| <= x)), N (normal, likewise)
    x is a double; lower and upper are the tails at exactly that double. The quantile of the double nearest to the
    smaller tail is x (1 + shift).
quantiles.csv  law,d1,d2,tail,p,x               tail L or U; for T and N the one-sided upper tail p, x its quantile
"""
import os
import random
import sys

import gmpy2
import mpmath
from gmpy2 import mpfr

DIGITS = 70
gmpy2.get_context().precision = int(DIGITS * 3.33)
gmpy2.get_context().emin = -(1 << 40)
gmpy2.get_context().emax = 1 << 40
EPS = mpfr(10) ** (-(DIGITS - 12))
INF = float("inf")
LGAMMA = {}


def lgamma(a):
    key = str(a)
    if key not in LGAMMA:
        LGAMMA[key] = gmpy2.lgamma(a)[0]
    return LGAMMA[key]


def beta_fraction(a, b, y):
    """The continued fraction of I_y(a, b) a B(a,b) / (y^a (1-y)^b); quick for y < (a+1)/(a+b+2)."""
    tiny = mpfr(10) ** -1000
    c = mpfr(1)
    d = 1 - (a + b) * y / (a + 1)
    d = 1 / (d if d != 0 else tiny)
    h = d
    m = 0
    while True:
        m += 1
        for top in (m * (b - m) * y / ((a + 2 * m - 1) * (a + 2 * m)),
                    -(a + m) * (a + b + m) * y / ((a + 2 * m) * (a + 2 * m + 1))):
            d = 1 + top * d
            c = 1 + top / c
            d = 1 / (d if d != 0 else tiny)
            factor = d * (c if c != 0 else tiny)
            h *= factor
        if abs(factor - 1) < EPS:
            return h


def beta_tails(a, b, u):
    """Lower and upper tail of u = (X/a)/(Y/b), and the density of log u."""
    y = a * u / (a * u + b)
    z = b / (a * u + b)
    density = gmpy2.exp(a * gmpy2.log(y) + b * gmpy2.log(z) + lgamma(a + b) - lgamma(a) - lgamma(b))
    if y < (a + 1) / (a + b + 2):
        lower = density / a * beta_fraction(a, b, y)
        return lower, 1 - lower, density
    upper = density / b * beta_fraction(b, a, z)
    return 1 - upper, upper, density


def gamma_tails(a, u):
    """Lower and upper tail of u = X/a, and the density of log u."""
    x = a * u
    density = gmpy2.exp(a * gmpy2.log(x) - x - lgamma(a))
    if x < a + 1 + 4 * gmpy2.sqrt(a):
        term = 1 / a
        total = term
        n = a
        while term > EPS * total:
            n += 1
            term *= x / n
            total += term
        lower = density * total
        return lower, 1 - lower, density
    tiny = mpfr(10) ** -1000
    base = x + 1 - a
    c = 1 / tiny
    d = 1 / base
    h = d
    i = 0
    while True:
        i += 1
        top = -i * (i - a)
        base += 2
        d = 1 / (top * d + base)
        c = base + top / c
        h *= d * c
        if abs(d * c - 1) < EPS:
            upper = density * h
            return 1 - upper, upper, density


def tails(law, d1, d2, x):
    """Lower and upper tail at x and d lower / d log x."""
    x = mpfr(x)
    if law == "X":
        return gamma_tails(mpfr(d1) / 2, x / mpfr(d1))
    power = 2 if law in "TN" else 1
    u = x ** power
    if d1 == INF:
        lower, upper, density = gamma_tails(mpfr(d2) / 2, 1 / u)
        return upper, lower, density
    lower, upper, density = gamma_tails(mpfr(d1) / 2, u) if d2 == INF else beta_tails(mpfr(d1) / 2, mpfr(d2) / 2, u)
    return lower, upper, density * power


def deviance(d1, d2, w):
    a, b, u = mpfr(d1) / 2, mpfr(d2) / 2, gmpy2.exp(w)
    if d2 == INF:
        return a * (u - 1 - w)
    if d1 == INF:
        return b * (1 / u - 1 + w)
    return (a + b) * gmpy2.log((a * u + b) / (a + b)) - a * w


def far(d1, d2, depth, sign):
    """A w of the given sign with deviance about depth: tails then run from a half to exp(-depth)."""
    low, high = mpfr(0), mpfr(1)
    while deviance(d1, d2, sign * high) < depth:
        high *= 2
    for _ in range(50):
        middle = (low + high) / 2
        if deviance(d1, d2, sign * middle) < depth:
            low = middle
        else:
            high = middle
    return sign * high


def from_log(law, d1, w):
    x = gmpy2.exp(w / 2 if law in "TN" else w)
    return x * mpfr(d1) if law == "X" else x


def laws():
    degrees = [1, 2, 3, 4.5, 10, 30, 100, 1e3, 12345.6, 1e4, 1e5, 1e6, 1e9]
    yield "N", 1, INF
    for d in degrees:
        yield "T", 1, d
    for d in degrees + [1.25, 7.3]:
        yield "X", d, INF
    for pair in [(1, 1), (2, 1), (1, 2), (3, 2), (2.5, 7.5), (10, 10), (30, 4), (5, 100), (100, 5), (12, 1000), (1, 1e4), (1e4, 1),
                 (3, 21609), (17.5, 21595), (50, 1e5), (1e3, 1e3), (1e5, 30), (1, 1e6), (1e6, 1), (200, 1e6), (1e6, 1e6), (1e6, 3),
                 (4, INF), (INF, 4), (1e5, INF), (1, 1e9), (50, 1e9), (1e9, 10), (1e6, 1e9), (1e9, 1e9)]:
        yield "F", *pair


def show(value, digits=20):
    return f"{value:.{digits - 1}e}" if value != 0 else "0"


def number(value):
    return "Infinity" if value == INF else repr(value)


DEPTHS = [0, 1e-8, 1e-3, 0.02, 0.1, 0.3, 0.7, 1.5, 3, 5, 8, 12, 18, 25, 35, 50, 75, 100, 140, 190, 250, 320, 400, 500, 600, 685]


def make_tails(out):
    out.write("law,d1,d2,x,lower,upper,shift\n")
    for law, d1, d2 in laws():
        for sign in (-1, 1):
            for depth in DEPTHS:
                if depth == 0 and sign > 0:
                    continue
                x = float(from_log(law, d1, far(d1, d2, depth, sign)))
                if not 1e-300 < x < 1e300:
                    continue
                lower, upper, density = tails(law, d1, d2, x)
                smaller = min(lower, upper)
                nearest = mpfr(float(smaller))
                shift = (nearest - smaller) / density * (1 if lower < upper else -1)
                if nearest < 1e-300:
                    continue
                out.write(f"{law},{number(d1)},{number(d2)},{x!r},{show(lower)},{show(upper)},{show(shift, 4)}\n")
        print(law, d1, d2, flush=True)


def make_quantiles(out):
    out.write("law,d1,d2,tail,p,x\n")
    for law, d1, d2 in laws():
        heavy = max(d for d in (d1, d2) if d != INF) > 1e5
        points = [1e-300, 1e-50, 1e-6, 0.025, 0.4] if heavy else \
            [1e-300, 1e-150, 1e-70, 1e-30, 1e-15, 1e-6, 0.001, 0.025, 0.1, 0.3, 0.5, 0.6, 0.975]
        if law in "TN":
            points = [p for p in points if p < 0.5] + [0.5 - 2.0 ** -12, 0.5 - 2.0 ** -40]
        for tail in "U" if law in "TN" else "LU":
            for p in points:
                goal = mpfr(p) * (2 if law in "TN" else 1)
                up = tail == "U"
                depth = max(-float(gmpy2.log(min(goal, 1 - goal))) - 0.7, 1e-3)
                w = far(d1, d2, depth, 1 if up == (goal < 0.5) else -1)
                x = from_log(law, d1, w)
                for _ in range(200):
                    lower, upper, density = tails(law, d1, d2, x)
                    # Newton on the log of the tail that is the smaller one at the goal
                    small, sought = (upper, goal) if up else (lower, goal)
                    if goal > 0.5:
                        small, sought = (lower if up else upper), 1 - goal
                    grows = (small is lower)
                    step = gmpy2.log(sought / small) * small / density * (1 if grows else -1)
                    x *= gmpy2.exp(max(min(step, 20), -20))
                    if abs(gmpy2.log(sought / small)) < 1e-20 and abs(step) < 1e-20:
                        break
                else:
                    raise ArithmeticError((law, d1, d2, tail, p))
                if 1e-300 < x < 1e300:
                    out.write(f"{law},{number(d1)},{number(d2)},{tail},{p!r},{show(x)}\n")
        print("quantiles", law, d1, d2, flush=True)


def check():
    """Two other ways: mpmath's incomplete beta and gamma for moderate parameters, Gauss-Legendre over the density for large ones."""
    mpmath.mp.dps = 50
    mpmath.mp.prec += 100
    random.seed(1)
    worst = 0.0
    for _ in range(60):
        a, b, w = 10 ** random.uniform(-0.3, 2), 10 ** random.uniform(-0.3, 2), random.uniform(-1, 1)
        u = float(gmpy2.exp(mpfr(w)))
        a, b = mpmath.mpf(a), mpmath.mpf(b)
        y = a * u / (a * u + b)
        lower, upper, _ = beta_tails(mpfr(str(a)), mpfr(str(b)), mpfr(u))
        other = mpmath.betainc(a, b, 0, y, regularized=True), mpmath.betainc(b, a, 0, 1 - y, regularized=True)
        worst = max(worst, *(float(abs(mpmath.mpf(str(m)) / o - 1)) for m, o in zip((lower, upper), other)))
        lower, upper, _ = gamma_tails(mpfr(str(a)), mpfr(u))
        other = mpmath.gammainc(a, 0, a * u, regularized=True), mpmath.gammainc(a, a * u, regularized=True)
        worst = max(worst, *(float(abs(mpmath.mpf(str(m)) / o - 1)) for m, o in zip((lower, upper), other)))
    print("mpmath, moderate parameters:", worst)
    worst = 0.0
    for law, d1, d2 in laws():
        if max(d for d in (d1, d2) if d != INF) < 1000:
            continue
        for sign in (-1, 1):
            for depth in (0.5, 30, 600):
                x = float(from_log(law, d1, far(d1, d2, depth, sign)))
                if not 1e-300 < x < 1e300:
                    continue
                lower, upper, _ = tails(law, d1, d2, x)
                w = mpmath.log(mpmath.mpf(x) / (d1 if law == "X" else 1)) * (2 if law in "TN" else 1)
                tail = quadrature(d1, d2, w, sign)
                mine = mpmath.mpf(str(upper if sign > 0 else lower))
                worst = max(worst, float(abs(tail / mine - 1)))
    print("quadrature, large parameters:", worst)


def quadrature(d1, d2, w, sign):
    inf = mpmath.inf
    a, b = mpmath.mpf(d1) / 2, mpmath.mpf(d2) / 2
    if d1 == INF:
        return quadrature(d2, INF, -w, -sign)
    if d2 == INF:
        log_density = lambda v: a * v + a * mpmath.log(a) - a * mpmath.exp(v) - mpmath.loggamma(a)
    else:
        constant = mpmath.loggamma(a + b) - mpmath.loggamma(a) - mpmath.loggamma(b) + a * mpmath.log(a) + b * mpmath.log(b)
        log_density = lambda v: constant + a * v - (a + b) * mpmath.log(a * mpmath.exp(v) + b)
    top = log_density(w)
    length = mpmath.mpf(1)
    while log_density(w + sign * length) > top - 80:
        length *= 2
    while log_density(w + sign * length / 2) < top - 80:
        length /= 2
    points = [w + sign * length * k / 32 for k in range(33)]
    area = mpmath.quad(lambda v: mpmath.exp(log_density(v) - top), points if sign > 0 else points[::-1], method="gauss-legendre", maxdegree=4)
    return abs(area) * mpmath.exp(top)


if __name__ == "__main__":
    if sys.argv[1:] == ["check"]:
        check()
    else:
        here = os.path.dirname(os.path.abspath(__file__))
        with open(os.path.join(here, "tails.csv"), "w", newline="\n") as out:
            make_tails(out)
        with open(os.path.join(here, "quantiles.csv"), "w", newline="\n") as out:
            make_quantiles(out)
