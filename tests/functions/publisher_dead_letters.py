#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Events that event-publisher gives up: in the outbox, in the dead letter queue, in the metrics."""
import json
import signal

from harness import Lambda
from outbox import bridge, checks, counts, dead_letters, environment, fill, postgres, publisher, refuse_number, reset, rows, \
    statuses, throttled, workspace
from workspace import wait_until


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
    postgres.sql("UPDATE events_outboxevent SET payload = jsonb_build_object('x', repeat('é', 600000)) WHERE id = 3")
    postgres.sql("UPDATE events_outboxevent SET event_type = '' WHERE id = 4")
    fn = publisher()
    result = counts(fn.invoke({}))
    checks.equal((result["failed"], result["published"]), (4, 1), "four cannot be sent")
    checks.equal([r["status"] for r in rows()], ["failed"] * 4 + ["published"], "given up at once")
    checks.that(rows()[2]["last_error"].startswith("OversizedPayload: 1200"), rows()[2]["last_error"])
    checks.that(rows()[0]["last_error"].startswith("MalformedPayload: "), rows()[0]["last_error"])
    checks.that(not any("é" in line for line in fn.logs), "payloads are not logged")


def test_content_that_breaks_the_call():
    reset()
    fill(20, aggregates=20)
    bridge.behave = lambda entries: (400, {"__type": "ValidationException", "message": "bad"}) \
        if any(json.loads(e["Detail"])["data"]["number"] == 7 for e in entries) else None
    result = counts(publisher().invoke({}))
    checks.equal((result["published"], result["failed"]), (19, 1), "only the culprit is given up")
    checks.equal(rows()[7]["status"], "failed", "the culprit")


def test_failed_events_do_not_block():
    reset()
    fill(3)
    postgres.sql("UPDATE events_outboxevent SET status = 'failed' WHERE id = 1")
    checks.equal(counts(publisher().invoke({}))["published"], 2, "a given-up event does not hold its followers")


def test_they_are_sent_to_the_dead_letter_queue():
    reset()
    sent = fill(3)
    bridge.behave = refuse_number(0, "MalformedDetail", "Detail is malformed.")
    fn = publisher()
    checks.equal((counts(fn.invoke({}))["failed"], len(dead_letters.messages)), (1, 1), "one event, one message")
    body, attributes = dead_letters.messages[0]
    checks.equal(body, {
        "event_id": sent[0]["event_id"], "event_type": "member.invited", "aggregate_type": "member", "aggregate_id": "m0",
        "source": "app.outbox", "error": "MalformedDetail: Detail is malformed.", "attempts": 1,
        "payload_bytes": int(postgres.sql("SELECT octet_length(payload::text) FROM events_outboxevent WHERE id = 1")),
        "payload": sent[0]}, "the event with its error")
    checks.equal(attributes, {"ErrorCode": "MalformedDetail", "ErrorMessage": "MalformedDetail: Detail is malformed.",
                              "EventId": sent[0]["event_id"], "EventType": "member.invited"}, "what it is about")
    checks.equal([r["status"] for r in rows()], ["failed", "published", "published"], "and in the outbox")
    checks.equal(counts(fn.invoke({}))["failed"], 0, "nothing more comes of it")
    checks.equal(dead_letters.calls, 1, "sent once")


def test_every_way_to_be_given_up():
    reset()
    fill(5, aggregates=5)
    postgres.sql("UPDATE events_outboxevent SET attempts = 2 WHERE id = 1")
    postgres.sql("UPDATE events_outboxevent SET payload = '[1]' WHERE id = 2")
    postgres.sql("UPDATE events_outboxevent SET payload = jsonb_build_object('x', repeat('y', 3000000)) WHERE id = 3")
    postgres.sql("UPDATE events_outboxevent SET event_type = '' WHERE id = 4")
    bridge.behave = throttled
    checks.equal(counts(publisher(MAX_ATTEMPTS="3").invoke({})), {
        "published": 0, "retried": 1, "failed": 4, "released": 0, "batches": 1}, "four are given up, one is tried again")
    codes = {m[0]["event_id"]: (m[1]["ErrorCode"], m[0]["attempts"]) for m in dead_letters.messages}
    checks.equal([codes.get(r["event_id"]) for r in rows()],
                 [("ThrottlingException", 3), ("MalformedPayload", 1), ("OversizedPayload", 1), ("MalformedEvent", 1), None],
                 "each with its reason")
    oversized = next(m[0] for m in dead_letters.messages if m[1]["ErrorCode"] == "OversizedPayload")
    checks.equal((oversized["payload"], oversized["payload_bytes"]), (None, 3000009), "a payload that no message holds")
    malformed = next(m for m in dead_letters.messages if m[1]["ErrorCode"] == "MalformedEvent")
    checks.equal((malformed[0]["event_type"], malformed[1]["EventType"]), ("", "-"), "an attribute is never empty")


