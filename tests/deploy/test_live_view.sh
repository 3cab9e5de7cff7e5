#!/usr/bin/env bash
# What a person sees at a terminal while stacks change, and what a pipe gets.
. "$(dirname "$0")/lib.sh"

six='{ "Network": { "resources": { "T": "AWS::SNS::Topic", "U": { "Type": "AWS::SNS::Topic", "DependsOn": "T" } } }, "Media": { "resources": { "T": "AWS::SNS::Topic" } },
    "Application": { "needs": ["Network", "Media"], "resources": { "AVeryLongLogicalIdThatNoTerminalHasRoomFor": "AWS::SNS::Topic", "U": "AWS::SNS::Topic" } },
    "Frontend": { "needs": ["Application"], "resources": { "T": "AWS::SNS::Topic" } }, "Events": { "needs": ["Application"], "resources": { "T": "AWS::SNS::Topic" } },
    "Observability": { "needs": ["Events"], "resources": { "T": "AWS::SNS::Topic" } } }'
sgr=$'\033['

# What ends the slowness of a test, for a terminal's step.
go_on="run:curl -sSf -o /dev/null $server/_test/settings -d '{\"resource_seconds\": 0.3}' && curl -sSf -o /dev/null $server/_test/hurry -d null"

# deploy_at SIZE STEP...: the six stacks, two of which go wrong; they change when the steps are done.
deploy_at() {
    control settings '{ "resource_seconds": 600, "failures": [{ "stack": "Events", "resource": "T", "reason": "the name is taken" }] }'
    assembly <<<"$six"
    at_terminal "$@" "$go_on" -- "$DEMO" deploy --app app --all --require-approval never
    expect_status 1
}

# Failures and results stay in the order in which they came; the live view is gone.
expect_result() {
    expect_out_has 'Events/T/Resource (AWS::SNS::Topic): the name is taken'
    expect_out_has 'the stack is ROLLBACK_COMPLETE now'
    expect_out_has "skipped: it has to wait for 'Events', which did not get through"
    expect_equal "$(grep -c 'done in .*CREATE_COMPLETE' "$work/out")" 4
    expect_out_has 'tango-infra: 1 stack failed, 1 skipped, of 6'
    ! grep -q '\[[#.]*\]' "$work/out" || fail 'the live view is still there'
    ! grep -qE '(querying the stacks|making a change set|waiting for other stacks)' "$work/out" || fail 'the live view is still there'
}

# Of what was drawn and taken away again no line was too long for the terminal.
expect_drawn_within() {
    "$python" -I -S - "$work/err" "$1" <<'END' || fail 'a line of the live view is too long'
import re, sys
text = re.sub(r"\033\[[0-9;]*[mA]", "", open(sys.argv[1], newline="").read())
drawn = [line for line in re.findall(r"([^\033\r\n]*)\033\[K\r\n", text)
         if re.search(r"\[[#.]+\]|waiting for other|looking at what|making a change", line)]
assert len(drawn) > 1, len(drawn)
sys.exit(max(map(len, drawn)) >= int(sys.argv[2]))
END
}

test_80_columns() {
    deploy_at 80x24 'wait:Network        [....................]   0/2' 'wait:AWS::SNS::Topic T for '
    expect_result
    expect_drawn_within 80
    grep -qF "$sgr"'31mfailed: ' "$work/err" || fail 'failures are not red'
}

# Of what is too long for the line the beginning is shown.
test_a_long_name() {
    control settings '{ "resource_seconds": 600 }'
    assembly <<<"$(json_edit "$six" 'j = { "Application": j["Application"] }; del j["Application"]["needs"]')"
    at_terminal 80x24 'wait:AWS::SNS::Topic AVery' "$go_on" -- "$DEMO" deploy --app app --all --require-approval never
    expect_status 0
    expect_drawn_within 80
}

test_40_columns() {
    deploy_at 40x24 'wait:Network        [......]   0/2' 'wait:Media          [......]'
    expect_drawn_within 40
}

# With fewer rows than stacks, what changes is shown and the rest is counted.
test_a_low_window() {
    deploy_at 80x5 'wait:and '
    expect_result
}

