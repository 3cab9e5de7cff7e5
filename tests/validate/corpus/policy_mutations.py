# SPDX-License-Identifier: MIT
"""Mistakes in policies of IAM, of the same form as those in mutations.py."""
from mutations import CLASSES, choose

# Where cfn-lint looks for policies: (type, property, property of each item).
PLACES = {
    "identity": [
        ("AWS::IAM::Group", "Policies", "PolicyDocument"),
        ("AWS::IAM::ManagedPolicy", "PolicyDocument", None),
        ("AWS::IAM::Policy", "PolicyDocument", None),
        ("AWS::IAM::Role", "Policies", "PolicyDocument"),
        ("AWS::IAM::User", "Policies", "PolicyDocument"),
        ("AWS::IAM::RolePolicy", "PolicyDocument", None),
    ],
    "resource": [
        ("AWS::KMS::Key", "KeyPolicy", None),
        ("AWS::OpenSearchService::Domain", "AccessPolicies", None),
        ("AWS::S3::BucketPolicy", "PolicyDocument", None),
        ("AWS::SNS::TopicPolicy", "PolicyDocument", None),
        ("AWS::SQS::QueuePolicy", "PolicyDocument", None),
    ],
    "repository": [("AWS::ECR::Repository", "RepositoryPolicyText", None)],
    "trust": [("AWS::IAM::Role", "AssumeRolePolicyDocument", None)],
}


def documents(template, kind):
    found = []
    for resource in template.get("Resources", {}).values():
        for type_name, name, inner in PLACES[kind]:
            value = resource.get("Properties", {}).get(name) if resource.get("Type") == type_name else None
            values = value if inner and isinstance(value, list) else [value]
            found += [each.get(inner) if inner and isinstance(each, dict) else each for each in values]
    return [each for each in found if isinstance(each, dict) and "Statement" in each]


def statements(document):
    given = document["Statement"]
    return [each for each in (given if isinstance(given, list) else [given]) if isinstance(each, dict) and "Effect" in each]


def on_document(name, change, kinds=tuple(PLACES)):
    for kind in kinds:

        def apply(t, pick, kind=kind):
            document = choose(documents(t, kind), pick)
            return bool(document) and change(document) is not False

        CLASSES[f"policy_{kind}_{name}"] = apply


def on_statement(name, change, kinds=tuple(PLACES)):
    def on(document):
        found = statements(document)
        return bool(found) and change(found[-1])

    on_document(name, on, kinds)


def setting(key, value):
    def change(holder):
        holder[key] = value

    return change


def without(key):
    def change(holder):
        return holder.pop(key, None) is not None

    return change


def renamed(key, wrong):
    def change(holder):
        if key not in holder:
            return False
        holder[wrong] = holder.pop(key)
        return True

    return change


def twice(document):
    if not isinstance(document["Statement"], list):
        return False
    document["Statement"] += [dict(document["Statement"][0], Sid="Same"), dict(document["Statement"][0], Sid="Same")]
    return True


def execution_role_is_a_name(t, pick):
    tasks = [each for each in t.get("Resources", {}).values() if each.get("Type") == "AWS::ECS::TaskDefinition"]
    if not tasks:
        return False
    choose(tasks, pick).setdefault("Properties", {})["ExecutionRoleArn"] = "role"
    return True


CLASSES["policy_execution_role_is_a_name"] = execution_role_is_a_name

on_document("without_statement", without("Statement"))
on_document("unknown_version", setting("Version", "2012-10-18"))
on_document("version_is_a_list", setting("Version", ["2012-10-17"]))
on_document("old_version", setting("Version", "2008-10-17"))
on_document("unknown_element", setting("Statements", []))
on_document("statement_is_a_string", setting("Statement", "Allow"))
on_document("statement_of_strings", setting("Statement", ["Allow"]))
on_document("sids_twice", twice)

on_statement("without_effect", without("Effect"))
on_statement("effect_in_lower_case", setting("Effect", "allow"))
on_statement("effect_is_a_list", setting("Effect", ["Allow"]))
on_statement("without_action", without("Action"))
on_statement("action_misspelled", renamed("Action", "Actions"))
on_statement("action_and_not_action", setting("NotAction", "s3:*"))
on_statement("no_actions", setting("Action", []))
on_statement("action_is_an_object", setting("Action", {"a": "b"}))
on_statement("actions_are_objects", setting("Action", [{"a": "b"}]))
on_statement("action_without_service", setting("Action", ["GetObject"]))
on_statement("unknown_service", setting("Action", "s33:GetObject"))
on_statement("unknown_action", setting("Action", "s3:GetObjects"), ["identity"])
on_statement("wildcard_of_no_action", setting("Action", "s3:Fetch*"), ["identity"])
on_statement("without_resource", without("Resource"), ["identity", "resource"])
on_statement("resource_misspelled", renamed("Resource", "Resources"), ["identity", "resource"])
on_statement("resource_and_not_resource", setting("NotResource", "*"), ["identity", "resource"])
on_statement("resource_is_a_name", setting("Resource", "bucket"), ["identity", "resource"])
on_statement("resource_lacks_its_end", setting("Resource", ["arn:aws:s3"]), ["identity", "resource"])
on_statement("resource_of_no_account", setting("Resource", ["arn:aws:sqs:us-east-1:x:queue"]), ["identity", "resource"])
on_statement("resource_is_an_object", setting("Resource", {"a": "b"}), ["identity", "resource"])
on_statement("with_a_resource", setting("Resource", "*"), ["trust"])
on_statement("with_a_principal", setting("Principal", {"AWS": "*"}), ["identity"])
on_statement("without_principal", without("Principal"), ["resource", "repository", "trust"])
on_statement("principal_and_not_principal", setting("NotPrincipal", "*"), ["resource", "repository", "trust"])
on_statement("principal_is_a_name", setting("Principal", "somebody"), ["resource", "repository", "trust"])
on_statement("principal_of_another_service", setting("Principal", {"AWS": "arn:aws:s3:::bucket"}), ["resource", "trust"])
on_statement("principal_of_no_account", setting("Principal", {"AWS": ["12345"]}), ["resource", "trust"])
on_statement("principal_is_a_list", setting("Principal", ["*"]), ["resource", "trust"])
on_statement("service_is_an_object", setting("Principal", {"Service": {"a": "b"}}), ["trust"])
on_statement("sid_with_blanks", setting("Sid", "read it"))
on_statement("sid_is_a_list", setting("Sid", ["a"]))
on_statement("unknown_operator", setting("Condition", {"StringEqual": {"aws:SourceAccount": "123456789012"}}))
on_statement("unknown_quantifier", setting("Condition", {"ForAll:StringEquals": {"aws:SourceAccount": "123456789012"}}))
on_statement("condition_is_a_list", setting("Condition", [{"StringEquals": {"aws:SourceAccount": "123456789012"}}]))
on_statement("condition_without_operator", setting("Condition", {"aws:SourceAccount": "123456789012"}))
on_statement("operator_without_keys", setting("Condition", {"StringEquals": "123456789012"}))
on_statement("condition_value_is_an_object", setting("Condition", {"StringEquals": {"aws:SourceAccount": {"a": "b"}}}))
on_statement("null_of_a_string", setting("Condition", {"Null": {"aws:SourceAccount": "maybe"}}), ["identity"])  # cfn-lint's others do not look
