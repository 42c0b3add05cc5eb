# Makes houses-lm.json: what R's lm says of models on data/houses.csv, every number with 15 significant digits.
# Run from the root of the repository (R and the package jsonlite):
#   Rscript tests/Plumbline.Cli.Tests/Golden/houses-lm.R > tests/Plumbline.Cli.Tests/Golden/houses-lm.json
library(jsonlite)
houses <- read.csv("data/houses.csv")

fit <- function(formula, where = NULL, weights = NULL) {
  d <- if (is.null(where)) houses else houses[eval(parse(text = sub("=", "==", where)), houses), ]
  f <- as.formula(formula)
  environment(f) <- environment()
  w <- if (is.null(weights)) rep(1, nrow(d)) else d[[weights]]
  m <- if (is.null(weights)) lm(f, d) else lm(f, d, weights = w)
  s <- summary(m)
  ci <- confint(m)
  ci <- ci[!is.na(ci[, 1]), , drop = FALSE]
  list(
    formula = unbox(formula), where = if (is.null(where)) NULL else unbox(where), weights = if (is.null(weights)) NULL else unbox(weights),
    names = rownames(s$coefficients), estimate = unname(s$coefficients[, 1]), std_error = unname(s$coefficients[, 2]),
    t = unname(s$coefficients[, 3]), p = unname(s$coefficients[, 4]), lower = unname(ci[, 1]), upper = unname(ci[, 2]),
    df_residual = unbox(m$df.residual), sigma = unbox(s$sigma), r_squared = unbox(s$r.squared), adj_r_squared = unbox(s$adj.r.squared),
    f = if (is.null(s$fstatistic)) NULL else unbox(s$fstatistic[[1]]),
    log_likelihood = unbox(as.numeric(logLik(m))), aic = unbox(AIC(m)), bic = unbox(BIC(m)))
}

models <- list(
  fit("price ~ sqft_living + age"),
  fit("price ~ sqft_living + sqft_above + sqft_basement"),
  fit("log(price) ~ log(sqft_living) + grade"),
  fit("price ~ sqft_living * age"),
  fit("price ~ bedrooms + bathrooms + I(age^2)"),
  fit("price ~ 0 + sqft_living + bathrooms"),
  fit("price ~ 1"),
  fit("price ~ sqft_living + age", where = "zipcode = 98178"),
  fit("price ~ sqft_living + age", weights = "grade"))
cat(toJSON(list(version = unbox(R.version.string), models = models), digits = I(15), na = "null", null = "null", pretty = TRUE), "\n")
