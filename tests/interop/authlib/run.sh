#!/bin/bash
# Runs all cases against authlib; exit status 0 if all went well.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../server.sh"
run_cases
