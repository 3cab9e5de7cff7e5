# SPDX-License-Identifier: MIT
"""What the local CloudFormation keeps of a stack, and what a test can choose."""
import uuid
from datetime import datetime, timedelta, timezone

import local_account
from moto.core.exceptions import ServiceException


class ClientError(ServiceException):
    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


def invalid(message):
    return ClientError("ValidationError", message)


def now():
    return datetime.now(timezone.utc)


class Settings:
    """What a test can choose."""

    def __init__(self):
        self.resource_seconds = 0.02
        self.change_set_seconds = 0.02
        self.page_size = 100
        self.failures = []  # {"stack", "resource", "action": create|update|delete|rollback, "reason", "times"}
        self.physical_ids = {}  # logical id: that of a resource that fails after it was made
        self.change_set_failures = {}  # stack name: {"reason", "events": as DescribeEvents answers them}; without a reason they are of its operation
        self.changes = {}  # stack name: what its change sets say instead of what the templates do
        self.drift = {}  # stack name: {logical id: {property path: [expected, actual]}, "DELETED" or "UNKNOWN"}
        self.drift_seconds = 0.02
        self.drift_failures = {}  # stack name: why its detection fails
        self.unchecked_types = ["AWS::CDK::Metadata"]  # that drift detection does not support

    def takes_failure(self, stack, resource, action):
        for failure in self.failures:
            if (
                failure.get("stack", stack) == stack
                and failure.get("resource", resource) == resource
                and failure.get("action", "create") == action
                and failure.get("times", 1) > 0
            ):
                failure["times"] = failure.get("times", 1) - 1
                return failure.get("reason", "Resource handler returned message: it does not work (HandlerErrorCode: GeneralServiceException)")
        return None


class ChangeSet:
    def __init__(self, name, kind, token):
        self.name = name
        self.kind = kind
        self.token = token
        self.id = None
        self.status = "CREATE_PENDING"
        self.execution_status = "UNAVAILABLE"
        self.reason = None
        self.created = now()
        self.changes = []
        self.ready_at = 0.0


class Stack:
    def __init__(self, name, account, region):
        self.name = name
        self.account = account
        self.region = region
        self.id = f"arn:aws:cloudformation:{region}:{account}:stack/{name}/{uuid.uuid4()}"
        self.status = None
        self.reason = None
        self.description = None
        self.created = now()
        self.updated = None
        self.deleted = None
        self.body = None  # of the template; None before the first execution
        self.template = {"Resources": {}}
        self.parameters = {}
        self.tags = {}
        self.role = None
        self.topics = []
        self.protected = False
        self.disable_rollback = False
        self.is_deleted_on_failure = False  # OnFailure, OnStackFailure
        self.events = []
        self.resources = {}  # logical id: {"type", "status", "physical", "time"}
        self.gone = {}  # likewise, of those that were deleted or left
        self.outputs = []
        self.exports = {}  # name: parsing.Export
        self.imports = set()
        self.change_sets = {}  # by name
        self.map = None
        self.operation = None
        self.due = 0.0
        self.cancelled = False
        self.token = None  # ClientRequestToken of the running operation
        self.failed = []  # resources that failed in the last operation
        self.executions = 0

    def is_live(self):
        return self.status != "DELETE_COMPLETE"

    def is_busy(self):
        return self.status.endswith("_IN_PROGRESS") and self.status != "REVIEW_IN_PROGRESS"

    def add_event(self, logical, kind, physical, status, reason=None):
        # A test that makes the minute of a queue's name shorter makes it begin earlier.
        is_about_name = kind == "AWS::SQS::Queue" and (status == "DELETE_COMPLETE" or local_account.QUEUE_DELETED_RECENTLY in (reason or ""))
        time = now() - timedelta(seconds=60 - local_account.account.queue_seconds if is_about_name else 0)
        self.events.insert(0, {
            "StackId": self.id, "EventId": str(uuid.uuid4()), "StackName": self.name, "LogicalResourceId": logical,
            "PhysicalResourceId": physical, "ResourceType": kind, "Timestamp": time, "ResourceStatus": status,
            "ResourceStatusReason": reason, "ClientRequestToken": self.token,
        })

    def set_status(self, status, reason=None):
        self.status = status
        self.reason = reason
        self.add_event(self.name, "AWS::CloudFormation::Stack", self.id, status, reason)

    def set_resource(self, logical, status, reason=None, kind=None):
        entry = self.resources.setdefault(logical, {"type": kind, "physical": ""})
        if kind:
            entry["type"] = kind
        entry["status"] = status
        entry["reason"] = reason
        entry["time"] = now()
        self.add_event(logical, entry["type"], entry["physical"], status, reason)