def test_a_queue_that_is_down_loses_nothing():
    for answer in ((503, b"unavailable"), (400, {"__type": "com.amazonaws.sqs#QueueDoesNotExist"}), (200, b"{}"),
                   (403, {"__type": "AccessDenied"}), (400, {"__type": "ThrottlingException"})):
        reset()
        fill(3)
        bridge.behave = refuse_number(0)
        dead_letters.behave = lambda request: answer
        fn = publisher(BACKOFF_BASE_MS="1", MAX_ATTEMPTS="3")
        for attempt in range(1, 6):
            result = counts(fn.invoke({}))
            checks.equal((result["retried"], result["released"], result["failed"]), (1, 2, 0), f"{answer}: {result}")
            checks.equal([(r["status"], r["attempts"]) for r in rows()],
                         [("pending", attempt), ("pending", 0), ("pending", 0)], "it stays, and its followers wait")
            wait_until_due()
        checks.equal(rows()[0]["last_error"], "MalformedDetail: no", "the event's own error")
        checks.that(any("dead letter queue did not take it" in line for line in fn.logs), "the log says why")
        dead_letters.behave = None
        checks.equal((counts(fn.invoke({}))["failed"], statuses()), (1, {"failed": "1", "published": "2"}), "then it ends")
        checks.equal(len(dead_letters.messages), 1, "with one message")
        checks.equal([d["data"]["number"] for d in bridge.first_arrivals()], [1, 2], "the followers come after it")


def wait_until_due():
    wait_until(lambda: postgres.sql("SELECT count(*) FROM events_outboxevent WHERE next_attempt_at > now()") == "0")


def test_killed_between_the_queue_and_the_outbox():
    reset()
    fill(1)
    bridge.behave = refuse_number(0)
    fn = publisher(LEASE_MS="500")
    dead_letters.behave = lambda request: fn.signal(signal.SIGKILL)
    checks.equal(fn.invoke({})["status"], "exited", "it dies when the message has been taken")
    checks.equal((len(dead_letters.messages), statuses()), (1, {"pending": "1"}), "the event is still pending")
    dead_letters.behave = None
    checks.that(wait_until(lambda: fn.invoke({}) and statuses() == {"failed": "1"}, 10), "and given up again")
    checks.equal(len(dead_letters.messages), 2, "at least once")


def test_content_that_the_queue_refuses():
    reset()
    sent = fill(4, aggregates=4)
    postgres.sql("""UPDATE events_outboxevent SET payload = payload || '{"x": "\ufffe \uffff \U0001f600 \u007f"}' WHERE id = 1""")
    postgres.sql("UPDATE events_outboxevent SET payload = payload || jsonb_build_object('x', repeat('y', 1047900)) WHERE id = 2")
    postgres.sql("UPDATE events_outboxevent SET event_type = E'a\ufffe\nb' WHERE id = 3")
    bridge.behave = lambda entries: [{"ErrorCode": "InvalidArgument", "ErrorMessage": "\x01\uffff" + "é" * 200}] * len(entries)
    dead_letters.behave = lambda request: (400, {"__type": "com.amazonaws.sqs#InvalidParameterValue"}) \
        if sent[3]["event_id"] in request["MessageBody"] and '"payload":null' not in request["MessageBody"] else None
    checks.equal((counts(publisher().invoke({}))["failed"], statuses()), (4, {"failed": "4"}), "all are taken")
    messages = {m[0]["event_id"]: m for m in dead_letters.messages}
    first, large, odd, refused = (messages[e["event_id"]][0] for e in sent)
    checks.equal(first["payload"]["x"], "\ufffe \uffff \U0001f600 \x7f", "characters that SQS takes only as escapes")
    checks.that(large["payload"] is None and large["payload_bytes"] > 1047900, "too large with what is around it")
    checks.equal(odd["event_type"], "a\ufffe\nb", "in any field")
    checks.equal(refused["payload"], None, "once more without the payload where that is refused")


