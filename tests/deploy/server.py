#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A local AWS for the tests of deployment: moto, with CloudFormation stacks that take time and can fail.

Usage: server.py [--port PORT] [--ready FILE]     port 0, the default, is any; FILE gets the port once it listens

A test scripts it over HTTP. GET answers and POST takes JSON:
    POST /_test/settings   what to change in local_stacks.Settings
    POST /_test/faults     rules, in their order: {"service", "action", "stack", "fault", "skip", "times"}; the first three
                           are patterns. Faults: throttle, internal, unavailable, timeout, reset, lost (done, but the
                           answer is lost), expired, unknown, denied
    GET  /_test/faults     the rules, with the times that are left
    POST /_test/account    what the account has and allows: changes to local_account.Account
    POST /_test/issue      issues every certificate that was requested
    POST /_test/reset      as when it started
    POST /_test/answers    what services answer that moto cannot (see local_answers.py)
    GET  /_test/requests   the parameters of each call of those services that take them in a form
    GET  /_test/calls      every call since then: [service, action, stack]
    POST /_test/forget     the calls until now
    GET  /_test/invocations  functions that were invoked: [name, event]
    GET  /_test/stacks     every stack with its status, resources, outputs and change sets
    POST /_test/hurry      what is in progress takes no more time than "resource_seconds" says by now
    POST /_test/bootstrap  bootstraps the account
    POST /_test/stack      puts a stack into a state: {"name", "status", "template"}, which "becomes" another one once its
                           events have been "asked" for so many times
