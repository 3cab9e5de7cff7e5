#!/usr/bin/env bash
# What a stack has beside its template: protection against deletion, tags, topics, the role.
. "$(dirname "$0")/lib.sh"

one='{ "A": { "resources": { "T": "AWS::SNS::Topic" }, "tags": { "team": "web" } } }'
protected='{ "A": { "resources": { "T": "AWS::SNS::Topic" }, "protected": true } }'
open_='{ "A": { "resources": { "T": "AWS::SNS::Topic" } } }'
is_protected() { look stacks 'j["A"]["protected"]'; }

test_protection_of_the_app() {
    assembly <<<"$protected"
    deploy --all
    expect_status 0
    expect_equal "$(is_protected)" true
    run "$DEMO" destroy --app app --all --force
    expect_failure 'it is protected against deletion'
    expect_err_has 'aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name A'
    expect_stack A CREATE_COMPLETE
}

# Somebody may have protected it by hand; what goes is asked for, and is a destructive change.
test_protection_stays_until_it_is_taken_away() {
    assembly <<<"$protected"
    deploy --all
    assembly <<<"$open_"
    deploy --all
    expect_status 0
    expect_err_has 'it stays protected against deletion, which the app does not ask for; --no-termination-protection takes the protection away'
    expect_err_has 'no changes'
    expect_equal "$(is_protected)" true
    run "$DEMO" deploy --app app --all --no-termination-protection --dry-run
    expect_status 0
    expect_out_has 'changed of the stack: TerminationProtection'
    run "$DEMO" deploy --app app --all --no-termination-protection --require-approval destructive
    expect_failure 'its changes need approval'
    expect_err_has 'Setting TerminationProtection: true to false'
    expect_equal "$(is_protected)" true
    run "$DEMO" deploy --app app --all --no-termination-protection --require-approval destructive --yes
    expect_status 0
    expect_equal "$(is_protected)" false
    expect_clean
    deploy --all --no-termination-protection
    expect_err_has 'no changes'
    expect_equal "$(grep -c 'stays protected' "$work/err")" 0
}

test_protection_of_the_command_line() {
    assembly <<<"$open_"
    deploy --all --termination-protection
    expect_status 0
    expect_equal "$(is_protected)" true
    deploy --all --termination-protection
    expect_err_has 'no changes'
    assembly <<<"$(json_edit "$open_" 'j["A"]["resources"]["U"] = "AWS::SNS::Topic"')"
    deploy --all --method direct
    expect_status 0
    expect_equal "$(is_protected)" true
}

test_tags_are_changes() {
    assembly <<<"$one"
    deploy --all
    assembly <<<"$(json_edit "$one" 'j["A"]["tags"] = { "team": "api", "cost": "7" }')"
    run "$DEMO" diff --app app --fail
    expect_status 2
    expect_out_has 'Setting Tags.team: web to api'
    expect_out_has 'Setting Tags.cost: 7'
    run "$DEMO" deploy --app app --all --dry-run
    expect_out_has 'added of the stack: Tags.cost'
    expect_out_has 'changed of the stack: Tags.team'
    run "$DEMO" deploy --app app --all --require-approval any-change
    expect_failure 'its changes need approval'
    expect_err_has 'Setting Tags.team'
    deploy --all
    expect_status 0
    run "$DEMO" diff --app app --fail
    expect_status 0
}

test_topics_and_role_are_changes() {
    assembly <<<"$open_"
    deploy --all
    run "$DEMO" deploy --app app --all --dry-run --notification-arns arn:aws:sns:us-east-1:123456789012:one
    expect_out_has 'added of the stack: NotificationARNs'
    run "$DEMO" deploy --app app --all --dry-run --role-arn arn:aws:iam::123456789012:role/mine --force
    expect_out_has 'changed of the stack: RoleARN'
}

run_tests "$@"
