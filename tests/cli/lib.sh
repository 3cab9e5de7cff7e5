# Helpers for the tests of the command line. A test file sources this, defines functions test_*, and ends with
# run_tests. Each function runs in an empty directory of its own, with a home directory beside it.
# shellcheck shell=bash
set -u
: "${DEMO:?names the small app}" "${TANGO_INFRA:?names the program}"

fail() {
    printf 'FAILED: %s: %s\n' "$current_test" "$*"
    if [ -e "$work/err" ]; then
        printf -- '--- status %s\n--- stdout\n%.2000s\n--- stderr\n%.2000s\n---\n' \
            "$status" "$(tr -d '\0' <"$work/out")" "$(tr -d '\0' <"$work/err")"
    fi
    exit 1
}

skip() {
    printf 'skipped: %s: %s\n' "$current_test" "$*"
    exit 77
}

# run COMMAND...: keeps its outputs in $work/out and $work/err and its exit status in $status.
run() {
    status=0
    "$@" >"$work/out" 2>"$work/err" </dev/null || status=$?
}

# run_limited BLOCKS COMMAND...: no file may grow beyond so many kilobytes, which is what a full disk looks like.
run_limited() {
    local limit=$1
    shift
    (
        ulimit -f "$limit"
        exec "$@"
    ) 2>&1 >/dev/null </dev/null | cat >"$work/err"
    status=${PIPESTATUS[0]}
    : >"$work/out"
}

# demo ARGUMENT...: the small app. tango ARGUMENT...: the program itself.
demo() { run "$DEMO" "$@"; }
tango() { run "$TANGO_INFRA" "$@"; }

expect_status() { [ "$status" = "$1" ] || fail "exit status $status, not $1"; }
expect_out() { [ "$(cat "$work/out")" = "$1" ] || fail "stdout is not: $1"; }
expect_err() { [ "$(cat "$work/err")" = "$1" ] || fail "stderr is not: $1"; }
expect_out_has() { grep -qF -- "$1" "$work/out" || fail "stdout lacks: $1"; }
expect_err_has() { grep -qF -- "$1" "$work/err" || fail "stderr lacks: $1"; }
expect_no_out() { [ ! -s "$work/out" ] || fail "stdout is not empty"; }
expect_no_err() { [ ! -s "$work/err" ] || fail "stderr is not empty"; }
expect_equal() { [ "$1" = "$2" ] || fail "${3:-value}: '$1', not '$2'"; }
expect_file() { [ -e "$1" ] || fail "there is no $1"; }
expect_no_file() { [ ! -e "$1" ] || fail "there is $1"; }
expect_no_temporary_files() {
    local left
    left=$(find "$work" -name '*.tmp*')
    [ -z "$left" ] || fail "left behind: $left"
}
# An error: status 1, a message, nothing on stdout, and no crash report.
expect_failure() {
    expect_status 1
    expect_no_out
    expect_err_has "$1"
    ! grep -q 'Sanitizer\|runtime error' "$work/err" || fail "a sanitizer complains"
}

# A command line that cannot be understood.
expect_usage_error() {
    expect_status 2
    expect_no_out
    expect_err_has "$1"
}

# Before what needs a terminal. A container need not have any.
need_terminal() {
    script -qec true /dev/null >/dev/null 2>&1 </dev/null || skip 'there are no pseudo-terminals here: /dev/pts is not mounted'
}

# wait_for COMMAND...: until it succeeds; a minute at most.
wait_for() {
    for _ in {1..3000}; do
        "$@" && return
        sleep 0.02
    done
    fail "waited in vain: $*"
}

# json FILE EXPRESSION: the value of a Python expression on the parsed file, as j.
json() {
    python3 -c 'import json,sys; j = json.load(open(sys.argv[1])); print(json.dumps(eval(sys.argv[2])))' "$1" "$2"
}

# Every file is JSON from its beginning to its end.
expect_whole() {
    python3 -c 'import json,sys; [json.load(open(name)) for name in sys.argv[1:]]' "$@" 2>"$work/err" || fail "a file is not whole"
}

# Without root's rights; the directory is made the other user's.
unprivileged() {
    if [ "$(id -u)" != 0 ]; then
        "$@"
    else
        setpriv --reuid=65534 --regid=65534 --clear-groups -- "$@"
    fi
}

# A child that a signal hits before its exec runs the trap, too.
remove_work() {
    [ "$BASHPID" = "$owner" ] || return 0
    chmod -R u+rwX "$work" 2>/dev/null
    rm -rf "$work"
}

one_test() {
    work=$(mktemp -d "${TMPDIR:-/tmp}/tango-cli.XXXXXX") || exit 1
    owner=$BASHPID
    trap remove_work EXIT
    current_test=$1
    status=none
    mkdir "$work/home" "$work/project"
    chmod 755 "$work"
    cd "$work/project" || exit 1
    unset CI NO_COLOR CDK_OUTDIR CDK_CONTEXT_JSON CONTEXT_OVERFLOW_LOCATION_ENV CDK_DEFAULT_ACCOUNT CDK_DEFAULT_REGION
    for variable in $(compgen -v AWS_); do unset "$variable"; done
    export HOME=$work/home AWS_EC2_METADATA_DISABLED=true LC_ALL=C TERM=xterm
    if declare -F prepare_test >/dev/null; then prepare_test; fi
    "$1"
}

# expect_summary LINE...: what diff says of each stack, in the first lines.
expect_summary() {
    expect_equal "$(head -n $# "$work/out")" "$(printf '%s\n' "$@")" summary
}

run_tests() {
    local failed=0 skipped=0 count=0 result
    for name in $(compgen -A function test_); do
        [ $# = 0 ] || [[ " $* " == *" $name "* ]] || continue
        count=$((count + 1))
        result=0
        (one_test "$name") || result=$?
        case $result in
        0) ;;
        77) skipped=$((skipped + 1)) ;;
        *) failed=$((failed + 1)) ;;
        esac
    done
    printf '%d tests, %d failed, %d skipped\n' "$count" "$failed" "$skipped"
    [ "$failed" = 0 ] || exit 1
    [ "$skipped" != "$count" ] || exit 77
    exit 0
}
