#!/usr/bin/env bash
# Ctrl-C, once and twice, with and without a terminal, and other signals.
. "$(dirname "$0")/lib.sh"

two='{ "New": { "resources": { "T": "AWS::SNS::Topic" } }, "Old": { "resources": { "T": "AWS::SNS::Topic", "U": "AWS::SNS::Topic" } },
    "Later": { "needs": ["New", "Old"], "resources": { "T": "AWS::SNS::Topic" } } }'

# A new stack and an update that both take as long as the test says.
long_deployment() {
    control stack '{ "name": "Old", "status": "CREATE_COMPLETE", "template": { "Resources": { "T": { "Type": "AWS::SNS::Topic" } } } }'
    control settings '{ "resource_seconds": 600 }'
    assembly <<<"$two"
}

until_both_change="until [ \"\$(curl -sS $server/_test/calls | grep -oE '\"($begins)\"' | grep -c .)\" = 2 ]; do sleep 0.1; done"

# starts COMMAND...: in the background, where no shell has made it deaf to Ctrl-C; its id is in $pid.
starts() {
    "$python" -I -S -c 'import os, signal, sys
for name in (signal.SIGINT, signal.SIGQUIT): signal.signal(name, signal.SIG_DFL)
os.execvp(sys.argv[1], sys.argv[1:])' "$@" >"$work/out" 2>"$work/err" </dev/null &
    pid=$!
}
ends() { status=0; wait "$pid" || status=$?; }

# No process that the program has started is left.
no_children_left() {
    local file
    for file in /proc/[0-9]*/environ; do
        [ "$({ tr '\0' '\n' <"$file"; } 2>/dev/null | grep -cxe AWS_CLI_AUTO_PROMPT=off -e "AWS_ENDPOINT_URL=$server")" != 2 ] || return 1
    done
}

# What was said, be it at a terminal or not.
expect_said() { cat "$work/out" "$work/err" | grep -qF -- "$1" || fail "nobody said: $1"; }

left_running() {
    expect_said 'New continues in CloudFormation'
    expect_said "Old continues in CloudFormation; 'demo watch Old --app app' follows it"
    expect_said 'Later  skipped: interrupted before anything was changed'
    expect_said 'running the same command again resumes from here'
    expect_equal "$(calls_of CancelUpdateStack)" 0
    wait_for no_children_left
    expect_stack New CREATE_IN_PROGRESS
    expect_stack Old UPDATE_IN_PROGRESS
    hurry
    deploy --all
    expect_status 0
    expect_clean
}

test_without_a_terminal() {
    long_deployment
    starts "$DEMO" deploy --app app --all --require-approval never
    wait_for_calls "$begins" 2
    kill -INT "$pid"
    ends
    expect_status 130
    left_running
}

test_sigterm() {
    long_deployment
    starts "$DEMO" deploy --app app --all --require-approval never
    wait_for_calls "$begins" 2
    kill -TERM "$pid"
    ends
    expect_status 143
    left_running
}

test_twice() {
    long_deployment
    control faults '[{ "action": "DescribeStackEvents", "fault": "timeout", "times": 99 }, { "action": "ExecuteChangeSet", "fault": "timeout", "times": 99 },
        { "action": "CreateStack", "fault": "timeout", "times": 99 }]'
    starts "$DEMO" deploy --app app --all --require-approval never
    wait_for_calls "$begins" 2
    kill -INT "$pid"
    wait_for grep -q 'interrupt again to exit at once' "$work/err"
    kill -INT "$pid"
    ends
    expect_status 130
    wait_for no_children_left
}

test_at_a_terminal_with_no() {
    long_deployment
    at_terminal 80x24 wait:Later "run:$until_both_change" \
        'send:\x03' 'wait:Cancel the 1 update that runs? (y/n)' 'send:n\n' -- "$DEMO" deploy --app app --all --require-approval never
    expect_status 130
    left_running
}

test_at_a_terminal_with_yes() {
    long_deployment
    at_terminal 80x24 wait:Later "run:$until_both_change" \
        'send:\x03' 'wait:(y/n)' 'send:y\n' 'wait:its update is being cancelled' \
        "run:curl -sSf -o /dev/null $server/_test/settings -d '{\"resource_seconds\": 0.02}' && curl -sSf -o /dev/null $server/_test/hurry -d null" \
        -- "$DEMO" deploy --app app --all --require-approval never
    expect_status 130
    expect_stack Old UPDATE_ROLLBACK_COMPLETE
    expect_stack New CREATE_COMPLETE
    expect_stack Later none
}

test_twice_at_a_terminal() {
    long_deployment
    at_terminal 80x24 wait:Later "run:$until_both_change" \
        'send:\x03' 'wait:(y/n)' 'send:\x03' -- "$DEMO" deploy --app app --all --require-approval never
    expect_status 130
    wait_for no_children_left
    expect_equal "$(calls_of CancelUpdateStack)" 0
}

# What was made for nothing is taken away before the program ends.
test_while_change_sets_are_made() {
    control settings '{ "change_set_seconds": 600 }'
    assembly <<<"$two"
    starts "$DEMO" deploy --app app --all --require-approval never --method change-set
    wait_for_calls DescribeChangeSet 2
    kill -INT "$pid"
    wait_for grep -q 'interrupt again to exit at once' "$work/err"
    hurry
    ends
    expect_status 130
    wait_for_stack New none
    wait_for_stack Old none
    expect_equal "$(calls_of "$begins")" 0
}

run_tests "$@"
