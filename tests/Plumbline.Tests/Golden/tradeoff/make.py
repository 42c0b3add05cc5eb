"""Bias, variance and expected loss of regressions on bootstrap samples, by the definitions of mlxtend.evaluate.bias_variance_decomp
(mlxtend 0.23, mlxtend/evaluate/bias_variance_decomp.py), written out here on numpy and scikit-learn.

    python3 make.py > resampling.json

Data: the first 160 rows of scikit-learn's diabetes data (Efron, Hastie, Johnstone, Tibshirani 2004), unscaled.
"""
import json
import sys

import numpy as np
import sklearn
from sklearn.datasets import load_diabetes
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.preprocessing import PolynomialFeatures, StandardScaler

ROWS, TEST, ROUNDS = 160, 40, 50
raw = load_diabetes(scaled=False)
data = {name: raw.data[:ROWS, raw.feature_names.index(name)] for name in ("age", "bmi", "bp", "s5")}
y = raw.target[:ROWS]
rng = np.random.RandomState(7)
order = rng.permutation(ROWS)
test, train = np.sort(order[:TEST]), np.sort(order[TEST:])
draws = [train[rng.choice(np.arange(train.size), size=train.size, replace=True)] for _ in range(ROUNDS)]


def powers(degree):
    def make(rows):
        t = (data["bmi"][rows] - 28.0) / 10.0       # the same functions as powers of bmi, better conditioned
        return np.polynomial.legendre.legvander(t, degree)[:, 1:]
    return make


def stack(*names):
    return lambda rows: np.column_stack([data[n][rows] for n in names])


def crossed(rows):
    scaled = np.column_stack([(data[n][rows] - data[n].mean()) / data[n].std() for n in ("bmi", "bp", "s5")])
    return PolynomialFeatures(3, interaction_only=True, include_bias=False).fit_transform(scaled)


def ols(x, t, new):
    return LinearRegression().fit(x, t).predict(new)


def ridge(penalty):
    def fit(x, t, new):
        scale = StandardScaler().fit(x)
        return Ridge(alpha=penalty * len(t), solver="svd").fit(scale.transform(x), t).predict(scale.transform(new))
    return fit


learners = [
    ("target ~ bmi", 0.0, powers(1), ols),
    ("target ~ poly(bmi, 3)", 0.0, powers(3), ols),
    ("target ~ poly(bmi, 6)", 0.0, powers(6), ols),
    ("target ~ bmi * bp * s5", 0.0, crossed, ols),
    ("target ~ age + bmi + bp + s5", 0.0, stack("age", "bmi", "bp", "s5"), ols),
    ("target ~ age + bmi + bp + s5", 0.3, stack("age", "bmi", "bp", "s5"), ridge(0.3)),
]
results = []
for formula, penalty, make, fit in learners:
    all_pred = np.zeros((ROUNDS, TEST))
    for i, rows in enumerate(draws):
        all_pred[i] = fit(make(rows), y[rows], make(test))
    # as in mlxtend, loss="mse"
    avg_expected_loss = np.apply_along_axis(lambda x: ((x - y[test]) ** 2).mean(), axis=1, arr=all_pred).mean()
    main_predictions = np.mean(all_pred, axis=0)
    avg_bias = np.sum((main_predictions - y[test]) ** 2) / test.size
    avg_var = np.sum((main_predictions - all_pred) ** 2) / all_pred.size
    results.append({"formula": formula, "lambda": penalty, "loss": avg_expected_loss, "bias": avg_bias, "variance": avg_var})

json.dump({
    "made_with": f"numpy {np.__version__}, scikit-learn {sklearn.__version__}",
    "columns": {**{k: v.tolist() for k, v in data.items()}, "target": y.tolist()},
    "test": test.tolist(), "draws": [d.tolist() for d in draws], "results": results,
}, sys.stdout, separators=(",", ":"))
