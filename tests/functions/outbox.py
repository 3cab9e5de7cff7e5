# SPDX-License-Identifier: MIT
"""What the tests of event-publisher share: a PostgreSQL with TLS, Secrets Manager, a bus and a dead letter queue, and an
outbox that each test fills anew."""
import json

from aws_fakes import EventBridge, Queue, SecretsManager
from database import Postgres, insert_outbox, payload
from harness import Checks, Lambda, function_environment
from workspace import Workspace

workspace = Workspace()
postgres = Postgres(workspace)
secrets = SecretsManager(workspace, postgres)
bridge = EventBridge(workspace)
dead_letters = Queue(workspace)
checks = Checks()


def environment(**changes):
    return function_environment(postgres, secrets, bridge, dead_letters, **changes)


def publisher(timeout_ms=10000, **changes):
    return Lambda(workspace, "event-publisher", environment(**changes), timeout_ms)


def fill(count, aggregates=1, **changes):
    events = [payload("member.invited", ("member", f"m{i % aggregates}"), i, **changes) for i in range(count)]
    insert_outbox(postgres, events)
    return events


def reset():
    postgres.sql("TRUNCATE events_outboxevent RESTART IDENTITY")
    bridge.received.clear()
    bridge.behave, bridge.latency, bridge.calls, bridge.most_concurrent = None, 0.0, 0, 0
    dead_letters.messages.clear()
    dead_letters.behave, dead_letters.calls = None, 0


def counts(result):
    return json.loads(result["body"]) if result["status"] == "ok" else result


def statuses():
    return dict(line.split("|") for line in postgres.sql(
        "SELECT status, count(*) FROM events_outboxevent GROUP BY 1").splitlines())


def rows():
    return postgres.rows("SELECT * FROM events_outboxevent ORDER BY id")


def throttled(entries):
    return [{"ErrorCode": "ThrottlingException", "ErrorMessage": "Rate exceeded"} for _ in entries]


def refuse_number(number, code="MalformedDetail", message="no"):
    """The bus refuses the event that has this number, for good."""
    return lambda entries: [{"ErrorCode": code, "ErrorMessage": message}
                            if json.loads(e["Detail"])["data"]["number"] == number else None for e in entries]
