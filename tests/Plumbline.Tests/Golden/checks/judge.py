#!/usr/bin/python3
"""The judge: the checks of the models in models.txt, computed with 70 digits from the doubles that the CSV files hold.

Run in this folder:  python3 judge.py          writes judge.json      (Python 3.11, mpmath 1.2.1)
                     python3 judge.py ID …     prints those models only

Method  The columns are those of ../lm/judge.py, rational numbers. Orthonormal columns Q by Gram-Schmidt, twice; a column of which
        nothing but rounding is left (10^-40) is left out, so ranks are true. Residuals and leverages from Q. Every auxiliary
        regression goes the same way. Chi-squared, F and t by mpmath's incomplete gamma and beta functions; the law of
        Durbin and Watson's d from the eigenvalues of MAM and the integral of its characteristic function.
Shares  with make.R the rows whose influence is written (r.json), none of the numbers.
"""
import importlib.util, json, re, sys, time
from pathlib import Path

from mpmath import mp, mpf

mp.dps = 70
HERE = Path(__file__).parent
loaded = importlib.util.spec_from_file_location("lm", HERE / "../lm/judge.py")
lm = importlib.util.module_from_spec(loaded)
loaded.loader.exec_module(lm)
NOTHING = mpf(10) ** -40


# ---- distributions ------------------------------------------------------------------------------------------------
def chi2(x, df):
    return mp.gammainc(mpf(df) / 2, x / 2, regularized=True)


def f_tail(x, df1, df2):
    return mp.betainc(mpf(df2) / 2, mpf(df1) / 2, 0, df2 / (df2 + df1 * x), regularized=True)


def t_two_sided(t, df):
    return f_tail(t * t, 1, df)


def normal_upper(z):
    return mp.erfc(z / mp.sqrt(2)) / 2


def normal_quantile(p):
    return mp.sqrt(2) * mp.erfinv(2 * p - 1)


def of_chi2(x, df):
    return [x, df, chi2(x, df)] if df > 0 else None


def of_f(smaller, larger, added, left):
    if added <= 0 or left <= 0:
        return None
    f = (smaller - larger) / added / (larger / left)
    return [f, added, left, f_tail(f, added, left)]


# ---- least squares ------------------------------------------------------------------------------------------------
def dot(x, y):
    return mp.fdot(x, y)


def less(x, c, q):
    return [a - c * b for a, b in zip(x, q)]


def project(q, v):
    """What the orthonormal columns q leave of v."""
    for _ in range(2):
        for column in q:
            v = less(v, dot(column, v), column)
    return v


def extend(q, columns):
    """Orthonormal columns for those of q and these, and the places of the columns that were independent."""
    q, kept = list(q), []
    for j, column in enumerate(columns):
        size = dot(column, column)
        if not size:
            continue
        rest = project(q, column)
        left = dot(rest, rest)
        if left > NOTHING * NOTHING * size:
            root = mp.sqrt(left)
            q.append([v / root for v in rest])
            kept.append(j)
    return q, kept


def rss_of(q, v):
    rest = project(q, v)
    return dot(rest, rest)


# ---- Durbin and Watson --------------------------------------------------------------------------------------------
def differenced(v):
    """A v, A tridiagonal: 1, 2, …, 2, 1 on the diagonal, -1 beside it."""
    n = len(v)
    return [(v[i] - v[i - 1] if i else 0) + (v[i] - v[i + 1] if i < n - 1 else 0) for i in range(n)]


