#!/bin/sh
# Proves that the core needs neither std nor libc: builds a program that has neither, runs it,
# and shows that the same program with the core's `std` feature does not build.
set -eu
cd "$(dirname "$0")"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$PWD/target}"

for profile in debug release; do
    if [ "$profile" = release ]; then flag=--release; else flag=; fi
    # shellcheck disable=SC2086 # an empty flag is no argument
    cargo build --locked --quiet $flag
    program="$CARGO_TARGET_DIR/$profile/freestanding"
    echo "== $profile"
    "$program"
    undefined=$(nm -u "$program")
    if [ -n "$undefined" ]; then
        echo "symbols from elsewhere: $undefined" >&2
        exit 1
    fi
done

echo "== control"
if log=$(cargo build --locked --features control-std 2>&1); then
    echo "with std it builds too, so the proof proves nothing" >&2
    exit 1
fi
case "$log" in
*E0152*) echo "with std it does not build (E0152)" ;;
*) echo "$log" >&2; exit 1 ;;
esac
