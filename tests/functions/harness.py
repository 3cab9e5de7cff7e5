# SPDX-License-Identifier: MIT
"""The Lambda functions running under the emulator, and what is checked of them."""
import contextlib
import json
import os
import queue
import shlex
import subprocess
import sys
import threading
import time
import uuid

from aws_fakes import SECRET_ARN
from workspace import BUILD

AUDIT_TYPES = [
    "member.bulk_invited", "member.invited", "member.joined", "member.removed", "member.role_changed",
    "organization.billing_updated", "organization.created", "organization.updated",
    "user.phone_changed", "user.profile_updated",
]


class Lambda:
    """A function under the emulator (tests/functions/lambda_driver.c). FUNCTION_WRAPPER runs it inside another program,
    such as valgrind."""

    all = []

    def __init__(self, workspace, name, environment, timeout_ms=10000, freeze=False, command=None, task_root=None):
        program = BUILD / "functions" / "bin" / name / "bootstrap"
        variables = dict(environment)
        arguments = [str(BUILD / "tests" / "functions" / "lambda_driver"), "-t", str(timeout_ms), "-n", name,
                     "-r", str(task_root or BUILD / "functions" / name)]
        if freeze:
            arguments.append("-f")
        for key, value in variables.items():
            arguments += ["-e", f"{key}={value}"]
        wrapper = shlex.split(os.environ.get("FUNCTION_WRAPPER", "")) if not command else []
        arguments += ["--", *wrapper, *(str(c) for c in (command or [program]))]
        self.environment = {**os.environ, "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret/+=",
                            "AWS_SESSION_TOKEN": "token+/=="}
        self.driver = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=self.environment)
        self.pid, self.logs, self.starts = 0, [], 0
        self.results = queue.Queue()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        Lambda.all.append(self)
        workspace.on_exit(self.close)

    def _read(self):
        for line in self.driver.stdout:
            answer = json.loads(line)
            if "started" in answer:
                self.pid = answer["started"]
                self.starts += 1
            elif "log" in answer:
                self.logs.append(answer["log"])
            else:
                self.results.put(answer)
        self.results.put(None)

    def start(self, event):
        data = event if isinstance(event, bytes) else json.dumps(event).encode()
        self.driver.stdin.write(f"invoke {len(data)}\n".encode() + data)
        self.driver.stdin.flush()

    def result(self, timeout=120):
        answer = self.results.get(timeout=timeout)
        assert answer is not None, "the driver ended"
        return answer

    def invoke(self, event):
        self.start(event)
        return self.result()

    def metrics(self):
        """What CloudWatch makes of the log so far: for each line in the embedded metric format its dimensions and values.
        Amazon CloudWatch User Guide: "Specification: Embedded metric format"."""
        found = []
        for line in self.logs:
            document = json.loads(line) if line.startswith("{") else {}
            for directive in document.get("_aws", {}).get("CloudWatchMetrics", []):
                assert abs(document["_aws"]["Timestamp"] - time.time() * 1000) < 3600000, document
                assert directive["Namespace"] == "Tango/Events", directive
                dimensions = [{name: document[name] for name in names} for names in directive["Dimensions"]]
                values = {m["Name"]: document[m["Name"]] for m in directive["Metrics"]}
                units = {m["Name"]: m["Unit"] for m in directive["Metrics"]}
                found.append({"dimensions": dimensions, "values": values, "units": units})
        return found

    def drop_connections(self):
        self.driver.stdin.write(b"drop\n")
        self.driver.stdin.flush()

    def signal(self, number):
        with contextlib.suppress(ProcessLookupError):
            if self.pid:
                os.kill(self.pid, number)

    def close(self):
        if self.driver.poll() is None:
            with contextlib.suppress(BrokenPipeError):
                self.driver.stdin.close()
            try:
                self.driver.wait(10)
            except subprocess.TimeoutExpired:
                self.driver.kill()
                self.driver.wait()
        return self.driver.returncode


def function_environment(postgres, secrets, bridge=None, dead_letters=None, **changes):
    environment = {
        "DATABASE_SECRET_ARN": SECRET_ARN, "RDS_PROXY_HOST": "localhost",
        "PGSSLROOTCERT": str(postgres.authority.ca) if postgres else "/nonexistent",
        "AWS_ENDPOINT_URL_SECRETS_MANAGER": secrets.url,
    }
    if bridge:
        environment.update({"EVENT_BUS_NAME": "tango-events", "BATCH_SIZE": "100", "MAX_ATTEMPTS": "10",
                            "AWS_ENDPOINT_URL_EVENTBRIDGE": bridge.url})
    if dead_letters:
        environment.update({"PUBLISHER_DLQ_URL": dead_letters.url, "AWS_ENDPOINT_URL_SQS": dead_letters.endpoint})
    environment.update(changes)
    return environment


def eventbridge_event(detail, detail_type=None):
    return {"version": "0", "id": str(uuid.uuid4()), "detail-type": detail_type or detail["event_type"],
            "source": "app.outbox", "account": "123456789012", "time": "2026-01-02T03:04:05Z",
            "region": "us-east-1", "resources": [], "detail": detail}


class Checks:
    """Counts what was checked, so that the last line says it; fails the test when something did not hold."""

    def __init__(self):
        self.passed = self.failed = 0

    def that(self, holds, what):
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED: {what}", flush=True)

    def equal(self, actual, expected, what):
        self.that(actual == expected, f"{what}: {str(actual)[:300]} instead of {str(expected)[:300]}")

    def run(self, names):
        """Runs every test_... of a module, or those that the command line names, and ends the program."""
        chosen = [a for a in sys.argv[1:] if not a.startswith("-")]
        for name, test in list(names.items()):
            if name.startswith("test_") and (not chosen or name in chosen):
                started = time.monotonic()
                test()
                print(f"{name} {time.monotonic() - started:.2f} s", flush=True)
        self.done()

    def memory(self):
        """Ends every function in order, and looks for what the sanitizers or valgrind found."""
        for fn in Lambda.all:
            fn.close()
            fn.reader.join(10)
            for number, line in enumerate(fn.logs):
                if any(word in line for word in ("Sanitizer", "runtime error:", "are definitely lost", "Invalid read",
                                                 "Invalid write", "uninitialised")):
                    self.that(False, "memory: " + "\n".join(fn.logs[number:number + 25]))
                    break

    def done(self):
        self.memory()
        print(f"{self.passed} passed, {self.failed} failed", flush=True)
        sys.exit(1 if self.failed else 0)
