#!/usr/bin/env bash
# Builds everything in Release and runs every test. The last line is the sum of what ran: "N passed, N failed".
#   ./test.sh            all test projects
#   ./test.sh Files Cli  only those whose folder under tests/ has one of the words in its name
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
source build/tests.sh

# Packages of the system that tests need (Debian's names). Plumbline.Databases.Tests starts servers of its own from them, on
# loopback, and stops them.
needed=(postgresql-15 clickhouse-server clickhouse-client)
build/apt.sh "${needed[@]}" || { echo "0 passed, 1 failed"; exit 1; }

if ! dotnet build Plumbline.slnx -c Release --nologo -v quiet; then
    echo "The build failed."
    echo "0 passed, 1 failed"
    exit 1
fi

for folder in tests/*/; do
    name=$(basename "$folder")
    [[ -f $folder$name.csproj ]] || continue
    wanted=$(( $# == 0 ))
    for word in "$@"; do [[ $name == *"$word"* ]] && wanted=1; done
    (( wanted )) && run_tests "$name"
done
total
