# Writes data/*.csv: data sets of R and its packages, as they are there, 15 significant digits, factors as text.
# Run in this folder:  Rscript data.R       (R 4.2.2; MASS, carData, sandwich, boot)
suppressMessages({ library(MASS); library(carData); library(sandwich); library(boot) })
take <- function(name, package, columns = NULL, rows = NULL, change = identity) {
  space <- new.env()
  data(list = name, package = package, envir = space)
  d <- as.data.frame(get(name, space))
  if (!is.null(rows)) d <- d[rows, , drop = FALSE]
  d <- change(d)
  if (!is.null(columns)) d <- d[columns]
  for (c in names(d)) if (is.factor(d[[c]])) d[[c]] <- as.character(d[[c]])
  write.csv(d, file.path("data", paste0(name, ".csv")), row.names = FALSE, quote = FALSE, na = "NA", eol = "\n")
}
for (name in c("mtcars", "iris", "warpbreaks", "ToothGrowth", "PlantGrowth", "chickwts", "InsectSprays", "airquality", "npk",
               "OrchardSprays", "CO2", "ChickWeight", "longley", "women", "stackloss", "trees", "swiss", "sleep", "morley",
               "Puromycin"))
  take(name, "datasets")
for (name in c("cats", "whiteside", "quine", "oats", "immer", "cabbages", "hills", "cement", "Boston", "UScrime", "minn38"))
  take(name, "MASS")
take("Cars93", "MASS", c("Manufacturer", "Type", "Price", "MPG.city", "Horsepower", "Weight", "Origin", "DriveTrain", "Rear.seat.room"))
# smoke, 0 or 1 there, becomes FALSE or TRUE here
take("birthwt", "MASS", change = function(d) within(d, smoke <- smoke == 1))
for (name in c("Duncan", "Prestige", "Salaries", "Moore", "Leinhardt", "Ornstein", "Davis", "Mroz", "Angell"))
  take(name, "carData")
take("Soils", "carData", c("Contour", "Depth", "Block", "pH", "N", "Dens", "Ca", "Mg", "K", "Na", "Conduc"))
# the first 60 of 500 firms
take("PetersenCL", "sandwich", rows = 1:600)
# the first row lacks a value and is left out: HAC wants rows without gaps
take("Investment", "sandwich", rows = 2:20, change = function(d) cbind(year = 1964:1982, d))
take("PublicSchools", "sandwich")
for (name in c("nuclear", "poisons", "salinity", "motor")) take(name, "boot")
