#!/usr/bin/env bash
# What the doctor finds, with a stand-in for the AWS CLI.
. "$(dirname "$0")/lib.sh"

# aws_with IDENTITY REGION BOOTSTRAP: shell code for each of the questions.
aws_with() {
    mkdir -p "$work/bin"
    cat >"$work/bin/aws" <<SCRIPT
#!/usr/bin/env bash
echo "\$*" >>'$work/calls'
case "\$1 \${2-}" in
--version*) echo 'aws-cli/2.9.19 Python/3.11.2' ;;
'sts get-caller-identity') $1 ;;
'configure get') $2 ;;
'ssm get-parameter') $3 ;;
*) exit 9 ;;
esac
SCRIPT
    chmod +x "$work/bin/aws"
    PATH=$work/bin:$PATH
}

identity='echo "{ \"Account\": \"123456789012\", \"Arn\": \"arn:aws:iam::123456789012:user/someone\" }"'
region='echo eu-west-1'
bootstrap='echo "{ \"Parameter\": { \"Value\": \"21\" } }"'

test_everything_is_there() {
    aws_with "$identity" "$region" "$bootstrap"
    demo doctor
    expect_status 0
    expect_no_err
    grep -q '^ok       demo [0-9.]*$' "$work/out" || fail 'no version'
    expect_out_has 'ok       the app makes 3 stacks'
    expect_out_has 'ok       AWS CLI: aws-cli/2.9.19 Python/3.11.2'
    expect_out_has 'ok       default region: eu-west-1'
    expect_out_has 'ok       credentials: account 123456789012, arn:aws:iam::123456789012:user/someone'
    expect_out_has 'ok       account 123456789012 is bootstrapped in eu-west-1: version 21'
    grep -q -- '--name /cdk-bootstrap/hnb659fds/version --output json --region eu-west-1' "$work/calls" || fail 'asked for something else'
}

# Both versions of the AWS CLI put it so.
test_an_aws_cli_that_is_too_old() {
    aws_with "$identity" "$region" "$bootstrap"
    sed -i "s/^\*) exit 9/'cloudformation describe-events') echo 'aws: error: argument operation: Invalid choice, valid choices are:' >\&2; exit 252 ;;\n&/" "$work/bin/aws"
    demo doctor
    expect_status 0
    expect_out_has "note     this AWS CLI is too old for 'describe-events'"
    ! grep -q "too old for 'get-hook-result'" "$work/out" || fail 'too much'
}

test_regions_of_the_stacks_and_the_qualifier_count() {
    aws_with "$identity" "$region" "$bootstrap"
    demo doctor -c region=us-east-1 -c @aws-cdk/core:bootstrapQualifier=mine --profile work
    expect_status 0
    expect_out_has 'ok       account 123456789012 is bootstrapped in us-east-1: version 21'
    grep -q -- '--name /cdk-bootstrap/mine/version --output json --profile work --region us-east-1' "$work/calls" || fail 'asked for something else'
}

problem() {
    demo doctor "${@:3}"
    expect_status 1
    expect_out_has "missing  $1"
    expect_out_has "         fix with: $2"
    expect_err 'tango-infra: 1 problem'
}

test_no_aws_cli() {
    mkdir "$work/bin"
    PATH=$work/bin run "$DEMO" doctor
    expect_status 1
    expect_out_has 'missing  the AWS CLI is not installed'
    expect_out_has 'fix with: sudo apt-get install awscli'
}

test_no_credentials() {
    aws_with 'echo "Unable to locate credentials" >&2; exit 253' "$region" "$bootstrap"
    problem 'there are no credentials that work: Unable to locate credentials' 'aws configure'
    problem 'there are no credentials that work: Unable to locate credentials' 'aws sso login --profile work, or aws configure --profile work' \
        --profile work
}

test_no_region() {
    aws_with "$identity" 'exit 1' "$bootstrap"
    problem 'the AWS CLI has no default region' 'aws configure set region us-east-1'
    AWS_REGION=eu-central-1 demo doctor
    expect_status 0
    expect_out_has 'ok       default region: eu-central-1'
    demo doctor --region eu-north-1
    expect_out_has 'ok       default region: eu-north-1'
}

