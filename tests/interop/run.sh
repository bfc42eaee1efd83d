#!/bin/bash
# Runs all cases against all servers and writes the table into README.md; exit status 0 if every
# case passes that its server supports. Each server can be run alone, by its own run.sh.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
failed=()
results=()

for script in "$here"/*/run.sh; do
    folder=$(dirname "$script")
    rm -f "$folder/.run/results.json"
    printf '\n== %s\n' "${folder##*/}"
    "$script" || failed+=("${folder##*/}")
    results+=("$folder/.run/results.json")
done

printf '\n== all servers\n'
cargo run --quiet --package grantflow-tests --example interop -- \
    table "$here/README.md" "${results[@]}" || failed+=(table)
[ "${#failed[@]}" -eq 0 ] || printf 'failed: %s\n' "${failed[*]}"
[ "${#failed[@]}" -eq 0 ]
