# Writes formulas.tsv: for each formula its coefficient names, as R's model.matrix gives them.
#   Rscript formulas.R > formulas.tsv
# A line is: formula, response as deparsed, then one name a field. Made with R 4.2.2.
set.seed(1)
n <- 40
columns <- c("y", "a", "b", "c", "x", "yr_built", "Sepal.Length", "my col", "if", "_u", "back`tick", "gr\u00f6\u00dfe")
d <- as.data.frame(matrix(rnorm(n * length(columns)), n))
names(d) <- columns
formulas <- c(
  "y ~ x", "y~a+b+c", "y ~ 1", "y ~ 0", "y ~ -1", "y ~ x - 1", "y ~ -1 + x", "y ~ 0 + x", "y ~ x + 0", "y ~ x - 1 + 1",
  "y ~ x + 1 - 1", "y ~ x - 0", "y ~ a + 0 + 1", "y ~ 1 + 1", "y ~ -1 - 1", "y ~ -0", "y ~ -1 + 0", "y ~ a - (-1)",
  "y ~ a + (0)", "y ~ (0 + a):b", "y ~ (a - 1) * b", "y ~ (a + 1) * b", "y ~ a * 1", "y ~ a * 0", "y ~ a - 1:b",
  "y ~ a:b", "y ~ a*b", "y ~ a*b*c", "y ~ a*b - a", "y ~ a*b - a:b", "y ~ b:a + a", "y ~ a:b + b:a", "y ~ a:a",
  "y ~ a:b:a", "y ~ (a + b + c)^2", "y ~ (a + b + c)^3", "y ~ (a + b)^3", "y ~ (a + b + c)^2 - a:b", "y ~ (a*b*c)^2 - a:b:c",
  "y ~ (a:b)^2", "y ~ x^2", "y ~ x**2", "y ~ ((a + b))^2", "y ~ (a + b + c)^2:a", "y ~ (a + b):c:x", "y ~ a:(b + c)",
  "y ~ a:b + b + a", "y ~ c:a + b:a + a:c", "y ~ b*a + a*c", "y ~ c + b + a + a:b + c:b", "y ~ a + b - (a + b)",
  "y ~ a - (b - c)", "y ~ a - b", "y ~ a - a", "y ~ +x", "y ~ -x", "y ~ (x)", "y ~ (a):(b)", "y ~ x - x:a + a*x",
  "y ~ a/b", "y ~ (a + b)/c", "y ~ a/b/c", "y ~ a %in% b", "y ~ b + a %in% b", "y ~ a*b %in% c",
  "y ~ I(x^2)", "y ~ I( x ^ 2 ) + I(x^2)", "y ~ I(x**2)", "y ~ I(a*b)", "y ~ I(a/b)", "y ~ I(a+b*c)", "y ~ I((a+b)*c)",
  "y ~ I(2015-yr_built)", "y ~ I(-x)", "y ~ I(-x^2)", "y ~ I((-x)^2)", "y ~ I(a- -b)", "y ~ I(a*-b)", "y ~ I(a-(b-c))",
  "y ~ I(a-b-c)", "y ~ I(a/b/c)", "y ~ I(a^2^1)", "y ~ I(2^-1*x)", "y ~ I(x^-2)", "y ~ I(((a)))", "y ~ I(+x)", "y ~ I(pi*x)",
  "y ~ I(1e6*x)", "y ~ I(100000*x)", "y ~ I(123456*x)", "y ~ I(15000000*x)", "y ~ I(0.0001*x)", "y ~ I(0.00012*x)",
  "y ~ I(.5*x)", "y ~ I(x*1.50)", "y ~ I(3L*x)", "y ~ I(1e300*x)", "y ~ I(1e-300*x)", "y ~ I(x*1234567.891)",
  "y ~ I(3.141592653589793*x)", "y ~ I(x*0.30000000000000004)", "y ~ I(x*123456789012345678)", "y ~ I(1/3*x)", "y ~ I(x/3e10)",
  "y ~ I(0.1234567890123456789*x)", "y ~ I(x*1e22)", "y ~ I(x*12345678901234567890)", "y ~ I(x*99999999999999999)",
  "y ~ exp(x)", "y ~ log( abs(x)+1 )", "y ~ log(abs(x), 10)", "y ~ log(abs(x),base=2)", "y ~ sqrt(abs(x))", "y ~ exp(-x)",
  "y ~ sin(a):cos(b)", "y ~ exp(a)*b", "y ~ I(exp(-(x^2)/2))", "y ~ log1p(abs(x)) + expm1(a) + log2(abs(b)) + log10(abs(c))",
  "y ~ exp(x) - exp( x) + a", "log(abs(y)) ~ x", "I(y/2) ~ x", "y/2 ~ x", "y^2 ~ x", "a + b ~ x", "(y) ~ x", "-y ~ x",
  "y ~ Sepal.Length", "y ~ `my col`", "y ~ `my col`:x", "y ~ I(`my col`*2)", "y ~ exp(`my col`)", "y ~ `x`", "y ~ I(`x`)",
  "y ~ `if`", "y ~ `_u`*a", "y ~ `back\\`tick`", "y ~ gr\u00f6\u00dfe", "y ~ .", "y ~ . - a - `if`", "y ~ 0 + .", "y ~ .:x", "y ~ x + .",
  "log(abs(y)) ~ .", "a + y ~ .", "y ~ .^2 - .", "y ~ . + I(x^2)", "y ~ x*. - .", "y ~ y + x", "y ~ y*x",
  "y ~ I((x+1.25)*(a-3.5)/(b*b+17.25)+log(abs(x)+1)*sqrt(abs(c)))",
  paste("y ~ I(", paste(rep("x", 60), collapse = "+"), ")"))
for (text in formulas) {
  f <- as.formula(text)
  frame <- model.frame(f, d)
  m <- suppressWarnings(model.matrix(attr(frame, "terms"), frame))
  cat(enc2utf8(text), paste(deparse(f[[2]]), collapse = ""), enc2utf8(as.character(colnames(m))), sep = "\t")
  cat("\n")
}
