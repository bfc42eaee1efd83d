#!/bin/bash
# The whole login against oidc-provider; exit status 0 if all of it went well.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../../.."

PRINTMYPICS_CLIENT_SECRET=$(node -p 'crypto.randomBytes(32).toString("hex")')
export PRINTMYPICS_CLIENT_SECRET
unset PRINTMYPICS_CLIENT_ID

"$here/install.sh"
cargo build --example web_login
trap '"$here/stop.sh"' EXIT
"$here/start.sh"

login() {
    local config=$1
    shift
    printf '\n== %s %s\n' "$config" "$*"
    cargo run --quiet --example web_login -- --auto --issuer-config "$here/$config" "$@"
}

login basic.toml
login public.toml
login basic.toml --deny
if PRINTMYPICS_CLIENT_SECRET=wrong login basic.toml > "$here/.run/wrong.log" 2>&1; then
    echo "a wrong client secret must not pass" >&2
    exit 1
fi
printf '\n== basic.toml, with a wrong secret\n'
grep invalid_client "$here/.run/wrong.log"
printf '\n== oidc-provider: all is well\n'
