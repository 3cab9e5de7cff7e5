# SPDX-License-Identifier: MIT
"""What an account has besides stacks, and what its services refuse, in their words; added to moto.

RDS API reference, "DeleteDBCluster": a cluster whose deletion protection is on cannot be deleted. SQS API reference,
"CreateQueue": after a queue was deleted, its name cannot be used for 60 seconds. Lambda API reference, "GetAccountSettings". CloudFormation user guide,
"Update behaviors of stack resources" and "Troubleshooting": a resource with a custom name cannot be replaced.
"""
import json
import time
from types import SimpleNamespace

from moto.cloudfront.models import CloudFrontBackend, Invalidation
from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult
from moto.ecs.models import EC2ContainerServiceBackend
from moto.moto_api import state_manager
from moto.rds.models import rds_backends
from moto.rds.responses import RDSResponse
from moto.sqs.models import SQSBackend

QUEUE_DELETED_RECENTLY = "You must wait 60 seconds after deleting a queue before you can create another with the same name."


class HandlerError(Exception):
    """A reason as CloudFormation gives it for a resource."""

    def __init__(self, message, service, code):
        super().__init__(
            f"Resource handler returned message: \"{message} (Service: {service}, Status Code: 400, Request ID: 0)\" "
            f"(RequestToken: 0, HandlerErrorCode: {code})")
        self.is_reason = True


class Account:
    """What a test can choose of it; a part of local_stacks.Settings."""

    def __init__(self):
        self.engine_versions = {"aurora-postgresql": ["15.10", "16.4", "16.6", "16.8", "17.4"]}
        self.concurrency = [1000, 1000]  # of Lambda: all executions, and those that nobody has reserved
        self.has_replicas = False  # of edge functions whose distribution is gone: CloudFront takes hours to delete them
        self.function_errors = []  # what functions that are invoked fail with, one after the other; null: not
        self.queue_seconds = 60  # during which the name of a deleted queue cannot be used


account = Account()
deleted_queues = {}  # name: when, on time.monotonic()


def reset():
    account.__init__()
    deleted_queues.clear()
    invocations.clear()


def reason_of(problem):
    """Why a resource fails, as CloudFormation says it."""
    return str(problem) if getattr(problem, "is_reason", False) else f"{type(problem).__name__}: {problem}"


def cluster_model(stand_in):
    """Aurora clusters that exist for the RDS API too."""

    class Cluster(stand_in("AWS::RDS::DBCluster")):
        __module__ = "moto.cloudformation"

        @property
        def physical_resource_id(self):
            return self.name

        @classmethod
        def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
            properties = cloudformation_json.get("Properties", {})
            cluster = cls(str(properties.get("DBClusterIdentifier") or resource_name).lower(), properties)
            rds_backends[account_id][region_name].create_db_cluster({
                "db_cluster_identifier": cluster.name, "engine": properties.get("Engine", "aurora-postgresql"),
                "engine_version": properties.get("EngineVersion"), "master_username": "postgres", "master_user_password": "password",
                "deletion_protection": str(properties.get("DeletionProtection", False)).lower() == "true"})
            return cluster

        @classmethod
        def update_from_cloudformation_json(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
            original_resource.properties = cloudformation_json.get("Properties", {})
            cluster = rds_backends[account_id][region_name].clusters[original_resource.name]
            cluster.deletion_protection = str(original_resource.properties.get("DeletionProtection", False)).lower() == "true"
            return original_resource

        @classmethod
        def delete_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name):
            clusters = rds_backends[account_id][region_name].clusters
            if resource_name in clusters and clusters[resource_name].deletion_protection:
                raise HandlerError("Cannot delete protected Cluster, please disable deletion protection and try again.", "Rds", "InvalidRequest")
            clusters.pop(resource_name, None)

    return Cluster


def edge_functions(template):
    """Logical ids of functions that a distribution runs at the edge."""
    resources = template["Resources"]
    found = set()
    for body in resources.values():
        if body["Type"] == "AWS::CloudFront::Distribution":
            text = json.dumps(body)
            found |= {version["Properties"]["FunctionName"]["Ref"] for name, version in resources.items()
                      if version["Type"] == "AWS::Lambda::Version" and f'"{name}"' in text}
    return found


def check_replicas(template, name, region, account_id, physical):
    """Before a function is deleted (Lambda developer guide: "Deleting Lambda@Edge functions and replicas")."""
    if account.has_replicas and name in edge_functions(template):
        raise HandlerError(
            f"Lambda was unable to delete arn:aws:lambda:{region}:{account_id}:function:{physical}:1 because it is a replicated function. "
            "Please see our documentation for Deleting Lambda@Edge Functions and Replicas.", "Lambda", "InvalidRequest")


def describe_engine_versions(self):
    engine, version = self.params.get("Engine"), self.params.get("EngineVersion")
    offered = account.engine_versions.get(engine, [])
    return ActionResult({"DBEngineVersions": [{"Engine": engine, "EngineVersion": v} for v in offered if version in (None, v)]})


def lambda_settings():
    total, free = account.concurrency
    return {"AccountLimit": {"ConcurrentExecutions": total, "UnreservedConcurrentExecutions": free, "TotalCodeSize": 80530636800},
            "AccountUsage": {"FunctionCount": 0, "TotalCodeSize": 0}}


invocations = []  # [function, event]


def invoke(name, body):
    """moto would need Docker. Gives the headers and the answer."""
    invocations.append([name, json.loads(body)])
    error = account.function_errors.pop(0) if account.function_errors else None
    if error:
        return [("X-Amz-Function-Error", "Unhandled")], json.dumps({"errorMessage": error, "errorType": "Error"})
    return [], "null"


class QueueDeletedRecently(ServiceException):
    code = "AWS.SimpleQueueService.QueueDeletedRecently"
    message = QUEUE_DELETED_RECENTLY


def is_deleted_recently(name):
    return name in deleted_queues and time.monotonic() < deleted_queues[name] + account.queue_seconds


def check_queue(name, backend):
    """Before CloudFormation creates one."""
    if name in backend.queues:
        raise HandlerError(f"Resource of type 'AWS::SQS::Queue' with identifier '{name}' already exists.", "Sqs", "AlreadyExists")
    if is_deleted_recently(name):
        raise HandlerError(QUEUE_DELETED_RECENTLY, "Sqs", "InvalidRequest")


def install():
    # moto wants memory of each container, which Fargate does not; and a task that is run ends at once.
    EC2ContainerServiceBackend._calculate_task_resource_requirements = staticmethod(lambda definition: {"CPU": 0, "MEMORY": 0, "PORTS": [], "PORTS_UDP": []})
    state_manager.set_transition("ecs::task", {"progression": "immediate"})
    RDSResponse.describe_db_engine_versions = describe_engine_versions
    # The distributions of stacks are stand-ins, which moto's CloudFront does not know.
    CloudFrontBackend.create_invalidation = lambda self, dist_id, paths, caller_ref: Invalidation(SimpleNamespace(location=dist_id), paths, caller_ref)
    create_queue, delete_queue = SQSBackend.create_queue, SQSBackend.delete_queue

    def create(self, name, tags=None, **kwargs):
        if name not in self.queues and is_deleted_recently(name):
            raise QueueDeletedRecently(QUEUE_DELETED_RECENTLY)
        return create_queue(self, name, tags=tags, **kwargs)

    def delete(self, queue_name):
        delete_queue(self, queue_name)
        deleted_queues[queue_name] = time.monotonic()

    SQSBackend.create_queue, SQSBackend.delete_queue = create, delete
