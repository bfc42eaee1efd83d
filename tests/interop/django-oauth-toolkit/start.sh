#!/bin/bash
# Starts the server with a new database; stop.sh ends it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../server.sh"
"$here/stop.sh"
rm -f "$run/db.sqlite3"
launch 24827 "$run/venv/bin/python" "$here/server.py"
