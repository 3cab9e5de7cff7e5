#!/usr/bin/env bash
# tango-infra diff with what CloudFormation alone knows: change sets, drift, stacks in stacks.
. "$(dirname "$0")/lib.sh"

diff_app() { run "$DEMO" diff --app app "$@"; }
deployed() { # DESCRIPTION: deployed, and then forgotten by the list of calls
    assembly <<<"$1"
    deploy --all
    expect_status 0
}
expect_no_change_set_left() {
    expect_equal "$(look stacks '[n for n, s in j.items() if s["change_sets"] or s["status"] == "REVIEW_IN_PROGRESS"]')" '[]' 'change sets left'
}
# JSON on standard output is as its schema says.
expect_schema() {
    "$python" -c 'import jsonschema' 2>/dev/null || return 0
    "$python" -c 'import json, sys, jsonschema; jsonschema.Draft202012Validator(json.load(open(sys.argv[1]))).validate(json.load(open(sys.argv[2])))' \
        "$SOURCE_DIRECTORY/docs/diff.schema.json" "$work/out" || fail 'not as the schema says'
}
expect_first() { expect_equal "$(head -n $# "$work/out")" "$(printf '%s\n' "$@")" summary; }

pair='{
    "A": { "resources": { "Q": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "q", "DelaySeconds": 1 } }, "T": "AWS::SNS::Topic" } },
    "B": { "resources": { "T": "AWS::SNS::Topic" } } }'

test_plain() {
    deployed "$pair"
    assembly <<<"$(json_edit "$pair" 'j["A"]["resources"]["Q"]["Properties"]["DelaySeconds"] = 2; j["C"] = { "resources": { "T": "AWS::SNS::Topic" } }')"
    made=$(calls_of CreateChangeSet)
    diff_app
    expect_status 0
    expect_first 'A: 1 updated' 'B: no differences' 'C (new): 1 added'
    expect_equal "$(calls_of CreateChangeSet)" "$made" 'change sets'
    expect_equal "$(look calls '[c[2] for c in j if c[1] == "GetTemplate"][-3:].__len__()')" 3
    expect_stack C none
}

test_change_sets_are_made_beside_each_other_and_removed() {
    deployed "$pair"
    control settings '{ "change_set_seconds": 1 }'
    assembly <<<"$(json_edit "$pair" 'j["A"]["resources"]["Q"]["Properties"]["QueueName"] = "r"; j["B"]["resources"]["U"] = "AWS::SNS::Topic"; j["C"] = { "resources": { "T": "AWS::SNS::Topic" } }')"
    diff_app --change-set
    expect_status 0
    expect_first 'A: 1 replaced; data at stake in 1' 'B: 1 added' 'C (new): 1 added'
    expect_no_err
    expect_no_change_set_left
    expect_stack C none
    # Both are made before either is removed.
    expect_equal "$(look calls '[c[1] for c in j if "ChangeSet" in c[1] and c[1] != "DescribeChangeSet"][-4:]')" \
        '["CreateChangeSet", "CreateChangeSet", "DeleteChangeSet", "DeleteChangeSet"]'
    expect_stack A CREATE_COMPLETE
}

