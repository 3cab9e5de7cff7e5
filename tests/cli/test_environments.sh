#!/usr/bin/env bash
# Environments as files: one with every command, several side by side.
. "$(dirname "$0")/lib.sh"

environment() { echo "$2" >"environments/$1.json"; }

prepare_test() {
    mkdir environments
    environment development '{ "stack_prefix": "Dev", "context": { "max_capacity": 3 } }'
    environment production '{ "account": "123456789012", "region": "eu-west-1", "context": { "enable_image_transformation": false } }'
}

# max_capacity as the app of the environment has it.
capacity() {
    "$TANGO_INFRA" synth --quiet --no-bundling --no-lookups --output "$work/capacity" "$@" || fail "synth $*"
    python3 - "$work"/capacity/*App.template.json <<'PY'
import json, sys
resources = json.load(open(sys.argv[1]))["Resources"].values()
print([r["Properties"]["MaxCapacity"] for r in resources if r["Type"] == "AWS::ApplicationAutoScaling::ScalableTarget"][0])
PY
    rm -r "$work/capacity"
}

test_an_environment_wins_over_the_project_and_loses_to_the_command_line() {
    echo '{ "context": { "max_capacity": 5 } }' >cdk.json
    expect_equal "$(capacity)" 5
    expect_equal "$(capacity --env development)" 3
    expect_equal "$(capacity --env development -c max_capacity=4)" 4
    expect_equal "$(capacity --env production)" 5
}

test_account_region_and_prefix_are_context() {
    tango list --long --env production --no-lookups
    expect_status 0
    expect_out_has 'name: aws://123456789012/eu-west-1'
    tango list --env development
    expect_out_has DevNetwork
}

# Of what the CDK hands over, nobody can tell cdk.json's from the command line's but by comparing.
test_as_the_cdks_app() {
    echo '{ "context": { "max_capacity": 5, "min_capacity": 1 } }' >cdk.json
    export CDK_OUTDIR=$work/out.cdk CDK_CONTEXT_JSON='{ "max_capacity": 5, "min_capacity": 1 }'
    tango synth --env development --no-bundling
    expect_status 0
    expect_no_out
    grep -q '"MaxCapacity": 3' "$work/out.cdk/DevApp.template.json" || fail 'cdk.json wins over the environment'
    CDK_CONTEXT_JSON='{ "max_capacity": 6, "min_capacity": 1 }' tango synth --env development --no-bundling
    grep -q '"MaxCapacity": 6' "$work/out.cdk/DevApp.template.json" || fail 'the environment wins over -c'
}

test_unknown_environments() {
    tango list --env developmnt
    expect_usage_error "there is no environment 'developmnt'; did you mean 'development'?"
    tango list --env nowhere
    expect_usage_error "there is no environment 'nowhere'; there are development, production"
    tango list --env development,nowhere
    expect_usage_error "there is no environment 'nowhere'"
    for name in '' ../environments/development development.json .; do
        tango list --env "$name"
        expect_usage_error 'there is no environment'
    done
    rm -r environments
    tango list --env all
    expect_usage_error "there is no environment 'all': the directory 'environments' beside cdk.json has none"
}

test_mistakes_in_the_file() {
    environment development '{ "contxt": {} }'
    tango list --env development
    expect_failure "environments/development.json: unknown key 'contxt'; did you mean 'context'?"
    environment development '{ "max_capacity": 3 }'
    tango list --env development
    expect_failure "environments/development.json: unknown key 'max_capacity'"
    environment development '{ "account": 123456789012 }'
    tango list --env development
    expect_failure 'environments/development.json: "account" must be a string'
    environment development '{ "region": "eu-west-1", "context": { "region": "us-east-1" } }'
    tango list --env development
    expect_failure "'region' stands beside \"context\" and in it"
    environment development '{ "context": [] }'
    tango list --env development
    expect_failure 'environments/development.json: "context" must be an object'
    environment development '{'
    tango list --env development
    expect_failure 'environments/development.json:'
    environment development '[]'
    tango list --env development
    expect_failure 'environments/development.json: must be a JSON object'
}

test_what_is_for_one_environment() {
    tango deploy --all --env all
    expect_usage_error "'deploy' is for one environment at a time, and 2 are named"
    tango status --env development --env production
    expect_usage_error "'status' is for one environment at a time"
    tango list --table json
    expect_usage_error "'--table' is of several environments"
    tango synth --quiet --no-bundling
    tango diff --app cdk.out --env development
    expect_usage_error "'--env' is for what the app makes"
    tango diff cdk.out cdk.out --env development
    expect_usage_error 'files are compared'
    tango validate cdk.out --env all
    expect_usage_error 'files are named'
}

test_an_environment_that_is_named_twice_is_one() {
    tango list --env development --env development,development
    expect_status 0
    expect_equal "$(head -n 1 "$work/out")" DevNetwork
}

test_a_table_has_a_column_for_each_stack_whatever_its_prefix() {
    tango list --env all --no-lookups
    expect_status 0
    expect_equal "$(sed 's/ \+/ /g' "$work/out" | head -n 2)" "Environment Network Media App Frontend Events Observability
development DevNetwork DevMedia DevApp DevFrontend DevEvents DevObservability"
    tango list --env all --no-lookups --table markdown TangoNetwork 'DevNetwork'
    expect_status 1
    expect_err_has "environment 'development' is left out"
    tango list --env all --no-lookups --table markdown '*Network'
    expect_out '| Environment | `Network` |
| --- | --- |
| `development` | `DevNetwork` |
| `production` | `TangoNetwork` |'
    tango list --env all --no-lookups --json
    expect_equal "$(json "$work/out" '[j["version"], [e["environment"] for e in j["environments"]],
        j["environments"][1]["stacks"]["App"]["environment"]["region"]]')" '[1, ["development", "production"], "eu-west-1"]'
    tango list --env all --no-lookups --table json=table.json --table markdown=table.md --table text
    expect_out_has 'development  DevNetwork'
    expect_whole table.json
    grep -qF '| `production` |' table.md || fail 'no Markdown'
}

test_a_name_cannot_break_the_table() {
    cp environments/development.json $'environments/a|b`c\n::error::.json'
    tango list --env all --no-lookups --table markdown
    expect_status 0
    expect_equal "$(wc -l <"$work/out")" 5
    ! grep -q '^::' "$work/out" || fail 'a name begins a line'
    expect_out_has '| `a`<code>&#124;</code>``b`c\n::error::`` | `DevNetwork` |'
}

test_synth_writes_each_into_its_directory() {
    tango synth --env all --no-lookups --no-bundling
    expect_status 0
    expect_whole cdk.out/development/DevApp.template.json cdk.out/production/TangoApp.template.json
    expect_out_has Environment
    tango synth --env all --no-lookups --no-bundling --quiet
    expect_no_out
    environment development '{ "context": { "max_capacity": -1 } }'
    rm -r cdk.out
    tango synth --env all --no-lookups --no-bundling
    expect_status 1
    expect_err_has "environment 'development' is left out"
    expect_no_file cdk.out/development
    expect_file cdk.out/production/manifest.json
    expect_equal "$(sed -n 's/ \+/ /g; /^development/p' "$work/out")" 'development failed failed failed failed failed failed'
}

test_diff_compares_each_with_its_own() {
    tango synth --env all --no-lookups --no-bundling --quiet --output before
    environment development '{ "stack_prefix": "Dev", "context": { "max_capacity": 4 } }'
    tango diff --env all --no-lookups --baseline before --fail --table json=table.json
    expect_status 2
    expect_out_has 'development/DevApp: 1 updated'
    expect_equal "$(json table.json '[[e["environment"], e["stacks"]["App"]["update"]] for e in j["environments"]]')" \
        '[["development", 1], ["production", 0]]'
    tango diff --env all --no-lookups --baseline before --format json
    expect_equal "$(json "$work/out" '[s["name"] for s in j["stacks"] if s["resources"]]')" '["development/DevApp"]'
    rm -r before/production
    tango diff --env all --no-lookups --baseline before
    expect_status 1
    expect_err_has "environment 'production' is left out"
    expect_out_has 'development/DevApp: 1 updated'
}

# Two environments in two accounts have exports of the same names, which have nothing to do with each other.
test_environments_do_not_import_from_each_other() {
    environment other '{ "account": "210987654321", "region": "eu-west-1", "context": { "enable_image_transformation": false } }'
    tango synth --env other,production --no-lookups --no-bundling --quiet --output before
    tango diff --env other,production --no-lookups --baseline before -c rds_proxy=false --format json
    expect_equal "$(json "$work/out" 'sorted({i.split("/")[0] for s in j["stacks"] if s["name"].startswith("other/")
        for e in s["exports"] for i in e["importers"]})')" '["other"]'
}

test_validate_checks_all() {
    tango validate --env all --no-lookups
    expect_status 0
    expect_out_has 'nothing found in 12 templates'
    expect_out_has 'development  ok'
    tango validate --env all --no-lookups --format json
    expect_whole "$work/out"
}

test_effect_of_a_value() {
    tango context --effect max_capacity=8 --env development
    expect_status 0
    expect_out_has 'DevApp: 1 updated'
    expect_out_has MaxCapacity
    tango context --effect rds_proxy=false --env all --no-lookups --table json=table.json
    expect_status 0
    expect_equal "$(json table.json '[e["stacks"]["App"]["destroy"] > 0 for e in j["environments"]]')" '[true, true]'
    tango context --effect max_capacity=3 --env development --json
    expect_equal "$(json "$work/out" 'sum(len(s["resources"]) for s in j["stacks"])')" 0
    tango context --effect max_capacity=-1
    expect_failure "'max_capacity' must be from 1 to 5000"
    tango context --effect max_capacity
    expect_status 2
    tango context --effect max_capacity=1 --describe
    expect_usage_error 'exclude each other'
    expect_no_file cdk.out
    expect_no_file cdk.context.json
}

test_context_shows_where_a_value_comes_from() {
    tango context --env development
    expect_status 0
    expect_err_has 'environments/development.json'
    expect_out_has max_capacity
    tango context --env all
    expect_usage_error "of several environments there is only '--effect'"
}

test_completion_offers_environments() {
    tango completion bash -- list --env ''
    expect_out $'development\nproduction\nall\tevery one of them'
    tango completion bash -- list --env development De
    expect_out_has DevNetwork
}

run_tests "$@"
