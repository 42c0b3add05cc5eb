"""Writes judge.json: sums of squares in rational arithmetic, for models of ../lm/models.json in which R's anova is off.
Run in this folder:  python3 judge.py     (Python 3, standard library; data of the repository)
Columns are exact powers of the doubles that the CSV files hold; logarithms are the platform's, rounded to doubles."""
import csv, json, math, os
from fractions import Fraction

def read(name):
    path = next(p for p in (f"../lm/data/{name}.csv", f"../../../../data/{name}.csv", f"../../../../data/nist/{name}.csv") if os.path.exists(p))
    with open(path) as f:
        return [{k: float(v) for k, v in row.items()} for row in csv.DictReader(f)]

def powers(x, k):
    return [lambda r, i=i: Fraction(r[x]) ** i for i in range(1, k + 1)]

def levels(x, values):
    return [lambda r, v=v: Fraction(int(r[x] == v)) for v in values]

MODELS = {
    "longley-cubic": ("longley", lambda r: Fraction(r["Employed"]), [("Year", powers("Year", 1)), ("I(Year^2)", powers("Year", 2)[1:]), ("I(Year^3)", powers("Year", 3)[2:])]),
    "filip": ("filip", lambda r: Fraction(r["y"]), [("poly(x, 10, raw = TRUE)", powers("x", 10))]),
    "wampler5": ("wampler5", lambda r: Fraction(r["y"]), [("poly(x, 5, raw = TRUE)", powers("x", 5))]),
    "houses-coordinates": ("houses", lambda r: Fraction(math.log(r["price"])), [
        ("log(sqft_living)", [lambda r: Fraction(math.log(r["sqft_living"]))]), ("poly(lat, 3)", powers("lat", 3)), ("long", powers("long", 1)),
        ("I(long^2)", powers("long", 2)[1:]), ("factor(view)", levels("view", [1, 2, 3, 4]))]),
}

def integers(column):
    scale = max(v.denominator for v in column)              # all are powers of two
    return [v.numerator * (scale // v.denominator) for v in column], scale

def main():
    answers = {}
    for name, (data, response, terms) in MODELS.items():
        rows = read(data)
        columns = [[Fraction(1)] * len(rows)] + [[f(r) for r in rows] for _, fs in terms for f in fs] + [[response(r) for r in rows]]
        scaled = [integers(c) for c in columns]
        k = len(columns)
        moments = [[Fraction(sum(a * b for a, b in zip(scaled[i][0], scaled[j][0])), scaled[i][1] * scaled[j][1]) if j >= i else None for j in range(k)] for i in range(k)]
        moment = lambda i, j: moments[min(i, j)][max(i, j)]

        def rss(kept):                                      # elimination; the last pivot is RSS
            order = list(kept) + [k - 1]
            a = [[moment(i, j) for j in order] for i in order]
            rank = 0
            for p in range(len(order) - 1):
                if a[p][p] == 0:
                    continue
                rank += 1
                for i in range(p + 1, len(order)):
                    f = a[i][p] / a[p][p]
                    if f:
                        a[i] = [x - f * y for x, y in zip(a[i], a[p])]
            return a[-1][-1], rank

        places, at = [("(Intercept)", [0])], 1
        for term, fs in terms:
            places.append((term, list(range(at, at + len(fs)))))
            at += len(fs)
        full, rank = rss(range(k - 1))
        result = {"rss": float(full), "df": len(rows) - rank}
        for kind in ("I", "III"):
            table, before = [], [0]
            # What the intercept means depends on how poly and factor are coded; the other terms do not.
            for term, own in places[1 if kind == "I" or data == "houses" else 0:]:
                small = before if kind == "I" else [c for c in range(k - 1) if c not in own]
                (r0, q0), (r1, q1) = rss(small), rss(small + own)
                table.append([term, q1 - q0, float(r0 - r1)])
                before = before + own
            result[kind] = table
        answers[name] = result
    with open("judge.json", "w") as f:
        json.dump(answers, f, indent=1)
        f.write("\n")

main()