test_what_only_cloudformation_knows() {
    deployed "$pair"
    assembly <<<"$(json_edit "$pair" 'j["A"]["resources"]["Q"]["Properties"]["QueueName"] = "r"; j["A"]["resources"]["T"] = { "Type": "AWS::SNS::Topic", "Properties": { "DisplayName": "t" } }; j["A"]["outputs"] = { "O": "1" }')"
    control settings '{ "changes": { "A": [
        { "Action": "Modify", "LogicalResourceId": "Q", "ResourceType": "AWS::SQS::Queue", "Replacement": "Conditional", "Scope": ["Properties"], "Details": [
            { "Target": { "Attribute": "Properties", "Name": "QueueName", "RequiresRecreation": "Always" }, "Evaluation": "Dynamic",
              "ChangeSource": "ParameterReference", "CausingEntity": "Name" },
            { "Target": { "Attribute": "Properties", "Name": "KmsMasterKeyId", "RequiresRecreation": "Never" }, "Evaluation": "Dynamic",
              "ChangeSource": "ResourceAttribute", "CausingEntity": "Key.Arn" } ] },
        { "Action": "Modify", "LogicalResourceId": "Hidden", "ResourceType": "AWS::SNS::Subscription", "Replacement": "True", "Scope": ["Properties"], "Details": [
            { "Target": { "Attribute": "Properties", "Name": "TopicArn", "RequiresRecreation": "Always" }, "Evaluation": "Dynamic",
              "ChangeSource": "ResourceReference", "CausingEntity": "T" } ] },
        { "Action": "Modify", "LogicalResourceId": "Note", "ResourceType": "AWS::SNS::Topic", "Replacement": "False", "Scope": ["Metadata"], "Details": [
            { "Target": { "Attribute": "Metadata", "RequiresRecreation": "Never" }, "Evaluation": "Static", "ChangeSource": "DirectModification" } ] } ] } }'
    diff_app A
    expect_first 'A: 1 replaced, 1 updated, 1 outside of resources; data at stake in 1'
    diff_app A --change-set
    expect_status 0
    expect_first 'A: 1 replaced, 1 may be replaced, 1 left alone, 1 outside of resources; data at stake in 1'
    expect_out_has "[~] AWS::SQS::Queue Q Q may be replaced (data at stake: it is deleted) (by CloudFormation's change set)"
    expect_out_has "[~] KmsMasterKeyId (changes with Key.Arn) (says CloudFormation's change set)"
    expect_out_has "[~] AWS::SNS::Topic T T (CloudFormation's change set leaves it alone)"
    expect_out_has "[~] AWS::SNS::Subscription Hidden replace (only CloudFormation's change set knows)"
    expect_out_has '[~] TopicArn (changes with T) (requires replacement)'
    ! grep -q Note "$work/out" || fail 'metadata is shown'
    diff_app A --change-set --strict --format json
    expect_schema
    expect_equal "$(json "$work/out" '{r["id"]: [r.get("templateImpact"), r["impact"]] for r in j["stacks"][0]["resources"]}')" \
        '{"Q": ["replace", "mayReplace"], "T": ["update", "none"], "Hidden": ["none", "replace"], "Note": ["none", "update"]}'
    diff_app A --change-set --fail-on destructive
    expect_status 2
    expect_no_change_set_left
}

test_nothing_would_change() {
    deployed "$pair"
    assembly <<<"$(json_edit "$pair" 'j["A"]["resources"]["Q"]["Properties"]["QueueName"] = "r"')"
    # What is deployed is the same to CloudFormation: a parameter gave that name before.
    control settings '{ "changes": { "A": [] } }'
    diff_app A --change-set --fail-on destructive
    expect_status 0
    expect_first 'A: 1 left alone'
    diff_app B --change-set --fail
    expect_status 0
    expect_first 'B: no differences'
    expect_no_change_set_left
}

test_parameters_keep_their_values() {
    described='{ "P": { "resources": { "T": { "Type": "AWS::SNS::Topic", "Properties": { "DisplayName": { "Ref": "Title" } } } },
        "parameters": { "Title": { "Type": "String" } } } }'
    assembly <<<"$described"
    deploy --all --parameters Title=one
    assembly <<<"$(json_edit "$described" 'j["P"]["resources"]["U"] = "AWS::SNS::Topic"')"
    diff_app --change-set
    expect_status 0
    expect_first 'P: 1 added'
    assembly <<<"$(json_edit "$described" 'j["P"]["parameters"]["Other"] = { "Type": "String" }')"
    diff_app --change-set
    expect_status 1
    expect_err_has 'P: CloudFormation refuses the change: Parameters: [Other] must have values'
    expect_out_has 'P: 1 outside of resources (CloudFormation refuses the change'
    expect_no_change_set_left
    expect_equal "$(look stacks 'j["P"]["parameters"]')" '{"Title": "one"}'
}

test_long_templates_go_by_the_bucket() {
    deployed '{ "Big": { "resources": { "T": "AWS::SNS::Topic" } } }'
    assembly <<<'{ "Big": { "resources": { "T": "AWS::SNS::Topic", "U": "AWS::SNS::Topic" }, "padding": 60000 } }'
    diff_app --change-set
    expect_status 0
    expect_first 'Big: 1 added'
    expect_no_err
    expect_equal "$(look calls 'sum(c[0] == "s3" and c[1] == "PUT" for c in j)')" 1
    expect_no_change_set_left
}

