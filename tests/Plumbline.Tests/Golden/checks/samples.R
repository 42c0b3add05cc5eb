# Writes r-samples.json: Shapiro and Wilk's and Anderson and Darling's tests of samples of whole numbers, from few values to 5,000, from nearly
# normal to far from it.
# Run in this folder:  Rscript samples.R          (R 4.2.2, nortest 1.0.4)
suppressMessages(library(nortest))
samples <- list(line = function(i, n) i, squares = function(i, n) i^2, cubes = function(i, n) (3 * i - n)^3,
                outlier = function(i, n) ifelse(i < n, i, 1000000 * n), ties = function(i, n) floor(i / 3)^2)
number <- function(x) sprintf("%.17g", x)
lines <- c()
for (name in names(samples)) for (n in c(3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 20, 50, 99, 500, 5000)) {
  x <- samples[[name]](seq_len(n), n)
  if (length(unique(x)) < 2) next
  sw <- shapiro.test(x); ad <- if (n > 7) ad.test(x) else list(statistic = NULL, p.value = NULL)
  lines <- c(lines, paste0('{"sample": "', name, '", "n": ', n, ', "sw": [', paste(number(c(sw$statistic, sw$p.value)), collapse = ", "), ']',
                           if (n > 7) paste0(', "ad": [', paste(number(c(ad$statistic, ad$p.value)), collapse = ", "), ']'), "}"))
}
writeLines(paste0("[\n", paste(lines, collapse = ",\n"), "\n]"), "r-samples.json")
