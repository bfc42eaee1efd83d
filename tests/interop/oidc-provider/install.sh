#!/bin/bash
# Installs oidc-provider from npm, as package-lock.json has it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../server.sh"
cp "$here/package.json" "$here/package-lock.json" "$run/"
cd "$run"
npm ci --no-audit --no-fund --loglevel=error
