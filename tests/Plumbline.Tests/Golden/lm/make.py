#!/usr/bin/python3
"""Writes statsmodels.json: what statsmodels says of the models of models.json that its formulas can express (`py`).

Run in this folder:  python3 make.py        (statsmodels 0.13.5, patsy 0.5.3, pandas)
Names are written as Plumbline writes them. AIC and BIC are left out: statsmodels does not count sigma as a parameter.
"""
import json, re, warnings
from pathlib import Path

import numpy as np
import pandas as pd
import statsmodels
import statsmodels.formula.api as smf

warnings.simplefilter("ignore")
HERE = Path(__file__).parent


def name(text):
    """patsy's name of a coefficient → Plumbline's."""
    def piece(p):
        match = re.fullmatch(r"(.*?)\[(?:T\.|S\.)?(.*)\]", p)
        variable, label = (match.group(1), match.group(2)) if match else (p, None)
        variable = re.sub(r"Q\('(.*?)'\)", r"\1", variable).replace("np.", "").replace("**", "^").replace(" ^ ", "^")
        variable = re.sub(r"C\(([\w.]+), Sum\)", r"\1", variable)
        variable = re.sub(r"C\(([\w.]+)\)", r"factor(\1)", variable)
        label = label and {"True": "TRUE", "False": "FALSE"}.get(label, label.removesuffix(".0"))
        return f"{variable}[{label}]" if label else variable
    return "(Intercept)" if text == "Intercept" else ":".join(piece(p) for p in text.split(":"))


def describe(spec, golden):
    d = pd.read_csv(HERE / "data" / f"{spec['data']}.csv", keep_default_na=False, na_values=["NA"])
    # Dots are no part of a Python name.
    dotted = {c: c.replace(".", "_dot_") for c in d.columns}
    d = d.rename(columns=dotted)
    text = spec["py"]
    for column, plain in dotted.items():
        text = text.replace(column, plain) if "." in column else text
    used = [c for c in d.columns if re.search(rf"\b{c}\b", text)] + [c.replace(".", "_dot_") for c in spec.get("cluster", [])]
    d = d.dropna(subset=list(dict.fromkeys(used)))
    model = smf.wls(text, d, weights=d[spec["weights"]]) if "weights" in spec else smf.ols(text, d)
    fit = model.fit()
    names = [name(n.replace("_dot_", ".")) for n in fit.params.index]
    if "Sum" in text:
        sums = {n.split("[")[0] for n in golden["names"]}
        levels = {v: sorted(d[v.replace(".", "_dot_")].unique()) for v in sums if v.replace(".", "_dot_") in d}
        for v, seen in levels.items():               # sum contrasts: patsy names the level, R counts it
            for i, level in enumerate(seen):
                names = [":".join(f"{v}[{i + 1}]" if p == f"{v}[{level}]" else p for p in n.split(":")) for n in names]
    if sorted(names) != sorted(golden["names"]):
        raise ValueError(f"{spec['id']}: {names} {golden['names']}")
    order = [names.index(n) for n in golden["names"]]
    take = lambda x: [float(np.asarray(x)[i]) for i in order]
    robust = {k: take(getattr(fit, f"{k}_se")) for k in ("HC0", "HC1", "HC2", "HC3")}
    if "cluster" in spec:
        g = d[spec["cluster"]].apply(lambda c: pd.factorize(c)[0])
        g = g.iloc[:, 0] if g.shape[1] == 1 else g.to_numpy()
        for kind, correct in (("CR0", False), ("CR1", True)):
            robust[kind] = take(model.fit(cov_type="cluster", cov_kwds={"groups": g, "use_correction": correct}).bse)
    if "lag" in spec:
        for kind, correct in (("HAC", False), ("HAC_adjusted", True)):
            robust[kind] = take(model.fit(cov_type="HAC", cov_kwds={"maxlags": spec["lag"], "use_correction": correct}).bse)
    new = pd.DataFrame({c.replace(".", "_dot_"): [{"TRUE": True, "FALSE": False}.get(x, x) for x in v] for c, v in golden["new"].items()})
    frame = fit.get_prediction(new).summary_frame(alpha=0.05) if "weights" not in spec else None
    out = {"names": golden["names"], "rows": int(fit.nobs), "df": int(fit.df_resid), "estimate": take(fit.params), "std_error": take(fit.bse),
           "t": take(fit.tvalues), "p": take(fit.pvalues), "lower": take(fit.conf_int()[0]), "upper": take(fit.conf_int()[1]),
           "rss": float(fit.ssr), "sigma": float(np.sqrt(fit.scale)), "r_squared": float(fit.rsquared), "adj_r_squared": float(fit.rsquared_adj),
           "f": [float(fit.fvalue), float(fit.df_model), float(fit.df_resid), float(fit.f_pvalue)], "log_likelihood": float(fit.llf), "robust": robust}
    if frame is not None:
        out |= {"fit": list(map(float, frame["mean"])), "fit_se": list(map(float, frame["mean_se"])),
                "confidence": frame[["mean_ci_lower", "mean_ci_upper"]].to_numpy().tolist(),
                "prediction": frame[["obs_ci_lower", "obs_ci_upper"]].to_numpy().tolist()}
    return out


if __name__ == "__main__":
    golden = json.loads((HERE / "r.json").read_text())["models"]
    out = {s["id"]: describe(s, golden[s["id"]]) for s in json.loads((HERE / "models.json").read_text()) if "py" in s}
    body = ",\n".join(json.dumps(k) + ": {" + ",\n  ".join(f"{json.dumps(q)}: {json.dumps(v)}" for q, v in m.items()) + "}" for k, m in out.items())
    version = f"statsmodels {statsmodels.__version__}"
    (HERE / "statsmodels.json").write_text(f'{{"program": {json.dumps(version)},\n"models": {{{body}}}}}\n')