def exact_tails(d, q, n):
    """P(d below) and P(d above) of e'Ae/e'e: eigenvalues of MAM less d, then the inversion of the characteristic function along
    a vertical line, by the trapezoidal rule in the variable u of t = sinh u. The step is halved until 30 digits stand."""
    with mp.workdps(45):
        m = mp.eye(n)
        for column in q:
            for i in range(n):
                for j in range(n):
                    m[i, j] -= column[i] * column[j]
        columns = [differenced([m[i, j] for i in range(n)]) for j in range(n)]
        am = mp.matrix(n, n)
        for i in range(n):
            for j in range(n):
                am[i, j] = columns[j][i]
        values = sorted(mp.eigsy(m * am, eigvals_only=True), reverse=True)[: n - len(q)]

        def below(a):
            if min(a) >= 0:
                return mpf(0)
            if max(a) <= 0:
                return mpf(1)
            # Any line between 0 and the first singularity will do; one on which the integrand is not large.
            end = -1 / (2 * min(a))
            line = lambda g: -sum(mp.log(1 + 2 * g * v) for v in a) / 2 - mp.log(g)
            g = min((end * i / 64 for i in range(1, 64)), key=line)

            def integrand(u):
                t = mp.sinh(u)
                s = mp.mpc(-g, t)
                value = mp.mpc(1)
                for v in a:
                    value /= mp.sqrt(1 - 2 * v * s)
                return mp.re(-value / s) * mp.cosh(u)

            step, last = mpf(1) / 8, None
            points = {}
            while True:
                total, i, small = mpf(0), 0, 0
                while small < 12:
                    u = i * step
                    if u not in points:
                        points[u] = integrand(u)
                    total += points[u] / 2 if i == 0 else points[u]
                    small = small + 1 if abs(points[u]) < mpf(10) ** -34 * abs(total) else 0
                    i += 1
                result = total * step / mp.pi
                if last is not None and abs(result - last) < mpf(10) ** -28 * abs(result):
                    return result
                step, last = step / 2, result

        shifted = [v - d for v in values]
        return [below(shifted), below([-v for v in shifted])]


def normal_tails(d, q, n):
    k = len(q)
    aq = [differenced(column) for column in q]
    b = [[dot(x, y) for y in aq] for x in q]
    first = 2 * (n - 1) - sum(b[i][i] for i in range(k))
    second = 2 * (3 * n - 4) - 2 * sum(dot(x, x) for x in aq) + sum(v * v for row in b for v in row)
    mean = first / (n - k)
    z = (d - mean) / mp.sqrt(mpf(2) / ((n - k) * (n - k + 2)) * (second - first * mean))
    return [normal_upper(-z), normal_upper(z)]


# ---- normality ----------------------------------------------------------------------------------------------------
def normality(e):
    n = len(e)
    mean = sum(e) / n
    centered = sorted(v - mean for v in e)
    m2, m3, m4 = (sum(v ** p for v in centered) / n for p in (2, 3, 4))
    skewness, kurtosis = m3 / mp.power(m2, mpf(3) / 2), m4 / m2 ** 2
    jb = mpf(n) / 6 * (skewness ** 2 + (kurtosis - 3) ** 2 / 4)
    sd = mp.sqrt(m2 * n / (n - 1))
    low = [mp.log(normal_upper(-v / sd)) for v in centered]
    high = [mp.log(normal_upper(v / sd)) for v in centered]
    a2 = -n - sum((2 * i + 1) * (low[i] + high[n - 1 - i]) for i in range(n)) / n
    a = a2 * (1 + mpf("0.75") / n + mpf("2.25") / n ** 2)
    poly = lambda c0, c1, c2: mp.exp(mpf(c0) + mpf(c1) * a + mpf(c2) * a * a)
    p = (1 - poly("-13.436", "101.14", "-223.73") if a < mpf("0.2") else 1 - poly("-8.318", "42.796", "-59.938") if a < mpf("0.34")
         else poly("0.9177", "-4.279", "-1.38") if a < mpf("0.6") else poly("1.2937", "-5.709", "0.0186") if a < 10 else mpf("3.7e-24"))
    return {"jb": [skewness, kurtosis, jb, chi2(jb, 2)], "ad": [a2, p]}, centered


