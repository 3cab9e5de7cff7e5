#!/usr/bin/env bash
# Input, directories and disks that are not as they should be: a clear message, exit status 1, and nothing lost.
. "$(dirname "$0")/lib.sh"

snapshot() { (cd "$1" && find . -type f -exec sha256sum {} + | sort); }

# Every file with JSON in it, and how it is named in messages.
broken_json() {
    local file=$1 name=$2
    shift 2
    printf '{\n  "a": 1,\n  "b": [1, 2,, 3]\n}\n' >"$file"
    demo "$@"
    expect_failure "$name:3:14: expected a value, found ','"
    printf '{ "a": {},\n  "b": { "a": 1 }, "a": {} }' >"$file"
    demo "$@"
    expect_failure "$name:2:20: duplicate key 'a' (first in line 1)"
    printf '{ "a": ' >"$file"
    demo "$@"
    expect_failure "$name:1:8: expected a value, found the end of the text"
    : >"$file"
    demo "$@"
    expect_failure "$name:1:"
    printf '[1]' >"$file"
    demo "$@"
    expect_failure "$name: must be a JSON object"
    printf '{ "context": { "a": "\xff\xfe" }, "a": "\xff" }' >"$file"
    demo "$@"
    expect_failure "$name:1:22: invalid UTF-8: byte 0xff"
    printf '{ "a": "x\\u0000y" }' >"$file"
    demo "$@"
    expect_failure "$name:1:10: a string cannot hold the character U+0000"
    printf '{ "a": 1 } trailing' >"$file"
    demo "$@"
    expect_failure "$name:1:12: expected the end of the text, found 'trailing'"
    head -c 100000 /dev/zero | tr '\0' '[' >"$file"
    demo "$@"
    expect_failure "$name"
    (printf '{ "a": %s%s }' "$(printf '[%.0s' {1..1000})" "$(printf ']%.0s' {1..1000})") >"$file"
    demo "$@"
    expect_failure "$name:1:507: nested more than 500 levels deep"
    rm "$file"
    expect_no_file cdk.out
}

test_broken_cdk_json() { broken_json cdk.json cdk.json synth; }
test_broken_cdk_context_json() { broken_json cdk.context.json cdk.context.json list; }
test_broken_user_file() { broken_json "$HOME/.cdk.json" "$HOME/.cdk.json" synth; }
test_broken_file_for_the_context_command() { broken_json cdk.context.json cdk.context.json context; }

test_broken_overflow_file() {
    export CONTEXT_OVERFLOW_LOCATION_ENV=$work/overflow.json
    broken_json "$work/overflow.json" "$work/overflow.json" synth
    demo synth
    expect_failure "cannot read '$work/overflow.json': there is no such file"
}

test_broken_context_variable() {
    CDK_CONTEXT_JSON='{ "a": 1,
  "b": }' demo synth
    expect_failure 'CDK_CONTEXT_JSON:2:'
    CDK_CONTEXT_JSON='[]' demo synth
    expect_failure 'CDK_CONTEXT_JSON: must be a JSON object'
    CDK_CONTEXT_JSON='' demo synth
    expect_status 0
}

test_files_of_the_wrong_shape() {
    echo '{ "context": [] }' >cdk.json
    demo synth
    expect_failure 'cdk.json: "context" must be an object'
    echo '{ "context": null }' >cdk.json
    demo synth
    expect_status 0
    echo '{ "output": 5 }' >cdk.json
    demo synth
    expect_failure 'cdk.json: "output" must be a string'
    echo '{ "lookups": "no" }' >cdk.json
    demo synth
    expect_failure 'cdk.json: "lookups" must be true or false'
}

test_a_byte_order_mark_is_no_trouble() {
    printf '\xef\xbb\xbf{ "context": { "count": 3 } }' >cdk.json
    demo synth
    expect_status 0
}

test_context_of_every_wrong_type() {
    local key value
    for key in account region prefix title; do
        for value in '[]' '{}' '[1]' '{"a":1}'; do
            demo synth -c "$key=$value"
            expect_failure "context key '$key' must be a string, not $value"
        done
    done
    for value in '[]' '{}' x '""' true 1.5; do
        demo synth -c "count=$value"
        expect_failure "context key 'count' must be a whole number"
    done
    for value in 0 11 -1 1e300; do
        demo synth -c "count=$value"
        expect_failure "context key 'count' must be"
    done
    for value in '[]' '{}' x true; do
        demo synth -c "ratio=$value"
        expect_failure "context key 'ratio' must be a number"
    done
    for value in '[]' '{}' 1 0 yes '"TRUE"'; do
        demo synth -c "enabled=$value"
        expect_failure "context key 'enabled' must be true or false"
    done
    for value in '{}' 1 true a '[[]]' '[null]' '["a", {}]'; do
        demo synth -c "zones=$value"
        expect_failure "context key 'zones' must be a list of strings"
    done
    for value in '[]' 1 true a '{"a":[]}' '{"a":null}'; do
        demo synth -c "labels=$value"
        expect_failure "context key 'labels' must be a map of strings"
    done
    expect_no_file cdk.out
}

