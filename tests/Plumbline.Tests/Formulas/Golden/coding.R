# Writes coding.json: for each formula the columns of R's model.matrix, their names, terms and values.
#   LC_ALL=C Rscript coding.R > coding.json
# "formula" is what Plumbline reads; "r" is what R was given where that differs (the base and the levels of C() are written in
# another way there). Made with R 4.2.2, jsonlite.
suppressMessages(library(jsonlite))
d <- data.frame(
  y = c(3.1, 2.7, 5.9, 4.4, 8.2, 7.7, 1.3, 9.8, 6.1, 2.2, 4.9, 5.5, 7.1, 3.8, 6.6, 8.9),
  x = c(1.5, 2.25, -0.75, 4, 3.1, 2.2, 0.3, 5.7, 4.4, 1.1, 2.9, 3.3, 0.9, 2.6, 4.8, 3.7),
  z = c(10, 12, 9, 15, 11, 14, 8, 13, 16, 7, 18, 6, 17, 5, 19, 4),
  w = c(0.1, 0.2, 0.35, 0.4, 0.55, 0.6, 0.7, 0.85, 0.9, 1.05, 1.1, 1.2, 1.35, 1.4, 1.5, 1.65),
  k = c(1, 2, 3, 4, 4, 3, 2, 1, 2, 4, 1, 3, 3, 1, 4, 2),
  n = c(10, 2, 2, 10, 33, 33, 10, 2, 10, 33, 2, 10, 33, 2, 10, 33),
  f = c("a", "b", "c", "a", "b", "c", "a", "b", "c", "b", "a", "c", "a", "b", "c", "c"),
  g = c("u", "v", "u", "v", "u", "v", "v", "u", "u", "v", "u", "v", "u", "v", "u", "u"),
  size = c("low", "mid", "high", "mid", "low", "high", "low", "mid", "high", "low", "mid", "high", "mid", "low", "high", "low"),
  five = c("p1", "p2", "p3", "p4", "p5", "p1", "p2", "p3", "p4", "p5", "p1", "p2", "p3", "p4", "p5", "p1"),
  t = c(TRUE, FALSE, TRUE, TRUE, FALSE, FALSE, TRUE, FALSE, TRUE, FALSE, FALSE, TRUE, FALSE, TRUE, TRUE, FALSE),
  stringsAsFactors = TRUE)
same <- c(
  # treatment, and what an absent margin does
  "y ~ f", "y ~ f + g", "y ~ g + f", "y ~ f + x", "y ~ 0 + f", "y ~ f - 1", "y ~ 0 + f + g", "y ~ 0 + g + f", "y ~ 0 + x + f", "y ~ 0 + x + f + g",
  "y ~ f:g", "y ~ f*g", "y ~ 0 + f:g", "y ~ 0 + f*g", "y ~ f + f:g", "y ~ g + f:g", "y ~ 0 + f + f:g", "y ~ 0 + g + f:g", "y ~ f*g - f", "y ~ f*g - g", "y ~ f*g - f - g",
  "y ~ f/g", "y ~ 0 + f/g", "y ~ g/f", "y ~ f %in% g", "y ~ g + f %in% g", "y ~ f/x", "y ~ 0 + f/x", "y ~ f/x - 1", "y ~ (f + g)/x",
  "y ~ x:f", "y ~ f:x", "y ~ x + x:f", "y ~ x*f", "y ~ f + f:x", "y ~ 0 + x:f", "y ~ 0 + x + x:f", "y ~ 0 + f:x", "y ~ 0 + f + x:f", "y ~ x:f:g", "y ~ x + x:f:g", "y ~ x:f + x:f:g",
  "y ~ f*g*t", "y ~ (f + g + t)^2", "y ~ f:g:t", "y ~ f + f:g:t", "y ~ f:g + f:g:t", "y ~ f + g + f:g:t", "y ~ f:g + t", "y ~ t + f:g", "y ~ 0 + t + f:g", "y ~ (f + g + t)^2 - f:g",
  "y ~ f*g*t - g", "y ~ f*g*t - f:g", "y ~ 0 + f*g*t - f:g - t", "y ~ f*x*g", "y ~ f*x*g - x", "y ~ x:z:f", "y ~ x:z + x:z:f", "y ~ x*z*f - z:f",
  "y ~ f + log(z)", "y ~ log(z):f", "y ~ I(x^2):f", "y ~ I(x^2) + f:I(x^2)", "y ~ t", "y ~ 0 + t", "y ~ t:x", "y ~ t*f", "y ~ f:f", "y ~ f + f",
  # numbers as levels
  "y ~ factor(k)", "y ~ as.factor(k)", "y ~ factor(n)", "y ~ factor(k):x", "y ~ factor(k) + k", "y ~ 0 + factor(n):f",
  "y ~ ordered(k)", "y ~ factor(f)", "y ~ factor(t)",
  # contrasts
  "y ~ C(f, sum)", "y ~ C(f, contr.sum)", "y ~ C(f, helmert)", "y ~ C(f, contr.helmert)", "y ~ C(f, poly)", "y ~ C(f, treatment)", "y ~ C(f, contr.poly)",
  "y ~ C(five, helmert)", "y ~ C(five, poly)", "y ~ C(five, sum) * g", "y ~ C(f, sum):x", "y ~ C(f, sum):x + x", "y ~ 0 + C(f, sum)", "y ~ 0 + g + C(f, sum)", "y ~ C(f, sum):C(g, helmert)",
  "y ~ C(f, sum)*C(g, helmert)", "y ~ C(five, poly):x + x", "y ~ C(factor(k), sum)", "y ~ f + C(f, sum)", "y ~ C(f, sum):f",
  # orders of levels
  "y ~ factor(size, levels = c(\"low\", \"mid\", \"high\"))", "y ~ ordered(size, levels = c(\"low\", \"mid\", \"high\"))", "y ~ ordered(size)",
  "y ~ factor(size, c(\"mid\", \"high\", \"low\"))", "y ~ ordered(five)", "y ~ ordered(five):x + x", "y ~ ordered(k)*g", "y ~ 0 + ordered(size)",
  "y ~ factor(k, levels = c(4, 3, 2, 1))", "y ~ factor(size, levels = c(\"low\", \"mid\", \"high\", \"huge\"))", "y ~ factor(k, ordered = TRUE)", "y ~ C(ordered(size), sum)",
  "y ~ relevel(factor(f), ref = \"b\")", "y ~ relevel(factor(size), \"low\")", "y ~ 0 + relevel(factor(f), ref = \"c\")", "y ~ C(relevel(factor(f), ref = \"c\"), sum)",
  # levels that are not listed
  "y ~ factor(size, levels = c(\"low\", \"high\"))", "y ~ x + factor(k, levels = c(1, 2, 4))",
  # poly and scale
  "y ~ poly(x, 1)", "y ~ poly(x, 2)", "y ~ poly(z, 3)", "y ~ poly(z, 5)", "y ~ poly(x, 2, raw = TRUE)", "y ~ poly(x, degree = 3, raw = TRUE)", "y ~ poly(x, 3):f", "y ~ poly(x, 2)*f",
  "y ~ poly(x, 2):poly(z, 2)", "y ~ poly(x, 2) + x", "y ~ x + poly(x, 2):x", "y ~ poly(log(z), 2)", "y ~ poly(x, 2)*g*t", "y ~ 0 + poly(x, 2)", "y ~ 0 + poly(x, 2):f", "y ~ poly(x, 2):z",
  "y ~ scale(x)", "y ~ scale(x, scale = FALSE)", "y ~ scale(x, center = FALSE)", "y ~ scale(x, center = FALSE, scale = FALSE)", "y ~ scale(x, center = 2)", "y ~ scale(x, center = 2, scale = 0.5)",
  "y ~ scale(x, TRUE, 3)", "y ~ scale(x):f", "y ~ scale(x)*f", "y ~ scale(x)*scale(z)", "y ~ scale(log(z)) + f", "y ~ scale(x) + poly(x, 2)", "y ~ poly(x, 2):scale(x)",
  # offsets, responses
  "y ~ x + offset(z)", "y ~ offset(log(z)) + f + offset(x)", "log(y) ~ f + offset(x)", "y ~ offset(x)", "y ~ 0 + offset(2 * x) + f", "sqrt(y) ~ f*poly(x, 2)")