def shapiro(x):
    """Royston's algorithm AS R94."""
    n = len(x)
    poly = lambda text, at: sum(mpf(c) * at ** i for i, c in enumerate(text.split()))
    m = [normal_quantile((i - mpf("0.375")) / (n + mpf("0.25"))) for i in range(1, n // 2 + 1)]
    squares = 2 * sum(v * v for v in m)
    u = 1 / mp.sqrt(n)
    first = poly("0 .221157 -.147981 -2.07119 4.434685 -2.706056", u) - m[0] / mp.sqrt(squares)
    if n > 5:
        second = poly("0 .042981 -.293762 -1.752461 5.682633 -3.582633", u) - m[1] / mp.sqrt(squares)
        factor = mp.sqrt((squares - 2 * m[0] ** 2 - 2 * m[1] ** 2) / (1 - 2 * first ** 2 - 2 * second ** 2))
        half = [first, second] + [-v / factor for v in m[2:]]
    else:
        factor = mp.sqrt((squares - 2 * m[0] ** 2) / (1 - 2 * first ** 2))
        half = [first] + [-v / factor for v in m[1:]]
    a = [-v for v in half] + [mpf(0)] * (n % 2) + half[::-1]
    w = dot(a, x) ** 2 / (dot(a, a) * dot(x, x))
    y, log = mp.log(1 - w), mp.log(n)
    if n <= 11:
        y, mean, sd = -mp.log(poly("-2.273 .459", n) - y), poly(".544 -.39978 .025054 -6.714e-4", n), mp.exp(poly("1.3822 -.77857 .062767 -.0020322", n))
    else:
        mean, sd = poly("-1.5861 -.31082 -.083751 .0038915", log), mp.exp(poly("-.4803 -.082676 .0030302", log))
    return [w, normal_upper((y - mean) / sd)]


# ---- one model ----------------------------------------------------------------------------------------------------
def columns_of(spec, pieces):
    """Columns, response and weights as ../lm/judge.py reads them, and the 1-based numbers of the rows."""
    rows = [{k: lm.value(v) for k, v in r.items()} for r in lm.read(spec["data"])]
    text = spec.get("r", spec["formula"])
    named = [c for c in rows[0] if c in lm.TOKEN.findall(text) or c == spec.get("weights")]
    numbered = [(i + 1, r) for i, r in enumerate(rows) if all(r[c] is not None for c in named) and ("weights" not in spec or r[spec["weights"]])]
    rows = [r for _, r in numbered]
    lhs, rhs = text.split("~")
    response = lm.expression(lhs.strip(), rows[0].keys())
    y = [response(r) for r in rows]
    for offset in re.findall(r"offset\(((?:[^()]|\([^()]*\))*)\)", rhs):
        f = lm.expression(offset, rows[0].keys())
        y = [v - f(r) for v, r in zip(y, rows)]
    cache, columns = {}, []
    for ps in pieces:
        column = [lm.F(1)] * len(rows)
        for piece in ps:
            part, _ = lm.variable_column(piece, rows, len(rows), cache)
            column = [a * b if b else b for a, b in zip(column, part)]
        columns.append([mpf(v.numerator) / v.denominator for v in column])
    weights = [r[spec["weights"]] for r in rows] if "weights" in spec else None
    return columns, [mpf(v.numerator) / v.denominator for v in y], weights, [i for i, _ in numbered]


def describe(spec, golden, wanted):
    x, y, weights, numbers = columns_of(spec, golden["pieces"])
    n = len(y)
    if weights:
        roots = [mp.sqrt(mpf(w.numerator) / w.denominator) for w in weights]
        x, y = [[a * b for a, b in zip(c, roots)] for c in x], [a * b for a, b in zip(y, roots)]
    q, kept = extend([], x)
    x, k = [x[j] for j in kept], len(kept)
    e = project(q, y)
    rss = dot(e, e)
    out = {"n": n, "rank": k}
    if not weights:
        out |= series(e, rss, q, x, n, k) | specification(e, rss, q, x, y, n, k)
        moments, centered = normality(e)
        out |= moments
        if n <= 5000:
            out["sw"] = shapiro(centered)
    if len(kept) == len(golden["pieces"]):
        out["vif"] = inflation(x, golden)
    out |= influence(e, rss, q, x, n, k, wanted, numbers)
    return out


def series(e, rss, q, x, n, k):
    d = sum((a - b) ** 2 for a, b in zip(e[1:], e)) / rss
    out = {"dw": d, "dw_normal": normal_tails(d, q, n)}
    if n < 100:
        out["dw_exact"] = exact_tails(d, q, n)
    rho = [sum(a * b for a, b in zip(e[l:], e)) / rss for l in range(5)]
    for name, lags in (("lb1", 1), ("lb4", 4)):
        out[name] = of_chi2(n * (n + 2) * sum(rho[l] ** 2 / (n - l) for l in range(1, lags + 1)), lags)
    out["boxpierce4"] = of_chi2(n * sum(r ** 2 for r in rho[1:]), 4)
    lagged = [[mpf(0)] * l + e[: n - l] for l in range(1, 5)]
    one, four = (rss_of(extend(q, lagged[:m])[0], e) for m in (1, 4))
    out["bg1"] = of_chi2(n * (rss - one) / rss, 1)
    if n > k + 8:
        out["bg4"], out["bg4_f"] = of_chi2(n * (rss - four) / rss, 4), of_f(rss, four, 4, n - k - 4)
    half = n // 2
    parts, ranks = mpf(0), 0
    for a, b in ((0, half), (half, n)):
        # Residuals of e are those of y: e is y less a combination of the columns.
        own, there = extend([], [c[a:b] for c in x])
        parts, ranks = parts + rss_of(own, e[a:b]), ranks + len(there)
    out["chow"] = of_f(rss, parts, ranks - k, n - ranks)
    return out


def specification(e, rss, q, x, y, n, k):
    out = {}
    fitted = [a - b for a, b in zip(y, e)]
    wider, added = extend(q, [[v ** p for v in fitted] for p in (2, 3)])
    out["reset"] = of_f(rss, rss_of(wider, e), len(added), n - k - len(added)) if added else None
    variance = rss / n
    square = [v * v - variance for v in e]
    tss = dot(square, square)
    one = [[mpf(1)] * n]
    intercept = len(extend(q, one)[1]) == 0
    z = q if intercept else extend([], one + x)[0]
    explained = tss - rss_of(z, square)
    out["bp"], out["bp_classic"] = of_chi2(n * explained / tss, len(z) - 1), of_chi2(explained / variance ** 2 / 2, len(z) - 1)
    pairs = [(i, j) for i in range(k) for j in range(i, k)]
    if n <= 1000 and len(pairs) < n and len(pairs) <= 80 and k > 1 and intercept:
        z, _ = extend([], one + [[a * b for a, b in zip(x[i], x[j])] for i, j in pairs])
        out["white"] = of_chi2(n * (1 - rss_of(z, square) / tss), len(z) - 1)
    return out


def inflation(x, golden):
    """GVIF = det of the cross products within and without, over that of all: of columns less their means when there is an intercept."""
    start = 1 if golden["pieces"][0][0]["variable"] == "(Intercept)" else 0
    assign = golden["assign"][start:]
    centered = []
    for c in x[start:]:
        if start:                                    # x[0] is the intercept, times the roots of weights
            c = less(c, dot(x[0], c) / dot(x[0], x[0]), x[0])
        size = mp.sqrt(dot(c, c))
        centered.append([v / size for v in c])
    cross = [[dot(a, b) for b in centered] for a in centered]
    det = lambda places: mp.det(mp.matrix([[cross[a][b] for b in places] for a in places])) if places else mpf(1)
    terms = sorted(set(assign))
    if len(terms) < 2:
        return None
    places = lambda keep: [j for j, t in enumerate(assign) if keep(t)]
    whole = det(places(lambda t: True))
    return [det(places(lambda t: t == term)) * det(places(lambda t: t != term)) / whole for term in terms]


def influence(e, rss, q, x, n, k, wanted, numbers):
    df = n - k
    h = [sum(c[i] * c[i] for c in q) for i in range(n)]
    s = mp.sqrt(rss / df)

    def measures(i):
        rest = 1 - h[i]
        if rest < NOTHING:
            return None
        without = mp.sqrt((rss - e[i] ** 2 / rest) / (df - 1))
        t = e[i] / (without * mp.sqrt(rest))
        return [h[i], e[i] / (s * mp.sqrt(rest)), t, e[i] ** 2 * h[i] / (k * s * s * rest * rest), t * mp.sqrt(h[i] / rest), (without / s) ** (2 * k) / rest]

    out = {"row": wanted}
    # X = QR: (X'X)^-1 x = R^-1 (row of Q); R from Q'X.
    r = mp.matrix(k, k)
    for a in range(k):
        for b in range(a, k):
            r[a, b] = dot(q[a], x[b])
    inverse = [[mpf(0)] * k for _ in range(k)]                       # R^-1, upper triangular
    for b in range(k):
        for a in range(b, -1, -1):
            inverse[a][b] = ((1 if a == b else 0) - sum(r[a, m] * inverse[m][b] for m in range(a + 1, b + 1))) / r[a, a]
    roots = [mp.sqrt(sum(v * v for v in row)) for row in inverse]
    rows = []
    for number in wanted:
        i = numbers.index(number)
        m = measures(i)
        if m is None:
            rows.append([mpf(1)] + [None] * (5 + k))
            continue
        without = mp.sqrt((rss - e[i] ** 2 / (1 - h[i])) / (df - 1))
        moved = [sum(inverse[j][b] * q[b][i] for b in range(j, k)) * e[i] / (1 - h[i]) for j in range(k)]
        rows.append(m + [v / (without * g) for v, g in zip(moved, roots)])
    out["influence"] = rows
    students = [(abs(m[2]), i, m[2]) for i in range(n) if (m := measures(i))]
    largest = max(students)
    p = t_two_sided(largest[2], df - 1)
    out["outlier"] = [numbers[largest[1]], largest[2], p, min(1, p * len(students))]
    return out


# ---- all of them --------------------------------------------------------------------------------------------------
def plain(v):
    if isinstance(v, (list, tuple)):
        return [plain(u) for u in v]
    return v if v is None or isinstance(v, int) else float(v)


def one(spec):
    golden = json.loads((HERE / "../lm/r.json").read_text())["models"][spec["id"]]
    wanted = json.loads((HERE / "r.json").read_text())["models"][spec["id"]]["row"]
    start = time.process_time()
    out = spec["id"], {q: plain(v) for q, v in describe(spec, golden, wanted).items() if v is not None}
    print(spec["id"], round(time.process_time() - start), "s", file=sys.stderr, flush=True)
    return out


def main():
    from multiprocessing import Pool
    chosen = sys.argv[1:] or (HERE / "models.txt").read_text().split()
    specs = [s for s in json.loads((HERE / "../lm/models.json").read_text()) if s["id"] in chosen]
    with Pool(2) as pool:
        out = dict(pool.imap(one, specs, chunksize=1))
    body = ",\n".join(json.dumps(k) + ": {" + ",\n  ".join(f"{json.dumps(q)}: {json.dumps(v)}" for q, v in m.items()) + "}" for k, m in out.items())
    text = '{"program": "mpmath, 70 digits",\n"models": {' + body + "}}\n"
    (HERE / "judge.json").write_text(text) if len(sys.argv) == 1 else print(text)


if __name__ == "__main__":
    main()
