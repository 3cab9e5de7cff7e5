#!/usr/bin/env bash
# Parameters of the templates: what is given, what is kept, and what is refused before anything is changed.
. "$(dirname "$0")/lib.sh"

topic='{ "T": { "Type": "AWS::SNS::Topic", "Properties": { "DisplayName": { "Ref": "Title" } } } }'
titled='{ "P": { "resources": '$topic', "parameters": { "Title": { "Type": "String" }, "Secret": { "Type": "String", "NoEcho": true, "Default": "none" } } } }'
two='{
    "P": { "resources": '$topic', "parameters": { "Title": { "Type": "String", "Default": "first" }, "Size": { "Type": "Number", "Default": 3 } } },
    "Store": { "resources": '$topic', "parameters": { "Title": { "Type": "String", "Default": "first" } } } }'

parameters_of() { look stacks "j['$1']['parameters']"; }
title_of() { look stacks "j['$1']['parameters'].get('Title', 'the default')"; }

test_given_and_kept() {
    assembly <<<"$titled"
    deploy --all --parameters P:Title=one --parameters Title=two --parameters Secret=hidden
    expect_status 0
    expect_equal "$(parameters_of P)" '{"Title": "one", "Secret": "hidden"}'
    assembly <<<"${titled/'"resources": {'/'"resources": { "More": "AWS::SNS::Topic",'}"
    deploy --all
    expect_status 0
    expect_equal "$(parameters_of P)" '{"Title": "one", "Secret": "hidden"}'
    deploy --all --parameters Title=three
    expect_stack P UPDATE_COMPLETE
    expect_equal "$(look stacks 'j["P"]["parameters"]["Title"]')" three
}

test_of_every_stack_and_of_one() {
    assembly <<<"$two"
    deploy --all --parameters '*:Title=each' --parameters Store:Title=own
    expect_status 0
    expect_equal "$(title_of P)" each
    expect_equal "$(title_of Store)" own
}

test_without_a_value() {
    assembly <<<"$titled"
    deploy --all
    expect_failure "its parameter 'Title' has no default and needs a value: --parameters P:Title=VALUE"
    expect_equal "$(status_of P)" none
    expect_equal "$(calls_of CreateChangeSet)" 0
    deploy --all --dry-run
    expect_failure "its parameter 'Title' has no default and needs a value: --parameters P:Title=VALUE"
}

test_that_no_stack_has() {
    assembly <<<"$two"
    deploy --all --parameters Titel=x
    expect_status 2
    expect_err_has "no stack has a parameter 'Titel'; did you mean 'Title'?"
    deploy --all --parameters Store:Size=9
    expect_status 2
    expect_err_has "the stack 'Store' has no parameter 'Size'"
    deploy --all --parameters Stores:Title=9
    expect_status 2
    expect_err_has "the parameter 'Title' is given for the stack 'Stores', which the app does not have; did you mean 'Store'?"
    deploy P --parameters Store:Title=9
    expect_status 2
    expect_err_has "the parameter 'Title' is given for the stack 'Store', which is not deployed here"
    deploy --all --parameters Title
    expect_status 2
    expect_err_has "option '--parameters' takes [STACK:]KEY=VALUE, not 'Title'"
    expect_equal "$(look calls 'len(j)')" 0
}

test_defaults_that_have_changed() {
    assembly <<<"$two"
    deploy --all
    assembly <<<"$(json_edit "$two" 'j["P"]["parameters"]["Title"]["Default"] = "second"; j["Store"]["parameters"]["Title"]["NoEcho"] = True; j["Store"]["parameters"]["Title"]["Default"] = "hush"')"
    for dry in --dry-run ''; do
        # shellcheck disable=SC2086
        deploy --all $dry
        expect_status 0
        expect_err_has "parameter 'Title' keeps its value 'first', though its default is 'second' now; 'deploy --no-previous-parameters' takes the defaults"
        expect_err_has "parameter 'Title' keeps its value; its default is another one now"
        expect_equal "$(grep -c hush "$work/err")" 0
    done
    expect_equal "$(title_of P)" first
    deploy --all --previous-parameters=false
    expect_status 0
    expect_equal "$(title_of P)" 'the default'
    expect_equal "$(title_of Store)" 'the default'
    deploy --all --no-previous-parameters
    expect_err_has 'no changes'
}

run_tests "$@"