different <- list(
  c("y ~ C(t, sum)", "y ~ C(factor(t), sum)"),
  c("y ~ C(f, base = \"b\")", "y ~ C(f, treatment, base = 2)"),
  c("y ~ C(f, base = \"c\"):g", "y ~ C(f, treatment, base = 3):g"),
  c("y ~ C(k)", "y ~ factor(k)"),
  c("y ~ C(n, base = 10)", "y ~ C(factor(n), treatment, base = 2)"),
  c("y ~ C(size, levels = c(\"low\", \"mid\", \"high\"))", "y ~ factor(size, levels = c(\"low\", \"mid\", \"high\"))"),
  c("y ~ C(size, sum, levels = c(\"mid\", \"low\", \"high\"))", "y ~ C(factor(size, levels = c(\"mid\", \"low\", \"high\")), sum)"),
  c("y ~ C(size, poly, levels = c(\"low\", \"mid\", \"high\"))", "y ~ ordered(size, levels = c(\"low\", \"mid\", \"high\"))"),
  c("y ~ C(size, levels = c(\"low\", \"mid\", \"high\"), base = \"mid\")", "y ~ C(factor(size, levels = c(\"low\", \"mid\", \"high\")), treatment, base = 2)"),
  c("y ~ relevel(f, ref = \"b\")", "y ~ relevel(factor(f), ref = \"b\")"),
  c("y ~ poly(x, 2, raw = true)", "y ~ poly(x, 2, raw = TRUE)"))
standard <- c("y ~ f", "y ~ f*g", "y ~ 0 + f", "y ~ f:x", "y ~ ordered(size)", "y ~ C(f, helmert) + g", "y ~ f + C(g, treatment)", "y ~ t*f", "y ~ x:f + x")

one <- function(formula, r = formula, contrasts = NULL) {
  old <- options(contrasts = c(if (is.null(contrasts)) "contr.treatment" else paste0("contr.", contrasts), "contr.poly"))
  on.exit(options(old))
  frame <- model.frame(as.formula(r), d, drop.unused.levels = TRUE)
  X <- model.matrix(attr(frame, "terms"), frame)
  off <- model.offset(frame)
  list(
    formula = unbox(formula), r = unbox(r), contrasts = if (is.null(contrasts)) NULL else unbox(contrasts),
    names = colnames(X), terms = attr(attr(frame, "terms"), "term.labels"), assign = attr(X, "assign"),
    rows = as.integer(rownames(frame)), response = as.vector(model.response(frame)),
    offset = if (is.null(off)) NULL else as.vector(off), columns = lapply(seq_len(ncol(X)), function(j) unname(X[, j])))
}
cases <- c(
  lapply(same, one),
  lapply(different, function(p) one(p[1], p[2])),
  lapply(standard, one, contrasts = "sum"),
  lapply(standard, one, contrasts = "helmert"))
cat(toJSON(list(program = unbox(R.version.string), data = as.list(d), cases = cases), digits = NA, null = "null", auto_unbox = FALSE), "\n")
