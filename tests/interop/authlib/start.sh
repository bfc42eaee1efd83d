#!/bin/bash
# Starts the server with nothing in its memory; stop.sh ends it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../server.sh"
launch 24837 "$run/venv/bin/python" -B "$here/server.py"
