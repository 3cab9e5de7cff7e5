#!/usr/bin/env bash
# tango-infra diagram: the six stacks, assemblies and templates of others, formats, and what can be wrong.
. "$(dirname "$0")/../cli/lib.sh"

need_dot() {
    command -v dot >/dev/null || skip 'there is no dot (Debian: graphviz)'
}

# Everything is XML, and nothing in it runs, refers to something, or is markup of a name.
expect_harmless_svg() {
    python3 - "$1" <<'PYTHON' || fail "$1 is not a harmless picture"
import sys, xml.etree.ElementTree as tree
allowed = {'svg', 'style', 'rect', 'g', 'title', 'path', 'polygon', 'polyline', 'ellipse', 'text'}
for element in tree.parse(sys.argv[1]).iter():
    assert element.tag.split('}')[1] in allowed, element.tag
    for name in element.attrib:
        assert not name.startswith('on') and 'href' not in name, name
PYTHON
}

# has_edge FROM TO RELATION [PATTERN]: between nodes whose keys begin so, in DOT on standard output.
has_edge() {
    grep -qE "^  \"$1[^\"]*\" -> \"$2[^\"]*\" \[ class=\"$3\".*${4-}" "$work/out" || fail "no edge of $3 from $1 to $2 (${4-})"
}

test_the_six_stacks() {
    tango diagram
    expect_status 0
    expect_no_err
    [ "$(grep -c 'cellborder' "$work/out")" -le 40 ] || fail 'too many boxes'
    [ "$(grep -c 'subgraph cluster' "$work/out")" = 6 ] || fail 'not six stacks'
    has_edge Internet TangoApp/TangoBackendServiceLB traffic 'label="80"'
    has_edge Internet TangoFrontend/FrontendDistribution traffic 'label="443"'
    has_edge TangoFrontend/FrontendDistribution TangoApp/TangoBackendServiceLB traffic 'label="/api/\*"'
    has_edge TangoFrontend/FrontendDistribution TangoFrontend/FrontendBucket traffic
    has_edge TangoApp/TangoBackendServiceLB TangoApp/TangoBackendService traffic 'label="8000"'
    has_edge TangoApp/TangoBackendService TangoApp/TangoDatabase traffic 'label="5432"'
    has_edge TangoApp/TangoRdsProxy TangoApp/TangoDatabase traffic 'label="5432"'
    has_edge TangoEvents/EventPublisher TangoApp/TangoRdsProxy traffic 'label="5432"'
    has_edge TangoEvents/AuditConsumer TangoApp/TangoRdsProxy traffic 'label="5432"'
    has_edge TangoEvents/EventPublisherSchedule TangoEvents/EventPublisher event
    has_edge TangoEvents/TangoEventBus TangoEvents/AuditEventRule event
    has_edge TangoEvents/AuditEventRule TangoEvents/AuditConsumer event
    has_edge TangoEvents/AuditEventRule TangoEvents/AuditDLQ event 'dead letters'
    has_edge TangoMedia/MediaDistribution TangoMedia/OriginResponseLambda event origin-response
    has_edge TangoObservability/AWS::CloudWatch::Alarm TangoObservability/AlarmTopic event alarm
    has_edge TangoApp/TangoBackendService TangoMedia/MediaBucket access
    has_edge TangoEvents/EventPublisher TangoEvents/TangoEventBus access
    expect_out_has '<b>Service</b>'
    expect_out_has 'ECS Fargate service'
    expect_out_has 'Aurora PostgreSQL'
}

test_levels() {
    tango diagram --level stack
    expect_status 0
    expect_equal "$(grep -c cellborder "$work/out")" 6 boxes
    has_edge TangoFrontend TangoApp traffic '/api/'
    has_edge TangoApp TangoNetwork reference
    tango diagram --level resource
    expect_status 0
    tango synth -q --no-bundling
    count=$(python3 -c 'import glob, json; print(sum(len(json.load(open(f))["Resources"]) for f in glob.glob("cdk.out/*.template.json")))')
    tango diagram --level resource
    expect_equal "$(grep -c cellborder "$work/out")" "$count" boxes
}

test_some_stacks() {
    tango diagram TangoApp
    expect_equal "$(grep -c 'subgraph cluster' "$work/out")" 3 stacks
    tango diagram -e TangoApp TangoEvents
    expect_equal "$(grep -c 'subgraph cluster' "$work/out")" 2 stacks
    tango diagram Nothing
    expect_failure Nothing
}

