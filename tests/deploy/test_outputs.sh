#!/usr/bin/env bash
# The outputs of deployed stacks.
. "$(dirname "$0")/lib.sh"

outputs() { run "$DEMO" outputs --app app "$@"; }

# Values that a shell could take for something else.
odd='it'\''s "$HOME" `id` \ *; a & b | c # d
second line é'

deployed() {
    assembly <<<"$shop"
    deploy --all
    expect_status 0
}

deploy_text() {
    assembly <<<"$(json_edit '{ "My-Stack": { "resources": { "T": "AWS::SNS::Topic" } } }' "j['My-Stack']['outputs'] = {'Odd': '''$1''', 'Plain': 'x'}")"
    deploy --all
    expect_status 0
}

test_a_table() {
    deployed
    outputs Api
    expect_status 0
    expect_no_err
    expect_out 'STACK  KEY   VALUE
Api    Note  hello'
    outputs
    expect_status 0
    expect_out_has 'Base   QueueUrl         http'
    expect_out_has 'Api    Note             hello'
    expect_equal "$(calls_of GetTemplate)" 0 'templates that were read'
}

test_json() {
    deployed
    outputs --json
    expect_status 0
    expect_equal "$(json "$work/out" '[sorted(j), j["Api"]]')" '[["Api", "Base"], {"Note": "hello"}]'
    cp "$work/out" "$work/json"
    outputs --format json
    expect_out "$(cat "$work/json")"
}

test_one_value() {
    deployed
    outputs --key Note
    expect_status 0
    expect_no_err
    expect_out hello
    outputs Api --key Not
    expect_failure "there is no output 'Not'; did you mean 'Note'?"
    outputs Base --key Note
    expect_failure "there is no output 'Note'"
}

exported='{
    "A": { "resources": { "T": "AWS::SNS::Topic" }, "exports": { "TangoApiDns": "api", "Same": "exported" }, "outputs": { "Same": "key" } },
    "B": { "resources": { "T": "AWS::SNS::Topic" }, "exports": { "AdminDns": "admin" } },
    "C": { "resources": { "T": "AWS::SNS::Topic" }, "outputs": { "AdminDns": "other" } } }'

test_export_names_are_keys_too() {
    assembly <<<"$exported"
    deploy --all
    expect_status 0
    outputs --key TangoApiDns
    expect_status 0
    expect_no_err
    expect_out api
    outputs --key ExportTangoApiDns
    expect_out api
    outputs A --key Same
    expect_out key
    outputs --key TangoApiDn
    expect_failure "there is no output 'TangoApiDn'; did you mean 'TangoApiDns'?"
    outputs --key AdminDns
    expect_failure "'B' and 'C' both have an output 'AdminDns'; name the stack"
    outputs B --key AdminDns
    expect_out admin
}

test_export_names_and_descriptions_are_shown() {
    control stack '{ "name": "Theirs", "status": "CREATE_COMPLETE", "template": { "Resources": { "T": { "Type": "AWS::SNS::Topic" } }, "Outputs": { "Dns": { "Value": "api", "Description": "DNS name\nof the API", "Export": { "Name": "TangoApiDns" } } } } }'
    assembly <<<"$shop"
    outputs Theirs
    expect_status 0
    expect_out 'STACK   KEY  VALUE  EXPORT       DESCRIPTION
Theirs  Dns  api    TangoApiDns  DNS name\nof the API'
}

test_one_key_in_two_stacks() {
    assembly <<<'{ "A": { "resources": { "T": "AWS::SNS::Topic" }, "outputs": { "K": "1" } }, "B": { "resources": { "T": "AWS::SNS::Topic" }, "outputs": { "K": "2" } } }'
    deploy --all
    outputs --key K
    expect_failure "'A' and 'B' both have an output 'K'; name the stack"
    outputs B --key K
    expect_out 2
}

test_shells_read_the_value_as_it_is() {
    deploy_text "$odd"
    outputs --format env
    expect_status 0
    for shell in bash dash 'bash --posix' zsh ksh; do
        command -v "${shell%% *}" >/dev/null || continue
        # shellcheck disable=SC2016
        expect_equal "$($shell -c 'eval "$(cat "$1")"; printf "%s|%s" "$My_Stack_Odd" "$My_Stack_Plain"' shell "$work/out")" "$odd|x" "value in $shell"
    done
    outputs --key Odd
    expect_out "$odd"
}

test_variables_of_several_stacks() {
    deploy_text plain
    control stack '{ "name": "Theirs", "status": "CREATE_COMPLETE", "template": { "Resources": { "T": { "Type": "AWS::SNS::Topic" } }, "Outputs": { "Odd": { "Value": "other" } } } }'
    outputs My-Stack Theirs --format env
    expect_status 0
    expect_out "My_Stack_Odd='plain'
My_Stack_Plain='x'
Theirs_Odd='other'"
}

# What a shell lives by is out of reach, and what is no name is refused as a whole.
test_no_variable_of_the_shell_is_set() {
    assembly <<<'{ "Aa": { "resources": { "T": "AWS::SNS::Topic" }, "outputs": { "PATH": "/evil", "IFS": "x" } } }'
    deploy --all
    outputs --format env
    expect_status 0
    expect_out "Aa_IFS='x'
Aa_PATH='/evil'"
}

