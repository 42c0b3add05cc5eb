#!/usr/bin/python3
"""The judge: every model of models.json in rational arithmetic, from the doubles that the CSV files hold.

Run in this folder:  python3 judge.py          writes judge.json      (Python 3.11, nothing else)
                     python3 judge.py ID …     prints those models only

Method  Columns are rational numbers: indicators, contrasts, powers, orthogonal polynomials by Gram-Schmidt. Where a
        column has an irrational norm (poly, scale, .L), the norm's square is kept apart. X'WX is exact; Gauss-Jordan
        without fractions (Bareiss), columns in the order of the formula, a column whose pivot is 0 is left out: the
        rank is exact. Only the last step rounds: each number is the double nearest to the truth; what follows from
        residuals and leverages (robust errors) is summed in doubles, without cancellation.
Shares  with make.R only the list of columns (r.json: variable, label, kind of contrast), none of the numbers.
"""
import csv, json, math, re, sys
from decimal import Decimal, getcontext
from fractions import Fraction as F
from itertools import groupby
from pathlib import Path

getcontext().prec = 60
HERE = Path(__file__).parent


# ---- data and expressions ---------------------------------------------------------------------------------------
def read(name):
    folders = [HERE / "data", HERE / "../../../../data", HERE / "../../../../data/nist"]
    path = next(f / f"{name}.csv" for f in folders if (f / f"{name}.csv").exists())
    with open(path) as file:
        return list(csv.DictReader(file))


def value(text):
    """The double that the text means, exactly; text that is no number stays text; NA is None."""
    if text in ("NA", ""):
        return None
    try:
        return F(float(text))
    except ValueError:
        return text


TOKEN = re.compile(r"[A-Za-z.][A-Za-z0-9._]*|\d+\.?\d*(?:e[+-]?\d+)?")
FUNCTIONS = {"log": lambda x: F(math.log(float(x))), "sqrt": lambda x: F(math.sqrt(float(x))), "I": lambda x: x}


def expression(text, columns):
    """The function of a row that the text means; sums, products and quotients are exact, log and sqrt are doubles."""
    def token(match):
        word = match.group()
        return f"row[{word!r}]" if word in columns else word if word in FUNCTIONS else f"number({word!r})"
    code = compile(TOKEN.sub(token, text).replace("^", "**"), text, "eval")
    return lambda row: eval(code, {"row": row, "number": lambda t: F(float(t)) if "." in t or "e" in t else int(t), **FUNCTIONS})


# ---- columns ----------------------------------------------------------------------------------------------------
def orthogonal(xs, degree, count=None):
    """Monic polynomials orthogonal over the first count of xs, degrees 0 to degree, with their squared norms; at all xs."""
    count = len(xs) if count is None else count
    out = [([F(1)] * len(xs), F(count))]
    for _ in range(degree):
        p, n = out[-1]
        a = sum(x * v * v for x, v in zip(xs[:count], p)) / n
        q = [(x - a) * v for x, v in zip(xs, p)]
        if len(out) > 1:
            before, m = out[-2]
            q = [v - n / m * w for v, w in zip(q, before)]
        out.append((q, sum(v * v for v in q[:count])))
    return out


def levels_of(variable, values):
    seen = sorted(set(values))
    listed = re.search(r"levels = c\((.*?)\)", variable)
    if listed:
        order = [t.strip().strip('"') for t in listed.group(1).split(",")]
        return [next(v for v in seen if show(v) == t) for t in order]
    base = re.search(r'base = "(.*?)"', variable)
    return sorted(seen, key=lambda v: show(v) != base.group(1)) if base else seen


def show(v):
    return v if isinstance(v, str) else str(v.numerator) if v.denominator == 1 else repr(float(v))


def contrast(kind, label, levels):
    """What the level is worth in the contrast, and the squared norm to divide by."""
    k = len(levels)
    if kind in ("levels", "treatment"):
        return {l: F(show(l) == label) for l in levels}, F(1)
    if kind == "sum":
        return {l: F(-1 if i == k - 1 else i == int(label) - 1) for i, l in enumerate(levels)}, F(1)
    if kind == "helmert":
        j = int(label)
        return {l: F(-1 if i < j else j if i == j else 0) for i, l in enumerate(levels)}, F(1)
    degree = {".L": 1, ".Q": 2, ".C": 3}.get(label) or int(label[1:])
    p, n = orthogonal([F(i) for i in range(1, k + 1)], degree)[degree]
    return dict(zip(levels, p)), n


