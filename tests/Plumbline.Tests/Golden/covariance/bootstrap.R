# Standard errors of the bootstrap of pairs by R's boot (made with R 4.2.2, boot 1.3-28.1): the numbers in BootstrapTests.cs.
# Run:   Rscript bootstrap.R
library(boot)
f <- function(d, i, fm) coef(lm(fm, d[i, ]))
set.seed(42)
a <- boot(mtcars, f, R = 20000, fm = mpg ~ wt + hp)
b <- boot(faithful, f, R = 20000, fm = eruptions ~ waiting)
print(apply(a$t, 2, sd), digits = 10); print(apply(b$t, 2, sd), digits = 10); print(cov(a$t)[2,3]/prod(apply(a$t,2,sd)[2:3]))
