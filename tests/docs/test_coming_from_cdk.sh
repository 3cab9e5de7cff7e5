#!/usr/bin/env bash
# docs/coming-from-cdk.md: its commands, on a local AWS where the stacks are deployed, and the options that it names.
. "$(dirname "$0")/../deploy/lib.sh"
document=$SOURCE_DIRECTORY/docs/coming-from-cdk.md

block() { awk -v kind="$1" '/^```sh/ { inside = $0 == "```sh" kind; next } /^```/ { inside = 0 } inside' "$document"; }

stand_ins() {
    local packages=$SOURCE_DIRECTORY/build/parity/node_modules
    printf '#!/bin/sh\nexec %q "$@"\n' "$TANGO_INFRA" >"$work/bin/tango-infra"
    printf '#!/bin/sh\nexec node %q --no-color --no-notices "$@"\n' "$packages/aws-cdk/bin/cdk" >"$work/bin/cdk"
    chmod +x "$work/bin/tango-infra" "$work/bin/cdk"
    [ -e "$packages/aws-cdk/bin/cdk" ] || rm "$work/bin/cdk"
}

test_its_commands() {
    export CDK_DISABLE_CLI_TELEMETRY=true AWS_REGION=us-east-1
    control settings '{ "resource_seconds": 0, "change_set_seconds": 0 }'
    functions_of_test
    with_prerequisites
    stand_ins
    echo '{ "context": { "account": "123456789012", "region": "us-east-1" } }' >cdk.json
    tango deploy --all --require-approval never
    expect_status 0
    { echo 'set -e'; block ''; } >commands.sh
    grep -q 'deploy --all --dry-run' commands.sh || fail 'the document has no commands'
    run bash commands.sh
    expect_status 0
    expect_out_has 'nothing to change in 6 stacks'
    [ -e "$work/bin/cdk" ] || return 0
    { echo 'set -e'; block ' cdk'; } >back.sh
    run bash back.sh
    expect_status 0
    expect_equal "$(grep -c 'no changes' "$work/err")" 6 'stacks that the CDK would not change'
}

# Each "`COMMAND --option`" of the right column is one of ours.
test_its_options() {
    local command option count=0
    while read -r command option; do
        count=$((count + 1))
        tango help "$command"
        expect_status 0
        grep -qE -- "^ +(-[a-zA-Z], )?(    )?$option( |\$)" "$work/out" || fail "'$command' has no '$option'"
    done < <(sed -n 's/^| [^|]* | \(.*\) |$/\1/p' "$document" | grep -oE '`[a-z-]+ --[a-z-]+' | tr -d '`' | sort -u)
    [ "$count" -gt 20 ] || fail "only $count options"
}

# Of ours, the middle column names what there is.
test_its_commands_exist() {
    local command
    for command in $(sed -n 's/^| – | \(.*\) |$/\1/p' "$document" | tr -d '`,'); do
        tango help "$command"
        expect_status 0
    done
}

run_tests "$@"
