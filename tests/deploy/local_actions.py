# SPDX-License-Identifier: MIT
"""The CloudFormation API on the simulator: one function an action, from parsed request to plain answer."""
import threading
import time
import uuid

from moto.cloudformation.responses import CloudFormationResponse
from moto.core.responses import ActionResult, EmptyResult

from local_changes import differs, parameters_of
from local_cloudformation import NOT_UPDATABLE, Simulator
from local_import import template_summary
import local_resources
from local_resources import parse_template
from local_stacks import ClientError, Stack, invalid, now

simulator = Simulator()
lock = threading.RLock()
ACTIONS = {}

BUSY_CANNOT_DELETE = {"UPDATE_IN_PROGRESS", "UPDATE_ROLLBACK_IN_PROGRESS", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
                      "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS"}


# CloudFormation user guide: "Detect drift on an entire CloudFormation stack".
DRIFT_DETECTABLE = {"CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "UPDATE_ROLLBACK_FAILED"}


class Place:
    """Where a request goes, and what it says."""

    def __init__(self, account, region, request):
        self.account = account
        self.region = region
        self.request = request

    def stack(self, name=None):
        return simulator.get(self.account, self.region, name or self.request["StackName"])

    def pages(self, items, key, size=None):
        size = size or simulator.settings.page_size
        start = int(self.request.get("NextToken") or 0)
        answer = {key: items[start:start + size]}
        if start + size < len(items):
            answer["NextToken"] = str(start + size)
        return answer


def action(function):
    ACTIONS[function.__name__] = function
    return function


def summary(stack):
    drift, checked = getattr(stack, "drift", ("NOT_CHECKED", None))
    return {
        "StackId": stack.id, "StackName": stack.name, "StackStatus": stack.status, "StackStatusReason": stack.reason,
        "CreationTime": stack.created, "LastUpdatedTime": stack.updated, "DeletionTime": stack.deleted,
        "Description": stack.description, "DriftInformation": {"StackDriftStatus": drift, "LastCheckTimestamp": checked},
    }


def parameters(stack):
    declared = stack.template.get("Parameters") or {}
    values = []
    for key, body in declared.items():
        value = stack.parameters.get(key, body.get("Default"))
        entry = {"ParameterKey": key, "ParameterValue": "****" if body.get("NoEcho") else str(value)}
        if body["Type"].startswith("AWS::SSM::Parameter::Value") and stack.map:
            entry["ResolvedValue"] = str(stack.map.resolved_parameters.get(key, ""))
        values.append(entry)
    return values


@action
def describe_stacks(place):
    name = place.request.get("StackName")
    if name:
        stacks = [place.stack()]
    else:
        stacks = [s for s in simulator.stacks if (s.account, s.region) == (place.account, place.region) and s.is_live()]
    return place.pages([
        {**summary(stack), "Parameters": parameters(stack), "DisableRollback": stack.disable_rollback,
         "NotificationARNs": stack.topics, "RoleARN": stack.role, "Outputs": stack.outputs,
         "EnableTerminationProtection": stack.protected,
         "Tags": [{"Key": key, "Value": value} for key, value in stack.tags.items()]}
        for stack in stacks], "Stacks")


@action
def list_stacks(place):
    wanted = place.request.get("StackStatusFilter")
    return place.pages([
        summary(s) for s in simulator.stacks
        if (s.account, s.region) == (place.account, place.region) and (not wanted or s.status in wanted)], "StackSummaries")


@action
def describe_stack_events(place):
    stack = simulator.find(place.account, place.region, place.request["StackName"], True)
    if not stack:
        raise invalid(f"Stack [{place.request['StackName']}] does not exist")
    return place.pages(stack.events, "StackEvents")


@action
def describe_events(place):
    """API reference, "DescribeEvents" and "OperationEvent"; user guide, "Validate stack deployments": one of stack, change set and operation."""
    request = place.request
    name = request.get("ChangeSetName")
    if not name and not request.get("StackName") and not request.get("OperationId"):
        raise invalid("One of ChangeSetName, OperationId or StackName must be specified")
    stack = find_change_set(place)[0] if name else simulator.find(place.account, place.region, request["StackName"], True)
    if not stack:
        raise invalid(f"Stack [{request['StackName']}] does not exist")
    scripted = simulator.settings.change_set_failures.get(stack.name, {}).get("events", [])
    failed = [
        {"EventId": e["EventId"], "StackId": stack.id, "EventType": "PROVISIONING_ERROR", "LogicalResourceId": e["LogicalResourceId"],
         "PhysicalResourceId": e["PhysicalResourceId"], "ResourceType": e["ResourceType"], "Timestamp": e["Timestamp"],
         "ResourceStatus": e["ResourceStatus"], "ResourceStatusReason": e["ResourceStatusReason"]}
        for e in stack.events if e["ResourceStatus"].endswith("_FAILED")]
    return place.pages([{"StackId": stack.id, "EventId": str(i), "Timestamp": now(), **e} for i, e in enumerate(scripted)] + failed, "OperationEvents")


def resource_summaries(stack, entries=None):
    return [
        {"LogicalResourceId": name, "PhysicalResourceId": entry["physical"], "ResourceType": entry["type"],
         "LastUpdatedTimestamp": entry["time"], "Timestamp": entry["time"], "ResourceStatus": entry["status"],
         "ResourceStatusReason": entry.get("reason"), "StackId": stack.id, "StackName": stack.name,
         "DriftInformation": {"StackResourceDriftStatus": "NOT_CHECKED"}}
        for name, entry in (stack.resources if entries is None else entries).items()]


@action
def describe_stack_resources(place):
    """API reference, "DescribeStackResources": a physical id finds the stack that it is part of."""
    wanted = place.request.get("LogicalResourceId")
    physical = place.request.get("PhysicalResourceId")
    if physical:
        owners = [s for s in simulator.stacks if s.is_live() and physical in [r["physical"] for r in s.resources.values()]]
        if not owners:
            raise invalid(f"Stack for {physical} does not exist")
        return {"StackResources": resource_summaries(owners[0])}
    return {"StackResources": [r for r in resource_summaries(place.stack()) if wanted in (None, r["LogicalResourceId"])]}


@action
def list_stack_resources(place):
    """API reference, "ListStackResources": of a deleted stack, by its id, too."""
    stack = simulator.find(place.account, place.region, place.request["StackName"], True)
    if not stack or (not stack.is_live() and stack.id != place.request["StackName"]):
        raise invalid(f"Stack with id {place.request['StackName']} does not exist")
    return place.pages(resource_summaries(stack, None if stack.is_live() else stack.gone), "StackResourceSummaries")


@action
def get_template(place):
    name = place.request.get("ChangeSetName")
    if name:
        body = simulator.get_change_set(place.account, place.region, name, place.request.get("StackName"))[1].body
    else:
        body = place.stack().body
    if body is None:  # under review
        body = "{}"
    return {"TemplateBody": "".join(c if ord(c) < 128 else "?" for c in body), "StagesAvailable": ["Original", "Processed"]}


@action
def get_template_summary(place):
    request = place.request
    if "StackName" in request:
        return template_summary(place.stack().template)
    return template_summary(parse_template(simulator.template_text(
        place.account, request.get("TemplateBody"), request.get("TemplateURL"))))


@action
def create_change_set(place):
    change_set, stack = simulator.create_change_set(place.account, place.region, place.request)
    return {"Id": change_set.id, "StackId": stack.id}


def find_change_set(place):
    return simulator.get_change_set(place.account, place.region, place.request["ChangeSetName"], place.request.get("StackName"))


@action
def describe_change_set(place):
    stack, change_set = find_change_set(place)
    return {**place.pages(change_set.changes, "Changes"), "ChangeSetName": change_set.name, "ChangeSetId": change_set.id,
            "StackId": stack.id, "StackName": stack.name, "Status": change_set.status, "StatusReason": change_set.reason,
            "ExecutionStatus": change_set.execution_status, "CreationTime": change_set.created}


@action
def list_change_sets(place):
    stack = place.stack()
    return place.pages([
        {"StackId": stack.id, "StackName": stack.name, "ChangeSetId": c.id, "ChangeSetName": c.name, "Status": c.status,
         "ExecutionStatus": c.execution_status, "StatusReason": c.reason, "CreationTime": c.created}
        for c in stack.change_sets.values()], "Summaries")


@action
def execute_change_set(place):
    simulator.execute_change_set(*find_change_set(place), place.request)


@action
def delete_change_set(place):
    try:
        stack, change_set = find_change_set(place)
    except ClientError:
        return
    if change_set.status.endswith("IN_PROGRESS"):
        raise ClientError("InvalidChangeSetStatus", f"ChangeSet [{change_set.id}] cannot be deleted in its current status of [{change_set.status}]")
    del stack.change_sets[change_set.name]


class Direct:
    """A change without a change set."""

    def __init__(self, request, body, template):
        self.request = request
        self.body = body
        self.template = template
        self.tags = {tag["Key"]: tag["Value"] for tag in request.get("Tags", [])}


def direct_change(place, stack):
    request = place.request
    body = stack.body if request.get("UsePreviousTemplate") else simulator.template_text(
        place.account, request.get("TemplateBody"), request.get("TemplateURL"))
    change = Direct(request, body, parse_template(body))
    change.parameters = parameters_of(request, change.template, stack)
    simulator.check_template(stack, change)
    return change


@action
def create_stack(place):
    request = place.request
    token = request.get("ClientRequestToken")
    known = simulator.find(place.account, place.region, request["StackName"])
    if known:
        if token and known.token == token:
            return {"StackId": known.id}
        raise ClientError("AlreadyExistsException", f"Stack [{request['StackName']}] already exists")
    stack = Stack(request["StackName"], place.account, place.region)
    change = direct_change(place, stack)
    simulator.stacks.append(stack)
    stack.disable_rollback = bool(request.get("DisableRollback")) or request.get("OnFailure") == "DO_NOTHING"
    stack.is_deleted_on_failure = request.get("OnFailure") == "DELETE"
    if "OnFailure" in request and "DisableRollback" in request:
        raise invalid("You can specify either DisableRollback or OnFailure, but not both")
    stack.protected = bool(request.get("EnableTerminationProtection"))
    simulator.begin(stack, change, token)
    return {"StackId": stack.id}


@action
def update_stack(place):
    stack = place.stack()
    token = place.request.get("ClientRequestToken")
    if token and token == stack.token:
        return {"StackId": stack.id}
    if stack.is_busy() or stack.status in NOT_UPDATABLE:
        raise invalid(f"Stack:{stack.id} is in {stack.status} state and can not be updated.")
    change = direct_change(place, stack)
    if not differs(stack, change):
        raise invalid("No updates are to be performed.")
    stack.disable_rollback = bool(place.request.get("DisableRollback"))
    simulator.begin(stack, change, token)
    return {"StackId": stack.id}


@action
def delete_stack(place):
    stack = simulator.find(place.account, place.region, place.request["StackName"])
    if not stack or stack.status in ("DELETE_COMPLETE", "DELETE_IN_PROGRESS"):
        return
    if stack.protected:
        raise invalid(f"Stack [{stack.name}] cannot be deleted while TerminationProtection is enabled")
    if stack.status in BUSY_CANNOT_DELETE:
        raise invalid(f"Stack [{stack.id}] cannot be deleted while in status {stack.status}")
    # API reference, "DeleteStack": the mode is for a stack that is stuck in DELETE_FAILED.
    if place.request.get("DeletionMode") == "FORCE_DELETE_STACK" and stack.status != "DELETE_FAILED":
        raise invalid("Invalid operation on stack. FORCE_DELETE_STACK can be used only on a stack in DELETE_FAILED state")
    retained = place.request.get("RetainResources", [])
    if place.request.get("DeletionMode") == "FORCE_DELETE_STACK":
        retained = [name for name, entry in stack.resources.items() if entry["status"] == "DELETE_FAILED"]
    if retained and stack.status != "DELETE_FAILED":
        raise invalid("Invalid operation on stack. RetainResources can be used only on a stack in DELETE_FAILED state")
    simulator.start(stack, simulator.delete(stack, retained), place.request.get("ClientRequestToken"))


@action
def cancel_update_stack(place):
    stack = place.stack()
    if stack.status != "UPDATE_IN_PROGRESS":
        raise invalid(f"CancelUpdateStack cannot be called from current stack status {stack.status}")
    stack.cancelled = True


@action
def rollback_stack(place):
    stack = place.stack()
    if stack.status == "CREATE_FAILED":
        stack.disable_rollback = False
        simulator.start(stack, simulator.roll_back_creation(stack, None), place.request.get("ClientRequestToken"))
    elif stack.status == "UPDATE_FAILED":
        stack.set_status("UPDATE_ROLLBACK_IN_PROGRESS", "User Initiated")
        simulator.start(stack, simulator.undo_update(stack, ()), place.request.get("ClientRequestToken"))
    else:
        raise invalid(f"Stack: {stack.id} is in {stack.status} state and can not be rolled back.")
    return {"StackId": stack.id}


@action
def continue_update_rollback(place):
    stack = place.stack()
    if stack.status != "UPDATE_ROLLBACK_FAILED":
        raise invalid(f"Stack: {stack.id} is in {stack.status} state and can not continue update rollback.")
    # API reference, "ContinueUpdateRollback": "You can only skip resources that are in the UPDATE_FAILED state".
    skipped = place.request.get("ResourcesToSkip", [])
    wrong = [name for name in skipped if stack.resources.get(name, {}).get("status") != "UPDATE_FAILED"]
    if wrong:
        raise invalid(f"Stack [{stack.name}] can not skip resources that are not in the UPDATE_FAILED state: [{', '.join(wrong)}]")
    stack.token = place.request.get("ClientRequestToken")
    stack.set_status("UPDATE_ROLLBACK_IN_PROGRESS", "User Initiated")
    simulator.start(stack, simulator.undo_update(stack, place.request.get("ResourcesToSkip", [])), stack.token)


@action
def update_termination_protection(place):
    stack = place.stack()
    stack.protected = bool(place.request["EnableTerminationProtection"])
    return {"StackId": stack.id}


@action
def list_exports(place):
    return place.pages([
        {"ExportingStackId": export.exporting_stack_id, "Name": export.name, "Value": str(export.value)}
        for export in simulator.exports(place.account, place.region).values()], "Exports")


@action
def list_imports(place):
    name = place.request["ExportName"]
    users = [s.name for s in simulator.stacks if s.is_live() and (s.account, s.region) == (place.account, place.region) and name in s.imports]
    if not users:
        raise invalid(f"Export '{name}' is not imported by any stack.")
    return place.pages(users, "Imports")


@action
def detect_stack_drift(place):
    stack = place.stack()
    if stack.status not in DRIFT_DETECTABLE:
        raise invalid(f"Drift detection cannot be performed on stack [{stack.id}] in its current status {stack.status}")
    detection = getattr(stack, "detection", None)
    if detection and time.monotonic() < detection["until"]:
        raise invalid(f"Drift detection is already in progress for stack [{stack.id}]")
    stack.detection = {"id": str(uuid.uuid4()), "until": time.monotonic() + simulator.settings.drift_seconds}
    return {"StackDriftDetectionId": stack.detection["id"]}


def difference(path, pair):
    expected, actual = pair
    kind = "ADD" if expected == "" else "REMOVE" if actual == "" else "NOT_EQUAL"
    return {"PropertyPath": path, "ExpectedValue": expected, "ActualValue": actual, "DifferenceType": kind}


def drifts(stack):
    """What DescribeStackResourceDrifts lists: nothing for types that cannot be checked."""
    scripted = simulator.settings.drift.get(stack.name, {})
    for name, entry in stack.resources.items():
        if entry["type"] in simulator.settings.unchecked_types:
            continue
        found = scripted.get(name)
        status = found if isinstance(found, str) else "MODIFIED" if found else "IN_SYNC"
        yield {
            "StackId": stack.id, "LogicalResourceId": name, "PhysicalResourceId": entry["physical"], "ResourceType": entry["type"],
            "StackResourceDriftStatus": status, "Timestamp": entry["time"],
            "DriftStatusReason": "not authorized to read it" if status == "UNKNOWN" else None,
            "PropertyDifferences": [difference(path, pair) for path, pair in found.items()] if isinstance(found, dict) else [],
        }


def drift_status(stack):
    statuses = {drift["StackResourceDriftStatus"] for drift in drifts(stack)}
    return "DRIFTED" if statuses & {"MODIFIED", "DELETED"} else "UNKNOWN" if "UNKNOWN" in statuses else "IN_SYNC"


@action
def describe_stack_drift_detection_status(place):
    for stack in simulator.stacks:
        detection = getattr(stack, "detection", None)
        if not detection or detection["id"] != place.request["StackDriftDetectionId"]:
            continue
        answer = {"StackId": stack.id, "StackDriftDetectionId": detection["id"], "Timestamp": now()}
        reason = simulator.settings.drift_failures.get(stack.name)
        if time.monotonic() < detection["until"]:
            return {**answer, "DetectionStatus": "DETECTION_IN_PROGRESS"}
        stack.drift = drift_status(stack), now()
        return {**answer, "StackDriftStatus": stack.drift[0], "DetectionStatusReason": reason,
                "DetectionStatus": "DETECTION_FAILED" if reason else "DETECTION_COMPLETE",
                "DriftedStackResourceCount": sum(d["StackResourceDriftStatus"] in ("MODIFIED", "DELETED") for d in drifts(stack))}
    raise invalid("Drift detection does not exist")


@action
def describe_stack_resource_drifts(place):
    return place.pages(list(drifts(place.stack())), "StackResourceDrifts",
                       min(simulator.settings.page_size, int(place.request.get("MaxResults") or 100)))


def method_of(function):
    def method(self):
        with lock:
            simulator.advance()
            answer = function(Place(self.current_account, self.region, self.params))
        return EmptyResult() if answer is None else ActionResult(answer)

    return method


def stack_output(arguments):
    """Template reference, "Fn::GetStackOutput": of a stack of the same account."""
    for stack in simulator.stacks:
        if stack.is_live() and stack.name == arguments["StackName"] and stack.region == arguments.get("Region", stack.region):
            for output in stack.outputs:
                if output["OutputKey"] == arguments["OutputName"]:
                    return output["OutputValue"]
    raise invalid(f"Output {arguments['OutputName']} of stack {arguments['StackName']} does not exist")


def install():
    local_resources.stack_output = stack_output
    CloudFormationResponse.RESPONSE_KEY_PATH_TO_TRANSFORMER = {}
    for name, function in ACTIONS.items():
        setattr(CloudFormationResponse, name, method_of(function))
