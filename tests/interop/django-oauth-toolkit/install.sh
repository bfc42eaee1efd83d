#!/bin/bash
# Installs django-oauth-toolkit from PyPI, as requirements.txt has it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../server.sh"
install_python
