#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Nothing is found in the app's stacks, whatever their settings.
. "$(dirname "$0")/../cli/lib.sh"

test_every_context() {
    local golden
    for golden in "$SOURCE_DIRECTORY"/tests/golden/stacks/*.json; do
        python3 -c 'import json, sys
json.dump({"context": json.load(open(sys.argv[1]))["context"]}, open("cdk.json", "w"))' "$golden"
        tango validate --no-lookups
        [ "$status" = 0 ] && grep -q '^nothing found' "$work/out" || fail "$(basename "$golden")"
    done
}

run_tests