test_bytes_that_are_not_utf8() {
    demo synth -c $'title=\xff\xfe'
    expect_failure "the context value for 'title' is not valid UTF-8"
    demo synth -c $'title="\xc3\x28"'
    expect_failure "the context value for 'title' is not valid UTF-8"
    demo synth -c $'\xed\xa0\x80=1'
    expect_failure 'is not valid UTF-8'
    demo synth $'\xff'
    expect_failure 'no stack matches'
    demo synth -o $'out\xff'
    expect_status 0
    expect_file $'out\xff/manifest.json'
    expect_no_file cdk.out
}

test_a_value_of_ten_megabytes() {
    python3 -c 'import json; json.dump({"filler": "x" * 10_000_000, "labels": {"a": "b"}}, open("cdk.context.json", "w"))'
    demo synth
    expect_status 0
    demo context --reset labels
    expect_status 0
    expect_equal "$(json cdk.context.json '[len(j["filler"]), list(j)]')" '[10000000, ["filler"]]'
    python3 -c 'import json; json.dump({"context": {"title": "x" * 10_000_000}}, open("cdk.json", "w"))'
    demo synth -o other
    expect_status 1
    [ "$(wc -c <"$work/err")" -lt 100000 ] || fail 'the message repeats the value'
    expect_no_file other
}

test_deeply_nested_values() {
    demo synth -c "labels=$(printf '[%.0s' {1..600})"
    expect_failure "context key 'labels' must be a map of strings"
    demo context --json -c "deep=$(printf '[%.0s' {1..400})$(printf ']%.0s' {1..400})"
    expect_status 0
    demo context -c "deep=$(printf '{"a":%.0s' {1..400})1$(printf '}%.0s' {1..400})"
    expect_status 0
}

test_an_output_folder_that_is_a_file() {
    echo precious >cdk.out
    demo synth
    expect_failure "cdk.out"
    expect_equal "$(cat cdk.out)" precious
    demo synth -o cdk.out/deeper
    expect_failure 'cdk.out'
    expect_equal "$(cat cdk.out)" precious
}

test_an_output_folder_behind_a_link() {
    mkdir real
    echo mine >real/keep
    ln -s real cdk.out
    demo synth
    expect_status 0
    expect_file real/manifest.json
    expect_equal "$(cat real/keep)" mine
    [ -L cdk.out ] || fail 'the link is gone'
    ln -s nowhere dangling
    demo synth -o dangling
    expect_failure dangling
}

test_an_output_file_that_is_a_folder_or_a_link() {
    demo synth -q -c title=old
    rm cdk.out/manifest.json
    mkdir cdk.out/manifest.json
    snapshot cdk.out >"$work/before"
    demo synth -q -c title=new
    expect_failure "cannot write 'cdk.out/manifest.json': it is a directory"
    snapshot cdk.out | cmp -s - "$work/before" || fail 'the assembly changed'
    rmdir cdk.out/manifest.json
    echo precious >target
    ln -sf ../target cdk.out/DemoWeb.template.json
    demo synth
    expect_status 0
    expect_equal "$(cat target)" precious
    [ ! -L cdk.out/DemoWeb.template.json ] || fail 'the template is still a link'
    expect_no_temporary_files
}

# As a user without rights over what root made.
test_folders_that_cannot_be_read_or_written() {
    mkdir cdk.out
    chmod 555 cdk.out
    [ "$(id -u)" = 0 ] || skip 'only root can drop rights'
    run unprivileged "$DEMO" synth
    expect_failure "Permission denied"
    chmod 555 .
    run unprivileged "$DEMO" synth -o other
    expect_failure "cannot make the directory 'other': Permission denied"
    chmod 777 . cdk.out
    echo '{}' >cdk.json
    chmod 000 cdk.json
    run unprivileged "$DEMO" synth
    expect_failure "cannot read 'cdk.json': Permission denied"
    rm cdk.json
    mkdir cdk.json
    demo synth
    expect_failure "cannot read 'cdk.json': it is a directory"
    expect_no_temporary_files
}

test_a_home_that_does_not_exist() {
    HOME=/nonexistent demo synth
    expect_status 0
    HOME='' demo synth
    expect_status 0
    run env -u HOME "$DEMO" synth
    expect_status 0
}

test_a_working_folder_that_is_gone() {
    mkdir gone
    cd gone || exit 1
    rmdir ../gone
    demo synth
    expect_status 1
    demo list
    expect_status 0
}

# Every size of disk that is too small by a little more or less.
test_a_full_disk() {
    demo synth -q
    snapshot cdk.out >"$work/before"
    local limit
    for limit in 0 1 2 4; do
        run_limited "$limit" "$DEMO" synth -q -c count=10 -c title=changed
        expect_failure 'File too large'
        expect_no_temporary_files
        snapshot cdk.out | cmp -s - "$work/before" || fail "limit $limit: the assembly changed"
    done
}

