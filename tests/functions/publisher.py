#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""event-publisher against a real PostgreSQL with TLS and an EventBridge that takes what it should or fails in part: what
it publishes, in which order and sizes, and what waits."""
import json

from aws_fakes import order_violations
from outbox import bridge, checks, counts, fill, postgres, publisher, reset, rows, statuses, throttled
from workspace import instrumented


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


def test_size_limit_splits_calls():
    reset()
    fill(12, aggregates=12)
    postgres.sql("UPDATE events_outboxevent SET payload = payload || jsonb_build_object('x', repeat('y', 400000))")
    checks.equal(counts(publisher().invoke({}))["published"], 12, "large events in several calls")
    checks.equal(bridge.calls, 6, "two of 400 KB fit in a call")
    reset()
    fill(12, aggregates=12)
    postgres.sql("UPDATE events_outboxevent SET payload = payload || jsonb_build_object('x', repeat('y', 100000))")
    checks.equal(counts(publisher(EVENT_MAX_BYTES="262144").invoke({}))["published"], 12, "with a lower limit")
    checks.equal(bridge.calls, 6, "two of 100 KB fit in a call of 256 KB")


def test_exact_size_limit():
    reset()
    fill(1)
    size = int(postgres.sql("SELECT octet_length(payload::text) FROM events_outboxevent"))
    room = 1048576 - len("app.outbox") - len("member.invited") - size - len(', "x": ""')
    postgres.sql(f"UPDATE events_outboxevent SET payload = payload || jsonb_build_object('x', repeat('y', {room}))")
    checks.equal(counts(publisher().invoke({}))["published"], 1, "exactly 1,048,576 bytes")
    reset()
    fill(1)
    postgres.sql(f"UPDATE events_outboxevent SET payload = payload || jsonb_build_object('x', repeat('y', {room + 1}))")
    checks.equal(counts(publisher().invoke({}))["failed"], 1, "one byte more")


def test_a_batch_of_large_events_fits_in_memory():
    reset()
    fill(40, aggregates=20)
    postgres.sql("UPDATE events_outboxevent SET payload = payload || jsonb_build_object('x', repeat('\"', 500000))")
    postgres.sql("UPDATE events_outboxevent SET payload = jsonb_build_object('x', repeat('y', 60000000)) WHERE id = 1")
    result = publisher(timeout_ms=60000).invoke({})
    checks.equal((counts(result)["published"], counts(result)["failed"]), (39, 1), "39 payloads of 1 MB, and one of 60 MB")
    checks.equal(order_violations(bridge.first_arrivals()), 0, "in order")
    if not instrumented():
        checks.that(result["max_rss_kb"] < 100000, f"{result['max_rss_kb']} kB of the function's 128 MB")


def test_deeply_nested_payloads():
    reset()
    fill(2, aggregates=2)
    for number, depth in ((1, 1090), (2, 1200)):
        postgres.sql(f"UPDATE events_outboxevent SET payload = jsonb_build_object('event_id', event_id, 'x',"
                     f" (repeat('[', {depth}) || repeat(']', {depth}))::jsonb) WHERE id = {number}")
    result = counts(publisher().invoke({}))
    checks.equal((result["published"], result["failed"]), (1, 1), "EventBridge takes 1,100 levels")


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


checks.run(globals())
