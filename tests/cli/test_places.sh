#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Where the source makes a construct: recorded by the build, kept out of the assembly as the CDK keeps its traces out of
# it, written with CDK_DEBUG=true, and shown with what `validate` finds.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# traces FILE: "place path" of each construct in a manifest.
traces() {
    python3 -I -S -c 'import json, sys
for artifact in json.load(open(sys.argv[1]))["artifacts"].values():
    for path, entries in artifact.get("metadata", {}).items():
        for entry in entries:
            for place in entry.get("trace", []):
                print(place, path)' "$1"
}

test_places_name_the_line_of_the_constructor() {
    local path place file line text
    CDK_DEBUG=true run "$TANGO_INFRA" synth --quiet --no-lookups --no-bundling
    expect_status 0
    traces cdk.out/manifest.json >traces
    [ "$(wc -l <traces)" -gt 100 ] || fail 'hardly any construct has a place'
    while read -r place path; do
        file=${place%:*} line=${place##*:}
        text=$(sed -n "${line}p" "$SOURCE_DIRECTORY/$file") || fail "$path: there is no $place"
        [[ $text =~ [a-z0-9_]+(_new|_init|_from_[a-z0-9_]+|_import)\( ]] || fail "$path: no constructor is called at $place: $text"
    done <traces
    # The VPC and what it makes itself.
    grep -E '^stacks/network.c:[0-9]+ /TangoNetwork/TangoVpc/Resource$' traces >/dev/null || fail 'the VPC has no place'
    line=$(sed -n 's|^stacks/network.c:\([0-9]*\) /TangoNetwork/TangoVpc/PublicSubnet1/Subnet$|\1|p' traces)
    sed -n "${line}p" "$SOURCE_DIRECTORY/stacks/network.c" | grep -F 'ec2_vpc_new(self->stack.node, "TangoVpc"' >/dev/null || fail 'not the line of the VPC'
}

# aws-cdk-lib writes "trace" in debug mode alone: its assemblies and ours stay the same without it.
test_no_places_in_the_assembly() {
    run "$TANGO_INFRA" synth --quiet --no-lookups --no-bundling
    expect_status 0
    expect_equal "$(traces cdk.out/manifest.json)" '' 'places'
}

test_validate_names_the_place_of_a_cdk_app() {
    python3 "$SOURCE_DIRECTORY/tests/deploy/assembly.py" app <<<'{ "Shop": { "resources": { "Queue": { "Type": "AWS::SQS::Queue", "Properties": { "DelaySeconds": "soon" } } },
        "traces": { "Queue": ["new Queue (/app/node_modules/aws-cdk-lib/aws-sqs/lib/queue.js:1:2)", "new Shop (/app/lib/shop.ts:12:5)"] } } }'
    run "$TANGO_INFRA" validate --app app
    expect_status 1
    expect_out_has 'construct Shop/Queue/Resource'
    expect_out_has 'made at /app/lib/shop.ts:12:5'
    run "$TANGO_INFRA" validate --app app --format json
    expect_equal "$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["findings"][0]["source"])' "$work/out")" '/app/lib/shop.ts:12:5' source
}

run_tests "$@"
