#!/usr/bin/env bash
# Against moto as it is, where an event does not say which operation it is of and everything is done at once.
. "$(dirname "$0")/lib.sh"

plain_moto='
import os, sys
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server
server = make_server("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), threaded=True)
open("port.new", "w").write(str(server.server_port))
os.rename("port.new", "port")
server.serve_forever()'

start_moto() {
    "$python" -c "$plain_moto" >moto.log 2>&1 &
    moto_pid=$!
    trap 'kill "$moto_pid"; wait "$moto_pid" 2>/dev/null; remove_work' EXIT
    wait_for test -e port
    AWS_ENDPOINT_URL=http://127.0.0.1:$(cat port)
}

state() { aws cloudformation describe-stacks --stack-name "$1" --query 'Stacks[0].StackStatus' --output text 2>/dev/null || echo none; }
expect_state() { expect_equal "$(state "$1")" "$2" "state of $1"; }

test_from_bootstrap_to_destroy() {
    start_moto
    tango bootstrap --yes aws://123456789012/us-east-1
    expect_status 0
    expect_state CDKToolkit CREATE_COMPLETE
    # Change sets of one name in two stacks, which moto does not keep apart.
    assembly <<<'{ "Media": { "resources": { "Bucket": "AWS::S3::Bucket" } }, "Base": { "resources": { "Queue": "AWS::SQS::Queue" } } }'
    deploy --all
    expect_status 0
    expect_state Media CREATE_COMPLETE
    expect_state Base CREATE_COMPLETE
    deploy --all
    expect_status 0
    expect_err_has 'no changes'
    assembly <<<'{ "Media": { "resources": { "Bucket": "AWS::S3::Bucket", "Other": "AWS::S3::Bucket" } }, "Base": { "resources": { "Queue": "AWS::SQS::Queue" } } }'
    deploy --all
    expect_status 0
    expect_state Media UPDATE_COMPLETE
    run "$DEMO" destroy --app app --all --force
    expect_status 0
    expect_state Media none
}

# moto does not export what change sets make.
test_a_change_set_that_is_refused() {
    start_moto
    tango bootstrap --yes aws://123456789012/us-east-1
    assembly <<<"$shop"
    deploy --all --method change-set
    expect_status 1
    expect_err_has 'cannot execute the change set: No export named Base:Queue found'
    expect_err_has '--method direct does without change sets'
}

test_imports_without_change_sets() {
    start_moto
    tango bootstrap --yes aws://123456789012/us-east-1
    assembly <<<"$shop"
    deploy --all --method direct
    expect_status 0
    expect_state Web CREATE_COMPLETE
}

run_tests "$@"