test_an_assembly() {
    tango synth -q --no-bundling
    tango diagram
    cp "$work/out" "$work/own"
    cd ..
    tango diagram --app project/cdk.out
    expect_status 0
    cmp "$work/out" "$work/own" || fail 'an assembly gives another picture than the app'
}

# As aws-cdk writes one: with paths in the templates, and a nested stack.
test_an_assembly_of_others() {
    mkdir foreign
    cat >foreign/manifest.json <<'JSON'
{ "version": "36.0.0", "artifacts": { "Shop": { "type": "aws:cloudformation:stack", "environment": "aws://unknown-account/unknown-region",
  "properties": { "templateFile": "Shop.template.json" } } } }
JSON
    cat >foreign/Shop.template.json <<'JSON'
{ "Resources": {
  "OrdersE5C3A3C1": { "Type": "AWS::SQS::Queue", "Metadata": { "aws:cdk:path": "Shop/Orders/Resource" } },
  "InnerNestedStackInnerNestedStackResource1": { "Type": "AWS::CloudFormation::Stack",
    "Properties": { "TemplateURL": "x", "Parameters": { "referencetoOrders": { "Fn::GetAtt": [ "OrdersE5C3A3C1", "Arn" ] } } },
    "Metadata": { "aws:cdk:path": "Shop/Inner.NestedStack/Inner.NestedStackResource", "aws:asset:path": "Inner.nested.template.json", "aws:asset:property": "TemplateURL" } } } }
JSON
    cat >foreign/Inner.nested.template.json <<'JSON'
{ "Parameters": { "referencetoOrders": { "Type": "String" } }, "Resources": {
  "Worker1A2B3C4D": { "Type": "AWS::Lambda::Function", "Properties": {}, "Metadata": { "aws:cdk:path": "Shop/Inner/Worker/Resource" } },
  "WorkerMapping": { "Type": "AWS::Lambda::EventSourceMapping", "Properties": { "EventSourceArn": { "Ref": "referencetoOrders" }, "FunctionName": { "Ref": "Worker1A2B3C4D" } } } } }
JSON
    tango diagram --app foreign
    expect_status 0
    has_edge Shop/OrdersE5C3A3C1 Shop/InnerNestedStackInnerNestedStackResource1/Worker1A2B3C4D event
    expect_out_has '<b>Worker</b>'
    expect_out_has '<b>Shop/Inner</b>'
    # A Stage is an assembly in the assembly.
    mkdir outer
    mv foreign outer/assembly-Stage
    echo '{ "version": "36.0.0", "artifacts": { "assembly-Stage": { "type": "cdk:cloud-assembly", "properties": { "directoryName": "assembly-Stage" } } } }' >outer/manifest.json
    tango diagram --app outer
    expect_status 0
    expect_out_has '<b>Shop/Inner</b>'
    mv outer/assembly-Stage foreign
    tango diagram --template foreign/Shop.template.json --template foreign/Inner.nested.template.json --format mermaid
    expect_status 0
    expect_out_has '<b>Orders</b>'
}

test_pictures() {
    need_dot
    tango diagram --format svg=a.svg --format html=a.html --format dot=a.dot --format mermaid
    expect_status 0
    expect_no_err
    expect_out_has 'flowchart LR'
    expect_harmless_svg a.svg
    grep -q prefers-color-scheme a.svg || fail 'there is nothing for the dark'
    grep -q '>Aurora PostgreSQL ' a.svg || grep -q '>Aurora PostgreSQL<' a.svg || fail 'a label is missing'
    grep -q '<title>Architecture</title>' a.html || fail 'no page'
    grep -q '<td>TangoApp: LB</td><td>TangoApp: Service</td><td>8000</td>' a.html || fail 'no table of edges'
    dot -Tplain a.dot >/dev/null || fail 'dot does not take it'
    tango diagram --format svg
    cmp "$work/out" a.svg || fail 'two pictures'
}

