#!/usr/bin/env bash
# Builds everything, checks the format, and runs every test. Installs what the tests need; needs the .NET 10 SDK and Node 20.
#   tests/run.sh             everything
#   tests/run.sh ARGUMENTS   the arguments go to `dotnet test`
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# These processes do not live long enough to win back what profiling their hot code costs: an eighth of the time on two cores.
export DOTNET_TieredPGO=0

say() { printf '\n— %s\n' "$*"; }

say "Build"
dotnet build Guichet.Functions.sln --configuration Release --nologo --verbosity quiet

# The rest of what the formatter knows, style and analyzers, are errors of the build already.
say "Format"
dotnet format whitespace . --folder --verify-no-changes

# The seed is drawn from the readers' own code: other code meets other files, and what is red once is red again.
if [ $# -eq 0 ]; then
  say "Fuzz"
  tree=$(git rev-parse --short=7 HEAD:functions/Guichet.Documents 2>/dev/null || echo 1)
  dotnet run --project tests/Guichet.Documents.Tests --configuration Release --no-build -- fuzz --seconds 30 --seed "$((16#${tree:0:7}))"
fi

# One project at a time: two cores run one whole system at once, not two.
say "Tests"
dotnet test --solution Guichet.Functions.sln --configuration Release --no-build --max-parallel-test-modules 1 "$@"
