# SPDX-License-Identifier: MIT
"""Imports of existing resources into stacks ("Import AWS resources into a CloudFormation stack" in the user guide)."""
import copy

from moto.core.exceptions import ServiceException
from moto.s3.models import s3_backends
from moto.sns.models import sns_backends
from moto.sqs.models import sqs_backends

import local_resources as local

# What identifies a resource; a type that is not here cannot be imported.
IDENTIFIERS = {
    "AWS::DynamoDB::Table": ["TableName"],
    "AWS::ECS::Service": ["ServiceArn,Cluster"],
    "AWS::Logs::LogGroup": ["LogGroupName"],
    "AWS::S3::Bucket": ["BucketName"],
    "AWS::SNS::Topic": ["TopicArn"],
    "AWS::SQS::Queue": ["QueueUrl"],
}


def template_summary(template):
    resources = template.get("Resources") or {}
    types = sorted({body["Type"] for body in resources.values()})
    return {
        "ResourceTypes": types,
        "Parameters": [{"ParameterKey": key, "ParameterType": body["Type"], "DefaultValue": body.get("Default")}
                       for key, body in (template.get("Parameters") or {}).items()],
        "ResourceIdentifierSummaries": [
            {"ResourceType": kind, "ResourceIdentifiers": IDENTIFIERS[kind],
             "LogicalResourceIds": [name for name, body in resources.items() if body["Type"] == kind]}
            for kind in types if kind in IDENTIFIERS],
    }


def find(stack, kind, identifier):
    """The resource as moto has it; None when it does not exist."""
    name = next(iter(identifier.values()))
    try:
        if kind == "AWS::S3::Bucket":
            return s3_backends[stack.account]["aws"].get_bucket(name)
        if kind == "AWS::SNS::Topic":
            return sns_backends[stack.account][stack.region].get_topic(name)
        if kind == "AWS::SQS::Queue":
            return sqs_backends[stack.account][stack.region].get_queue(name.rsplit("/", 1)[1])
    except (ServiceException, IndexError):
        return None
    return local.stand_in(kind)(name, {})


def wanted_imports(change_set):
    return {entry["LogicalResourceId"]: entry for entry in change_set.request.get("ResourcesToImport", [])}


def check(stack, change_set, invalid, managed):
    """`managed`: the physical ids that stacks have, by type."""
    imports = wanted_imports(change_set)
    new = change_set.template["Resources"]
    old = stack.template["Resources"]
    missing = [name for name in imports if name not in new]
    if missing:
        raise invalid(f"Resources [{', '.join(missing)}] are not in the template")
    changed = [name for name in {**old, **new} if name not in imports and old.get(name) != new.get(name)]
    if changed:
        raise invalid(f"You have modified resources [{', '.join(changed)}] in your template that are not being imported. "
                      "Update, create or delete operations cannot be executed during import operations.")
    if (change_set.template.get("Outputs") or {}) != (stack.template.get("Outputs") or {}):
        raise invalid("As part of the import operation, you cannot modify or add [Outputs]")
    bare = [name for name in imports if "DeletionPolicy" not in new[name]]
    if bare:
        raise invalid(f"Following resources to import [{', '.join(bare)}] must have DeletionPolicy attribute specified in the template.")
    for name, entry in imports.items():
        kind, identifier = entry["ResourceType"], entry["ResourceIdentifier"]
        if kind not in IDENTIFIERS:
            raise invalid(f"ResourceTypes [{kind}] are not supported for Import")
        if sorted(identifier) not in [sorted(way.split(",")) for way in IDENTIFIERS[kind]]:
            raise invalid(f"Invalid identifier property for resource {name}")
        if set(identifier.values()) & managed.get(kind, set()):
            raise invalid(f"{next(iter(identifier.values()))} already exists in a stack")


def changes(change_set):
    return [
        {"Type": "Resource", "ResourceChange": {
            "Action": "Import", "LogicalResourceId": name, "PhysicalResourceId": next(iter(entry["ResourceIdentifier"].values())),
            "ResourceType": entry["ResourceType"], "Scope": [], "Details": []}}
        for name, entry in wanted_imports(change_set).items()]


def operation(simulator, stack, change):
    is_new = stack.body is None
    stack.failed = []
    stack.set_status("IMPORT_IN_PROGRESS", "User Initiated")
    found = {}
    for name, entry in wanted_imports(change).items():
        stack.set_resource(name, "IMPORT_IN_PROGRESS", kind=entry["ResourceType"])
        yield simulator.settings.resource_seconds
        found[name] = find(stack, entry["ResourceType"], entry["ResourceIdentifier"])
        reason = simulator.settings.takes_failure(stack.name, name, "import")
        if found[name] is None or reason:
            stack.set_resource(name, "IMPORT_FAILED", reason or "Resource handler returned message: the resource was not found (HandlerErrorCode: NotFound)")
            yield from roll_back(stack, [*found])
            return
        stack.resources[name]["physical"] = next(iter(entry["ResourceIdentifier"].values()))
        stack.set_resource(name, "IMPORT_COMPLETE")
    take_over(simulator, stack, change, found, is_new)
    stack.set_status("IMPORT_COMPLETE")


def roll_back(stack, names):
    stack.set_status("IMPORT_ROLLBACK_IN_PROGRESS", "The following resource(s) failed to import")
    yield 0
    for name in names:
        stack.resources.pop(name)
    stack.set_status("IMPORT_ROLLBACK_COMPLETE")


def take_over(simulator, stack, change, found, is_new):
    simulator.take_over(stack, change)
    template = copy.deepcopy(stack.template)
    if is_new:
        stack.map = local.resource_map(stack, template, simulator.exports(stack.account, stack.region))
        stack.map._parsed_resources.update(found)
        stack.map.load()
    else:
        stack.map._parsed_resources.update(found)
        stack.map._template = template
        stack.map._resource_json_map = template["Resources"]
        stack.map.input_parameters = dict(change.parameters)
        stack.map.load_mapping()
        stack.map.load_parameters()
        stack.map.load_conditions()
    simulator.refresh_outputs(stack)
