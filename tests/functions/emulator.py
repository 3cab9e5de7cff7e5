#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The runtime emulator, seen by a function that does what a function should not: AWS's state machine, limits,
deadlines, deaths, lost connections."""
import http.client
import json
import os
import signal
import sys
import time

from harness import Checks, Lambda
from workspace import Workspace, wait_until

API = "/2018-06-01/runtime"


class Client:
    """The Runtime API from the function's side; the emulated function in this file uses it."""

    def __init__(self):
        self.connection = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])

    def ask(self, method, path, body=None, headers=None):
        self.connection.request(method, API + path, body, headers or {})
        response = self.connection.getresponse()
        return response.status, dict(response.getheaders()), response.read()

    def next(self):
        status, headers, body = self.ask("GET", "/invocation/next")
        assert status == 200, status
        return headers["Lambda-Runtime-Aws-Request-Id"], headers, json.loads(body or "null")


def function():
    """Does what each event says."""
    client = Client()
    if os.environ.get("INIT") == "fail":
        print(client.ask("POST", "/init/error", b'{"errorMessage":"no","errorType":"Init"}')[0], flush=True)
        sys.exit(3)
    if os.environ.get("INIT") == "exit":
        sys.exit(4)
    while True:
        request_id, headers, event = client.next()
        respond = lambda body: client.ask("POST", f"/invocation/{request_id}/response", body)  # noqa: E731
        action = event.get("do")
        if action == "environment":
            respond(json.dumps({"environment": dict(os.environ), "headers": headers}).encode())
        elif action == "error":
            client.ask("POST", f"/invocation/{request_id}/error", b'{"errorMessage":"bad","errorType":"T"}')
        elif action == "misbehave":
            statuses = [client.ask("GET", "/invocation/next")[0],
                        client.ask("POST", "/invocation/00000000-0000-4000-8000-000000000000/response", b"{}")[0],
                        client.ask("POST", "/invocation/x/error", b"{}")[0],
                        client.ask("POST", "/init/error", b"{}")[0],
                        client.ask("GET", "/nothing")[0],
                        client.ask("POST", f"/invocation/{request_id}/nothing", b"{}")[0],
                        client.ask("POST", f"/invocation/{request_id}/response", b"x" * (6291556 + 1))[0],
                        respond(b"{\"x\":1}")[0],
                        respond(b"{\"x\":2}")[0]]
            print(json.dumps(statuses), flush=True)
        elif action == "large":
            respond(b"x" * 6291556)
        elif action == "sleep":
            time.sleep(event["seconds"])
            respond(b"{}")
        elif action == "exit":
            os._exit(event["status"])
        elif action == "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        elif action == "late exit":
            respond(b"{}")
            os._exit(0)
        elif action == "raw":
            client.connection.send(event["bytes"].encode("latin-1"))
            client.connection.close()
            client.ask("POST", f"/invocation/{request_id}/response", b"\"after\"")
        else:
            print("log one\nlog two", flush=True)
            sys.stderr.write("error without an end")
            sys.stderr.flush()
            respond(json.dumps({"echo": event, "pid": os.getpid()}).encode())


if __name__ == "__main__" and "AWS_LAMBDA_RUNTIME_API" in os.environ:
    try:
        function()
    except (ConnectionError, http.client.HTTPException, AssertionError):
        sys.exit(0)

workspace = Workspace()
checks = Checks()


def fake(timeout_ms=3000, freeze=False, **environment):
    return Lambda(workspace, "fake", environment, timeout_ms, freeze, command=[sys.executable, os.path.abspath(__file__)],
                  task_root="/task")


def test_one_process_for_many_invocations():
    fn = fake()
    answers = [fn.invoke({"n": n}) for n in range(3)]
    bodies = [json.loads(a["body"]) for a in answers]
    checks.equal([b["echo"] for b in bodies], [{"n": 0}, {"n": 1}, {"n": 2}], "events and responses")
    checks.equal((len({b["pid"] for b in bodies}), fn.starts), (1, 1), "one process")
    checks.equal(len({a["request_id"] for a in answers}), 3, "each has an id of its own")
    checks.that(answers[0]["init_ms"] > 0 and answers[1]["init_ms"] == 0, "only the first one starts it")
    checks.that(all(a["duration_ms"] > 0 and a["max_rss_kb"] > 1000 for a in answers), "time and memory are measured")
    checks.that(wait_until(lambda: fn.logs.count("log two") == 3, 5), f"its output: {fn.logs}")


