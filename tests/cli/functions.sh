# Helpers for the tests that need the Lambda functions: their packages, and the servers that they talk to.
# shellcheck shell=bash

# use_packages NAME...: packages that were built with the program, or else those of the release build.
use_packages() {
    local name directory
    directory=$(dirname "$TANGO_INFRA")/functions
    [ -e "$directory/$1.zip" ] || directory=$SOURCE_DIRECTORY/build/release/functions
    for name; do
        [ -e "$directory/$name.zip" ] || skip "the package of $name is not built"
    done
    export TANGO_FUNCTIONS=$directory
}

# start_servers: sets server_env (options --env for invoke), url, socket and port.
start_servers() {
    local line
    mkfifo "$work/servers.in" "$work/servers.out"
    python3 "$SOURCE_DIRECTORY/tests/functions/servers.py" <"$work/servers.in" >"$work/servers.out" 2>"$work/servers.err" &
    servers=$!
    exec 8>"$work/servers.in" 9<"$work/servers.out"
    server_env=()
    ready=false
    while read -r line <&9; do
        case $line in
        env=*) server_env+=(--env "${line#env=}") ;;
        url=*) url=${line#url=} ;;
        socket=*) socket=${line#socket=} ;;
        port=*) port=${line#port=} ;;
        skipped*) skip "${line#skipped: }" ;;
        ready) ready=true && break ;;
        esac
    done
    $ready || fail "the servers do not start: $(cat "$work/servers.err")"
    export AWS_ACCESS_KEY_ID=AKIDEXAMPLE AWS_SECRET_ACCESS_KEY=secret
}

stop_servers() {
    exec 8>&- 9<&-
    wait "$servers"
}

sql() { psql -h "$socket" -p "$port" -U postgres -d tango -XqAt -v ON_ERROR_STOP=1 -c "$1"; }

# make_package NAME FILE: a package whose bootstrap is the file.
make_package() {
    mkdir -p "$work/functions"
    export TANGO_FUNCTIONS=$work/functions
    python3 - "$work/functions/$1.zip" "$2" <<'PYTHON'
import sys, zipfile
info = zipfile.ZipInfo("bootstrap")
info.external_attr = 0o100755 << 16
with zipfile.ZipFile(sys.argv[1], "w") as archive:
    archive.writestr(info, open(sys.argv[2]).read())
PYTHON
}
