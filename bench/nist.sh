#!/usr/bin/env bash
# Fits the NIST data sets with Plumbline and its peers, and writes the table of docs/explanation/nist.md.
# Plumbline and the other programs for .NET write the same lines as bench/peers/nist.py:
#   dotnet run -c Release --project bench/Plumbline.Bench -- nist data/nist
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
data=data/nist
page=docs/explanation/nist.md
[[ -f $data/exact.json ]] || { echo "There is no $data/exact.json." >&2; exit 1; }
build/apt.sh libopenblas0-pthread python3-numpy python3-scipy python3-sklearn python3-statsmodels r-base-core >&2

lines=$(mktemp)
trap 'rm -f "$lines"' EXIT
dotnet run -c Release --project bench/Plumbline.Bench -- nist "$data" >>"$lines"
Rscript --vanilla bench/peers/nist.R "$data" >>"$lines"
/usr/bin/python3 -W ignore bench/peers/nist.py "$data" >>"$lines"
/usr/bin/python3 bench/peers/nist_table.py "$data" "$page" <"$lines"
