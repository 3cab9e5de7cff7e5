# SPDX-License-Identifier: MIT
"""Failures as AWS says them: code, type of the resource, reason, and where that text is from, an AWS document or a public report.

failures.py assembly [ACTION]: a description for assembly.py with a stack for each; settings [ACTION]: what makes the local AWS fail so;
expected [ACTION]: the code of each stack; codes: all of them.
"""
import json
import sys

GITHUB = "https://github.com/"
DOCS = "https://docs.aws.amazon.com/"
IAM = DOCS + "IAM/latest/UserGuide/troubleshoot_access-denied.html"
CFN = DOCS + "AWSCloudFormation/latest/UserGuide/troubleshooting.html"
EC2 = DOCS + "ec2/latest/devguide/ec2-api-error-codes.html"
ECS = DOCS + "AmazonECS/latest/developerguide/"
HANDLER = DOCS + "cloudformation-cli/latest/userguide/resource-type-test-contract-errors.html"


def handler(message, service, code, status=400):
    """What a resource handler answers is put so (see the reports below)."""
    return (f'Resource handler returned message: "{message} (Service: {service}, Status Code: {status}, Request ID: 5ce9e2b3-ab97-48ae-9110-21df5e97e9b5)" '
            f'(RequestToken: 79d65bb7-1d80-c629-18dc-b61fe9935538, HandlerErrorCode: {code})')


