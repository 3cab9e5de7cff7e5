# Helpers for the tests of deployment: the helpers of the command line's tests, and a local AWS that every test
# finds empty but for a bootstrap.
# shellcheck shell=bash
. "$(dirname "${BASH_SOURCE[0]}")/../cli/lib.sh"
deploy_tests=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# Needs the AWS CLI and moto; without them there is nothing to be tested with.
. "$SOURCE_DIRECTORY/tests/python_packages.sh"
need_python_packages moto.server

python=$(python3 -c 'import sys; print(sys.executable)') # not a wrapper around it, which takes its time

server_directory=$(mktemp -d "${TMPDIR:-/tmp}/tango-server.XXXXXX")
"$python" "$deploy_tests/server.py" --ready "$server_directory/port" >"$server_directory/log" 2>&1 &
server_pid=$!
"$python" "$deploy_tests/aws_server.py" "$server_directory/aws" >"$server_directory/aws_log" 2>&1 &
aws_pid=$!
trap 'kill "$server_pid" "$aws_pid" 2>/dev/null; wait "$server_pid" "$aws_pid" 2>/dev/null; rm -rf "$server_directory"' EXIT
for _ in {1..600}; do
    [ -s "$server_directory/port" ] && { [ -e "$server_directory/aws" ] || ! kill -0 "$aws_pid" 2>/dev/null; } && break
    kill -0 "$server_pid" 2>/dev/null || { cat "$server_directory/log"; exit 1; }
    sleep 0.1
done
server=http://localhost:$(cat "$server_directory/port")

# control VERB [JSON]: scripts the local AWS (see server.py). look VERB EXPRESSION: a Python expression on the answer j.
control() { curl -sSf -X POST "$server/_test/$1" -d "${2:-null}" -o /dev/null || fail "control $1"; }
look() { curl -sSf "$server/_test/$1" | "$python" -I -S -c 'import json,sys; j = json.load(sys.stdin); r = eval(sys.argv[1]); print(r if isinstance(r, str) else json.dumps(r))' "$2"; }

status_of() { look stacks "j.get('$1', {}).get('status', 'none')"; }
expect_stack() { expect_equal "$(status_of "$1")" "$2" "state of $1"; }
is_in_state() { [ "$(status_of "$1")" = "$2" ]; }
# What CloudFormation still does after the program has ended.
wait_for_stack() { wait_for is_in_state "$1" "$2"; }
# Nothing half done is left: no stack under review, no change set.
expect_clean() {
    expect_equal "$(look stacks "[n for n, s in j.items() if s['status'] == 'REVIEW_IN_PROGRESS' or s['change_sets']]")" '[]' 'left over'
}
# calls_of ACTION: how often it was called, or one of ACTION|ACTION...
calls_of() { look calls "sum(c[1] in '$1'.split('|') for c in j)"; }
begins='CreateStack|UpdateStack|ExecuteChangeSet' # what begins to change a stack

are_called() { [ "$(calls_of "$1")" -ge "$2" ]; }
# wait_for_calls ACTION COUNT
wait_for_calls() { wait_for are_called "$@"; }
# hurry: what takes long by the test's settings comes to its end.
hurry() { control settings '{ "resource_seconds": 0.02 }' && control hurry; }
# hurry_after ACTION COUNT: so, once that has been called; meanwhile the test goes on.
hurry_after() { { wait_for_calls "$@" && hurry; } & }

# assembly < description (see assembly.py): makes ./app.
assembly() { "$python" "$deploy_tests/assembly.py" app; }
deploy() { run "$DEMO" deploy --app app --require-approval never "$@"; }

# Two stacks side by side, one that needs both, one that needs that.
shop='{
    "Base": { "resources": { "Queue": "AWS::SQS::Queue", "Topic": "AWS::SNS::Topic" },
        "exports": { "Base:Queue": { "Ref": "Queue" } }, "outputs": { "QueueUrl": { "Ref": "Queue" } } },
    "Media": { "resources": { "Bucket": "AWS::S3::Bucket" } },
    "Api": { "needs": ["Base", "Media"],
        "resources": { "Topic": { "Type": "AWS::SNS::Topic", "Properties": { "DisplayName": { "Fn::ImportValue": "Base:Queue" } } } },
        "outputs": { "Note": "hello" } },
    "Web": { "needs": ["Api"], "resources": { "Group": "AWS::Logs::LogGroup" } } }'

changed_shop() { assembly <<<"$(json_edit "$shop" "$1")"; }
# json_edit TEXT STATEMENTS: the text after Python statements on the parsed object j.
json_edit() { "$python" -I -S -c 'import json,sys; j = json.loads(sys.argv[1]); exec(sys.argv[2]); print(json.dumps(j))' "$1" "$2"; }

