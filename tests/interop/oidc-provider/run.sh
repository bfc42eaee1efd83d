#!/bin/bash
# Runs all cases against oidc-provider, then the example web_login; exit status 0 if all went well.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../server.sh"
run_cases
unset PRINTMYPICS_CLIENT_ID PRINTMYPICS_CLIENT_SECRET

web_login() {
    local config=$here/web_login/$1
    shift
    printf '\n== web_login %s %s\n' "${config##*/}" "$*"
    cargo run --quiet --example web_login -- --auto --issuer-config "$config" "$@"
}

web_login basic.toml
web_login public.toml
web_login basic.toml --deny
if PRINTMYPICS_CLIENT_SECRET=wrong web_login basic.toml > "$run/wrong.log" 2>&1; then
    echo "a wrong client secret must not pass" >&2
    exit 1
fi
printf '\n== web_login basic.toml, with a wrong secret\n'
grep invalid_client "$run/wrong.log"
