#!/usr/bin/env bash
# Writes anew every part of the repository that a program makes: the listings of the public API, the outputs shown in
# the README and the docs. Run it after a change that alters them, look at the difference, and commit it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
project=Plumbline.House.Tests
dotnet build "tests/$project" -c Release --nologo -v quiet
PLUMBLINE_ACCEPT=1 dotnet "tests/$project/bin/Release/net10.0/$project.dll" -noColor \
    -class '*PublicApiTests' -class '*PageTests' </dev/null
