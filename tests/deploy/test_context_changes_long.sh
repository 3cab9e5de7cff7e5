#!/usr/bin/env bash
# Every context key, there and back.
. "$(dirname "$0")/context_changes.sh"

test_every_key() {
    local key
    start
    for key in $("$TANGO_INFRA" context --describe | awk 'NR > 1 { print $1 }'); do
        is_another_environment "$key" || change_and_back "$key" $(change_of "$key")
    done
}

test_profiles_and_back() {
    start
    change_and_back production -c profile=production
    change_and_back development -c profile=development
}

run_tests "$@"
