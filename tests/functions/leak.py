#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Memory over many invocations of one process: trace ids that change, rows written, events refused, lost connections,
answers that fail. After a beginning the line is flat. Without arguments thousands; --long: 100,000 of each function."""
import json
import sys

from aws_fakes import EventBridge, Queue, SecretsManager
from database import Postgres, insert_outbox, payload
from harness import Checks, Lambda, eventbridge_event, function_environment
from workspace import Workspace

LONG = "--long" in sys.argv
INVOCATIONS = 100000 if LONG else 3000
WARM_UP = 20000 if LONG else 1000  # the heap finds its shape
ALLOWED_KB = 128  # a leak of 44 bytes an invocation in the short run, of 2 in the long one

workspace = Workspace()
postgres = Postgres(workspace)
secrets = SecretsManager(workspace, postgres)
checks = Checks()
EVENT = ("member", "m1")


def resident_kb(pid):
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("RssAnon:"))


def cut_connections():
    postgres.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'app'")


def run(fn, invoke):
    """Calls invoke(number) so often, and looks at the process in between."""
    samples = []
    for number in range(WARM_UP + INVOCATIONS):
        invoke(number)
        if number % 500 == 0:
            fn.logs.clear()
        if number >= WARM_UP and (number - WARM_UP) % (INVOCATIONS // 10) == 0:
            samples.append(resident_kb(fn.pid))
    samples.append(resident_kb(fn.pid))
    print(f"  {INVOCATIONS} invocations, kB: {samples}", flush=True)
    checks.equal(fn.starts, 1, "one process")
    checks.that(max(samples[1:]) - samples[0] <= ALLOWED_KB, f"the line is flat: {samples}")


def test_consumer():
    fn = Lambda(workspace, "audit-consumer", function_environment(postgres, secrets, METRICS_ENVIRONMENT="test"))
    seen = {}

    def invoke(number):
        event = eventbridge_event(payload("member.invited", EVENT, number, data={"user_agent": "x" * (number % 3000)}))
        if number % 5 == 1:
            event["detail"]["occurred_at"] = "yesterday"
        elif number % 5 == 2:
            event["detail"]["data"] = {"ip_address": "unknown", "user_agent": "a\0b" * (number % 100)}
        elif number % 5 == 3:
            event["source"] = "other"
        answer = fn.invoke(event)
        seen[answer["status"]] = seen.get(answer["status"], 0) + 1
        if number % 1000 == 999:
            cut_connections()
    run(fn, invoke)
    checks.that(seen["ok"] > INVOCATIONS / 2 and seen["function-error"] > INVOCATIONS / 10, f"{seen}")


def test_publisher():
    bridge = EventBridge(workspace)
    dead_letters = Queue(workspace)
    fn = Lambda(workspace, "event-publisher", function_environment(
        postgres, secrets, bridge, dead_letters, METRICS_ENVIRONMENT="test", MAX_ATTEMPTS="1"))
    seen = {"published": 0, "failed": 0, "error": 0}

    def invoke(number):
        if number % 50 == 0:
            bridge.received.clear()
            dead_letters.messages.clear()
            dead_letters.requests.clear()
            insert_outbox(postgres, [payload("member.invited", ("member", f"m{i}"), number + i) for i in range(5)])
        bridge.behave = {
            0: lambda entries: [{"ErrorCode": "MalformedDetail", "ErrorMessage": "no"} for _ in entries],
            1: lambda entries: (403, {"__type": "AccessDeniedException"}),
            2: lambda entries: (200, b"garbage"),
        }.get(number // 50 % 4) if number % 50 < 3 else None
        if number % 1000 == 999:
            cut_connections()
        if number % 1000 == 500:
            postgres.sql("TRUNCATE events_outboxevent")
        answer = fn.invoke({})
        if answer["status"] == "ok":
            done = json.loads(answer["body"])
            seen["published"] += done["published"]
            seen["failed"] += done["failed"]
        else:
            seen["error"] += 1
    run(fn, invoke)
    checks.that(all(seen.values()), f"{seen}")


sys.argv = [a for a in sys.argv if not a.startswith("--")]
checks.run(globals())
