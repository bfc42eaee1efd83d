#!/bin/bash
# Starts the server in the background and waits until it listens. stop.sh ends it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
: "${PRINTMYPICS_CLIENT_SECRET:?must hold the secret of the client printmypics}"
"$here/stop.sh"
cd "$here/.run"
nohup node server.mjs > server.log 2>&1 < /dev/null &
pid=$!
echo "$pid" > pid
for _ in $(seq 200); do
    if grep '^ready: ' server.log; then exit 0; fi
    if ! kill -0 "$pid" 2> /dev/null; then break; fi
    sleep 0.1
done
echo "the server did not start:" >&2
tail -20 server.log >&2
exit 1
