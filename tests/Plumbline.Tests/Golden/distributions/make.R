# A second judge, of ordinary arguments: R's own distributions, 17 digits each.
#     Rscript make.R > r.csv
# Columns: the R call's name, x (or a probability for q…), d1, d2, and what R said. tail U: lower.tail = FALSE.
row <- function(f, tail, x, d1, d2, value) cat(sprintf("%s,%s,%.17g,%s,%s,%.17g\n", f, tail, x, format(d1), format(d2), value))
# qf: only where R's own pf takes it back to p. Elsewhere it is off, by up to 0.008 (p = 1e-5 with 1 and 21609 degrees of
# freedom): above 4e5 degrees of freedom it takes a chi-squared quantile instead, and for small p it forms 1/y - 1.
skipped <- 0
qf_row <- function(tail, p, d1, d2) {
  q <- qf(p, d1, d2, lower.tail = tail == "L")
  if (abs(pf(q, d1, d2, lower.tail = tail == "L") / p - 1) < 2e-13) row("qf", tail, p, d1, d2, q) else skipped <<- skipped + 1
}
cat("# ", R.version.string, "\n", sep = "")
cat("call,tail,x,d1,d2,value\n")
for (tail in c("L", "U")) {
  low <- tail == "L"
  for (z in c(-38, -12.5, -3, -1, -0.1, 0, 0.3, 1.96, 5, 20)) row("pnorm", tail, z, 0, 0, pnorm(z, lower.tail = low))
  for (p in c(1e-300, 1e-20, 0.001, 0.025, 0.3, 0.7, 0.99)) row("qnorm", tail, p, 0, 0, qnorm(p, lower.tail = low))
  for (d in c(1, 2, 4.5, 30, 1000, 21609, 1e6)) {
    for (t in c(-40, -2, -0.7, 0.01, 1, 1.96, 4, 12)) row("pt", tail, t, d, 0, pt(t, d, lower.tail = low))
    for (u in c(0.001, 0.5, 0.9, 1, 1.1, 3)) row("pchisq", tail, u * d, d, 0, pchisq(u * d, d, lower.tail = low))
    for (p in c(1e-30, 1e-5, 0.025, 0.4, 0.975)) {
      row("qt", tail, p, d, 0, qt(p, d, lower.tail = low))
      row("qchisq", tail, p, d, 0, qchisq(p, d, lower.tail = low))
    }
    for (e in c(1, 3, 10, 400, 1e5)) {
      for (x in c(0.01, 0.8, 1, 1.3, 9)) row("pf", tail, x, e, d, pf(x, e, d, lower.tail = low))
      for (p in c(1e-5, 0.05, 0.6)) qf_row(tail, p, e, d)
    }
  }
}
cat("# ", skipped, " values of qf left out\n", sep = "")
