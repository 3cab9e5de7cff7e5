#!/usr/bin/env bash
# tango-infra diff: where templates come from, formats, exit statuses, and input that is not as it should be.
. "$(dirname "$0")/lib.sh"

stacks=3

# Two template files that differ: one.json and two.yaml.
two_files() {
    cat >one.json <<'JSON'
{ "Resources": { "A": { "Type": "AWS::SQS::Queue", "Properties": { "DelaySeconds": 1 } },
                 "R": { "Type": "AWS::IAM::Role", "Properties": {} } } }
JSON
    cat >two.yaml <<'YAML'
Resources:
  A: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: 2}}
  R: {Type: AWS::IAM::Role, Properties: {}}
YAML
}

test_two_files() {
    two_files
    demo diff one.json two.yaml
    expect_status 0
    expect_summary 'two: 1 updated'
    expect_out_has '[~] AWS::SQS::Queue A'
    expect_out_has 'Number of stacks with differences: 1'
    expect_no_err
    demo diff one.json one.json
    expect_summary 'one: no differences'
}

test_two_folders() {
    demo synth -q -o one
    demo synth -q -o two -c count=3
    demo diff one two
    expect_status 0
    expect_summary 'DemoNetwork: 1 added' 'DemoData: 1 added' 'DemoWeb: 1 added'
    expect_out_has '[+] AWS::SNS::Topic Topic2 Topic2'
    rm two/DemoWeb.template.json
    demo diff one two
    expect_failure "two/manifest.json: there is no 'DemoWeb.template.json'"
}

test_folders_that_others_made() {
    two_files
    mkdir -p one/deep two/deep
    cp one.json one/deep/x.template
    cp two.yaml two/deep/x.yml
    echo '{ "name": "no template" }' | tee one/package.json >two/package.json
    echo 'text' >one/README.md
    demo diff one two
    expect_status 0
    expect_summary 'deep/x: 1 updated'
    mkdir empty
    demo diff one empty
    expect_failure 'empty: there are no templates in it'
    echo '{ "Resources": ' >two/broken.json
    demo diff one two
    expect_status 1
    expect_summary 'deep/x: 1 updated'
    expect_err_has 'two/broken.json:2:1: expected a value'
}

test_template() {
    demo synth -q -o base
    demo diff DemoWeb --template base/DemoWeb.template.json -c count=4
    expect_status 0
    expect_summary 'DemoWeb: 2 added'
    demo diff --template base/DemoWeb.template.json
    expect_usage_error "'--template' compares one stack, and $stacks are selected"
    demo diff DemoWeb --template base/DemoWeb.template.json --baseline base
    expect_usage_error "'--baseline' and '--template' exclude each other"
    printf 'Resources:\n  A: [1\n' >broken.yaml
    demo diff DemoWeb --template broken.yaml
    expect_failure 'broken.yaml:3:1: '
}

# Templates as deployed come from `aws`; $work/deployed is a directory of answers by stack. No role may be taken on.
stand_in_for_aws() {
    mkdir -p "$work/bin" "$work/deployed"
    cat >"$work/bin/aws" <<SCRIPT
#!/usr/bin/env bash
echo "\$*" >>'$work/calls'
case "\$1 \$2" in
'sts get-caller-identity') echo '{ "Account": "123456789012" }'; exit ;;
'sts assume-role') echo 'An error occurred (AccessDenied) when calling the AssumeRole operation: no' >&2; exit 254 ;;
'cloudformation get-template') ;;
*) exit 9 ;;
esac
stack=\$(python3 -c 'import json, sys; r = json.load(sys.stdin); print(r["StackName"], r["TemplateStage"])')
[ "\${stack#* }" = Original ] || exit 9
stack=\${stack% *}
echo "\$stack in \$*" >>'$work/asked'
if [ -e '$work/deployed/'"\$stack" ]; then cat '$work/deployed/'"\$stack"; exit; fi
echo >&2
echo "An error occurred (ValidationError) when calling the GetTemplate operation: Stack with id \$stack does not exist" >&2
exit 254
SCRIPT
    chmod +x "$work/bin/aws"
    export PATH=$work/bin:$PATH AWS_REGION=us-east-1
}

