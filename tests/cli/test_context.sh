#!/usr/bin/env bash
# Where context comes from, which source wins, and the command `context`.
. "$(dirname "$0")/lib.sh"

# The description of the stacks shows the setting "title".
title() {
    "$DEMO" synth --quiet --no-lookups "$@" || fail "synth $*"
    json cdk.out/DemoWeb.template.json 'j.get("Description")'
}

# Every stack that has topics shows the setting "labels".
labels() {
    "$DEMO" synth --quiet "$@" || fail "synth $*"
    json cdk.out/DemoWeb.template.json 'j["Resources"]["Topic0"]["Properties"]["Labels"]'
}

test_precedence() {
    expect_equal "$(title)" '"Demo stacks"'
    echo '{ "context": { "title": "user" } }' >"$HOME/.cdk.json"
    expect_equal "$(title)" '"user"'
    echo '{ "title": "looked up" }' >cdk.context.json
    expect_equal "$(title)" '"looked up"'
    echo '{ "context": { "title": "project" } }' >cdk.json
    expect_equal "$(title)" '"project"'
    expect_equal "$(title -c title=first -c title=option)" '"option"'
    export CDK_CONTEXT_JSON='{ "title": "environment" }'
    expect_equal "$(title -c title=option)" '"environment"'
    echo '{ "title": "overflow" }' >"$work/overflow.json"
    export CONTEXT_OVERFLOW_LOCATION_ENV=$work/overflow.json
    expect_equal "$(title -c title=option)" '"overflow"'
}

test_objects_of_files_are_merged() {
    echo '{ "context": { "labels": { "a": "user", "b": "user", "c": "user" } } }' >"$HOME/.cdk.json"
    echo '{ "labels": { "b": "looked up", "c": "looked up" } }' >cdk.context.json
    echo '{ "context": { "labels": { "c": "project" } } }' >cdk.json
    expect_equal "$(labels)" '{"a": "user", "b": "looked up", "c": "project"}'
    expect_equal "$(labels -c 'labels={"d":"option"}')" '{"d": "option"}'
    expect_equal "$(CDK_CONTEXT_JSON='{"labels":{"e":"environment"}}' labels)" '{"e": "environment"}'
}

test_as_the_cdks_app_files_are_left_to_the_cdk() {
    echo 'not json' >cdk.json
    echo '{ "title": "looked up" }' >cdk.context.json
    export CDK_OUTDIR=$work/out.cdk CDK_CONTEXT_JSON='{ "title": "environment", "aws:cdk:enable-path-metadata": true }'
    demo synth
    expect_status 0
    expect_no_out
    expect_equal "$(json "$work/out.cdk/DemoWeb.template.json" 'j["Description"]')" '"environment"'
    grep -q aws:cdk:path "$work/out.cdk/DemoWeb.template.json" || fail 'no path metadata'
    expect_no_file cdk.out
}

test_as_the_cdks_app_nothing_is_printed() {
    export CDK_OUTDIR=$work/out.cdk CI=true
    demo synth DemoWeb -c warn=true
    expect_status 0
    expect_no_out
    expect_err_has '[Warning at /DemoWeb] the web is dangerous'
    demo
    expect_status 0
    expect_no_out
    expect_file "$work/out.cdk/manifest.json"
    demo synth -o elsewhere
    expect_file elsewhere/manifest.json
    demo synth -c count=x
    expect_failure "context key 'count'"
}

test_values_that_are_json_are_taken_as_parsed() {
    echo '{ "context": { "from": "file" } }' >cdk.json
    demo context --json -c text=plain -c number=12 -c true=true -c null=null -c 'list=[1, "two"]' -c 'object={"a": 1}' \
        -c quoted='"12"' -c digits=0123 -c equals=a=b -c empty= -c 'broken={"a":' -c 'blank= 7 ' -c 'utf8=grün' -c nan=NaN
    expect_status 0
    expect_equal "$(python3 -c 'import json; print(json.dumps(json.load(open("'"$work/out"'")), ensure_ascii=False))')" \
        '{"from": "file", "text": "plain", "number": 12, "true": true, "null": null, "list": [1, "two"], "object": {"a": 1}, "quoted": "12", "digits": "0123", "equals": "a=b", "empty": "", "broken": "{\"a\":", "blank": 7, "utf8": "grün", "nan": "NaN"}'
}

# The CDK CLI passes every -c value on as text.
test_settings_given_as_text() {
    demo synth -q -c 'count="3"' -c 'ratio="0.25"' -c 'enabled="true"' -c 'labels="{\"a\":\"b\"}"' -c 'zones="[\"z\"]"'
    expect_status 0
    expect_equal "$(json cdk.out/DemoNetwork.template.json 'j["Resources"]["Topic2"]["Properties"]')" \
        '{"DisplayName": ["z"], "Labels": {"a": "b"}, "Ratio": 0.25}'
    demo synth -q -c 'enabled="false"'
    expect_equal "$(json cdk.out/DemoNetwork.template.json '"Resources" in j')" 'false'
    demo synth -q -c title=12
    expect_equal "$(json cdk.out/DemoNetwork.template.json 'j["Description"]')" '"12"'
}

test_null_counts_as_not_given() {
    echo '{ "title": "looked up", "count": null }' >cdk.context.json
    expect_equal "$(title)" '"looked up"'
    expect_equal "$(title -c title=null)" '"Demo stacks"'
}

