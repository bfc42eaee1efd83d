#!/usr/bin/env bash
# Runs every fuzz target for the given number of minutes, at the lowest priority, and prints what
# came of it. Names after the minutes choose targets. What is found lies in artifacts/.
set -uo pipefail
cd "$(dirname "$0")"
[ $# -ge 1 ] || { echo "usage: $0 MINUTES [TARGET...]" >&2; exit 2; }
seconds=$(($1 * 60))
shift
cargo +nightly fuzz build || exit 1
[ $# -gt 0 ] || mapfile -t targets < <(cargo +nightly fuzz list)
[ $# -eq 0 ] || targets=("$@")

files() { find "$1" -type f 2> /dev/null | wc -l; }

log=$(mktemp)
trap 'rm -f "$log"' EXIT
found=0
row='%-20s %12s %8s %7s %7s %7s %6s\n'
# shellcheck disable=SC2059
printf "$row" target executions exec/s cov ft corpus finds
for target in "${targets[@]}"; do
    before=$(files "artifacts/$target")
    nice -n 19 cargo +nightly fuzz run "$target" -- -dict="dictionaries/$target.dict" \
        -max_total_time="$seconds" -max_len=4096 -print_final_stats=1 > "$log" 2>&1
    finds=$(($(files "artifacts/$target") - before))
    found=$((found + finds))
    stat() { sed -n "s/^stat::$1: *//p" "$log"; }
    last() { grep -oE "$1: *[0-9]+" "$log" | tail -n 1 | grep -oE '[0-9]+$'; }
    # shellcheck disable=SC2059
    printf "$row" "$target" "$(stat number_of_executed_units)" "$(stat average_exec_per_sec)" \
        "$(last cov)" "$(last ft)" "$(files "corpus/$target")" "$finds"
    [ "$finds" -eq 0 ] || tail -n 40 "$log" >&2
done
exit $((found > 0))
