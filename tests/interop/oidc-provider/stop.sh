#!/bin/bash
# Ends the process that start.sh started, and no other.
here=$(cd "$(dirname "$0")" && pwd)
pid=$(cat "$here/.run/pid" 2> /dev/null) || exit 0
rm -f "$here/.run/pid"
# After a restart of the machine the number may be another process's.
if command -v ps > /dev/null; then
    case $(ps -o args= -p "$pid") in *server.mjs*) ;; *) exit 0 ;; esac
fi
kill "$pid" 2> /dev/null
for _ in $(seq 50); do
    kill -0 "$pid" 2> /dev/null || exit 0
    sleep 0.1
done
kill -9 "$pid" 2> /dev/null
exit 0
