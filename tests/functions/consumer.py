#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""audit-consumer against a real PostgreSQL with TLS: what becomes a row, what is skipped, what is refused."""
import json
import uuid

from aws_fakes import SecretsManager
from database import Postgres, payload
from harness import AUDIT_TYPES, Checks, Lambda, eventbridge_event, function_environment
from workspace import Workspace, wait_until

workspace = Workspace()
postgres = Postgres(workspace)
secrets = SecretsManager(workspace, postgres)
checks = Checks()
consumer = Lambda(workspace, "audit-consumer", function_environment(postgres, secrets, METRICS_ENVIRONMENT="Tango-Test"))
EVENT = ("member", "mbr_1")


def rows():
    return postgres.rows("SELECT * FROM events_auditlog ORDER BY created_at, event_id")


def reset():
    postgres.sql("TRUNCATE events_auditlog")


def result_of(answer):
    return json.loads(answer["body"]).get("result") if answer["status"] == "ok" else answer["body"]


def test_maps_an_event():
    reset()
    event = payload("member.role_changed", EVENT, 7, data={
        "old": "viewer", "new": "admin", "ip_address": "2001:db8::1", "user_agent": "curl/8"})
    checks.equal(result_of(consumer.invoke(eventbridge_event(event))), "inserted", "a new event")
    row = rows()[0]
    uuid.UUID(row.pop("id"))
    checks.equal(row, {
        "event_id": event["event_id"], "action": "member.role_changed", "aggregate_type": "member",
        "aggregate_id": "mbr_1", "organization_id": "org_1", "actor_id": "user_1", "actor_email": "user@example.com",
        "correlation_id": event["correlation_id"], "ip_address": "2001:db8::1", "user_agent": "curl/8",
        "diff": {"old": "viewer", "new": "admin"}, "metadata": {}, "created_at": "2026-01-02T03:04:05.678901+00:00",
    }, "the row")


def test_every_audit_type():
    reset()
    for event_type in AUDIT_TYPES:
        checks.equal(result_of(consumer.invoke(eventbridge_event(payload(event_type, EVENT, 1)))), "inserted", event_type)
    checks.equal(sorted(r["action"] for r in rows()), AUDIT_TYPES, "one row each")


def test_skips_other_types():
    reset()
    for event_type in ("member.viewed", "organization", "", "member.invited ", "Member.invited", "member.invite"):
        checks.equal(result_of(consumer.invoke(eventbridge_event(payload(event_type, EVENT, 1), event_type or "x"))),
                     "skipped", event_type)
    checks.equal(result_of(consumer.invoke({"detail-type": "Scheduled Event", "detail": []})), "skipped", "no detail of ours")
    checks.equal(rows(), [], "no row")


def test_exactly_once():
    reset()
    event = eventbridge_event(payload("member.invited", EVENT, 1))
    checks.equal([result_of(consumer.invoke(event)) for _ in range(3)], ["inserted", "duplicate", "duplicate"], "repeated")
    others = [Lambda(workspace, "audit-consumer", function_environment(postgres, secrets)) for _ in range(4)]
    for _ in range(20):
        event = eventbridge_event(payload("member.invited", EVENT, 1))
        for fn in others:
            fn.start(event)
        results = sorted(result_of(fn.result()) for fn in others)
        checks.equal(results, ["duplicate"] * 3 + ["inserted"], "at the same time")
    checks.equal(len(rows()), 21, "one row an event")


def test_absent_values():
    reset()
    cases = [
        ({"actor": None}, {"actor_id": "system", "actor_email": ""}),
        ({"actor": {}}, {"actor_id": "system", "actor_email": ""}),
        ({"actor": {"id": None, "email": None}}, {"actor_id": "system", "actor_email": ""}),
        ({"actor": {"id": "", "email": "a@b"}}, {"actor_id": "system", "actor_email": "a@b"}),
        ({"actor": "DELETE"}, {"actor_id": "system"}),
        ({"correlation_id": None}, {"correlation_id": None}),
        ({"organization_id": None}, {"organization_id": ""}),
        ({"data": {}}, {"diff": {}, "ip_address": None, "user_agent": ""}),
        ({"data": None}, {"diff": {}, "ip_address": None, "user_agent": ""}),
        ({"data": "DELETE"}, {"diff": {}}),
        ({"data": {"ip_address": None, "user_agent": None, "a": None}}, {"diff": {"a": None}, "ip_address": None}),
        ({"data": {"ip_address": "", "x": {"ip_address": "kept"}}}, {"diff": {"x": {"ip_address": "kept"}}}),
        ({"occurred_at": "2026-01-02T03:04:05Z"}, {"created_at": "2026-01-02T03:04:05+00:00"}),
        ({"occurred_at": "2026-01-02T03:04:05-05:30"}, {"created_at": "2026-01-02T08:34:05+00:00"}),
        ({"unknown": {"more": [1]}}, {}),
    ]
    for changes, expected in cases:
        reset()
        event = payload("member.invited", EVENT, 1, **changes)
        for key in [k for k, v in event.items() if v == "DELETE"]:
            del event[key]
        checks.equal(result_of(consumer.invoke(eventbridge_event(event))), "inserted", str(changes))
        row = rows()[0]
        checks.equal({k: row[k] for k in expected}, expected, str(changes))


