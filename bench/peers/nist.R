#!/usr/bin/env Rscript
# Fits the NIST data sets with R's lm, at its default tolerance; one JSON line a set, as nist.py writes them.
#
#     Rscript nist.R FOLDER
#
# Coefficients that lm leaves out (NA) are null.
arguments <- commandArgs(trailingOnly = TRUE)
if (length(arguments) != 1) stop("usage: nist.R FOLDER")

polynomial <- function(k) as.formula(paste("y ~ x +", paste0("I(x^", 2:k, ")", collapse = " + ")))
models <- list(
  Norris = list("norris.csv", y ~ x),
  Pontius = list("pontius.csv", polynomial(2)),
  NoInt1 = list("noint1.csv", y ~ 0 + x),
  NoInt2 = list("noint2.csv", y ~ 0 + x),
  Filip = list("filip.csv", polynomial(10)),
  Longley = list("longley.csv", y ~ x1 + x2 + x3 + x4 + x5 + x6),
  Wampler1 = list("wampler1.csv", polynomial(5)),
  Wampler2 = list("wampler2.csv", polynomial(5)),
  Wampler3 = list("wampler3.csv", polynomial(5)),
  Wampler4 = list("wampler4.csv", polynomial(5)),
  Wampler5 = list("wampler5.csv", polynomial(5)))

numbers <- function(v) paste(ifelse(is.finite(v), sprintf("%.17g", v), "null"), collapse = ", ")
for (name in names(models)) {
  data <- read.csv(file.path(arguments[1], models[[name]][[1]]), colClasses = "numeric")
  fit <- lm(models[[name]][[2]], data = data)
  found <- suppressWarnings(coef(summary(fit)))
  errors <- found[match(names(coef(fit)), rownames(found)), "Std. Error"]
  cat(sprintf('{"peer": "R lm", "version": "%s.%s", "set": "%s", "estimates": [%s], "std_errors": [%s]}\n',
              R.version$major, R.version$minor, name, numbers(coef(fit)), numbers(errors)))
}
