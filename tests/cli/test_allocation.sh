#!/usr/bin/env bash
# Every allocation made to fail in turn, once alone and once with all that follow: a message and exit status 1,
# or no harm at all; never a crash, never half a file.
. "$(dirname "$0")/lib.sh"
: "${FAIL_ALLOCATION_LIBRARY?names the library to preload; empty in builds that cannot}"

# each_allocation [OPTION...] -- COMMAND...: see allocation.py.
each_allocation() {
    [ -n "$FAIL_ALLOCATION_LIBRARY" ] || skip 'a sanitizer owns the allocator'
    python3 "$SOURCE_DIRECTORY/tests/cli/allocation.py" "$@" || fail 'see above'
    expect_no_temporary_files
}

test_list() {
    echo '{ "context": { "title": "from the project" } }' >cdk.json
    each_allocation -- "$DEMO" list --long
}

test_synth() {
    "$DEMO" synth -q -o "$work/old" -c title=old -c count=1
    "$DEMO" synth -q -o "$work/new" -c title=new -c count=1
    each_allocation --before cdk.out "$work/old" --after cdk.out "$work/old" "$work/new" -- "$DEMO" synth DemoWeb -c title=new -c count=1
}

test_synth_of_the_six_stacks() {
    export TANGO_FUNCTIONS=$SOURCE_DIRECTORY/tests/parity/functions
    "$TANGO_INFRA_PRELOADABLE" synth -q -o "$work/new"
    each_allocation --after cdk.out "$work/new" without:manifest.json -- "$TANGO_INFRA_PRELOADABLE" synth -q
}

# It needs few: arenas and the text of the files.
test_context() {
    echo '{ "one": 1, "two": 2 }' >"$work/before"
    printf '%s\n' '{' '  "two": 2' '}' >"$work/after"
    each_allocation --at-least 5 --before cdk.context.json "$work/before" --after cdk.context.json "$work/before" "$work/after" \
        -- "$DEMO" context --reset one
    each_allocation --at-least 5 --before cdk.context.json "$work/before" --after cdk.context.json "$work/before" -- "$DEMO" context
}

test_metadata() { each_allocation -- "$DEMO" metadata DemoWeb; }
test_help() { each_allocation -- "$DEMO" help synth; }
test_completion() {
    each_allocation --at-least 5 -- "$DEMO" completion zsh
    each_allocation -- "$DEMO" completion zsh -- synth ''
}
run_tests "$@"
