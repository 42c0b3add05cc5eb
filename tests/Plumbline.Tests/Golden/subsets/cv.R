# Selection by cross-validation with the search inside each fold: for every number of terms the model that leaps::regsubsets finds in the fold's
# training rows, refitted by lm.wfit, and its mean squared error on the fold's own rows. With categories and products: all hierarchical subsets by lm.wfit.
#
#     Rscript cv.R > cv.json
#
# R 4.2, leaps 3.1, MASS, jsonlite. Data sets: those of R and of MASS; the fold of a row is its number times 7, modulo 5.
suppressMessages({ library(MASS); library(leaps) })

cases <- list(
  list(name = "mtcars", data = mtcars, formula = mpg ~ cyl + disp + hp + drat + wt + qsec + vs + am + gear + carb),
  list(name = "swiss", data = swiss, formula = Fertility ~ Agriculture + Examination + Education + Catholic + Infant.Mortality),
  list(name = "attitude", data = attitude, formula = rating ~ complaints + privileges + learning + raises + critical + advance),
  list(name = "Boston", data = Boston, formula = medv ~ crim + zn + indus + chas + nox + rm + age + dis + rad + tax + ptratio + black),
  list(name = "Boston, weighted", data = transform(Boston, w = 1 + seq_along(medv) %% 4), formula = medv ~ crim + zn + nox + rm + age + dis + rad + tax, weights = "w"),
  list(name = "iris", data = iris, formula = Sepal.Length ~ Sepal.Width * Species + Petal.Length + Petal.Width, methods = "exhaustive"),
  list(name = "birthwt", data = transform(birthwt, race = paste0("r", race)), formula = bwt ~ age + lwt + race + smoke + ht + ui, methods = "exhaustive")
)

# For each size from 0: which columns of x (without the constant), by regsubsets.
searched <- function(x, y, w, method) {
  found <- regsubsets(x, y, weights = w, nvmax = ncol(x), method = method)
  which <- summary(found)$which[, -1, drop = FALSE]
  c(list(integer(0)), lapply(seq_len(nrow(which)), function(k) base::which(which[k, ])))
}

# The same over terms of several columns, no term without what it is a product of.
enumerated <- function(x, y, w, assign, margin) {
  best <- list()
  for (mask in 0:(2^ncol(margin) - 1)) {
    take <- which(bitwAnd(mask, 2^(seq_len(ncol(margin)) - 1)) > 0)
    if (length(take) > 0 && any(margin[-take, take, drop = FALSE])) next
    columns <- which(assign %in% take)
    rss <- sum(w * lm.wfit(cbind(1, x[, columns, drop = FALSE]), y, w)$residuals^2)
    key <- length(take) + 1
    if (length(best) < key || is.null(best[[key]]) || rss < best[[key]]$rss) best[[key]] <- list(columns = columns, rss = rss)
  }
  lapply(best, function(b) b$columns)
}

run <- function(case, d, method) {
  full <- terms(case$formula)
  labels <- attr(full, "term.labels")
  factors <- attr(full, "factors")
  margin <- sapply(labels, function(a) sapply(labels, function(b) a != b && all((factors[, b] > 0) <= (factors[, a] > 0))))
  x <- model.matrix(case$formula, d)
  assign <- attr(x, "assign")[-1]
  x <- x[, -1, drop = FALSE]
  y <- model.response(model.frame(case$formula, d))
  w <- if (is.null(case$weights)) rep(1, length(y)) else d[[case$weights]]
  search <- function(rows) if (is.null(case$methods)) searched(x[rows, ], y[rows], w[rows], method) else enumerated(x[rows, ], y[rows], w[rows], assign, margin)
  named <- function(columns) I(labels[sort(unique(assign[columns]))])
  whole <- search(seq_along(y))
  folds <- sort(unique(d$fold))
  chosen <- lapply(folds, function(f) search(which(d$fold != f)))
  sums <- sapply(seq_along(folds), function(i) sapply(chosen[[i]], function(columns) {
    train <- d$fold != folds[i]
    b <- lm.wfit(cbind(1, x[train, columns, drop = FALSE]), y[train], w[train])$coefficients
    e <- y[!train] - cbind(1, x[!train, columns, drop = FALSE]) %*% b
    sum(w[!train] * e^2)
  }))
  of <- sapply(folds, function(f) sum(w[d$fold == f]))
  mean <- rowSums(sums) / sum(of)
  error <- sqrt(apply(sums, 1, function(s) sum(of * (s / of - sum(s) / sum(of))^2) / sum(of)) / (length(folds) - 1))
  list(method = method, sizes = lapply(whole, named), mean = mean, se = error,
       agreeing = sapply(seq_along(whole), function(k) sum(sapply(chosen, function(c) setequal(c[[k]], whole[[k]])))),
       min = which.min(mean) - 1, one_se = which(mean <= min(mean) + error[which.min(mean)])[1] - 1)
}

out <- lapply(cases, function(case) {
  d <- case$data
  d[] <- lapply(d, function(v) if (is.factor(v)) as.character(v) else v)
  d$fold <- paste0("f", (seq_len(nrow(d)) * 7) %% 5)
  methods <- if (is.null(case$methods)) c("exhaustive", "forward", "backward") else case$methods
  list(name = case$name, formula = paste(deparse(case$formula, width.cutoff = 500), collapse = ""), weights = case$weights,
       columns = as.list(d[, c(all.vars(case$formula), case$weights, "fold")]), runs = lapply(methods, function(m) run(case, d, m)))
})
cat(jsonlite::toJSON(list(made_with = paste(R.version.string, "leaps", packageVersion("leaps")), cases = out), digits = NA, auto_unbox = TRUE, null = "null"))
