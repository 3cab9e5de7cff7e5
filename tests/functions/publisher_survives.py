#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""event-publisher when things around it break: outages, garbage, deadlines, freezes, lost connections, rotated secrets,
other publishers, wrong settings."""
import json
import random
import re
import signal
import time

from aws_fakes import order_violations
from harness import Lambda
from outbox import bridge, checks, counts, environment, fill, postgres, publisher, reset, rows, secrets, statuses, throttled, \
    workspace
from workspace import wait_until


def test_outage_spends_few_attempts():
    reset()
    fill(500, aggregates=500)
    bridge.behave = lambda entries: (503, b"<html>unavailable</html>")
    result = counts(publisher().invoke({}))
    checks.equal((result["published"], result["retried"], result["batches"]), (0, 100, 1), "it stops after one batch")


def test_garbage():
    answers = [(200, b""), (200, b"not json"), (200, b"[]"), (200, {}), (200, {"Entries": []}),
               (200, {"FailedEntryCount": 0, "Entries": [{}]}), (200, {"Entries": [{"EventId": ""}]}),
               (200, {"Entries": [{"EventId": "a"}, {"EventId": "b"}]}), (200, {"Entries": [None]}),
               (200, {"Entries": {"EventId": "a"}}), (500, {"__type": "InternalException"}), (302, b""), (418, b"\0\xff"),
               (200, b"[" * 100000), (200, b"x" * 2000000)]
    fn = publisher(BACKOFF_BASE_MS="60000")
    for answer in answers:
        reset()
        fill(1)
        bridge.behave = lambda entries: answer
        result = counts(fn.invoke({}))
        checks.equal((result["retried"], result["published"], result["failed"]), (1, 0, 0),
                     f"garbage is tried again: {str(answer)[:60]}")
    checks.equal(fn.starts, 1, "and the process lives on")


def test_refused_as_such():
    reset()
    fill(30, aggregates=30)
    bridge.behave = lambda entries: (400, {"__type": "AccessDeniedException", "Message": "not authorized"})
    result = publisher().invoke({})
    checks.equal(result["status"], "function-error", "the invocation fails")
    checks.that("AccessDeniedException" in result["body"] and "EventBridge.Refused" in result["body"], result["body"])
    checks.equal(postgres.sql("SELECT DISTINCT status, attempts, next_attempt_at IS NULL FROM events_outboxevent"),
                 "pending|0|t", "no event pays for it")


def test_slow_answers_time_out():
    reset()
    fill(1)
    bridge.latency = 1.0
    result = counts(publisher(REQUEST_TIMEOUT_MS="200").invoke({}))
    checks.equal(result["retried"], 1, "a slow answer counts as a failure")
    checks.that("imed out" in rows()[0]["last_error"], rows()[0]["last_error"])


def test_stops_before_the_deadline():
    reset()
    fill(400)
    bridge.latency = 0.02
    result = publisher(timeout_ms=1500).invoke({})
    checks.equal(result["status"], "ok", "it answers in time")
    done = counts(result)
    checks.that(0 < done["published"] < 400, f"part of the work: {done}")
    checks.equal(int(statuses()["published"]), done["published"], "what it did is marked")
    checks.equal(postgres.sql("SELECT count(*) FROM events_outboxevent WHERE status = 'pending' AND"
                              " (attempts > 0 OR next_attempt_at IS NOT NULL)"), "0", "the rest is released")


def test_killed_at_the_deadline():
    reset()
    fill(5)
    bridge.latency = 0.2
    fn = publisher(timeout_ms=600, LEASE_MS="500")
    fn.start({})
    wait_until(lambda: bridge.calls >= 1)
    fn.signal(signal.SIGSTOP)
    checks.equal(fn.result()["status"], "timed-out", "Lambda kills at the deadline")
    bridge.latency = 0.0
    checks.that(wait_until(lambda: fn.invoke({}) and statuses() == {"published": "5"}, 10),
                "the events come back when the lease ends")
    checks.equal(order_violations(bridge.first_arrivals()), 0, "in order")


def test_frozen_past_its_lease():
    reset()
    fill(10)
    bridge.latency = 0.3
    frozen = publisher(timeout_ms=30000, LEASE_MS="1000")
    frozen.start({})
    wait_until(lambda: bridge.calls >= 1)
    frozen.signal(signal.SIGSTOP)
    bridge.latency = 0.0
    time.sleep(1.2)
    other = publisher()
    checks.equal(counts(other.invoke({}))["published"], 10, "another publisher takes over")
    frozen.signal(signal.SIGCONT)
    checks.equal(frozen.result()["status"], "ok", "the frozen one ends in peace")
    checks.equal(statuses(), {"published": "10"}, "all are published")
    checks.equal(postgres.sql("SELECT max(attempts) FROM events_outboxevent"), "2", "its late marks change nothing")
    checks.equal(order_violations(bridge.first_arrivals()), 0, "in order")


def test_frozen_between_invocations():
    reset()
    fn = Lambda(workspace, "event-publisher", environment(), freeze=True)
    for round_number in range(3):
        fill(10, aggregates=10)
        checks.equal(counts(fn.invoke({}))["published"], 10, f"round {round_number}")
        fn.drop_connections()
        postgres.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'event-publisher'")
    checks.equal(fn.starts, 1, "one process survives lost connections on both sides")


def test_connection_cut_during_the_work():
    reset()
    fill(200, aggregates=5)
    bridge.latency = 0.02
    fn = publisher(timeout_ms=20000)
    fn.start({})
    for _ in range(4):
        time.sleep(0.15)
        postgres.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'event-publisher'")
    result = fn.result()  # a connection that is cut while it is tried again fails the invocation, and no more
    checks.that(result["status"] == "ok" or "Database." in result["body"], str(result))
    checks.equal((fn.invoke({})["status"], fn.starts), ("ok", 1), "the same process goes on")
    postgres.sql("UPDATE events_outboxevent SET next_attempt_at = NULL WHERE status = 'pending'")
    fn.invoke({})
    checks.equal(statuses(), {"published": "200"}, "nothing is lost")


def test_database_restarted():
    reset()
    fill(20, aggregates=20)
    fn = publisher()
    checks.equal(counts(fn.invoke({}))["published"], 20, "before")
    postgres.restart()
    fill(20, aggregates=20)
    checks.equal(counts(fn.invoke({}))["published"], 20, "after")
    postgres._stop("fast")
    result = fn.invoke({})
    checks.equal((result["status"], json.loads(result["body"])["errorType"]),
                 ("function-error", "Database.Unavailable"), "while it is down the invocation fails")
    postgres.start()
    checks.equal(fn.invoke({})["status"], "ok", "and recovers")


def test_secret_rotated():
    reset()
    fn = publisher()
    fn.invoke({})
    before = secrets.calls
    postgres.sql("ALTER ROLE app PASSWORD 'rotated'")
    secrets.secret["password"] = "rotated"
    fill(1)
    checks.equal(counts(fn.invoke({}))["published"], 1, "the open connection goes on")
    checks.equal(secrets.calls, before, "without asking for the secret")
    postgres.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'event-publisher'")
    fill(1)
    checks.equal(counts(fn.invoke({}))["published"], 1, "a new connection takes the new secret")
    checks.equal(secrets.calls, before + 1, "fetched once")
    secrets.secret["password"] = "wrong"
    postgres.sql("ALTER ROLE app PASSWORD 'other'")
    postgres.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'event-publisher'")
    result = fn.invoke({})
    checks.that(result["status"] == "function-error" and "28P01" in result["body"], str(result))
    checks.that(not any("rotated" in line or "wrong" in line for line in fn.logs), "no password in the log")
    postgres.sql("ALTER ROLE app PASSWORD 'wrong'")
    checks.equal(fn.invoke({})["status"], "ok", "it recovers by itself")


def test_two_side_by_side():
    reset()
    bridge.latency = 0.01
    fill(1000, aggregates=30)
    pair = [publisher(BATCH_SIZE="20"), publisher(BATCH_SIZE="20")]
    for fn in pair:
        fn.start({})
    published = [counts(fn.result())["published"] for fn in pair]
    for fn in pair:
        published.append(counts(fn.invoke({}))["published"])
    checks.equal(sum(published), 1000, f"together they publish everything once: {published}")
    checks.equal(len(bridge.received), 1000, "no duplicate while nobody dies")
    checks.equal(order_violations(bridge.first_arrivals()), 0, "in order")


def test_contention():
    """Claims that race with claims and releases: rows change between a statement's snapshot and its locks."""
    reset()
    dice = random.Random(7)
    bridge.behave = lambda entries: None if dice.random() < 0.05 else (403, {"__type": "AccessDeniedException"})
    fill(600, aggregates=40)
    several = [publisher(BATCH_SIZE="60", CONCURRENT_REQUESTS="1") for _ in range(6)]
    for _ in range(120):
        for fn in several:
            fn.start({})
        for fn in several:
            fn.result()
    bridge.behave = None
    several[0].invoke({})
    checks.equal(statuses(), {"published": "600"}, "all are published in the end")
    checks.equal(order_violations(bridge.first_arrivals()), 0, "in order")