def test_text_and_numbers_survive():
    reset()
    data = {"text": "é\u2028\U0001f600\\\"'\n\t\x01 $1 %s; DROP TABLE x", "deep": [[[{"a": [True, False, None]}]]]}
    event = json.dumps(eventbridge_event(payload("member.invited", EVENT, 1, data=data)))
    event = event.replace('"text":', '"big": 123456789012345678901234567890, "exact": 0.10, "small": 1e-30, "text":')
    checks.equal(result_of(consumer.invoke(event.encode())), "inserted", "any text")
    kept = rows()[0]["diff"]
    checks.equal((kept["text"], kept["deep"]), (data["text"], data["deep"]), "text as it was")
    checks.equal(postgres.sql("SELECT diff->>'big', diff->>'exact' FROM events_auditlog"),
                 "123456789012345678901234567890|0.10", "numbers keep every digit")
    escaped = event.replace('"member.invited"', '"member\\u002einvited"').replace("detail-type", "detail\\u002dtype")
    reset()
    checks.equal(result_of(consumer.invoke(escaped.encode())), "inserted", "escapes in names and values mean the same")


def test_limits():
    for field, longest in (("aggregate_type", 50), ("aggregate_id", 100)):
        reset()
        fits = eventbridge_event(payload("member.invited", EVENT, 1, **{field: "é" * longest}))
        checks.equal(result_of(consumer.invoke(fits)), "inserted", f"{field} of {longest} characters")
        over = consumer.invoke(eventbridge_event(payload("member.invited", EVENT, 1, **{field: "é" * (longest + 1)})))
        checks.that(over["status"] == "function-error" and field in over["body"], f"{field} is too long: {over['body']}")
    agent = {"user_agent": "a" * 100000}
    checks.equal(result_of(consumer.invoke(eventbridge_event(payload("member.invited", EVENT, 1, data=agent)))),
                 "inserted", "user_agent has no limit")


def malformed_events():
    good = payload("member.invited", EVENT, 1)
    yield b"", "not JSON"
    yield b"{", "not JSON"
    yield b"null", "detail type"
    yield b'"text"', "detail type"
    yield b"[]", "detail type"
    yield b"{}", "detail type"
    yield {"detail-type": 5, "detail": good}, "detail type"
    source = {"source": "app.outbox", "detail-type": "member.invited"}
    yield source, "detail"
    yield {**source, "detail": "text"}, "detail"
    yield {**source, "detail": json.dumps(good)}, "detail"
    yield eventbridge_event(good, "member.joined"), "event_type"
    yield b'{"detail-type":"member.invited","detail":' + b"[" * 5000 + b"]" * 5000 + b"}", "not JSON"
    yield json.dumps(eventbridge_event(good)).encode() + b"x", "not JSON"
    yield json.dumps(eventbridge_event(good)).encode().replace(b"org_1", b"org_\xff"), "not JSON"
    for field in ("event_id", "aggregate_type", "aggregate_id", "occurred_at", "event_type"):
        for value in ("DELETE", None, "", 5, {}, [], True):
            event = dict(good)
            if value == "DELETE":
                del event[field]
            else:
                event[field] = value
            yield eventbridge_event(event, "member.invited"), field
    for field, values in {
        "event_id": ["x", "123", "550e8400-e29b-41d4-a716-44665544000", "550e8400-e29b-41d4-a716-4466554400000",
                     "550e8400e29b41d4a716446655440000", "550e8400-e29b-41d4-a716-44665544000g"],
        "occurred_at": ["yesterday", "now", "infinity", "2026-01-02", "2026-01-02 03:04:05Z", "2026-01-02T03:04:05",
                        "2026-01-02T03:04:05.Z", "2026-13-02T03:04:05Z", "2026-02-30T03:04:05Z", "2026-01-02T25:04:05Z",
                        "2026-01-02T03:04:05+99:99", "2026-01-02T03:04:05Zx", 1767323045],
    }.items():
        for value in values:
            yield eventbridge_event(dict(good, **{field: value})), ""
    yield eventbridge_event(dict(good, aggregate_id="a\u0000b")), "aggregate_id"
    yield json.dumps(eventbridge_event(good)).replace('"mbr_1"', '"\\ud800"').encode(), "aggregate_id"


