#!/usr/bin/env bash
# The six stacks themselves: from an empty account, again, with another context, and away again.
. "$(dirname "$0")/lib.sh"

stacks='TangoNetwork TangoMedia TangoApp TangoFrontend TangoEvents TangoObservability'
built=$(dirname "$TANGO_INFRA")/functions

tango_deploy() { tango deploy --all --require-approval never "$@"; }
# count SERVICE OPERATION EXPRESSION: of what AWS lists.
count() { aws "$1" "$2" --query "length($3)"; }

expect_resources() {
    expect_equal "$(aws ec2 describe-vpcs --query "length(Vpcs[?Tags[?Key=='Name' && Value=='TangoNetwork/TangoVpc']])")" 1 'VPCs'
    vpc=$(aws ec2 describe-vpcs --query "Vpcs[?Tags[?Key=='Name' && Value=='TangoNetwork/TangoVpc']].VpcId" --output text)
    expect_equal "$(aws ec2 describe-subnets --filters "Name=vpc-id,Values=$vpc" --query 'length(Subnets)')" 4 'subnets'
    expect_equal "$(aws ec2 describe-subnets --filters "Name=vpc-id,Values=$vpc" --query "length(Subnets[?Tags[?Key=='aws-cdk:subnet-type' && Value=='Public']])")" 2 'public subnets'
    expect_equal "$(aws events list-event-buses --query 'EventBuses[].Name' --output text | tr '\t' '\n' | sort | tr '\n' ' ')" 'default tango-events '
    expect_equal "$(count sqs list-queues QueueUrls)" "$(template_count AWS::SQS::Queue)" 'queues'
    expect_equal "$(count sns list-topics Topics)" "$(template_count AWS::SNS::Topic)" 'topics'
    expect_code event-publisher
    expect_code audit-consumer
}

template_count() {
    "$python" -I -S -c 'import glob, json, sys
print(sum(r["Type"] == sys.argv[1] for f in glob.glob("cdk.out/*.template.json") for r in json.load(open(f))["Resources"].values()))' "$1"
}

# expect_code NAME: the code that the function runs is the package that was built.
expect_code() {
    local sum
    sum=$("$python" -I -S -c 'import base64, hashlib, sys; print(base64.b64encode(hashlib.sha256(open(sys.argv[1], "rb").read()).digest()).decode())' \
        "functions/$1.zip")
    expect_equal "$(aws lambda list-functions --query "Functions[?CodeSha256=='$sum'] | length(@)")" 1 "functions that run $1"
}

# The example of docs/operate.md, and the names that other tools import.
expect_exports_as_keys() {
    local example key name
    example=$(sed -n 's/^ *tango-infra \(outputs --key [A-Za-z]*\) *#.*/\1/p' "$SOURCE_DIRECTORY/docs/operate.md")
    # shellcheck disable=SC2086
    tango $example
    expect_status 0
    expect_out "$(json outputs.json 'j["TangoApp"]["LoadBalancerDNS"]' | tr -d '"')"
    while read -r name key; do
        tango outputs --key "$name"
        expect_out "$(json outputs.json "$key" | tr -d '"')"
    done <<'END'
TangoVpcId j["TangoNetwork"]["VpcId"]
TangoDatabaseEndpoint j["TangoApp"]["DatabaseEndpoint"]
TangoMediaBucketName j["TangoMedia"]["BucketName"]
TangoEventBusName j["TangoEvents"]["EventBusName"]
END
}

test_there_again_otherwise_and_back() {
    # Those in C as they were built; that of the edge needs npm to be.
    mkdir functions
    cp "$built/event-publisher.zip" "$built/audit-consumer.zip" functions
    cp -r "$SOURCE_DIRECTORY/tests/parity/functions/image-transform" functions
    export TANGO_FUNCTIONS=$PWD/functions
    control settings '{ "resource_seconds": 0, "change_set_seconds": 0 }'
    with_prerequisites
    tango_deploy -O outputs.json
    expect_status 0
    for name in $stacks; do expect_stack "$name" CREATE_COMPLETE; done
    expect_clean
    expect_equal "$(json outputs.json 'sorted(j)')" "$(json outputs.json 'sorted("'"$stacks"'".split())')"
    expect_resources
    expect_exports_as_keys
    # Who depends on nothing comes first; Network and Media side by side.
    expect_equal "$(look calls '" ".join(sorted(c[2] for c in [c for c in j if c[1] == "CreateStack"][:2]))')" 'TangoMedia TangoNetwork'
    expect_equal "$(look calls '" ".join([c[2] for c in j if c[1] == "CreateStack"][i] for i in (2, 5))')" 'TangoApp TangoObservability'

    control forget
    tango_deploy
    expect_status 0
    expect_equal "$(grep -c 'no changes' "$work/err")" 6
    # Who one is, a role, what stands, whether it is bootstrapped; and where it is not known, a template each.
    expect_equal "$(look calls 'len(j)')" 4 'calls of a deployment of nothing'
    rm -r "$HOME/.cache/tango-infra"
    control forget
    tango_deploy
    expect_equal "$(calls_of CreateChangeSet)" 0 'change sets'
    expect_equal "$(calls_of GetTemplate)" 6 'templates asked for'
    expect_equal "$(look calls 'len(j)')" 10 'calls of a deployment of nothing by somebody else'

    tango_deploy -c nat_gateways=2 -c alarm_email=ops@example.com --dry-run
    expect_status 0
    expect_out_has '2 of 6 stacks would change, in '
    tango_deploy -c nat_gateways=2 -c alarm_email=ops@example.com
    expect_status 0
    expect_equal "$(grep -c 'no changes' "$work/err")" 4
    expect_stack TangoNetwork UPDATE_COMPLETE
    expect_stack TangoObservability UPDATE_COMPLETE
    expect_clean
    expect_equal "$(aws ec2 describe-nat-gateways --query "length(NatGateways[?State=='available'])")" 2 'NAT gateways'
    expect_equal "$(look stacks 'sum(r["type"] == "AWS::SNS::Subscription" for r in j["TangoObservability"]["resources"].values())')" 1 'subscriptions'
    expect_resources

    tango deploy TangoApp -e --require-approval never -c nat_gateways=2 -c deletion_protection=false
    tango destroy --all --force -c nat_gateways=2 -c alarm_email=ops@example.com
    expect_status 0
    expect_equal "$(look stacks 'list(j)')" '[]'
    expect_equal "$(aws ec2 describe-vpcs --query 'length(Vpcs[?!IsDefault])')" 0 'VPCs'
    # The dead letter queues are retained, and so are the users' media.
    expect_err_has 'TangoEvents/AuditDLQ/Resource (AWS::SQS::Queue): it is retained'
    expect_equal "$(count sqs list-queues QueueUrls)" 2 'queues'
    expect_err_has 'TangoApp/TangoDatabase/Resource (AWS::RDS::DBCluster): a snapshot is made of it'
    expect_equal "$(aws s3api list-buckets --query "length(Buckets[?starts_with(Name, 'tango')])")" 1 'buckets'
    expect_equal "$(count lambda list-functions Functions)" 0 'functions'
    expect_equal "$(count events list-event-buses EventBuses)" 1 'buses'
}

run_tests "$@"
