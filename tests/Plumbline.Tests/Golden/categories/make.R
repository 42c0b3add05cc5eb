# What R's lm says of models with categories, contrasts, poly, scale, offsets and weights.
#   Rscript make.R > categories.json        (R 4.2, jsonlite)
library(jsonlite)
options(digits = 17)

n <- 60
set.seed(20240501)
d <- data.frame(
  y = round(rnorm(n, 10, 3), 2),
  x = round(runif(n, 0, 8), 1),
  z = sample(1:9, n, TRUE),
  o = round(runif(n, 0, 2), 2),
  f = sample(c("b", "a", "c"), n, TRUE),
  g = sample(c("hi", "lo"), n, TRUE),
  k = sample(c(3, 10, 7, 21), n, TRUE),
  w = round(runif(n, 0.1, 4), 1),
  m = sample(0:3, n, TRUE))
d$y <- round(d$y + 1.5 * d$x + ifelse(d$f == "b", 3, 0), 2)

model <- function(formula, weights = NULL, contrasts = NULL) {
  data <- d
  if (!is.null(contrasts)) {
    options(contrasts = c(contrasts, "contr.poly"))
  }
  m <- if (is.null(weights)) lm(as.formula(formula), data) else {
    environment <- environment()
    lm(as.formula(formula, environment), data, weights = data[[weights]])
  }
  # Until 4.2, summary counts the offset as explained; later versions take it out of the fitted values first, as here.
  less <- m
  if (!is.null(m$offset)) less$fitted.values <- m$fitted.values - m$offset
  s <- summary(less)
  kept <- !is.na(coef(m))
  result <- list(
    formula = formula, weights = weights, contrasts = contrasts,
    names = names(coef(m))[kept], aliased = names(coef(m))[!kept],
    estimate = unname(coef(m)[kept]), std_error = unname(s$coefficients[, 2]), t = unname(s$coefficients[, 3]),
    sigma = s$sigma, r_squared = s$r.squared, adj_r_squared = s$adj.r.squared,
    f = if (is.null(s$fstatistic)) NA else unname(s$fstatistic[1]),
    df = m$df.residual, log_likelihood = as.numeric(logLik(m)), aic = AIC(m), bic = BIC(m),
    rss = deviance(m), vcov = unname(vcov(m, complete = FALSE)))
  options(contrasts = c("contr.treatment", "contr.poly"))
  result
}

models <- list(
  model("y ~ f"),
  model("y ~ x + f"),
  model("y ~ x * f"),
  model("y ~ f * g"),
  model("y ~ f + g + factor(k)"),
  model("y ~ x:f"),
  model("y ~ f:g"),
  model("y ~ 0 + f"),
  model("y ~ 0 + f + x"),
  model("y ~ f / x"),
  model("y ~ f * g * x"),
  model("y ~ x + f", contrasts = "contr.sum"),
  model("y ~ x + f * g", contrasts = "contr.helmert"),
  model("y ~ factor(k) + x", contrasts = "contr.poly"),
  model("y ~ poly(x, 3)"),
  model("y ~ poly(x, 2) + f"),
  model("y ~ poly(x, 2):f + z"),
  model("y ~ scale(x) + f"),
  model("y ~ x + offset(o)"),
  model("y ~ x + f + offset(o)"),
  model("y ~ 0 + x + offset(o)"),
  model("y ~ 1 + offset(o)"),
  model("y ~ x + f + offset(o)", weights = "w"),
  model("y ~ x + f", weights = "w"),
  model("y ~ x * f + poly(z, 2)", weights = "w"),
  model("y ~ scale(x) * g", weights = "m"),
  model("y ~ poly(x, 2) + f", weights = "m"),
  model("y ~ f + g", weights = "m"),
  model("log(y + 10) ~ I(x^2) * f"))

cat(toJSON(list(r = R.version.string, data = d, models = models), digits = I(17), auto_unbox = TRUE, dataframe = "columns", na = "null", pretty = FALSE), "\n")
