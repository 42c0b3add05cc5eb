# Makes statsmodels.json: covariances, t (or z), p and F by statsmodels, for the data of sandwich.json beside it.
# Run:   /usr/bin/python3 make.py > statsmodels.json       (made with statsmodels 0.13.5)
import json
import os
import numpy as np
import statsmodels.api as sm

here = os.path.dirname(os.path.abspath(__file__))
data = json.load(open(os.path.join(here, "sandwich.json")))["data"]

models = [
    ("mtcars", "mpg", ["wt", "hp"], None, ["HC0", "HC1", "HC2", "HC3", "CR1:cyl", "CR1:cyl,gear", "newey-west:3"]),
    ("petersen", "y", ["x"], None, ["HC1", "HC3", "CR0:firm", "CR1:firm", "CR1:year", "CR1:firm,year"]),
    ("quakes", "mag", ["depth", "stations"], None, ["HC2", "CR1:stations", "CR1:depthband,stations"]),
    ("chicks", "weight", ["Time"], None, ["HC0", "CR1:Chick", "CR0:Chick"]),
    ("lake", "level", ["year"], None, ["HC0", "newey-west:2", "newey-west:12"]),
    ("mtcars", "mpg", ["wt", "hp"], "qsec", ["HC0", "HC1", "HC2", "HC3", "CR1:cyl", "newey-west:2"]),
]

out = []
for name, response, predictors, weights, covs in models:
    d = {k: np.array(v, dtype=float) for k, v in data[name].items() if not isinstance(v[0], str)}
    x = sm.add_constant(np.column_stack([d[p] for p in predictors]))
    model = sm.OLS(d[response], x) if weights is None else sm.WLS(d[response], x, weights=d[weights])
    found = []
    for cov in covs:
        kind, _, argument = cov.partition(":")
        if kind.startswith("CR"):
            groups = np.column_stack([d[c].astype(int) for c in argument.split(",")])
            groups = groups[:, 0] if groups.shape[1] == 1 else groups
            fit = model.fit(cov_type="cluster", cov_kwds={"groups": groups, "use_correction": kind == "CR1"})
        elif kind == "newey-west":
            fit = model.fit(cov_type="HAC", cov_kwds={"maxlags": int(argument)})
        else:
            fit = model.fit(cov_type=kind)
        f = fit.f_test(np.eye(len(fit.params))[1:])
        interval = fit.conf_int()
        found.append({
            "cov": cov, "vcov": fit.cov_params().tolist(), "std_error": fit.bse.tolist(), "t": fit.tvalues.tolist(), "p": fit.pvalues.tolist(),
            "lower": interval[:, 0].tolist(), "upper": interval[:, 1].tolist(), "f": float(fit.fvalue), "df2": float(f.df_denom),
            "f_p": float(f.pvalue), "use_t": bool(fit.use_t)})
    formula = response + " ~ " + " + ".join(predictors)
    out.append({"data": name, "formula": formula, "weights": weights, "covariances": found})
print(json.dumps({"models": out}))