# The app's own, which is never written to a directory.
test_long_templates_of_the_app() {
    mkdir -p "$work/temporary"
    export TMPDIR=$work/temporary
    run "$DEMO" deploy DemoWeb --exclusively --require-approval never -o app
    expect_status 0
    labels=$("$python" -c 'import json; print(json.dumps({ f"label{i}": "x" * 100 for i in range(300) }))')
    run "$DEMO" diff DemoWeb --exclusively --change-set -c labels="$labels"
    expect_status 0
    expect_first 'DemoWeb: 2 updated'
    expect_no_err
    expect_equal "$(look calls 'sum(c[0] == "s3" and c[1] == "PUT" for c in j)')" 1
    expect_no_change_set_left
    [ ! -e cdk.out ] || fail 'an assembly was written'
    [ -z "$(ls -d "$TMPDIR"/tango-infra.* 2>/dev/null)" ] || fail 'temporary files are left'
}

test_stacks_in_other_states() {
    deployed "$pair"
    assembly <<<"$(json_edit "$pair" 'j["A"]["resources"]["U"] = j["B"]["resources"]["U"] = "AWS::SNS::Topic"; j["C"] = { "resources": { "T": "AWS::SNS::Topic" } }')"
    control stack '{ "name": "B", "status": "UPDATE_ROLLBACK_FAILED" }'
    control stack '{ "name": "C", "status": "REVIEW_IN_PROGRESS" }'
    before=$(calls_of CreateChangeSet)
    diff_app --change-set
    expect_status 0
    expect_first 'A: 1 added' 'B: 1 added (there is no change set while it is UPDATE_ROLLBACK_FAILED)' 'C (new): 1 added'
    expect_equal "$(calls_of CreateChangeSet)" $((before + 1)) 'change sets'
}

test_drift() {
    local made
    deployed "$pair"
    made=$(calls_of CreateChangeSet)
    assembly <<<"$(json_edit "$pair" 'j["A"]["resources"]["Q"]["Properties"]["DelaySeconds"] = 2; j["C"] = { "resources": { "T": "AWS::SNS::Topic" } }')"
    control settings '{ "drift": { "A": { "Q": { "/DelaySeconds": ["1", "5"] }, "T": "DELETED" } } }'
    diff_app --drift
    expect_status 0
    expect_first 'A: 1 updated; 2 drifted' 'B: no differences' 'C (new): 1 added'
    expect_out_has '[~] AWS::SQS::Queue Q Q (drifted: modified)'
    expect_out_has ' └─ [~] /DelaySeconds'
    expect_out_has '     └─ [+] 5'
    expect_out_has '[-] AWS::SNS::Topic T T (drifted: deleted)'
    expect_out_has 'Number of stacks with differences: 2'
    expect_equal "$(calls_of CreateChangeSet)" "$made" 'change sets'
    diff_app A --drift --change-set --format json --format markdown=a.md --format html=a.html
    expect_schema
    expect_equal "$(json "$work/out" 'j["stacks"][0]["drift"]')" \
        '[{"id": "Q", "type": "AWS::SQS::Queue", "path": "Q", "drift": "modified", "properties": [{"path": "/DelaySeconds", "expected": "1", "actual": "5"}]}, {"id": "T", "type": "AWS::SNS::Topic", "path": "T", "drift": "deleted", "properties": []}]'
    expect_equal "$(json "$work/out" '[j["summary"]["drifted"], j["summary"]["differences"], j["stacks"][0]["resources"][0]["drift"]]')" '[2, 1, "modified"]'
    grep -q 'Drift' a.md && grep -q 'drifted: deleted' a.md || fail 'no drift in markdown'
    grep -q '<h3>Drift' a.html || fail 'no drift in HTML'
    # Drift is no difference, but it is shown.
    diff_app B --drift --fail
    expect_status 0
    control settings '{ "drift": { "B": { "T": { "/DisplayName": ["", "x"] } } } }'
    diff_app B --drift --fail
    expect_status 0
    expect_first 'B: no differences; 1 drifted'
    expect_out_has '[+] /DisplayName: x'
    expect_out_has 'Number of stacks with differences: 0'
    control settings '{ "drift_failures": { "B": "a type is unknown" } }'
    diff_app B --drift
    expect_status 0
    expect_first 'B: no differences; 1 drifted (its drift cannot be determined: a type is unknown)'
}

# nested KEY: a stack with one in it, whose template lies in the assembly and in the bucket.
nested() {
    cat >inner.json
    aws s3api put-object --bucket cdk-hnb659fds-assets-123456789012-us-east-1 --key "$1" --body inner.json >/dev/null || fail 'no template'
    assembly <<JSON
{ "A": { "resources": { "Inner": { "Type": "AWS::CloudFormation::Stack", "Metadata": { "aws:asset:path": "inner.json" },
    "Properties": { "TemplateURL": "https://s3.us-east-1.amazonaws.com/cdk-hnb659fds-assets-123456789012-us-east-1/$1" } } } } }
JSON
    cp inner.json app/inner.json
}

