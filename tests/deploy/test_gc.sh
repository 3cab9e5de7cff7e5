#!/usr/bin/env bash
# Garbage collection: what nobody uses goes, and nothing else ever.
. "$(dirname "$0")/lib.sh"

bucket=cdk-hnb659fds-assets-123456789012-us-east-1
here=aws://123456789012/us-east-1
gc() { run "$DEMO" gc --app app --created-buffer-days 0 "$@"; }

# hash LETTER: the name of an asset.
hash() { printf '%064d' 0 | tr 0 "$1"; }
# put KEY: an object in the bucket.
put() { curl -sSf -X PUT "$server/$bucket/$1" -H 'Content-Type: text/plain' -d '8 bytes.' -o /dev/null || fail "put $1"; }
keys() { aws s3api list-objects-v2 --bucket $bucket --query 'Contents[].Key' --output text | tr '\t\n' '  ' | sed 's/ *$//; s/^None$//'; }
mark_of() { aws s3api get-object-tagging --bucket $bucket --key "$1" --query "TagSet[?Key=='aws-cdk:isolated'].Value" --output text; }
mark() { aws s3api put-object-tagging --bucket $bucket --key "$1" --tagging "TagSet=[{Key=aws-cdk:isolated,Value=$(date -d "$2" +%s)000},{Key=team,Value=web}]" || fail "mark $1"; }
# uses NAME LETTER STATUS: a stack that refers to an asset.
uses() {
    control stack "{ \"name\": \"$1\", \"status\": \"$3\", \"template\": { \"Resources\": { \"T\": { \"Type\": \"AWS::SNS::Topic\",
        \"Properties\": { \"DisplayName\": { \"Fn::Sub\": \"s3://\${AWS::AccountId}/$(hash "$2").zip\" } } } } } }"
}
bootstrap_stack() {
    control stack "{ \"name\": \"${1:-CDKToolkit}\", \"status\": \"CREATE_COMPLETE\", \"template\": { \"Resources\": { \"T\": { \"Type\": \"AWS::SNS::Topic\" } },
        \"Outputs\": { \"BucketName\": { \"Value\": \"$bucket\" }, \"BootstrapVersion\": { \"Value\": \"33\" } } } }"
}
start() {
    bootstrap_stack
    assembly <<<'{ "App": { "resources": { "T": "AWS::SNS::Topic" } } }'
}

test_unused_assets_go() {
    start
    uses One a CREATE_COMPLETE
    put "$(hash a).zip"
    put "$(hash b).zip"
    put "prefix/$(hash c).json"
    gc --yes
    expect_status 0
    expect_no_out
    expect_err_has "$bucket: 3 assets, 2 of them unused (16 bytes), after a look at 2 stacks"
    expect_err_has 'deleted 2 assets (16 bytes)'
    expect_equal "$(keys)" "$(hash a).zip"
    gc --yes
    expect_status 0
    expect_err_has '1 asset, 0 of them unused'
    expect_equal "$(look calls 'sum(c[1] == "POST" and "s3" == c[0] for c in j)')" 1 'deletions'
}

test_whatever_state_a_stack_is_in_its_assets_stay() {
    start
    local letter=0
    for state in CREATE_COMPLETE UPDATE_COMPLETE UPDATE_ROLLBACK_COMPLETE ROLLBACK_COMPLETE ROLLBACK_FAILED CREATE_FAILED DELETE_FAILED IMPORT_COMPLETE; do
        uses "S$letter" $letter $state
        put "$(hash $letter).zip"
        letter=$((letter + 1))
    done
    put "$(hash f).zip"
    gc --yes
    expect_status 0
    expect_err_has "9 assets, 1 of them unused"
    expect_equal "$(keys | wc -w)" 8
    # A stack that is gone needs nothing.
    aws cloudformation delete-stack --stack-name S0
    wait_for eval '[ "$(status_of S0)" = none ]'
    gc --yes
    expect_err_has 'deleted 1 asset'
}

test_pending_change_sets_count() {
    start
    put "$(hash a).zip"
    put "$(hash b).zip"
    put "$(hash d).zip"
    uses Standing d CREATE_COMPLETE
    template="{ \"Resources\": { \"T\": { \"Type\": \"AWS::SNS::Topic\", \"Properties\": { \"DisplayName\": \"$(hash a)\" } } } }"
    aws cloudformation create-change-set --stack-name New --change-set-name c --change-set-type CREATE --template-body "$template" >/dev/null
    aws cloudformation create-change-set --stack-name Standing --change-set-name c --template-body "${template//$(hash a)/$(hash b)}" >/dev/null
    expect_stack New REVIEW_IN_PROGRESS
    gc --yes
    expect_status 0
    expect_err_has '3 assets, 0 of them unused'
    expect_equal "$(keys | wc -w)" 3
}

