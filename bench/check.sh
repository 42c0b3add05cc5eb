#!/usr/bin/env bash
# The checks of a model beside the fit itself: whole processes, on a CSV file of about 1 GB (5,000,000 × 12, 17 digits); seconds,
# processor time and peak memory of each.
#   bench/check.sh            the best of 3 runs of fit, and of check
#   bench/check.sh ROWS       with other rows than 5,000,000
#   REPEAT=1 bench/check.sh   one run of each
# Needs about 5 GB of temporary space, freed in the end.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
build/apt.sh clang zlib1g-dev time >&2
rows=${1:-5000000} repeat=${REPEAT:-3}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
rid=$([[ $(uname -m) == aarch64 ]] && echo linux-arm64 || echo linux-x64)
dotnet publish src/Plumbline.Cli -c Release -r "$rid" -o "$folder/aot" --nologo -v quiet >&2
dotnet publish bench/peers/files.cs -c Release -o "$folder/duck" --nologo -v quiet >&2
plumb=$folder/aot/plumb

# Columns x1 … x11, y from a hash of the row, so that they are the same everywhere: uniform in [0, 1), all 53 bits.
u() { echo "((hash(i * 64 + $1) >> 11)::double / 9007199254740992)"; }
columns="" y="0.5"
for ((k = 1; k <= 11; k++)); do columns+="$(u $k) as x$k, "; y+=" + $k.25 * x$k"; done
"$folder/duck/files" "$(nproc)" 1 "copy (select * exclude (i), $y + $(u 60) as y from (select $columns i from range($rows) t(i))) to '$folder/data.csv' (header)" >/dev/null
cat "$folder/data.csv" >/dev/null    # from memory, so that what is compared is programs, not disks
printf '%s rows, %d MB, %d cores\n' "$rows" "$(($(stat -c %s "$folder/data.csv") / 1000000))" "$(nproc)"

# time_of WHAT COMMAND…: the best time and the largest memory of the runs.
time_of() {
    local what=$1 i
    shift
    for ((i = 0; i < repeat; i++)); do
        /usr/bin/time -f "%e %U %M" -o "$folder/time" "$@" >/dev/null
        cat "$folder/time"
    done | awk -v what="$what" '{ if (NR == 1 || $1 < s) { s = $1; u = $2 }; if ($3 > m) m = $3 } END { printf "%-26s %8.2f s %8.2f s of processor time %6d MB\n", what, s, u, m / 1024 }'
}
time_of "plumb fit" "$plumb" fit "$folder/data.csv" "y ~ ."
time_of "plumb check" "$plumb" check "$folder/data.csv" "y ~ ."
time_of "plumb check --in-order" "$plumb" check "$folder/data.csv" "y ~ ." --in-order
time_of "plumb check --rows FILE" "$plumb" check "$folder/data.csv" "y ~ ." --rows "$folder/rows.csv"
