# SPDX-License-Identifier: MIT
"""Mistakes in single services: a resource, or several, that AWS refuses, put into a template."""
from mutations import CLASSES

ROLE = "arn:aws:iam::123456789012:role/a"


def made(name, *resources, **sections):
    """A class that adds resources "Made", "Made2", ... (type, properties, attributes), and entries to other sections."""

    def apply(template, pick):
        for number, (kind, properties, *attributes) in enumerate(resources):
            added = {"Type": kind, "Properties": properties, **(attributes[0] if attributes else {})}
            template["Resources"]["Made" + ("" if number == 0 else str(number + 1))] = added
        for section, entries in sections.items():
            template.setdefault(section, {}).update(entries)
        return True

    CLASSES[name] = apply


def ref(name):
    return {"Ref": name}


def distribution(**config):
    origin = {"Id": "a", "DomainName": "a.example.com", "S3OriginConfig": {}}
    behavior = {"TargetOriginId": "a", "ViewerProtocolPolicy": "allow-all", "ForwardedValues": {"QueryString": False}}
    return "AWS::CloudFront::Distribution", {"DistributionConfig": {"Enabled": True, "Origins": [origin], "DefaultCacheBehavior": behavior, **config}}


def record(**properties):
    return "AWS::Route53::RecordSet", {"Type": "A", "TTL": "60", "ResourceRecords": ["1.2.3.4"], **properties}


def schedule(expression):
    return "AWS::Events::Rule", {"ScheduleExpression": expression}


def function(**properties):
    return "AWS::Lambda::Function", {"Runtime": "nodejs22.x", "Handler": "a.b", "Role": ROLE, "Code": {"ZipFile": "a"}, **properties}


def table(**properties):
    key = [{"AttributeName": "a", "KeyType": "HASH"}]
    attributes = [{"AttributeName": "a", "AttributeType": "S"}]
    return "AWS::DynamoDB::Table", {"BillingMode": "PAY_PER_REQUEST", "KeySchema": key, "AttributeDefinitions": attributes, **properties}


def subscription():
    return "AWS::Logs::SubscriptionFilter", {
        "LogGroupName": "a", "FilterPattern": "", "DestinationArn": "arn:aws:lambda:us-east-1:123456789012:function:a"}


def endpoint():
    return "AWS::EC2::VPCEndpoint", {
        "VpcEndpointType": "Interface", "VpcId": "vpc-12345678", "PrivateDnsEnabled": True,
        "ServiceName": {"Fn::Sub": "com.amazonaws.${AWS::Region}.sqs"}}


def association(table_id):
    return "AWS::EC2::SubnetRouteTableAssociation", {"SubnetId": "subnet-12345678", "RouteTableId": table_id}


def action(category, provider, inputs=(), outputs=(), owner="AWS", **more):
    return {
        "Name": "a" + category + provider, "ActionTypeId": {"Category": category, "Owner": owner, "Provider": provider, "Version": "1"},
        "InputArtifacts": [{"Name": name} for name in inputs], "OutputArtifacts": [{"Name": name} for name in outputs], **more}


SOURCE = action("Source", "CodeCommit", outputs=["Src"])


def pipeline(*stages):
    return "AWS::CodePipeline::Pipeline", {
        "RoleArn": ROLE, "ArtifactStore": {"Type": "S3", "Location": "a"},
        "Stages": [{"Name": f"s{number}", "Actions": actions} for number, actions in enumerate(stages)]}


def machine(definition):
    return "AWS::StepFunctions::StateMachine", {"RoleArn": ROLE, "Definition": definition}


def task(**properties):
    return "AWS::ECS::TaskDefinition", {"ContainerDefinitions": [{"Name": "a", "Image": "a", "Memory": 128, **properties}]}


made("alias_is_no_domain", distribution(Aliases=["www.example.com", "nodots"]))
made("alias_with_star_inside", distribution(Aliases=["a.*.example.com"]))
made("record_outside_of_its_zone", record(Name="a.b.com.", HostedZoneName="c.com."))
made("zone_without_dot", record(Name="a.b.com", HostedZoneName="b.com"))
made("validation_domain_elsewhere", ("AWS::CertificateManager::Certificate", {
    "DomainName": "a.c.com", "DomainValidationOptions": [{"DomainName": "a.c.com", "ValidationDomain": "b.com"}]}))
