# What the scripts of all servers share. They set `here`, their own folder, and source this.
# Whatever is installed or written goes to .run in that folder.
# shellcheck shell=bash disable=SC2154
run=$here/.run
mkdir -p "$run"

# launch PORT COMMAND...: starts a server in the background, waits until it listens, and keeps its
# process id. An argument must name the folder, for that is how the process is known again.
launch() {
    local port=$1 pid
    shift
    halt
    if listens "$port"; then
        echo "something else listens at port $port" >&2
        return 1
    fi
    (cd "$run" && exec nohup "$@" > server.log 2>&1 < /dev/null) &
    pid=$!
    echo "$pid" > "$run/pid"
    for _ in $(seq 300); do
        if listens "$port"; then return 0; fi
        if ! kill -0 "$pid" 2> /dev/null; then break; fi
        sleep 0.1
    done
    echo "the server did not start:" >&2
    tail -20 "$run/server.log" >&2
    halt
    return 1
}

listens() {
    (: < "/dev/tcp/127.0.0.1/$1") 2> /dev/null
}

# Ends the process that `launch` started, and no other.
halt() {
    local pid
    pid=$(cat "$run/pid" 2> /dev/null) || return 0
    rm -f "$run/pid"
    # After a restart of the machine the number may be another process's.
    if command -v ps > /dev/null; then
        case $(ps -o args= -p "$pid") in *"$run"*) ;; *) return 0 ;; esac
    fi
    kill "$pid" 2> /dev/null || return 0
    for _ in $(seq 50); do
        kill -0 "$pid" 2> /dev/null || return 0
        sleep 0.1
    done
    kill -9 "$pid" 2> /dev/null || return 0
}

# Installs and starts the server, and runs all cases against it. It ends with the script.
run_cases() {
    "$here/install.sh"
    trap '"$here/stop.sh"' EXIT
    "$here/start.sh"
    cargo run --quiet --package grantflow-tests --example interop -- \
        cases "$here/scenario.toml" "$run/results.json"
}

# Installs what requirements.txt names, and nothing else, into a Python environment of its own.
install_python() {
    python3 -m venv "$run/venv"
    "$run/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps \
        --requirement "$here/requirements.txt"
}
