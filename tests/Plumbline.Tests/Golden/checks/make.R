# Writes r.json: what R says of the assumptions of the models in models.txt (they are those of ../lm/models.json),
# numbers with 17 significant digits.
# Run in this folder:  Rscript make.R          (R 4.2.2; stats, lmtest, car, nortest, strucchange, jsonlite)
suppressMessages({ library(jsonlite); library(lmtest); library(car); library(nortest); library(strucchange) })
invisible(Sys.setlocale("LC_COLLATE", "C"))

# ---- writing, as ../lm/make.R --------------------------------------------------------------------------------------
text <- function(x) vapply(x, function(s) as.character(toJSON(unbox(s))), "", USE.NAMES = FALSE)
number <- function(x) ifelse(is.na(x), "null", ifelse(is.infinite(x), ifelse(x > 0, '"Infinity"', '"-Infinity"'), sprintf("%.17g", x)))
vector <- function(x) paste0("[", paste(if (is.character(x)) text(x) else number(as.numeric(x)), collapse = ", "), "]")
matrix_of <- function(m) paste0("[", paste(apply(m, 1, vector), collapse = ",\n    "), "]")
object <- function(pairs, sep = ", ") {
  pairs <- pairs[!vapply(pairs, is.null, TRUE)]
  paste0("{", paste(paste0(text(names(pairs)), ": ", unlist(pairs)), collapse = sep), "}")
}
quiet <- function(e) tryCatch(suppressWarnings(e), error = function(x) NULL)
values <- function(t) if (!is.null(t)) vector(c(t$statistic, t$parameter, t$p.value))

# ---- one model -----------------------------------------------------------------------------------------------------
source("models.R")

describe <- function(s) {
  old <- set_contrasts(s); on.exit(options(old))
  x <- model_of(s); d <- x$d; f <- x$f; w <- x$w; m <- x$m
  n <- nrow(d); k <- m$rank; e <- residuals(m); X <- model.matrix(m)[, !is.na(coef(m)), drop = FALSE]
  plain <- is.null(s$weights)

  cook <- quiet(cooks.distance(m)); h <- hatvalues(m)
  rows <- sort(unique(c(head(order(-cook), 6), round(seq(1, n, length.out = 6)), head(which(h == 1), 2))))
  influence <- cbind(h, rstandard(m), rstudent(m), cook, dffits(m), covratio(m), dfbetas(m))[rows, , drop = FALSE]
  out <- if (m$df.residual > 1) quiet(outlierTest(m, cutoff = 0, n.max = 1))

  sums <- if (plain) {
    dw <- function(...) quiet(c(dwtest(m, alternative = "greater", ...)$p.value, dwtest(m, alternative = "less", ...)$p.value, dwtest(m, alternative = "two.sided", ...)$p.value))
    # White's columns: the products of every two of the model's.
    pairs <- which(upper.tri(diag(k), diag = TRUE), arr.ind = TRUE)
    white <- if (n <= 1000 && nrow(pairs) < n && nrow(pairs) <= 80 && k > 1) { Z <- X[, pairs[, 1]] * X[, pairs[, 2]]; rownames(Z) <- rownames(model.matrix(m)); quiet(bptest(m, ~ Z, data = list(Z = Z))) }
    half <- floor(n / 2); full <- qr(X[seq_len(half), , drop = FALSE])$rank == k && qr(X[-seq_len(half), , drop = FALSE])$rank == k
    kept <- all(!is.na(coef(m)))                 # lmtest and strucchange count aliased columns
    list(dw = number(sum(diff(e)^2) / sum(e^2)), dw_exact = if (n < 100 && kept) vector(dw(exact = TRUE)), dw_normal = if (kept) vector(dw(exact = FALSE)),
         bg1 = if (kept) values(quiet(bgtest(m, 1))), bg4 = if (kept && n > k + 8) values(quiet(bgtest(m, 4))), bg4_f = if (kept && n > k + 8) values(quiet(bgtest(m, 4, type = "F"))),
         lb1 = values(Box.test(e, 1, "Ljung")), lb4 = values(Box.test(e, 4, "Ljung")), boxpierce4 = values(Box.test(e, 4)),
         chow = if (full && n > 2 * k && kept && length(m$offset) == 0) values(quiet(sctest(f, type = "Chow", data = d, point = half))),
         reset = if (kept) values(quiet(resettest(m, power = 2:3))),
         bp = values(quiet(bptest(m))), bp_classic = values(quiet(bptest(m, studentize = FALSE))), white = values(white),
         ad = values(quiet(ad.test(e))), sw = if (n <= 5000) values(quiet(shapiro.test(e))))
  } else list()
  v <- suppressMessages(quiet(vif(m)))
  inflation <- if (!is.null(v)) object(list(terms = vector(if (is.matrix(v)) rownames(v) else names(v)), gvif = vector(if (is.matrix(v)) v[, 1] else v),
                                            df = vector(if (is.matrix(v)) v[, 2] else rep(1, length(v)))))
  object(c(list(n = number(n), rank = number(k), row = vector(d$.row[rows])), sums, list(vif = inflation,
    outlier = if (!is.null(out)) vector(c(d$.row[match(names(out$rstudent), rownames(d))], out$rstudent, out$p, min(1, out$bonf.p))),
    influence = matrix_of(influence))), ",\n  ")
}

# ---- all of them ---------------------------------------------------------------------------------------------------
models <- Filter(function(s) s$id %in% readLines("models.txt"), fromJSON("../lm/models.json", simplifyVector = FALSE))
bodies <- lapply(models, function(s) tryCatch(describe(s), error = function(e) stop(s$id, ": ", conditionMessage(e))))
names(bodies) <- vapply(models, `[[`, "", "id")
version <- function(p) paste(p, packageVersion(p))
writeLines(paste0('{"program": ', text(paste0("R ", R.version$major, ".", R.version$minor, ", ", paste(vapply(c("lmtest", "car", "nortest", "strucchange"), version, ""), collapse = ", "))),
                  ',\n"models": ', object(bodies, ",\n"), "}"), "r.json")
