#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Bench of the Lambda functions, ratios in one run: throughput against the straightforward Python publisher (boto3, row
by row) through the same PostgreSQL and an EventBridge with 30 ms of latency; cold start and memory.

Prints a line a figure, "ok" or "MISSED"; exit status 1 when one misses its limit, 77 when something real is missing.
BUILD_DIRECTORY names a release build."""
import json
import os
import pathlib
import statistics
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "functions"))
from aws_fakes import EventBridge, SecretsManager  # noqa: E402
from database import Postgres, insert_outbox, payload  # noqa: E402
from harness import Checks, Lambda, eventbridge_event, function_environment  # noqa: E402
from workspace import BUILD, Workspace, skip  # noqa: E402

LATENCY = 0.030
EVENTS, PYTHON_EVENTS, AGGREGATES = 4000, 100, 500
STATIC = (BUILD / "functions" / "static").exists()
COLD_START_MS, MEMORY_KB = (20, 8 * 1024) if STATIC else (60, 16 * 1024)

# The straightforward version: what one writes first, with the libraries that one takes. Prints its events a second.
PYTHON = '''
import json, os, sys, time
import boto3, psycopg2
from botocore.config import Config
connection = psycopg2.connect(os.environ["DSN"])
events = boto3.client("events", region_name="us-east-1", endpoint_url=os.environ["ENDPOINT"],
                      config=Config(retries={"max_attempts": 3}))
def publish():
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT id, event_type, payload FROM events_outboxevent WHERE status = 'pending' AND"
                       " (next_attempt_at IS NULL OR next_attempt_at <= now()) ORDER BY id LIMIT 100"
                       " FOR UPDATE SKIP LOCKED")
        rows = cursor.fetchall()
        for row_id, event_type, payload in rows:
            answer = events.put_events(Entries=[{"Source": "app.outbox", "DetailType": event_type,
                                                 "Detail": json.dumps(payload), "EventBusName": "tango-events"}])
            if answer["FailedEntryCount"] == 0:
                cursor.execute("UPDATE events_outboxevent SET status = 'published', published_at = now(),"
                               " attempts = attempts + 1 WHERE id = %s", (row_id,))
        return len(rows)
start, count = time.monotonic(), 0
while True:
    published = publish()
    if not published:
        break
    count += published
print(count / (time.monotonic() - start))
'''


def python_with(*modules):
    for program in (sys.executable, "/usr/bin/python3"):
        if subprocess.run([program, "-c", f"import {', '.join(modules)}"], capture_output=True).returncode == 0:
            return program
    skip(f"no python3 has {' and '.join(modules)}")


def fill(postgres, count):
    postgres.sql("TRUNCATE events_outboxevent RESTART IDENTITY")
    insert_outbox(postgres, [payload("member.invited", ("member", f"m{i % AGGREGATES}"), i) for i in range(count)])


def python_rate(program, postgres, bridge):
    fill(postgres, PYTHON_EVENTS)
    dsn = f"host={postgres.folder} port={postgres.port} user=postgres dbname=tango"
    environment = {"DSN": dsn, "ENDPOINT": bridge.url, "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x",
                   "PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
    return float(subprocess.run([program, "-c", PYTHON], env=environment, check=True, capture_output=True, text=True).stdout)


def c_rate(workspace, postgres, secrets, bridge):
    fill(postgres, EVENTS)
    fn = Lambda(workspace, "event-publisher", function_environment(postgres, secrets, bridge), timeout_ms=60000)
    answer = fn.invoke({})
    published = json.loads(answer["body"])["published"]
    if published != EVENTS:
        raise RuntimeError(f"{published} of {EVENTS} events were published: {answer['body']}")
    return published / (answer["init_ms"] + answer["duration_ms"]) * 1000


def evict(folder):
    """Takes the package out of the page cache: the first start on a new machine reads it from the disk."""
    for path in folder.rglob("*"):
        if path.is_file():
            descriptor = os.open(path, os.O_RDONLY)
            os.fsync(descriptor)
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(descriptor)


def cold_start(workspace, postgres, secrets, bridge, name):
    """exec to first request, and the peak of resident memory after an invocation; as packed for Lambda."""
    folder = BUILD / "functions" / name
    starts, memory = [], []
    event = eventbridge_event(payload("member.invited", ("member", "m"), 1))
    for _ in range(11):
        evict(folder)
        fn = Lambda(workspace, name, function_environment(postgres, secrets, bridge), command=[folder / "bootstrap"],
                    task_root=folder)
        answer = fn.invoke(event)
        if answer["status"] != "ok":
            raise RuntimeError(answer["body"])
        starts.append(answer["init_ms"])
        memory.append(answer["max_rss_kb"])
        fn.close()
    return statistics.median(starts), max(memory)


def main():
    checks = Checks()
    program = python_with("boto3", "psycopg2")
    workspace = Workspace()
    postgres = Postgres(workspace)
    secrets, bridge = SecretsManager(workspace, postgres), EventBridge(workspace, latency=LATENCY)

    def figure(name, value, unit, limit, holds):
        checks.that(holds, f"{name}: {value:.1f} {unit}, the limit is {limit} {unit}")
        print(f"{'ok    ' if holds else 'MISSED'} {name}: {value:.1f} {unit} (limit {limit})", flush=True)

    python = python_rate(program, postgres, bridge)
    rate = c_rate(workspace, postgres, secrets, bridge)
    print(f"       Python, row by row: {python:.1f} events a second; event-publisher: {rate:.1f}", flush=True)
    figure("throughput against Python", rate / python, "times", 10, rate >= 10 * python)
    postgres.sql("TRUNCATE events_outboxevent")
    for name in ("event-publisher", "audit-consumer"):
        milliseconds, kilobytes = cold_start(workspace, postgres, secrets, bridge, name)
        figure(f"{name}, cold start", milliseconds, "ms", COLD_START_MS, milliseconds <= COLD_START_MS)
        figure(f"{name}, memory", kilobytes / 1024, "MB", MEMORY_KB / 1024, kilobytes <= MEMORY_KB)
    checks.done()


main()
