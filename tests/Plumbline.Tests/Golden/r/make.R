# Makes lm.json: what R's lm says of models on R's own data sets, every number with 17 significant digits.
# Run:   Rscript make.R > lm.json       (R and the package jsonlite)
library(jsonlite)

models <- list(
  list("mtcars", "mpg ~ wt"), list("mtcars", "mpg ~ wt + hp + qsec"), list("mtcars", "mpg ~ wt * hp"),
  list("mtcars", "log(mpg) ~ log(hp) + sqrt(wt)"), list("mtcars", "mpg ~ 0 + wt + hp"), list("mtcars", "mpg ~ wt + I(wt^2)"),
  list("mtcars", "mpg ~ (wt + hp + drat)^2"), list("mtcars", "mpg ~ 1"), list("mtcars", "mpg ~ ."),
  list("iris", "Sepal.Length ~ Sepal.Width + Petal.Length + Petal.Width"), list("iris", "Petal.Width ~ Petal.Length - 1"),
  list("cars", "dist ~ speed"), list("cars", "dist ~ speed + I(speed^2)"),
  list("trees", "log(Volume) ~ log(Girth) + log(Height)"), list("trees", "Volume ~ I(Girth^2 * Height)"),
  list("swiss", "Fertility ~ ."), list("stackloss", "stack.loss ~ ."), list("attitude", "rating ~ . - privileges"),
  list("airquality", "Ozone ~ Solar.R + Wind + Temp"), list("airquality", "Ozone ~ Wind + I(Temp - 78)"),
  list("women", "weight ~ height + I(height^2)"), list("faithful", "eruptions ~ waiting"),
  list("LifeCycleSavings", "sr ~ pop15 + pop75 + dpi + ddpi"), list("rock", "area ~ peri + shape + perm"),
  list("quakes", "mag ~ depth + stations"), list("longley", "Employed ~ ."))
weighted <- list(
  list("mtcars", "mpg ~ wt + hp", "qsec"), list("trees", "Volume ~ Girth", "Height"), list("airquality", "Ozone ~ Wind", "Temp"))

fit <- function(data, formula, weights = NULL) {
  d <- get(data)
  w <- if (is.null(weights)) NULL else d[[weights]]
  environment(formula) <- environment()
  m <- if (is.null(w)) lm(formula, d) else lm(formula, d, weights = w)
  s <- summary(m)
  ci <- confint(m)
  f <- s$fstatistic
  list(
    data = unbox(data), formula = unbox(deparse1(formula)), weights = if (is.null(weights)) NULL else unbox(weights),
    names = names(coef(m)), estimate = unname(s$coefficients[, 1]), std_error = unname(s$coefficients[, 2]),
    t = unname(s$coefficients[, 3]), p = unname(s$coefficients[, 4]), lower = unname(ci[, 1]), upper = unname(ci[, 2]),
    df = unbox(s$df[2]), sigma = unbox(s$sigma), r_squared = unbox(s$r.squared), adj_r_squared = unbox(s$adj.r.squared),
    f = if (is.null(f)) NULL else unbox(f[[1]]),
    f_p = if (is.null(f)) NULL else unbox(unname(pf(f[1], f[2], f[3], lower.tail = FALSE))),
    log_likelihood = unbox(as.numeric(logLik(m))), aic = unbox(AIC(m)), bic = unbox(BIC(m)), vcov = unname(vcov(m)))
}

used <- unique(c(sapply(models, `[[`, 1), sapply(weighted, `[[`, 1)))
data <- lapply(setNames(used, used), function(name) {
  d <- get(name)
  as.list(d[sapply(d, is.numeric)])
})
out <- c(lapply(models, function(m) fit(m[[1]], as.formula(m[[2]]))),
         lapply(weighted, function(m) fit(m[[1]], as.formula(m[[2]]), m[[3]])))
cat(toJSON(list(version = unbox(R.version.string), data = data, models = out), digits = I(17), na = "null", null = "null"))