test_nested_stacks() {
    nested one.json <<<'{ "Resources": { "T": { "Type": "AWS::SNS::Topic", "Properties": { "DisplayName": "one" } } } }'
    diff_app
    expect_first 'A (new): 1 added' 'A/Inner (new): 1 added'
    deploy --all
    expect_status 0
    diff_app
    expect_first 'A: no differences' 'A/Inner: no differences'
    nested two.json <<<'{ "Resources": { "T": { "Type": "AWS::SNS::Topic", "Properties": { "DisplayName": "two" } } } }'
    diff_app --fail
    expect_status 2
    expect_first 'A: 1 updated' 'A/Inner: 1 updated'
    expect_out_has 'Stack A/Inner'
    expect_out_has '     └─ [+] two'
}

# Exports that vanish: whoever imports them is named, also stacks that are no part of this app.
test_exports_that_others_import() {
    mine='{ "A": { "resources": { "T": "AWS::SNS::Topic" }, "exports": { "a:one": "1", "a:two": "2", "a:three": "3" } } }'
    deployed "$mine"
    deployed '{ "Foreign": { "resources": { "T": { "Type": "AWS::SNS::Topic", "Properties": { "DisplayName": { "Fn::ImportValue": "a:two" } } } } } }'
    assembly <<<"$(json_edit "$mine" 'del j["A"]["exports"]["a:one"], j["A"]["exports"]["a:two"]')"
    diff_app
    expect_status 0
    expect_first 'A: 2 outside of resources; exports in use: 1'
    expect_out_has '[-] Export a:two (output Exportatwo) is removed while imported by Foreign: CloudFormation refuses that'
    expect_out_has '[-] Export a:one (output Exportaone)'
    control faults '[{ "action": "ListImports", "fault": "denied", "times": 9 }]'
    diff_app
    expect_status 0
    expect_first 'A: 2 outside of resources'
}

test_failures() {
    deployed "$pair"
    assembly <<<"$(json_edit "$pair" 'j["A"]["resources"]["U"] = "AWS::SNS::Topic"')"
    control faults '[{ "action": "CreateChangeSet", "fault": "denied" }]'
    diff_app A --change-set
    expect_status 0
    expect_out_has 'A: 1 added (CloudFormation makes no change set:'
    control faults '[{ "action": "CreateChangeSet", "fault": "throttle", "times": 2 }]'
    diff_app A --change-set
    expect_status 0
    expect_first 'A: 1 added'
    expect_no_change_set_left
    control faults '[{ "action": "DescribeChangeSet", "fault": "denied" }]'
    diff_app A --change-set
    expect_status 0
    expect_out_has 'A: 1 added (what became of the change set cannot be seen:'
    expect_no_change_set_left
    control faults '[{ "action": "DeleteChangeSet", "fault": "throttle", "times": 2 }]'
    diff_app A --change-set
    expect_first 'A: 1 added'
    expect_no_change_set_left
    # One stack fails while the other's change set is there.
    control faults '[{ "action": "GetTemplate", "stack": "B", "fault": "denied" }]'
    control settings '{ "change_set_seconds": 1 }'
    diff_app --change-set
    expect_failure 'B: cannot get the deployed template:'
    expect_no_change_set_left
    control faults '[{ "action": "DeleteChangeSet", "fault": "denied" }]'
    diff_app A --change-set
    expect_status 0
    expect_err_has "A: its change set 'tango-infra-diff-"
}

test_interrupt() {
    deployed "$pair"
    assembly <<<"$(json_edit "$pair" 'j["A"]["resources"]["U"] = "AWS::SNS::Topic"')"
    control settings '{ "change_set_seconds": 2 }'
    for signal in INT TERM; do
        before=$(calls_of CreateChangeSet)
        "$DEMO" diff --app app A --change-set >"$work/out" 2>"$work/err" &
        pid=$!
        until [ "$(calls_of CreateChangeSet)" -gt "$before" ]; do sleep 0.05; done
        kill -$signal $pid
        status=0
        wait $pid || status=$?
        expect_equal "$status" $((128 + $(kill -l $signal)))
        expect_no_out
        expect_no_change_set_left
    done
}

run_tests "$@"