test_parameters_count() {
    start
    put "$(hash a).zip"
    control stack "{ \"name\": \"P\", \"status\": \"CREATE_COMPLETE\", \"template\": { \"Parameters\": { \"Key\": { \"Type\": \"String\", \"Default\": \"$(hash a).zip\" } },
        \"Resources\": { \"T\": { \"Type\": \"AWS::SNS::Topic\" } } } }"
    gc --yes
    expect_equal "$(keys)" "$(hash a).zip"
}

test_what_the_app_uses_stays() {
    bootstrap_stack
    mkdir function
    echo 1 >function/index.js
    assembly <<<'{ "App": { "assets": ["function"], "resources": { "T": "AWS::SNS::Topic" } } }'
    run "$DEMO" publish-assets --app app --all
    expect_status 0
    put "$(hash b).zip"
    gc --yes
    expect_status 0
    expect_err_has '3 assets, 1 of them unused'
    expect_equal "$(keys | wc -w)" 2
}

test_what_is_no_asset_is_left_alone() {
    start
    put notes.txt
    put "$(hash a)b.zip"
    put "$(hash b)-copy"
    put deploy-time/
    gc --yes
    expect_status 0
    expect_err_has '0 assets, 0 of them unused'
    expect_err_has '4 objects are not named as assets are, and left alone'
    expect_equal "$(keys | wc -w)" 4
}

test_print_only_looks() {
    start
    put "$(hash a).zip"
    uses One b CREATE_COMPLETE
    put "$(hash b).zip"
    gc --action print
    expect_status 0
    grep -qE "^$(hash a).zip  [0-9T:.Z+-]+  8 bytes$" "$work/out" || fail 'the unused asset is not listed'
    expect_equal "$(wc -l <"$work/out")" 1
    expect_equal "$(keys | wc -w)" 2
    expect_equal "$(mark_of "$(hash a).zip")" ''
}

test_what_is_young_is_left_alone() {
    start
    put "$(hash a).zip"
    run "$DEMO" gc --app app --yes
    expect_status 0
    expect_err_has '1 asset, 0 of them unused'
    expect_equal "$(keys)" "$(hash a).zip"
}

test_tags_wait_for_their_days() {
    start
    for letter in a b c d e; do put "$(hash $letter).zip"; done
    uses One d CREATE_COMPLETE
    uses Two e CREATE_COMPLETE
    mark "$(hash b).zip" '40 days ago'
    mark "$(hash c).zip" '2 days ago'
    mark "$(hash d).zip" '40 days ago'
    aws s3api put-object-tagging --bucket $bucket --key "$(hash e).zip" --tagging 'TagSet=[{Key=aws-cdk:isolated,Value=1}]'
    gc --yes --rollback-buffer-days 30
    expect_status 0
    expect_err_has '5 assets, 3 of them unused'
    expect_err_has 'deleted 1 asset (8 bytes)'
    expect_err_has 'tagged as unused 1 asset (8 bytes)'
    expect_err_has 'in use again, and no longer tagged: 2 assets (16 bytes)'
    expect_equal "$(keys)" "$(hash a).zip $(hash c).zip $(hash d).zip $(hash e).zip"
    [ -n "$(mark_of "$(hash a).zip")" ] || fail 'what is unused is not tagged'
    expect_equal "$(mark_of "$(hash d).zip")$(mark_of "$(hash e).zip")" ''
    # Other tags stay.
    expect_equal "$(aws s3api get-object-tagging --bucket $bucket --key "$(hash d).zip" --query 'TagSet[].Key' --output text)" team
    gc --yes --rollback-buffer-days 30
    expect_equal "$(keys | wc -w)" 4
    gc --yes --rollback-buffer-days 1
    expect_equal "$(keys)" "$(hash a).zip $(hash d).zip $(hash e).zip"
}

test_tag_and_delete_tagged() {
    start
    put "$(hash a).zip"
    gc --action delete-tagged --yes
    expect_equal "$(keys)" "$(hash a).zip"
    gc --action tag
    expect_status 0
    expect_err_has 'tagged as unused 1 asset'
    expect_equal "$(keys)" "$(hash a).zip"
    gc --action delete-tagged --yes
    expect_status 0
    expect_equal "$(keys)" ''
}

test_it_asks() {
    start
    put "$(hash a).zip"
    gc
    expect_failure 'there is no terminal to ask whether to delete 1 asset; --yes does not ask'
    with_terminal n "$DEMO" gc --app app --created-buffer-days 0
    expect_status 1
    expect_out_has "Delete 1 asset (8 bytes) from $bucket?"
    expect_equal "$(keys)" "$(hash a).zip"
    with_terminal y "$DEMO" gc --app app --created-buffer-days 0
    expect_status 0
    expect_equal "$(keys)" ''
}

