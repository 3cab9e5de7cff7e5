# SPDX-License-Identifier: MIT
"""Holds pairs of syntheses against what CloudFormation refuses:

- an export that another stack imports must not vanish, and its value must not change;
- what must be unique (a name, a port of a load balancer, the addresses of a subnet) must not be claimed by a new resource
  as long as an old one has it: CloudFormation deletes at the end of an update, and a replacement is a new resource.
"""
import json
import os
import subprocess
import sys

TANGO = os.environ["TANGO_INFRA"]
ACCOUNT = "123456789012"
CERTIFICATE = f"arn:aws:acm:us-east-1:{ACCOUNT}:certificate/11111111-2222-3333-4444-555555555555"
HTTPS = {"domain_name": "api.example.com", "certificate_arn": CERTIFICATE}
FRONTEND = {"frontend_domain": "app.example.com", "frontend_certificate_arn": CERTIFICATE}
ZONES = ["us-east-1a", "us-east-1b"]

# What each key is changed to, from its default.
CHANGES = {
    "profile": {"profile": "production"},
    "profile for development": {"profile": "development"},
    "account": {"account": ACCOUNT, f"availability-zones:account={ACCOUNT}:region=us-east-1": ZONES},
    "tags": {"tags": {"Team": "infra"}},
    "termination_protection": {"termination_protection": True},
    "resource_prefix": {"resource_prefix": "acme"},
    "ecr_repository_name": {"ecr_repository_name": "team/backend"},
    "secrets_path": {"secrets_path": "prod/keys"},
    "database_name": {"database_name": "main"},
    "event_bus_name": {"event_bus_name": "bus"},
    "alarm_topic_name": {"alarm_topic_name": "pager"},
    "dashboard_name": {"dashboard_name": "ops"},
    "frontend_bucket_prefix": {"frontend_bucket_prefix": "www"},
    "log_stream_prefix": {"log_stream_prefix": "api"},
    "availability_zones": {"availability_zones": ZONES},
    "nat_gateways": {"nat_gateways": 2},
    "vpc_endpoints": {"vpc_endpoints": ["ecr.api", "secretsmanager"]},
    "access_logs": {"access_logs": True},
    "image_tag": {"image_tag": "v2"},
    "image_digest": {"image_digest": "sha256:" + 4 * "0123456789abcdef"},
    "require_https": {**HTTPS, "require_https": True, "cors_origins": ["https://app.example.com"]},
    "min_capacity": {"min_capacity": 4},
    "max_capacity": {"max_capacity": 40},
    "database_min_acu": {"database_min_acu": 2},
    "database_max_acu": {"database_max_acu": 64},
    "deletion_protection": {"deletion_protection": False},
    "database_readers": {"database_readers": 2},
    "database_backup_days": {"database_backup_days": 35},
    "database_io_optimized": {"database_io_optimized": True},
    "database_insights": {"database_insights": True},
    "database_iam_authentication": {"database_iam_authentication": True},
    "snapshot_identifier": {"snapshot_identifier": "before"},
    "removal_policy": {"removal_policy": "destroy"},
    "exec": {"exec": False},
    "rds_proxy": {"rds_proxy": False},
    "sentry_dsn": {"sentry_dsn": "https://key@sentry.example.com/1"},
    "cors_origins": {"cors_origins": ["https://app.example.com"]},
    "enable_versioning": {"enable_versioning": True},
    "media_lifecycle": {"media_lifecycle": True},
    "enable_image_transformation": {"enable_image_transformation": False},
    "image_sizes": {"image_sizes": [64, 128]},
    "security_headers": {"security_headers": False},
    "content_security_policy": {"content_security_policy": "default-src 'self'"},
    "waf": {"waf": True},
    "waf_rate_limit": ({"waf": True}, {"waf": True, "waf_rate_limit": 500}),
    "publisher_reserved_concurrency": {"publisher_reserved_concurrency": 5},
    "event_max_bytes": {"event_max_bytes": 262144},
    "event_archive_days": {"event_archive_days": 30},
    "event_archive_days where there is an archive": ({"event_archive_days": 30}, {"event_archive_days": 90}),
    "bus_policy": {"bus_policy": [f"arn:aws:iam::{ACCOUNT}:role/ops"]},
    "log_retention_days": {"log_retention_days": 90},
    "audit_log_retention_days": {"audit_log_retention_days": 365},
    "alarms": {"alarms": "full"},
    "monthly_budget": {"monthly_budget": 500},
    "monthly_budget where there is one": ({"monthly_budget": 500}, {"monthly_budget": 600, "alarm_topic_name": "pager"}),
    "event_bus_name of an archive": ({"event_archive_days": 30}, {"event_archive_days": 30, "event_bus_name": "bus"}),
    "alarm_email": {"alarm_email": "ops@example.com"},
    "resource_prefix where database_name is given": (
        {"database_name": "tango"}, {"database_name": "tango", "resource_prefix": "acme"}),
    # Pairs of keys that go together, and what they are changed from.
    "domain_name certificate_arn": HTTPS,
    "domain_name certificate_arn, then require_https": (HTTPS, {**HTTPS, "require_https": True, "cors_origins": ["https://a.b"]}),
    "frontend_domain frontend_certificate_arn": FRONTEND,
    "everything in HTTPS": {**HTTPS, **FRONTEND},
    "min_capacity max_capacity": {"min_capacity": 12, "max_capacity": 20},
    "enable_image_transformation in HTTPS": (HTTPS, {**HTTPS, "enable_image_transformation": False}),
    "max_azs": (
        {"account": ACCOUNT, f"availability-zones:account={ACCOUNT}:region=us-east-1": [*ZONES, "us-east-1c"]},
        {"account": ACCOUNT, f"availability-zones:account={ACCOUNT}:region=us-east-1": [*ZONES, "us-east-1c"], "max_azs": 3}),
}

