#!/usr/bin/env bash
# A lasso path of 100 values of lambda, and 10-fold cross-validation of it: Plumbline (exact moments, certified), glmnet and scikit-learn
# (at their default thresholds), in one run on the same data in memory.
#   bench/path.sh               100,000 rows, 100 columns
#   bench/path.sh 10000 50      other sizes
#   REPEAT=5 bench/path.sh      the best of 5 runs instead of 3
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
build/apt.sh r-base-core r-cran-glmnet python3-numpy python3-sklearn >&2
rows=${1:-100000} columns=${2:-100} repeat=${REPEAT:-3}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
{
    dotnet run -c Release bench/peers/paths.cs -- "$rows" "$columns" "$repeat" "$folder"
    Rscript --vanilla bench/peers/paths.R "$rows" "$columns" "$repeat" "$folder"
    /usr/bin/python3 -W ignore bench/peers/paths.py "$rows" "$columns" "$repeat" "$folder"
} | awk -F '\t' -v n="$rows" -v p="$columns" 'BEGIN { printf "%d x %d, seconds\n%-14s%-8s%s\n", n, p, "program", "what", "best" }
    $1 == "difference" { note = $2 ": " $3; next } { printf "%-14s%-8s%s\n", $1, $2, $3 } END { print "Plumbline and glmnet differ, " note }'