def test_errors_are_cut_between_characters():
    for filler in ("", "x"):
        reset()
        fill(1)
        bridge.behave = refuse_number(0, "InternalFailure", filler + "é" * 300)
        checks.equal(counts(publisher(BACKOFF_BASE_MS="60000").invoke({}))["retried"], 1, "its outcome is recorded")
        error = rows()[0]["last_error"]
        checks.that(error.endswith("éé") and 250 <= len(error.encode()) <= 255, error)


def test_without_a_queue():
    reset()
    fill(2)
    bridge.behave = refuse_number(0)
    settings = environment()
    del settings["PUBLISHER_DLQ_URL"]
    fn = Lambda(workspace, "event-publisher", settings)
    checks.equal((counts(fn.invoke({}))["failed"], statuses()), (1, {"failed": "1", "published": "1"}), "it has failed")
    checks.that(any("PUBLISHER_DLQ_URL is not set" in line for line in fn.logs), "the log says what is missing")


def metrics_of(fn):
    found = fn.metrics()
    checks.that(all(m["dimensions"] == [{"Environment": "Tango-Test", "Service": "event-publisher"}] for m in found), str(found))
    fn.logs.clear()
    return [m["values"] for m in found]


def test_metrics():
    reset()
    fn = publisher(METRICS_ENVIRONMENT="Tango-Test", BACKOFF_BASE_MS="60000", AWS_LAMBDA_LOG_LEVEL="ERROR")
    fn.invoke({})
    checks.equal(fn.metrics()[0]["units"], {"EventsPublished": "Count", "EventsRetried": "Count", "EventsFailed": "Count",
                                            "EventsPending": "Count", "OldestPendingAge": "Seconds"}, "units")
    zero = {"EventsPublished": 0, "EventsRetried": 0, "EventsFailed": 0, "EventsPending": 0, "OldestPendingAge": 0}
    checks.equal(metrics_of(fn), [zero], "an empty outbox, whatever the log level is")
    fill(6, aggregates=6)
    postgres.sql("UPDATE events_outboxevent SET created_at = now() - interval '1 hour' WHERE id = 2")
    bridge.behave = lambda entries: [
        {"ErrorCode": {0: "MalformedDetail", 1: "InternalFailure"}[n], "ErrorMessage": "no"} if n < 2 else None
        for n in (json.loads(e["Detail"])["data"]["number"] for e in entries)]
    fn.invoke({})
    values = metrics_of(fn)
    checks.that(len(values) == 1 and 3600 <= values[0].pop("OldestPendingAge") < 3660, f"its age: {values}")
    checks.equal(values, [{"EventsPublished": 4, "EventsRetried": 1, "EventsFailed": 1, "EventsPending": 1}], "one line a run")
    bridge.behave = lambda entries: (400, {"__type": "AccessDeniedException"})
    postgres.sql("UPDATE events_outboxevent SET next_attempt_at = now()")
    checks.equal(fn.invoke({})["status"], "function-error", "a run that fails")
    checks.equal([v["EventsPending"] for v in metrics_of(fn)], [1], "also says what waits")
    postgres._stop("fast")
    fn.invoke({})
    postgres.start()
    checks.equal(metrics_of(fn), [{"EventsPublished": 0, "EventsRetried": 0, "EventsFailed": 0}], "without a database")
    silent = publisher()
    silent.invoke({})
    checks.equal(silent.metrics(), [], "none without an environment")


def test_before_the_migrations():
    reset()
    postgres.sql("ALTER TABLE events_outboxevent RENAME TO not_yet")
    fn = publisher(METRICS_ENVIRONMENT="Tango-Test")
    for _ in range(2):
        checks.equal(counts(fn.invoke({})), {"published": 0, "retried": 0, "failed": 0, "released": 0, "batches": 0},
                     "it succeeds")
    checks.equal(sum("migrations" in line for line in fn.logs), 2, "and says so once a run")
    checks.equal([m["values"]["EventsPending"] for m in fn.metrics()], [0, 0], "nothing waits")
    postgres.sql("ALTER TABLE not_yet RENAME TO events_outboxevent")
    fill(1)
    checks.equal(counts(fn.invoke({}))["published"], 1, "and works when they are there")


checks.run(globals())
