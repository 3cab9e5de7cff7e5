#!/usr/bin/env bash
# The commands of docs/getting-started.md, all of them and in their order; script/local-aws starts the AWS that they need.
. "$(dirname "$0")/../cli/lib.sh"
. "$SOURCE_DIRECTORY/tests/python_packages.sh"
need_python_packages moto.server
document=$SOURCE_DIRECTORY/docs/getting-started.md

# blocks WANTED: the commands before the local AWS is started (1), or from there on (2), as a shell runs them.
blocks() {
    awk -v wanted="$1" '
        BEGIN { part = 1 }
        /^```sh local/ { part = 2; inside = 0; next }
        /^```sh/ { inside = 1; fails = /fails/; next }
        /^```/ { inside = 0; next }
        inside && part == wanted { print fails ? "! " $0 " || { echo unexpected success; exit 9; }" : $0 }' \
        "$document"
}

# A clone whose program is built already. The functions are those of the tests: that of the edge needs npm.
stand_ins() {
    mkdir -p script functions
    printf '#!/bin/sh\nexec %q "$@"\n' "$TANGO_INFRA" >script/run
    printf '#!/bin/sh\nexec %q "$@"\n' "$SOURCE_DIRECTORY/script/local-aws" >script/local-aws
    chmod +x script/run script/local-aws
    touch functions/event-publisher.zip functions/audit-consumer.zip
    cp -r "$SOURCE_DIRECTORY/tests/parity/functions/image-transform" functions
    export TMPDIR=$work TANGO_FUNCTIONS=$PWD/functions LOCAL_AWS_SECONDS=0
    { echo 'set -e'; blocks 1; } >part1.sh
    { echo 'set -e'; blocks 2; } >part2.sh
    grep -q 'script/run synth' part1.sh && grep -q 'tango-infra destroy' part2.sh || fail 'the document has no commands'
}

test_every_command() {
    stand_ins
    run bash part1.sh
    expect_status 0
    expect_err_has "did you mean 'nat_gateways'"
    expect_file change.html
    run script/local-aws bash part2.sh
    expect_status 0
    expect_out_has 'https://'
    expect_err_has 'DELETE_COMPLETE'
    expect_file deployment.html
    expect_nothing_left
}

expect_nothing_left() {
    local process
    [ -z "$(compgen -G "$work/tango-local-aws.*")" ] || fail 'the local AWS leaves a directory behind'
    for process in /proc/[0-9]*/cmdline; do
        [[ $(tr '\0' ' ' <"$process") != *"$work/tango-local-aws"* ]] || fail 'the local AWS still runs'
    done 2>/dev/null
}

# Variables for another terminal, and an end by Ctrl-C, which a background process of this shell would ignore.
test_variables_for_another_terminal() {
    export TMPDIR=$work
    python3 -c 'import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execv(sys.argv[1], sys.argv[1:])' "$SOURCE_DIRECTORY/script/local-aws" >lines 2>"$work/err" &
    local pid=$!
    wait_for grep -q 'unset AWS_PROFILE' lines
    (
        . ./lines
        [ "$(aws sts get-caller-identity --query Account --output text)" = 123456789012 ] || exit 1
        [ "$(command -v tango-infra)" = "$TANGO_INFRA" ]
    ) || fail 'the variables do not lead to the local AWS'
    kill -INT "$pid"
    status=0
    wait "$pid" || status=$?
    expect_status 130
    expect_nothing_left
}

test_without_moto() {
    # A python3 without packages, and a registry that does not answer.
    python3 -m venv --without-pip "$work/empty"
    export PIP_INDEX_URL=http://127.0.0.1:9 PIP_CONFIG_FILE=/dev/null
    mkdir copy
    cp -r "$SOURCE_DIRECTORY/script" copy
    PATH=$work/empty/bin:$PATH run copy/script/local-aws true
    expect_status 1
    expect_err_has 'without moto there is no local AWS'
}

run_tests "$@"