test_a_stack_that_changes_before_the_answer() {
    start
    put "$(hash a).zip"
    need_terminal
    # After the question, and before anything is deleted, somebody else deploys.
    : >"$work/out"
    status=0
    {
        until grep -q '(y/n)' "$work/out"; do sleep 0.1; done
        uses Late a CREATE_COMPLETE
        printf 'y\n'
    } | script -qec "$(printf '%q ' "$DEMO" gc --app app --created-buffer-days 0)" /dev/null >"$work/out" 2>"$work/err" || status=$?
    expect_status 1
    expect_out_has "stack 'Late' has changed since it was looked at; nothing was deleted"
    expect_equal "$(keys)" "$(hash a).zip"
}

test_not_while_stacks_may_go_back() {
    start
    put "$(hash a).zip"
    for state in UPDATE_IN_PROGRESS UPDATE_ROLLBACK_FAILED UPDATE_FAILED DELETE_IN_PROGRESS; do
        uses Busy b CREATE_COMPLETE
        control stack "{ \"name\": \"Busy\", \"status\": \"$state\" }"
        gc --yes
        expect_failure "stack 'Busy' is $state: it may go back to assets that its template no longer refers to"
    done
    gc --action print
    expect_status 0
    expect_equal "$(keys)" "$(hash a).zip"
    gc --yes --force
    expect_status 0
    expect_equal "$(keys)" ''
}

test_what_cannot_be_seen_keeps_everything() {
    start
    uses One a CREATE_COMPLETE
    put "$(hash b).zip"
    control faults '[{ "action": "GetTemplate", "stack": "One", "fault": "denied", "times": 9 }]'
    gc --yes
    expect_failure "cannot see what stack 'One' uses"
    control faults '[{ "action": "ListChangeSets", "fault": "denied", "times": 9 }]'
    gc --yes
    expect_failure 'cannot see the change sets of stack'
    control faults '[{ "action": "DescribeStacks", "fault": "expired", "times": 9 }]'
    gc --yes
    expect_failure 'the credentials have expired'
    control faults '[{ "service": "s3", "action": "POST", "fault": "denied", "times": 9 }]'
    gc --yes
    expect_failure "cannot delete from bucket '$bucket'"
    expect_equal "$(keys)" "$(hash b).zip"
    control faults '[{ "action": "GetTemplate", "fault": "throttle", "times": 1 }]'
    gc --yes
    expect_status 0
    expect_equal "$(keys)" ''
}

test_other_bootstraps() {
    assembly <<<'{ "App": { "resources": { "T": "AWS::SNS::Topic" } } }'
    gc --yes
    expect_failure "account 123456789012 in us-east-1 has no stack 'CDKToolkit' with a staging bucket"
    expect_err_has "'tango-infra bootstrap aws://123456789012/us-east-1' makes it"
    bootstrap_stack Mine
    put "$(hash a).zip"
    gc --no-confirm --bootstrap-stack-name Mine $here
    expect_status 0
    expect_equal "$(keys)" ''
    gc --yes aws://999999999999/us-east-1
    expect_failure 'the credentials are for account 123456789012, but'
}

test_no_network() {
    start
    printf '#!/bin/sh\necho "Could not connect to the endpoint URL: \\"http://localhost:1/\\"" >&2\nexit 255\n' >"$work/bin/aws"
    gc --yes
    expect_failure 'Could not connect to the endpoint URL'
}

test_wrong_use() {
    start
    for days in x -1 1.5 '' 999999; do
        gc --rollback-buffer-days="$days"
        expect_status 2
        expect_err_has "'--rollback-buffer-days $days' is not a number of days"
    done
    gc --action nothing
    expect_status 2
    gc somewhere
    expect_status 2
    expect_err_has "'somewhere' is not of the form aws://ACCOUNT/REGION"
    expect_equal "$(look calls 'len([c for c in j if c[1] != "CreateStack"])')" 0
}

test_json() {
    start
    uses One a CREATE_COMPLETE
    put "$(hash a).zip"
    put "$(hash b).zip"
    gc --action print --json
    expect_status 0
    expect_equal "$(json "$work/out" '[j["version"], [(e["account"], e["region"], e["bucket"], e["assets"], [(u["key"], u["bytes"]) for u in e["unused"]]) for e in j["environments"]]]')" \
        "[1, [[\"123456789012\", \"us-east-1\", \"$bucket\", 2, [[\"$(hash b).zip\", 8]]]]]"
    gc --yes --json
    expect_equal "$(json "$work/out" '[(e["deleted"], e["tagged"]) for e in j["environments"]]')" \
        '[[{"count": 1, "bytes": 8}, {"count": 0, "bytes": 0}]]'
    control reset
    gc --json
    expect_status 1
    expect_equal "$(json "$work/out" '["unused" in e or "has no stack" not in e["problem"] for e in j["environments"]]')" '[false]'
}

run_tests "$@"
