#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""TLS: the database and AWS's endpoints are verified in full (name and authority), and nothing is sent before that."""
import json
import ssl

from aws_fakes import EventBridge, SecretsManager
from database import Authority, Postgres, insert_outbox, payload
from harness import Checks, Lambda, eventbridge_event, function_environment
from workspace import Workspace, need

workspace = Workspace()
postgres = Postgres(workspace)
secrets = SecretsManager(workspace, postgres)
other = Authority(workspace.path / "other")
checks = Checks()
EVENT = ("member", "m1")


def consume(**changes):
    fn = Lambda(workspace, "audit-consumer", function_environment(postgres, secrets, **changes))
    return fn.invoke(eventbridge_event(payload("member.invited", EVENT, 1)))


def refused(answer, what, *words):
    body = answer["body"]
    checks.that(answer["status"] == "function-error" and "Database.Unavailable" in body and
                any(w in body for w in words), f"{what}: {answer['status']} {body}")


def test_database_with_its_authority():
    checks.equal(consume()["status"], "ok", "the right name and authority")
    ssl_used = postgres.sql("SELECT count(*) FROM events_auditlog")
    checks.equal(ssl_used, "1", "the row is there")


def test_database_wrong_authority():
    refused(consume(PGSSLROOTCERT=str(other.ca)), "another authority", "certificate verify failed")
    refused(consume(PGSSLROOTCERT="/nonexistent.pem"), "no authority file", "does not exist")


def test_database_wrong_name():
    # The server's certificate is for "localhost" only.
    refused(consume(RDS_PROXY_HOST="127.0.0.1"), "another name", "does not match host name", "127.0.0.1")


def test_environment_cannot_weaken_it():
    refused(consume(PGSSLROOTCERT=str(other.ca), PGSSLMODE="require"), "PGSSLMODE", "certificate verify failed")
    refused(consume(RDS_PROXY_HOST="127.0.0.1", PGSSLMODE="disable"), "PGSSLMODE", "does not match host name")


def test_database_without_tls():
    hba = postgres.folder / "data" / "pg_hba.conf"
    hba.write_text("local all all trust\nhost all all all scram-sha-256\n")
    postgres._stop("fast")
    start, postgres.start = postgres.start, None
    options = (f"-k {postgres.folder} -h localhost -p {postgres.port} -c ssl=off -c fsync=off")
    import subprocess
    subprocess.run([*postgres.become, need("pg_ctl"), "-D", str(postgres.folder / "data"), "-l",
                    str(postgres.folder / "log"), "-w", "-o", options, "start"], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    refused(consume(), "a server without TLS", "does not support SSL")
    postgres.start = start
    postgres._stop("fast")
    postgres.start()


def eventbridge(authority):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority.certificate, authority.key)
    return EventBridge(workspace, context=context)


def publish(bridge, **changes):
    postgres.sql("TRUNCATE events_outboxevent RESTART IDENTITY")
    insert_outbox(postgres, [payload("member.invited", EVENT, 1)])
    fn = Lambda(workspace, "event-publisher", function_environment(postgres, secrets, bridge, **changes))
    return json.loads(fn.invoke({})["body"]), postgres.sql("SELECT last_error FROM events_outboxevent")


def test_eventbridge():
    right = eventbridge(postgres.authority)
    ca = str(postgres.authority.ca)
    checks.equal(publish(right, AWS_CA_BUNDLE=ca)[0]["published"], 1, "the right name and authority")
    counts, error = publish(right, AWS_CA_BUNDLE=str(other.ca))
    checks.that(counts["published"] == 0 and counts["retried"] == 1 and "certificate" in error, f"another authority: {error}")
    counts, error = publish(right, AWS_CA_BUNDLE=ca, AWS_ENDPOINT_URL_EVENTBRIDGE=f"https://127.0.0.1:{right.port}")
    checks.that(counts["retried"] == 1 and "127.0.0.1" in error, f"another name: {error}")
    counts, error = publish(right)
    checks.that(counts["retried"] == 1, f"the package's authorities do not know the test's: {error}")
    checks.equal(len(right.received), 1, "nothing else arrived")


checks.run(globals())
