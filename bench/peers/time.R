#!/usr/bin/env Rscript
# Times R's .lm.fit on a file of data.py; one JSON line.
#
#     Rscript time.R FILE N P [REPETITIONS]
#
# What is timed: from a numeric matrix and y to coefficients. One run unmeasured, then REPETITIONS (5 unless given;
# fewer, but at least 2, once 15 seconds are used up). PEERS_KERNEL: the kernel OpenBLAS chose, as run.sh found it.
arguments <- commandArgs(trailingOnly = TRUE)
if (!length(arguments) %in% 3:4) stop("usage: time.R FILE N P [REPETITIONS]")
n <- as.integer(arguments[2])
p <- as.integer(arguments[3])
repetitions <- if (length(arguments) == 4) as.integer(arguments[4]) else 5L
budget_seconds <- 15

file <- file(arguments[1], "rb")
x <- matrix(readBin(file, "double", as.double(n) * p, endian = "little"), nrow = n, byrow = TRUE)
y <- readBin(file, "double", n, endian = "little")
close(file)
stopifnot(nrow(x) == n, ncol(x) == p, length(y) == n)

fit <- .lm.fit(x, y)
seconds <- c()
while (length(seconds) < repetitions && (length(seconds) < 2 || sum(seconds) < budget_seconds)) {
  invisible(gc())
  start <- Sys.time()
  fit <- .lm.fit(x, y)
  seconds <- c(seconds, as.numeric(difftime(Sys.time(), start, units = "secs")))
}

number <- function(v) paste(format(v, digits = 6, scientific = FALSE, trim = TRUE), collapse = ", ")
cat(sprintf(
  paste0('{"peer": "R .lm.fit", "n": %d, "p": %d, "seconds": [%s], "min": %s, "median": %s, "first": %.17g, ',
         '"version": "%s.%s", "blas": {"config": "%s", "kernel": "%s", "threads": %s}}\n'),
  n, p, number(seconds), number(min(seconds)), number(median(seconds)), coef(fit)[1],
  R.version$major, R.version$minor, extSoftVersion()[["BLAS"]],
  Sys.getenv("PEERS_KERNEL", "unknown"), Sys.getenv("OPENBLAS_NUM_THREADS", "0")))
