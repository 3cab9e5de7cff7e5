#!/usr/bin/env bash
# Commands that only look at what is deployed write nothing into the directory in which they are called.
. "$(dirname "$0")/lib.sh"

where=(-c 'account="123456789012"' -c region=us-east-1 -c 'zones=["a"]')
demo_there() { demo "$@" "${where[@]}"; }

deployed() {
    demo_there deploy --all --require-approval never
    expect_status 0
    rm -r cdk.out
}

# looks COMMAND...: it succeeds here and leaves nothing, and in a directory that even root cannot write to.
looks() {
    demo_there "$@"
    expect_status 0
    expect_equal "$(find . -mindepth 1)" '' "left by '$1'"
    run env -C /proc "$DEMO" "$@" "${where[@]}"
    expect_status 0
}

test_nothing_is_written() {
    deployed
    looks outputs
    looks status
    looks drift
    looks logs DemoData
    looks watch DemoData
    looks diff
    looks list --long
    looks metadata DemoData
    looks deploy --all --dry-run
}

# What changes stacks and writes no assembly for anybody.
test_who_needs_no_files_leaves_none() {
    deployed
    demo_there rollback DemoData
    demo_there cancel DemoData
    demo_there destroy --all --force
    expect_status 0
    expect_equal "$(find . -mindepth 1)" '' 'left behind'
}

test_a_directory_that_is_asked_for_is_written() {
    deployed
    demo_there status --output here
    expect_status 0
    expect_file here/manifest.json
    expect_no_file cdk.out
}

# What the templates say is known all the same.
test_construct_paths() {
    deployed
    control settings '{ "drift": { "DemoData": { "Topic0": "DELETED" } } }'
    demo_there drift DemoData
    expect_out_has DemoData/Topic0
}

run_tests "$@"
