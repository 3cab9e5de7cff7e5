#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# tango-infra diff: templates are read as CloudFormation reads them.
. "$(dirname "$0")/lib.sh"

# Of equal keys CloudFormation takes the last one.
test_duplicate_keys() {
    printf '{ "Resources": { "A": { "Type": "T", "Properties": { "B": 1,\n"B": 2 } } } }' >one.json
    printf 'Resources:\n  A:\n    Type: T\n    Properties:\n      B: 3\n      B: 2\n' >two.yaml
    demo diff one.json two.yaml
    expect_status 0
    expect_summary 'two: no differences'
    expect_err_has "warning: one.json:2:1: duplicate key 'B' (first in line 1); the last one counts"
    expect_err_has "warning: two.yaml:6:7: duplicate key 'B' (first in line 5); the last one counts"
    demo diff two.yaml two.yaml
    expect_equal "$(grep -c duplicate "$work/err")" 1 'warnings about one file'
    mkdir one && cp two.yaml one
    demo diff one one
    expect_err_has "warning: one/two.yaml:6:7: duplicate key 'B'"
    demo diff one.json two.yaml --format json
    expect_status 0
    python3 -m json.tool <"$work/out" >/dev/null || fail 'the warnings are in the JSON'
}

# CloudFormation's YAML is version 1.1: yes, no, on and off are booleans wherever they are without quotes.
test_words_for_booleans() {
    local word
    for word in yes Yes YES on On ON true; do
        printf 'Resources: {P: {Type: AWS::AmazonMQ::Broker, Properties: {PubliclyAccessible: %s}}}' "$word" >one.yaml
        printf '{"Resources":{"P":{"Type":"AWS::AmazonMQ::Broker","Properties":{"PubliclyAccessible":true}}}}' >two.json
        demo diff one.yaml two.json --fail
        expect_status 0
    done
    printf 'Resources: {P: {Type: AWS::AmazonMQ::Broker, Properties: {PubliclyAccessible: off}}}' >one.yaml
    demo diff one.yaml two.json --fail
    expect_status 2
    printf 'Resources: {P: {Type: AWS::Cognito::UserPool, Properties: {MfaConfiguration: ON}}}' >one.yaml
    printf 'Resources: {P: {Type: AWS::Cognito::UserPool, Properties: {MfaConfiguration: "ON"}}}' >two.yaml
    demo diff one.yaml two.yaml --fail
    expect_status 2
}

test_numbers_however_they_are_written() {
    local one two
    while read -r one two; do
        printf 'Resources: {A: {Type: AWS::CloudWatch::Alarm, Properties: {Threshold: %s}}}' "$one" >one.yaml
        printf '{"Resources":{"A":{"Type":"AWS::CloudWatch::Alarm","Properties":{"Threshold":%s}}}}' "$two" >two.json
        demo diff one.yaml two.json --fail
        expect_status 0
    done <<'PAIRS'
1.0 1.0
1.0 1
1 1.0
1.50 1.5
1 1e0
"1.50" "1.50"
1.50 "1.50"
PAIRS
    printf 'Resources: {A: {Type: AWS::RDS::DBInstance, Properties: {EngineVersion: "8.0"}}}' >one.yaml
    printf 'Resources: {A: {Type: AWS::RDS::DBInstance, Properties: {EngineVersion: 8}}}' >two.yaml
    demo diff one.yaml two.yaml --fail
    expect_status 2
    printf 'Resources: {A: {Type: AWS::RDS::DBInstance, Properties: {EngineVersion: 8.10}}}' >two.yaml
    demo diff one.yaml two.yaml
    expect_out_has '[+] 8.10'
}

# What a macro makes resources of is compared as it is.
test_what_macros_expand() {
    printf 'Transform: M\nResources:\n  - Queue: a\n' >one.yaml
    printf 'Transform: M\nResources:\n  - Queue: b\n' >two.yaml
    demo diff one.yaml two.yaml --fail
    expect_status 2
    expect_out_has '[~] Other Resources'
    expect_out_has '[{"Queue":"a"}] to [{"Queue":"b"}]'
    demo diff one.yaml one.yaml --fail
    expect_status 0
    printf 'Transform: M\nResources: {A: {Type: AWS::SQS::Queue}}\n' >two.yaml
    demo diff one.yaml two.yaml --fail
    expect_status 2
    printf 'Transform: {Name: AWS::Include, Parameters: {Location: a}}\n' >one.yaml
    printf 'Transform: {Name: AWS::Include, Parameters: {Location: b}}\n' >two.yaml
    demo diff one.yaml two.yaml --fail
    expect_status 2
    printf 'Resources: {A: [1]}\n' >one.yaml
    printf 'Resources: {A: [2]}\n' >two.yaml
    demo diff one.yaml two.yaml --fail
    expect_status 2
    for section in Parameters Mappings Conditions Rules Outputs Metadata Transform; do
        printf 'Transform: M\nResources: {}\n%s: [1]\n' "$section" >one.yaml
        printf 'Transform: M\nResources: {}\n%s: {A: {B: {C: 1}}}\n' "$section" >two.yaml
        demo diff one.yaml two.yaml
        expect_status 0
    done
}

# The others are compared, and nothing is said to be new or gone because its counterpart cannot be read.
test_a_file_of_a_folder_that_cannot_be_read() {
    mkdir one two
    for stack in a b c; do
        printf 'Resources: {Q: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: 1}}}' >"one/$stack.yaml"
        printf 'Resources: {Q: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: 2}}}' >"two/$stack.yaml"
    done
    printf 'Resources: {Q: !Nope x}' >one/b.yaml
    demo diff one two
    expect_status 1
    expect_summary 'a: 1 updated' 'c: 1 updated'
    expect_err_has "one/b.yaml:1:16: unknown tag '!Nope'"
    expect_err_has "'b' is left out"
    demo diff two one --fail
    expect_status 1
    rm one/a.yaml one/c.yaml
    demo diff one two
    expect_failure 'one/b.yaml:1:16:'
}

test_a_template_of_an_assembly_that_cannot_be_read() {
    demo synth -q -o one
    demo synth -q -o two -c count=3
    local broken
    broken=$(cd one && ls *.template.json | head -n 1)
    echo '{ "Resources": ' >"one/$broken"
    demo diff one two
    expect_status 1
    expect_err_has "one/$broken:2:1: expected a value, found the end of the text; '${broken%.template.json}' is left out"
    ! grep -q "^${broken%.template.json}:" "$work/out" || fail "$broken is compared"
}

run_tests "$@"
