# Writes r.json: what R says of the tests in models.json, numbers with 17 significant digits.
# Run in this folder:  Rscript make.R      (R 4.2.2; jsonlite, car 3.1.1, lmtest 0.9.40, sandwich 3.0.2)
# Data: ../lm/data, and data/houses.csv of the repository.
suppressMessages({ library(jsonlite); library(car); library(lmtest); library(sandwich) })
invisible(Sys.setlocale("LC_COLLATE", "C"))

text <- function(x) vapply(x, function(s) as.character(toJSON(unbox(s))), "", USE.NAMES = FALSE)
number <- function(x) ifelse(is.na(x), "null", ifelse(is.infinite(x), ifelse(x > 0, '"Infinity"', '"-Infinity"'), sprintf("%.17g", x)))
vector <- function(x) paste0("[", paste(if (is.character(x)) text(x) else number(as.numeric(x)), collapse = ", "), "]")
object <- function(pairs, sep = ", ") {
  pairs <- pairs[!vapply(pairs, is.null, TRUE)]
  if (!length(pairs)) return("{}")
  paste0("{", paste(paste0(text(names(pairs)), ": ", unlist(pairs)), collapse = sep), "}")
}
array <- function(items) paste0("[", paste(items, collapse = ",\n   "), "]")

read <- function(name) {
  path <- if (name == "houses") "../../../../data/houses.csv" else file.path("../lm/data", paste0(name, ".csv"))
  read.csv(path, check.names = FALSE, stringsAsFactors = TRUE)
}

# One row a term, then the residuals.
table_of <- function(a) {
  keep <- rownames(a) %in% c(rownames(a))
  f <- grep("^F", names(a))[1]; p <- grep("^Pr", names(a))
  object(list(terms = vector(rownames(a)[keep]), df = vector(a$Df), ss = vector(a[["Sum Sq"]]), f = vector(a[[f]]), p = vector(a[[p]])))
}

describe <- function(s) {
  d <- read(s$data)
  d$.w <- if (is.null(s$weights)) 1 else d[[s$weights]]
  fit <- function(f) { f <- as.formula(f); environment(f) <- environment(); if (is.null(s$weights)) lm(f, d[names(d) != ".w"]) else lm(f, d, weights = .w) }
  with_sum <- function(run) { old <- options(contrasts = c("contr.sum", "contr.poly")); on.exit(options(old)); run }
  m <- fit(s$formula)
  types <- if (is.null(s$types)) 1:3 else unlist(s$types)
  anova_tables <- list(`1` = if (1 %in% types) table_of(anova(m)),
                       `2` = if (2 %in% types) table_of(Anova(m, type = 2)),
                       `3` = if (3 %in% types) with_sum(table_of(Anova(fit(s$formula), type = 3))))
  against <- vapply(s$against, function(f) {
    o <- fit(f); small <- if (o$rank < m$rank) o else m; large <- if (o$rank < m$rank) m else o
    a <- anova(small, large); lr <- lrtest(small, large); w <- if (all(attr(terms(small), "term.labels") %in% attr(terms(large), "term.labels"))) waldtest(small, large, test = "Chisq")
    object(list(formula = text(f), rss = vector(a$RSS), df = vector(a$Res.Df), ss = number(a[["Sum of Sq"]][2]), q = number(a$Df[2]), f = number(a$F[2]), p = number(a[["Pr(>F)"]][2]),
                log_likelihood = vector(lr$LogLik), lr = number(lr$Chisq[2]), lr_p = number(lr[["Pr(>Chisq)"]][2]),
                wald = if (!is.null(w)) number(w$Chisq[2]), wald_p = if (!is.null(w)) number(w[["Pr(>Chisq)"]][2])))
  }, "")
  hypotheses <- vapply(names(s$hypotheses), function(h) {
    rows <- s$hypotheses[[h]]; rows <- if (is.null(rows)) trimws(strsplit(h, ",")[[1]]) else unlist(rows)
    rows <- ifelse(grepl("=", rows), rows, paste(rows, "= 0"))
    l <- linearHypothesis(m, rows, test = "F"); x <- linearHypothesis(m, rows, test = "Chisq")
    robust <- linearHypothesis(m, rows, vcov. = vcovHC(m, "HC3"), test = "F")
    object(list(text = text(h), hc3_f = number(robust$F[2]), hc3_p = number(robust[["Pr(>F)"]][2]), value = vector(attr(l, "value")), std_error = vector(sqrt(diag(attr(l, "vcov")))), q = number(l$Df[2]), f = number(l$F[2]), p = number(l[["Pr(>F)"]][2]),
                chisq = number(x$Chisq[2]), chisq_p = number(x[["Pr(>Chisq)"]][2])))
  }, "")
  # The profile: the model refitted with the coefficient held at a value; its interval by a search.
  profile <- vapply(unlist(s$profile), function(x) {
    column <- model.matrix(m)[, x]; y <- model.response(model.frame(m)); rest <- model.matrix(m)[, colnames(model.matrix(m)) != x, drop = FALSE]
    w <- if (is.null(s$weights)) rep(1, length(y)) else model.weights(model.frame(m))
    at <- function(v) { r <- lm.wfit(rest, y - v * column, w)$residuals; n <- length(y); 0.5 * (sum(log(w)) - n * (log(2 * pi) + 1 - log(n) + log(sum(w * r^2)))) }
    b <- coef(m)[[x]]; se <- sqrt(vcov(m)[x, x]); top <- as.numeric(logLik(m)); cut <- qchisq(.95, 1) / 2
    values <- b + se * c(-2, -0.75, 0, 1, 3)
    ends <- c(uniroot(function(v) at(v) - top + cut, c(b - 4 * se, b), tol = 1e-13 * se, maxiter = 10000)$root,
              uniroot(function(v) at(v) - top + cut, c(b, b + 4 * se), tol = 1e-13 * se, maxiter = 10000)$root)
    object(list(name = text(x), values = vector(values), log_likelihood = vector(vapply(values, at, 0)), interval = vector(ends)))
  }, "")
  ci <- confint(m, level = .9)
  object(list(rows = number(nobs(m)), log_likelihood = number(as.numeric(logLik(m))), parameters = number(attr(logLik(m), "df")),
              variance = vector(c(deviance(m) / nobs(m), deviance(m) / m$df.residual)), lower90 = vector(ci[, 1]), upper90 = vector(ci[, 2]),
              anova = object(anova_tables, ",\n   "), against = array(against), hypotheses = array(hypotheses), profile = array(profile)), ",\n  ")
}

models <- fromJSON("models.json", simplifyVector = FALSE)
bodies <- lapply(models, function(s) tryCatch(describe(s), error = function(e) stop(s$id, ": ", conditionMessage(e))))
names(bodies) <- vapply(models, `[[`, "", "id")
versions <- paste0("R ", R.version$major, ".", R.version$minor, ", car ", packageVersion("car"), ", lmtest ", packageVersion("lmtest"))
writeLines(paste0('{"program": ', text(versions), ',\n"models": ', object(bodies, ",\n"), "}"), "r.json")