test_a_full_disk_keeps_saved_context() {
    echo '{ "one": 1, "two": 2 }' >cdk.context.json
    run_limited 0 "$DEMO" context --reset one
    expect_failure "cannot write 'cdk.context.json': File too large"
    expect_equal "$(json cdk.context.json j)" '{"one": 1, "two": 2}'
    expect_no_temporary_files
}

test_a_small_tmpfs() {
    mkdir small
    mount -t tmpfs -o size=16k none small 2>/dev/null || skip 'cannot mount a tmpfs'
    demo synth -q -o small/out -c count=10
    umount_later() { umount "$work/project/small"; }
    if ! grep -q 'No space left on device' "$work/err"; then
        umount_later
        fail 'no message about space'
    fi
    left=$(find small -type f | wc -l)
    umount_later
    expect_status 1
    expect_equal "$left" 0 'files left'
}

# Whoever comes second waits; what lies there in the end is one of the two, whole.
test_two_at_once_do_not_mix() {
    local round
    for round in {1..15}; do
        "$DEMO" synth -q -c title=one -c count=3 &
        local first=$!
        "$DEMO" synth -q -c title=two -c count=7 &
        local second=$!
        wait "$first" || fail "round $round: the first failed"
        wait "$second" || fail "round $round: the second failed"
        expect_equal "$(json cdk.out/DemoNetwork.template.json '[j["Description"], len(j["Resources"])] in (["one", 3], ["two", 7])')" true
        expect_equal "$(grep -h '"Description": "\(one\|two\)"' cdk.out/*.template.json | sort -u | wc -l)" 1 "round $round: descriptions"
    done
    expect_no_temporary_files
}

test_two_savers_lose_nothing() {
    python3 -c 'import json; json.dump({f"key{i}": i for i in range(40)}, open("cdk.context.json", "w"))'
    local pids=() i
    for i in {0..39}; do
        "$DEMO" context --reset "key$i" 2>/dev/null &
        pids+=($!)
    done
    for i in "${pids[@]}"; do
        wait "$i" || fail 'a reset failed'
    done
    expect_equal "$(json cdk.context.json j)" '{}'
    expect_no_temporary_files
}

# Ended at any moment, the assembly is the old one or the new one, and nothing else is left.
test_signals_at_any_moment() {
    local signal delay changed=0 ended=0
    "$DEMO" synth -q -c title=old -c count=10
    for signal in INT TERM HUP; do
        for delay in 0 1 2 3 4 5 6 8 10 15; do
            "$DEMO" synth -q -c "title=$signal$delay" -c count=10 2>/dev/null &
            local pid=$!
            sleep "0.$(printf %03d "$delay")"
            kill -"$signal" "$pid" 2>/dev/null
            status=0
            wait "$pid" 2>/dev/null || status=$?
            case $status in
            0) changed=$((changed + 1)) ;;
            129 | 130 | 143) ended=$((ended + 1)) ;;
            *) fail "status $status" ;;
            esac
            expect_no_temporary_files
            expect_whole cdk.out/*.json
            expect_equal "$(grep -ho '"Description": "[A-Za-z0-9]*"' cdk.out/*.template.json | sort -u | wc -l)" 1 'descriptions'
        done
    done
    [ $((changed + ended)) = 30 ] || fail 'not every round was counted'
}

# Whatever has no end is given up, in a file of the user's or in one of the project's.
test_files_without_an_end() {
    demo synth --output out --quiet
    demo diff /dev/zero out
    expect_failure '/dev/zero: larger than 64 MiB'
    demo diff out <(yes '# comment')
    expect_failure 'larger than 64 MiB'
    demo diff out <(cat out/*.template.json | head -c 0; echo '{ "Resources": {} }')
    [ "$status" != 1 ] || fail 'a pipe cannot be compared'
    ln -sf /dev/zero cdk.json
    demo list
    expect_failure "cannot read 'cdk.json': it is larger than 64 MiB"
    rm cdk.json
    ln -sf /dev/zero out/manifest.json
    demo deploy --app out --all
    expect_failure 'lies outside of the assembly'
}

# Neither for cdk.json nor for a template, nor for what it is compared with.
test_fifos_that_nobody_writes_to() {
    mkdir other
    mkfifo cdk.json other/fifo.json
    demo list
    expect_failure "cannot read 'cdk.json': nobody writes to this FIFO"
    rm cdk.json
    echo '{}' >plain.json
    demo diff other/fifo.json plain.json
    expect_failure "cannot read 'other/fifo.json': nobody writes to this FIFO"
    demo diff <(echo '{}') <(sleep 0.2; echo '{}')
    expect_status 0
    (sleep 0.2; echo '{}' >other/fifo.json) &
    demo diff other/fifo.json plain.json
    expect_status 0
}

run_tests "$@"
