#!/usr/bin/env bash
# Trains from a CSV file of 5 GB, in blocks: peak memory of each run; and a run that is killed (kill -9) in its second epoch and
# resumed ends at the same bits as one that was left alone.
#   bench/train-large.sh           a file of about 5 GB
#   ROWS=1000000 bench/train-large.sh
#   FORMAT=parquet …               Parquet instead of CSV: the same rows
# Needs as much temporary space as the file has. Fails when memory exceeds 500 MB, or a bit differs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
build/apt.sh clang zlib1g-dev time >&2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
rows=${ROWS:-22000000} format=${FORMAT:-csv}
rid=$([[ $(uname -m) == aarch64 ]] && echo linux-arm64 || echo linux-x64)
dotnet publish src/Plumbline.Cli -c Release -r "$rid" -o "$folder/aot" --nologo -v quiet >&2
dotnet publish bench/peers/files.cs -c Release -o "$folder/duck" --nologo -v quiet >&2
plumb=$folder/aot/plumb data=$folder/data.$format

# x1 … x11 uniform with all 53 bits, from a hash of the row; y their sum with weights, and noise.
columns="" y="0.5"
for ((k = 1; k <= 11; k++)); do
    columns+="((hash(i * 64 + $k) >> 11)::double / 9007199254740992) as x$k, "
    y+=" + $k.25 * x$k"
done
noise="((hash(i * 64 + 60) >> 11)::double / 9007199254740992)"
"$folder/duck/files" 2 1 "copy (select * exclude (i), $y + $noise as y from (select $columns i from range($rows) t(i))) to '$data' $([[ $format == csv ]] && echo '(header)')" >/dev/null
echo "$(stat -c %s "$data") bytes, $rows rows"

# train NAME OPTION…: writes NAME.json; a line with seconds and peak memory
train() {
    local name=$1
    shift
    /usr/bin/time -f "%e %M" -o "$folder/time" "$plumb" train "$data" "y ~ ." --batch 256 --lr 0.05 --epochs 3 --validate 0.05 --seed 1 "$@" -o "$folder/$name.json" >"$folder/$name.txt"
    read -r seconds memory <"$folder/time"
    echo "$name: $seconds s, peak memory $((memory / 1024)) MB"
    ((memory < 500 * 1024)) || { echo "more than 500 MB" >&2; exit 1; }
}
coefficients() { sha256sum < <(grep -o '"estimate": *[^,]*' "$folder/$1.json") | cut -d ' ' -f 1; }

train whole
sed -n '/^ *Trained/,/^Rows/p' "$folder/whole.txt"

"$plumb" train "$data" "y ~ ." --batch 256 --lr 0.05 --epochs 3 --validate 0.05 --seed 1 --checkpoint "$folder/checkpoint" -o "$folder/killed.json" >/dev/null &
pid=$!
until [[ -f $folder/checkpoint ]]; do
    kill -0 $pid
    sleep 0.2
done
sleep 1
kill -9 $pid
wait $pid 2>/dev/null || true
[[ ! -f $folder/killed.json ]]
echo "killed after the first checkpoint: $(grep -o '"epoch": *[0-9]*' "$folder/checkpoint")"
train resumed --resume "$folder/checkpoint"

echo "coefficients, sha256: whole   $(coefficients whole)"
echo "coefficients, sha256: resumed $(coefficients resumed)"
[[ $(coefficients whole) == "$(coefficients resumed)" ]]
