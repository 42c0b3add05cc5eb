#!/usr/bin/env Rscript
# Fits y to all other columns of a CSV file with data.table's fread and R's lm.
#     Rscript files.R FILE
suppressPackageStartupMessages(library(data.table))
path <- commandArgs(trailingOnly = TRUE)[1]
data <- fread(path, showProgress = FALSE)
print(coef(lm(y ~ ., data, model = FALSE)), digits = 17)
