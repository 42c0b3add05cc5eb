# Writes r.json: what R says of every model in models.json, numbers with 17 significant digits.
# Run in this folder:  Rscript make.R            (R 4.2.2; jsonlite, car, sandwich)
#                      Rscript make.R ID …       prints those models only
suppressMessages({ library(jsonlite); library(car); library(sandwich) })
invisible(Sys.setlocale("LC_COLLATE", "C"))     # levels in the order of their code points, wherever this runs

# ---- writing -------------------------------------------------------------------------------------------------------
text <- function(x) vapply(x, function(s) as.character(toJSON(unbox(s))), "", USE.NAMES = FALSE)
number <- function(x) ifelse(is.na(x), "null", ifelse(is.infinite(x), ifelse(x > 0, '"Infinity"', '"-Infinity"'), sprintf("%.17g", x)))
vector <- function(x) paste0("[", paste(if (is.character(x)) text(x) else number(as.numeric(x)), collapse = ", "), "]")
matrix_of <- function(m) paste0("[", paste(apply(m, 1, vector), collapse = ", "), "]")
object <- function(pairs, sep = ", ") {
  pairs <- pairs[!vapply(pairs, is.null, TRUE)]
  if (!length(pairs)) return("{}")
  paste0("{", paste(paste0(text(names(pairs)), ": ", unlist(pairs)), collapse = sep), "}")
}

# ---- data and names ------------------------------------------------------------------------------------------------
read <- function(name) {
  path <- if (name == "houses") "../../../../data/houses.csv"
          else if (file.exists(file.path("data", paste0(name, ".csv")))) file.path("data", paste0(name, ".csv"))
          else file.path("../../../../data/nist", paste0(name, ".csv"))
  read.csv(path, check.names = FALSE, stringsAsFactors = TRUE)
}

kind_of <- function(cm) {
  for (kind in c("treatment", "sum", "helmert", "poly")) if (isTRUE(all.equal(match.fun(paste0("contr.", kind))(nrow(cm)), cm, check.attributes = FALSE))) return(kind)
  stop("unknown contrasts")
}

# For each column of the model matrix: the variables it is a product of, what each of them is there, and its label.
pieces_of <- function(m) {
  tt <- terms(m); f <- attr(tt, "factors"); mf <- model.frame(m); mm <- model.matrix(m); cons <- attr(mm, "contrasts")
  out <- if (attr(tt, "intercept") == 1) list(list(list(variable = "(Intercept)"))) else list()
  if (attr(tt, "intercept") == 0)                 # as model.matrix: the first factor of the first term that has one gets all its levels
    for (t in seq_len(NCOL(f))) {
      v <- which(f[, t] > 0 & !vapply(rownames(f), function(v) is.numeric(mf[[v]]), TRUE))
      if (length(v)) { f[v[1], t] <- 2; break }
    }
  for (t in seq_along(attr(tt, "term.labels"))) {
    parts <- list()
    for (v in rownames(f)[f[, t] > 0]) {
      x <- mf[[v]]
      if (is.numeric(x)) {
        kind <- if (inherits(x, "poly")) (if (is.null(attr(x, "coefs"))) "raw" else "basis") else if (is.matrix(x)) "scale" else "number"
        labels <- if (inherits(x, "poly")) colnames(x) else ""
        r <- if (is.matrix(x) && ncol(x) > 1) colnames(x) else ""
      } else {
        x <- if (is.logical(x)) factor(x) else as.factor(x)
        cm <- if (f[v, t] == 2) NULL else if (is.character(cons[[v]])) match.fun(cons[[v]])(levels(x)) else cons[[v]]
        kind <- if (is.null(cm)) "levels" else kind_of(cm)
        labels <- if (kind == "levels") levels(x) else if (is.null(colnames(cm))) as.character(seq_len(ncol(cm))) else colnames(cm)
        r <- labels
      }
      parts[[v]] <- lapply(labels, function(l) list(variable = v, label = l, kind = kind))
    }
    grid <- expand.grid(lapply(parts, seq_along))
    for (i in seq_len(nrow(grid))) out <- c(out, list(unname(Map(function(p, j) p[[j]], parts, as.list(grid[i, , drop = FALSE])))))
  }
  names_r <- vapply(out, function(c) paste(vapply(c, function(p) paste0(p$variable, if (is.null(p$label)) "" else p$label), ""), collapse = ":"), "")
  if (!identical(names_r, colnames(mm)) && !any(grepl("%in%", colnames(mm), fixed = TRUE)))
    stop("names: ", paste(setdiff(names_r, colnames(mm)), collapse = " "), " | ", paste(setdiff(colnames(mm), names_r), collapse = " "))
  out
}
name_of <- function(column) paste(vapply(column, function(p) paste0(p$variable, if (is.null(p$label) || p$label == "") "" else paste0("[", p$label, "]")), ""), collapse = ":")

