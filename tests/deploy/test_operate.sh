#!/usr/bin/env bash
# Commands for deployed stacks where nobody answers, and with the programs of both versions of the AWS CLI.
. "$(dirname "$0")/lib.sh"

# at_once VERIFY COMMAND...: runs the commands side by side, each with outputs of its own, and verifies each.
at_once() {
    local verify=$1 pids=() pid command
    shift
    for command; do
        mkdir "$work/${command// /_}"
        (
            work=$work/${command// /_}
            # shellcheck disable=SC2086
            run "$DEMO" ${command%% *} --app app ${command#* }
            "$verify"
        ) &
        pids+=($!)
    done
    for pid in "${pids[@]}"; do wait "$pid" || exit 1; done
}

# Options that an example gives are those that there are.
test_the_examples_in_the_documentation_are_understood() {
    local count=0 line
    while IFS= read -r line; do
        line=${line%%  #*}
        line=${line#*tango-infra }
        # shellcheck disable=SC2086
        run "$TANGO_INFRA" ${line%%)\"*} --help
        expect_status 0
        count=$((count + 1))
    done < <(grep -hE '^    .*tango-infra ' "$SOURCE_DIRECTORY"/docs/{operate,environments}.md)
    [ "$count" -gt 8 ] || fail 'there are no examples'
}

is_told_to_try_again() {
    expect_status 1
    expect_no_out
    expect_err_has 'running the same command again resumes from here'
}

test_nothing_answers() {
    assembly <<<"$shop"
    export AWS_ENDPOINT_URL=http://127.0.0.1:1
    at_once is_told_to_try_again 'drift Base' 'outputs Base' 'status Base' 'logs Base' 'watch Base' 'cancel Base' 'rollback Base'
}

has_no_credentials() {
    expect_status 1
    expect_err_has "'aws configure' or 'aws sso login' gives credentials"
}

test_nobody_has_signed_in() {
    assembly <<<"$shop"
    unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY
    at_once has_no_credentials 'drift Base' 'outputs Base' 'status Base' 'logs Base' 'watch Base' 'cancel Base' 'rollback Base'
}

ends_well() {
    expect_status 0
    ! grep -q 'error\|warning' "$work/err" || fail 'something is wrong'
    grep -q 'Base' "$work/out" "$work/err" || fail 'nothing is said about the stack'
}

# Times, pages and names as each version writes them.
with_version() {
    use_aws "$1" || skip "version $1 of the AWS CLI is not installed"
    assembly <<<"$shop"
    control stack '{ "name": "Base", "status": "CREATE_COMPLETE", "template": { "Resources": { "Queue": { "Type": "AWS::SQS::Queue" } },
        "Outputs": { "QueueUrl": { "Value": { "Ref": "Queue" } } } } }'
    at_once ends_well 'drift Base' 'outputs Base' 'status Base' 'logs Base' 'watch Base'
    grep -qE '^Base  +CREATE_COMPLETE  [0-9]+ s' "$work/status_Base/out" || fail 'the age is not known'
    grep -qE '^20[0-9-]+ [0-9:]+  CREATE_COMPLETE ' "$work/logs_Base/out" || fail 'times are not known'
    grep -q 'began [0-9]* s ago' "$work/watch_Base/err" || fail 'the last operation is not known'
}

test_version_1() { with_version 1; }
test_version_2() { with_version 2; }

run_tests "$@"
