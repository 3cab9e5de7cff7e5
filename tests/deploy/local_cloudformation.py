# SPDX-License-Identifier: MIT
"""CloudFormation as its documentation describes it, on top of moto's resources.

A stack operation is a generator that yields the seconds until its next step. Nothing runs in the background:
whoever asks anything first brings every stack up to the present.
"""
import copy
import time
import uuid
from types import SimpleNamespace
from urllib.parse import urlparse

import yaml
from moto.core.exceptions import ServiceException
from moto.s3.models import s3_backends

import local_import
import local_replacement
from local_account import check_replicas, reason_of
import local_resources as local
from local_changes import changes_between, differs, for_moto, parameters_of
from local_stacks import ChangeSet, ClientError, Settings, Stack, invalid, now

NOT_UPDATABLE = {"ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "DELETE_FAILED", "UPDATE_ROLLBACK_FAILED", "REVIEW_IN_PROGRESS"}
NO_CHANGES = "The submitted information didn't contain changes. Submit different information to create a change set."
IN_LINE_LIMIT = 51200
NESTED = "AWS::CloudFormation::Stack"


class Simulator:
    def __init__(self):
        self.stacks = []
        self.settings = Settings()

    # Time

    def advance(self):
        present = time.monotonic()
        for stack in list(self.stacks):
            while stack.operation and stack.due <= present:
                try:
                    stack.due += next(stack.operation)
                except StopIteration:
                    stack.operation = None
            for change_set in stack.change_sets.values():
                if change_set.status == "CREATE_IN_PROGRESS" and change_set.ready_at <= present:
                    self.finish_change_set(stack, change_set)

    def start(self, stack, operation, token):
        stack.token = token
        stack.cancelled = False
        stack.operation = operation
        stack.due = time.monotonic()
        self.advance()

    # Looking things up

    def find(self, account, region, name, including_deleted=False):
        for stack in reversed(self.stacks):
            if stack.account != account or stack.region != region:
                continue
            if stack.id == name or (stack.name == name and stack.is_live()):
                return stack
            if including_deleted and stack.name == name:
                return stack
        return None

    def get(self, account, region, name):
        stack = self.find(account, region, name)
        if not stack:
            raise invalid(f"Stack with id {name} does not exist")
        return stack

    def exports(self, account, region):
        found = {}
        for stack in self.stacks:
            if stack.is_live() and (stack.account, stack.region) == (account, region):
                found.update(stack.exports)
        return found

    def importers(self, stack, export):
        return [
            other.name for other in self.stacks
            if other is not stack and other.is_live() and other.body
            and (other.account, other.region) == (stack.account, stack.region) and export in other.imports
        ]

    def template_text(self, account, body, url):
        if body is not None:
            if len(body.encode()) > IN_LINE_LIMIT:
                raise invalid("1 validation error detected: Value at 'templateBody' failed to satisfy constraint: "
                              "Member must have length less than or equal to 51200")
            return body
        place = urlparse(url)
        bucket, key = place.path.lstrip("/").split("/", 1)
        if place.hostname.split(".")[0] not in ("s3", "localhost") and not place.hostname.startswith("s3-"):
            bucket, key = place.hostname.split(".")[0], place.path.lstrip("/")
        found = s3_backends[account]["aws"].get_object(bucket, key)
        if found is None:
            raise invalid("S3 error: The specified key does not exist.")
        return found.value.decode()

    # Change sets

    def create_change_set(self, account, region, request):
        kind = request.get("ChangeSetType", "UPDATE")
        stack = self.find(account, region, request["StackName"])
        if kind == "UPDATE" and (not stack or stack.status == "REVIEW_IN_PROGRESS"):
            raise invalid(f"Stack [{request['StackName']}] does not exist")
        if kind in ("CREATE", "IMPORT") and stack and stack.status != "REVIEW_IN_PROGRESS" and kind == "CREATE":
            raise invalid(f"Stack [{stack.name}] already exists and cannot be created again with the changeSet [{request['ChangeSetName']}].")
        if stack and stack.status != "REVIEW_IN_PROGRESS" and (stack.is_busy() or stack.status in NOT_UPDATABLE):
            raise invalid(f"Stack:{stack.id} is in {stack.status} state and can not be updated.")
        if stack and request["ChangeSetName"] in stack.change_sets:
            known = stack.change_sets[request["ChangeSetName"]]
            if known.token and known.token == request.get("ClientToken"):
                return known, stack
            raise ClientError("AlreadyExistsException", f"ChangeSet {known.name} already exists")
        body = stack.body if request.get("UsePreviousTemplate") else self.template_text(
            account, request.get("TemplateBody"), request.get("TemplateURL"))
        if not stack:
            stack = Stack(request["StackName"], account, region)
            self.stacks.append(stack)
            stack.set_status("REVIEW_IN_PROGRESS", "User Initiated")
        change_set = ChangeSet(request["ChangeSetName"], kind, request.get("ClientToken"))
        change_set.id = f"arn:aws:cloudformation:{region}:{account}:changeSet/{change_set.name}/{uuid.uuid4()}"
        change_set.request = request
        change_set.body = body
        change_set.status = "CREATE_IN_PROGRESS"
        change_set.ready_at = time.monotonic() + self.settings.change_set_seconds
        stack.change_sets[change_set.name] = change_set
        return change_set, stack

    def finish_change_set(self, stack, change_set):
        try:
            change_set.template = local.parse_template(change_set.body)
            change_set.parameters = parameters_of(change_set.request, change_set.template, stack)
            change_set.tags = {tag["Key"]: tag["Value"] for tag in change_set.request.get("Tags", [])}
            self.check_template(stack, change_set)
            if change_set.kind == "IMPORT":
                local_import.check(stack, change_set, invalid, self.managed())
                change_set.changes = local_import.changes(change_set)
            else:
                change_set.changes = changes_between(stack, change_set)
            if "reason" in self.settings.change_set_failures.get(stack.name, {}):
                raise invalid(self.settings.change_set_failures[stack.name]["reason"])
            if stack.name in self.settings.changes:
                change_set.changes = [{"Type": "Resource", "ResourceChange": c} for c in self.settings.changes[stack.name]]
        except (ServiceException, ValueError, KeyError, yaml.YAMLError) as problem:
            change_set.status = "FAILED"
            change_set.reason = getattr(problem, "message", None) or str(problem)
            return
        if stack.body and not differs(stack, change_set):
            change_set.status = "FAILED"
            change_set.reason = NO_CHANGES
            return
        change_set.status = "CREATE_COMPLETE"
        change_set.execution_status = "AVAILABLE"

    def managed(self):
        """Physical ids that stacks have, by type."""
        found = {}
        for stack in self.stacks:
            for entry in stack.resources.values() if stack.is_live() else ():
                found.setdefault(entry["type"], set()).add(entry["physical"])
        return found

    def check_template(self, stack, change_set):
        if not change_set.template.get("Resources"):
            raise invalid("Template format error: At least one Resources member must be defined.")
        exports = self.exports(stack.account, stack.region)
        for name in local.plain_imports(change_set.template):
            if name not in exports:
                raise invalid(f"No export named {name} found")
        list(local.waves(change_set.template["Resources"]))

    def get_change_set(self, account, region, name, stack_name):
        for stack in self.stacks:
            if (stack.account, stack.region) != (account, region) or not stack.is_live():
                continue
            for change_set in stack.change_sets.values():
                if change_set.id == name or (change_set.name == name and stack_name in (stack.name, stack.id)):
                    return stack, change_set
        raise ClientError("ChangeSetNotFound", f"ChangeSet [{name}] does not exist")

    def execute_change_set(self, stack, change_set, request):
        token = request.get("ClientRequestToken")
        if token and token == stack.token and change_set.execution_status in ("EXECUTE_IN_PROGRESS", "EXECUTE_COMPLETE"):
            return
        if change_set.execution_status != "AVAILABLE":
            raise ClientError("InvalidChangeSetStatus", f"ChangeSet [{change_set.id}] cannot be executed in its current status of [{change_set.execution_status if change_set.status == 'CREATE_COMPLETE' else change_set.status}]")
        if stack.status != "REVIEW_IN_PROGRESS" and (stack.is_busy() or stack.status in NOT_UPDATABLE):
            raise invalid(f"Stack:{stack.id} is in {stack.status} state and can not be updated.")
        change_set.execution_status = "EXECUTE_IN_PROGRESS"
        stack.change_sets = {change_set.name: change_set}
        on_failure = change_set.request.get("OnStackFailure")
        if on_failure and change_set.kind != "CREATE":
            raise invalid("OnStackFailure is only valid for change sets of the type CREATE")
        if on_failure and "DisableRollback" in request:
            raise invalid("DisableRollback cannot be specified when the change set has OnStackFailure")
        stack.disable_rollback = bool(request.get("DisableRollback")) or on_failure == "DO_NOTHING"
        stack.is_deleted_on_failure = on_failure == "DELETE"
        self.begin(stack, change_set, token)

    def begin(self, stack, change, token):
        stack.executions += 1
        stack.role = change.request.get("RoleARN", stack.role)
        stack.topics = change.request.get("NotificationARNs", stack.topics)
        stack.change_sets = {name: one for name, one in stack.change_sets.items() if one is not change}
        if getattr(change, "kind", None) == "IMPORT":
            self.start(stack, local_import.operation(self, stack, change), token)
        elif stack.body is None:
            self.start(stack, self.create(stack, change), token)
        else:
            self.start(stack, self.update(stack, change), token)

    # Operations

    def take_over(self, stack, change):
        stack.body = change.body
        stack.template = change.template
        stack.parameters = change.parameters
        stack.tags = change.tags
        stack.description = change.template.get("Description")

    def create(self, stack, change):
        stack.refusals = local_replacement.refusals(self.stacks, stack, change.template["Resources"])
        self.take_over(stack, change)
        stack.set_status("CREATE_IN_PROGRESS", "User Initiated")
        try:
            stack.map = local.resource_map(stack, copy.deepcopy(stack.template), self.exports(stack.account, stack.region))
            stack.map.load()
            stack.map.tags.update({"aws:cloudformation:stack-name": stack.name, "aws:cloudformation:stack-id": stack.id})
        except ServiceException as problem:
            yield self.settings.resource_seconds
            yield from self.roll_back_creation(stack, problem.message)
            return
        conditions = stack.map.lazy_condition_map
        wanted = {n: r for n, r in stack.template["Resources"].items() if "Condition" not in r or conditions[r["Condition"]]}
        for wave in local.waves(wanted):
            for name in wave:
                stack.set_resource(name, "CREATE_IN_PROGRESS", kind=wanted[name]["Type"])
            yield self.settings.resource_seconds
            for name in wave:
                self.create_resource(stack, name)
            if stack.failed:
                yield from self.roll_back_creation(stack, None)
                return
        yield self.settings.resource_seconds
        self.refresh_outputs(stack)
        stack.set_status("CREATE_COMPLETE")

    def create_resource(self, stack, name):
        reason = self.settings.takes_failure(stack.name, name, "create") or stack.refusals.get(name)
        if name in self.settings.physical_ids:
            stack.resources[name]["physical"] = self.settings.physical_ids[name]
        if stack.failed:
            stack.set_resource(name, "CREATE_FAILED", "Resource creation cancelled")
            return
        if not reason:
            try:
                made = stack.map[name]
            except Exception as problem:  # whatever moto does not accept is a resource that fails
                reason = reason_of(problem)
            else:
                nested = self.nested_stack(stack, name) if stack.resources[name]["type"] == NESTED else None
                stack.resources[name]["physical"] = nested.id if nested else str(getattr(made, "physical_resource_id", None) or name)
                stack.set_resource(name, "CREATE_IN_PROGRESS", "Resource creation Initiated")
                reason = self.create_nested(nested, made) if nested else None
                if not reason:
                    stack.set_resource(name, "CREATE_COMPLETE")
                    return
        stack.failed.append(name)
        stack.set_resource(name, "CREATE_FAILED", reason)

    def nested_stack(self, parent, name):
        stack = Stack(f"{parent.name}-{name}-{uuid.uuid4().hex[:12].upper()}", parent.account, parent.region)
        stack.token = parent.token
        self.stacks.append(stack)
        return stack

    def create_nested(self, stack, made):
        """It is made as a whole while its parent waits. Gives the reason when that fails."""
        body = self.template_text(stack.account, None, made.properties["TemplateURL"])
        change = SimpleNamespace(body=body, template=local.parse_template(body), parameters=made.properties.get("Parameters", {}), tags={})
        for _ in self.create(stack, change):
            pass
        if stack.status == "CREATE_COMPLETE":
            return None
        failed = [event["LogicalResourceId"] for event in stack.events if event["ResourceStatus"] == "CREATE_FAILED"]
        return f"Embedded stack {stack.id} was not successfully created: The following resource(s) failed to create: [{', '.join(failed)}]. "

    def roll_back_creation(self, stack, reason):
        failed = f"The following resource(s) failed to create: [{', '.join(stack.failed)}]. "
        if stack.disable_rollback:
            stack.set_status("CREATE_FAILED", reason or failed)
            return
        if stack.is_deleted_on_failure:
            yield from self.delete(stack, ())
            return
        stack.set_status("ROLLBACK_IN_PROGRESS", f"{reason}. Rollback requested by user." if reason else failed + "Rollback requested by user.")
        stack.failed = []
        yield from self.delete_resources(stack, "rollback")
        if stack.failed:
            stack.set_status("ROLLBACK_FAILED", f"The following resource(s) failed to delete: [{', '.join(stack.failed)}]. ")
        else:
            stack.set_status("ROLLBACK_COMPLETE")

    def update(self, stack, change):
        before = stack.template, stack.body, stack.parameters, stack.tags, stack.description
        previous = {name: dict(entry) for name, entry in stack.resources.items()}
        stack.failed = []
        stack.refusals = local_replacement.refusals(self.stacks, stack, change.template["Resources"])
        stack.updated = now()
        stack.set_status("UPDATE_IN_PROGRESS", "User Initiated")
        resources = change.template["Resources"]
        old = stack.template["Resources"]
        follow = local_replacement.replaced(old, resources)
        touched = {n: r for n, r in resources.items() if old.get(n) != r or n in follow}
        for wave in local.waves(touched):
            for name in wave:
                verb = "UPDATE" if name in old else "CREATE"
                stack.set_resource(name, f"{verb}_IN_PROGRESS", kind=resources[name]["Type"])
            yield self.settings.resource_seconds
            for name in wave:
                self.update_resource(stack, name, "UPDATE" if name in old else "CREATE")
            if stack.cancelled or stack.failed:
                yield from self.roll_back_update(stack, before, previous, None)
                return
        if not touched:
            yield self.settings.resource_seconds
        if stack.cancelled:
            yield from self.roll_back_update(stack, before, previous, None)
            return
        reason = self.apply_update(stack, change)
        if reason:
            yield from self.roll_back_update(stack, before, previous, reason)
            return
        stack.set_status("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS")
        for name in [n for n in old if n not in resources]:
            stack.set_resource(name, "DELETE_IN_PROGRESS")
            yield self.settings.resource_seconds
            stack.set_resource(name, "DELETE_COMPLETE")
            del stack.resources[name]
        stack.set_status("UPDATE_COMPLETE")

    def update_resource(self, stack, name, verb):
        reason = self.settings.takes_failure(stack.name, name, "update" if verb == "UPDATE" else "create")
        reason = reason or stack.refusals.get(name)
        if stack.failed or stack.cancelled:
            stack.set_resource(name, f"{verb}_FAILED", f"Resource {'update' if verb == 'UPDATE' else 'creation'} cancelled")
        elif reason:
            stack.failed.append(name)
            stack.set_resource(name, f"{verb}_FAILED", reason)
        else:
            stack.set_resource(name, f"{verb}_COMPLETE")

    def apply_update(self, stack, change):
        """Gives the reason when CloudFormation would refuse."""
        wanted = {value["Export"]["Name"] for value in (change.template.get("Outputs") or {}).values()
                  if "Export" in value and isinstance(value["Export"]["Name"], str)}
        for name in stack.exports:
            users = self.importers(stack, name)
            if users and name not in wanted:
                return f"Export {name} cannot be deleted as it is in use by {' and '.join(users)}"
        for name in local_replacement.changed_exports(stack, change.template["Resources"], change.template.get("Outputs")):
            users = self.importers(stack, name) if name in stack.exports else []
            if users:
                return f"Export {name} cannot be updated as it is in use by {' and '.join(users)}"
        try:
            stack.map.cross_stack_resources = self.exports(stack.account, stack.region)
            stack.map.update(for_moto(stack.map._resource_json_map, change.template), dict(change.parameters))
        except Exception as problem:
            return reason_of(problem)
        self.take_over(stack, change)
        for name in change.template["Resources"]:
            made = stack.map._parsed_resources.get(name)
            if made is not None and name in stack.resources:
                stack.resources[name]["physical"] = str(getattr(made, "physical_resource_id", None) or name)
        self.refresh_outputs(stack)
        return None

    def roll_back_update(self, stack, before, previous, reason):
        failed = f"The following resource(s) failed to update: [{', '.join(stack.failed)}]. "
        stack.before, stack.previous = before, previous
        if stack.disable_rollback and not stack.cancelled:
            stack.set_status("UPDATE_FAILED", reason or failed)
            return
        stack.set_status("UPDATE_ROLLBACK_IN_PROGRESS", "User Initiated" if stack.cancelled else reason or failed)
        yield from self.undo_update(stack, ())

    def undo_update(self, stack, skipped):
        """Resources go back to what they were; moto's have not been touched."""
        names = [n for n, e in stack.resources.items() if e != stack.previous.get(n)]
        stack.failed = []
        for name in names:
            if name not in stack.previous:
                continue
            stack.set_resource(name, "UPDATE_IN_PROGRESS")
            yield self.settings.resource_seconds
            reason = None if name in skipped else self.settings.takes_failure(stack.name, name, "rollback")
            if reason:
                stack.failed.append(name)
                stack.set_resource(name, "UPDATE_FAILED", reason)
            else:
                stack.set_resource(name, "UPDATE_COMPLETE")
                stack.previous[name] = dict(stack.resources[name])  # it is not undone again
        if stack.failed:
            stack.set_status("UPDATE_ROLLBACK_FAILED", f"The following resource(s) failed to update: [{', '.join(stack.failed)}]. ")
            return
        stack.set_status("UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS")
        for name in [n for n in names if n not in stack.previous]:
            stack.set_resource(name, "DELETE_IN_PROGRESS")
            yield self.settings.resource_seconds
            stack.set_resource(name, "DELETE_COMPLETE")
            del stack.resources[name]
        stack.set_status("UPDATE_ROLLBACK_COMPLETE")

    def delete(self, stack, retained):
        before = stack.status
        users = [(name, self.importers(stack, name)) for name in stack.exports]
        stack.set_status("DELETE_IN_PROGRESS", "User Initiated")
        yield self.settings.resource_seconds
        for name, importers in users:
            if importers:
                stack.set_status(before, f"Delete canceled. Cannot delete export {name} as it is in use by {' and '.join(importers)}.")
                return
        stack.failed = []
        yield from self.delete_resources(stack, "delete", retained)
        if stack.failed:
            stack.set_status("DELETE_FAILED", f"The following resource(s) failed to delete: [{', '.join(stack.failed)}]. ")
            return
        stack.exports = {}
        stack.deleted = now()
        stack.set_status("DELETE_COMPLETE")

    def delete_resources(self, stack, action, retained=()):
        present = {n: r for n, r in stack.template["Resources"].items()
                   if n in stack.resources and stack.resources[n]["status"] != "DELETE_COMPLETE"}
        for wave in reversed(list(local.waves(present))):
            # What something that could not be deleted needs stays as it is; the rest goes.
            wave = [n for n in wave if not any(n in local.references(present[other]) for other in present if other in stack.resources and other != n)]
            # Template reference, "DeletionPolicy attribute": what is only retained except on create goes with a failed creation.
            keeping = ("Retain", "RetainExceptOnCreate") if action == "delete" else ("Retain",)
            kept = [n for n in wave if n in retained or present[n].get("DeletionPolicy") in keeping]
            for name in wave:
                stack.set_resource(name, "DELETE_SKIPPED" if name in kept else "DELETE_IN_PROGRESS")
            yield self.settings.resource_seconds
            for name in wave:
                if name not in kept:
                    self.delete_resource(stack, name, action)
                if name not in stack.failed:
                    stack.gone[name] = stack.resources.pop(name)

    def delete_nested(self, stack_id):
        for stack in [one for one in self.stacks if one.id == stack_id and one.is_live()]:
            for _ in self.delete(stack, ()):
                pass

    def delete_resource(self, stack, name, action):
        reason = self.settings.takes_failure(stack.name, name, action)
        if not reason and stack.resources[name]["type"] == NESTED:
            self.delete_nested(stack.resources[name]["physical"])
        made = stack.map._parsed_resources.get(name) if stack.map else None
        if not reason and made is not None:
            try:
                check_replicas(stack.template, name, stack.region, stack.account, stack.resources[name]["physical"])
                reason = local.bucket_content(made)
                if not reason:
                    stack.map._delete_resource(made, stack.template["Resources"][name])
                    stack.map._parsed_resources.pop(name, None)
            except Exception as problem:
                if "DependencyViolation" not in str(getattr(problem, "code", "")):  # moto's order, not ours
                    reason = reason_of(problem)
        if reason:
            stack.failed.append(name)
        stack.set_resource(name, "DELETE_FAILED" if reason else "DELETE_COMPLETE", reason)

    def refresh_outputs(self, stack):
        resources = stack.map
        outputs = local.output_map(resources, stack.template, stack.id)
        definitions = stack.template.get("Outputs") or {}
        stack.outputs = []
        exports = {export.name: export for export in outputs.exports}
        for key in outputs.outputs:
            value = outputs[key]
            if value is None:
                continue
            entry = {"OutputKey": key, "OutputValue": str(value.value), "Description": definitions[key].get("Description")}
            name = definitions[key].get("Export", {}).get("Name")
            if isinstance(name, str):
                entry["ExportName"] = name
            stack.outputs.append(entry)
        stack.exports = exports
        stack.imports = set(local.plain_imports(stack.template))