def unfit_events():
    """Changes to an event, and what its row then has: what a client can send keeps no row out of the log."""
    for address in ("unknown", "1.2.3", "1.2.3.4.5", "999.1.1.1", "::g", "203.0.113.9, 10.0.0.1", "203.0.113.9:4711", "fe80::1%eth0",
                    "1.2.3.4/24", " 1.2.3.4", "a" * 5000, "' OR 1=1 --", 5, True, ["::1"], {"a": None}):
        yield {"data": {"ip_address": address, "x": 1}}, {"ip_address": None, "diff": {"x": 1}}, {"data.ip_address": address}
    yield {"data": {"ip_address": "1\u0000"}}, {"ip_address": None}, {"data.ip_address": "1\\u0000"}
    yield {"data": {"user_agent": "a\u0000b"}}, {"user_agent": "a\\u0000b"}, {"data.user_agent": "a\\u0000b"}
    yield {"data": {"user_agent": "\ud800"}}, {"user_agent": "\\ud800"}, {"data.user_agent": "\\ud800"}
    yield {"data": {"user_agent": 5}}, {"user_agent": "5"}, {"data.user_agent": 5}
    yield {"data": {"user_agent": ["a", {}]}}, {"user_agent": '["a", {}]'}, {"data.user_agent": ["a", {}]}
    for odd in ("x", "550e8400e29b41d4a716446655440000", 5, {}, "550e8400-e29b-41d4-a716-44665544000\u0000"):
        shown = odd.replace("\0", "\\u0000") if isinstance(odd, str) else odd
        yield {"correlation_id": odd}, {"correlation_id": None}, {"correlation_id": shown}
    long = "é" * 101
    yield {"organization_id": long}, {"organization_id": long[:100]}, {"organization_id": long}
    yield {"organization_id": 5}, {"organization_id": "5"}, {"organization_id": 5}
    yield {"actor": {"id": long, "email": "x" * 255}}, {"actor_id": long[:100], "actor_email": "x" * 254}, \
        {"actor.id": long, "actor.email": "x" * 255}
    yield {"actor": {"id": 5, "email": []}}, {"actor_id": "5", "actor_email": "[]"}, {"actor.id": 5, "actor.email": []}
    for data in (5, "x", [], True, "a\u0000"):
        shown = data.replace("\0", "\\u0000") if isinstance(data, str) else data
        yield {"data": data}, {"diff": {}, "ip_address": None, "user_agent": ""}, {"data": shown}


def test_unfit_values_are_remarked():
    for changes, expected, unfit in unfit_events():
        reset()
        event = payload("member.invited", EVENT, 1, **changes)
        checks.equal(result_of(consumer.invoke(eventbridge_event(event))), "inserted", str(changes)[:200])
        row = (rows() or [{}])[0]
        checks.equal({k: row.get(k) for k in expected}, expected, f"{str(changes)[:100]}: the columns")
        checks.equal(row.get("metadata", {}).get("unfit"), unfit, f"{str(changes)[:100]}: the remarks")


def test_characters_that_cannot_be_stored():
    reset()
    data = {"x": "a\u0000b", "\u0000": ["\ud800", "\udc00\ud800", "\U0001f600"], "ip_address": "203.0.113.9"}
    checks.equal(result_of(consumer.invoke(eventbridge_event(payload("member.invited", EVENT, 1, data=data)))), "inserted",
                 "in the data")
    row = rows()[0]
    checks.equal(row["diff"], {"x": "a\\u0000b", "\\u0000": ["\\ud800", "\\udc00\\ud800", "\U0001f600"]}, "shown as escapes")
    checks.equal((row["metadata"], row["ip_address"]), ({"escaped": ["data"]}, "203.0.113.9"), "and remarked")


def test_json_that_the_database_refuses():
    reset()
    event = json.dumps(eventbridge_event(payload("member.invited", EVENT, 1, data={"user_agent": 5, "x": "BIG"})))
    event = event.replace('"BIG"', "1e999999")
    checks.equal(result_of(consumer.invoke(event.encode())), "inserted", "a number beyond PostgreSQL's range")
    row = rows()[0]
    checks.equal((row["diff"], row["metadata"]), (
        {}, {"unfit": {"data.user_agent": 5, "data": '{"user_agent": 5, "x": 1e999999}'}}), "is kept as a string")


