#!/usr/bin/env bash
# The commands, their outputs and exit statuses.
. "$(dirname "$0")/lib.sh"

test_synth_writes_the_assembly_and_says_so() {
    demo synth
    expect_status 0
    expect_no_out
    expect_err 'Synthesized 3 stacks to cdk.out'
    for name in manifest.json tree.json cdk.out Demo{Network,Data,Web}.{template,assets}.json; do
        expect_file "cdk.out/$name"
    done
    expect_equal "$(json cdk.out/manifest.json 'sorted(k for k, a in j["artifacts"].items() if a["type"] == "aws:cloudformation:stack")')" \
        '["DemoData", "DemoNetwork", "DemoWeb"]'
}

test_synthesize_is_synth() {
    demo synthesize
    expect_status 0
    expect_file cdk.out/manifest.json
}

test_one_stack_is_printed_as_yaml() {
    demo synth DemoData
    expect_status 0
    expect_no_err
    python3 - "$work/out" cdk.out/DemoData.template.json <<'PYTHON' || fail 'the YAML differs from the template'
import json, sys
try:
    import yaml
except ImportError:
    sys.exit(0)
assert yaml.safe_load(open(sys.argv[1])) == json.load(open(sys.argv[2]))
PYTHON
    expect_out_has 'Type: AWS::SNS::Topic'
    expect_file cdk.out/DemoWeb.template.json
}

test_one_stack_is_printed_as_json() {
    demo synth --json 'Demo?ata'
    expect_status 0
    expect_equal "$(cat "$work/out")" "$(cat cdk.out/DemoData.template.json)"
}

test_several_stacks_are_not_printed() {
    demo synth 'Demo*'
    expect_status 0
    expect_no_out
}

test_quiet_is_quiet() {
    demo synth -q DemoData
    expect_status 0
    expect_no_out
    expect_no_err
    demo synth --quiet
    expect_no_err
}

test_output_directory() {
    demo synth -o one/two
    expect_file one/two/manifest.json
    expect_no_file cdk.out
    echo '{ "output": "from-file" }' >cdk.json
    demo synth
    expect_file from-file/manifest.json
    demo synth --output=from-option
    expect_file from-option/manifest.json
    demo synth -o ''
    expect_usage_error "option '-o' needs the name of a directory"
    echo '{ "output": "" }' >cdk.json
    demo synth
    expect_failure 'the name of the output directory is empty'
}

test_warnings_and_strict() {
    demo synth -c warn=true
    expect_status 0
    expect_err_has '[Warning at /DemoWeb] the web is dangerous'
    rm -r cdk.out
    demo synth -c warn=true --strict
    expect_failure "there are warnings, and '--strict' takes them for errors"
    expect_no_file cdk.out
    demo synth -c warn=true --strict DemoData
    expect_status 0
    demo synth --strict
    expect_status 0
}

test_a_failed_synth_leaves_the_assembly_alone() {
    demo synth
    find cdk.out -type f -exec sha256sum {} + | sort >"$work/before"
    demo synth -c count=0 -c prefix=Other
    expect_failure "[Error] context key 'count' must be from 1 to 10, not 0"
    find cdk.out -type f -exec sha256sum {} + | sort | cmp -s - "$work/before" || fail 'the assembly changed'
}

test_every_error_is_reported() {
    demo synth -c count=x -c ratio=7 -c cout=2 -c zones=5 -c 'labels=[]' -c enabled=maybe
    expect_failure "context key 'count' must be a whole number, not \"x\""
    expect_err_has "context key 'ratio' must be from 0 to 1, not 7"
    expect_err_has "unknown context key 'cout'; did you mean 'count'?"
    expect_err_has "context key 'zones' must be a list of strings, not 5"
    expect_err_has "context key 'labels' must be a map of strings, not []"
    expect_err_has "context key 'enabled' must be true or false, not \"maybe\""
    expect_err_has '6 errors; nothing was written'
    expect_no_file cdk.out
}

test_list() {
    demo list
    expect_status 0
    expect_no_err
    expect_out 'DemoNetwork
DemoData
DemoWeb'
    demo ls
    expect_out 'DemoNetwork
DemoData
DemoWeb'
    demo ls --json
    expect_out '[
  "DemoNetwork",
  "DemoData",
  "DemoWeb"
]'
    expect_no_file cdk.out
}

# What the CDK CLI prints for the same assembly: `cdk ls --long --show-dependencies`.
test_list_long() {
    demo list --long --show-dependencies -c account=123456789012 -c region=eu-west-1 -c 'zones=["a"]' DemoData
    expect_status 0
    expect_out '- id: DemoNetwork
  name: DemoNetwork
  environment:
    account: "123456789012"
    region: eu-west-1
    name: aws://123456789012/eu-west-1
  dependencies: []
- id: DemoData
  name: DemoData
  environment:
    account: "123456789012"
    region: eu-west-1
    name: aws://123456789012/eu-west-1
  dependencies:
  - id: DemoNetwork
    dependencies: []'
    demo ls -ldj DemoNetwork
    expect_out '[
  {
    "id": "DemoNetwork",
    "name": "DemoNetwork",
    "environment": {
      "account": "unknown-account",
      "region": "unknown-region",
      "name": "aws://unknown-account/unknown-region"
    },
    "dependencies": []
  }
]'
}

test_selection() {
    demo ls DemoData
    expect_out 'DemoNetwork
DemoData'
    demo ls '*Web'
    expect_out 'DemoNetwork
DemoData
DemoWeb'
    demo ls '!DemoWeb'
    expect_out 'DemoNetwork
DemoData'
    demo ls '!Demo{Web,Data}'
    expect_out DemoNetwork
    demo ls 'Demo*' '!*' 2>/dev/null
    expect_failure 'every stack is excluded'
}

