#!/usr/bin/env bash
# Brings an environment to the state of this commit, publishes a package to it, and sees whether the guichet answers. Applying it again
# changes nothing. README.md says what must be there before, and which variables the parameters take.
#   infra/azure/deploy.sh dev|production PACKAGE.zip                  environment, package, events
#   infra/azure/deploy.sh dev|production PACKAGE.zip --package-only   package alone
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
environment=${1:?dev or production}
package=${2:?the package}
group="rg-guichet-$environment"

say() { printf '\n— %s\n' "$*"; }

if [ "${3:-}" != --package-only ]; then
  say "Environment"
  az deployment group create --resource-group "$group" --name main --parameters "$here/$environment.bicepparam" --output none
fi

of() { az deployment group show --resource-group "$group" --name main --query "properties.outputs.$1.value" --output tsv; }
app=$(of appName)
api=$(of apiUri)

say "Package to $app"
az functionapp deployment source config-zip --resource-group "$group" --name "$app" --src "$package" --output none

if [ "${3:-}" != --package-only ]; then
  # The key of the webhook exists once the host has started on a package that has a blob trigger.
  say "Events"
  for try in 1 2 3 4 5 6; do
    az deployment group create --resource-group "$group" --name events --template-file "$here/events.bicep" --parameters environment="$environment" --output none && break
    [ "$try" -lt 6 ] || { echo "The events could not be applied: is the app started?" >&2; exit 1; }
    sleep 30
  done
fi

say "Smoke test of $api"
health=$(curl --silent --show-error --fail --retry 12 --retry-delay 10 --retry-all-errors "${api}api/health")
echo "$health"
case "$health" in *'"status":"ok"'*) ;; *) echo "The app answers, but cannot work." >&2; exit 1 ;; esac
stranger=$(curl --silent --output /dev/null --write-out '%{http_code}' "${api}api/dossiers/inconnu")
[ "$stranger" = 401 ] || { echo "A dossier without its token answers $stranger, not 401." >&2; exit 1; }
echo "The guichet answers, and shows nothing to strangers."
