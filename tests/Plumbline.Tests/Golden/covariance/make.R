# Makes sandwich.json: covariances by R's sandwich, t tests by lmtest's coeftest, Wald tests by waldtest, all numbers with 17 significant digits.
# Run:   Rscript make.R > sandwich.json       (R with the packages sandwich, lmtest and jsonlite; made with R 4.2.2, sandwich 3.0-2, lmtest 0.9-40)
library(jsonlite)
suppressMessages({library(sandwich); library(lmtest)})
data("PublicSchools"); data("PetersenCL"); data("Investment")
investment <- na.omit(transform(as.data.frame(Investment), Time = 1963:1982))
schools <- na.omit(PublicSchools)
petersen <- PetersenCL
quakes$depthband <- quakes$depth %/% 100
chicks <- data.frame(weight = ChickWeight$weight, Time = ChickWeight$Time, Chick = as.integer(as.character(ChickWeight$Chick)),
  Diet = as.integer(ChickWeight$Diet))
chicks$DietName <- paste("diet", chicks$Diet)
sprays <- data.frame(count = InsectSprays$count, spray = as.character(InsectSprays$spray), block = rep(1:6, 12))
lake <- data.frame(level = as.numeric(LakeHuron), year = 1875:1972)

hc <- c("HC0", "HC1", "HC2", "HC3", "HC4")
models <- list(
  list("mtcars", "mpg ~ wt + hp", cov = c(hc, "CR1:cyl", "CR0:gear", "CR1:cyl,gear", "newey-west:3")),
  list("mtcars", "mpg ~ wt * hp + qsec", cov = hc),
  list("mtcars", "mpg ~ 0 + wt + hp", cov = c(hc, "CR1:carb")),
  list("schools", "Expenditure ~ Income + I(Income^2)", cov = hc),
  list("swiss", "Fertility ~ Agriculture + Examination + Education + Catholic", cov = hc),
  list("airquality", "Ozone ~ Solar.R + Wind + Temp", cov = c(hc, "CR1:Month", "CR0:Month,Day", "newey-west:4", "newey-west:0")),
  list("petersen", "y ~ x", cov = c(hc, "CR0:firm", "CR1:firm", "CR1:year", "CR0:firm,year", "CR1:firm,year")),
  list("quakes", "mag ~ depth + stations", cov = c(hc, "CR1:depthband", "CR1:stations", "CR1:depthband,stations")),
  list("chicks", "weight ~ Time", cov = c(hc, "CR0:Chick", "CR1:Chick", "CR1:Chick,Time")),
  list("chicks", "log(weight) ~ Time + I(Time^2)", cov = c("HC3", "CR1:Chick", "CR1:Diet")),
  list("investment", "Investment ~ GNP + Interest", cov = c(hc, "newey-west:1", "newey-west:4", "newey-west:18")),
  list("lake", "level ~ year", cov = c("HC0", "newey-west:1", "newey-west:2", "newey-west:12")),
  list("stackloss", "stack.loss ~ Air.Flow + Water.Temp + Acid.Conc.", cov = hc),
  list("LifeCycleSavings", "sr ~ pop15 + pop75 + dpi + ddpi", cov = hc),
  list("faithful", "eruptions ~ waiting", cov = c(hc, "newey-west:7")),
  list("mtcars", "mpg ~ wt + hp", weights = "qsec", cov = c(hc, "CR1:cyl", "newey-west:2")),
  list("airquality", "Ozone ~ Wind", weights = "Temp", cov = c(hc, "CR1:Month", "newey-west:5")),
  list("sprays", "count ~ spray", cov = c(hc, "CR1:block", "newey-west:2")),
  list("sprays", "sqrt(count) ~ 0 + spray", cov = c(hc, "CR1:block")),
  list("chicks", "weight ~ Time * DietName", cov = c(hc, "CR0:Chick", "CR1:Chick", "CR1:Chick,Time")),
  list("mtcars", "mpg ~ wt + factor(cyl) + factor(gear):hp", weights = "qsec", cov = c(hc, "CR1:carb")),
  list("swiss", "Fertility ~ poly(Education, 3) + scale(Catholic)", cov = c(hc, "newey-west:3")),
  list("cars", "dist ~ 1", cov = c("HC0", "HC1", "HC3")))

matrix_of <- function(m, d, text) {
  parts <- strsplit(text, ":", fixed = TRUE)[[1]]
  rows <- if (is.null(m$na.action)) seq_len(nrow(d)) else setdiff(seq_len(nrow(d)), m$na.action)
  switch(parts[1],
    CR0 = vcovCL(m, d[rows, strsplit(parts[2], ",")[[1]]], type = "HC0", cadjust = FALSE),
    CR1 = vcovCL(m, d[rows, strsplit(parts[2], ",")[[1]]], type = "HC1"),
    `newey-west` = NeweyWest(m, lag = as.integer(parts[2]), prewhite = FALSE, adjust = FALSE),
    vcovHC(m, type = parts[1]))
}

fit <- function(model) {
  d <- get(model[[1]])
  formula <- as.formula(model[[2]])
  environment(formula) <- environment()
  w <- if (is.null(model$weights)) NULL else d[[model$weights]]
  m <- if (is.null(w)) lm(formula, d) else lm(formula, d, weights = w)
  intercept <- attr(terms(m), "intercept")
  covariances <- lapply(model$cov, function(text) {
    v <- matrix_of(m, d, text)
    test <- coeftest(m, vcov. = v)
    tested <- setdiff(seq_along(coef(m)), if (intercept == 1) 1 else NULL)
    b <- coef(m)[tested]
    f <- if (length(b) == 0) NA else tryCatch(drop(b %*% solve(v[tested, tested], b)) / length(b), error = function(e) NA)
    # V must be positive definite where it is inverted; R inverts what is not.
    if (!is.na(f) && any(eigen(v[tested, tested, drop = FALSE], symmetric = TRUE)$values <= 0)) f <- NA
    if (startsWith(text, "CR") && !grepl(",", text)) {
      g <- length(unique(d[[strsplit(text, ":")[[1]][2]]]))
      if (g <= length(b)) f <- NA
    }
    list(cov = unbox(text), vcov = unname(v), std_error = unname(test[, 2]), t = unname(test[, 3]), p = unname(test[, 4]),
      f = unbox(f), f_p = unbox(if (is.na(f) || f < 0) NA else pf(f, length(b), df.residual(m), lower.tail = FALSE)))
  })
  list(data = unbox(model[[1]]), formula = unbox(model[[2]]), weights = unbox(if (is.null(model$weights)) NA else model$weights),
    covariances = covariances)
}

used <- unique(sapply(models, `[[`, 1))
data <- lapply(setNames(used, used), function(name) as.list(get(name)))
cat(toJSON(list(data = data, models = lapply(models, fit)), digits = NA, na = "null", null = "null"), "\n")