# What cannot be changed in place, and why. `documented`: `context --describe` says so, because AWS makes it impossible;
# `steps`: deploy takes more steps than one.
EXCEPTIONS = {
    "account": ("documented", "the zones of an account are known by name: subnets would move to other zones under their own addresses"),
    "availability_zones": ("documented", "subnets would move to other zones under their own addresses"),
    "max_azs": ("documented", "the addresses of the private subnets begin where those of the public ones end"),
    "database_name": ("documented", "Aurora would replace the cluster"),
    "resource_prefix": ("documented", "the database is named after it by default"),
    "snapshot_identifier": ("documented", "the cluster is made from it"),
    "rds_proxy": ("steps", "the functions import the address of the proxy, which goes away"),
    "alarms": ("steps", "alarms on CloudFront import the identifiers of the distributions"),
    "access_logs": ("steps", "the load balancer imports the name of the bucket, which goes away"),
    "profile": ("steps", "it has access logs and alarms on CloudFront"),
    "profile for development": ("steps", "it has no proxy"),
}
# Keys of which each value is an environment of its own: stacks with other names, or in another place.
ENVIRONMENTS = {"stack_prefix", "region"}

# Where the physical name of a resource is. A task definition is a revision of its family, which may have many.
NAMES = {
    "AWS::CloudFront::Function": ["Name"],
    "AWS::CloudFront::OriginAccessControl": ["OriginAccessControlConfig", "Name"],
    "AWS::CloudFront::ResponseHeadersPolicy": ["ResponseHeadersPolicyConfig", "Name"],
    "AWS::CloudWatch::Alarm": ["AlarmName"],
    "AWS::CloudWatch::CompositeAlarm": ["AlarmName"],
    "AWS::CloudWatch::Dashboard": ["DashboardName"],
    "AWS::Events::EventBus": ["Name"],
    "AWS::Lambda::Function": ["FunctionName"],
    "AWS::Logs::LogGroup": ["LogGroupName"],
    "AWS::RDS::DBProxy": ["DBProxyName"],
    "AWS::S3::Bucket": ["BucketName"],
    "AWS::SNS::Topic": ["TopicName"],
    "AWS::SQS::Queue": ["QueueName"],
}
# Other properties that are called name, identifier or family, and are the name of something else or of a part.
NOT_NAMES = {
    "AWS::ApplicationAutoScaling::ScalingPolicy.PolicyName", "AWS::CloudWatch::Alarm.MetricName", "AWS::SNS::Topic.DisplayName",
    "AWS::EC2::VPCEndpoint.ServiceName", "AWS::ECS::TaskDefinition.Family", "AWS::IAM::Policy.PolicyName",
    "AWS::Lambda::EventInvokeConfig.FunctionName", "AWS::Lambda::Permission.FunctionName", "AWS::Lambda::Version.FunctionName",
    "AWS::RDS::DBCluster.DBClusterParameterGroupName", "AWS::RDS::DBCluster.DBSubnetGroupName", "AWS::RDS::DBCluster.DatabaseName",
    "AWS::RDS::DBInstance.DBClusterIdentifier", "AWS::RDS::DBProxyTargetGroup.DBProxyName",
    "AWS::RDS::DBProxyTargetGroup.TargetGroupName", "AWS::Events::Rule.EventBusName", "AWS::Events::Rule.Name",
}
# What must be unique besides names: within what, and what.
CLAIMS = {
    "AWS::EC2::Subnet": ["VpcId", "CidrBlock"],
    "AWS::ElasticLoadBalancingV2::Listener": ["LoadBalancerArn", "Port"],
    "AWS::ElasticLoadBalancingV2::ListenerRule": ["ListenerArn", "Priority"],
    "AWS::EC2::Route": ["RouteTableId", "DestinationCidrBlock"],
    "AWS::Events::Rule": ["EventBusName", "Name"],
}

