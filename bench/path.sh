#!/usr/bin/env bash
# A lasso path of 100 values of lambda, and 10-fold cross-validation of it: Plumbline (exact moments, certified), glmnet and scikit-learn
# (at their default thresholds), in one run on the same data in memory.
#   bench/path.sh               100,000 rows, 100 columns: writes the table of docs/explanation/speed-of-paths.md
#   bench/path.sh 10000 50      other sizes: prints the table
#   REPEAT=5 bench/path.sh      the best of 5 runs instead of 3
# Fails when the programs do not agree, or a ratio is below what is promised.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
build/apt.sh r-base-core r-cran-glmnet python3-numpy python3-sklearn >&2
rows=${1:-100000} columns=${2:-100} repeat=${REPEAT:-3}
page=$([[ $# == 0 ]] && echo docs/explanation/speed-of-paths.md || true)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
load=$(cut -d ' ' -f 1 /proc/loadavg)
{
    dotnet run -c Release bench/peers/paths.cs -- "$rows" "$columns" "$repeat" "$folder"
    Rscript --vanilla bench/peers/paths.R "$rows" "$columns" "$repeat" "$folder"
    /usr/bin/python3 -W ignore bench/peers/paths.py "$rows" "$columns" "$repeat" "$folder"
} | tee "$folder/lines" >&2
/usr/bin/python3 bench/peers/paths_table.py "$rows" "$columns" "$repeat" "$load" $page <"$folder/lines"
