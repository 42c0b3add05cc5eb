# Writes partial.json: partial residuals, residuals(m, "partial"), of the models in models.txt at the rows of r.json, numbers with 17 significant digits.
# Run in this folder, after make.R:  Rscript partial.R          (R 4.2.2; stats, jsonlite)
suppressMessages(library(jsonlite))
invisible(Sys.setlocale("LC_COLLATE", "C"))
known <- fromJSON("r.json", simplifyVector = FALSE)$models
number <- function(x) ifelse(is.na(x), "null", sprintf("%.17g", x))
vector <- function(x) paste0("[", paste(number(as.numeric(x)), collapse = ", "), "]")
read <- function(name) {
  paths <- paste0(c("../lm/data/", "../../../../data/", "../../../../data/nist/"), name, ".csv")
  read.csv(paths[file.exists(paths)][1], check.names = FALSE, stringsAsFactors = TRUE)
}
describe <- function(s) {
  d <- read(s$data); d$.row <- seq_len(nrow(d))
  old <- options(contrasts = c(paste0("contr.", if (is.null(s$contrasts)) "treatment" else s$contrasts), "contr.poly")); on.exit(options(old))
  f <- as.formula(if (is.null(s$r)) s$formula else s$r)
  d <- d[complete.cases(d[intersect(c(all.vars(f), s$weights), names(d))]), ]
  if (!is.null(s$weights)) d <- d[d[[s$weights]] != 0, ]
  environment(f) <- environment(); w <- if (is.null(s$weights)) NULL else d[[s$weights]]
  m <- if (is.null(s$weights)) lm(f, d) else lm(f, d, weights = w)
  p <- suppressWarnings(residuals(m, "partial"))
  at <- match(unlist(known[[s$id]]$row), d$.row)
  paste0("[", paste(apply(p[at, , drop = FALSE], 1, vector), collapse = ",\n    "), "]")
}
models <- Filter(function(s) s$id %in% readLines("models.txt"), fromJSON("../lm/models.json", simplifyVector = FALSE))
lines <- vapply(models, function(s) paste0('"', s$id, '": ', describe(s)), "")
writeLines(paste0('{"program": "R ', R.version$major, ".", R.version$minor, '",\n"models": {', paste(lines, collapse = ",\n"), "}}"), "partial.json")
