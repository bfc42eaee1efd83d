#!/bin/bash
# Installs authlib and Flask from PyPI, as requirements.txt has them.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../server.sh"
install_python