test_a_window_that_shrinks_and_grows() {
    deploy_at 100x24 'wait:Network        [' size:40x24 'wait:Application ' size:120x30
    expect_result
}

# What a person has to decide about is there in whole, and no line of it goes on in the next row.
test_the_table_to_be_approved() {
    local width fact
    assembly <<<'{ "A": { "resources": { "BackendServiceTaskDefinitionTaskRole": { "Type": "AWS::IAM::Role", "Properties": {
        "AssumeRolePolicyDocument": { "Statement": [{ "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "Service": "ecs-tasks.amazonaws.com" } }] },
        "Policies": [{ "PolicyName": "P", "PolicyDocument": { "Statement": [{ "Effect": "Allow", "Action": ["s3:GetObject*", "s3:PutObjectVersionTagging"],
            "Resource": "arn:aws:s3:::a-bucket-with-a-very-long-name-that-somebody-chose/and/a/prefix/*",
            "Condition": { "StringEquals": { "aws:SourceAccount": "123456789012" } } }] } }] } } } } }'
    for width in 80 100; do
        at_terminal "${width}x60" 'wait:(y/n)' 'send:n\r' -- "$DEMO" deploy --app app --all
        expect_status 1
        sed -n '1,/(y\/n)/p' "$work/out" >"$work/question"
        for fact in sts:AssumeRole ecs-tasks.amazonaws.com s3:PutObjectVersionTagging somebody-chose/ 'and/a/prefix/*' '"aws:SourceAccount": "123456789012"'; do
            grep -qF -- "$fact" "$work/question" || fail "$width columns lack $fact"
        done
        expect_equal "$(json "$work/terminal" 'j["wrapped"]')" 0 "lines that go on in the next row at $width columns"
    done
}

test_no_color() {
    export NO_COLOR=1
    deploy_at 80x24 'wait:Network        ['
    expect_result
    ! grep -qE "$(printf '\033')"'\[[0-9;]*m' "$work/err" || fail 'there are colors'
}

# A terminal that cannot move its cursor gets lines.
test_a_dumb_terminal() {
    export TERM=dumb
    deploy_at 80x24 'wait:Network        creating'
    ! grep -q "$(printf '\033')" "$work/err" || fail 'there are escape sequences'
    expect_out_has 'Network        creating 2 resources'
}

test_progress() {
    assembly <<<'{ "A": { "resources": { "T": "AWS::SNS::Topic" } } }'
    at_terminal 80x24 -- "$DEMO" deploy --app app --all --require-approval never --progress events
    expect_status 0
    expect_out_has '1/1  CREATE_COMPLETE     AWS::SNS::Topic'
    control reset
    control bootstrap
    at_terminal 80x24 -- "$DEMO" deploy --app app --all --require-approval never --progress errors-only
    expect_status 0
    expect_equal "$(grep -c CREATE_COMPLETE "$work/out")" 1
    control reset
    control bootstrap
    deploy --all --progress bar
    expect_status 0
    expect_err_has '1/1  CREATE_COMPLETE     AWS::SNS::Topic'
    ! grep -q "$(printf '\033')" "$work/err" || fail 'a pipe gets escape sequences'
}

# In a log, everything of a stack begins with its name. CI gets the same, and results alone on standard output.
test_lines() {
    assembly <<<"$shop"
    deploy --all
    expect_status 0
    expect_equal "$(grep -vcE '^(Base |Media|Api  |Web  |     )  |^deployed in ' "$work/err")" 0
    control reset
    control bootstrap
    export CI=true
    deploy --all
    expect_status 0
    expect_err_has 'Base   creating 2 resources'
    expect_equal "$(grep -vcE '^(Base|Media|Api|Web)\.[A-Za-z]+ = |^arn:' "$work/out")" 0 'lines of results'
}

test_ci_gets_lines_at_a_terminal() {
    export CI=true
    deploy_at 80x24 'wait:Network        creating'
    expect_out_has 'Network        creating 2 resources'
    expect_out_has 'tango-infra: 1 stack failed, 1 skipped, of 6'
    ! grep -q '\[[#.]*\]' "$work/out" || fail 'there is a live view'
}

run_tests "$@"