test_deployed() {
    stand_in_for_aws
    demo synth -q -o base
    printf '{ "TemplateBody": %s }' "$(cat base/DemoNetwork.template.json)" >"$work/deployed/DemoNetwork"
    # What a macro made may have limited something: when it goes, nobody can tell.
    python3 -c 'import json; print(json.dumps({"TemplateBody": "Resources:\n  Old: !Transform {Type: X}\n"}))' >"$work/deployed/DemoData"
    demo diff
    expect_status 0
    expect_summary 'DemoNetwork: no differences' 'DemoData: 1 destroyed, 2 added, 2 outside of resources; broadens permissions' 'DemoWeb (new): 2 added, 2 outside of resources'
    expect_equal "$(grep -c get-template "$work/calls")" 3
    [ ! -e cdk.out ] || fail 'an assembly was written'
    demo diff --app base
    expect_summary 'DemoNetwork: no differences' 'DemoData: 1 destroyed, 2 added, 2 outside of resources; broadens permissions' 'DemoWeb (new): 2 added, 2 outside of resources'
    demo diff DemoWeb -e -c region=eu-west-1
    expect_equal "$(tail -n 1 "$work/asked")" \
        'DemoWeb in cloudformation get-template --cli-input-json file:///dev/stdin --output json --region eu-west-1'
    expect_no_temporary_files
}

test_deployed_that_cannot_be_read() {
    stand_in_for_aws
    echo '{ "TemplateBody": "a: [" }' >"$work/deployed/DemoData"
    demo diff
    expect_failure "deployed template of 'DemoData':"
    printf '#!/bin/sh\necho "Unable to locate credentials" >&2\nexit 253\n' >"$work/bin/aws"
    demo diff
    expect_failure 'DemoNetwork: Unable to locate credentials'
    expect_err_has "'aws configure' or 'aws sso login' gives credentials"
    PATH=$work/nowhere run "$DEMO" diff
    expect_failure aws
}

test_options_that_exclude_each_other() {
    two_files
    demo diff --change-set --baseline one.json
    expect_usage_error "'--change-set' asks about what is deployed, which '--baseline' replaces"
    demo diff --change-set --template one.json
    expect_usage_error "'--change-set' asks about what is deployed, which '--template' replaces"
    demo diff --import-existing-resources
    expect_usage_error "it needs '--change-set'"
    demo diff one.json two.yaml --change-set
    expect_usage_error "'--change-set' asks about what is deployed"
}

# Stacks in stacks, as the CDK writes them: the inner templates lie in the assembly, under the paths in the metadata.
nested_assembly() { # FOLDER DELAY
    mkdir -p "$1"
    cat >"$1/manifest.json" <<'JSON'
{ "version": "36.0.0", "artifacts": { "S": { "type": "aws:cloudformation:stack", "environment": "aws://unknown-account/unknown-region",
    "properties": { "templateFile": "S.template.json" } } } }
JSON
    for level in 'S Middle middle' 'middle Inner inner'; do
        read -r file id inner <<<"$level"
        cat >"$1/$file.template.json" <<JSON
{ "Resources": { "$id": { "Type": "AWS::CloudFormation::Stack", "Properties": { "TemplateURL": "https://s3/$(printf "$2%.0s" {1..64}).json" },
    "Metadata": { "aws:asset:path": "$inner.template.json", "aws:asset:property": "TemplateURL" } } } }
JSON
    done
    printf '{ "Resources": { "Queue": { "Type": "AWS::SQS::Queue", "Properties": { "DelaySeconds": %s } } } }' "$2" >"$1/inner.template.json"
}

test_nested_stacks() {
    nested_assembly one 1
    nested_assembly two 2
    demo diff one two
    expect_status 0
    expect_summary 'S: 1 updated' 'S/Middle: 1 updated' 'S/Middle/Inner: 1 updated'
    expect_out_has 'Stack S/Middle/Inner'
    expect_out_has '[~] AWS::SQS::Queue Queue'
    demo diff --app two --baseline one S
    expect_summary 'S: 1 updated' 'S/Middle: 1 updated' 'S/Middle/Inner: 1 updated'
    cp two/S.template.json two/inner.template.json
    demo diff one two
    expect_failure 'stacks are nested more than 20 deep'
}

# Three small files that would be 125,000 stacks.
test_nested_stacks_that_multiply() {
    nested_assembly one 1
    nested_assembly two 2
    python3 -c 'import json
for file, inner in ("S", "middle"), ("middle", "more"), ("more", "inner"):
    stack = {"Type": "AWS::CloudFormation::Stack", "Metadata": {"aws:asset:path": inner + ".template.json"}, "Properties": {"TemplateURL": "u"}}
    json.dump({"Resources": {f"N{i}": stack for i in range(50)}}, open(f"two/{file}.template.json", "w"))'
    demo diff one two
    expect_failure 'two: more than 2000 stacks are nested in others'
}

