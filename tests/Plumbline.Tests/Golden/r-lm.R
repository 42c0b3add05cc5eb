# Golden values of lm() for the solver's tests.  Run in this folder:  Rscript r-lm.R
# Writes r-lm-data.csv (four columns of R's mtcars) and r-lm.csv (model, quantity, value with 17 digits).
d <- mtcars[, c("mpg", "wt", "hp", "qsec")]
write.csv(d, "r-lm-data.csv", row.names = FALSE)
models <- list(
  plain       = lm(mpg ~ wt + hp, d),
  origin      = lm(mpg ~ 0 + wt + hp, d),
  weighted    = lm(mpg ~ wt + hp, d, weights = qsec),
  mean        = lm(mpg ~ 1, d))
out <- NULL
for (name in names(models)) {
  m <- models[[name]]; s <- summary(m)
  put <- function(what, value) out <<- rbind(out, data.frame(model = name, quantity = what, value = sprintf("%.17g", value)))
  for (i in seq_along(coef(m))) {
    put(paste0("estimate", i - 1), coef(m)[i]); put(paste0("se", i - 1), s$coefficients[i, 2]); put(paste0("t", i - 1), s$coefficients[i, 3])
    for (j in seq_along(coef(m))) put(paste0("cov", i - 1, j - 1), vcov(m)[i, j])
  }
  put("sigma", s$sigma); put("r2", s$r.squared); put("adjr2", s$adj.r.squared)
  if (!is.null(s$fstatistic)) put("f", s$fstatistic[1])
  put("loglik", logLik(m)); put("aic", AIC(m)); put("bic", BIC(m)); put("rss", deviance(m)); put("df", df.residual(m))
}
write.csv(out, "r-lm.csv", row.names = FALSE, quote = FALSE)