test_selection_of_nothing() {
    demo ls DemoDat
    expect_failure "no stack matches 'DemoDat'; did you mean 'DemoData'?"
    demo synth DemoData Xyzzy
    expect_failure "no stack matches 'Xyzzy'; there are DemoNetwork, DemoData, DemoWeb"
    expect_no_file cdk.out
}

test_exclusively_limits_what_is_looked_at() {
    demo synth -c warn=true --strict -e DemoWeb
    expect_status 1
    demo synth -c warn=true --strict -e DemoData
    expect_status 0
}

test_metadata() {
    demo metadata DemoWeb -c warn=true -c count=1
    expect_status 0
    expect_out_has '/DemoWeb/Topic0:'
    expect_out_has '- type: aws:cdk:logicalId'
    expect_out_has 'data: Topic0'
    expect_out_has 'data: the web is dangerous'
    demo metadata -j DemoWeb
    expect_equal "$(json "$work/out" 'j["/DemoWeb/Topic0"]')" '[{"type": "aws:cdk:logicalId", "data": "Topic0"}]'
    demo metadata 'Demo*'
    expect_failure "'Demo*' matches 3 stacks; name one"
}

test_path_metadata_is_for_the_asking() {
    demo synth --quiet
    ! grep -q aws:cdk:path cdk.out/DemoWeb.template.json || fail 'there is path metadata'
    demo synth --quiet --path-metadata
    expect_equal "$(json cdk.out/DemoWeb.template.json 'j["Resources"]["Topic0"]["Metadata"]')" '{"aws:cdk:path": "DemoWeb/Topic0"}'
    echo '{ "pathMetadata": true }' >cdk.json
    demo synth --quiet
    grep -q aws:cdk:path cdk.out/DemoWeb.template.json || fail 'there is no path metadata'
    demo synth --quiet --no-path-metadata
    ! grep -q aws:cdk:path cdk.out/DemoWeb.template.json || fail 'there is path metadata'
}

test_wrong_usage_is_status_2() {
    demo snyth
    expect_status 2
    expect_err "tango-infra: unknown command 'snyth'; did you mean 'synth'?"
    demo frobnicate
    expect_status 2
    expect_err "tango-infra: unknown command 'frobnicate'; 'demo help' lists them"
    demo synth --quit
    expect_status 2
    expect_err "tango-infra: unknown option '--quit'; did you mean '--quiet'?"
    demo --quiet synth
    expect_status 2
    demo synth -o
    expect_status 2
    expect_err "tango-infra: option '-o' needs a value: -o DIR"
    demo metadata
    expect_status 2
    expect_err "tango-infra: 'metadata' needs a STACK
usage: demo metadata [OPTION...] STACK"
    demo version extra
    expect_status 2
    demo
    expect_status 2
    expect_no_out
    expect_err_has 'usage: demo [OPTION...] COMMAND'
    demo help synht
    expect_status 2
    demo context --clear --describe
    expect_status 2
}

test_version() {
    demo version
    expect_status 0
    cp "$work/out" "$work/version"
    grep -Eqx 'demo [0-9]+\.[0-9]+\.[0-9]+' "$work/out" || fail 'that is no version'
    demo --version
    expect_status 0
    cmp -s "$work/out" "$work/version" || fail '--version says something else'
}

# Unlike the CDK's: what a script reads is the same in CI as elsewhere.
test_with_ci_results_are_alone_on_stdout() {
    local command

    for command in 'synth -j DemoData -c warn=true' 'list -j' 'metadata -j DemoData' 'context -j' version 'diff . . --format json'; do
        # shellcheck disable=SC2086
        demo $command -v
        expect_status 0
        cp "$work/out" "$work/usual"
        # shellcheck disable=SC2086
        CI=true demo $command -v
        expect_out "$(cat "$work/usual")"
        # shellcheck disable=SC2086
        demo $command -v --ci
        expect_out "$(cat "$work/usual")"
    done
    CI=true demo synth
    expect_no_out
    expect_err 'Synthesized 3 stacks to cdk.out'
    demo synth --ci
    expect_no_out
}

test_colors_on_a_terminal() {
    need_terminal
    run script -qec "'$DEMO' synth -c warn=true" /dev/null
    grep -q $'\033\\[33m' "$work/out" || fail 'no color on a terminal'
    NO_COLOR=1 run script -qec "'$DEMO' synth -c warn=true" /dev/null
    ! grep -q $'\033\\[' "$work/out" || fail 'color despite NO_COLOR'
    run script -qec "'$DEMO' synth -c warn=true --no-color" /dev/null
    ! grep -q $'\033\\[' "$work/out" || fail 'color despite --no-color'
}

test_colors_without_a_terminal() {
    demo synth -c warn=true
    ! grep -q $'\033\\[' "$work/err" || fail 'color without a terminal'
    demo synth -c warn=true --color
    grep -q $'\033\\[' "$work/err" || fail 'no color despite --color'
}

test_standard_output_that_cannot_be_written() {
    status=0
    "$DEMO" list >/dev/full 2>"$work/err" || status=$?
    : >"$work/out"
    expect_status 1
    expect_err_has 'cannot write to standard output: No space left on device'
    # With a reader that goes away early, more than a pipe holds.
    "$DEMO" synth -j DemoData -c count=10 -c "title=$(head -c 900 /dev/zero | tr '\0' x)" 2>"$work/err" | head -c 1 >/dev/null
    case ${PIPESTATUS[0]} in 0 | 141) ;; *) fail "status ${PIPESTATUS[0]} on a closed pipe" ;; esac
}

run_tests "$@"