CREATE = [
    ("IAM_DENIED_BY_SCP", "AWS::S3::Bucket",
     "User: arn:aws:iam::777788889999:user/JohnDoe is not authorized to perform: codecommit:ListRepositories because no service control policy allows the codecommit:ListRepositories action", IAM),
    ("IAM_DENIED_BY_SCP", "AWS::S3::Bucket",
     "User: arn:aws:iam::777788889999:user/JohnDoe is not authorized to perform: codecommit:ListRepositories with an explicit deny in a service control policy", IAM),
    ("IAM_DENIED_BY_BOUNDARY", "AWS::S3::Bucket",
     "User: arn:aws:iam::123456789012:user/JohnDoe is not authorized to perform: codedeploy:ListDeployments on resource: arn:aws:codedeploy:us-east-1:123456789012:deploymentgroup:* because no permissions boundary allows the codedeploy:ListDeployments action", IAM),
    ("IAM_EXPLICIT_DENY", "AWS::S3::Bucket",
     "User: arn:aws:iam::123456789012:user/JohnDoe is not authorized to perform: codedeploy:ListDeployments on resource: arn:aws:codedeploy:us-east-1:123456789012:deploymentgroup:* with an explicit deny in an identity-based policy", IAM),
    ("IAM_ACCESS_DENIED", "AWS::IAM::Role",
     "User: arn:aws:sts::111111111111:assumed-role/iac-analyzer-deployment-stack-EC2Role-zZiIW90X0coi/i-11111 is not authorized to perform: iam:UpdateAssumeRolePolicy on resource: role cdk-hnb659fds-image-publishing-role-111111111111-us-east-1 because no identity-based policy allows the iam:UpdateAssumeRolePolicy action",
     GITHUB + "aws-samples/well-architected-iac-analyzer/issues/108"),
    ("IAM_ACCESS_DENIED", "AWS::SSM::Parameter",
     "User: arn:aws:iam::123456789012:user/JohnDoe is not authorized to perform: ssm:GetParameters on resource: arn:aws:ssm:us-east-1:123456789012:parameter/x because no identity-based policy allows the ssm:GetParameters action",
     GITHUB + "aws-amplify/amplify-backend/pull/2258"),
    ("IAM_PASS_ROLE_DENIED", "AWS::ECS::TaskDefinition",
     "User: arn:aws:iam::123456789012:user/marymajor is not authorized to perform: iam:PassRole on resource: arn:aws:iam::123456789012:role/task",
     DOCS + "IAM/latest/UserGuide/troubleshoot_roles.html"),
    ("IAM_ACCESS_DENIED_ENCODED", "AWS::EC2::EIP", "API: ec2:describeAddresses You are not authorized to perform this operation.",
     GITHUB + "eksctl-io/eksctl/issues/365"),
    ("ROLE_CANNOT_BE_ASSUMED", "AWS::SNS::Topic", "Role arn:aws:iam::123456789012:role/deploy is invalid or cannot be assumed",
     "https://repost.aws/knowledge-center/cloudformation-role-arn-error"),
    ("CREDENTIALS_EXPIRED", "AWS::SNS::Topic", handler("The security token included in the request is expired", "Sns", "AccessDenied", 403),
     "https://repost.aws/knowledge-center/cloudformation-expired-credentials"),
    ("SERVICE_LINKED_ROLE_MISSING", "AWS::ECS::Service",
     handler("Invalid request provided: CreateService error: Unable to assume the service linked role. Please verify that the ECS service linked role exists.", "Ecs", "InvalidRequest"),
     ECS + "using-service-linked-roles.html"),
    ("IAM_PRINCIPAL_UNKNOWN", "AWS::IAM::Role",
     handler('Invalid principal in policy: "AWS":"arn:aws:iam::111122223333:user/test-user"', "Iam", "InvalidRequest"), "https://repost.aws/knowledge-center/iam-invalid-principal-error"),
    ("IAM_POLICY_TOO_LONG", "AWS::IAM::Policy", handler("Maximum policy size of 10240 bytes exceeded for role app", "Iam", "ServiceLimitExceeded", 409),
     "https://repost.aws/knowledge-center/iam-increase-policy-size"),
    ("IAM_POLICY_MALFORMED", "AWS::S3::BucketPolicy", handler("Action does not apply to any resource(s) in statement", "S3", "InvalidRequest"),
     "https://repost.aws/knowledge-center/s3-policy-action-does-not-apply"),
    ("CAPABILITIES_MISSING", "AWS::IAM::Role", "Requires capabilities : [CAPABILITY_NAMED_IAM]",
     DOCS + "AWSCloudFormation/latest/UserGuide/using-iam-template.html"),
    ("S3_PUBLIC_POLICY_BLOCKED", "AWS::S3::BucketPolicy",
     handler("User: arn:aws:iam::123456789012:user/JohnDoe is not authorized to perform: s3:PutBucketPolicy on resource: arn:aws:s3:::site because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.", "S3", "AccessDenied", 403),
     DOCS + "AmazonS3/latest/userguide/troubleshoot-403-errors.html"),

    ("QUEUE_DELETED_RECENTLY", "AWS::SQS::Queue",
     handler("You must wait 60 seconds after deleting a queue before you can create another with the same name.", "Sqs", "InvalidRequest"),
     DOCS + "AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html"),
    ("SECRET_SCHEDULED_FOR_DELETION", "AWS::SecretsManager::Secret",
     handler("You can't create this secret because a secret with this name is already scheduled for deletion.", "SecretsManager", "InvalidRequest"),
     "https://repost.aws/knowledge-center/delete-secrets-manager-secret"),
    ("BUCKET_NAME_TAKEN", "AWS::S3::Bucket",
     "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Select a different name and try again.",
     DOCS + "AmazonS3/latest/API/ErrorResponses.html"),
    ("EXPORT_DUPLICATE", "AWS::SNS::Topic", "Export with name VpcId is already exported by stack Other. Rename or remove the export and try again",
     "https://repost.aws/questions/tags/TAm3R3LNU3RfSX9L23YIpo3w/aws-cloudformation"),
    ("SECURITY_GROUP_RULE_EXISTS", "AWS::EC2::SecurityGroupIngress",
     handler('the specified rule "peer: 203.0.113.0/24, TCP, from port: 80, to port: 80, ALLOW" already exists', "Ec2", "AlreadyExists"), EC2 + "#InvalidPermission.Duplicate"),
    ("NAME_EXISTS", "AWS::Lambda::Function", "Resource of type 'AWS::Lambda::Function' with identifier 'my-lambda-function' already exists.",
     GITHUB + "aws/aws-cdk-cli/issues/1000"),

    ("LAMBDA_CONCURRENCY_EXHAUSTED", "AWS::Lambda::Function",
     handler("Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [50].", "Lambda", "InvalidRequest"),
     GITHUB + "aws-samples/siem-on-amazon-opensearch-service/issues/175"),
    ("QUOTA_EXCEEDED", "AWS::EC2::VPC", handler("The maximum number of VPCs has been reached.", "Ec2", "GeneralServiceException"),
     GITHUB + "awslabs/landing-zone-accelerator-on-aws/issues/241"),
    ("QUOTA_EXCEEDED", "AWS::EC2::InternetGateway", handler("The maximum number of internet gateways has been reached.", "Ec2", "ServiceLimitExceeded"),
     GITHUB + "CloudSmith-Delivery-Troubleshooting/backend-infra-cdk/issues/6"),
    ("QUOTA_EXCEEDED", "AWS::EC2::EIP", handler("The maximum number of addresses has been reached.", "Ec2", "GeneralServiceException"),
     GITHUB + "aws-cloudformation/rain/issues/186"),
    ("THROTTLED", "AWS::Logs::LogGroup", handler("Rate exceeded", "CloudWatchLogs", "Throttling"), HANDLER),

    ("ECS_DEPLOYMENT_FAILED", "AWS::ECS::Service",
     "Resource handler returned message: \"Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'.\" (RequestToken: 121161f9-1c97-e3d5-b4d3-8328bb2b676c, HandlerErrorCode: GeneralServiceException)",
     GITHUB + "aws/copilot-cli/issues/5586"),
    ("ECS_SERVICE_NOT_STABLE", "AWS::ECS::Service", "Service arn:aws:ecs:us-east-1:123456789012:service/web did not stabilize.",
     "https://repost.aws/knowledge-center/cloudformation-ecs-service-stabilize"),
    ("ECS_TARGET_GROUP_UNATTACHED", "AWS::ECS::Service",
     handler("Invalid request provided: CreateService error: The target group with targetGroupArn arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0 does not have an associated load balancer.", "AmazonECS", "InvalidRequest"),
     "https://repost.aws/knowledge-center/ecs-create-service-target-group"),

    ("CUSTOM_RESOURCE_FAILED", "Custom::Thing",
     "Received response status [FAILED] from custom resource. Message returned: See the details in CloudWatch Log Stream: 2026/06/18/[$LATEST]abc123 (RequestId: a3cb38b0-42ff-48d6-8acd-31fd244015ea)",
     GITHUB + "aws/aws-cdk-cli/pull/1645"),
    ("CUSTOM_RESOURCE_SILENT", "AWS::CloudFormation::CustomResource",
     "CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [2f83d1e3-58e2-4eb5-803e-bfa7cb216805]. If you are using the Python cfn-response module, you may need to update your Lambda function code so that CloudFormation can attach the updated version.",
     GITHUB + "amazon-connect/amazon-connect-call-quality-monitoring/issues/16"),
    ("CUSTOM_RESOURCE_SILENT", "Custom::Thing",
     "Custom Resource failed to stabilize in expected time. If you are using the Python cfn-response module, you may need to update your Lambda function code so that CloudFormation can attach the updated version.",
     GITHUB + "netscaler/citrix-adc-aws-cloudformation/issues/24"),
    ("LAMBDA_CODE_MISSING", "AWS::Lambda::Function",
     handler("Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist.", "Lambda", "InvalidRequest"),
     GITHUB + "aws-samples/aws-account-vending-machine/issues/23"),
    ("LAMBDA_TOO_LARGE", "AWS::Lambda::Function", handler("Unzipped size must be smaller than 262144000 bytes", "Lambda", "InvalidRequest"),
     GITHUB + "amazon-connect/voicemail-for-amazon-connect/issues/77"),
    ("LAMBDA_ENVIRONMENT_TOO_LARGE", "AWS::Lambda::Function",
     handler("Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. String measured: {}", "Lambda", "InvalidRequest"),
     DOCS + "lambda/latest/dg/gettingstarted-limits.html"),
    ("LAMBDA_ROLE_NOT_ASSUMABLE", "AWS::Lambda::Function", handler("The role defined for the function cannot be assumed by Lambda.", "Lambda", "InvalidRequest"),
     DOCS + "lambda/latest/dg/troubleshooting-deployment.html"),
    ("LAMBDA_NO_NETWORK_PERMISSION", "AWS::Lambda::Function",
     handler("The provided execution role does not have permissions to call CreateNetworkInterface on EC2", "Lambda", "InvalidRequest"),
     GITHUB + "amazon-connect/amazon-connect-salesforce-lambda/issues/29"),
    ("LAMBDA_RUNTIME_RETIRED", "AWS::Lambda::Function",
     "The runtime parameter of nodejs6.10 is no longer supported for creating or updating AWS Lambda functions. We recommend you use the new runtime (nodejs10.x) while creating or updating functions. (Service: AWSLambdaInternal; Status Code: 400; Error Code: InvalidParameterValueException; Request ID: b80f91af-cd54-4554-b28b-17693504e5a6)",
     GITHUB + "aws-samples/realtime-web-analytics-workshop/issues/4"),
    ("LAMBDA_NOT_ACTIVE", "AWS::Lambda::Function",
     "Resource handler returned message: \"Lambda function web reached terminal FAILED state due to InvalidSubnet(InvalidSubnet: The subnet is invalid) and failed to stabilize\" (RequestToken: 0, HandlerErrorCode: NotStabilized)",
     DOCS + "lambda/latest/dg/functions-states.html"),

    ("RDS_VERSION_UNAVAILABLE", "AWS::RDS::DBCluster", handler("Cannot find version 13.6 for aurora-postgresql", "Rds", "InvalidRequest"),
     GITHUB + "aws-samples/aws-saas-factory-serverless-workshop/issues/48"),
    ("RDS_CLASS_UNAVAILABLE", "AWS::RDS::DBInstance",
     handler("RDS does not support creating a DB instance with the following combination: DBInstanceClass=db.t2.micro, Engine=postgres, EngineVersion=13.4, LicenseModel=postgresql-license.", "Rds", "InvalidRequest"),
     DOCS + "AmazonRDS/latest/UserGuide/CHAP_Troubleshooting.html"),
    ("RDS_SUBNET_COVERAGE", "AWS::RDS::DBSubnetGroup",
     handler("The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ coverage: eu-central-1c. Add subnets to cover at least 2 AZs.", "Rds", "InvalidRequest"),
     GITHUB + "aws-cloudformation/aws-cloudformation-resource-providers-rds/pull/189"),
    ("RDS_FAILED", "AWS::RDS::DBInstance", "DB Instance db did not stabilize", CFN),

    ("SUBNET_CONFLICT", "AWS::EC2::Subnet", handler("The CIDR '10.0.0.0/24' conflicts with another subnet", "Ec2", "InvalidRequest"), EC2 + "#InvalidSubnet.Conflict"),
    ("ZONE_UNAVAILABLE", "AWS::EC2::Subnet",
     handler("Value (dummy1a) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: us-east-1a, us-east-1b, us-east-1c.", "Ec2", "InvalidRequest"),
     GITHUB + "aws/aws-cdk/issues/30582"),
    ("SECURITY_GROUP_MISSING", "AWS::EC2::SecurityGroupIngress", "The security group 'sg-1' does not exist in VPC 'vpc-1'", CFN),

    ("CERTIFICATE_UNUSABLE", "AWS::CloudFront::Distribution",
     "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid certificate chain. (Service: AmazonCloudFront; Status Code: 400; Error Code: InvalidViewerCertificate; Request ID: 118a47d5-6e62-43ec-9ef8-74f18170b8a1)",
     GITHUB + "aws-samples/connected-drink-dispenser-workshop/issues/12"),
    ("CERTIFICATE_INVALID", "AWS::ElasticLoadBalancingV2::Listener",
     handler("The certificate 'arn:aws:acm:us-east-1:123456789012:certificate/0' must have a fully-qualified domain name, a supported signature, and a supported key size.", "ElasticLoadBalancingV2", "InvalidRequest"),
     DOCS + "elasticloadbalancing/latest/application/https-listener-certificates.html"),
    ("CERTIFICATE_NOT_VALIDATED", "AWS::CertificateManager::Certificate", "Certificate did not stabilize", CFN),
    ("CLOUDFRONT_ALIAS_TAKEN", "AWS::CloudFront::Distribution",
     'Resource handler returned message: "Invalid request provided: AWS::CloudFront::Distribution: One or more of the CNAMEs you provided are already associated with a different resource. (Service: CloudFront, Status Code: 409)"',
     GITHUB + "clemsonMakerspace/unified-makerspace/pull/172"),
    ("CLOUDFRONT_ACCOUNT_UNVERIFIED", "AWS::CloudFront::Distribution",
     handler("Access denied for operation 'AWS::CloudFront::Distribution: Your account must be verified before you can add new CloudFront resources. To verify your account, please contact AWS Support and include this error message.'", "CloudFront", "AccessDenied", 403),
     "https://repost.aws/knowledge-center/cloudfront-account-verification"),
    ("S3_ACL_NOT_ALLOWED", "AWS::S3::Bucket",
     "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting (Service: Amazon S3; Status Code: 400; Error Code: InvalidBucketAclWithObjectOwnership; Request ID: 0)",
     GITHUB + "aws-cloudformation/cloudformation-coverage-roadmap/issues/1606"),
    ("KMS_KEY_POLICY_LOCKOUT", "AWS::KMS::Key", handler("The new key policy will not allow you to update the key policy in the future.", "Kms", "InvalidRequest"),
     "https://repost.aws/knowledge-center/update-key-policy-future"),
    ("KMS_KEY_UNUSABLE", "AWS::SecretsManager::Secret", handler("arn:aws:kms:us-east-1:123456789012:key/0 is pending deletion.", "SecretsManager", "InvalidRequest"),
     DOCS + "kms/latest/developerguide/key-state.html"),
    ("SECRET_MISSING", "AWS::SNS::Topic", handler("Secrets Manager can't find the specified secret.", "SecretsManager", "InvalidRequest"),
     DOCS + "secretsmanager/latest/userguide/troubleshoot.html"),

    ("PARAMETER_MISSING", "AWS::SNS::Topic", "Parameters: [Name] must have values", DOCS + "AWSCloudFormation/latest/APIReference/API_CreateStack.html"),
    ("SSM_PARAMETER_MISSING", "AWS::SNS::Topic", "Unable to fetch parameters [/cdk-bootstrap/hnb659fds/version] from parameter store for this account",
     GITHUB + "aws/aws-cdk/issues/12700"),
    ("PROPERTY_UNKNOWN", "AWS::SNS::Topic", "Properties validation failed for resource Topic with message: #: extraneous key [Foo] is not permitted", CFN),
    ("PROPERTY_INVALID", "AWS::IAM::Policy", "Required property [PolicyDocument] not found", GITHUB + "aws/aws-cdk-cli/pull/1463"),
    ("RESOURCE_NOT_STABILIZED", "AWS::S3::Bucket", "Bucket mythicalmysfitsstreamings-clicksdestinationbucket-1nz7d080seuj did not stabilize",
     GITHUB + "aws-samples/aws-modern-application-workshop/issues/120"),
    ("RESOURCE_MISSING", "AWS::SNS::Subscription", 'Resource handler returned message: "Topic" (RequestToken: 0, HandlerErrorCode: NotFound)', HANDLER),
    ("ACCESS_DENIED", "AWS::S3::Bucket", "API: s3:CreateBucket Access Denied", GITHUB + "awsdocs/amazon-s3-userguide/issues/66"),
    ("AWS_INTERNAL_FAILURE", "AWS::SNS::Topic", 'Resource handler returned message: "null" (RequestToken: 0, HandlerErrorCode: InternalFailure)', HANDLER),
]

