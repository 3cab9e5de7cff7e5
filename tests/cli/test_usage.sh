#!/usr/bin/env bash
# Command lines that cannot be understood: exit status 2, one message that names what is wrong, and nothing else.
. "$(dirname "$0")/lib.sh"

# refused PROGRAM MESSAGE ARGUMENT...
refused() {
    local program=$1 message=$2
    shift 2
    "$program" "$@"
    [ "$status" = 2 ] || fail "status $status, not 2: $*"
    expect_no_out
    expect_err_has "$message"
    expect_equal "$(find . -mindepth 1 -newer "$work/home")" '' "written by '$*'"
}

test_what_takes_key_and_value() {
    for command in list synth version 'deploy --all' outputs doctor; do
        # shellcheck disable=SC2086
        refused demo "option '-c' takes KEY=VALUE, not 'foo'" $command -c foo
    done
    refused demo "option '-c' takes KEY=VALUE, not '=foo'" list -c =foo
    refused demo "option '--context' takes KEY=VALUE, not ''" --context '' list
    refused demo "option '--tags' takes KEY=VALUE, not 'foo'" deploy --all --tags foo
    refused demo "option '--parameters' takes [STACK:]KEY=VALUE, not 'foo'" deploy --all --parameters foo
    refused demo "option '-t' takes KEY=VALUE, not 'foo'" bootstrap -t foo
}

test_what_names_a_file() {
    refused demo "option '--output' needs the name of a directory" synth --output ''
    refused demo "option '-a' needs the name of a directory" status -a ''
    refused demo "option '--outputs-file' needs the name of a file" deploy --all --outputs-file=
}

test_options_of_diff() {
    refused demo "option '--format' takes text, json, markdown or html, not 'foo'" diff --format foo
    refused demo "did you mean 'json'?" diff --format jsn=file
    refused demo "no file is named in 'json='" diff --format json=
    refused demo 'only one format can go to standard output' diff --format json --format text
    refused demo "'--baseline' and '--template' exclude each other" diff --baseline . --template a.json
    refused demo "it needs '--change-set'" diff --import-existing-resources
    refused demo "which '--baseline' replaces" diff --drift --baseline .
    refused demo "'git:' names no revision" diff --baseline git:
    refused demo "'git::cdk.out' names no revision" diff --baseline git::cdk.out
    echo '{}' >"$work/a.json"
    refused demo "'--template' compares one stack, and 3 are selected" diff --template "$work/a.json"
}

test_options_that_exclude_each_other() {
    refused demo "'--json' and '--format env' exclude each other" outputs --json --format env
    refused demo '--orphan cannot be given as well' rollback DemoWeb --force --orphan x
    for command in deploy destroy rollback publish-assets; do
        refused demo "name stacks, or give --all: 'DemoWeb' is one of all" $command --all DemoWeb
    done
}

test_names_that_only_the_program_has() {
    refused tango "there is no function 'nope'" invoke nope
    refused tango "'=x' is no environment variable" invoke event-publisher --env =x
    refused tango "'NOT_SET' is not in the environment" invoke event-publisher --env NOT_SET
    refused tango "there are no dead letters of 'nope'" redrive nope
    refused demo "unknown shell 'tcsh'" completion tcsh
}

# Who comes from the CDK is told what does it here.
test_words_of_the_cdk() {
    refused demo "option '--no-execute' of the CDK is not offered here: '--method prepare-change-set' makes" deploy --no-execute
    refused demo "option '--hotswap' of the CDK is not offered here: everything goes through CloudFormation" deploy --hotswap
    refused demo "option '--toolkit-stack-name' of the CDK is not offered here: the bootstrap is found by" deploy --toolkit-stack-name=x
    refused demo "option '--watch' of the CDK is not offered here" deploy --watch
    refused demo "option '-E' of the CDK is not offered here: nothing is built" deploy -E
    refused demo "option '--plugin' of the CDK is not offered here" --plugin x list
    refused demo "option '--changeset' of the CDK is not offered here: it is '--change-set'" diff --changeset
    for command in migrate refactor notices acknowledge init; do
        refused demo "command '$command' of the CDK is not offered here: " $command
    done
    refused demo "did you mean '--quiet'?" synth --quite
}

# A file that is missing is no stack.
test_diff_of_a_file_that_is_missing() {
    echo '{ "Resources": {} }' >a.json
    mkdir old
    echo '{ "Resources": {} }' >old/A.template.json
    for names in 'a.json nope.json' 'nope.json a.json' 'old nope.json' './old ./nope.json' 'nope.json other'; do
        # shellcheck disable=SC2086
        demo diff $names
        expect_failure 'nope.json'
        ! grep -q 'no stack' "$work/err" || fail 'a file is taken for a stack'
    done
}

# One mistake, one error, which names the key, also of what follows from it.
test_messages_name_the_key_of_a_name() {
    for setting in stack_prefix=1abc resource_prefix=A_ database_name=1abc frontend_bucket_prefix=Www 'max_azs=1' 'region=eu-west-1'; do
        tango synth --no-bundling -c "$setting"
        expect_failure "${setting%=*}"
        expect_equal "$(grep -c '^\[Error' "$work/err")" 1 "errors about $setting"
        expect_err_has 'tango-infra: 1 error; nothing was written'
    done
}

# A result is either there or not: without credentials nothing is known.
test_no_result_without_credentials() {
    mkdir "$work/bin"
    printf '#!/bin/sh\necho "Unable to locate credentials." >&2; exit 253\n' >"$work/bin/aws"
    chmod +x "$work/bin/aws"
    export PATH=$work/bin:$PATH
    for command in outputs status drift 'logs DemoWeb' diff; do
        # shellcheck disable=SC2086
        if [ "$command" = diff ]; then demo diff --region us-east-1 --format json; else demo $command --region us-east-1 --json; fi
        expect_failure 'Unable to locate credentials.'
    done
}

# Numbers and nouns agree.
test_one_of_something() {
    mkdir "$work/bin"
    printf '#!/bin/sh\necho "Unable to locate credentials." >&2; exit 253\n' >"$work/bin/aws"
    chmod +x "$work/bin/aws"
    export PATH=$work/bin:$PATH
    demo bootstrap --region us-east-1
    expect_failure '1 of 1 environment was not bootstrapped'
    demo doctor -c count=x
    expect_out_has 'the app has 1 error'
    ! grep -q '1 errors' "$work/out" || fail 'one is many'
    demo destroy DemoWeb --force --region us-east-1
    expect_failure '1 of 1 stack was not destroyed'
    demo publish-assets DemoNetwork --region us-east-1
    expect_failure '1 of 1 stack lacks something'
    echo '{ "context": { "count": 1 } }' >cdk.json
    demo list -v
    expect_err_has '1 context value from cdk.json'
}

run_tests "$@"
