#!/usr/bin/env bash
# deploy --dry-run: what would happen, and nothing of it does.
. "$(dirname "$0")/lib.sh"

# dry_run ARGUMENT...: whatever it finds, it only asks.
dry_run() {
    local before
    before=$(look stacks 'j')
    run "$DEMO" deploy --app app --dry-run "$@"
    expect_equal "$(look stacks 'j')" "$before" 'the account after a dry run'
    expect_equal "$(look calls '[c for c in j if c[1] in ("CreateChangeSet", "ExecuteChangeSet", "CreateStack", "UpdateStack", "DeleteStack", "RollbackStack", "ContinueUpdateRollback", "UpdateTerminationProtection")]')" '[]' 'calls that change something'
    expect_equal "$(look calls '[c for c in j if c[0] == "s3" and c[1] != "GET"]')" '[]' 'uploads'
}

test_an_empty_account() {
    mkdir function
    echo 'exports.handler = async () => {}' >function/index.js
    assembly <<<"$(json_edit "$shop" 'j["Media"]["assets"] = ["function"]; j["Web"]["padding"] = 60000')"
    dry_run --all
    expect_status 0
    expect_equal "$(grep -oE '^([0-9]| )  [A-Z][a-z]+  +[0-9]+ created' "$work/out" | tr -s ' ')" "$(printf '1 Base 2 created\n Media 1 created\n2 Api 1 created\n3 Web 1 created')"
    expect_out_has 'upload function (as a zip) to cdk-hnb659fds-assets-123456789012-us-east-1'
    expect_out_has 'upload Web Template to'
    expect_out_has '4 of 4 stacks would change, in 3 steps; about '
}

test_the_estimate_depends_on_what_runs_side_by_side() {
    assembly <<<'{ "A": { "resources": { "D": "AWS::CloudFront::Distribution" } }, "B": { "resources": { "D": "AWS::CloudFront::Distribution" } } }'
    dry_run --all
    expect_out_has '2 of 2 stacks would change, in 1 step; about 4 min 20 s'
    expect_out_has 'about 4 min 20 s, most of it for AWS::CloudFront::Distribution'
    dry_run --all --concurrency 1
    expect_out_has 'in 1 step, at most 1 at a time; about 8 min 40 s'
    assembly <<<'{ "A": { "resources": { "D": "AWS::CloudFront::Distribution", "E": { "Type": "AWS::CloudFront::Distribution", "DependsOn": "D" },
        "F": { "Type": "AWS::CloudFront::Distribution", "Properties": { "Comment": { "Ref": "E" } } } } } }'
    dry_run --all
    expect_out_has 'about 12 min 20 s'
}

# Where lines have to break, they go on below what they are about.
test_a_narrow_terminal() {
    assembly <<<'{ "AStackWithALongName": { "resources": { "D": "AWS::CloudFront::Distribution" } } }'
    export COLUMNS=60
    dry_run --all
    expect_equal "$(cat "$work/out")" "1  AStackWithALongName  1 created; about 4 min 20 s, most of
                          it for
                          AWS::CloudFront::Distribution
1 of 1 stack would change, in 1 step; about 4 min 20 s"
}

test_what_changes_is_listed() {
    assembly <<<'{ "A": { "resources": { "Q": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "one" } }, "T": "AWS::SNS::Topic", "U": "AWS::SNS::Topic" } },
        "B": { "resources": { "T": "AWS::SNS::Topic" } } }'
    deploy --all
    expect_status 0
    assembly <<<'{ "A": { "resources": { "Q": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "two" } }, "T": { "Type": "AWS::SNS::Topic", "Properties": { "DisplayName": "x" } },
        "V": "AWS::SNS::Topic" } }, "B": { "resources": { "T": "AWS::SNS::Topic" } } }'
    control forget
    dry_run --all
    expect_status 0
    expect_out_has '1  A  1 updated, 1 created, 1 replaced, 1 deleted; about '
    expect_out_has 'replaced: AWS::SQS::Queue Q'
    expect_out_has 'deleted: AWS::SNS::Topic U'
    expect_out_has 'B  no changes'
    expect_out_has '1 of 2 stacks would change, in 1 step'
}

test_nothing_to_do() {
    assembly <<<'{ "A": { "resources": { "T": "AWS::SNS::Topic" } } }'
    deploy --all
    control forget
    dry_run --all
    expect_status 0
    expect_out_has 'nothing to change in 1 stack'
}

test_states_that_need_a_treatment() {
    local body='{ "Resources": { "T": { "Type": "AWS::SNS::Topic" } } }'
    control stack "{ \"name\": \"Old\", \"status\": \"ROLLBACK_COMPLETE\", \"template\": $body }"
    control stack "{ \"name\": \"Busy\", \"status\": \"UPDATE_IN_PROGRESS\", \"template\": $body }"
    assembly <<<'{ "Old": { "resources": { "T": "AWS::SNS::Topic", "U": "AWS::SNS::Topic" } }, "Busy": { "resources": { "T": "AWS::SNS::Topic", "U": "AWS::SNS::Topic" } } }'
    dry_run --all
    expect_status 0
    expect_out_has 'Old   2 created'
    expect_out_has 'it is ROLLBACK_COMPLETE: what is left of it is deleted first'
    expect_out_has 'Busy  1 created'
    expect_out_has 'it is UPDATE_IN_PROGRESS: that is waited for'
}

test_what_cannot_be_deployed_is_said() {
    assembly <<<"$shop"
    deploy --all
    control forget
    changed_shop 'del j["Base"]["exports"]; j["Api"]["resources"]["Topic"] = "AWS::SNS::Topic"'
    dry_run Base --exclusively
    expect_failure "its export 'Base:Queue' would be removed, but is still in use by 'Api'"
    control reset
    dry_run --all
    expect_failure 'account 123456789012 is not bootstrapped in us-east-1'
}

test_json() {
    assembly <<<"$shop"
    run "$DEMO" deploy --app app --all --dry-run --format json
    expect_status 0
    expect_equal "$(json "$work/out" '[j["version"], j["steps"], [(s["stack"], s["action"], s["step"]) for s in j["stacks"]]]')" \
        '[1, 3, [["Base", "create", 1], ["Media", "create", 1], ["Api", "create", 2], ["Web", "create", 3]]]'
    expect_equal "$(json "$work/out" 'sorted((r["id"], r["type"], r["impact"]) for r in j["stacks"][0]["resources"])')" \
        '[["Queue", "AWS::SQS::Queue", "create"], ["Topic", "AWS::SNS::Topic", "create"]]'
    expect_equal "$(json "$work/out" 'set(f["present"] for f in j["files"]) <= {False} and j["seconds"] > 0')" true
    CI=true run "$DEMO" deploy --app app --all --dry-run --format json
    expect_whole "$work/out"
    deploy --all
    run "$DEMO" deploy --app app --all --dry-run --format json
    expect_equal "$(json "$work/out" '[j["steps"], [(s["action"], s["status"]) for s in j["stacks"]]]')" \
        '[0, [["none", "CREATE_COMPLETE"], ["none", "CREATE_COMPLETE"], ["none", "CREATE_COMPLETE"], ["none", "CREATE_COMPLETE"]]]'
    run "$DEMO" deploy --app app --all --dry-run --format markdown
    expect_usage_error "'--dry-run' prints its plan as text or json, on standard output"
    run "$DEMO" deploy --app app --all --dry-run --format json=plan.json
    expect_usage_error "'--dry-run' prints its plan as text or json, on standard output"
}

run_tests "$@"
