#!/usr/bin/env bash
# The program with its six stacks.
. "$(dirname "$0")/lib.sh"
export TANGO_FUNCTIONS=$SOURCE_DIRECTORY/tests/parity/functions

stacks='TangoNetwork TangoMedia TangoApp TangoFrontend TangoEvents TangoObservability'

test_the_six_stacks() {
    tango list
    expect_status 0
    expect_no_err
    expect_equal "$(tr '\n' ' ' <"$work/out")" "$stacks "
    tango synth
    expect_status 0
    expect_no_out
    expect_err 'Synthesized 6 stacks to cdk.out'
    for stack in $stacks; do
        expect_file "cdk.out/$stack.template.json"
        LC_ALL=C grep -q '[^ -~]' "cdk.out/$stack.template.json" && fail "$stack has more than ASCII"
    done
    expect_file cdk.out/manifest.json
}

test_the_same_bytes_from_run_to_run_and_from_folder_to_directory() {
    tango synth -q
    mkdir ../elsewhere
    (cd ../elsewhere && TZ=Asia/Tokyo LC_ALL=C.UTF-8 "$TANGO_INFRA" synth -q -o somewhere)
    diff -r cdk.out ../elsewhere/somewhere || fail 'the assemblies differ'
}

test_unchanged_files_are_not_written_again() {
    tango synth -q
    find cdk.out -type f -printf '%p %T@ %i\n' | sort >"$work/before"
    tango synth -q
    find cdk.out -type f -printf '%p %T@ %i\n' | sort | cmp -s - "$work/before" || fail 'files were written again'
}

test_stale_files_go_and_others_stay() {
    tango synth -q -c stack_prefix=Old
    echo mine >cdk.out/notes.txt
    tango synth -q
    expect_no_file cdk.out/OldApp.template.json
    expect_no_file cdk.out/OldApp.assets.json
    expect_equal "$(cat cdk.out/notes.txt)" mine
}

# The value and the source of a key in what 'context --profile --json' printed.
value_from() {
    json "$work/out" "[(r['value'], r['from']) for r in j if r['key'] == '$1']"
}

test_context_of_a_profile() {
    echo '{ "context": { "max_capacity": 7, "deletion_protection": null } }' >cdk.json
    echo '{ "alarm_email": "a@example.com" }' >cdk.context.json
    tango context --profile production --json -c min_capacity=3 -c availability_zones='["us-east-1a","us-east-1b","us-east-1c"]'
    expect_status 0
    expect_equal "$(value_from profile)" '[["production", "the command line"]]'
    expect_equal "$(value_from nat_gateways)" '[[3, "profile production"]]'
    expect_equal "$(value_from min_capacity)" '[[3, "the command line"]]'
    expect_equal "$(value_from max_capacity)" '[[7, "cdk.json"]]'
    expect_equal "$(value_from alarm_email)" '[["a@example.com", "cdk.context.json"]]'
    expect_equal "$(value_from deletion_protection)" '[[true, "default"]]'
    expect_equal "$(value_from publisher_reserved_concurrency)" '[[null, "default"]]'
    tango context --profile development -c rds_proxy=true
    expect_status 0
    expect_equal "$(sed -n 's/  */ /g; /^rds_proxy \|^deletion_protection /p' "$work/out")" 'deletion_protection false profile development
rds_proxy true the command line'
    tango context --profile produktion
    expect_status 1
    expect_no_out
    expect_err_has "'profile' must be one of 'standard', 'production', 'development', not 'produktion'; did you mean 'production'?"
    tango context --profile production --describe
    expect_usage_error "exclude each other"
    # The profile of the context is none of the AWS CLI's, and that one does not choose it.
    tango synth -q -c profile=produktion
    expect_failure "did you mean 'production'?"
    expect_no_file cdk.out
}

# What is given wins over the profile, wherever it is given.
test_a_given_key_wins_over_the_profile() {
    echo '{ "context": { "profile": "production", "nat_gateways": 1 } }' >cdk.json
    tango synth -q
    expect_status 0
    expect_equal "$(grep -c '"AWS::EC2::NatGateway"' cdk.out/TangoNetwork.template.json)" 1
    tango synth -q -c nat_gateways=null
    expect_equal "$(grep -c '"AWS::EC2::NatGateway"' cdk.out/TangoNetwork.template.json)" 2
    tango synth -q -c nat_gateways=null -c profile=standard
    expect_equal "$(grep -c '"AWS::EC2::NatGateway"' cdk.out/TangoNetwork.template.json)" 1
}

# Every documented key with values that its type does not take.
test_every_key_refuses_other_types() {
    local key type value
    tango context --describe --json
    expect_status 0
    python3 -c 'import json,sys
for row in json.load(open(sys.argv[1])): print(row["key"] + "|" + row["type"])' "$work/out" >"$work/keys"
    [ "$(wc -l <"$work/keys")" -ge 30 ] || fail 'keys are missing'
    while IFS='|' read -r key type; do
        case $type in
        'a string') set -- '[]' '{"a":1}' ;;
        'true or false') set -- 1 maybe '[]' '{}' ;;
        'a whole number') set -- x true '[]' '{}' 1.5 ;;
        'a number') set -- x true '[]' '{}' ;;
        'a list of strings') set -- 1 true x '{}' '[[]]' ;;
        'a map of strings') set -- 1 true x '[]' '{"a":{}}' ;;
        *) fail "unknown type $type" ;;
        esac
        for value; do
            tango synth -c "$key=$value"
            expect_failure "context key '$key' must be $type"
        done
    done <"$work/keys"
    expect_no_file cdk.out
}

test_mistyped_keys_get_a_suggestion() {
    tango synth -c max_az=3 -c 'nat_gateway=1' -c sentrydsn=x
    expect_failure "unknown context key 'max_az'; did you mean 'max_azs'?"
    expect_err_has "unknown context key 'nat_gateway'; did you mean 'nat_gateways'?"
    expect_err_has "unknown context key 'sentrydsn'; did you mean 'sentry_dsn'?"
    tango synth -q -c stage=prod -c owner=me -c @aws-cdk/core:anything=1
    expect_status 0
}

test_as_the_cdks_app() {
    CDK_OUTDIR=$work/assembly CDK_CONTEXT_JSON='{"stack_prefix":"Other","min_capacity":"3","deletion_protection":"false"}' tango
    expect_status 0
    expect_no_out
    expect_file "$work/assembly/OtherApp.template.json"
}

test_printed_yaml_is_the_template() {
    python3 -c 'import yaml' 2>/dev/null || skip 'PyYAML is not there'
    for stack in $stacks; do
        tango synth -e "$stack"
        expect_status 0
        python3 -c 'import json,sys,yaml
sys.exit(yaml.safe_load(open(sys.argv[1])) != json.load(open(sys.argv[2])))' "$work/out" "cdk.out/$stack.template.json" ||
            fail "$stack: the YAML says something else"
    done
}

run_tests "$@"