test_no_bootstrap() {
    aws_with "$identity" "$region" \
        'echo "An error occurred (ParameterNotFound) when calling the GetParameter operation" >&2; exit 254'
    problem 'account 123456789012 is not bootstrapped in eu-west-1' 'demo bootstrap aws://123456789012/eu-west-1'
}

test_an_old_bootstrap() {
    aws_with "$identity" "$region" 'echo "{ \"Parameter\": { \"Value\": \"5\" } }"'
    problem 'the bootstrap of account 123456789012 in eu-west-1 is version 5; it must be 6 or later' \
        'demo bootstrap aws://123456789012/eu-west-1'
}

test_a_bootstrap_that_cannot_be_seen() {
    aws_with "$identity" "$region" 'echo "An error occurred (AccessDeniedException)" >&2; exit 254'
    problem 'cannot see whether eu-west-1 is bootstrapped: An error occurred (AccessDeniedException)' \
        'credentials that may call ssm:GetParameter'
}

test_an_app_with_errors() {
    aws_with "$identity" "$region" "$bootstrap"
    problem 'the app has 2 errors' "the changes that 'demo -c count=x -c ratio=9 synth' asks for" -c count=x -c ratio=9
}

test_broken_files() {
    aws_with "$identity" "$region" "$bootstrap"
    echo '{' >cdk.json
    demo doctor
    expect_status 1
    expect_out_has 'missing  the context cannot be read: cdk.json:'
    expect_out_has 'ok       credentials'
}

# packages ENTRY...: of all functions, zip archives with these files.
packages() {
    mkdir -p "$work/packages"
    for name in event-publisher audit-consumer image-transform; do
        python3 - "$work/packages/$name.zip" "$@" <<'PYTHON'
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as archive:
    for name in sys.argv[2:]:
        archive.writestr(name, name)
PYTHON
    done
    export TANGO_FUNCTIONS=$work/packages
}

test_packages_that_cannot_work() {
    aws_with "$identity" "$region" "$bootstrap"
    local native=(node_modules/@img/sharp-linux-x64/lib/sharp-linux-x64-1.node node_modules/@img/sharp-libvips-linux-x64/lib/libvips-cpp.so.8)
    packages bootstrap ca.pem index.js node_modules/sharp/package.json "${native[@]}"
    tango doctor
    expect_status 0
    expect_out_has 'ok       the package of image-transform'
    tango synth -q
    expect_status 0
    # Without its native module, sharp does not load.
    packages bootstrap ca.pem index.js node_modules/sharp/package.json "${native[1]}"
    tango doctor
    expect_status 1
    expect_out_has "missing  the package of image-transform cannot work: $work/packages/image-transform.zip lacks 'node_modules/@img/sharp-linux-x64/lib/sharp-linux-x64...'"
    expect_out_has 'ok       the package of event-publisher'
    rm -r cdk.out
    tango synth -q
    expect_failure "'$work/packages/image-transform.zip' cannot work: it lacks 'node_modules/@img/sharp-linux-x64/lib/sharp-linux-x64...'"
    expect_err_has "'--no-bundling' does without them"
    expect_no_file cdk.out
    tango synth -q --no-bundling
    expect_status 0
    rm "$work/packages/audit-consumer.zip"
    tango doctor
    expect_out_has "missing  the package of audit-consumer cannot be read: $work/packages/audit-consumer.zip"
}

test_json() {
    demo doctor --json -c count=x
    expect_status 1
    expect_equal "$(json "$work/out" '[j["version"], j["problems"] == sum(f["status"] == "missing" for f in j["findings"]), set(f["status"] for f in j["findings"]) <= {"ok", "missing", "note"}, [f for f in j["findings"] if f["message"] == "the app has 1 error"]]')" \
        '[1, true, true, [{"status": "missing", "message": "the app has 1 error", "fix": "the changes that '"'"'demo -c count=x synth'"'"' asks for"}]]'
}

run_tests "$@"
