#!/usr/bin/env bash
# The examples that help and manual pages show, all of them and in their order, on a local AWS that has nothing.
. "$(dirname "$0")/../deploy/lib.sh"
examples=$SOURCE_DIRECTORY/src/cli/core/examples.def

# In tab-separated columns: the command, the line.
lines() { sed -n 's/^EXAMPLE("\([^"]*\)", "\(.*\)", "[^"]*")$/\1\t\2/p' "$examples" | sed 's/\\"/"/g'; }

# A machine on which each can work. The function at the edge is one that needs no library.
prepare() {
    control reset
    control settings '{ "resource_seconds": 0, "change_set_seconds": 0 }'
    functions_of_test
    with_prerequisites
    rm -r functions/image-transform
    mkdir functions/image-transform
    mkdir functions/image-transform/lib
    echo 'exports.originRequest = async (event) => event;' >functions/image-transform/lib/origin-request.js
    echo 'exports.createOriginResponse = () => async (event) => event;' >functions/image-transform/lib/origin-response.js
    echo 'exports.createFetcher = () => null;' >functions/image-transform/lib/storage.js
    printf '#!/bin/sh\nexec %q "$@"\n' "$TANGO_INFRA" >"$work/bin/tango-infra"
    chmod +x "$work/bin/tango-infra"
    echo '{ "Records": [] }' >event.json
    echo '{}' >mapping.json
    printf '{ "context": { "account": "123456789012", "region": "us-east-1" } }' >cdk.json
    cp -r "$SOURCE_DIRECTORY/environments" .
}

# before LINE: what it is about comes to be; after LINE: what it has left is taken away. prepared_status: what it ends with.
before() {
    prepared_status=0
    case $1 in
    'tango-infra doctor') prepared_status=1 ;; # not bootstrapped
    'tango-infra audit-schema --check') # in the sources, with the package that was built
        cd "$SOURCE_DIRECTORY" || fail cd
        TANGO_FUNCTIONS=$(dirname "$TANGO_INFRA")/functions
        [ -e "$TANGO_FUNCTIONS/audit-consumer.zip" ] || prepared_status=1 ;;
    'tango-infra audit-schema generate'*)
        mkdir generated functions/audit-consumer
        cp "$SOURCE_DIRECTORY/functions/audit-consumer/audit-schema.yaml" functions/audit-consumer/ ;;
    'tango-infra cancel'*)
        control settings '{ "resource_seconds": 600 }'
        tango-infra deploy TangoNetwork -e --yes -c nat_gateways=2 >/dev/null 2>&1 &
        wait_for is_in_state TangoNetwork UPDATE_IN_PROGRESS
        control forget
        hurry_after CancelUpdateStack 1 ;;
    'tango-infra rollback'*) control stack '{ "name": "TangoNetwork", "status": "UPDATE_FAILED" }' ;;
    'tango-infra lsp'*) prepared_status=1 ;; # nobody speaks to it
    'tango-infra destroy TangoObs'*)
        tango-infra deploy TangoApp -e --yes -c nat_gateways=2 -c deletion_protection=false >/dev/null 2>&1 ;;
    esac
}

test_every_example() {
    local command line count=0
    command -v node >/dev/null || skip 'Node.js is not there'
    prepare
    while IFS=$'\t' read -r command line <&3; do
        count=$((count + 1))
        before "$line"
        run bash -c "$line"
        [ "$status" = "$prepared_status" ] || fail "the example '$line' ends with $status"
        cd "$work/project" || fail cd
        TANGO_FUNCTIONS=$PWD/functions
        wait $(jobs -p) 2>/dev/null
    done 3< <(lines)
    [ "$count" -gt 50 ] || fail "only $count examples"
    expect_equal "$(look stacks '[n for n in j if n != "CDKToolkit"]')" '[]' 'stacks'
    expect_file change.html
    expect_file deployment.html
}

test_every_command_has_examples() {
    local command
    for command in $(sed -n 's/^COMMAND("\([^"]*\)".*/\1/p' "$SOURCE_DIRECTORY/src/cli/core/commands.def"); do
        [ "$(lines | grep -c "^$command	")" -ge 2 ] || [ "$command" = version ] || fail "'$command' has no two examples"
        tango help "$command"
        lines | sed -n "s/^$command	//p" | while IFS= read -r line; do
            grep -qxF -- "  $line" "$work/out" || fail "help lacks: $line"
        done || exit 1
    done
    expect_equal "$(lines | wc -l)" "$(grep -c '^EXAMPLE' "$examples")" 'examples that are understood'
}

run_tests "$@"