failures = []


def check(name, holds, message):
    if not holds:
        failures.append(f"{name}: {message}")


def run(*arguments, context=None):
    environment = {**os.environ, "CDK_CONTEXT_JSON": json.dumps(context or {})}
    return subprocess.run([TANGO, *arguments], env=environment, capture_output=True, text=True)


def synthesize(folder, context):
    result = run("synth", "--quiet", "--no-lookups", "--output", folder, context=context)
    if result.returncode != 0 or result.stderr:
        sys.exit(f"{context}: {result.stderr}")
    return {name.removesuffix(".template.json"): json.load(open(os.path.join(folder, name)))
            for name in sorted(os.listdir(folder)) if name.endswith(".template.json")}


def walk(value):
    yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from walk(item)


def imports(template):
    return {node["Fn::ImportValue"] for node in walk(template) if isinstance(node, dict) and "Fn::ImportValue" in node}


def exports(template):
    return {output["Export"]["Name"]: output["Value"] for output in template.get("Outputs", {}).values() if "Export" in output}


def references(value):
    for node in walk(value):
        if isinstance(node, dict) and len(node) == 1:
            if "Ref" in node:
                yield node["Ref"]
            elif "Fn::GetAtt" in node:
                yield node["Fn::GetAtt"][0]


def property_at(resource, path):
    value = resource.get("Properties", {})
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def known(value):
    """The value with what is the same in both syntheses: the account that it is deployed to."""
    return json.dumps(value, sort_keys=True).replace('{"Ref": "AWS::AccountId"}', f'"{ACCOUNT}"')


def joined(value):
    """A name that is joined from literals only."""
    text = known(value)
    value = json.loads(text)
    if isinstance(value, dict) and list(value) == ["Fn::Join"] and all(isinstance(part, str) for part in value["Fn::Join"][1]):
        return value["Fn::Join"][0].join(value["Fn::Join"][1])
    return value if isinstance(value, str) else text


def names(template):
    for identifier, resource in template["Resources"].items():
        path = NAMES.get(resource["Type"])
        value = property_at(resource, path) if path else None
        if value is not None:
            yield identifier, (resource["Type"], joined(value))


def claims(template):
    yield from names(template)
    for identifier, resource in template["Resources"].items():
        keys = CLAIMS.get(resource["Type"])
        if keys and property_at(resource, keys[1:]) is not None:
            yield identifier, (resource["Type"], *(known(property_at(resource, [key])) for key in keys))


def replaced(before, after):
    """The logical ids that a change replaces, by stack."""
    result = run("diff", before, after, "--format", "json")
    if result.returncode != 0:
        sys.exit(f"diff: {result.stderr}")
    return {stack["name"]: {r["id"] for r in stack["resources"] if r["impact"] in ("replace", "mayReplace") and really(r)}
            for stack in json.loads(result.stdout)["stacks"]}


