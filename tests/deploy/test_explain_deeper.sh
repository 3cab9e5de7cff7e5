#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Where AWS knows more than the first reason: what the explanation finds, and what it says where it may not look.
. "$(dirname "$0")/lib.sh"

# one TYPE REASON [PROPERTIES]: deploys a stack Shop whose resource Part of this type fails for this reason.
one() {
    assembly <<<"{ \"Shop\": { \"resources\": { \"Part\": { \"Type\": \"$1\", \"Properties\": ${3:-{\}} } } } }"
    control settings "$("$python" -c 'import json, sys; print(json.dumps({"failures": [{"resource": "Part", "reason": sys.argv[1], "times": 9}]}))' "$2")"
    deploy --all --no-preflight --format json=report.json
    expect_status 1
}
# failure EXPRESSION: a Python expression on the first failure f of the report.
failure() { "$python" -I -S -c 'import json, sys; f = json.load(open("report.json"))["failures"][0]; print(eval(sys.argv[1]))' "$1"; }

service=arn:aws:ecs:us-east-1:123456789012:service/tango/web
circuit_breaker='Resource handler returned message: "Error occurred during operation '"'ECS Deployment Circuit Breaker was triggered'"'." (RequestToken: 0, HandlerErrorCode: GeneralServiceException)'

# ECS API reference: "DescribeServices", "ListTasks", "DescribeTasks", "DescribeTaskDefinition"; developer guide: "Resolve
# Amazon ECS stopped task errors", "Send Amazon ECS logs to CloudWatch" (streams).
tasks() {
    control settings "{ \"physical_ids\": { \"Part\": \"$service\" } }"
    control answers "{
        \"ecs:DescribeServices\": { \"services\": [{ \"serviceArn\": \"$service\", \"events\": [{ \"message\": \"(service web) was unable to place a task.\" }],
            \"loadBalancers\": [{ \"targetGroupArn\": \"arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0\" }] }] },
        \"elasticloadbalancing:DescribeTargetHealth\": { \"TargetHealthDescriptions\": [{ \"Target\": { \"Id\": \"10.0.1.7\", \"Port\": 8000 },
            \"TargetHealth\": { \"State\": \"unhealthy\", \"Reason\": \"Target.Timeout\", \"Description\": \"Request timed out\" } }] },
        \"ecs:ListTasks\": { \"taskArns\": [\"arn:aws:ecs:us-east-1:123456789012:task/tango/0badc0de\"] },
        \"ecs:DescribeTasks\": { \"tasks\": [{ \"taskArn\": \"arn:aws:ecs:us-east-1:123456789012:task/tango/0badc0de\", \"taskDefinitionArn\": \"web:1\",
            \"stoppedReason\": \"$1\", \"stopCode\": \"$2\", \"containers\": [$3] }] },
        \"ecs:DescribeTaskDefinition\": { \"taskDefinition\": { \"containerDefinitions\": [{ \"name\": \"api\",
            \"logConfiguration\": { \"logDriver\": \"awslogs\", \"options\": { \"awslogs-group\": \"/tango/web\", \"awslogs-stream-prefix\": \"web\" } } }] } },
        \"logs:GetLogEvents\": { \"events\": [{ \"message\": \"starting\" }, { \"message\": \"django.db.utils.ProgrammingError: relation does not exist\" }] } }"
}

test_a_service_whose_container_exits() {
    tasks 'Essential container in task exited' EssentialContainerExited '{ "name": "api", "exitCode": 1 }'
    one AWS::ECS::Service "$circuit_breaker"
    expect_equal "$(failure 'f["code"]')" ECS_TASK_STOPPED code
    expect_err_has "container 'api' ended with exit code 1"
    expect_err_has 'django.db.utils.ProgrammingError: relation does not exist'
    expect_err_has '10.0.1.7: unhealthy: Request timed out'
    expect_err_has '(service web) was unable to place a task.'
    expect_err_has "led to      Shop/Part/Resource: Resource handler returned message"
    # The log's stream is PREFIX/CONTAINER/TASK.
    expect_equal "$(look requests "[r for r in j if r.get('Action') == 'DescribeTargetHealth'][0]['TargetGroupArn']")" 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0' 'target group'
}

