# glmnet on the data of paths.cs: arguments are rows, columns, repeats, folder.
suppressPackageStartupMessages(library(glmnet))
a <- commandArgs(TRUE); n <- as.integer(a[1]); p <- as.integer(a[2]); repeats <- as.integer(a[3]); folder <- a[4]
x <- matrix(readBin(file.path(folder, "x.bin"), "double", n * p), n); y <- readBin(file.path(folder, "y.bin"), "double", n)
glmnet.control(fdev = 0)        # all 100 values of lambda
name <- paste("glmnet", packageVersion("glmnet"))
time <- function(what, f) cat(sprintf("%s\t%s\t%.4f\n", name, what, min(replicate(repeats, system.time(f())[["elapsed"]]))))
time("path", function() fit <<- glmnet(x, y))
time("cv", function() cv.glmnet(x, y, nfolds = 10))
ours <- scan(file.path(folder, "plumbline.txt"), quiet = TRUE)
b <- c(fit$a0[51], fit$beta[, 51])
cat(sprintf("difference\tlargest relative to the largest coefficient, at the 51st lambda\t%.1e\n", max(abs(b - ours[-1])) / max(abs(b))))
