"""Bias, variance and expected loss of weighted regressions on resampled rows, and weighted scores with their standard errors, by their definitions
in numpy: a fit minimizes sum w e^2 (with ridge: plus the penalty on columns standardized by weighted deviations), and every average over
predictions weighs a row by its weight.

    python3 weighted.py > weighted.json
"""
import json
import sys

import numpy as np

N, ROUNDS = 90, 25
rng = np.random.RandomState(11)
x = rng.uniform(-2, 2, N)
z = rng.normal(size=N) + 0.5 * x
w = rng.choice([0.25, 1.0, 3.0, 7.5], N)
y = 1 + 2 * x - x**2 + 0.7 * z + rng.normal(size=N) / np.sqrt(w)
splits = [rng.permutation(N) for _ in range(ROUNDS)]


def weighted(columns, train, test, penalty):
    a, t, v = columns[train], y[train], w[train] / w[train].mean()
    mean = np.average(a, axis=0, weights=v)
    deviation = np.sqrt(np.average((a - mean) ** 2, axis=0, weights=v))
    s, t0 = (a - mean) / deviation, np.average(t, weights=v)
    gram = s.T @ (v[:, None] * s) + penalty * len(train) * np.eye(s.shape[1])
    b = np.linalg.solve(gram, s.T @ (v * (t - t0)))
    return t0 + (columns[test] - mean) / deviation @ b


def decompose(tests, predictions):
    """Every average is over all predictions, a row's weight its share."""
    sums, counts = np.zeros(N), np.zeros(N)
    for test, p in zip(tests, predictions):
        sums[test] += p
        counts[test] += 1
    seen = counts > 0
    mean = np.where(seen, sums / np.maximum(counts, 1), 0)
    total = sum(w[test].sum() for test in tests)
    loss = sum((w[test] * (p - y[test]) ** 2).sum() for test, p in zip(tests, predictions)) / total
    variance = sum((w[test] * (p - mean[test]) ** 2).sum() for test, p in zip(tests, predictions)) / total
    bias = (w * counts * (mean - y) ** 2)[seen].sum() / total
    return {"loss": loss, "bias": bias, "variance": variance}


learners = [("y ~ x", 0.0, np.column_stack([x])), ("y ~ x + I(x^2) + z", 0.0, np.column_stack([x, x**2, z])), ("y ~ x + I(x^2) + z", 0.2, np.column_stack([x, x**2, z]))]
test, train = splits[0][:30], splits[0][30:]
draws = [train[rng.randint(0, len(train), len(train))] for _ in range(ROUNDS)]
results = []
for formula, penalty, columns in learners:
    results.append({"formula": formula, "lambda": penalty, **decompose([test] * ROUNDS, [weighted(columns, d, test, penalty) for d in draws])})

# Scores of errors that are given: weighted means, and the error of a ratio of sums (for the root by the derivative).
losses = 0.5 * (rng.normal(size=40) * 2) ** 2
weights, response = rng.choice([0.5, 2.0, 4.0], 40), rng.normal(size=40)


def score(values, v):
    m = np.average(values, weights=v)
    return m, np.sqrt(len(values) / (len(values) - 1) * (v**2 * (values - m) ** 2).sum()) / v.sum()


def scores(v):
    squares = (v * (response - np.average(response, weights=v)) ** 2).sum()
    mse, error = score(2 * losses, v)
    ratio = v.sum() / squares
    return {"squares": squares, "Loss": score(losses, v), "MeanSquaredError": (mse, error), "RootMeanSquaredError": (np.sqrt(mse), error / (2 * np.sqrt(mse))),
            "MeanAbsoluteError": score(np.sqrt(2 * losses), v), "RSquared": (1 - mse * ratio, error * ratio)}


json.dump({"made_with": f"numpy {np.__version__}", "columns": {"x": x.tolist(), "z": z.tolist(), "w": w.tolist(), "y": y.tolist()}, "test": np.sort(test).tolist(),
           "draws": [d.tolist() for d in draws], "results": results, "losses": losses.tolist(), "weights": weights.tolist(),
           "weighted": scores(weights), "plain": scores(np.ones(40))}, sys.stdout)