# A service that was deleted again with its stack is asked about by the family of its tasks.
test_a_service_that_is_gone() {
    tasks 'Essential container in task exited' EssentialContainerExited '{ "name": "api", "exitCode": 3 }'
    control answers "{ \"ecs:DescribeServices\": { \"services\": [{ \"serviceArn\": \"$service\", \"status\": \"INACTIVE\", \"taskDefinition\": \"arn:aws:ecs:us-east-1:123456789012:task-definition/web:1\" }] },
        \"ecs:ListTasks\": [{ \"error\": [\"ServiceNotFoundException\", \"Service not found.\"] }, { \"taskArns\": [\"arn:aws:ecs:us-east-1:123456789012:task/tango/0badc0de\"] }] }"
    one AWS::ECS::Service "$circuit_breaker"
    expect_equal "$(failure 'f["code"]')" ECS_TASK_STOPPED code
    expect_err_has "container 'api' ended with exit code 3"
}

# Each cause of a stopped task, as ECS says it (developer guide: "Resolve Amazon ECS stopped task errors").
test_causes_of_stopped_tasks() {
    local code stopped stop reason
    while IFS='|' read -r code stopped stop reason; do
        control reset
        control bootstrap
        tasks "$stopped" "$stop" "{ \"name\": \"api\"${reason:+, \"reason\": \"$reason\"} }"
        one AWS::ECS::Service "$circuit_breaker"
        expect_equal "$(failure 'f["code"]')" "$code" "code of $stopped $reason"
    done <<'END'
ECS_IMAGE_PULL_FAILED|CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref 123456789012.dkr.ecr.us-east-1.amazonaws.com/api:latest: not found|TaskFailedToStart|
ECS_IMAGE_PLATFORM|CannotPullContainerError: pull image manifest has been retried 7 time(s): image Manifest does not contain descriptor matching platform 'linux/amd64'|TaskFailedToStart|
ECS_SECRET_UNREADABLE|ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:eu-west-1:123456789012:secret:app|TaskFailedToStart|
ECS_LOG_GROUP_MISSING|ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist.|TaskFailedToStart|
ECS_OUT_OF_MEMORY|Essential container in task exited|EssentialContainerExited|OutOfMemoryError: Container killed due to memory usage
ECS_HEALTH_CHECK_FAILED|Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0)|ServiceSchedulerInitiated|
ECS_NO_CAPACITY|Capacity is unavailable at this time. Please try again later or in a different availability zone|TaskFailedToStart|
END
}

# STS API reference: "DecodeAuthorizationMessage", whose example this is.
test_an_encoded_message_is_decoded() {
    local decoded='{\"allowed\":false,\"explicitDeny\":false,\"matchedStatements\":{\"items\":[]},\"context\":{\"principal\":{\"id\":\"AIDACKCEVSQ6C2EXAMPLE\",\"name\":\"Bob\",\"arn\":\"arn:aws:iam::123456789012:user/Bob\"},\"action\":\"ec2:StopInstances\",\"resource\":\"arn:aws:ec2:us-east-1:123456789012:instance/i-dd01c9bd\"}}'
    control answers "{ \"sts:DecodeAuthorizationMessage\": { \"DecodedMessage\": \"$decoded\" } }"
    one AWS::SNS::Topic 'You are not authorized to perform this operation. Encoded authorization failure message: KzCTdjlfnw3kFnfFPzPDmpF530fFDONK9EnK5cZIRTaavlLqj (Service: Ec2, Status Code: 403, Request ID: 0)'
    expect_equal "$(failure 'f["code"]')" IAM_ACCESS_DENIED_ENCODED code
    expect_err_has 'arn:aws:iam::123456789012:user/Bob is not allowed ec2:StopInstances on arn:aws:ec2:us-east-1:123456789012:instance/i-dd01c9bd.'
    # Where that may not be asked, it is a note.
    control answers '{ "sts:DecodeAuthorizationMessage": { "error": ["AccessDenied", "not authorized"] } }'
    deploy --all --no-preflight
    expect_err_has 'note        cannot see what the encoded message says: sts:DecodeAuthorizationMessage is needed'
}

