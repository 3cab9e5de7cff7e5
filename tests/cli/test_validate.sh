#!/usr/bin/env bash
# The command `validate`.
. "$(dirname "$0")/lib.sh"

test_a_file() {
    printf 'Resources: {}\n' >good.yaml
    printf 'Resources: {}\nFoo: 1\n' >bad.yaml
    tango validate good.yaml
    expect_status 0
    expect_out 'nothing found in 1 template'
    tango validate good.yaml bad.yaml
    expect_status 1
    expect_out "bad.yaml:2:1: error: unknown key 'Foo' [E1001]
     2 | Foo: 1
       | ^~~
         at /Foo
         Correct the name of the section, or add what is missing.
1 error in 2 templates"
}

test_json() {
    printf '{"Resources": {},\n "Foo/": 1}' >bad.json
    tango validate bad.json --format json
    expect_status 1
    expect_equal "$(json "$work/out" "[j['version'], j['findings'][0]['rule'], j['findings'][0]['pointer']]")" \
        '[1, "E1001", "/Foo~1"]'
}

test_several_formats() {
    printf 'Foo: 1\n' >bad.yaml
    tango validate bad.yaml --format text --format json=out.json
    expect_status 1
    expect_out_has "'Foo'"
    expect_equal "$(json out.json "len(j['findings'])")" 2
    tango validate bad.yaml --format text --format json
    expect_status 2
    expect_err_has 'only one format'
    tango validate bad.yaml --format jsn
    expect_status 2
    expect_err_has "did you mean 'json'?"
}

test_a_directory() {
    mkdir -p a/b a/node_modules/x a/.git
    printf 'Foo: 1\nResources: {}\n' | tee a/1.yaml a/b/2.template a/node_modules/x/3.yaml a/.git/4.yaml >/dev/null
    echo '{"name": "Resources"}' >a/package.json
    tango validate a --format json
    expect_status 1
    expect_equal "$(json "$work/out" "[f['file'] for f in j['findings']]")" '["a/1.yaml", "a/b/2.template"]'
    mkdir empty
    tango validate empty
    expect_failure 'there is no template'
    tango validate ./nothing
    expect_failure 'nothing'
}

test_our_stacks() {
    tango validate
    expect_status 0
    expect_out 'nothing found in 6 templates'
    tango validate TangoNetwork
    expect_out 'nothing found in 1 template'
    tango validate Nonsense
    expect_failure 'Nonsense'
}

test_ignore() {
    printf 'Foo: 1\n' >bad.yaml
    tango validate bad.yaml --ignore E1001
    expect_status 0
    tango validate bad.yaml --ignore E3
    expect_status 1
}

test_report_formats() {
    printf 'Resources: {}\n"F,o%%": 1\n' >bad.yaml
    tango validate bad.yaml --format sarif=out.sarif --format junit=out.xml --format github=out.github --format parseable=out.txt
    expect_status 1
    expect_no_out
    expect_equal "$(json out.sarif "[j['version'], j['runs'][0]['results'][0]['ruleId'], j['runs'][0]['results'][0]['locations'][0]['physicalLocation']['region']['startLine'], j['runs'][0]['tool']['driver']['rules'][0]['id']]")" \
        '["2.1.0", "E1001", 2, "E1001"]'
    expect_equal "$(python3 -c 'import sys, xml.etree.ElementTree as t
root = t.parse("out.xml").getroot()
print(root.get("failures"), root[0].get("name"), root[0][0].get("name"), root[0][0][0].get("type"))')" '1 bad.yaml E1001 /F,o% error'
    expect_equal "$(cat out.github)" "::error file=bad.yaml,line=2,col=1,endLine=2,endColumn=7,title=E1001::unknown key 'F,o%25'"
    expect_equal "$(cat out.txt)" "bad.yaml:2:1:2:7:E1001:unknown key 'F,o%'"
    printf 'Resources: {}\n' >good.yaml
    tango validate good.yaml --format junit
    expect_status 0
    expect_out_has 'tests="1" failures="0"'
}

