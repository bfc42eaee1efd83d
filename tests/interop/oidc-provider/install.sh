#!/bin/bash
# Installs oidc-provider from npm into .run beside this script.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$here/.run"
cp "$here/package.json" "$here/package-lock.json" "$here/server.mjs" "$here/.run/"
cd "$here/.run"
npm ci --no-audit --no-fund --loglevel=error
