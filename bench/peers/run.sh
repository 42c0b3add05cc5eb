#!/usr/bin/env bash
# Times the peers in one run on the same data; JSON lines on standard output, what else is to say on standard error.
#
#   bench/peers/run.sh KIND N P [REPETITIONS]      KIND: full, prices, integers (see data.py)
#   bench/peers/run.sh FILE N P [REPETITIONS]      a file that is there already
#
# PEERS_THREADS: threads of the BLAS, 2 unless set. PEERS_KERNEL: makes OpenBLAS use this kernel instead of the one it
# finds fit (older versions know fewer processors). Takes Debian's packages: installs them when missing.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
(( $# == 3 || $# == 4 )) || { sed -n '2,/^set/s/^# \?//p' "$0" >&2; exit 2; }
"$here/../../build/apt.sh" libopenblas0-pthread python3-numpy python3-scipy python3-sklearn python3-statsmodels r-base-core >&2

# Settings that someone made for other programs on this machine would slow the peers down.
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
[[ -n ${PEERS_KERNEL:-} ]] && export OPENBLAS_CORETYPE=$PEERS_KERNEL
export OPENBLAS_NUM_THREADS=${PEERS_THREADS:-2} OMP_NUM_THREADS=${PEERS_THREADS:-2}

kernel=$(OPENBLAS_VERBOSE=2 Rscript --vanilla -e 'invisible(crossprod(diag(2)))' 2>&1 | sed -n 's/^Core: //p' | head -n 1)
export PEERS_KERNEL=${kernel:-unknown}
echo "OpenBLAS kernel $PEERS_KERNEL, $OPENBLAS_NUM_THREADS threads" >&2

data=$1
if [[ ! -f $data ]]; then
    data=$(mktemp)
    trap 'rm -f "$data"' EXIT
    /usr/bin/python3 "$here/data.py" "$1" "$2" "$3" "$data"
fi
/usr/bin/python3 -W ignore "$here/time.py" "$data" "${@:2}"
Rscript --vanilla "$here/time.R" "$data" "${@:2}"