# What R must write in another way than Plumbline (`r` and `rename` in models.json) is called as Plumbline writes it.
renamed <- function(x, rename) { for (from in names(rename)) x <- gsub(from, rename[[from]], x, fixed = TRUE); x }

# ---- one model -----------------------------------------------------------------------------------------------------
with_contrasts <- function(kind, run) {
  old <- options(contrasts = c(paste0("contr.", kind), "contr.poly")); on.exit(options(old)); run
}
anova_of <- function(a, terms, rename) {
  if (is.null(a)) return(NULL)
  keep <- rownames(a) %in% c(terms, "Residuals")
  p <- grep("^Pr", names(a)); f <- grep("^F", names(a))[1]
  object(list(terms = vector(renamed(rownames(a)[keep], rename)), df = vector(a$Df[keep]), ss = vector(a[["Sum Sq"]][keep]),
              f = if (!is.na(f)) vector(a[[f]][keep]), p = if (length(p)) vector(a[[p]][keep])))
}
errors_of <- function(v) vector(sqrt(diag(v)))
quiet <- function(e) tryCatch(suppressWarnings(e), error = function(x) NULL)

describe <- function(s) {
  d <- read(s$data); read <- nrow(d)
  contrasts <- if (is.null(s$contrasts)) "treatment" else s$contrasts
  frequency <- identical(s$kind, "frequency"); sampling <- identical(s$kind, "sampling")
  f <- as.formula(if (is.null(s$r)) s$formula else s$r)
  if (isTRUE(s$complete)) d <- d[complete.cases(d[intersect(all.vars(f), names(d))]), ]
  if (frequency) d <- d[rep(seq_len(nrow(d)), d[[s$weights]]), ]
  fit <- function() {
    w <- if (is.null(s$weights) || frequency) rep(1, nrow(d)) else d[[s$weights]]
    environment(f) <- environment()
    if (is.null(s$weights) || frequency) lm(f, d) else lm(f, d, weights = w)
  }
  m <- with_contrasts(contrasts, fit()); sm <- suppressWarnings(summary(m)); ci <- suppressWarnings(confint(m)); p <- m$rank
  kept <- !is.na(coef(m)); pieces <- lapply(pieces_of(m), function(c) lapply(c, function(p) { p$variable <- renamed(p$variable, s$rename); p })); mf <- model.frame(m); full <- any(cooks_undefined <- hatvalues(m) > 1 - 1e-9)
  zero <- !is.null(s$weights) && !frequency && any(d[[s$weights]] == 0)
  fs <- sm$fstatistic
  co <- sm$coefficients
  v <- vcov(m, complete = FALSE)
  if (sampling) {                                # design-based errors: the sandwich of HC1, as Stata's pweights
    v <- vcovHC(m, "HC1"); se <- sqrt(diag(v)); t <- coef(m)[kept] / se; q <- qt(.975, m$df.residual)
    co <- cbind(coef(m)[kept], se, t, 2 * pt(-abs(t), m$df.residual)); ci <- cbind(coef(m) - q * se, coef(m) + q * se)
  }
  robust <- list()
  if (m$df.residual > 0 && !zero) {
    for (type in c("HC0", "HC1", "HC2", "HC3", "HC4")) if (!full || type %in% c("HC0", "HC1")) robust[[type]] <- quiet(errors_of(vcovHC(m, type)))
    if (!is.null(s$cluster)) {
      g <- d[rownames(mf), s$cluster, drop = FALSE]
      robust$CR0 <- errors_of(vcovCL(m, cluster = g, type = "HC0", cadjust = FALSE))
      robust$CR1 <- errors_of(vcovCL(m, cluster = g, type = "HC1", cadjust = TRUE))
      if (length(s$cluster) > 1) for (one in s$cluster) {
        robust[[paste0("CR0:", one)]] <- errors_of(vcovCL(m, cluster = g[one], type = "HC0", cadjust = FALSE))
        robust[[paste0("CR1:", one)]] <- errors_of(vcovCL(m, cluster = g[one], type = "HC1", cadjust = TRUE))
      }
    }
    if (!is.null(s$lag)) {
      robust$HAC <- errors_of(NeweyWest(m, lag = s$lag, prewhite = FALSE, adjust = FALSE))
      robust$HAC_adjusted <- errors_of(NeweyWest(m, lag = s$lag, prewhite = FALSE, adjust = TRUE))
    }
  }
  # New rows: three of those used, numbers that are not whole moved by a 32nd.
  rows <- d[rownames(mf), ][unique(pmax(1, floor(nrow(mf) * c(.1, .5, .9)))), , drop = FALSE]
  rows <- rows[intersect(c(all.vars(f), s$weights), names(d))]
  for (c in names(rows)) if (is.numeric(d[[c]]) && any(d[[c]] != floor(d[[c]]), na.rm = TRUE) && !grepl(paste0("(factor|ordered|C)\\(", c), s$formula)) rows[[c]] <- rows[[c]] * 1.03125
  pc <- suppressWarnings(predict(m, rows, interval = "confidence", se.fit = TRUE)); pp <- suppressWarnings(predict(m, rows, interval = "prediction"))
  tests <- if (m$df.residual > 0 && !sampling && m$rank > attr(terms(m), "intercept")) {
    labels <- attr(terms(m), "term.labels"); intercept <- attr(terms(m), "intercept") == 1
    three <- if (intercept && is.null(s$contrasts)) with_contrasts("sum", fit()) else m
    list(I = anova_of(quiet(anova(m)), labels, s$rename),
         II = if (intercept && all(kept)) anova_of(quiet(Anova(m, type = 2)), labels, s$rename),
         III = if (intercept && all(kept)) with_contrasts("sum", anova_of(quiet(Anova(three, type = 3)), c("(Intercept)", labels), s$rename)),
         drop1 = if (intercept && !zero && m$df.residual > 0) {
           x <- quiet(drop1(m, test = "F")); x <- x[rownames(x) != "<none>", ]
           object(list(terms = vector(renamed(rownames(x), s$rename)), df = vector(x$Df), ss = vector(x[["Sum of Sq"]]), f = vector(x[["F value"]]), p = vector(x[["Pr(>F)"]]))) })
  }
  quantities <- list(
    names = vector(vapply(pieces, name_of, "")[kept]), r_names = vector(names(coef(m))[kept]), aliased = vector(vapply(pieces, name_of, "")[!kept]),
    pieces = paste0("[", paste(vapply(pieces, function(c) paste0("[", paste(vapply(c, function(p) object(lapply(p, text)), ""), collapse = ", "), "]"), ""), collapse = ", "), "]"),
    assign = vector(attr(model.matrix(m), "assign")), terms = vector(renamed(attr(terms(m), "term.labels"), s$rename)),
    rows = number(if (zero) sum(d[rownames(mf), s$weights] != 0) else nrow(mf)), dropped = number(if (isTRUE(s$complete)) read - nrow(d) else nrow(d) - nrow(mf)), rank = number(m$rank), df = number(m$df.residual),
    estimate = vector(co[, 1]), std_error = vector(co[, 2]), t = vector(co[, 3]), p = vector(co[, 4]),
    lower = vector(ci[kept, 1]), upper = vector(ci[kept, 2]),
    rss = number(deviance(m)), sigma = number(sm$sigma / if (sampling) sqrt(mean(d[[s$weights]])) else 1), r_squared = number(sm$r.squared), adj_r_squared = number(sm$adj.r.squared),
    f = if (!is.null(fs) && !sampling) vector(c(fs, pf(fs[1], fs[2], fs[3], lower.tail = FALSE))),
    log_likelihood = if (!sampling) number(as.numeric(logLik(m))), aic = if (!sampling) number(AIC(m)), bic = if (!sampling) number(BIC(m)),
    vcov = if (p <= 12) matrix_of(v),
    robust = object(robust),
    undefined = if (full && m$df.residual > 0 && !zero) object(list(HC2 = quiet(errors_of(vcovHC(m, "HC2"))), HC3 = quiet(errors_of(vcovHC(m, "HC3"))))),
    anova = if (!is.null(tests)) object(tests, ",\n   "),
    new = object(lapply(rows, function(c) vector(if (is.numeric(c)) c else as.character(c)))), fit = vector(pc$fit[, 1]), fit_se = if (!sampling) vector(pc$se.fit),
    confidence = if (!sampling) matrix_of(pc$fit[, 2:3, drop = FALSE]), prediction = if (!sampling) matrix_of(pp[, 2:3, drop = FALSE]))
  object(quantities, ",\n  ")
}

# ---- all of them ---------------------------------------------------------------------------------------------------
models <- fromJSON("models.json", simplifyVector = FALSE)
only <- commandArgs(TRUE)
if (length(only)) models <- Filter(function(s) s$id %in% only, models)
bodies <- lapply(models, function(s) { s$cluster <- unlist(s$cluster); tryCatch(describe(s), error = function(e) stop(s$id, ": ", conditionMessage(e))) })
names(bodies) <- vapply(models, `[[`, "", "id")
versions <- paste0(R.version$major, ".", R.version$minor, " car ", packageVersion("car"), " sandwich ", packageVersion("sandwich"))
writeLines(paste0('{"program": ', text(paste("R", versions)), ',\n"models": ', object(bodies, ",\n"), "}"), if (length(only)) stdout() else "r.json")