made("rate_with_wrong_unit", schedule("rate(5 minute)"))
made("rate_of_one_in_plural", schedule("rate(1 minutes)"))
made("rate_of_zero", schedule("rate(0 minutes)"))
made("cron_with_both_days", schedule("cron(0 12 * * * *)"))
made("cron_of_five_fields", schedule("cron(0 12 * * ?)"))
made("cron_without_its_name", schedule("0 12 * * ? *"))
made("tiering_too_early", ("AWS::S3::Bucket", {"IntelligentTieringConfigurations": [
    {"Id": "a", "Status": "Enabled", "Tierings": [{"AccessTier": "DEEP_ARCHIVE_ACCESS", "Days": 100}]}]}))
made("backup_too_short_in_cold_storage", ("AWS::Backup::BackupPlan", {"BackupPlan": {"BackupPlanName": "a", "BackupPlanRule": [
    {"RuleName": "a", "TargetBackupVault": "a", "Lifecycle": {"DeleteAfterDays": 100, "MoveToColdStorageAfterDays": 20}}]}}))
made("detector_with_sources_and_features", ("AWS::GuardDuty::Detector", {
    "Enable": True, "DataSources": {"S3Logs": {"Enable": True}}, "Features": [{"Name": "S3_DATA_EVENTS", "Status": "ENABLED"}]}))
made("snap_start_of_node", function(SnapStart={"ApplyOn": "PublishedVersions"}))
made("layer_arn_too_long", function(Layers=["arn:aws:lambda:us-east-1:123456789012:layer:" + "a" * 180 + ":1"]))
made("table_with_unused_attribute", table(AttributeDefinitions=[
    {"AttributeName": "a", "AttributeType": "S"}, {"AttributeName": "b", "AttributeType": "S"}]))
made("index_of_unknown_attribute", table(GlobalSecondaryIndexes=[
    {"IndexName": "a", "KeySchema": [{"AttributeName": "c", "KeyType": "HASH"}], "Projection": {"ProjectionType": "ALL"}}]))
made("two_tables_of_one_name", table(TableName="a-table"), table(TableName="a-table"))
made("two_tables_of_one_parameter", table(TableName=ref("Made")), table(TableName=ref("Made")), Parameters={"Made": {"Type": "String"}})
made("subnet_associated_twice", association("rtb-1"), association("rtb-2"))
made("private_names_twice", endpoint(), endpoint())
made("three_subscription_filters", subscription(), subscription(), subscription())
made("host_port_with_awsvpc", ("AWS::ECS::TaskDefinition", {
    "NetworkMode": "awsvpc", **task(PortMappings=[{"ContainerPort": 80, "HostPort": 8080}])[1]}))
made("health_of_dynamic_ports", (
    "AWS::ECS::Service", {"TaskDefinition": ref("Made2"), "LoadBalancers": [
        {"ContainerName": "a", "ContainerPort": 80, "TargetGroupArn": ref("Made3")}]}),
    task(PortMappings=[{"ContainerPort": 80, "HostPort": 0}]),
    ("AWS::ElasticLoadBalancingV2::TargetGroup", {"HealthCheckPort": "80", "Port": 80, "Protocol": "HTTP", "VpcId": "vpc-12345678"}))
made("pipeline_begins_with_a_build", pipeline([SOURCE, action("Build", "CodeBuild", ["Src"])], [action("Approval", "Manual")]))
made("pipeline_with_a_late_source", pipeline([SOURCE], [action("Source", "S3", outputs=["Other"])]))
made("artifact_of_nobody", pipeline([SOURCE], [action("Build", "CodeBuild", ["Nope"])]))
made("artifact_made_twice", pipeline([SOURCE], [action("Build", "CodeBuild", ["Src"], ["Src"])]))
made("build_without_artifact", pipeline([SOURCE], [action("Build", "CodeBuild")]))
made("approval_with_artifact", pipeline([SOURCE], [action("Approval", "Manual", ["Src"])]))
made("template_of_no_artifact", pipeline([SOURCE], [
    action("Deploy", "CloudFormation", ["Src"], Configuration={"TemplatePath": "Other::a.yaml"})]))
