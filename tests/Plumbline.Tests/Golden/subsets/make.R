# Stepwise selection by MASS::stepAIC, and best subsets by fitting every hierarchical subset of the terms with lm.fit.
#
#     Rscript make.R > subsets.json
#
# R 4.2, MASS, jsonlite. Data sets: those of R and of MASS.
suppressMessages(library(MASS))

cases <- list(
  list(name = "mtcars", data = mtcars, formula = mpg ~ cyl + disp + hp + drat + wt + qsec + vs + am + gear + carb),
  list(name = "swiss", data = swiss, formula = Fertility ~ Agriculture + Examination + Education + Catholic + Infant.Mortality),
  list(name = "longley", data = longley, formula = Employed ~ GNP.deflator + GNP + Unemployed + Armed.Forces + Population + Year),
  list(name = "attitude", data = attitude, formula = rating ~ complaints + privileges + learning + raises + critical + advance),
  list(name = "Boston", data = Boston, formula = medv ~ crim + zn + indus + chas + nox + rm + age + dis + rad + tax + ptratio + black),
  list(name = "iris", data = iris, formula = Sepal.Length ~ Sepal.Width * Species + Petal.Length + Petal.Width),
  list(name = "airquality", data = na.omit(airquality), formula = Ozone ~ (Solar.R + Wind + Temp)^2),
  list(name = "warpbreaks", data = warpbreaks, formula = breaks ~ wool * tension),
  list(name = "ToothGrowth", data = ToothGrowth, formula = len ~ supp * poly(dose, 2)),
  list(name = "birthwt", data = transform(birthwt, race = paste0("r", race)), formula = bwt ~ age + lwt + race + smoke + ptl + ht + ui + ftv)
)

frame <- function(d, f) d[, all.vars(f), drop = FALSE]
labels <- function(m) I(attr(terms(m), "term.labels"))

steps <- function(full, null, direction, k) {
  start <- if (direction == "forward") null else full
  scope <- list(lower = formula(null), upper = formula(full))
  end <- stepAIC(start, scope = scope, direction = direction, k = k, trace = 0)
  list(direction = direction, steps = I(as.character(end$anova$Step)[-1]), terms = labels(end), aic = AIC(end), bic = BIC(end), rss = deviance(end))
}

subsets <- function(d, f) {
  full <- terms(f)
  names <- attr(full, "term.labels")
  factors <- attr(full, "factors")[, , drop = FALSE]
  contains <- function(a, b) a != b && all((factors[, b] > 0) <= (factors[, a] > 0)) && sum(factors[, a] > 0) > sum(factors[, b] > 0)
  margin <- sapply(names, function(a) sapply(names, function(b) contains(a, b)))     # margin[b, a]: a contains b
  x <- model.matrix(f, d)
  assign <- attr(x, "assign")
  y <- model.response(model.frame(f, d))
  best <- list()
  bic <- aic <- list(value = Inf)
  for (mask in 0:(2^length(names) - 1)) {
    take <- which(bitwAnd(mask, 2^(seq_along(names) - 1)) > 0)
    if (length(take) > 0 && any(margin[-take, take, drop = FALSE])) next
    fit <- lm.fit(x[, assign %in% c(0, take), drop = FALSE], y)
    rss <- sum(fit$residuals^2)
    n <- length(y)
    ll <- -n / 2 * (log(2 * pi * rss / n) + 1)
    a <- -2 * ll + 2 * (fit$rank + 1)
    b <- -2 * ll + log(n) * (fit$rank + 1)
    key <- length(take) + 1
    if (length(best) < key || is.null(best[[key]]) || rss < best[[key]]$rss) best[[key]] <- list(terms = I(names[take]), rss = rss)
    if (a < aic$value) aic <- list(value = a, terms = I(names[take]))
    if (b < bic$value) bic <- list(value = b, terms = I(names[take]))
  }
  list(sizes = best, aic = aic, bic = bic)
}

out <- lapply(cases, function(case) {
  d <- case$data
  d[] <- lapply(d, function(v) if (is.factor(v)) as.character(v) else v)
  assign("d", d, envir = globalenv())
  full <- eval(bquote(lm(.(case$formula), data = d)))
  null <- eval(bquote(lm(.(update(case$formula, . ~ 1)), data = d)))
  n <- nrow(d)
  runs <- list()
  for (direction in c("both", "backward", "forward")) for (criterion in c("aic", "bic")) {
    run <- steps(full, null, direction, if (criterion == "aic") 2 else log(n))
    run$criterion <- criterion
    runs[[length(runs) + 1]] <- run
  }
  list(name = case$name, formula = paste(deparse(case$formula, width.cutoff = 500), collapse = ""), columns = as.list(frame(d, case$formula)), stepwise = runs, subsets = subsets(d, case$formula))
})
cat(jsonlite::toJSON(list(made_with = R.version.string, cases = out), digits = NA, auto_unbox = TRUE))