# Service Quotas API reference: "GetServiceQuota".
test_a_quota_has_a_code_and_a_value() {
    control answers '{ "servicequotas:GetServiceQuota": { "Quota": { "ServiceCode": "vpc", "QuotaCode": "L-F678F1CE", "QuotaName": "VPCs per Region", "Value": 5.0, "Adjustable": true } } }'
    one AWS::EC2::VPC 'Resource handler returned message: "The maximum number of VPCs has been reached. (Service: Ec2, Status Code: 400, Request ID: 0)" (RequestToken: 0, HandlerErrorCode: GeneralServiceException)'
    expect_err_has 'VPCs per Region, quota code L-F678F1CE of service vpc'
    expect_err_has 'us-east-1 allows 5'
    expect_err_has 'aws service-quotas request-service-quota-increase --region us-east-1 --service-code vpc --quota-code L-F678F1CE --desired-value N'
}

test_who_owns_a_name() {
    assembly <<<'{ "Owner": { "resources": { "Topic": { "Type": "AWS::SNS::Topic", "Properties": { "TopicName": "orders" } } } } }'
    deploy --all
    expect_status 0
    local arn
    arn=$(look stacks 'j["Owner"]["resources"]["Topic"]["physical"]')
    one AWS::SNS::Topic "Resource of type 'AWS::SNS::Topic' with identifier '$arn' already exists."
    expect_equal "$(failure 'f["code"]')" NAME_EXISTS code
    expect_err_has 'stack Owner has it, as Topic (AWS::SNS::Topic)'
    one AWS::SNS::Topic "Resource of type 'AWS::SNS::Topic' with identifier 'nobody' already exists."
    expect_err_has 'no stack of this account and region'
}

test_what_an_earlier_stack_has_retained() {
    assembly <<<'{ "Shop": { "resources": { "Part": { "Type": "AWS::Logs::LogGroup", "DeletionPolicy": "Retain", "Properties": { "LogGroupName": "kept" } }, "Topic": "AWS::SNS::Topic" } } }'
    deploy --all
    run "$DEMO" destroy --app app --all --force
    expect_status 0
    one AWS::Logs::LogGroup "Resource of type 'AWS::Logs::LogGroup' with identifier 'kept' already exists."
    expect_err_has 'an earlier stack Shop, deleted '
    expect_err_has '--import-existing-resources takes it over'
}

# Lambda API reference: "GetFunctionConfiguration"; CloudWatch Logs API reference: "GetLogEvents".
test_the_log_of_a_custom_resource() {
    control answers '{ "lambda:GetFunctionConfiguration": { "FunctionName": "maker", "LoggingConfig": { "LogGroup": "/own/group" } },
        "logs:GetLogEvents": { "events": [{ "message": "Traceback (most recent call last):\n" }, { "message": "KeyError: name\n" }] } }'
    one Custom::Thing 'Received response status [FAILED] from custom resource. Message returned: See the details in CloudWatch Log Stream: 2026/06/18/[$LATEST]abc123 (RequestId: a3cb38b0)' \
        '{ "ServiceToken": "arn:aws:lambda:us-east-1:123456789012:function:maker" }'
    expect_equal "$(failure 'f["code"]')" CUSTOM_RESOURCE_FAILED code
    expect_err_has "last lines of the function 'maker'"
    expect_err_has 'KeyError: name'
}

test_the_state_of_a_function() {
    control settings '{ "physical_ids": { "Part": "maker" } }'
    control answers '{ "lambda:GetFunctionConfiguration": { "FunctionName": "maker", "State": "Failed", "StateReasonCode": "SubnetOutOfIPAddresses", "StateReason": "Lambda was not able to set up VPC access" } }'
    one AWS::Lambda::Function 'Resource handler returned message: "Function did not stabilize" (RequestToken: 0, HandlerErrorCode: NotStabilized)' '{ "Code": { "ZipFile": "x" } }'
    expect_equal "$(failure 'f["code"]')" LAMBDA_NOT_ACTIVE code
    expect_err_has 'Failed (SubnetOutOfIPAddresses): Lambda was not able to set up VPC access'
}

# RDS API reference: "DescribeEvents".
test_events_of_a_database() {
    control settings '{ "physical_ids": { "Part": "db" } }'
    control answers '{ "rds:DescribeEvents": { "Events": [{ "SourceIdentifier": "db", "SourceType": "db-instance", "Message": "Your DB instance is in an incompatible network state", "Date": "2026-01-01T00:00:00Z" }] } }'
    one AWS::RDS::DBInstance 'DB Instance db did not stabilize'
    expect_err_has 'Your DB instance is in an incompatible network state'
}

