"""Three kinds of weights, as statsmodels has them: WLS; GLM with freq_weights (and the t distribution); WLS with cov_type HC1.
/usr/bin/python3 make.py > statsmodels.json        (statsmodels, pandas)
"""
import json, sys
import numpy as np, pandas as pd, scipy, statsmodels, statsmodels.api as sm, statsmodels.formula.api as smf

d = pd.read_csv("data.csv")
d = d[d.w > 0]
models = []
for kind in ["precision", "frequency", "sampling"]:
    for formula in ["y ~ x", "y ~ x + f", "y ~ x * f + z"]:
        if kind == "frequency":
            m = smf.glm(formula, d, freq_weights=d.w.to_numpy()).fit(tol=1e-14)
            n, k = d.w.sum(), len(m.params)
            out = dict(sigma=float(np.sqrt(m.scale)))
        else:
            m = smf.wls(formula, d, weights=d.w).fit(**({"cov_type": "HC1", "use_t": True} if kind == "sampling" else {}))
            n, k = len(d), len(m.params)
            out = dict(r_squared=float(m.rsquared))
            if kind == "precision":
                out.update(sigma=float(np.sqrt(m.scale)), log_likelihood=float(m.llf))
        out.update(kind=kind, formula=formula, names=list(m.params.index), estimate=list(map(float, m.params)),
                   std_error=list(map(float, m.bse)), df=int(n - k))
        models.append(out)
json.dump(dict(statsmodels=statsmodels.__version__, models=models), sys.stdout)
