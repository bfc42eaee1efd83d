#!/bin/bash
# Starts the server with nothing in its memory; stop.sh ends it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../server.sh"
# Beside the packages that it imports.
cp "$here/server.mjs" "$run/"
launch 24817 node "$run/server.mjs"