def test_configuration():
    base = environment()
    for name in ("DATABASE_SECRET_ARN", "RDS_PROXY_HOST", "EVENT_BUS_NAME", "BATCH_SIZE", "MAX_ATTEMPTS"):
        result = Lambda(workspace, "event-publisher", {k: v for k, v in base.items() if k != name}).invoke({})
        checks.equal((result["status"], json.loads(result["body"])["errorType"]),
                     ("init-error", "Configuration.Missing"), name)
        checks.that(name in result["body"], f"{name} is named")
    for name, wrong in (("BATCH_SIZE", "0"), ("BATCH_SIZE", "ten"), ("BATCH_SIZE", "1001"), ("BATCH_SIZE", "9" * 30),
                        ("MAX_ATTEMPTS", "-1"), ("MAX_ATTEMPTS", "1.5"), ("DATABASE_SECRET_ARN", "tango/db"),
                        ("RDS_PROXY_HOST", "host name"), ("RDS_PROXY_HOST", "a,b"), ("EVENT_BUS_NAME", "bus\"name"),
                        ("PUBLISHER_DLQ_URL", "dead-letters"), ("METRICS_ENVIRONMENT", "a\"b"), ("EVENT_MAX_BYTES", "1000")):
        result = Lambda(workspace, "event-publisher", {**base, name: wrong}).invoke({})
        checks.equal((result["status"], json.loads(result["body"])["errorType"]),
                     ("init-error", "Configuration.Invalid"), f"{name}={wrong}")
        checks.that(name in result["body"], f"{name}={wrong} is named")


def test_logs():
    reset()
    fill(1)
    bridge.behave = throttled
    fn = publisher(BACKOFF_BASE_MS="60000")
    result = fn.invoke({})
    entries = [json.loads(line) for line in fn.logs]
    checks.that(entries and all(set(e) == {"timestamp", "level", "message", "requestId"} for e in entries), str(entries))
    checks.that(all(e["requestId"] == result["request_id"] for e in entries), "lines name their request")
    checks.that(all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", e["timestamp"]) for e in entries), "RFC 3339")
    checks.that(any(e["level"] == "WARN" and rows()[0]["event_id"] in e["message"] for e in entries), "the event is named")


checks.run(globals())