test_what_is_suppressed() {
    cat >a.yaml <<-'END'
	Resources:
	  A:
	    Type: AWS::SNS::Topic
	    Metadata: {cfn-lint: {config: {ignore_checks: [E10]}}}
	    Properties: {DisplayName: !Ref Nothing}
	  B:
	    Type: AWS::SNS::Topic
	    Properties:
	      DisplayName: !Ref Nothing # cfn-lint: ignore E1020 -- made elsewhere
	  C:
	    Type: AWS::SNS::Topic
	    Properties:
	      # cfn-lint: ignore W1, E1020
	      DisplayName: !Ref Nothing
	  D:
	    Type: AWS::SNS::Topic
	    Properties:
	      DisplayName: !Ref Nothing # cfn-lint: ignore W1 -- E1020 is not meant
	END
    tango validate a.yaml --format json
    expect_status 1
    expect_equal "$(json "$work/out" "[f['pointer'] for f in j['findings']]")" '["/Resources/D/Properties/DisplayName/Ref"]'
    printf 'ignore_checks: [E1020]\n' >.cfnlintrc
    tango validate a.yaml
    expect_status 0
    printf 'ignore_checks: E1020\n' >.cfnlintrc
    tango validate a.yaml
    expect_failure ".cfnlintrc: 'ignore_checks' is not a list of strings"
    rm .cfnlintrc
    sed 's/ignore_checks: .E10.*/ignore_checks: []}}}/; s/#.*//' a.yaml >b.yaml
    printf 'Metadata: {cfn-lint: {config: {ignore_checks: [E]}}}\n' >>b.yaml
    tango validate b.yaml
    expect_status 0
}

test_exit_codes() {
    printf 'Foo: 1\nResources: {A: {Type: AWS::SQS::Queue, DeletionPolicy: Retain}}\n' >both.yaml
    printf 'Resources: {A: {Type: AWS::SQS::Queue, DeletionPolicy: Retain}}\n' >warning.yaml
    tango validate warning.yaml
    expect_status 0
    expect_out_has '1 warning in 1 template'
    tango validate warning.yaml --strict
    expect_status 1
    tango validate warning.yaml --cfn-lint-exit-codes
    expect_status 4
    tango validate both.yaml --cfn-lint-exit-codes
    expect_status 6
}

test_rules_are_explained() {
    tango validate --list-rules
    expect_status 0
    expect_out_has 'E1020'
    tango validate --explain E3004
    expect_status 0
    expect_out_has 'E3004 (error): resources depend on each other in a circle'
    expect_out_has 'Fix: '
    tango validate --explain E304
    expect_status 2
    expect_err_has "there is no rule 'E304'"
}

findings_shown() { [ "$(grep -c 'in 1 template' watched)" = "$1" ]; }

test_watch() {
    printf 'Foo: 1\nResources: {}\n' >a.yaml
    "$TANGO_INFRA" validate a.yaml --watch >watched 2>&1 </dev/null &
    local watcher=$!
    wait_for findings_shown 1
    printf 'Resources: {}\n' >a.yaml
    wait_for grep -q 'nothing found in 1 template' watched
    kill "$watcher"
    wait "$watcher"
    tango validate --watch
    expect_status 2
    expect_err_has "'--watch' needs files"
}

# An assembly whose only stack refers to nothing.
broken_assembly() {
    mkdir -p broken
    cat >broken/manifest.json <<-'END'
	{"version": "36.0.0", "artifacts": {"Broken": {"type": "aws:cloudformation:stack",
	  "environment": "aws://123456789012/eu-west-1", "properties": {"templateFile": "Broken.template.json"}}}}
	END
    echo '{"Resources": {"A": {"Type": "AWS::SNS::Topic", "Metadata": {"aws:cdk:path": "Broken/A/Resource"}, "Properties": {"DisplayName": {"Ref": "B"}}}}}' \
        >broken/Broken.template.json
}

test_before_templates_are_used() {
    broken_assembly
    tango diff --app broken --baseline broken
    expect_status 0
    expect_err_has "[Error at /Broken/A/Resource] there is no resource or parameter 'B' [E1020]"
    tango diff --app broken --baseline broken --no-validation
    expect_status 0
    expect_no_err
    tango deploy --app broken Broken --dry-run
    expect_failure "'--no-validation' deploys it all the same"
    expect_err_has '[E1020]'
    demo synth
    expect_status 0
}

run_tests
