#!/usr/bin/env bash
# An epoch of gradient descent: Plumbline, PyTorch, TorchSharp and scikit-learn, at the same batch and rate, on the same data, in
# one run, ending at the same loss; and how fast an epoch goes through 4 GB, beside what the machine can read.
#   bench/descent.sh             writes the tables of docs/explanation/speed-of-descent.md
#   REPEAT=20 bench/descent.sh   the best of 20 runs of each instead of 5
#   WITHOUT_TORCHSHARP=1 …       without TorchSharp, whose packages have 800 MB
# Fails when a loss is not that of the others, or a ratio is below what is promised.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
build/apt.sh python3-torch python3-numpy python3-sklearn >&2
dotnet build bench/Plumbline.Bench -c Release --nologo -v quiet >&2
bench=bench/Plumbline.Bench/bin/Release/net10.0/Plumbline.Bench.dll
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
repeat=${REPEAT:-5}
if [[ -z ${WITHOUT_TORCHSHARP:-} ]]; then
    build/apt.sh g++ binutils >&2
    rid=$([[ $(uname -m) == aarch64 ]] && echo linux-arm64 || echo linux-x64)
    dotnet publish bench/peers/descent.cs -c Release -r "$rid" -o "$folder/torchsharp" --nologo -v quiet >&2
    preload=$(bench/peers/older_libstdcxx.sh "$folder/torchsharp")
fi
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE

# one NAME N P BATCH RATE EPOCHS
one() {
    local name=$1
    shift
    local data="$folder/$1x$2"
    [[ -f $data ]] || /usr/bin/python3 bench/peers/descent.py data "$1" "$2" "$data"
    {
        dotnet "$bench" descent "$data" "$@" "$repeat"
        /usr/bin/python3 -W ignore bench/peers/descent.py "$data" "$@" "$repeat"
        [[ -n ${WITHOUT_TORCHSHARP:-} || $3 == 1 ]] || LD_PRELOAD=$preload "$folder/torchsharp/descent" "$data" "$@" "$repeat"
    } | sed "s/^{/{\"problem\": \"$name\", /" | tee -a "$folder/lines" >&2
}

one "the textbook's example" 1000 2 10 0.03 3
one "the textbook's example" 1000 2 1 0.01 3
one "100,000 × 50" 100000 50 32 0.03 2
one "100,000 × 50" 100000 50 256 0.1 2
one "100,000 × 50" 100000 50 1 0.001 2
dotnet "$bench" descent-bandwidth 4 | tee "$folder/bandwidth" >&2
/usr/bin/python3 bench/peers/descent_table.py docs/explanation/speed-of-descent.md "$folder/bandwidth" <"$folder/lines"
