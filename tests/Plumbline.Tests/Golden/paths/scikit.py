"""Penalized fits by scikit-learn, its tolerances as tight as they go.
Run in this folder, before glmnet.R: python3 scikit.py     (scikit-learn 1.2)
Writes diabetes.csv (its own data set, unscaled) and, once glmnet.R has written the others, scikit.csv: one line a coefficient.
"""
import csv, os, warnings
import numpy as np
from sklearn.datasets import load_diabetes
from sklearn.linear_model import ElasticNet, Lasso, Ridge

if not os.path.exists("diabetes.csv"):
    d = load_diabetes(scaled=False)
    with open("diabetes.csv", "w") as f:
        f.write(",".join(d.feature_names) + ",y\n")
        for x, y in zip(d.data, d.target):
            f.write(",".join(repr(float(v)) for v in [*x, y]) + "\n")
warnings.simplefilter("error")
sets = ["mtcars", "swiss", "houses", "longley", "attitude", "states", "diabetes"]
if all(os.path.exists(s + ".csv") for s in sets):
    with open("scikit.csv", "w") as out:
        out.write("set,model,alpha,ratio,name,value\n")
        for s in sets:
            with open(s + ".csv") as f:
                rows = list(csv.reader(f))
            names, d = rows[0][:-1], np.array(rows[1:], float)
            x, y = d[:, :-1], d[:, -1]
            z = (x - x.mean(0)) / x.std(0)          # scikit-learn does not standardize
            top = np.abs(z.T @ (y - y.mean())).max() / len(y)
            for share in (0.5, 0.1, 0.02) if s != "longley" else (0.5, 0.1):
                for model, fit in (
                    ("lasso", Lasso(alpha=top * share, tol=1e-15, max_iter=10**7)),
                    ("elasticnet", ElasticNet(alpha=top * share, l1_ratio=0.3, tol=1e-15, max_iter=10**7)),
                    ("ridge", Ridge(alpha=top * share * len(y), solver="cholesky")),
                ):
                    fit.fit(z, y)
                    b = fit.coef_ / x.std(0)
                    b0 = fit.intercept_ - x.mean(0) @ b
                    ratio = {"lasso": 1, "elasticnet": 0.3, "ridge": 0}[model]
                    for n, v in zip(["(Intercept)", *names], [b0, *b]):
                        out.write(f"{s},{model},{float(fit.alpha)!r},{ratio},{n},{float(v)!r}\n")

# Errors of ridge coefficients by their formulas, numpy alone: diabetes, lambda 0.3 on standardized columns.
    with open("diabetes.csv") as f:
        rows = list(csv.reader(f))
    d = np.array(rows[1:], float)
    x, y = d[:, :-1], d[:, -1]
    n, p = x.shape
    z = np.column_stack([np.ones(n), (x - x.mean(0)) / x.std(0)])
    penalty = n * np.diag([0] + [0.3] * p)
    inverse = np.linalg.inv(z.T @ z + penalty)
    hat = z @ inverse @ z.T
    df = n - np.trace(2 * hat - hat @ hat)
    sigma2 = np.sum((y - hat @ y) ** 2) / df
    to_data = np.diag(1 / np.r_[1, x.std(0)])
    to_data[0, 1:] = -x.mean(0) / x.std(0)
    with open("ridge-errors.csv", "w") as out:
        out.write("name,error,posterior\n")
        sampling = to_data @ (sigma2 * inverse @ z.T @ z @ inverse) @ to_data.T
        posterior = to_data @ (sigma2 * inverse) @ to_data.T
        for name, s, b in zip(["(Intercept)", *rows[0][:-1]], np.sqrt(np.diag(sampling)), np.sqrt(np.diag(posterior))):
            out.write(f"{name},{float(s)!r},{float(b)!r}\n")
