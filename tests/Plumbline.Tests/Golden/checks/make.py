#!/usr/bin/python3
"""Writes statsmodels.json: what statsmodels says of the assumptions of the models of models.txt that its formulas can express
(`py` in ../lm/models.json) and that have no weights.

Run in this folder, after make.R:  python3 make.py        (statsmodels 0.13.5, scipy, patsy, pandas)
Columns of the model stand in Plumbline's order (../lm/make.py), rows are those of r.json.
"""
import importlib.util, json, re, warnings
from pathlib import Path

import numpy as np
import pandas as pd
import scipy
import scipy.stats
import statsmodels
import statsmodels.formula.api as smf
from statsmodels.stats import diagnostic, stattools
from statsmodels.stats.outliers_influence import OLSInfluence, variance_inflation_factor

warnings.simplefilter("ignore")
HERE = Path(__file__).parent
loaded = importlib.util.spec_from_file_location("lm", HERE / "../lm/make.py")
lm = importlib.util.module_from_spec(loaded)
loaded.loader.exec_module(lm)


def describe(spec, golden, checks):
    d = pd.read_csv(HERE / "../lm/data" / f"{spec['data']}.csv", keep_default_na=False, na_values=["NA"])
    d[".row"] = range(1, len(d) + 1)
    dotted = {c: c.replace(".", "_dot_") for c in d.columns}
    d = d.rename(columns=dotted)
    text = spec["py"]
    for column, plain in dotted.items():
        text = text.replace(column, plain) if "." in column else text
    d = d.dropna(subset=[c for c in d.columns if re.search(rf"\b{c}\b", text)])
    fit = smf.ols(text, d).fit()
    names = [lm.name(n.replace("_dot_", ".")) for n in fit.params.index]
    if "Sum" in text:                                # patsy names the level, R counts it: both orders are the levels'
        names = golden["names"]
    order = [names.index(n) for n in golden["names"]]
    e, x, n = fit.resid.to_numpy(), fit.model.exog, int(fit.nobs)
    f = lambda *v: [float(u) for u in v]
    bg = lambda m: diagnostic.acorr_breusch_godfrey(fit, nlags=m)
    one, four = bg(1), bg(4)
    lb = diagnostic.acorr_ljungbox(e, lags=[1, 4], boxpierce=True, return_df=True)
    bp = diagnostic.het_breuschpagan(e, x)
    out = {"n": n, "rank": int(fit.model.rank), "dw": float(stattools.durbin_watson(e)),
           "bg1": f(one[0], 1, one[1]), "bg4": f(four[0], 4, four[1]), "bg4_f": f(four[2], 4, n - x.shape[1] - 4, four[3]),
           "lb1": f(lb.lb_stat.iloc[0], 1, lb.lb_pvalue.iloc[0]), "lb4": f(lb.lb_stat.iloc[1], 4, lb.lb_pvalue.iloc[1]),
           "boxpierce4": f(lb.bp_stat.iloc[1], 4, lb.bp_pvalue.iloc[1]),
           "bp": f(bp[0], x.shape[1] - 1, bp[1])}
    classic = diagnostic.het_breuschpagan(e, x, robust=False)
    out["bp_classic"] = f(classic[0], x.shape[1] - 1, classic[1])
    if "white" in checks:
        try:
            white = diagnostic.het_white(e, x)
            out["white"] = f(white[0], checks["white"][1], white[1])
        except AssertionError:
            pass
    if "reset" in checks:
        reset = diagnostic.linear_reset(fit, power=3, use_f=True)
        out["reset"] = f(reset.fvalue, reset.df_num, reset.df_denom, reset.pvalue)
    jb, p, skewness, kurtosis = stattools.jarque_bera(e)
    ad = diagnostic.normal_ad(e)
    out |= {"jb": f(skewness, kurtosis, jb, p), "ad": f(*ad), "sw": f(*scipy.stats.shapiro(e))}
    if "vif" in checks and set(checks["vif"]["df"]) == {1}:
        columns = [golden["names"].index(t) for t in golden["names"] if t != "(Intercept)"]
        out["vif"] = f(*[variance_inflation_factor(x, order[j]) for j in columns])
    influence = OLSInfluence(fit)
    places = [list(d[dotted[".row"]]).index(r) for r in checks["row"]]
    table = np.column_stack([influence.hat_matrix_diag, influence.resid_studentized_internal, influence.resid_studentized_external,
                             influence.cooks_distance[0], influence.dffits[0], influence.cov_ratio, influence.dfbetas[:, order]])
    out["influence"] = table[places].tolist()
    test = fit.outlier_test()
    largest = int(np.nanargmax(np.abs(test["student_resid"].to_numpy())))
    out["outlier"] = [int(d[dotted[".row"]].iloc[largest])] + f(*test.iloc[largest])
    return out


models = json.loads((HERE / "../lm/r.json").read_text())["models"]
checks = json.loads((HERE / "r.json").read_text())["models"]
specs = [s for s in json.loads((HERE / "../lm/models.json").read_text()) if s["id"] in checks and "py" in s and "weights" not in s]
out = {s["id"]: describe(s, models[s["id"]], checks[s["id"]]) for s in specs}
body = ",\n".join(json.dumps(k) + ": {" + ",\n  ".join(f"{json.dumps(q)}: {json.dumps(v)}" for q, v in m.items()) + "}" for k, m in out.items())
text = f'{{"program": "statsmodels {statsmodels.__version__}, scipy {scipy.__version__}",\n"models": {{{body}}}}}\n'
text = re.sub(r"-?\bInfinity\b", lambda m: f'"{m.group()}"', text.replace("NaN", "null"))
(HERE / "statsmodels.json").write_text(text)
