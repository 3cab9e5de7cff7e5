#!/usr/bin/env bash
# Every allocation made to fail in turn, once alone and once with all that follow: a message and exit status 1,
# or no harm at all; never a crash, never half a file.
. "$(dirname "$0")/lib.sh"
: "${FAIL_ALLOCATION_LIBRARY?names the library to preload; empty in builds that cannot}"

preloaded() {
    run env LD_PRELOAD="$FAIL_ALLOCATION_LIBRARY" FAIL_ALLOCATION="$1" FAIL_ALLOCATION_MARK="$work/mark" \
        ${2:+FAIL_ALLOCATION_ON=1} "${@:3}"
}

judge() {
    case $status in
    0) cmp -s "$work/out" "$work/expected" || fail "allocation $1: another result" ;;
    1) grep -Eq 'out of memory|Cannot allocate memory' "$work/err" || fail "allocation $1: no clear message" ;;
    *) fail "allocation $1: status $status" ;;
    esac
    expect_no_temporary_files
}

# each_allocation RESET COMMAND...: RESET is evaluated before each run and CHECK after it.
each_allocation() {
    local reset=$1 number from_on
    shift
    [ -n "$FAIL_ALLOCATION_LIBRARY" ] || skip 'a sanitizer owns the allocator'
    eval "$reset"
    run "$@"
    expect_status 0
    cp "$work/out" "$work/expected"
    for from_on in '' 1; do
        for ((number = 1; ; number++)); do
            rm -f "$work/mark"
            eval "$reset"
            preloaded "$number" "$from_on" "$@"
            [ -e "$work/mark" ] || break
            judge "$number"
            check "$number"
        done
        expect_status 0
        [ "$number" -gt "$at_least" ] || fail "only $number allocations: nothing was tested"
    done
    echo "$current_test: $((number - 1)) allocations"
}

at_least=10
check() { :; }

test_list() {
    echo '{ "context": { "title": "from the project" } }' >cdk.json
    each_allocation : "$DEMO" list --long
}

test_synth() {
    # The old assembly or the new one, whole.
    check() {
        diff -rq cdk.out "$work/old" >/dev/null || diff -rq cdk.out "$work/new" >/dev/null || fail "allocation $1: a mixture"
    }
    "$DEMO" synth -q -o "$work/old" -c title=old -c count=1
    "$DEMO" synth -q -o "$work/new" -c title=new -c count=1
    # shellcheck disable=SC2016
    each_allocation 'rm -rf cdk.out; cp -r "$work/old" cdk.out' "$DEMO" synth DemoWeb -c title=new -c count=1
}

test_synth_of_the_six_stacks() {
    export TANGO_FUNCTIONS=$SOURCE_DIRECTORY/tests/parity/functions
    check() {
        [ ! -e cdk.out/manifest.json ] || diff -rq cdk.out "$work/new" >/dev/null || fail "allocation $1: half an assembly"
    }
    "$TANGO_INFRA_PRELOADABLE" synth -q -o "$work/new"
    each_allocation 'rm -rf cdk.out' "$TANGO_INFRA_PRELOADABLE" synth -q
}

test_context() {
    local at_least=5 # it needs few: arenas and the text of the files
    printf '%s\n' '{' '  "two": 2' '}' >"$work/after"
    check() {
        [ "$(cat cdk.context.json)" = '{ "one": 1, "two": 2 }' ] || cmp -s cdk.context.json "$work/after" ||
            fail "allocation $1: the file is broken"
    }
    # shellcheck disable=SC2016
    each_allocation 'echo "{ \"one\": 1, \"two\": 2 }" >cdk.context.json' "$DEMO" context --reset one
    each_allocation 'echo "{ \"one\": 1, \"two\": 2 }" >cdk.context.json' "$DEMO" context
}

test_metadata() { each_allocation : "$DEMO" metadata DemoWeb; }
test_help() { each_allocation : "$DEMO" help synth; }
test_completion() { each_allocation : "$DEMO" completion zsh; }
run_tests "$@"