"""
import argparse
import fnmatch
import io
import json
import os
import re
import socket
import struct
import threading
import time
from urllib.parse import parse_qs

from moto.core.models import responses_mock  # noqa: F401  (moto sets itself up on import)
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

import local_account
import local_answers
import local_actions
import local_resources
import local_stacks
from local_actions import lock, simulator

TIMEOUT_SECONDS = 600
ACCOUNT = "123456789012"
REGION = "us-east-1"

# Status, code and message of an error that a fault brings.
ERRORS = {
    "throttle": (400, "Throttling", "Rate exceeded"),
    "internal": (500, "InternalFailure", "An internal error occurred"),
    "unavailable": (503, "ServiceUnavailable", "The service is unavailable"),
    "expired": (403, "ExpiredToken", "The security token included in the request is expired"),
    "unknown": (403, "InvalidClientTokenId", "The security token included in the request is invalid"),
    "denied": (403, "AccessDenied", "User: arn:aws:iam::123456789012:user/test is not authorized to perform this"),
}


class Faults:
    def __init__(self):
        self.rules = []
        self.calls = []
        self.requests = []

    def take(self, call):
        """The fault for this call, if any."""
        with lock:
            self.calls.append(call)
            for rule in self.rules:
                wanted = (rule.get("service", "*"), rule.get("action", "*"), rule.get("stack", "*"))
                if not all(fnmatch.fnmatchcase(part, pattern) for part, pattern in zip(call, wanted)):
                    continue
                if rule.get("skip", 0) > 0:
                    rule["skip"] -= 1
                elif rule.get("times", 1) > 0:
                    rule["times"] = rule.get("times", 1) - 1
                    return rule["fault"]
        return None


faults = Faults()


def read_body(environ):
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(body)
    return body


def call_of(environ, body):
    """Service, action and stack (or bucket and key) of a request."""
    scope = re.search(r"Credential=[^/]+/\d+/[^/]+/([^/]+)/", environ.get("HTTP_AUTHORIZATION", ""))
    service = scope.group(1) if scope else ""
    target = environ.get("HTTP_X_AMZ_TARGET")
    if target:
        return [service, target.split(".")[-1], ""]
    if service in ("cloudformation", "sts", "ec2", "iam", "sqs", "sns", "rds", "elasticloadbalancing"):
        form = parse_qs(body.decode("utf-8", "replace"))
        faults.requests.append({key: values[0] for key, values in form.items()})
        name = form.get("StackName", form.get("ChangeSetName", [""]))[0]
        return [service, form.get("Action", [""])[0], re.sub(r"^arn:.*:(stack|changeSet)/([^/]*)/.*", r"\2", name)]
    return [service, environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")]


def error_body(service, code, message, is_json):
    if is_json:
        return "application/x-amz-json-1.1", json.dumps({"__type": code, "message": message})
    error = f"<Code>{code}</Code><Message>{message}</Message>"
    if service == "s3":
        return "application/xml", f"<?xml version=\"1.0\"?><Error>{error}</Error>"
    return "text/xml", f"<ErrorResponse><Error><Type>Sender</Type>{error}</Error><RequestId>0</RequestId></ErrorResponse>"


def reset(environ):
    """The connection ends with RST instead of an answer."""
    connection = environ["werkzeug.socket"]
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    os.close(connection.detach())  # closing the object would wait for the files made of it
    raise ConnectionResetError


class Application:
    def __init__(self):
        self.moto = DomainDispatcherApplication(create_backend_app)

    def __call__(self, environ, start_response):
        path = environ.get("PATH_INFO", "")
        if path.startswith("/_test/"):
            return self.control(path[len("/_test/"):], environ, start_response)
        body = read_body(environ)
        call = call_of(environ, body)
        fault = faults.take(call)
        if fault == "timeout":
            time.sleep(TIMEOUT_SECONDS)
        if fault == "reset":
            reset(environ)
        if fault == "lost":
            b"".join(self.moto(environ, lambda *args: None))
            reset(environ)
        if fault:
            status, code, message = ERRORS[fault]
            kind, text = error_body(call[0], code, message, "HTTP_X_AMZ_TARGET" in environ)
            start_response(f"{status} Error", [("Content-Type", kind), ("Content-Length", str(len(text)))])
            return [text.encode()]
        scripted = local_answers.take(call, path)
        if scripted is not None:
            return self.answer(call, path, scripted, start_response)
        if path.rstrip("/") == "/2016-08-19/account-settings":  # moto has no GetAccountSettings
            text = json.dumps(local_account.lambda_settings()).encode()
            start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(text)))])
            return [text]
        invoked = re.fullmatch(r"/2015-03-31/functions/([^/]+)/invocations", path)
        if invoked:
            headers, text = local_account.invoke(invoked.group(1), body)
            start_response("200 OK", [*headers, ("Content-Type", "application/json"), ("Content-Length", str(len(text)))])
            return [text.encode()]
        return self.moto(environ, start_response)

    def answer(self, call, path, scripted, start_response):
        if "error" in scripted:
            kind, text = error_body(call[0], *scripted["error"], call[0] in ("ecs", "logs", "servicequotas", "lambda"))
            start_response("400 Error", [("Content-Type", kind), ("x-amzn-ErrorType", scripted["error"][0]), ("Content-Length", str(len(text)))])
            return [text.encode()]
        status, headers, text = local_answers.serialize(call, path, scripted)
        headers = {**headers, "Content-Length": str(len(text))}
        start_response(f"{status} OK", [(key, str(value)) for key, value in headers.items()])
        return [text]

    def control(self, verb, environ, start_response):
        body = read_body(environ)
        with lock:
            answer = CONTROLS[verb](json.loads(body) if body else None)
        text = json.dumps(answer, default=str).encode()
        start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(text)))])
        return [text]


def set_account(changes):
    for name, value in (changes or {}).items():
        getattr(local_account.account, name)
        setattr(local_account.account, name, value)


def set_settings(changes):
    for name, value in changes.items():
        getattr(simulator.settings, name)  # a name that does not exist is a mistake in the test
        setattr(simulator.settings, name, value)


def set_faults(rules):
    """Or only shows them."""
    if rules is not None:
        faults.rules = rules
    return faults.rules


def start_over(_):
    from moto.core.base_backend import BackendDict  # noqa: F401
    from moto.moto_api._internal import moto_api_backend

    moto_api_backend.reset()
    simulator.stacks = []
    local_account.reset()
    local_answers.reset()
    simulator.settings = local_stacks.Settings()
    faults.rules = []
    forget_calls(None)


def list_calls(_):
    return faults.calls


def list_requests(_):
    return faults.requests


def forget_calls(_):
    faults.calls = []
    faults.requests = []


def list_stacks(_):
    simulator.advance()
    return {
        stack.name: {
            "status": stack.status, "reason": stack.reason, "resources": stack.resources, "protected": stack.protected,
            "outputs": {o["OutputKey"]: o["OutputValue"] for o in stack.outputs}, "parameters": stack.parameters,
            "tags": stack.tags, "role": stack.role, "change_sets": {c.name: c.status for c in stack.change_sets.values()},
            "template": stack.template, "region": stack.region, "executions": stack.executions,
            "topics": stack.topics,
        }
        for stack in simulator.stacks if stack.is_live()
    }


def place_stack(wanted):
    """A stack that is in some state for a reason that does not matter; its resources exist when it has a template."""
    stack = simulator.find(ACCOUNT, wanted.get("region", REGION), wanted["name"])
    if not stack:
        stack = local_stacks.Stack(wanted["name"], ACCOUNT, wanted.get("region", REGION))
        simulator.stacks.append(stack)
        stack.set_status("REVIEW_IN_PROGRESS", "User Initiated")
    if "template" in wanted:
        change = local_actions.Direct({}, json.dumps(wanted["template"]), wanted["template"])
        change.parameters = {}
        for _ in simulator.create(stack, change):
            pass
    stack.previous = {name: dict(entry) for name, entry in stack.resources.items()}
    stack.protected = wanted.get("protected", False)
    if "status" in wanted:
        stack.set_status(wanted["status"], wanted.get("reason"))
    if "becomes" in wanted:
        simulator.start(stack, become(stack, wanted.get("asked", 0), wanted["becomes"]), None)


def bootstrap(_):
    """What deployments need of a bootstrapped account."""
    from moto.s3.models import s3_backends
    from moto.ssm.models import ssm_backends

    ssm_backends[ACCOUNT][REGION].put_parameter(
        "/cdk-bootstrap/hnb659fds/version", "", "30", "String", "", "", False, [], "text", "Standard", None)
    s3_backends[ACCOUNT]["aws"].create_bucket(f"cdk-hnb659fds-assets-{ACCOUNT}-{REGION}", REGION)


def issue(_):
    from moto.acm.models import acm_backends

    for account_id in acm_backends:
        for backend in acm_backends[account_id].values():
            for certificate in backend._certificates.values():
                certificate.status = "ISSUED"


def hurry(_):
    for stack in simulator.stacks:
        stack.due = min(stack.due, time.monotonic())
        for change_set in stack.change_sets.values():
            change_set.ready_at = min(change_set.ready_at, time.monotonic())


def become(stack, asked, status):
    """Once somebody has asked for the stack's events so many times."""
    while sum(call[1:] == ["DescribeStackEvents", stack.name] for call in faults.calls) < asked:
        yield 0.02
    stack.set_status(status)


CONTROLS = {
    "settings": set_settings, "account": set_account, "answers": local_answers.script, "faults": set_faults, "reset": start_over, "calls": list_calls, "requests": list_requests,
    "stacks": list_stacks,
    "stack": place_stack, "bootstrap": bootstrap, "invocations": lambda _: local_account.invocations, "hurry": hurry, "issue": issue, "forget": forget_calls,
}


class Handler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, kind, message, *arguments):
        pass

    def connection_dropped(self, error, environ=None):
        self.close_connection = True


def main():
    parser = argparse.ArgumentParser(description="a local AWS for tests")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--ready")
    arguments = parser.parse_args()
    os.environ.setdefault("AWS_ACCESS_KEY_ID", "test")
    os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "test")
    local_resources.complete_moto()
    local_actions.install()
    server = make_server("127.0.0.1", arguments.port, Application(), threaded=True, request_handler=Handler)
    if arguments.ready:
        temporary = arguments.ready + ".tmp"
        with open(temporary, "w", encoding="ascii") as file:
            file.write(f"{server.server_port}\n")
        os.rename(temporary, arguments.ready)
    threading.current_thread().name = "server"
    server.serve_forever()


if __name__ == "__main__":
    main()
