#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""From the outbox to the audit log: rows as Django writes them, the publisher, EventBridge (moto, set up with the AWS
CLI) with the Events stack's rule, the consumer, audit rows."""
import json
import os
import re
import subprocess
import sys

from aws_fakes import SecretsManager
from database import Postgres, insert_outbox, payload
from harness import AUDIT_TYPES, Checks, Lambda, function_environment
from workspace import BUILD, Workspace, free_port, need, skip_without_packages, wait_until

try:
    import boto3
    import moto.server  # noqa: F401
except ImportError:
    skip_without_packages()

workspace = Workspace()
aws = need("aws")
postgres = Postgres(workspace)
secrets = SecretsManager(workspace, postgres)
checks = Checks()
port = free_port()
endpoint = f"http://127.0.0.1:{port}"
environment = {**os.environ, "AWS_ENDPOINT_URL": endpoint, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
               "AWS_DEFAULT_REGION": "us-east-1", "AWS_PAGER": "", "AWS_EC2_METADATA_DISABLED": "true"}
server = subprocess.Popen([sys.executable, "-m", "moto.server", "-p", str(port)], stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL, env=environment)
workspace.on_exit(server.wait)
workspace.on_exit(server.kill)
EVENTS, AGGREGATES = 72, 7  # moto takes its time


def cli(*arguments):
    done = subprocess.run([aws, *arguments, "--output", "json"], env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout or "{}")


def generated_event_types():
    header = (BUILD / "functions" / "generated" / "audit_event_types.h").read_text()
    return re.findall(r'^    "([^"]+)",$', header, re.M)


def set_up():
    sqs = boto3.client("sqs", endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id="test",
                       aws_secret_access_key="test")

    def up():
        try:
            return sqs.list_queues() is not None
        except Exception:
            return False
    if not wait_until(up, 30, 0.1):
        raise RuntimeError("moto's server does not start")
    queue = sqs.create_queue(QueueName="audit")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    dead_letters = sqs.create_queue(QueueName="publisher-dead-letters")["QueueUrl"]
    cli("events", "create-event-bus", "--name", "tango-events")
    pattern = json.dumps({"source": ["app.outbox"], "detail-type": generated_event_types()})
    cli("events", "put-rule", "--name", "audit", "--event-bus-name", "tango-events", "--event-pattern", pattern)
    cli("events", "put-targets", "--rule", "audit", "--event-bus-name", "tango-events", "--targets", f"Id=q,Arn={arn}")
    return sqs, queue, dead_letters


def make_events():
    kinds = [*AUDIT_TYPES, "member.viewed", "invoice.paid"]
    numbers = {}
    for i in range(EVENTS):
        aggregate = f"a{i * 7 % AGGREGATES}"
        numbers[aggregate] = numbers.get(aggregate, -1) + 1
        yield payload(kinds[i % len(kinds)], ("member", aggregate), numbers[aggregate],
                      occurred_at=f"2026-01-02T03:{i // 60:02}:{i % 60:02}+00:00")


def consume(sqs, queue, consumer):
    results = {}
    delivered = []
    while True:
        messages = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", [])
        if not messages:
            return results, delivered
        for message in messages:
            event = json.loads(message["Body"])
            delivered.append(event["detail"])
            for _ in range(2 if len(delivered) % 10 == 0 else 1):  # EventBridge delivers at least once
                answer = consumer.invoke(message["Body"].encode())
                result = json.loads(answer["body"]).get("result", answer["body"])
                results[result] = results.get(result, 0) + 1
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])


def test_end_to_end():
    checks.equal(generated_event_types(), AUDIT_TYPES, "the generated list is the Events stack's, sorted")
    sqs, queue, dead_letters = set_up()
    events = list(make_events())
    insert_outbox(postgres, events)
    hopeless = payload("member.invited", ("member", "hopeless"), 0)
    insert_outbox(postgres, [hopeless])
    postgres.sql(f"UPDATE events_outboxevent SET payload = '[1]' WHERE event_id = '{hopeless['event_id']}'")
    publisher = Lambda(workspace, "event-publisher", function_environment(
        postgres, secrets, EVENT_BUS_NAME="tango-events", BATCH_SIZE="100", MAX_ATTEMPTS="10",
        AWS_ENDPOINT_URL_EVENTBRIDGE=endpoint, AWS_ENDPOINT_URL_SQS=endpoint, PUBLISHER_DLQ_URL=dead_letters,
        LEASE_MS="600000", REQUEST_TIMEOUT_MS="60000", CONCURRENT_REQUESTS="1"), timeout_ms=600000)
    answer = publisher.invoke({})

    checks.equal(json.loads(answer["body"])["published"], EVENTS, f"published: {answer['body']}")
    results, delivered = consume(sqs, queue, Lambda(workspace, "audit-consumer", function_environment(postgres, secrets)))
    worthy = [e for e in events if e["event_type"] in AUDIT_TYPES]
    checks.equal(results, {"inserted": len(worthy), "duplicate": len(worthy) // 10}, "what the consumer did")
    rows = postgres.rows("SELECT * FROM events_auditlog ORDER BY created_at")
    checks.equal([r["event_id"] for r in rows], [e["event_id"] for e in worthy], "every event exactly once, in order")
    checks.equal([(r["action"], r["diff"], r["aggregate_id"]) for r in rows],
                 [(e["event_type"], {"number": e["data"]["number"]}, e["aggregate_id"]) for e in worthy], "their content")
    checks.equal(len(delivered), len(worthy), "the rule lets only audit-worthy events through")
    states = postgres.sql("SELECT status, count(*) FROM events_outboxevent GROUP BY 1 ORDER BY 1")
    checks.equal(states, f"failed|1\npublished|{EVENTS}", "nothing is left in the outbox")
    message, = sqs.receive_message(QueueUrl=dead_letters, MaxNumberOfMessages=10, MessageAttributeNames=["All"])["Messages"]
    checks.equal((json.loads(message["Body"])["event_id"], message["MessageAttributes"]["ErrorCode"]["StringValue"]),
                 (hopeless["event_id"], "MalformedPayload"), "what was given up is in the dead letter queue")


checks.run(globals())