# Packages of Tango's functions that hold nothing.
functions_of_test() {
    mkdir -p functions
    touch functions/event-publisher.zip functions/audit-consumer.zip
    cp -r "$SOURCE_DIRECTORY/tests/parity/functions/image-transform" functions
    export TANGO_FUNCTIONS=$PWD/functions
}

# put_index REPOSITORY TAG PLATFORM...: an image for these, as docker buildx pushes it.
put_index() {
    local manifests='' platform
    for platform in "${@:3}"; do
        manifests+="${manifests:+,}{ \"mediaType\": \"application/vnd.oci.image.manifest.v1+json\", \"size\": 1, \"digest\": \"sha256:$(printf '%064d' 1)\", \"platform\": { \"os\": \"${platform%/*}\", \"architecture\": \"${platform#*/}\" } }"
    done
    aws ecr put-image --repository-name "$1" --image-tag "$2" --image-manifest-media-type application/vnd.oci.image.index.v1+json \
        --image-manifest "{ \"schemaVersion\": 2, \"mediaType\": \"application/vnd.oci.image.index.v1+json\", \"manifests\": [$manifests] }" >/dev/null || fail 'put-image'
}

# What Tango's stacks need of an account. with_prerequisites [PREFIX]: of those named after it.
with_prerequisites() {
    local prefix=${1:-tango}
    aws ecr create-repository --repository-name "$prefix-backend" >/dev/null || fail 'create-repository'
    put_index "$prefix-backend" latest linux/amd64
    "$TANGO_INFRA" doctor --secret-skeleton -c "resource_prefix=$prefix" | sed 's/""/"value"/' >secret.json
    aws secretsmanager create-secret --name "$prefix/app-secrets" --secret-string file://secret.json >/dev/null || fail 'create-secret'
}

# with_terminal ANSWER COMMAND...: runs it at a terminal where a person answers the question.
with_terminal() {
    local answer=$1
    shift
    need_terminal
    status=0
    : >"$work/out"
    {
        until grep -q '(y/n)' "$work/out"; do sleep 0.1; done
        printf '%s\n' "$answer"
    } | script -qec "$(printf '%q ' "$@")" /dev/null >"$work/out" 2>"$work/err" || status=$?
}

# at_terminal COLUMNSxROWS STEP... -- COMMAND...: see terminal.py; what the terminal shows is in $work/out, all that was
# printed in $work/err.
at_terminal() {
    local size=$1
    shift
    need_terminal
    status=0
    : >"$work/out"
    "$python" "$deploy_tests/terminal.py" "$size" "$work/terminal" "$@" 2>"$work/err" </dev/null || status=$?
    [ "$status" != 99 ] || fail 'a step waits in vain'
    "$python" -I -S -c 'import json, sys
t = json.load(open(sys.argv[1]))
open(sys.argv[2], "w").write("\n".join(t["lines"]) + "\n"), open(sys.argv[3], "w").write(t["raw"])' "$work/terminal" "$work/out" "$work/err"
}

# use_aws fast|1|2: what `aws` is: version 1 kept loaded (see aws_server.py), or the program of that version. Fails when
# it is not there. The variable attempts says how often it tries on its own, whatever it is told.
use_aws() {
    local program
    case $1 in
    fast)
        [ -e "$server_directory/aws" ] || return 1
        program="$python -I -S $deploy_tests/aws_server.py $server_directory/aws call" ;;
    1)
        "$python" -c 'import awscli; assert awscli.__version__.startswith("1.")' 2>/dev/null || return 1
        program="$python -m awscli" ;;
    2)
        program=/usr/bin/aws
        [[ $($program --version 2>&1) == aws-cli/2.* ]] || return 1 ;;
    esac
    mkdir -p "$work/bin"
    # Not every version takes AWS_ENDPOINT_URL for every service.
    printf '#!/bin/sh\n%sexec %s "$@" --endpoint-url "$AWS_ENDPOINT_URL"\n' "${attempts:+export AWS_MAX_ATTEMPTS=$attempts; }" "$program" >"$work/bin/aws"
    chmod +x "$work/bin/aws"
    [[ $PATH == "$work/bin:"* ]] || PATH=$work/bin:$PATH
}

# Called before each test.
prepare_test() {
    export AWS_ENDPOINT_URL=$server AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1
    use_aws fast || use_aws 2 || skip 'the AWS CLI is not installed'
    control reset
    control bootstrap
}
