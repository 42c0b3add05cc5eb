#!/usr/bin/env bash
# Least squares in memory: Plumbline, Math.NET, and the peers of bench/peers, on the same data, in one run.
#   bench/memory.sh              writes the table of docs/explanation/speed.md
#                                (statsmodels, the slowest, on full mantissas only: its time does not depend on values)
#   REPEAT=3 bench/memory.sh     the medians of 3 runs of each instead of 5
#   bench/memory.sh KIND N P     one problem, JSON lines on standard output (KIND: full, prices, integers)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
build/apt.sh libopenblas0-pthread python3-numpy python3-scipy python3-sklearn python3-statsmodels r-base-core >&2
dotnet build bench/Plumbline.Bench -c Release --nologo -v quiet >&2
bench=bench/Plumbline.Bench/bin/Release/net10.0/Plumbline.Bench.dll
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

one() {
    local kind=$1 n=$2 p=$3
    /usr/bin/python3 bench/peers/data.py "$kind" "$n" "$p" "$folder/data"
    { dotnet "$bench" time "$folder/data" "$n" "$p" "${REPEAT:-5}"; bench/peers/run.sh "$folder/data" "$n" "$p" "${REPEAT:-5}"; } |
        sed "s/^{/{\"kind\": \"$kind\", /"
}

if (( $# == 3 )); then
    one "$@"
    exit
fi
for size in "2000000 10" "1000000 50" "200000 200"; do
    unset WITHOUT_PEER
    for kind in full prices integers; do
        [[ $kind == full ]] || export WITHOUT_PEER=statsmodels
        one "$kind" $size | tee -a "$folder/lines" >&2
    done
done
dotnet "$bench" kernel | tee "$folder/kernel" >&2
/usr/bin/python3 bench/peers/memory_table.py docs/explanation/speed.md "$folder/kernel" <"$folder/lines"
