#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# A recent and an old CDK CLI list, synthesize and diff our stacks: from the assembly, and with tango-infra as their app.
set -euo pipefail
. "$SOURCE_DIRECTORY/tests/parity/node_modules.sh"
parity=$SOURCE_DIRECTORY/tests/parity
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME=$work CI=true TANGO_FUNCTIONS=$parity/functions AWS_EC2_METADATA_DISABLED=true
export AWS_ACCESS_KEY_ID=none AWS_SECRET_ACCESS_KEY=none AWS_ENDPOINT_URL=http://localhost:1
unset CDK_OUTDIR
passed=0 failed=0

check() { # DESCRIPTION COMMAND...: the command has to succeed
  local description=$1
  shift
  if "$@" >"$work/log" 2>&1; then
    passed=$((passed + 1))
  else
    echo "$description: failed"
    tail -n 20 "$work/log"
    failed=$((failed + 1))
  fi
}

same_lines() { # EXPECTED ACTUAL
  diff <(printf '%s\n' "$1") <(printf '%s\n' "$2")
}

# What `cdk synth` prints is the template; whether with the rule about the bootstrap version and its parameter depends on the CLI's version.
cat >same-template.js <<'JS'
const assert = require('assert');
const [printed, template] = process.argv.slice(2).map((file) => JSON.parse(require('fs').readFileSync(file, 'utf8')));
assert('BootstrapVersion' in template.Parameters && 'CheckBootstrapVersion' in template.Rules);
for (const { Parameters = {}, Rules = {} } of [printed, template]) {
  delete Parameters.BootstrapVersion;
  delete Rules.CheckBootstrapVersion;
}
assert.deepStrictEqual({ Parameters: {}, Rules: {}, ...printed }, { Parameters: {}, Rules: {}, ...template });
JS

stacks=$(printf '%s\n' TangoNetwork TangoMedia TangoApp TangoFrontend TangoEvents TangoObservability | sort)
"$TANGO_INFRA" synth --quiet --output cdk.out
printf '{ "app": "%s synth --quiet" }\n' "$TANGO_INFRA" >cdk.json

for package in aws-cdk aws-cdk-2-100; do
  cdk() { node "$cdk_packages/$package/bin/cdk" --no-color "$@"; }
  export -f cdk
  version=$(cdk --version)

  check "$version lists the assembly" \
    same_lines "$stacks" "$(cdk ls --app cdk.out 2>/dev/null | grep . | sort)"
  check "$version lists with the app" \
    same_lines "$stacks" "$(cdk ls --output from-cdk 2>/dev/null | grep . | sort)"

  # What the CDK prints for one stack is our template.
  cdk synth TangoNetwork --app cdk.out --json --path-metadata false >of-assembly.json 2>log || { cat log; exit 1; }
  check "$version synthesizes the assembly" node same-template.js of-assembly.json cdk.out/TangoNetwork.template.json
  cdk synth TangoMedia --output from-cdk --json --path-metadata false --asset-metadata false >of-app.json 2>log || { cat log; exit 1; }
  check "$version synthesizes with the app" node same-template.js of-app.json cdk.out/TangoMedia.template.json
  check "$version asks the app for path metadata" bash -c '
    cdk() { node "$0" --no-color "$@"; }
    cdk synth TangoMedia --output with-paths --json 2>/dev/null | grep -q "\"aws:cdk:path\": \"TangoMedia/MediaBucket/Resource\""' \
    "$cdk_packages/$package/bin/cdk"
  check "$version hands context to the app" bash -c '
    node "$0" synth TangoNetwork --output with-context --json -c stack_prefix=Tango -c "availability_zones=[\"us-east-1a\",\"us-east-1b\",\"us-east-1c\"]" -c nat_gateways=2 2>/dev/null | grep -c NATGateway' \
    "$cdk_packages/$package/bin/cdk"

  check "$version sees no difference to the same template" bash -c '
    node "$0" diff TangoNetwork --exclusively --app cdk.out --template cdk.out/TangoNetwork.template.json --fail' \
    "$cdk_packages/$package/bin/cdk"
  sed 's/10\.0\.0\.0\/16/10.1.0.0\/16/' cdk.out/TangoNetwork.template.json >changed.json
  check "$version sees a difference" bash -c '
    ! node "$0" diff TangoNetwork --exclusively --app cdk.out --template changed.json --fail' \
    "$cdk_packages/$package/bin/cdk"
  check "$version prints nothing of the app on standard output" bash -c '
    node "$0" synth TangoNetwork --quiet --output quiet 2>/dev/null | grep -q . && exit 1 || exit 0' \
    "$cdk_packages/$package/bin/cdk"
  rm -rf from-cdk with-paths with-context quiet
done

# The project's own cdk.json, as in a clone: the CDK CLI runs the program by script/run. Another build than the one that this
# makes stands in for it.
mkdir clone
cp "$SOURCE_DIRECTORY/cdk.json" clone
cd clone
mkdir script
run=$TANGO_INFRA
[ ! "$TANGO_INFRA" -ef "$SOURCE_DIRECTORY/build/release/tango-infra" ] || run=$SOURCE_DIRECTORY/script/run
printf '#!/bin/sh\nexec "%s" "$@"\n' "$run" >script/run
chmod +x script/run
"$TANGO_INFRA" synth --quiet --no-lookups
for package in aws-cdk aws-cdk-2-100; do
  cdk() { node "$cdk_packages/$package/bin/cdk" --no-color "$@"; }
  version=$(cdk --version)
  check "$version lists with the project's cdk.json" same_lines "$stacks" "$(cdk ls --output from-cdk 2>log | grep . | sort)"
  check "$version synthesizes with the project's cdk.json" cdk synth --quiet --output from-cdk
  check "$version makes the assembly that the program makes with it" bash -c '
    for template in cdk.out/*.template.json; do cmp "$template" "from-cdk/${template#cdk.out/}" || exit 1; done'
  check "$version compares with the project's cdk.json" \
    cdk diff TangoNetwork --exclusively --fail --output from-cdk --template cdk.out/TangoNetwork.template.json
  cdk synth TangoNetwork --output from-cdk --json -c nat_gateways=2 >of-cdk.json 2>log
  check "$version changes what the project's cdk.json says" same_lines 2 "$(grep -c '"AWS::EC2::NatGateway"' of-cdk.json)"
  rm -rf from-cdk
done
# The program reads the same file, and does not run itself.
sed -i 's/"max_azs": 2/"max_azs": 2, "nat_gateways": 2/' cdk.json
check 'the program takes its context from the file' bash -c '"$0" synth TangoNetwork --json | grep -c "::NatGateway" | grep -qx 2' "$TANGO_INFRA"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