# A few kilobytes that name one large file thirty times.
test_templates_that_are_large_together() {
    nested_assembly one 1
    nested_assembly two 2
    head -c 60000000 /dev/zero | tr '\0' ' ' >>two/inner.template.json
    python3 -c 'import json
stack = {"type": "aws:cloudformation:stack", "environment": "aws://1/r", "properties": {"templateFile": "inner.template.json"}}
json.dump({"version": "36.0.0", "artifacts": {f"S{i}": stack for i in range(30)}}, open("two/manifest.json", "w"))'
    demo diff one two
    expect_failure 'two: its templates are larger than 1024 MiB together'
}

test_formats() {
    two_files
    demo diff one.json two.yaml --format json
    expect_status 0
    expect_equal "$(json "$work/out" '[j["version"], j["stacks"][0]["name"], j["stacks"][0]["resources"][0]["impact"]]')" '[1, "two", "update"]'
    demo diff one.json two.yaml --format markdown
    expect_out_has '<details>'
    demo diff one.json two.yaml --format html
    expect_out_has '<!DOCTYPE html>'
    demo diff one.json two.yaml -f markdown=a.md -f json=a.json -f html=a.html -f text=a.txt
    expect_no_out
    expect_whole a.json
    grep -q '<details>' a.md || fail 'no markdown'
    grep -q '</html>' a.html || fail 'no html'
    expect_equal "$(head -n 1 a.txt)" 'two: 1 updated'
    demo diff one.json two.yaml -f text -f json=b.json
    expect_summary 'two: 1 updated'
    expect_equal "$(cat b.json)" "$(cat a.json)" 'JSON'
    demo diff one.json two.yaml --color -f text -f text=c.txt
    expect_out_has $'\033['
    ! grep -q $'\033' c.txt || fail 'colors in a file'
}

test_output_files_that_are_no_files() {
    two_files
    demo diff one.json two.yaml -f json=expected
    # Devices stay what they are; root may make one of its own to try.
    if [ "$(id -u)" = 0 ] && mknod device c 1 3 2>/dev/null; then
        demo diff one.json two.yaml -f json=device
        expect_status 0
        [ -c device ] || fail 'the device is gone'
    fi
    mkfifo fifo
    cat fifo >from-fifo &
    demo diff one.json two.yaml -f json=fifo
    wait $!
    [ -p fifo ] || fail 'the FIFO is gone'
    expect_equal "$(cat from-fifo)" "$(cat expected)" 'through a FIFO'
    demo diff one.json two.yaml -f json=>(cat >from-substitution; : >ended)
    expect_status 0
    until [ -e ended ]; do sleep 0.01; done
    expect_equal "$(cat from-substitution)" "$(cat expected)" 'through a process substitution'
    demo diff one.json two.yaml -f json=/dev/stdout
    expect_equal "$(cat "$work/out")" "$(cat expected)" 'to /dev/stdout'
    demo diff one.json two.yaml -f text -f json=/dev/fd/1
    expect_summary 'two: 1 updated'
    expect_equal "$(tail -n "$(wc -l <expected)" "$work/out")" "$(cat expected)" 'after text, to the same file'
    mkdir there
    ln -s there/target link
    demo diff one.json two.yaml -f json=link
    [ -L link ] || fail 'the link is gone'
    expect_equal "$(cat there/target)" "$(cat expected)" 'through a link'
    demo diff one.json two.yaml -f json=/dev/full
    expect_failure "cannot write '/dev/full': No space left on device"
    expect_no_temporary_files
}

test_formats_that_are_not_there() {
    two_files
    demo diff one.json two.yaml --format yaml
    expect_usage_error "option '--format' takes text, json, markdown or html, not 'yaml'"
    demo diff one.json two.yaml --format jsn
    expect_usage_error "option '--format' does not know 'jsn'; did you mean 'json'?"
    demo diff one.json two.yaml --format json=
    expect_usage_error "no file is named in 'json='"
    demo diff one.json two.yaml -f json -f text
    expect_usage_error 'only one format can go to standard output'
    demo diff one.json two.yaml -f json=absent/file
    expect_failure absent/file
}