# CloudFormation user guide: "Validate stack deployments"; the texts: https://github.com/aws-cloudformation/rain/pull/744.
early='The following hook(s)/validation failed: [AWS::EarlyValidation::ResourceExistenceCheck]. To troubleshoot Early Validation errors, use the DescribeEvents API for detailed failure information.'
early_validation() {
    assembly <<<'{ "Shop": { "resources": { "Bucket": "AWS::S3::Bucket", "Topic": "AWS::SNS::Topic" } } }'
    control settings "{ \"change_set_failures\": { \"Shop\": { \"reason\": \"$early\", \"events\": [
        { \"EventType\": \"STACK_EVENT\", \"OperationType\": \"CREATE_CHANGESET\", \"OperationStatus\": \"FAILED\", \"LogicalResourceId\": \"Shop\" },
        { \"EventType\": \"VALIDATION_ERROR\", \"LogicalResourceId\": \"Bucket\", \"ResourceType\": \"AWS::S3::Bucket\", \"ValidationName\": \"NAME_CONFLICT_VALIDATION\", \"ValidationFailureMode\": \"FAIL\",
          \"ValidationStatus\": \"FAILED\", \"ValidationStatusReason\": \"Resource of type 'AWS::S3::Bucket' with identifier 'shop-files' already exists.\", \"ValidationPath\": \"/Resources/Bucket\" }] } } }"
}

test_early_validation() {
    early_validation
    deploy --all --method change-set --format json=report.json
    expect_status 1
    expect_equal "$(failure 'f["code"]')" NAME_EXISTS code
    expect_equal "$(failure 'f["resource"]["path"]')" Shop/Bucket/Resource path
    expect_err_has "Shop/Bucket/Resource (NAME_CONFLICT_VALIDATION): Resource of type 'AWS::S3::Bucket' with identifier 'shop-files' already exists. at /Resources/Bucket"
    expect_err_has 'led to      Shop: '
    expect_equal "$(calls_of DescribeEvents)" 1 'calls of DescribeEvents'
    expect_clean
}

# Where no change set was made, the operation of the stack itself tells.
test_early_validation_of_a_stack_operation() {
    control settings '{ "change_set_failures": { "Shop": { "events": [{ "EventType": "VALIDATION_ERROR", "LogicalResourceId": "Part", "ResourceType": "AWS::SNS::Topic",
        "ValidationName": "PROPERTY_VALIDATION", "ValidationFailureMode": "FAIL", "ValidationStatus": "FAILED", "ValidationStatusReason": "extraneous key [Foo] is not permitted" }] } } }'
    one AWS::SNS::Topic "$early"
    expect_equal "$(failure 'f["code"]')" PROPERTY_UNKNOWN code
    expect_err_has 'The resource type has no property Foo.'
}

test_early_validation_may_not_be_asked() {
    early_validation
    control faults '[{ "action": "DescribeEvents", "fault": "denied", "times": 9 }]'
    deploy --all --method change-set --format json=report.json
    expect_status 1
    expect_equal "$(failure 'f["code"]')" EARLY_VALIDATION_FAILED code
    expect_err_has 'cloudformation:DescribeEvents is needed'
    expect_clean
}

# An AWS CLI that has no such call yet is one of the notes, and nothing else changes.
test_an_old_aws_cli() {
    use_aws 2 || skip 'version 2 of the AWS CLI is not installed'
    aws cloudformation describe-events help >/dev/null 2>&1 && skip 'the AWS CLI knows describe-events'
    early_validation
    deploy --all --method change-set --format json=report.json
    expect_status 1
    expect_equal "$(failure 'f["code"]')" EARLY_VALIDATION_FAILED code
    expect_err_has "the installed AWS CLI has no 'cloudformation describe-events'"
    expect_clean
}

