# Influence of each row, by R 4.2 (stats, car): Rscript influence.R, in this folder. Writes influence-*.csv and the data beside them.
suppressPackageStartupMessages(library(car))
options(digits = 17)
one <- function(name, data, formula, weights = NULL) {
  data$.w <- if (is.null(weights)) rep(1, nrow(data)) else data[[weights]]
  fit <- lm(formula, data, weights = .w)
  m <- influence.measures(fit)$infmat
  k <- length(coef(fit))
  used <- data$.w != 0
  of_used <- function(v) if (length(v) == length(used)) v[used] else v    # some of these functions leave rows of weight 0 out, some do not
  p <- pmin(1, nrow(data[used, ]) * 2 * pt(-abs(of_used(rstudent(fit))), df.residual(fit) - 1))
  all <- data.frame(row = which(used), fitted = of_used(fitted(fit)), residual = of_used(residuals(fit)), leverage = m[, "hat"], standardized = of_used(rstandard(fit)),
    studentized = of_used(rstudent(fit)), outlier_p = p, cooks_distance = m[, "cook.d"], dffits = m[, "dffit"], covariance_ratio = m[, "cov.r"], dfbetas(fit), check.names = FALSE)
  colnames(all)[10 + 1:k] <- paste0("b", 1:k)
  write.table(format(all, digits = 17, trim = TRUE), paste0(name, "-influence.csv"), sep = ",", row.names = FALSE, quote = FALSE)
  data$.w <- NULL
  write.csv(data, paste0(name, ".csv"), row.names = FALSE, quote = FALSE)
}
cars <- mtcars[, c("mpg", "wt", "hp", "qsec")]
cars$cyl <- paste0("c", mtcars$cyl)
one("cars", cars, mpg ~ wt + hp + cyl)
cars$qsec[3] <- 0
one("weighted", cars, mpg ~ wt * cyl, "qsec")
one("stackloss", stackloss, stack.loss ~ Air.Flow + I(Water.Temp^2))
