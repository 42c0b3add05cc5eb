#!/usr/bin/env bash
# How long a fit of the houses takes from the shell, start to end, with the tool compiled ahead of time.
#   bench/startup.sh [RUNS]      publishes plumb, runs it RUNS times (20), prints the fastest and the median in seconds
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
runs=${1:-20}
build/apt.sh clang zlib1g-dev >&2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
[[ $(uname -m) == aarch64 ]] && rid=linux-arm64 || rid=linux-x64
dotnet publish src/Plumbline.Cli -c Release -r "$rid" -p:PublishAot=true -o "$folder/aot" --nologo -v quiet >&2

fit() { "$folder/aot/plumb" fit data/houses.csv "price ~ sqft_living + age" >"$folder/out"; }
fit     # once unmeasured: the program and the data come into the cache of the disk
for ((i = 0; i < runs; i++)); do
    start=${EPOCHREALTIME/./}
    fit
    echo $((${EPOCHREALTIME/./} - start))
done | sort -n | awk '{ t[NR] = $1 / 1e6 }
    END { printf "%d runs: min %.3f s, median %.3f s\n", NR, t[1], NR % 2 ? t[(NR + 1) / 2] : (t[NR / 2] + t[NR / 2 + 1]) / 2 }'
