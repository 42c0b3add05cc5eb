# Golden values of predict.lm() for the tests of prediction.  Run in this folder:  Rscript predict.R
# R 4.2.2; writes predict.json: data sets, new rows, and for each model fit, standard error and both intervals at two levels.
library(jsonlite)
options(warn = -1)   # R warns that the variance of a new response is taken as constant with weights: so it is here, too
mtcars2 <- mtcars; mtcars2$both <- mtcars2$wt + mtcars2$hp
newcars <- data.frame(mpg = c(20, 15, NA, 30), wt = c(2.5, 3.9, 1.2, NA), hp = c(110, 250, 400, 90), qsec = c(17, 15, 20, 18),
                      cyl = c(6, 8, 4, 4), both = c(112.5, 253.9, 401.2, NA))
newlongley <- data.frame(GNP.deflator = c(90, 120.5), GNP = c(300, 600.25), Unemployed = c(250, 480.1), Armed.Forces = c(200, 250.5),
                         Population = c(112, 131.2), Year = c(1953, 1965), Employed = c(64, 71))
sets <- list(mtcars = mtcars2, longley = longley, women = women, cars = cars, stackloss = stackloss)
new <- list(mtcars = newcars, longley = newlongley, women = data.frame(height = c(60.5, 80, 40), weight = c(118, 200, 90)),
            cars = data.frame(speed = c(4, 12.5, 40), dist = c(2, 30, 150)), stackloss = stackloss[1:5, ])
models <- list(
  list("mtcars", "mpg ~ wt + hp", NULL), list("mtcars", "mpg ~ 0 + wt + hp", NULL), list("mtcars", "mpg ~ wt * hp + I(qsec^2)", NULL),
  list("mtcars", "log(mpg) ~ log(wt) + sqrt(hp)", NULL), list("mtcars", "mpg ~ wt + hp", "qsec"), list("mtcars", "mpg ~ 1", NULL),
  list("mtcars", "mpg ~ wt + hp + both + cyl", NULL), list("longley", "Employed ~ .", NULL), list("longley", "Employed ~ Year", NULL),
  list("women", "weight ~ height + I(height^2) + I(height^3)", NULL), list("cars", "dist ~ speed + I(speed^2)", NULL),
  list("cars", "dist ~ speed", "speed"), list("stackloss", "stack.loss ~ .", NULL))
columns <- function(d) lapply(as.list(d), function(x) as.numeric(x))
out <- lapply(models, function(s) {
  d <- sets[[s[[1]]]]; n <- new[[s[[1]]]]
  if (!is.null(s[[3]])) { d$.w <- d[[s[[3]]]]; m <- lm(as.formula(s[[2]]), d, weights = .w) } else m <- lm(as.formula(s[[2]]), d)
  at <- function(level) {
    c <- predict(m, n, se.fit = TRUE, interval = "confidence", level = level); p <- predict(m, n, interval = "prediction", level = level)
    list(level = level, estimate = unname(c$fit[, 1]), std_error = unname(c$se.fit), confidence_lower = unname(c$fit[, 2]), confidence_upper = unname(c$fit[, 3]),
         prediction_lower = unname(p[, 2]), prediction_upper = unname(p[, 3]))
  }
  # The scores: of the rows with a prediction and a response.
  f <- unname(predict(m, n)); y <- eval(as.formula(s[[2]])[[2]], n); ok <- !is.na(f) & !is.na(y); e <- y[ok] - f[ok]
  list(data = s[[1]], formula = s[[2]], weights = s[[3]], predictions = list(at(0.95), at(0.5)),
       rmse = sqrt(mean(e^2)), mae = mean(abs(e)), r_squared = 1 - sum(e^2) / sum((y[ok] - mean(y[ok]))^2), scored = sum(ok))
})
# With a robust covariance: sqrt(x'Vx), V by the package sandwich, t with n - k degrees of freedom.
library(sandwich)
m <- lm(mpg ~ wt + hp, mtcars); n <- newcars[c(1, 2, 3), ]; x <- model.matrix(~ wt + hp, n)
se <- sqrt(diag(x %*% vcovHC(m, "HC3") %*% t(x))); f <- predict(m, n); q <- qt(0.975, df.residual(m))
robust <- list(estimate = unname(f), std_error = unname(se), lower = unname(f - q * se), upper = unname(f + q * se),
               prediction_upper = unname(f + q * sqrt(se^2 + sigma(m)^2)))
write(toJSON(list(data = lapply(sets, columns), new = lapply(new, columns), models = out, robust = robust), digits = I(17), auto_unbox = TRUE, null = "null", na = "null"), "predict.json")
