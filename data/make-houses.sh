#!/bin/sh
# Makes houses.csv from the King County sales: adds the age of the house in 2015 as the last column, and ends lines with LF.
# Usage: data/make-houses.sh king_county.csv > data/houses.csv
set -eu
tr -d '\r' < "$1" | awk -F, '
    NR == 1 { for (i = 1; i <= NF; i++) if ($i == "yr_built") built = i; print $0 ",age"; next }
    { print $0 "," 2015 - $built }'
