# Golden values of predict.lm() for models with categories, poly(), scale() and offsets.  Run in this folder:  Rscript predict-categories.R
# R 4.2.2; writes predict-categories.json: data sets, new rows, and for each model fit, standard error and both intervals.
library(jsonlite)
text <- function(d) { for (n in names(d)) if (is.factor(d[[n]])) d[[n]] <- as.character(d[[n]]); d }
breaks <- text(warpbreaks); breaks$run <- rep(1:9, 6)
sets <- list(iris = text(iris), mtcars = mtcars[, c("mpg", "cyl", "wt", "hp", "gear")], breaks = breaks)
new <- list(
  iris = data.frame(Species = c("virginica", "setosa", NA, "versicolor"), Petal.Width = c(2, 0.1, 1, NA), Petal.Length = c(5, 1.2, 3, 4), Sepal.Length = c(6, 5, 5.5, 6)),
  mtcars = data.frame(mpg = c(20, 30, 14), cyl = c(8, 4, 6), wt = c(2.2, 6, 3.3), hp = c(100, 60, 400), gear = c(3, 4, 5)),
  breaks = data.frame(wool = c("B", "A", "B"), tension = c("H", "M", "L"), breaks = c(20, 30, 25), run = c(1, 5, 12)))
models <- list(
  list("iris", "Sepal.Length ~ Species"), list("iris", "Sepal.Length ~ Petal.Width * Species"), list("iris", "Sepal.Length ~ 0 + Species + Petal.Length:Species"),
  list("mtcars", "mpg ~ factor(cyl) + wt"), list("mtcars", "mpg ~ poly(wt, 2) + hp"), list("mtcars", "mpg ~ poly(wt, 3) * factor(cyl)"),
  list("mtcars", "mpg ~ scale(wt) * factor(gear)"), list("mtcars", "mpg ~ wt + offset(hp / 100)"), list("mtcars", "mpg ~ poly(hp, 3, raw = TRUE)"),
  list("mtcars", "log(mpg) ~ ordered(cyl) + wt"), list("breaks", "breaks ~ wool * tension"), list("breaks", "breaks ~ wool:tension + run"), list("breaks", "breaks ~ tension/run"))
out <- lapply(models, function(s) {
  d <- sets[[s[[1]]]]; n <- new[[s[[1]]]]; m <- lm(as.formula(s[[2]]), d)
  c <- predict(m, n, se.fit = TRUE, interval = "confidence"); p <- predict(m, n, interval = "prediction")
  list(data = s[[1]], formula = s[[2]], predictions = list(list(level = 0.95, estimate = unname(c$fit[, 1]), std_error = unname(c$se.fit),
       confidence_lower = unname(c$fit[, 2]), confidence_upper = unname(c$fit[, 3]), prediction_lower = unname(p[, 2]), prediction_upper = unname(p[, 3]))))
})
write(toJSON(list(data = lapply(sets, as.list), new = lapply(new, as.list), models = out), digits = I(17), auto_unbox = TRUE, null = "null", na = "null"), "predict-categories.json")
