# Paths of penalized fits by glmnet, its thresholds as tight as they go.
# Run in this folder: Rscript glmnet.R      (R 4.2, glmnet 4.1)
# Writes the data sets (one CSV each, response last) and glmnet.csv: one line a coefficient.
suppressPackageStartupMessages({ library(glmnet) })
glmnet.control(fdev = 0, devmax = 1, eps = 1e-300, mxitnr = 1e6)

write <- function(name, x, y) {
  d <- data.frame(x, .y = y); names(d) <- c(colnames(x), "y")
  write.table(format(d, digits = 17, trim = TRUE), paste0(name, ".csv"), sep = ",", quote = FALSE, row.names = FALSE)
}
houses <- read.csv("../../../../data/houses.csv")
houses <- houses[complete.cases(houses), setdiff(names(houses), c("sqft_basement", "age", "zipcode"))]
houses <- houses[seq(1, nrow(houses), by = 43), ]
sets <- list(
  mtcars = list(as.matrix(mtcars[, -1]), mtcars$mpg),
  swiss = list(as.matrix(swiss[, -1]), swiss$Fertility),
  houses = list(as.matrix(houses[, -1]), houses$price),
  longley = list(as.matrix(longley[, -7]), longley$Employed),
  attitude = list(as.matrix(attitude[, -1]), attitude$rating),
  states = { d <- as.data.frame(state.x77); names(d) <- make.names(names(d)); list(as.matrix(d[, -4]), d$Life.Exp) },
  diabetes = { d <- read.csv("diabetes.csv"); list(as.matrix(d[, -11]), d$y) })
for (n in setdiff(names(sets), "diabetes")) write(n, sets[[n]][[1]], sets[[n]][[2]])

out <- file("glmnet.csv", "w")
writeLines("set,case,alpha,lambda,name,value", out)
put <- function(set, case, alpha, fit) {
  for (k in seq_along(fit$lambda)) {
    b <- c(if (fit$intercept) fit$a0[k] else NULL, fit$beta[, k])
    n <- c(if (fit$intercept) "(Intercept)" else NULL, rownames(fit$beta))
    writeLines(sprintf("%s,%s,%g,%.17g,%s,%.17g", set, case, alpha, fit$lambda[k], n, b), out)
  }
}
run <- function(set, case, alpha, x, y, ratios, intercept = TRUE, ...) {
  top <- glmnet(x, y, alpha = alpha, nlambda = 5, intercept = intercept, ...)$lambda[1]
  fit <- glmnet(x, y, alpha = alpha, lambda = top * ratios, intercept = intercept, thresh = 1e-28, maxit = 1e9, ...)
  fit$intercept <- intercept
  put(set, case, alpha, fit)
}
ratios <- c(0.9, 0.5, 0.2, 0.1, 0.03, 0.01, 0.003, 0.001)
for (n in names(sets)) {
  x <- sets[[n]][[1]]; y <- sets[[n]][[2]]
  r <- if (n == "longley") ratios[1:6] else ratios      # smaller ones do not settle: the columns are nearly dependent
  for (a in c(1, 0.5, 0)) run(n, "plain", a, x, y, r)
  run(n, "raw", 1, x, y, r, standardize = FALSE)
}
x <- sets$houses[[1]]; y <- sets$houses[[2]]; p <- ncol(x)
run("houses", "weights", 1, x, y, ratios, weights = seq_along(y) %% 5 + 1)
run("houses", "weights", 0.5, x, y, ratios, weights = seq_along(y) %% 5 + 1)
f <- rep(c(0, 1, 2), length.out = p)
run("houses", "factors", 1, x, y, ratios, penalty.factor = f)
run("houses", "nonnegative", 1, x, y, ratios, lower.limits = 0)
run("houses", "box", 1, x, y, ratios, lower.limits = -5e4, upper.limits = 3e4)
run("houses", "box", 0.5, x, y, ratios, lower.limits = -5e4, upper.limits = 3e4)
run("diabetes", "nointercept", 1, x = sets$diabetes[[1]], y = sets$diabetes[[2]], ratios, intercept = FALSE)
close(out)

# Cross-validation with given folds, 1 to 10 in turn.
cv <- file("cv.csv", "w")
writeLines("lambda,mean,se", cv)
x <- sets$diabetes[[1]]; y <- sets$diabetes[[2]]
lambda <- c(20, 5, 1, 0.2, 0.05)         # lasso: with other alphas, lambda means another penalty in every fold
fit <- cv.glmnet(x, y, lambda = lambda, foldid = (seq_along(y) - 1) %% 10 + 1, thresh = 1e-28, maxit = 1e9)
writeLines(sprintf("%.17g,%.17g,%.17g", fit$lambda, fit$cvm, fit$cvsd), cv)
close(cv)
