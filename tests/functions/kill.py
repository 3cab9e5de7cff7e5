#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Publishers and consumers that are killed (SIGKILL) at random instructions, side by side, while everything around
them misbehaves: no event may be lost, none may be twice in the audit table, and within an aggregate each event first
arrives after its predecessor. Without arguments a short run; --long: 4 publishers, 20,000 events, 200 kills."""
import queue
import random
import signal
import sys
import threading
import time

from aws_fakes import EventBridge, SecretsManager, order_violations
from database import Postgres, insert_outbox, payload
from harness import Checks, Lambda, eventbridge_event, function_environment
from workspace import Workspace, wait_until

LONG = "--long" in sys.argv
EVENTS, KILLS, PUBLISHERS, AGGREGATES = (20000, 200, 4, 200) if LONG else (2000, 25, 4, 50)
SEED = int(next((a.split("=")[1] for a in sys.argv if a.startswith("--seed=")), time.time_ns() % 1000000))

workspace = Workspace()
postgres = Postgres(workspace)
secrets = SecretsManager(workspace, postgres)
checks = Checks()


class Numbers:
    """Numbers the events of each aggregate in the order in which they enter the outbox."""

    def __init__(self):
        self.next = {}

    def make(self, count, dice):
        events = []
        for _ in range(count):
            # A few busy aggregates and many quiet ones.
            aggregate = f"a{min(dice.randrange(AGGREGATES), dice.randrange(AGGREGATES))}"
            number = self.next.get(aggregate, 0)
            self.next[aggregate] = number + 1
            events.append(payload("member.invited", ("member", aggregate), number))
        return events


class Run:
    def __init__(self, behave=None, latency=0.004):
        postgres.sql("TRUNCATE events_outboxevent RESTART IDENTITY; TRUNCATE events_auditlog")
        self.dice = random.Random(SEED)
        self.bridge = EventBridge(workspace, latency=latency, behave=behave)
        self.lock = threading.Lock()
        self.kills = {"publisher": 0, "consumer": 0}
        self.wanted_kills = 0
        self.statuses = {}
        self.sent = 0
        self.stop = False
        self.deliveries = queue.Queue()

    def killed(self, kind):
        with self.lock:
            self.kills[kind] += 1

    def publish(self, seed):
        """Invokes a publisher again and again, and kills it now and then."""
        dice = random.Random(seed)
        fn = Lambda(workspace, "event-publisher", function_environment(
            postgres, secrets, self.bridge, LEASE_MS="700", BACKOFF_BASE_MS="20", BACKOFF_CAP_MS="200",
            MAX_ATTEMPTS="1000", REQUEST_TIMEOUT_MS="400", BATCH_SIZE=str(dice.choice([7, 50, 100]))), timeout_ms=5000)
        while not self.stop:
            fn.start({})
            if self.kills["publisher"] < self.wanted_kills and dice.random() < 0.7:
                time.sleep(dice.random() * 0.12)
                fn.signal(signal.SIGKILL)
            status = fn.result()["status"]
            with self.lock:
                self.statuses[status] = self.statuses.get(status, 0) + 1
                self.kills["publisher"] += status == "exited"
            time.sleep(0.002)
        fn.close()

    def consume(self, seed):
        """Delivers what the bus took, some of it twice, as Lambda does: what fails is tried again."""
        dice = random.Random(seed)
        fn = Lambda(workspace, "audit-consumer", function_environment(postgres, secrets), timeout_ms=5000)
        while True:
            detail = self.deliveries.get()
            if detail is None:
                break
            for _ in range(2 if dice.random() < 0.05 else 1):
                while True:
                    fn.start(eventbridge_event(detail))
                    if dice.random() < 0.002:
                        time.sleep(dice.random() * 0.002)
                        fn.signal(signal.SIGKILL)
                    status = fn.result()["status"]
                    if status == "ok":
                        break
                    if status == "exited":
                        self.killed("consumer")
        fn.close()

    def feed_consumers(self):
        fed = 0
        while not self.stop or fed < len(self.bridge.received):
            while fed < len(self.bridge.received):
                self.deliveries.put(self.bridge.received[fed][1])
                fed += 1
            time.sleep(0.01)

    def pending(self):
        return int(postgres.sql("SELECT count(*) FROM events_outboxevent WHERE status = 'pending'"))

    def go(self, events, kills, disturb=None):
        self.wanted_kills = kills
        numbers, ids = Numbers(), set()
        threads = [threading.Thread(target=self.publish, args=(SEED + i,)) for i in range(PUBLISHERS)]
        consumers = [threading.Thread(target=self.consume, args=(SEED + 100 + i,)) for i in range(2)]
        feeder = threading.Thread(target=self.feed_consumers)
        for thread in [*threads, *consumers, feeder]:
            thread.start()
        waves = 40
        for wave in range(waves):
            batch = numbers.make(events // waves, self.dice)
            ids.update(e["event_id"] for e in batch)
            insert_outbox(postgres, batch)
            if disturb:
                disturb(wave)
            # The outbox fills as the kills go on, so that they fall on busy publishers.
            wait_until(lambda: self.kills["publisher"] >= kills * (wave + 1) // waves, 20, 0.02)
        checks.that(wait_until(lambda: self.pending() == 0, 120, 0.1), f"{self.pending()} events are still pending")
        self.stop = True
        for thread in [*threads, feeder]:
            thread.join()
        for _ in consumers:
            self.deliveries.put(None)
        for thread in consumers:
            thread.join()
        self.verify(ids)

    def verify(self, ids):
        arrived = [i for i, _, _ in self.bridge.received]
        audited = postgres.sql("SELECT event_id FROM events_auditlog").split()
        print(f"  {len(ids)} events, {self.kills['publisher']} publishers and {self.kills['consumer']} consumers killed, "
              f"{len(arrived) - len(set(arrived))} duplicates on the bus, invocations: {self.statuses}", flush=True)
        checks.equal(len(ids - set(arrived)), 0, "events that never arrived")
        checks.equal(len(set(arrived) - ids), 0, "events from nowhere")
        checks.equal(postgres.sql("SELECT status, count(*) FROM events_outboxevent GROUP BY 1"), f"published|{len(ids)}",
                     "the outbox")
        checks.equal((len(audited), set(audited) == ids), (len(ids), True), "the audit table: every event exactly once")
        checks.equal(order_violations(self.bridge.first_arrivals()), 0, "order violations within an aggregate")


def test_random_kills():
    run = Run()
    run.go(EVENTS, KILLS)
    checks.that(run.kills["publisher"] >= KILLS, f"{run.kills['publisher']} publishers were killed")


def test_everything_at_once():
    """Kills, throttling, partial failures, slow answers, garbage, cut connections, restarts, a rotated secret, freezes."""
    dice, lock = random.Random(SEED + 1), threading.Lock()

    def behave(entries):
        with lock:
            roll, spread = dice.random(), [dice.random() for _ in entries]
        if roll < 0.05:
            return 400, {"__type": "ThrottlingException", "message": "Rate exceeded"}
        if roll < 0.08:
            return 500, b"garbage"
        if roll < 0.10:
            bridge = run.bridge
            bridge.accept(entries, [None] * len(entries))  # taken, but the answer is lost in garbage
            return 200, b"{\"Entries\":"
        if roll < 0.11:
            time.sleep(0.6)  # longer than the publisher waits
        if roll < 0.25:
            return [{"ErrorCode": "InternalFailure", "ErrorMessage": "no"} if s < 0.3 else None for s in spread]
        return None

    def disturb(wave):
        if wave % 8 == 3:
            postgres.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'app'")
        if wave in (10, 30):
            postgres.restart()
        if wave == 20:
            postgres.sql("ALTER ROLE app PASSWORD 'rotated'")
            secrets.secret["password"] = "rotated"
            postgres.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'app'")
    run = Run(behave)
    run.go(EVENTS // 4, KILLS // 4, disturb)
    checks.that("function-error" in run.statuses or not LONG, f"the disturbances were felt: {run.statuses}")


print(f"seed {SEED}", flush=True)
sys.argv = [a for a in sys.argv if not a.startswith("--")]
checks.run(globals())
