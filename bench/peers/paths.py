"""scikit-learn on the data of paths.cs: arguments are rows, columns, repeats, folder."""
import sys, time
import numpy as np
import sklearn
from sklearn.linear_model import LassoCV, lasso_path

n, p, repeats, folder = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
x = np.fromfile(folder + "/x.bin").reshape(p, n).T
y = np.fromfile(folder + "/y.bin")


def best(what, work):
    least = float("inf")
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        least = min(least, time.perf_counter() - start)
    print(f"scikit-learn {sklearn.__version__}\t{what}\t{least:.4f}")


def path():
    z = np.asfortranarray((x - x.mean(0)) / x.std(0))
    lasso_path(z, y - y.mean(), eps=1e-4, n_alphas=100)


best("path", path)
best("cv", lambda: LassoCV(eps=1e-4, n_alphas=100, cv=10, n_jobs=-1).fit(np.asfortranarray((x - x.mean(0)) / x.std(0)), y))
