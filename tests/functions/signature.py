#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Signature Version 4: what goes over the wire is signed as botocore signs it, for each service, with and without a
session token, over reused connections."""
import json
import re
import urllib.parse
from datetime import datetime, timezone

from aws_fakes import EventBridge, Queue, SecretsManager
from database import Postgres, insert_outbox, payload
from harness import Checks, Lambda, eventbridge_event, function_environment
from workspace import Workspace, skip

try:
    import botocore.auth
    import botocore.awsrequest
    import botocore.credentials
except ImportError:
    skip("botocore is not installed")

workspace = Workspace()
postgres = Postgres(workspace)
secrets = SecretsManager(workspace, postgres)
bridge = EventBridge(workspace)
bridge.keep_requests = True
checks = Checks()


def verify(path, headers, body, service, token):
    """Signs the same request with botocore, at the time that the request says, and compares."""
    found = re.fullmatch(r"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/(\d{8})/us-east-1/(\w+)/aws4_request, ?"
                         r"SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})", headers["Authorization"])
    checks.that(found, f"the form of the header: {headers['Authorization']}")
    if not found:
        return
    checks.equal(found[2], service, "the service")
    signed = found[3].split(";")
    checks.that({"host", "x-amz-date", "x-amz-target", "content-type"} <= set(signed), f"signed headers: {signed}")
    checks.equal("x-amz-security-token" in signed, bool(token), "the token is signed when there is one")
    lower = {k.lower(): v for k, v in headers.items()}
    request = botocore.awsrequest.AWSRequest("POST", f"http://{lower['host']}{path}", data=body,
                                             headers={h: lower[h] for h in signed if h != "host"})
    request.context["timestamp"] = lower["x-amz-date"]
    credentials = botocore.credentials.Credentials("AKIDEXAMPLE", "secret/+=", token)
    signer = botocore.auth.SigV4Auth(credentials, service, "us-east-1")
    canonical = signer.canonical_request(request)
    signature = signer.signature(signer.string_to_sign(request, canonical), request)
    checks.equal(found[4], signature, f"{service}'s signature")
    age = datetime.now(timezone.utc) - datetime.strptime(lower["x-amz-date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc)
    checks.that(abs(age.total_seconds()) < 60, "the time is now")
    checks.that("expect" not in lower, "no Expect header")


def publish(token):
    bridge.requests.clear()
    postgres.sql("TRUNCATE events_outboxevent RESTART IDENTITY")
    insert_outbox(postgres, [payload("member.invited", ("member", f"m{i % 3}"), i, data={"number": i, "text": "é \u2028"})
                             for i in range(12)])
    fn = Lambda(workspace, "event-publisher", function_environment(
        postgres, secrets, bridge, AWS_SESSION_TOKEN=token, CONCURRENT_REQUESTS="1"))
    checks.equal(json.loads(fn.invoke({})["body"])["published"], 12, "published")
    checks.that(len(bridge.requests) >= 4, "several requests over one connection")
    for path, headers, body in bridge.requests:
        verify(path, headers, body, "events", token)


def test_with_a_session_token():
    publish("token+/==")


def test_without_a_session_token():
    publish("")


def test_secrets_manager():
    for token in ("token+/==", ""):
        fake = EventBridge(workspace)  # records any request
        fake.keep_requests = True
        fn = Lambda(workspace, "audit-consumer", function_environment(
            postgres, secrets, AWS_ENDPOINT_URL_SECRETS_MANAGER=fake.url, AWS_SESSION_TOKEN=token))
        fn.invoke(eventbridge_event(payload("member.invited", ("member", "m"), 1)))
        for path, headers, body in fake.requests:
            verify(path, headers, body, "secretsmanager", token)
        checks.equal(len(fake.requests), 1, "one request")


def test_sqs():
    for token in ("token+/==", ""):
        dead_letters = Queue(workspace)
        postgres.sql("TRUNCATE events_outboxevent RESTART IDENTITY")
        insert_outbox(postgres, [payload("member.invited", ("member", f"m{i}"), i, data={"text": "é \u2028"}) for i in range(6)])
        postgres.sql("UPDATE events_outboxevent SET event_type = ''")
        fn = Lambda(workspace, "event-publisher", function_environment(
            postgres, secrets, bridge, dead_letters, AWS_SESSION_TOKEN=token, CONCURRENT_REQUESTS="2"))
        checks.equal(json.loads(fn.invoke({})["body"])["failed"], 6, "given up")
        checks.equal(len(dead_letters.requests), 6, "a request each")
        for path, headers, body in dead_letters.requests:
            verify(path, headers, body, "sqs", token)


checks.run(globals())
