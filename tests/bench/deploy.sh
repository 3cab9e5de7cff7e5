#!/usr/bin/env bash
# tests/bench/deploy.sh TANGO_INFRA: deploys the reference app's six stacks to the local AWS with tango-infra (A) and with
# the CDK CLI (B), in turn, from the same assembly and from nothing each time. Prints the medians of the wall time, their
# ratio, and how often tango-infra started the AWS CLI. RUNS: how often, 3. AWS_VERSIONS: of the AWS CLI, "1 2" as far as
# they are installed.
set -euo pipefail
tango=$1
sources=$(cd "$(dirname "$0")/../.." && pwd)
parity=$sources/tests/parity
SOURCE_DIRECTORY=$sources
. "$parity/node_modules.sh"
python=$(python3 -c 'import sys; print(sys.executable)')
"$python" -c 'import moto.server' 2>/dev/null || { echo 'deploy: not measured, moto is not installed'; exit 0; }

work=$(mktemp -d)
"$python" "$sources/tests/deploy/server.py" --ready "$work/port" >"$work/log" 2>&1 &
server_pid=$!
trap 'kill "$server_pid" 2>/dev/null; wait "$server_pid" 2>/dev/null; rm -rf "$work"' EXIT
until [ -s "$work/port" ]; do
  kill -0 "$server_pid" || { cat "$work/log"; exit 1; }
  sleep 0.1
done
export AWS_ENDPOINT_URL=http://localhost:$(cat "$work/port") AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test
export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1 AWS_EC2_METADATA_DISABLED=true HOME=$work CI=true CDK_DISABLE_CLI_TELEMETRY=true
node "$parity/reference-app/app.js" --out "$work/assembly" >"$work/log" 2>&1

# The program of that version, with the address of the local AWS, which not every version takes from the environment.
use_aws() {
  local program
  case $1 in
  1) program="$python -m awscli" ;;
  2) program=/usr/bin/aws ;;
  esac
  [[ $($program --version 2>&1) == aws-cli/$1.* ]] || return 1
  mkdir -p "$work/bin"
  printf '#!/bin/sh\nexec %s "$@" --endpoint-url "$AWS_ENDPOINT_URL"\n' "$program" >"$work/bin/aws"
  chmod +x "$work/bin/aws"
}

start_over() {
  curl -sSf -X POST "$AWS_ENDPOINT_URL/_test/reset" -d null -o /dev/null
  curl -sSf -X POST "$AWS_ENDPOINT_URL/_test/bootstrap" -d null -o /dev/null
}

# seconds FILE COMMAND...: adds the wall time to the file.
seconds() {
  local file=$1 began=$EPOCHREALTIME
  shift
  "$@" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
  awk -v a="$began" -v b="$EPOCHREALTIME" 'BEGIN { print b - a }' >>"$file"
}

median() { sort -n "$1" | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'; }

all='deploy --all --require-approval never'
echo "A: tango-infra $all --no-preflight; B: cdk $all --concurrency 10"
for version in ${AWS_VERSIONS:-1 2}; do
  use_aws "$version" || { echo "version $version of the AWS CLI is not installed"; continue; }
  rm -f "$work/a" "$work/b"
  for ((run = 0; run < ${RUNS:-3}; run++)); do
    start_over
    PATH=$work/bin:$PATH seconds "$work/a" "$tango" $all --no-preflight --app "$work/assembly" --verbose
    calls=$(sed -n 's/^\([0-9]*\) calls of the AWS CLI$/\1/p' "$work/log")
    start_over
    seconds "$work/b" node "$cdk_packages/aws-cdk/bin/cdk" $all --concurrency 10 --app "$work/assembly" --no-notices --progress events
  done
  awk -v v="$version" -v a="$(median "$work/a")" -v b="$(median "$work/b")" -v calls="$calls" 'BEGIN {
    printf "AWS CLI %s: wall s   A %9.4f   B %9.4f   B/A %8.1f   calls of the AWS CLI %d\n", v, a, b, b / a, calls }'
done