# answers STACK KEY...: from now on the stack has these outputs, whatever CloudFormation takes as a key.
answers() {
    local stack=$1 key outputs=
    shift
    mkdir -p bin
    for key in "$@"; do outputs+=${outputs:+,}'{ "OutputKey": "'$key'", "OutputValue": "x" }'; done
    cat >bin/aws <<SCRIPT
#!/bin/sh
case \$2 in
get-caller-identity) echo '{ "Account": "111111111111" }' ;;
assume-role) echo '{ "Credentials": { "AccessKeyId": "a", "SecretAccessKey": "b", "SessionToken": "c" } }' ;;
describe-stacks) echo '{ "Stacks": [{ "StackName": "$stack", "StackId": "a", "StackStatus": "CREATE_COMPLETE", "Outputs": [$outputs] }] }' ;;
*) echo '{}' ;;
esac
SCRIPT
    chmod +x bin/aws
}

# A stack and its output have names that make one of these.
test_no_variable_of_a_program_is_set() {
    local stack key
    while read -r stack key; do
        rm -rf app
        assembly <<<"{ \"$stack\": { \"resources\": { \"T\": \"AWS::SNS::Topic\" } } }"
        answers "$stack" "$key"
        PATH=$PWD/bin:$PATH outputs "$stack" --format env --region eu-west-1
        expect_failure "output '$key' of stack '$stack' would be the variable ${stack//-/_}_$key, whose name is for shells"
    done <<'END'
LD PRELOAD
PROMPT COMMAND
BASH ENV
GIT SSH_COMMAND
AWS CA_BUNDLE
http proxy
HTTPS proxy
npm-config registry
NPM-config registry
auto resume
END
}

test_no_variable_is_set_twice() {
    assembly <<<'{ "A": { "resources": { "T": "AWS::SNS::Topic" } } }'
    answers A Key One Key
    PATH=$PWD/bin:$PATH outputs A --format env --region eu-west-1
    expect_failure "output 'Key' of stack 'A' would be the variable A_Key, as another one is"
}

test_a_key_that_is_no_name_is_refused() {
    mkdir bin
    cat >bin/aws <<'SCRIPT'
#!/bin/sh
case $2 in
get-caller-identity) echo '{ "Account": "111111111111" }' ;;
assume-role) echo '{ "Credentials": { "AccessKeyId": "a", "SecretAccessKey": "b", "SessionToken": "c" } }' ;;
describe-stacks) echo '{ "Stacks": [{ "StackName": "A", "StackId": "a", "StackStatus": "CREATE_COMPLETE", "Outputs": [
    { "OutputKey": "Good", "OutputValue": "1" }, { "OutputKey": "K=1;touch pwned;X", "OutputValue": "1" }] }] }' ;;
*) echo '{}' ;;
esac
SCRIPT
    chmod +x bin/aws
    assembly <<<'{ "A": { "resources": { "T": "AWS::SNS::Topic" } } }'
    PATH=$PWD/bin:$PATH outputs A --format env --region eu-west-1
    expect_failure "output 'K=1;touch pwned;X' of stack 'A' is no name that a variable of a shell can have"
}

test_a_table_moves_no_cursor() {
    deploy_text $'a\tb\nc'
    outputs
    expect_status 0
    expect_out_has 'a\tb\nc'
}

secret='{ "A": { "resources": { "T": "AWS::SNS::Topic" },
    "parameters": { "Password": { "Type": "String", "NoEcho": true }, "Shown": { "Type": "String", "Default": "p" } },
    "outputs": { "Direct": { "Ref": "Password" }, "Inside": { "Fn::Sub": "user:${Password}@host" }, "Public": { "Ref": "Shown" } } } }'

deploy_secret() {
    assembly <<<"$secret"
    deploy --all --parameters Password=hunter2
    expect_status 0
}

test_secrets_are_not_shown() {
    deploy_secret
    for format in table json env; do
        outputs --format $format
        expect_status 0
        ! grep -q hunter2 "$work/out" "$work/err" || fail "$format tells the secret"
        expect_out_has Public
    done
    expect_err_has 'A.Direct is made of a parameter marked NoEcho and left out; --show-secrets prints it'
    expect_err_has 'A.Inside is made'
    outputs
    grep -q '^A  *Direct  *\*\*\*\*$' "$work/out" || fail 'no stars'
}

test_secrets_are_shown_to_who_asks() {
    deploy_secret
    outputs --show-secrets --format env
    expect_status 0
    expect_no_err
    expect_out_has "Inside='user:hunter2@host'"
    outputs --key Direct
    expect_out hunter2
}

test_without_the_template_everything_may_be_secret() {
    deploy_secret
    control faults '[{ "action": "GetTemplate", "fault": "denied" }]'
    outputs
    expect_status 0
    expect_equal "$(sed 's/   */ /g' "$work/out")" 'STACK KEY VALUE
A Direct ****
A Inside ****
A Public ****' table
}

test_stacks_that_are_not_there() {
    assembly <<<"$shop"
    deploy --exclusively Base
    outputs
    expect_status 0
    expect_err_has 'not deployed: Media, Api, Web'
    outputs Api
    expect_failure "stack 'Api' does not exist in us-east-1 of account 123456789012"
    outputs Apo
    expect_failure "did you mean 'Api'?"
    outputs Api --key Note
    expect_failure "stack 'Api' does not exist"
}

test_a_stack_without_outputs() {
    deployed
    outputs Media
    expect_status 0
    expect_no_out
    expect_err 'there are no outputs'
    outputs Media --json
    expect_out '{}'
}

test_expired_credentials() {
    deployed
    control faults '[{ "action": "*", "fault": "expired", "times": 99 }]'
    outputs
    expect_failure 'the credentials have expired: sign in again'
}

test_wrong_use() {
    outputs --format yaml
    expect_status 2
    outputs --key
    expect_status 2
}

run_tests "$@"