made("machine_starts_nowhere", machine({"StartAt": "A", "States": {"B": {"Type": "Succeed"}}}))
made("state_of_unknown_type", machine({"StartAt": "A", "States": {"A": {"Type": "Tsk", "End": True}}}))
made("task_without_resource", machine({"StartAt": "A", "States": {"A": {"Type": "Task", "End": True}}}))
made("machine_with_unknown_key", machine({"StartAt": "A", "Start": "A", "States": {"A": {"Type": "Succeed"}}}))
made("branch_starts_nowhere", machine({"StartAt": "A", "States": {"A": {
    "Type": "Parallel", "Branches": [{"StartAt": "X", "States": {"Y": {"Type": "Succeed"}}}], "End": True}}}))
made("machine_in_a_string", ("AWS::StepFunctions::StateMachine", {
    "RoleArn": ROLE, "DefinitionString": '{"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": "x", "End": true}}}'}))
made("document_of_unknown_version", ("AWS::SSM::Document", {"Content": {"schemaVersion": "3.2"}}))
made("document_without_version", ("AWS::SSM::Document", {"Content": {"description": "a"}}))
made("init_with_unknown_packages", ("AWS::EC2::Instance", {"ImageId": "ami-12345678"}, {"Metadata": {
    "AWS::CloudFormation::Init": {"config": {"packages": {"foo": {}}}}}}))
made("interface_with_unknown_key", Metadata={"AWS::CloudFormation::Interface": {"ParameterGroups": [{"Foo": "x"}]}})
made("subnet_in_a_security_group", ("AWS::EC2::Subnet", {"VpcId": ref("Made2"), "CidrBlock": "10.0.0.0/24"}),
     ("AWS::EC2::SecurityGroup", {"GroupDescription": "a", "VpcId": "vpc-12345678"}))
made("instance_in_a_vpc", ("AWS::EC2::Instance", {"ImageId": "ami-12345678", "SubnetId": ref("Made2")}),
     ("AWS::EC2::VPC", {"CidrBlock": "10.0.0.0/16"}))
made("key_id_for_its_arn", function(KmsKeyArn=ref("Made2")), ("AWS::KMS::Key", {"KeyPolicy": {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"AWS": {"Fn::Sub": "arn:aws:iam::${AWS::AccountId}:root"}}, "Action": "kms:*", "Resource": "*"}]}}))
made("topic_name_for_its_arn", ("AWS::SNS::Subscription", {
    "TopicArn": {"Fn::GetAtt": ["Made2", "TopicName"]}, "Protocol": "email", "Endpoint": "a@example.com"}), ("AWS::SNS::Topic", {}))
made("default_against_the_pattern", Parameters={"Made": {"Type": "String", "AllowedPattern": "^[a-z]+$", "Default": "A1"}})
made("role_with_a_path_by_name", ("AWS::CodeBuild::Project", {
    "ServiceRole": ref("Made2"), "Artifacts": {"Type": "NO_ARTIFACTS"}, "Source": {"Type": "NO_SOURCE", "BuildSpec": "a"},
    "Environment": {"ComputeType": "BUILD_GENERAL1_SMALL", "Image": "a", "Type": "LINUX_CONTAINER"}}),
    ("AWS::IAM::Role", {"Path": "/a/", "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"Service": "codebuild.amazonaws.com"}, "Action": "sts:AssumeRole"}]}}))
made("many_conditions_and_both_policies", ("AWS::SQS::Queue", {
    name: {"Fn::If": [f"C{number}", value, ref("AWS::NoValue")]}
    for number, (name, value) in enumerate([
        ("DelaySeconds", 1), ("MaximumMessageSize", 1024), ("ReceiveMessageWaitTimeSeconds", 1), ("VisibilityTimeout", 30),
        ("MessageRetentionPeriod", 60), ("QueueName", "a"), ("FifoQueue", False)])}),
    ("AWS::S3::Bucket", {"BucketEncryption": {}, **{
        name: {"Fn::If": [f"C{number}", value, ref("AWS::NoValue")]}
        for number, (name, value) in enumerate([
            ("BucketName", "a-bucket"), ("AccelerateConfiguration", {"AccelerationStatus": "Enabled"}), ("ObjectLockEnabled", True),
            ("Tags", [{"Key": "a", "Value": "b"}]), ("VersioningConfiguration", {"Status": "Enabled"})])}}),
    Parameters={f"P{number}": {"Type": "String"} for number in range(7)},
    Conditions={f"C{number}": {"Fn::Equals": [ref(f"P{number}"), "a"]} for number in range(7)})