DELETE = [
    ("BUCKET_NOT_EMPTY", "AWS::S3::Bucket", "The bucket you tried to delete is not empty (Service: Amazon S3; Status Code: 409; Error Code: BucketNotEmpty; Request ID: 0)",
     DOCS + "AmazonS3/latest/API/ErrorResponses.html"),
    ("RDS_DELETION_PROTECTED", "AWS::RDS::DBInstance", handler("Cannot delete protected DB Instance, please disable deletion protection and try again.", "Rds", "InvalidRequest"),
     DOCS + "AmazonRDS/latest/UserGuide/USER_DeleteInstance.html"),
    ("NETWORK_IN_USE", "AWS::EC2::VPCGatewayAttachment",
     "Network vpc-02efbdd06a44f2995 has some mapped public address(es). Please unmap those public address(es) before detaching the gateway. (Service: AmazonEC2; Status Code: 400; Error Code: DependencyViolation; Request ID: 84ef7a3d-e9a5-4ede-a552-ec36963f9a04)",
     GITHUB + "eksctl-io/eksctl/issues/253"),
    ("DEPENDENCY_VIOLATION", "AWS::EC2::VPC", "The vpc 'vpc-b1a910d5' has dependencies and cannot be deleted.", GITHUB + "convox/rack/issues/1090"),
    ("LAMBDA_REPLICATED", "AWS::Lambda::Function",
     handler("Lambda was unable to delete arn:aws:lambda:us-east-1:123456789012:function:edge:1 because it is a replicated function. Please see our documentation for Deleting Lambda@Edge Functions and Replicas.", "Lambda", "InvalidRequest"),
     DOCS + "AmazonCloudFront/latest/DeveloperGuide/lambda-edge-delete-replicas.html"),
    ("RDS_SNAPSHOT_EXISTS", "AWS::RDS::DBCluster",
     handler("Cannot create the cluster snapshot because one with the identifier db-snapshot already exists.", "Rds", "AlreadyExists"),
     DOCS + "AmazonRDS/latest/APIReference/API_DeleteDBCluster.html"),
]