test_keys_of_the_cdk_are_left_alone() {
    expect_equal "$(title -c @aws-cdk/core:titel=1 -c aws:cdk:counts=2 -c availability-zones:account=1:region=r='["a"]' -c stage=x)" \
        '"Demo stacks"'
}

test_context_arguments_that_are_wrong() {
    demo synth -c title
    expect_usage_error "option '-c' takes KEY=VALUE, not 'title'"
    demo synth -c =x
    expect_usage_error "option '-c' takes KEY=VALUE, not '=x'"
}

test_the_list() {
    demo context
    expect_status 0
    expect_no_out
    expect_err_has 'There are no context values.'
    echo '{ "context": { "title": "grün" } }' >cdk.json
    echo '{ "zones": ["a", "b"], "count": 2 }' >cdk.context.json
    demo context
    expect_status 0
    expect_out '#  Key    Value
1  count  2
2  title  "grün"
3  zones  ["a","b"]'
    expect_err_has 'Context found in cdk.json, cdk.context.json:'
    demo context --json
    expect_equal "$(json "$work/out" j)" '{"zones": ["a", "b"], "count": 2, "title": "gr\u00fcn"}'
}

test_reset_by_name_number_and_glob() {
    printf '%s' '{ "one": 1, "two": {"a": "ü"}, "availability-zones:account=1:region=r": ["a"], "availability-zones:account=2:region=r": ["b"] }' \
        >cdk.context.json
    demo context --reset one
    expect_status 0
    expect_no_out
    expect_err_has "Context value 'one' is reset"
    expect_equal "$(cat cdk.context.json)" '{
  "two": {
    "a": "ü"
  },
  "availability-zones:account=1:region=r": [
    "a"
  ],
  "availability-zones:account=2:region=r": [
    "b"
  ]
}'
    demo context -e 2
    expect_status 0
    expect_equal "$(json cdk.context.json 'sorted(j)')" '["availability-zones:account=1:region=r", "two"]'
    demo context --reset 'availability-zones:*'
    expect_equal "$(json cdk.context.json 'sorted(j)')" '["two"]'
    expect_no_temporary_files
}

test_reset_of_what_cannot_be_reset() {
    echo '{ "context": { "title": "project" } }' >cdk.json
    echo '{ "two": 2 }' >cdk.context.json
    demo context --reset title
    expect_failure 'only values in cdk.context.json can be reset'
    expect_err_has "'title' is not in cdk.context.json and stays as it is"
    demo context --reset twoo
    expect_failure "no context key matches 'twoo'; did you mean 'two'?"
    demo context --reset 9
    expect_failure "no context key matches '9'"
    demo context --reset 0 --force
    expect_status 0
    demo context --reset title -f
    expect_status 0
    expect_equal "$(json cdk.context.json j)" '{"two": 2}'
    demo context --reset 't*'
    expect_status 0
    expect_equal "$(json cdk.context.json j)" '{}'
}

test_clear() {
    demo context --clear
    expect_status 0
    expect_no_file cdk.context.json
    echo '{ "one": 1, "two": 2 }' >cdk.context.json
    demo context --clear
    expect_status 0
    expect_equal "$(cat cdk.context.json)" '{}'
}

test_the_saved_file_keeps_its_mode_and_its_link() {
    mkdir shared
    echo '{ "one": 1, "two": 2 }' >shared/values.json
    chmod 600 shared/values.json
    ln -s shared/values.json cdk.context.json
    demo context --reset one
    expect_status 0
    [ -L cdk.context.json ] || fail 'the link is gone'
    expect_equal "$(json shared/values.json j)" '{"two": 2}'
    expect_equal "$(stat -c %a shared/values.json)" 600
}

test_describe() {
    demo context --describe
    expect_status 0
    expect_out_has 'Key      Type               Default           Description'
    # shellcheck disable=SC2016
    expect_out_has 'title    a string           ${prefix} stacks  description of the stacks'
    demo context --describe --json
    expect_equal "$(json "$work/out" '[r for r in j if r["key"] in ("account", "count")]')" \
        '[{"key": "account", "type": "a string", "description": "account to deploy to"}, {"key": "count", "type": "a whole number", "default": "2", "minimum": 1, "maximum": 10, "description": "topics"}]'
}

test_many_keys_and_a_long_value() {
    python3 - <<'PYTHON'
import json
json.dump({**{f"key{i}": i for i in range(5000)}, "title": "long " + "x" * 500}, open("cdk.context.json", "w"))
PYTHON
    demo context --json
    expect_status 0
    expect_equal "$(json "$work/out" '[len(j), j["key4999"]]')" '[5001, 4999]'
}

test_context_that_nothing_reads() {
    demo synth -o before
    for command in list 'metadata DemoWeb' 'diff --baseline before' synth; do
        # shellcheck disable=SC2086
        demo $command -c azs=3 -c zzz=1 -c @aws-cdk/aws-lambda:recognizeVersionProps=true -c mine:key=1 -c hosted-zone:account=1
        expect_status 0
        expect_err_has "context that has no effect, since no setting is called so: 'azs', 'zzz'; 'context --describe' lists the settings"
        ! grep -q 'mine\|hosted\|recognize' "$work/err" || fail "a key of somebody else is named"
    done
    demo synth -c azs=3 --strict
    expect_failure 'there are warnings'
}

run_tests "$@"
