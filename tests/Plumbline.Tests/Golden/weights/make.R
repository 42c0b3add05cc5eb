# Three kinds of weights, as R has them: precision by lm, frequency by lm on the rows written out, sampling by lm and sandwich's HC1
# (which is Stata's pweight: n/(n − k) times the sandwich). Rows of weight 0 are left out first: sandwich counts them in n.
#   Rscript make.R > r.json        (R 4.2, sandwich, jsonlite)
library(jsonlite)
library(sandwich)
d <- read.csv("data.csv")

model <- function(kind, formula) {
  data <- if (kind == "frequency") d[rep(seq_len(nrow(d)), d$w), ] else d[d$w > 0, ]
  environment <- new.env()
  environment$w <- data$w
  f <- as.formula(formula, environment)
  m <- if (kind == "frequency") lm(f, data) else lm(f, data, weights = w)
  n <- nobs(m)
  k <- m$rank
  v <- if (kind == "sampling") vcovHC(m, type = "HC1") else vcov(m)
  error <- sqrt(diag(v))
  t <- coef(m) / error
  sigma <- summary(m)$sigma
  list(kind = kind, formula = formula, names = names(coef(m)), estimate = unname(coef(m)), std_error = unname(error), t = unname(t),
       p = unname(2 * pt(-abs(t), n - k)), df = n - k, observations = n,
       sigma = if (kind == "sampling") sigma / sqrt(mean(data$w)) else sigma,
       r_squared = summary(m)$r.squared,
       log_likelihood = if (kind == "sampling") NA else as.numeric(logLik(m)), aic = if (kind == "sampling") NA else AIC(m),
       vcov = unname(v))
}

models <- list()
for (kind in c("precision", "frequency", "sampling")) {
  for (formula in c("y ~ x", "y ~ x + f", "y ~ x * f + z", "y ~ 0 + f + x")) {
    models[[length(models) + 1]] <- model(kind, formula)
  }
}
cat(toJSON(list(r = R.version.string, models = models), digits = I(17), auto_unbox = TRUE, na = "null"), "\n")