UPDATE = [
    ("CUSTOM_NAME_REPLACED", "AWS::SNS::Topic",
     "CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename prod-convox-db and update the stack again.",
     GITHUB + "convox/rack/issues/2941"),
    ("EXPORT_IN_USE", "AWS::SNS::Topic", "Export Stack1:ExportsOutputFnGetAtt-sg1-C785ABD5GroupId30372C66 cannot be deleted as it is in use by Stack2",
     GITHUB + "aws/aws-cdk/issues/7602"),
    ("RDS_VERSION_PATH", "AWS::RDS::DBCluster", handler("Cannot upgrade aurora-postgresql from 16.4 to 15.10", "Rds", "InvalidRequest"),
     DOCS + "AmazonRDS/latest/AuroraUserGuide/USER_UpgradeDBInstance.PostgreSQL.html"),
    ("RDS_PARAMETER_FAMILY", "AWS::RDS::DBInstance",
     handler("The parameter group db-params with DBParameterGroupFamily postgres13 can't be used for this instance. Use a parameter group with DBParameterGroupFamily postgres14.", "Rds", "InvalidRequest"),
     "https://repost.aws/knowledge-center/rds-modify-parameter-group-values"),
]

# What the local AWS needs to make the resource.
PROPERTIES = {
    "AWS::Lambda::Function": {"Code": {"ZipFile": "x"}, "Role": {"Fn::GetAtt": ["Role", "Arn"]}, "Handler": "index.handler", "Runtime": "python3.12"}, "AWS::EC2::VPC": {"CidrBlock": "10.0.0.0/16"},
    "AWS::EC2::VPCGatewayAttachment": {"VpcId": {"Ref": "Vpc"}, "InternetGatewayId": {"Ref": "Gateway"}},
}
TRUST = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
OTHERS = {
    "AWS::Lambda::Function": {"Role": {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": TRUST}}},
    "AWS::EC2::VPCGatewayAttachment": {"Vpc": {"Type": "AWS::EC2::VPC", "Properties": PROPERTIES["AWS::EC2::VPC"]}, "Gateway": "AWS::EC2::InternetGateway"},
}
CASES = {"create": CREATE, "delete": DELETE, "update": UPDATE}


def name(index, code):
    return f"F{index:02}-" + code.lower().replace("_", "-")


def assembly(action, changed):
    stacks = {}
    for index, (code, kind, _, _) in enumerate(CASES[action]):
        properties = {**PROPERTIES.get(kind, {}), **({"Changed": "x"} if changed else {})}
        stacks[name(index, code)] = {"resources": {"Failing": {"Type": kind, "Properties": properties}, **OTHERS.get(kind, {})}}
    return stacks


def settings(action):
    return {"failures": [{"stack": name(index, code), "resource": "Failing", "action": action, "reason": reason, "times": 9}
                         for index, (code, _, reason, _) in enumerate(CASES[action])]}


def main():
    verb, action = sys.argv[1], sys.argv[2]
    results = {
        "assembly": lambda: assembly(action, False), "changed": lambda: assembly(action, True), "settings": lambda: settings(action),
        "expected": lambda: {name(index, code): code for index, (code, *_) in enumerate(CASES[action])},
        "codes": lambda: sorted({code for cases in CASES.values() for code, *_ in cases}),
    }
    print(json.dumps(results[verb]()))


if __name__ == "__main__":
    main()