test_json_is_as_its_schema_says() {
    python3 -c 'import jsonschema' 2>/dev/null || skip 'there is no python3-jsonschema'
    demo synth -q -o base
    two_files
    "$DEMO" diff one.json two.yaml -f json=1.json
    "$DEMO" diff --baseline base -c count=1 -c title=other -c prefix=Other -f json=2.json
    "$DEMO" diff one.json two.yaml --summary -f json=3.json
    "$DEMO" diff one.json two.yaml --security-only -f json=4.json
    "$DEMO" diff base base --strict -f json=5.json
    cat >old.yaml <<'YAML'
Transform: a
Parameters: {P: {Type: String}}
Resources:
  A: {Type: AWS::SQS::Queue, Properties: {QueueName: a}}
  B: {Type: AWS::DynamoDB::Table, Metadata: {'aws:cdk:path': S/Table/Resource}}
  C: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [a], Policies: [{PolicyDocument: {Statement: {Effect: Deny, NotAction: 'a:b', Resource: '*', Condition: {Bool: {'aws:x': true}}}}}]}}
  D: {Type: AWS::EC2::SecurityGroupIngress, Properties: {GroupId: !Ref G, IpProtocol: tcp, FromPort: 1, CidrIp: 0.0.0.0/0}}
  E: {Type: AWS::SSO::Assignment, Properties: {InstanceArn: !Ref A}}
  F: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt A.Arn}}
  G: {Type: T}
Outputs: {O: {Value: !Ref A, Export: {Name: n}}}
YAML
    cat >new.yaml <<'YAML'
Resources:
  A: {Type: AWS::SQS::Queue, Properties: {QueueName: b}}
  B2: {Type: AWS::DynamoDB::Table}
  F: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt A.Arn}}
  G: {Type: U}
YAML
    "$DEMO" diff old.yaml new.yaml -f json=6.json
    "$DEMO" diff new.yaml old.yaml -f json=7.json
    run python3 -c '
import json, sys, jsonschema
schema = json.load(open(sys.argv[1]))
jsonschema.Draft202012Validator.check_schema(schema)
for name in sys.argv[2:]:
    for error in jsonschema.Draft202012Validator(schema).iter_errors(json.load(open(name))):
        print(name, error.json_path, error.message)' "$SOURCE_DIRECTORY/docs/diff.schema.json" [1-7].json
    expect_status 0
    expect_no_out
}

test_exit_status() {
    two_files
    sed 's/Properties: {}}/Properties: {ManagedPolicyArns: [a]}}/' two.yaml >broader.yaml
    sed 's/AWS::SQS::Queue, /AWS::SNS::Topic, /' two.yaml >destructive.yaml
    demo diff one.json one.json --fail
    expect_status 0
    demo diff one.json two.yaml --fail
    expect_status 2
    expect_summary 'two: 1 updated'
    demo diff one.json two.yaml --fail-on any-change
    expect_status 2
    demo diff one.json two.yaml --fail-on broadening
    expect_status 0
    demo diff one.json two.yaml --fail --fail-on destructive
    expect_status 0
    demo diff one.json broader.yaml --fail-on broadening
    expect_status 2
    demo diff one.json destructive.yaml --fail-on destructive
    expect_status 2
    demo diff one.json absent.yaml --fail
    expect_status 1
    demo diff one.json two.yaml --fail-on destruction
    expect_err_has "did you mean 'destructive'?"
}

test_context_lines() {
    printf 'Resources: {A: {Type: T, Properties: {L: [%s]}}}' "$(seq -s, 40)" >one.yaml
    printf 'Resources: {A: {Type: T, Properties: {L: [%s, 41]}}}' "$(seq -s, 40)" >two.yaml
    demo diff one.yaml two.yaml --context-lines 1
    expect_out_has '@@ -41,2 +41,3 @@'
    demo diff one.yaml two.yaml
    expect_out_has '@@ -39,4 +39,5 @@'
    demo diff one.yaml two.yaml --context-lines 0
    expect_err_has "takes a whole number from 1"
}

test_bad_input() {
    two_files
    printf 'a: 1' >none.yaml
    demo diff one.json none.yaml
    expect_failure "none.yaml: not a template: there is no 'Resources'"
    head -c 4096 /dev/urandom >binary
    demo diff one.json binary
    expect_failure 'binary:'
    printf 'Resources: {}\n---\nResources: {}\n' >documents.yaml
    demo diff one.json documents.yaml
    expect_failure 'documents.yaml:2:1: a second document begins'
    printf 'Resources: {A: !Foo x}' >tag.yaml
    demo diff one.json tag.yaml
    expect_failure "tag.yaml:1:16: unknown tag '!Foo'"
    printf 'Resources: {Resources: {A: [%s%s]}}' "$(printf '[%.0s' {1..600})" "$(printf ']%.0s' {1..600})" >deep.yaml
    demo diff one.json deep.yaml
    expect_failure 'nested more than 500 levels deep'
    : >empty.yaml
    demo diff one.json empty.yaml
    expect_failure 'empty.yaml:1:1: there is nothing in it'
    demo diff one.json /dev/zero
    expect_failure '/dev/zero: larger than 64 MiB'
    demo diff one.json absent
    expect_failure "cannot read 'absent': there is no such file"
}

run_tests "$@"
