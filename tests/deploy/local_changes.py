# SPDX-License-Identifier: MIT
"""What a change of a template is, as change sets describe it, and as moto can make it."""
import copy

from local_stacks import invalid

# Properties whose change makes a new resource.
REPLACING = {"BucketName", "QueueName", "TopicName", "CidrBlock", "FunctionName", "RoleName", "LogGroupName"}


def parameters_of(request, template, stack):
    given = {}
    declared = template.get("Parameters") or {}
    previous = {key: body.get("Default") for key, body in (stack.template.get("Parameters") or {}).items()}
    previous.update(stack.parameters)
    for parameter in request.get("Parameters", []):
        key = parameter["ParameterKey"]
        if key not in declared:
            raise invalid(f"Parameters: [{key}] do not exist in the template")
        given[key] = previous[key] if parameter.get("UsePreviousValue") else parameter["ParameterValue"]
    missing = [key for key, value in declared.items() if "Default" not in value and key not in given]
    if missing:
        raise invalid(f"Parameters: [{', '.join(missing)}] must have values")
    return given


def differs(stack, change):
    return (stack.template, stack.parameters, stack.tags) != (change.template, change.parameters, change.tags)


def changes_between(stack, change):
    old = stack.template["Resources"]
    new = change.template["Resources"]
    changes = []
    for name, body in new.items():
        if name not in old:
            changes.append({"Action": "Add", "LogicalResourceId": name, "ResourceType": body["Type"], "Scope": [], "Details": []})
        elif body != old[name]:
            changes.append(modification(name, old[name], body, stack.resources.get(name, {}).get("physical")))
    for name, body in old.items():
        if name not in new and stack.body:
            changes.append({"Action": "Remove", "LogicalResourceId": name, "ResourceType": body["Type"], "Scope": [], "Details": []})
    return [{"Type": "Resource", "ResourceChange": change} for change in changes]


def modification(name, old, new, physical):
    before, after = old.get("Properties", {}), new.get("Properties", {})
    changed = sorted(key for key in {*before, *after} if before.get(key) != after.get(key))
    replaced = [key for key in changed if key in REPLACING]
    return {
        "Action": "Modify", "LogicalResourceId": name, "PhysicalResourceId": physical, "ResourceType": new["Type"],
        "Replacement": "True" if replaced else "False", "Scope": ["Properties"] if changed else ["Metadata"],
        "Details": [
            {"Target": {"Attribute": "Properties", "Name": key, "RequiresRecreation": "Always" if key in REPLACING else "Never"},
             "Evaluation": "Static", "ChangeSource": "DirectModification"} for key in changed
        ],
    }


def for_moto(old, new):
    """The new template with the tags of the resources that moto has where only these change: moto would make such resources anew, and fails at it."""
    template = copy.deepcopy(new)
    for name, body in template["Resources"].items():
        before = old.get(name)
        properties = [dict((part or {}).get("Properties", {}), Tags=None) for part in (before, body)]
        if before and properties[0] == properties[1]:
            template["Resources"][name] = copy.deepcopy(before)
    return template