def variable_column(piece, rows, count, cache):
    """A variable as a column of fractions, and its squared norm. The first count rows are fitted: what depends on the
    data (levels, means, polynomials) depends on them."""
    name, label, kind = piece["variable"], piece.get("label", ""), piece.get("kind", "number")
    key = (name, label, kind)
    if key in cache:
        return cache[key]
    columns = rows[0].keys()
    inner = re.match(r"(?:factor|ordered|C|poly|scale)\(\s*([A-Za-z.][A-Za-z0-9._]*)", name)
    xs = [r[inner.group(1)] for r in rows] if inner else None
    norm = F(1)
    if name == "(Intercept)":
        out = [F(1)] * len(rows)
    elif kind == "number":
        f = expression(name, columns)
        out = [f(r) for r in rows]
    elif kind == "raw":
        out = [x ** int(label) for x in xs]
    elif kind == "basis":
        if (name, kind) not in cache:
            cache[name, kind] = orthogonal(xs, int(re.search(r",\s*(\d+)", name).group(1)), count)
        out, norm = cache[name, kind][int(label)]
    elif kind == "scale":
        mean = sum(xs[:count]) / count
        out = [x - mean for x in xs]
        norm = sum(v * v for v in out[:count]) / (count - 1)
    else:
        values = xs or [r[name] for r in rows]
        code, norm = contrast(kind, label, levels_of(name, values[:count]))
        out = [code[v] for v in values]
    cache[key] = (out, norm)
    return cache[key]


def integers(column):
    """The column as whole numbers times a fraction."""
    d = 1
    for v in column:
        d = d * v.denominator // math.gcd(d, v.denominator)
    return [int(v * d) for v in column], F(1, d)