def test_environment_and_headers():
    answer = json.loads(fake(MY_OWN="x", AWS_LAMBDA_LOG_LEVEL="DEBUG").invoke({"do": "environment"})["body"])
    environment, headers = answer["environment"], answer["headers"]
    expected = {"AWS_LAMBDA_FUNCTION_NAME": "fake", "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST", "AWS_REGION": "us-east-1",
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "128", "LAMBDA_TASK_ROOT": "/task", "_HANDLER": "bootstrap",
                "AWS_LAMBDA_LOG_FORMAT": "JSON", "TZ": ":UTC", "MY_OWN": "x"}
    checks.equal({k: environment.get(k) for k in expected}, expected, "Lambda's variables")
    checks.that("HOME" not in environment and "BUILD_DIRECTORY" not in environment, "nothing of ours leaks in")
    checks.that(environment["LD_LIBRARY_PATH"].startswith("/lib64:/usr/lib64"), "the system's libraries come first")
    left = int(headers["Lambda-Runtime-Deadline-Ms"]) - time.time() * 1000
    checks.that(-1000 < left <= 3000, f"the deadline: {left}")
    checks.that(headers["Lambda-Runtime-Invoked-Function-Arn"].endswith(":function:fake"), "the ARN")
    checks.that(headers["Lambda-Runtime-Trace-Id"].startswith("Root=1-"), "the trace id")


def test_state_machine():
    fn = fake()
    answer = fn.invoke({"do": "misbehave"})
    checks.equal((answer["status"], answer["body"]), ("ok", '{"x":1}'), "the first outcome counts")
    wait_until(lambda: fn.logs)
    checks.equal(json.loads(fn.logs[0]), [403, 400, 400, 403, 404, 404, 413, 202, 403], "what the API answers")
    checks.equal(json.loads(fn.invoke({})["body"])["echo"], {}, "it goes on")


def test_limits():
    fn = fake()
    checks.equal(len(fn.invoke({"do": "large"})["body"]), 6291556, "the largest response")


def test_errors():
    fn = fake()
    answer = fn.invoke({"do": "error"})
    checks.equal((answer["status"], json.loads(answer["body"])["errorType"]), ("function-error", "T"), "its error")
    checks.equal(fn.invoke({})["status"], "ok", "the process lives on")


def test_deadline():
    fn = fake(timeout_ms=300)
    started = time.monotonic()
    answer = fn.invoke({"do": "sleep", "seconds": 60})
    checks.equal((answer["status"], answer["wait_status"]), ("timed-out", signal.SIGKILL), "killed at the deadline")
    checks.that(time.monotonic() - started < 20, "not later")
    checks.equal((fn.invoke({})["status"], fn.starts), ("ok", 2), "the next one starts another process")


def test_deaths():
    fn = fake()
    answer = fn.invoke({"do": "exit", "status": 7})
    checks.equal((answer["status"], os.waitstatus_to_exitcode(answer["wait_status"])), ("exited", 7), "exits")
    answer = fn.invoke({"do": "crash"})
    checks.equal((answer["status"], os.waitstatus_to_exitcode(answer["wait_status"])), ("exited", -signal.SIGSEGV), "crashes")
    checks.equal(fn.invoke({"do": "late exit"})["status"], "ok", "exits after its response")
    checks.equal((fn.invoke({})["status"], fn.starts), ("ok", 4), "each time another process")
    fn.signal(signal.SIGKILL)
    time.sleep(0.05)
    checks.equal((fn.invoke({})["status"], fn.starts), ("ok", 5), "dies between invocations")


def test_init():
    fn = fake(INIT="fail")
    answer = fn.invoke({})
    checks.equal((answer["status"], json.loads(answer["body"])["errorType"]), ("init-error", "Init"), "an init error")
    checks.equal(os.waitstatus_to_exitcode(answer["wait_status"]), 3, "and the process's own end")
    checks.equal(fake(INIT="exit").invoke({})["status"], "exited", "gone before the first invocation")
    checks.equal(Lambda(workspace, "x", {}, command=["/bin/true"]).invoke({})["status"], "exited", "no runtime at all")


def test_frozen_between_invocations():
    fn = fake(freeze=True)
    fn.invoke({})
    checks.that(wait_until(lambda: open(f"/proc/{fn.pid}/stat").read().split(") ")[1][0] == "T", 5), "it is stopped")
    checks.equal(fn.invoke({"again": True})["status"], "ok", "and goes on")


def test_requests_that_are_none():
    fn = fake()
    for text in ("GARBAGE\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/2\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
                 "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
                 "A" * 40000, "\0\0\0\0\r\n\r\n", "POST /x HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n"):
        checks.equal(fn.invoke({"do": "raw", "bytes": text})["body"], '"after"', f"the emulator survives {text[:40]!r}")


checks.run(globals())