def test_large_and_deep_events():
    reset()
    agent = payload("member.invited", EVENT, 1, data={"user_agent": "é" * 500000, "ip_address": "x" * 20000})
    checks.equal(result_of(consumer.invoke(eventbridge_event(agent))), "inserted", "one megabyte")
    checks.equal(len(rows()[0]["user_agent"]), 500000, "whole")
    reset()
    event = json.dumps(eventbridge_event(payload("member.invited", EVENT, 1, data={"deep": "DEEP"})))
    event = event.replace('"DEEP"', "[" * 1090 + "]" * 1090)
    checks.equal(result_of(consumer.invoke(event.encode())), "inserted", "as deep as EventBridge takes it")


def test_other_sources():
    reset()
    event = eventbridge_event(payload("member.invited", EVENT, 1))
    for source in ("other", "app.outbox ", "APP.OUTBOX", "app.outbox.x", "", None, 5):
        consumer.logs.clear()
        checks.equal(result_of(consumer.invoke({**event, "source": source})), "skipped", f"{source!r} is not trusted")
        checks.that(wait_until(lambda: any('"WARN"' in line and "app.outbox" in line for line in consumer.logs), 5), "the log says so")
    del event["source"]
    checks.equal((result_of(consumer.invoke(event)), rows()), ("skipped", []), "nor none")
    other = Lambda(workspace, "audit-consumer", function_environment(postgres, secrets, AUDIT_EVENT_SOURCE="my.source"))
    checks.equal([result_of(other.invoke({**event, "source": s})) for s in ("app.outbox", "my.source")], ["skipped", "inserted"],
                 "another one can be set")


def test_metrics():
    reset()
    consumer.logs.clear()
    event = eventbridge_event(payload("member.invited", EVENT, 1))
    for sent in (event, event, {"detail-type": "x"}, {**event, "source": "other"}, b"{"):
        consumer.invoke(sent)
    postgres._stop("fast")
    checks.equal(consumer.invoke(event)["status"], "function-error", "an invocation that will be tried again counts as nothing")
    postgres.start()
    found = consumer.metrics()
    checks.that(all(m["dimensions"] == [{"Environment": "Tango-Test", "Service": "audit-consumer"}] and
                    set(m["units"].values()) == {"Count"} for m in found), str(found))
    names = ("EventsWritten", "EventsDuplicate", "EventsSkipped", "EventsRejected")
    checks.equal([[m["values"][n] for n in names] for m in found],
                 [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 1, 0], [0, 0, 0, 1]], "one line an invocation")


def test_malformed_events_are_refused():
    reset()
    for event, named in malformed_events():
        answer = consumer.invoke(event)
        text = str(event)[:150]
        checks.equal(answer["status"], "function-error", text)
        if answer["status"] == "function-error":
            error = json.loads(answer["body"])
            checks.equal(error["errorType"], "Event.Malformed", f"{text}: {error}")
            checks.that(named in error["errorMessage"], f"{named} is named: {error}")
    checks.equal(rows(), [], "nothing was written")
    checks.equal(consumer.starts, 1, "one process stood it all")


def test_repeated_member_names():
    reset()
    first, last = str(uuid.uuid4()), str(uuid.uuid4())
    event = json.dumps(eventbridge_event(payload("member.invited", EVENT, 1, event_id=last)))
    event = event.replace('"detail": {', f'"detail": {{"event_id": "{first}", ')
    checks.equal(result_of(consumer.invoke(event.encode())), "inserted", "a name that comes twice")
    checks.equal(rows()[0]["event_id"], last, "the last one counts, as in PostgreSQL")


def test_database_down():
    reset()
    event = eventbridge_event(payload("member.invited", EVENT, 1))
    postgres._stop("fast")
    answer = consumer.invoke(event)
    checks.equal((answer["status"], json.loads(answer["body"])["errorType"]),
                 ("function-error", "Database.Unavailable"), "it fails, so that Lambda tries again")
    postgres.start()
    checks.equal(result_of(consumer.invoke(event)), "inserted", "and works afterwards")


def test_logs_hold_no_data():
    checks.that(consumer.logs and not any("mbr_1" in line or "example.com" in line or "203.0.113" in line
                                          for line in consumer.logs), "no payload in the log")


def test_configuration():
    base = function_environment(postgres, secrets)
    for name in ("DATABASE_SECRET_ARN", "RDS_PROXY_HOST"):
        answer = Lambda(workspace, "audit-consumer", {k: v for k, v in base.items() if k != name}).invoke({})
        checks.that(answer["status"] == "init-error" and name in answer["body"], f"{name}: {answer}")


checks.run(globals())
