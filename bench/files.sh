#!/usr/bin/env bash
# Least squares from files: plumb, DuckDB's own scan of the same columns, R data.table and pandas with scikit-learn, whole
# processes from start to end, in one run on the same files; peak memory of each.
#   bench/files.sh             files of about 1 GB; writes the table of docs/explanation/speed-of-files.md
#   bench/files.sh --large     a CSV file of 5 GB too
#   REPEAT=5 bench/files.sh    the best of 5 runs of each instead of 3; peers that hold all rows in memory run once
# Needs about 5 GB of temporary space (--large: 11), freed in the end.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
build/apt.sh clang zlib1g-dev time r-base-core r-cran-data.table python3-numpy python3-pandas python3-sklearn >&2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
repeat=${REPEAT:-3} threads=$(nproc)
rid=$([[ $(uname -m) == aarch64 ]] && echo linux-arm64 || echo linux-x64)
dotnet publish src/Plumbline.Cli -c Release -r "$rid" -o "$folder/aot" --nologo -v quiet >&2
dotnet publish bench/peers/files.cs -c Release -o "$folder/duck" --nologo -v quiet >&2
plumb=$folder/aot/plumb duck=$folder/duck/files

# Columns x1 … xN, y, from a hash of the row, so that they are the same everywhere; u K: uniform in [0, 1), all 53 bits.
u() { echo "((hash(i * 64 + $1) >> 11)::double / 9007199254740992)"; }
full() { u "$1"; }
cents() { echo "round($(u "$1") * 99990 + 10, 2)"; }
table() {
    local kind=$1 n=$2 rows=$3 columns="" y="0.5" k
    for ((k = 1; k <= n; k++)); do columns+="$("$kind" $k) as x$k, "; y+=" + $k.25 * x$k"; done
    y+=" + $(u 60)"
    [[ $kind == cents ]] && y="round($y, 2)"
    echo "select * exclude (i), $y as y from (select $columns i from range($rows) t(i))"
}
sums() { local s="" k; for ((k = 1; k <= $1; k++)); do s+="sum(x$k), "; done; echo "${s}sum(y)"; }
csv() {
    local columns="" k
    for ((k = 1; k <= $2; k++)); do columns+="'x$k': 'DOUBLE', "; done
    echo "read_csv('$1', header=true, auto_detect=false, delim=',', quote='\"', escape='\"', columns={$columns 'y': 'DOUBLE'})"
}
make() { "$duck" "$threads" 1 "copy ($1) to '$2' $3" >/dev/null; }

# time_of PROBLEM PROGRAM TIMES COMMAND…: a line "problem, program, seconds, MB", tabs between; the best of TIMES runs.
time_of() {
    local problem=$1 program=$2 times=$3 i
    shift 3
    for ((i = 0; i < times; i++)); do
        if ! /usr/bin/time -f "%e %M" -o "$folder/time" "$@" >"$folder/out" 2>&1 </dev/null; then
            tail -n 3 "$folder/out" >&2
            return 1
        fi
        cat "$folder/time"
    done | awk -v head="$problem	$program" '{ if (NR == 1 || $1 < s) s = $1; if ($2 > m) m = $2 } END { printf "%s\t%.2f\t%d\n", head, s, m / 1024 }' |
        tee -a "$folder/lines" >&2
}
# one PROBLEM FILE N SCAN [nopeers]
one() {
    local problem=$1 file=$2 n=$3 scan=$4
    cat "$file" >/dev/null    # from memory, so that what is compared is programs, not disks
    time_of "$problem" "DuckDB, sum of each column" "$repeat" "$duck" "$threads" 1 "select $(sums "$n") from $scan"
    time_of "$problem" "plumb, exact" "$repeat" "$plumb" fit "$file" "y ~ ."
    time_of "$problem" "plumb, fast" "$repeat" "$plumb" fit "$file" "y ~ ." --arithmetic fast
    if [[ $file == *.csv && $# == 4 ]]; then
        time_of "$problem" "R, fread and lm" 1 Rscript --vanilla bench/peers/files.R "$file"
        time_of "$problem" "pandas and scikit-learn" 1 /usr/bin/python3 -W ignore bench/peers/files.py "$file"
    fi
}
# both NAME KIND ROWS: CSV and Parquet of 12 columns.
both() {
    make "$(table "$2" 11 "$3")" "$folder/data.csv" "(header)"
    one "CSV, $1" "$folder/data.csv" 11 "$(csv "$folder/data.csv" 11)"
    rm "$folder/data.csv"
    make "$(table "$2" 11 "$3")" "$folder/data.parquet" ""
    one "Parquet, $1" "$folder/data.parquet" 11 "'$folder/data.parquet'"
    rm "$folder/data.parquet"
}

both "5,000,000 × 12, 17 digits" full 5000000
both "5,000,000 × 12, cents" cents 5000000
make "$(table full 30 3000000)" "$folder/data.parquet" ""
one "Parquet, 3,000,000 × 31, 17 digits" "$folder/data.parquet" 30 "'$folder/data.parquet'"
rm "$folder/data.parquet"
if [[ ${1:-} == --large ]]; then
    make "$(table full 11 22000000)" "$folder/data.csv" "(header)"
    one "CSV, 22,000,000 × 12, 17 digits (5 GB)" "$folder/data.csv" 11 "$(csv "$folder/data.csv" 11)" nopeers
fi
/usr/bin/python3 bench/peers/files_table.py docs/explanation/speed-of-files.md "$threads" <"$folder/lines"
