#!/bin/bash
# Runs all cases against django-oauth-toolkit; exit status 0 if all went well.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../server.sh"
run_cases