test_hostile_names() {
    cat >evil.json <<'JSON'
{ "Resources": {
  "A": { "Type": "AWS::SQS::Queue", "Metadata": { "aws:cdk:path": "S/<script>alert(1)</script>\"];x--></svg>\u001b[31m\u202e\\" } },
  "]]>": { "Type": "AWS::<img src=x>::\"onload=\"y", "Properties": { "X": { "Ref": "A" } } },
  "R": { "Type": "AWS::S3::Bucket", "Properties": { "NotificationConfiguration": { "QueueConfigurations": [
    { "Event": "<b>\"`|\n", "Queue": { "Fn::GetAtt": [ "A", "Arn" ] } } ] } } } } }
JSON
    # What Graphviz would put a node's name in for.
    echo '{ "Resources": { "<i>A</i>": { "Type": "AWS::SQS::Queue", "Metadata": { "aws:cdk:path": "S/\\N\\G" } } } }' >names.json
    if command -v dot >/dev/null; then
        tango diagram -t names.json --format svg=n.svg
        expect_status 0
        grep -qF '>\N\G<' n.svg || fail 'a name is not what it is'
    fi
    tango diagram -t evil.json --format mermaid
    expect_status 0
    ! grep -qE '<script|<img|`' "$work/out" || fail 'markup in the flowchart'
    need_dot
    for level in stack construct resource; do
        tango diagram -t evil.json --level "$level" --format svg=e.svg --format html=e.html
        expect_status 0
        expect_harmless_svg e.svg
        ! grep -qE '<script|<img|</svg>.*</svg>' e.html || fail 'markup in the page'
        ! grep -q $'\x1b' e.html e.svg || fail 'a control character'
    done
}

test_no_graphviz() {
    mkdir "$work/bin"
    ln -s "$(command -v env)" "$work/bin/"
    run env PATH="$work/bin" "$TANGO_INFRA" diagram --format dot=a.dot --format svg=a.svg
    expect_failure "'dot'"
    expect_err_has graphviz
    expect_no_file a.svg
    expect_no_file a.dot
    run env PATH="$work/bin" "$TANGO_INFRA" diagram --format html
    expect_failure graphviz
    run env PATH="$work/bin" "$TANGO_INFRA" diagram --format mermaid
    expect_status 0
}

test_graphviz_fails() {
    mkdir "$work/bin"
    printf '#!/bin/sh\necho "Error: out of ink" >&2\nexit 3\n' >"$work/bin/dot"
    chmod +x "$work/bin/dot"
    run env PATH="$work/bin:$PATH" "$TANGO_INFRA" diagram --format svg
    expect_failure "'dot' failed with exit status 3: Error: out of ink"
    printf '#!/bin/sh\ncat >/dev/null\n' >"$work/bin/dot"
    run env PATH="$work/bin:$PATH" "$TANGO_INFRA" diagram --format svg
    expect_failure "'dot' has written no SVG"
}

expect_usage_error() {
    expect_status 2
    expect_no_out
    expect_err_has "$1"
}

test_what_cannot_be_understood() {
    tango diagram --format png
    expect_usage_error "option '--format' takes dot, mermaid, svg or html, not 'png'"
    tango diagram --format mermiad
    expect_usage_error "did you mean 'mermaid'?"
    tango diagram --level constructs
    expect_usage_error construct
    tango diagram --format dot --format mermaid
    expect_usage_error 'only one format can go to standard output'
    tango diagram --template x.json TangoApp
    expect_usage_error "'--template'"
    tango diagram --template x.json
    expect_failure x.json
    echo '{' >broken.json
    tango diagram --template broken.json --format dot=x.dot
    expect_failure broken.json:
    expect_no_file x.dot
    tango diagram --app nowhere
    expect_failure nowhere
}

# What changes has a color in the page of a comparison, and a flowchart in the Markdown.
test_in_a_comparison() {
    tango synth -q --no-bundling -o one
    tango synth -q --no-bundling -o two -c min_capacity=3
    tango diff one two --format html=diff.html --format markdown=diff.md
    expect_status 0
    sed -n '/^```mermaid$/,/^```$/p' diff.md >flow
    grep -q '<b>Service</b>.*:::changed' flow || fail 'the service is not marked in the flowchart'
    ! grep -q FrontendBucket flow || fail 'what is far from the change is there'
    grep -q '<summary>Architecture</summary>' diff.md || fail 'the flowchart is not folded'
    if command -v dot >/dev/null; then
        grep -q 'class="node compute changed"' diff.html || fail 'the service is not marked'
        grep -q 'class="node storage same"' diff.html || fail 'the rest is not there'
    fi
    tango diff one one --format html=same.html --format markdown=same.md
    ! grep -q Architecture same.html same.md || fail 'a picture of no change'
    mkdir "$work/bin"
    run env PATH="$work/bin" "$TANGO_INFRA" diff one two --format html=bare.html
    expect_status 0
    grep -q 'no picture of the architecture: .*graphviz' bare.html || fail 'no note'
    ! grep -q '<svg' bare.html || fail 'a picture without dot'
}

run_tests "$@"
