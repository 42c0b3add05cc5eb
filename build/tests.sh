# Sourced by test.sh and .ci/run: runs built test projects and keeps the sums.
passed=0 failed=0 skipped=0

# run_tests PROJECT [FILTER…]   FILTER: e.g. -class '*Gram*'
# A project that crashes, hangs, leaves no report, or runs no test counts as one failure.
run_tests() {
    local name=$1 report program code line p f s
    shift
    report=$(mktemp)
    program=tests/$name/bin/Release/net10.0/$name.dll
    timeout --kill-after=30 "${PLUMBLINE_TEST_LIMIT:-1200}" \
        dotnet "$program" -noColor -result-xml "$report" "$@" </dev/null
    code=$?
    line=$(grep -o '<assembly [^>]*>' "$report" | head -n 1)
    rm -f "$report"
    p=$(attribute passed "$line")
    s=$(attribute skipped "$line")
    f=$(( $(attribute failed "$line") + $(attribute errors "$line") ))
    if (( f == 0 && (code != 0 || p == 0) )); then
        echo "$name: exit code $code with $p passed: counted as a failure."
        f=1
    fi
    echo "$name: $p passed, $f failed, $s skipped"
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
}

# attribute NAME TAG: a whole number, 0 when the tag has none of that name.
attribute() {
    local value
    value=$(grep -o " $1=\"[0-9]*\"" <<<"$2" | grep -o '[0-9]*')
    echo "${value:-0}"
}

# The closing line; succeeds when nothing failed and something passed.
total() {
    local line="$passed passed, $failed failed"
    (( skipped > 0 )) && line+=", $skipped skipped"
    echo "$line"
    (( failed == 0 && passed > 0 ))
}
