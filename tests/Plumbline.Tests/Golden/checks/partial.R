# Writes partial.json: partial residuals, residuals(m, "partial"), of the models in models.txt at the rows of r.json, numbers with 17 significant digits.
# Run in this folder, after make.R:  Rscript partial.R          (R 4.2.2; stats, jsonlite)
suppressMessages(library(jsonlite))
invisible(Sys.setlocale("LC_COLLATE", "C"))
known <- fromJSON("r.json", simplifyVector = FALSE)$models
number <- function(x) ifelse(is.na(x), "null", sprintf("%.17g", x))
vector <- function(x) paste0("[", paste(number(as.numeric(x)), collapse = ", "), "]")
source("models.R")
describe <- function(s) {
  old <- set_contrasts(s); on.exit(options(old))
  x <- model_of(s); d <- x$d; m <- x$m
  p <- suppressWarnings(residuals(m, "partial"))
  at <- match(unlist(known[[s$id]]$row), d$.row)
  paste0("[", paste(apply(p[at, , drop = FALSE], 1, vector), collapse = ",\n    "), "]")
}
models <- Filter(function(s) s$id %in% readLines("models.txt"), fromJSON("../lm/models.json", simplifyVector = FALSE))
lines <- vapply(models, function(s) paste0('"', s$id, '": ', describe(s)), "")
writeLines(paste0('{"program": "R ', R.version$major, ".", R.version$minor, '",\n"models": {', paste(lines, collapse = ",\n"), "}}"), "partial.json")