def really(resource):
    """Is there a reason other than a name that says the same, or another replacement that is none?"""
    reasons = [c for c in resource["changes"] if c.get("impact") in ("replace", "mayReplace")]
    return not reasons or any("before" not in c or "after" not in c or joined(c["before"]) != joined(c["after"]) for c in reasons)


def violations(before, after, before_folder, after_folder):
    gone = replaced(before_folder, after_folder)
    for name, template in before.items():
        new = exports(after.get(name, {}))
        used = {export for other, consumer in before.items() if other != name for export in imports(consumer)}
        for export, value in exports(template).items():
            if export not in used:
                continue
            if export not in new:
                yield f"{name}: the export {export} vanishes while another stack imports it"
            elif known(new[export]) != known(value) or set(references(value)) & gone.get(name, set()):
                yield f"{name}: the value of the export {export} changes while another stack imports it"
        held = {claim: identifier for identifier, claim in claims(template)}
        for identifier, claim in claims(after.get(name, {"Resources": {}})):
            if claim in held and (held[claim] != identifier or identifier in gone.get(name, set())):
                yield f"{name}: {identifier} claims {claim}, which {held[claim]} still has"


def check_change(name, before_context, after_context):
    before, after = synthesize("before", before_context), synthesize("after", after_context)
    found = [*violations(before, after, "before", "after"), *violations(after, before, "after", "before")]
    subprocess.run(["rm", "-r", "before", "after"], check=True)
    if name not in EXCEPTIONS:
        check(name, not found, "\n  ".join(["cannot be deployed:", *found]))
        return
    check(name, found, "is an exception that is none")
    if EXCEPTIONS[name][0] == "steps":
        # Only exports stand in the way: weak references take them out of it.
        check(name, all("the export" in violation for violation in found), "\n  ".join(["is no matter of steps:", *found]))


def check_keys():
    described = json.loads(run("context", "--describe", "--json").stdout)
    rows = described if isinstance(described, list) else described.get("keys", described)
    descriptions = {row["key"]: row["description"] for row in rows}
    changed = {key for name in CHANGES for key in name.replace(",", "").split()} | ENVIRONMENTS
    for key in descriptions:
        check(key, key in changed, "has no change here")
    for key, (kind, _) in EXCEPTIONS.items():
        if kind == "documented":
            check(key, "once deployed" in descriptions[key], "'context --describe' does not say that it cannot be changed once deployed")


def check_all_names_are_known(template):
    for identifier, resource in template["Resources"].items():
        for key, value in resource.get("Properties", {}).items():
            if key.endswith(("Name", "Identifier")) or key == "Family":
                known_name = NAMES.get(resource["Type"]) == [key] or f"{resource['Type']}.{key}" in NOT_NAMES
                check(f"{resource['Type']}.{key}", known_name, f"of {identifier}: is it a name that must be unique? {value}")


def check_retention(template):
    """What is retained under a fixed name is not retained when it is made in a creation that fails."""
    fixed = {identifier for identifier, _ in names(template)}
    for identifier, resource in template["Resources"].items():
        if identifier in fixed:
            check(identifier, resource.get("DeletionPolicy") != "Retain", "is retained under a fixed name when its creation fails")


def check_two_environments():
    one, other = synthesize("one", {}), synthesize("other", {"stack_prefix": "Staging"})
    # A name that holds the id of a resource of its stack is as unique as that.
    literal = lambda template: {claim for _, claim in names(template) if not claim[1].startswith("{")}
    for what, of in (("physical name", literal), ("export", lambda template: set(exports(template)))):
        both = set().union(*map(of, one.values())) & set().union(*map(of, other.values()))
        check("two environments", not both, f"have in common the {what} {sorted(both)}")
    check("two environments", not set(one) & set(other), "have stacks in common")
    for template in one.values():
        check_all_names_are_known(template)
        check_retention(template)


check_keys()
check_two_environments()
for change, contexts in CHANGES.items():
    check_change(change, *(contexts if isinstance(contexts, tuple) else ({}, contexts)))
for failure in failures:
    print(failure)
print(f"{len(CHANGES)} changes, {len(failures)} failures")
sys.exit(1 if failures else 0)
