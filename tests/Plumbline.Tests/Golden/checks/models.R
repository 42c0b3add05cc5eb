# The models that make.R and partial.R ask R about: their rows (.row: where they stand in the file), formula, weights and fit.
read <- function(name) {
  paths <- paste0(c("../lm/data/", "../../../../data/", "../../../../data/nist/"), name, ".csv")
  read.csv(paths[file.exists(paths)][1], check.names = FALSE, stringsAsFactors = TRUE)
}

# The contrasts of a model, until the caller gives back what stood before.
set_contrasts <- function(s) options(contrasts = c(paste0("contr.", if (is.null(s$contrasts)) "treatment" else s$contrasts), "contr.poly"))
model_of <- function(s) {
  d <- read(s$data); d$.row <- seq_len(nrow(d))
  f <- as.formula(if (is.null(s$r)) s$formula else s$r)
  d <- d[complete.cases(d[intersect(c(all.vars(f), s$weights), names(d))]), ]
  if (!is.null(s$weights)) d <- d[d[[s$weights]] != 0, ]
  environment(f) <- environment(); w <- if (is.null(s$weights)) NULL else d[[s$weights]]
  m <- if (is.null(s$weights)) lm(f, d) else lm(f, d, weights = w)
  list(d = d, f = f, w = w, m = m)
}
