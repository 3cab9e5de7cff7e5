#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""event-publisher against a real PostgreSQL with TLS and an EventBridge that throttles, fails in part, is slow, or
answers with garbage: what it publishes, what it leaves in the outbox, and in which order."""
import json
import random
import re
import signal
import time

from aws_fakes import EventBridge, SecretsManager, order_violations
from database import Postgres, insert_outbox, payload
from harness import Checks, Lambda, function_environment
from workspace import Workspace, wait_until

workspace = Workspace()
postgres = Postgres(workspace)
secrets = SecretsManager(workspace, postgres)
bridge = EventBridge(workspace)
checks = Checks()


def publisher(timeout_ms=10000, **changes):
    return Lambda(workspace, "event-publisher", function_environment(postgres, secrets, bridge, **changes), timeout_ms)


def fill(count, aggregates=1, **changes):
    events = [payload("member.invited", ("member", f"m{i % aggregates}"), i, **changes) for i in range(count)]
    insert_outbox(postgres, events)
    return events


def reset():
    postgres.sql("TRUNCATE events_outboxevent RESTART IDENTITY")
    bridge.received.clear()
    bridge.behave, bridge.latency, bridge.calls, bridge.most_concurrent = None, 0.0, 0, 0


def counts(result):
    return json.loads(result["body"]) if result["status"] == "ok" else result


def statuses():
    return dict(line.split("|") for line in postgres.sql(
        "SELECT status, count(*) FROM events_outboxevent GROUP BY 1").splitlines())


def rows():
    return postgres.rows("SELECT * FROM events_outboxevent ORDER BY id")


def throttled(entries):
    return [{"ErrorCode": "ThrottlingException", "ErrorMessage": "Rate exceeded"} for _ in entries]


def test_publishes_everything_in_order():
    reset()
    bridge.latency = 0.005
    sent = fill(570, aggregates=40)
    result = counts(publisher().invoke({}))
    checks.equal(result["published"], 570, "all are published")
    checks.equal(statuses(), {"published": "570"}, "all are marked")
    checks.equal(sorted(i for i, _, _ in bridge.received), sorted(e["event_id"] for e in sent), "each once")
    checks.equal(order_violations(bridge.first_arrivals()), 0, "in order within each aggregate")
    checks.that(1 < bridge.most_concurrent <= 8, f"several calls at once ({bridge.most_concurrent})")
    checks.equal(postgres.sql("SELECT bool_and(published_at IS NOT NULL), bool_and(next_attempt_at IS NULL),"
                              " max(attempts) FROM events_outboxevent"), "t|t|1", "published rows")
    by_id = {e["event_id"]: e for e in sent}
    checks.that(all(by_id[i] == detail and kind == detail["event_type"] for i, detail, kind in bridge.received),
                "the detail is the payload, the detail type the event type")


def test_empty_outbox():
    reset()
    checks.equal(counts(publisher().invoke({})),
                 {"published": 0, "retried": 0, "failed": 0, "released": 0, "batches": 0}, "nothing to do")


def test_one_aggregate_goes_one_by_one():
    reset()
    fill(30)
    result = counts(publisher().invoke({}))
    checks.equal((result["published"], bridge.calls, bridge.most_concurrent), (30, 30, 1), "one event a call")
    checks.equal(order_violations(bridge.first_arrivals()), 0, "in order")


def test_not_due_is_left_alone():
    reset()
    fill(4, aggregates=2)
    postgres.sql("UPDATE events_outboxevent SET next_attempt_at = now() + interval '1 hour' WHERE id = 1")
    checks.equal(counts(publisher().invoke({}))["published"], 2, "only the other aggregate's events")
    checks.equal([r["status"] for r in rows()], ["pending", "published", "pending", "published"],
                 "an event that is not due holds its followers")


def test_gap_in_the_middle():
    reset()
    fill(4)
    postgres.sql("UPDATE events_outboxevent SET next_attempt_at = now() + interval '1 hour' WHERE id = 3")
    checks.equal(counts(publisher().invoke({}))["published"], 2, "up to the event that is not due")
    checks.equal([r["status"] for r in rows()], ["published", "published", "pending", "pending"], "no overtaking")


def test_failed_events_do_not_block():
    reset()
    fill(3)
    postgres.sql("UPDATE events_outboxevent SET status = 'failed' WHERE id = 1")
    checks.equal(counts(publisher().invoke({}))["published"], 2, "a given-up event does not hold its followers")


def test_partial_failure():
    reset()
    fill(20, aggregates=10)
    bridge.behave = lambda entries: [
        {"ErrorCode": "InternalFailure", "ErrorMessage": "try again"} if json.loads(e["Detail"])["data"]["number"] == 3
        else None for e in entries]
    result = counts(publisher(BACKOFF_BASE_MS="60000").invoke({}))
    checks.equal((result["published"], result["retried"], result["released"]), (18, 1, 1), "one fails, its follower waits")
    failed, follower = rows()[3], rows()[13]
    checks.equal((failed["status"], failed["attempts"], failed["last_error"]),
                 ("pending", 1, "InternalFailure: try again"), "the failed one")
    checks.equal((follower["status"], follower["attempts"]), ("pending", 0), "the follower's attempt is given back")
    wait = float(postgres.sql("SELECT extract(epoch FROM next_attempt_at - now()) FROM events_outboxevent WHERE id = 4"))
    checks.that(25 < wait <= 60, f"backoff with jitter: {wait} s")
    bridge.behave = None
    checks.equal(counts(publisher().invoke({}))["published"], 0, "it waits for its time")
    postgres.sql("UPDATE events_outboxevent SET next_attempt_at = now() WHERE id = 4")
    checks.equal(counts(publisher().invoke({}))["published"], 2, "then both are published")
    checks.equal(order_violations(bridge.first_arrivals()), 0, "in order")


def test_backoff_grows_and_is_capped():
    reset()
    bridge.behave = throttled
    fn = publisher(BACKOFF_BASE_MS="1000", BACKOFF_CAP_MS="5000", MAX_ATTEMPTS="100")
    for attempts, least, most in ((0, 0.5, 1), (1, 1, 2), (2, 2, 4), (3, 2.5, 5), (60, 2.5, 5)):
        reset()
        bridge.behave = throttled
        fill(1)
        postgres.sql(f"UPDATE events_outboxevent SET attempts = {attempts}")
        fn.invoke({})
        wait = float(postgres.sql("SELECT extract(epoch FROM next_attempt_at - clock_timestamp()) FROM events_outboxevent"))
        checks.that(least - 0.5 < wait <= most, f"after attempt {attempts + 1}: {wait} s")


def test_gives_up_after_max_attempts():
    reset()
    fill(2)
    bridge.behave = throttled
    postgres.sql("UPDATE events_outboxevent SET attempts = 2 WHERE id = 1")
    result = counts(publisher(MAX_ATTEMPTS="3").invoke({}))
    checks.equal(result["failed"], 1, "the last attempt was spent")
    first, second = rows()
    checks.equal((first["status"], first["attempts"], first["last_error"]),
                 ("failed", 3, "ThrottlingException: Rate exceeded"), "given up, the error kept")
    checks.equal((second["status"]), "pending", "its follower stays")


def test_permanent_errors_fail_at_once():
    for code in ("MalformedDetail", "InvalidArgument", "AccessDeniedException", "NotAuthorizedForDetailTypeException"):
        reset()
        fill(3)
        bridge.behave = lambda entries: [
            {"ErrorCode": code, "ErrorMessage": "no"} if json.loads(e["Detail"])["data"]["number"] == 0 else None
            for e in entries]
        result = counts(publisher().invoke({}))
        checks.equal((result["failed"], result["published"]), (1, 2), f"{code}: failed at once, the others go on")
        checks.equal((rows()[0]["status"], rows()[0]["attempts"]), ("failed", 1), code)


def test_malformed_and_oversized_payloads():
    reset()
    fill(5, aggregates=5)
    postgres.sql("UPDATE events_outboxevent SET payload = '[1]' WHERE id = 1")
    postgres.sql("UPDATE events_outboxevent SET payload = '\"text\"' WHERE id = 2")
    postgres.sql("UPDATE events_outboxevent SET payload = jsonb_build_object('x', repeat('é', 140000)) WHERE id = 3")
    postgres.sql("UPDATE events_outboxevent SET event_type = '' WHERE id = 4")
    fn = publisher()
    result = counts(fn.invoke({}))
    checks.equal((result["failed"], result["published"]), (4, 1), "four cannot be sent")
    checks.equal([r["status"] for r in rows()], ["failed"] * 4 + ["published"], "given up at once")
    checks.that("oversized payload: 280" in rows()[2]["last_error"], rows()[2]["last_error"])
    checks.that("malformed" in rows()[0]["last_error"], rows()[0]["last_error"])
    checks.that(not any("é" in line for line in fn.logs), "payloads are not logged")


def test_size_limit_splits_calls():
    reset()
    fill(12, aggregates=12)
    postgres.sql("UPDATE events_outboxevent SET payload = payload || jsonb_build_object('x', repeat('y', 100000))")
    checks.equal(counts(publisher().invoke({}))["published"], 12, "large events in several calls")
    checks.equal(bridge.calls, 6, "two of 100 KB fit in a call")


def test_exact_size_limit():
    reset()
    fill(1)
    size = int(postgres.sql("SELECT octet_length(payload::text) FROM events_outboxevent"))
    room = 262144 - len("app.outbox") - len("member.invited") - size - len(', "x": ""')
    postgres.sql(f"UPDATE events_outboxevent SET payload = payload || jsonb_build_object('x', repeat('y', {room}))")
    checks.equal(counts(publisher().invoke({}))["published"], 1, "exactly 262,144 bytes")
    reset()
    fill(1)
    postgres.sql(f"UPDATE events_outboxevent SET payload = payload || jsonb_build_object('x', repeat('y', {room + 1}))")
    checks.equal(counts(publisher().invoke({}))["failed"], 1, "one byte more")


def test_text_survives():
    reset()
    data = {"number": 0, "text": "é\u2028\U0001f600\\\"\n\t\u0001 </script>", "big": 12345678901234567890123, "float": 0.1}
    fill(1, data=data)
    publisher().invoke({})
    checks.equal(bridge.received[0][1]["data"], data, "any text and number arrives as it was")


def test_throttled_calls():
    reset()
    fill(300, aggregates=300)
    seen = {"calls": 0}

    def behave(entries):
        seen["calls"] += 1
        return (400, {"__type": "com.amazonaws.events#ThrottlingException", "message": "Rate exceeded"}) \
            if seen["calls"] % 2 else None
    bridge.behave = behave
    result = counts(publisher(BACKOFF_BASE_MS="60000").invoke({}))
    checks.equal(result["published"] + result["retried"], 300, "half of the calls are throttled")
    checks.that(result["retried"] >= 100, f"retried: {result['retried']}")
    checks.equal(int(statuses()["published"]), len(bridge.received), "what arrived is what is marked")


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


def test_content_that_breaks_the_call():
    reset()
    fill(20, aggregates=20)
    bridge.behave = lambda entries: (400, {"__type": "ValidationException", "message": "bad"}) \
        if any(json.loads(e["Detail"])["data"]["number"] == 7 for e in entries) else None
    result = counts(publisher().invoke({}))
    checks.equal((result["published"], result["failed"]), (19, 1), "only the culprit is given up")
    checks.equal(rows()[7]["status"], "failed", "the culprit")


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
    fn = Lambda(workspace, "event-publisher", function_environment(postgres, secrets, bridge), freeze=True)
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
    base = function_environment(postgres, secrets, bridge)
    for name in ("DATABASE_SECRET_ARN", "RDS_PROXY_HOST", "EVENT_BUS_NAME", "BATCH_SIZE", "MAX_ATTEMPTS"):
        result = Lambda(workspace, "event-publisher", {k: v for k, v in base.items() if k != name}).invoke({})
        checks.equal((result["status"], json.loads(result["body"])["errorType"]),
                     ("init-error", "Configuration.Missing"), name)
        checks.that(name in result["body"], f"{name} is named")
    for name, wrong in (("BATCH_SIZE", "0"), ("BATCH_SIZE", "ten"), ("BATCH_SIZE", "1001"), ("BATCH_SIZE", "9" * 30),
                        ("MAX_ATTEMPTS", "-1"), ("MAX_ATTEMPTS", "1.5"), ("DATABASE_SECRET_ARN", "tango/db"),
                        ("RDS_PROXY_HOST", "host name"), ("RDS_PROXY_HOST", "a,b"), ("EVENT_BUS_NAME", "bus\"name")):
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