# Where a nested stack fails, the cause is what failed in it. NESTED_STACK_FAILED is all there is to say where its events may not be read.
test_nested_stacks() {
    echo '{ "Resources": { "Inner": { "Type": "AWS::SNS::Topic" } } }' >nested.json
    aws s3api put-object --bucket cdk-hnb659fds-assets-123456789012-us-east-1 --key nested.json --body nested.json >/dev/null || fail 'no template'
    assembly <<<'{ "Shop": { "resources": { "Nested": { "Type": "AWS::CloudFormation::Stack", "Properties": { "TemplateURL":
            "https://s3.us-east-1.amazonaws.com/cdk-hnb659fds-assets-123456789012-us-east-1/nested.json" } } },
        "constructs": { "/Shop/N.NestedStack/N.NestedStackResource": "Nested", "/Shop/N/Inner/Resource": "Inner" } } }'
    control settings '{ "failures": [{ "resource": "Inner", "reason": "Rate exceeded", "times": 9 }] }'
    deploy --all --format json=report.json
    expect_status 1
    expect_equal "$(failure 'f["code"], f["resource"]["path"], f["ledTo"][0]["what"]')" "('THROTTLED', 'Shop/N/Inner/Resource', 'Shop/N.NestedStack/N.NestedStackResource')" 'cause'
    control faults '[{ "action": "DescribeStackEvents", "stack": "Shop-Nested-*", "fault": "denied", "times": 9 }]'
    deploy --all --format json=report.json
    expect_status 1
    expect_equal "$(failure 'f["code"]')" NESTED_STACK_FAILED code
    expect_err_has 'cannot see the events of the nested stack'
}

# What CloudFormation says of a change set that it does not make. Sources: user guide "Troubleshooting CloudFormation", template
# reference "Fn::ImportValue", https://github.com/aws/copilot-cli/issues/5296 ("currently being updated"), API reference "DeleteStack".
test_refusals_of_change_sets() {
    local code reason
    assembly <<<'{ "Shop": { "resources": { "Topic": "AWS::SNS::Topic" } } }'
    while IFS='|' read -r code reason; do
        control settings "{ \"change_set_failures\": { \"Shop\": { \"reason\": \"$reason\" } } }"
        deploy --all --method change-set --format json=report.json
        expect_status 1
        expect_equal "$(failure 'f["code"]')" "$code" "code of $reason"
    done <<'END'
CIRCULAR_DEPENDENCY|Circular dependency between resources: [A, B]
TEMPLATE_INVALID|Template format error: Unresolved resource dependencies [Queue] in the Resources block of the template
TEMPLATE_INVALID|Template error: instance of Fn::GetAtt references undefined resource Queue
EXPORT_MISSING|No export named VpcId found
STACK_BUSY|Stack:arn:aws:cloudformation:us-east-1:123456789012:stack/Shop/0 is in UPDATE_IN_PROGRESS state and can not be updated.
TERMINATION_PROTECTED|Stack [Shop] cannot be deleted while TerminationProtection is enabled
END
}

# CloudFormation API reference: "ListHookResults", "GetHookResult", "Annotation".
test_hooks() {
    control answers '{ "cloudformation:ListHookResults": { "HookResults": [{ "HookResultId": "59ef501c-0ac4-47c0-a193-e071cabf748d", "TypeName": "Private::Guard::Hook", "Status": "HOOK_COMPLETE_FAILED" }] },
        "cloudformation:GetHookResult": { "HookResultId": "59ef501c-0ac4-47c0-a193-e071cabf748d", "Status": "HOOK_COMPLETE_FAILED", "Annotations": [{ "AnnotationName": "S3_ENCRYPTION", "Status": "FAILED",
            "StatusMessage": "The bucket has no encryption", "RemediationMessage": "Set BucketEncryption", "RemediationLink": "https://example.com/rules/7" }] } }'
    one AWS::S3::Bucket 'The following hook(s) failed: [Private::Guard::Hook]'
    expect_equal "$(failure 'f["code"]')" HOOK_FAILED code
    expect_err_has 'S3_ENCRYPTION: The bucket has no encryption. Set BucketEncryption https://example.com/rules/7'
}

# Nothing more is asked of a run in which nothing has failed.
test_success_asks_nothing_more() {
    assembly <<<'{ "Shop": { "resources": { "Topic": "AWS::SNS::Topic" } } }'
    deploy --all --format markdown=summary.md --format json=report.json
    expect_status 0
    expect_equal "$(calls_of DescribeEvents)$(calls_of ListTasks)$(calls_of DescribeStackResources)" 000 calls
    expect_equal "$(json report.json 'j["failures"]')" '[]' failures
    expect_equal "$(json report.json 'j["stacks"][0]["result"]')" '"done"' result
    grep -F '| `Shop` | done | `CREATE_COMPLETE` |' summary.md >/dev/null || fail "summary: $(cat summary.md)"
}

run_tests "$@"
