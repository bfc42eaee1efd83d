#!/bin/bash
# Ends the server that start.sh started.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../server.sh"
halt