# ---- solving ----------------------------------------------------------------------------------------------------
def eliminate(a, p):
    """Gauss-Jordan without fractions on the rows of a (p columns to eliminate), which ends as pivot · identity.
    Returns the columns kept, the pivot, and the Schur complement of the last row after each column, as fractions."""
    kept, before, last, steps = [], 1, a[-1], []
    for k in range(p):
        pivot = a[k][k]
        if pivot != 0:
            for i, row in enumerate(a):
                if i != k and (i in kept or i > k):
                    factor = row[k]
                    a[i] = [(pivot * x - factor * y) // before for x, y in zip(row, a[k])]
            before = pivot
            kept.append(k)
        steps.append(F(a[-1][p], before))
    return kept, before, steps


def root(x):
    """The square root of a fraction, as the nearest double."""
    if x <= 0:
        return 0.0
    shift = 2 * max(0, 200 - (x.numerator.bit_length() - x.denominator.bit_length()) // 2)
    return float(F(math.isqrt((x.numerator << shift) // x.denominator), 1 << (shift // 2)))


def decimal(x):
    return Decimal(x.numerator) / Decimal(x.denominator)


def solve(spec, columns, new):
    rows = [{k: value(v) for k, v in r.items()} for r in read(spec["data"])]
    for r in rows:
        for k, v in r.items():
            if v in ("TRUE", "FALSE"):
                r[k] = v
    text = spec.get("r", spec["formula"])
    named = [c for c in rows[0] if c in TOKEN.findall(text) or c == spec.get("weights")]
    rows = [r for r in rows if all(r[c] is not None for c in named)]
    weights = [r[spec["weights"]] if "weights" in spec else F(1) for r in rows]
    frequency, sampling = spec.get("kind") == "frequency", spec.get("kind") == "sampling"
    if frequency:
        rows, weights = map(list, zip(*[(r, w) for r, w in zip(rows, weights) if w > 0]))
    lhs, rhs = text.split("~")
    response = expression(lhs.strip(), rows[0].keys())
    y = [response(r) for r in rows]
    new = [{k: value(str(v)) if isinstance(v, str) else F(v) for k, v in zip(new, r)} for r in zip(*new.values())]
    offsets = [F(0)] * len(new)
    for offset in re.findall(r"offset\(((?:[^()]|\([^()]*\))*)\)", rhs):
        f = expression(offset, rows[0].keys())
        y = [v - f(r) for v, r in zip(y, rows)]
        offsets = [v + f(r) for v, r in zip(offsets, new)]

    cache, x, scale, norms = {}, [], [], []
    for pieces in columns:
        column, norm = [F(1)] * len(rows + new), F(1)
        for piece in pieces:
            part, n = variable_column(piece, rows + new, len(rows), cache)
            column, norm = [a * b if b else b for a, b in zip(column, part)], norm * n
        whole, unit = integers(column)
        x.append(whole), scale.append(unit), norms.append(norm)
    yi, y_unit = integers(y)
    wi, w_unit = integers(weights)
    p = len(x)
    # The rows, sparse; then moments of predictors and response, whole numbers.
    sparse = [[(j, x[j][i]) for j in range(p) if x[j][i]] for i in range(len(rows))]
    moments = [[0] * (p + 1) for _ in range(p + 1)]
    for i, row in enumerate(sparse):
        full = row + [(p, yi[i])]
        for a, (j, u) in enumerate(full):
            wu = wi[i] * u
            for k, v in full[a:]:
                moments[j][k] += wu * v
    for j in range(p + 1):
        for k in range(j):
            moments[j][k] = moments[k][j]
    total = moments[p][p]
    a = [moments[j] + [int(j == k) for k in range(p)] for j in range(p + 1)]
    kept, pivot, steps = eliminate(a, p)
    rank = len(kept)
    n = sum(1 for w in weights if w) if not frequency else int(sum(weights))
    df = n - rank
    unit2 = y_unit * y_unit * w_unit
    rss = steps[-1] * unit2
    # Estimate of whole-number columns b; of the columns: b · y_unit / scale; norms: · √norm². The inverse likewise.
    b = {j: F(a[j][p], pivot) for j in kept}
    inverse = {j: {k: F(a[j][p + 1 + k], pivot) for k in kept} for j in kept}
    irrational = [not is_square(norms[j]) for j in range(p)]
    size = [square_root(norms[j]) if not irrational[j] else None for j in range(p)]

    def times_norm(value, j):
        return float(value * size[j]) if size[j] is not None else math.copysign(root(value * value * norms[j]), value)

    exact_b = {j: b[j] * y_unit / scale[j] for j in kept}
    sigma2 = rss / df if df else F(0)
    variance = {j: inverse[j][j] / (scale[j] ** 2 * w_unit) * sigma2 * norms[j] for j in kept}
    out = {"rows": n, "rank": rank, "df": df, "kept": kept, "estimate": [times_norm(exact_b[j], j) for j in kept]}
    intercept = columns[0][0]["variable"] == "(Intercept)"
    tss = (steps[0] if intercept else F(total)) * unit2
    out |= {"rss": float(rss), "tss": float(tss)}
    if df:
        out["sigma"] = root(sigma2 / (sum(weights) / n) if sampling else sigma2)       # sampling weights have mean 1
    if tss:
        r2 = 1 - rss / tss
        out["r_squared"] = float(r2)
        if df and rank > intercept:
            out["adj_r_squared"] = float(1 - (1 - r2) * (n - intercept) / df)
            if rss:
                out["f"] = float((tss - rss) / (rank - intercept) / sigma2)
    if rss and df:
        out["std_error"] = [root(variance[j]) for j in kept]
        out["t"] = [math.copysign(root(exact_b[j] ** 2 * norms[j] / variance[j]), exact_b[j]) for j in kept]
        q = quantile(df)
        ends = [(decimal(exact_b[j]) * decimal(norms[j]).sqrt(), q * decimal(variance[j]).sqrt()) for j in kept]
        out |= {"lower": [float(e - h) for e, h in ends], "upper": [float(e + h) for e, h in ends]}
        log_weights = Decimal(0) if frequency else sum(decimal(w).ln() for w in weights if w)
        likelihood = (log_weights - n * ((2 * PI * decimal(rss) / n).ln() + 1)) / 2
        out |= {"log_likelihood": float(likelihood), "aic": float(2 * (rank + 1) - 2 * likelihood),
                "bic": float((rank + 1) * Decimal(n).ln() - 2 * likelihood)}
        if rank <= 12:
            out["vcov"] = [[math.copysign(root((inverse[j][k] / (scale[j] * scale[k] * w_unit) * sigma2) ** 2 * norms[j] * norms[k]), inverse[j][k])
                            if inverse[j][k] else 0.0 for k in kept] for j in kept]
    if rss and df and all(weights):
        out["robust"], high = robust(spec, rows, sparse, yi, wi, kept, b, inverse, n, df, frequency,
                                     {j: (y_unit / scale[j], math.sqrt(norms[j])) for j in kept})
        if high:
            out["leverage_one"] = high
    if sampling:
        out["std_error"] = out["robust"]["HC1"]
        out["t"] = [e / s for e, s in zip(out["estimate"], out["std_error"])]
        for gone in ("log_likelihood", "aic", "bic", "f", "vcov", "lower", "upper"):
            del out[gone]
    # Predictions: x·b, and σ²·x'(X'WX)⁻¹x; a new observation has weight 1.
    at = [{j: x[j][len(rows) + i] for j in kept} for i in range(len(new))]
    fits = [sum(v * b[j] for j, v in r.items()) * y_unit + o for r, o in zip(at, offsets)]
    out["fit"] = [float(f) for f in fits]
    if rss and df and not sampling:
        variances = [sum(u * v * inverse[j][k] for j, u in r.items() for k, v in r.items()) / w_unit * sigma2 for r in at]
        out["fit_se"] = [root(v) for v in variances]
        for kind, more in (("confidence", 0), ("prediction", sigma2)):
            reach = [q * decimal(v + more).sqrt() for v in variances]
            out[kind] = [[float(decimal(f) - h), float(decimal(f) + h)] for f, h in zip(fits, reach)]
    out["sequential"] = [float((u - v) * unit2) for u, v in zip([F(total)] + steps, steps)]
    return out


def is_square(x):
    return math.isqrt(x.numerator) ** 2 == x.numerator and math.isqrt(x.denominator) ** 2 == x.denominator


def square_root(x):
    return F(math.isqrt(x.numerator), math.isqrt(x.denominator))


# ---- Student's t ------------------------------------------------------------------------------------------------
PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494")


def arctangent(x):
    """By halving the angle, then the series."""
    halvings = 0
    while x > Decimal("0.01"):
        x, halvings = x / (1 + (1 + x * x).sqrt()), halvings + 1
    term, total, k = x, x, 1
    while abs(term) > Decimal(10) ** -58:
        term, k = -term * x * x, k + 2
        total += term / k
    return total * 2 ** halvings


def inside(t, df):
    """P(|T| < t) for whole degrees of freedom: the finite sums of Abramowitz and Stegun 26.7.3 and 26.7.4."""
    cos2 = Decimal(df) / (df + t * t)
    sin = (1 - cos2).sqrt()
    term, total = Decimal(1), Decimal(0)
    if df % 2 == 0:
        for k in range(1, df, 2):
            total += term
            term *= cos2 * k / (k + 1)
        return sin * total
    for k in range(2, df, 2):
        total += term
        term *= cos2 * k / (k + 1)
    return 2 / PI * (arctangent(t / Decimal(df).sqrt()) + sin * cos2.sqrt() * total)


def quantile(df):
    """The t that holds 95 % between -t and t, by the secant rule; cut at 40 digits."""
    a, b = Decimal(1), Decimal(3)
    fa, fb = (inside(x, df) - Decimal("0.95") for x in (a, b))
    if df < 5:                                     # far out: bisect until the secant is safe
        b = Decimal(20)
        while b - a > Decimal("0.001"):
            m = (a + b) / 2
            a, b = (a, m) if inside(m, df) > Decimal("0.95") else (m, b)
        fa, fb = (inside(x, df) - Decimal("0.95") for x in (a, b))
    while abs(b - a) > Decimal(10) ** -40 and fb != fa:
        a, b, fa = b, b - fb * (b - a) / (fb - fa), fb
        fb = inside(b, df) - Decimal("0.95")
    return b


# ---- robust errors ----------------------------------------------------------------------------------------------
def robust(spec, rows, sparse, y, w, kept, b, inverse, n, df, frequency, unit):
    """Standard errors: the root of Σ (weight · residual · row of the influence)², residuals and influence wide enough."""
    bits = 300 + 4 * max(v.bit_length() for row in sparse for _, v in row) + max(v.bit_length() for v in w)
    one = 1 << bits
    rank = len(kept)
    bf = {j: b[j].numerator * one // b[j].denominator for j in kept}
    inv = {j: {k: v.numerator * one // v.denominator for k, v in inverse[j].items()} for j in kept}
    scores, adjust, high = [], [], []          # scores: weight · residual · influence, whole numbers times 2^-2·bits
    for i, row in enumerate(sparse):
        row = [(j, v) for j, v in row if j in b]
        e = (y[i] << bits) - sum(bf[j] * v for j, v in row)
        u = [sum(inv[k][j] * v for j, v in row) for k in kept]
        at = dict(zip(kept, u))
        h = F(sum(at[j] * v for j, v in row) * (1 if frequency else w[i]), one)          # of the row, exact to 2^-300
        scores.append([(1 if frequency else w[i]) * e * v * unit[j][0].numerator for v, j in zip(u, kept)])
        left = float(1 - h)
        if left < 1e-60:
            high.append(i + 1)
        adjust.append((float(h), left))
    below = [one * one * unit[j][0].denominator for j in kept]
    counts = w if frequency else [1] * len(w)

    def errors(groups_or_weights, factor):
        total = [0.0] * rank
        for g, c in groups_or_weights:
            for k in range(rank):
                total[k] += c * (g[k] / below[k]) ** 2
        return [math.sqrt(t * factor) * unit[j][1] for t, j in zip(total, kept)]

    hc = {"HC0": lambda h, l: 1, "HC1": lambda h, l: n / df, "HC2": lambda h, l: 1 / l, "HC3": lambda h, l: l ** -2,
          "HC4": lambda h, l: l ** -min(4, n * h / rank)}
    out = {}
    for kind, f in hc.items():
        if kind in ("HC0", "HC1") or not high:
            out[kind] = errors(((s, c * f(*a)) for s, c, a in zip(scores, counts, adjust)), 1)
    clusters = spec.get("cluster", [])
    sets = [[c] for c in clusters] + ([clusters] if len(clusters) > 1 else [])
    squares = {}
    for names in sets:
        groups = {}
        for s, r in zip(scores, rows):
            key = tuple(r[c] for c in names)
            groups[key] = [a + v for a, v in zip(groups[key], s)] if key in groups else s
        g = len(groups)
        squares[tuple(names)] = (errors(((v, 1) for v in groups.values()), 1), g / (g - 1) * (n - 1) / df)
    for names, (se, factor) in squares.items():
        if len(names) == 1:
            suffix = ":" + names[0] if len(clusters) > 1 else ""
            out["CR0" + suffix], out["CR1" + suffix] = se, [s * math.sqrt(factor) for s in se]
    if len(clusters) > 1:
        first, second, both = ([s * s for s in squares[key][0]] for key in ((clusters[0],), (clusters[1],), tuple(clusters)))
        f1, f2, f3 = (squares[key][1] for key in ((clusters[0],), (clusters[1],), tuple(clusters)))
        out["CR0"] = [math.sqrt(a + b - c) for a, b, c in zip(first, second, both)]
        out["CR1"] = [math.sqrt(f1 * a + f2 * b - f3 * c) for a, b, c in zip(first, second, both)]
    if "lag" in spec:
        lag, variances = spec["lag"], []
        for k in range(rank):
            s = [v[k] / below[k] for v in scores]
            variances.append(math.fsum([v * v for v in s] + [2 * (1 - l / (lag + 1)) * s[i] * s[i - l] for l in range(1, lag + 1) for i in range(l, len(s))]))
        out["HAC"] = [math.sqrt(v) * unit[j][1] for v, j in zip(variances, kept)]
        out["HAC_adjusted"] = [s * math.sqrt(n / df) for s in out["HAC"]]
    return out, high


# ---- all of them ------------------------------------------------------------------------------------------------
def main():
    specs = json.loads((HERE / "models.json").read_text())
    columns = json.loads((HERE / "r.json").read_text())["models"]
    out = {}
    for spec in specs:
        if len(sys.argv) > 1 and spec["id"] not in sys.argv[1:]:
            continue
        golden = columns[spec["id"]]
        result = solve(spec, golden["pieces"], golden["new"])
        names = [":".join(p["variable"] + (f"[{p['label']}]" if p.get("label") else "") for p in c) for c in golden["pieces"]]
        kept = result.pop("kept")
        result = {"names": [names[j] for j in kept], "aliased": [v for j, v in enumerate(names) if j not in kept], **result}
        # Sums of squares of the terms, in order: those of their columns.
        steps = list(zip(golden["assign"], result.pop("sequential")))
        result["sequential"] = {(["(Intercept)"] + golden["terms"])[t]: math.fsum(v for _, v in g) for t, g in groupby(steps, key=lambda s: s[0])}
        out[spec["id"]] = result
    body = ",\n".join(json.dumps(k) + ": {" + ",\n  ".join(f"{json.dumps(q)}: {json.dumps(v)}" for q, v in m.items()) + "}" for k, m in out.items())
    text = '{"program": "rational arithmetic",\n"models": {' + body + "}}\n"
    (HERE / "judge.json").write_text(text) if len(sys.argv) == 1 else print(text)


if __name__ == "__main__":
    main()
