# SPDX-License-Identifier: MIT
"""Secrets Manager, EventBridge and SQS on the loopback interface."""
import hashlib
import json
import re
import threading
import sys
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from database import PASSWORD

sys.setrecursionlimit(10000)  # events may be 1,100 levels deep
SECRET_ARN = "arn:aws:secretsmanager:us-east-1:123456789012:secret:tango-db-AbCdEf"


class Quiet(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *arguments):
        pass

    def body(self):
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def answer(self, status, document, raw=None):
        data = raw if raw is not None else json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/x-amz-json-1.1")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request, client_address):
        pass  # a client that was killed


def serve(workspace, handler, context=None):
    server = Server(("127.0.0.1", 0), handler)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    workspace.on_exit(server.shutdown)
    return server.server_address[1]


class SecretsManager:
    def __init__(self, workspace, postgres):
        self.secret = {"username": "app", "password": PASSWORD, "dbname": "tango", "engine": "postgres",
                       "host": "cluster.example", "port": postgres.port if postgres else 5432}
        self.calls = 0
        outer = self

        class Handler(Quiet):
            def do_POST(self):
                outer.calls += 1
                request = json.loads(self.body())
                if self.headers["X-Amz-Target"] != "secretsmanager.GetSecretValue" or request["SecretId"] != SECRET_ARN:
                    return self.answer(400, {"__type": "com.amazonaws#ResourceNotFoundException", "Message": "no"})
                self.answer(200, {"ARN": SECRET_ARN, "SecretString": json.dumps(outer.secret)})
        self.port = serve(workspace, Handler)
        self.url = f"http://127.0.0.1:{self.port}"


class EventBridge:
    """Takes PutEvents as EventBridge does, limits included, and misbehaves as `behave` says: a function of the entries
    that returns None, or (status, document or bytes), or the list of answers for the entries (None: accept)."""

    def __init__(self, workspace, latency=0.0, behave=None, context=None):
        self.received = []  # (event_id, detail, detail type) in order of acceptance
        self.requests = []
        self.keep_requests = False
        self.calls = self.concurrent = self.most_concurrent = 0
        self.latency, self.behave = latency, behave
        self.lock = threading.Lock()
        outer = self

        class Handler(Quiet):
            def do_POST(self):
                raw = self.body()
                with outer.lock:
                    outer.calls += 1
                    outer.concurrent += 1
                    outer.most_concurrent = max(outer.most_concurrent, outer.concurrent)
                    if outer.keep_requests:
                        outer.requests.append((self.path, dict(self.headers), raw))
                try:
                    self.put_events(raw)
                finally:
                    with outer.lock:
                        outer.concurrent -= 1

            def put_events(self, raw):
                entries = json.loads(raw)["Entries"]
                time.sleep(outer.latency)
                refusal = outer.check(entries)
                if refusal:
                    return self.answer(*refusal)
                told = outer.behave(entries) if outer.behave else None
                if isinstance(told, tuple):
                    status, document = told
                    return self.answer(status, document, document if isinstance(document, bytes) else None)
                self.answer(200, outer.accept(entries, told or [None] * len(entries)))
        self.port = serve(workspace, Handler, context)
        self.url = f"{'https' if context else 'http'}://{'localhost' if context else '127.0.0.1'}:{self.port}"

    @staticmethod
    def check(entries):
        size = sum(len(e["Source"].encode()) + len(e["DetailType"].encode()) + len(e["Detail"].encode())
                   for e in entries)
        if not 1 <= len(entries) <= 10:
            return 400, {"__type": "ValidationException", "message": "1 to 10 entries"}
        if size > 1048576:
            return 400, {"__type": "ValidationException", "message": "Total size of the entries exceeds the limit"}
        return None

    def accept(self, entries, told):
        answers = []
        with self.lock:
            for entry, verdict in zip(entries, told):
                if verdict:
                    answers.append(verdict)
                    continue
                detail = json.loads(entry["Detail"])
                self.received.append((detail.get("event_id"), detail, entry["DetailType"]))
                answers.append({"EventId": str(uuid.uuid4())})
        return {"FailedEntryCount": sum("ErrorCode" in a for a in answers), "Entries": answers}

    def first_arrivals(self):
        seen, order = set(), []
        for event_id, detail, _ in list(self.received):
            if event_id not in seen:
                seen.add(event_id)
                order.append(detail)
        return order


class Queue:
    """Takes SQS's SendMessage for one queue, with its limits of size and characters, and misbehaves as `behave` says: a
    function of the request that returns None, or (status, document or bytes)."""

    def __init__(self, workspace, name="dead-letters"):
        self.messages = []  # (body as JSON, attributes by name)
        self.requests = []
        self.calls = 0
        self.behave = None
        outer = self

        class Handler(Quiet):
            def do_POST(self):
                raw = self.body()
                outer.calls += 1
                outer.requests.append((self.path, dict(self.headers), raw))
                request = json.loads(raw)
                refusal = outer.check(self.headers, request) or (outer.behave(request) if outer.behave else None)
                if refusal:
                    status, document = refusal
                    return self.answer(status, document, document if isinstance(document, bytes) else None)
                attributes = {n: a["StringValue"] for n, a in request["MessageAttributes"].items()}
                outer.messages.append((json.loads(request["MessageBody"]), attributes))
                self.answer(200, {"MessageId": str(uuid.uuid4()),
                                  "MD5OfMessageBody": hashlib.md5(request["MessageBody"].encode()).hexdigest()})
        self.port = serve(workspace, Handler)
        self.endpoint = f"http://127.0.0.1:{self.port}"
        self.url = f"https://sqs.us-east-1.amazonaws.com/123456789012/{name}"

    def check(self, headers, request):
        """Amazon SQS API Reference: SendMessage, MessageAttributeValue."""
        def refuse(code, message):
            return 400, {"__type": f"com.amazonaws.sqs#{code}", "message": message}
        if headers["X-Amz-Target"] != "AmazonSQS.SendMessage" or headers["Content-Type"] != "application/x-amz-json-1.0":
            return refuse("InvalidAction", "no such action")
        if request["QueueUrl"] != self.url:
            return refuse("QueueDoesNotExist", "The specified queue does not exist.")
        attributes = request.get("MessageAttributes", {})
        texts = [request["MessageBody"], *(a["StringValue"] for a in attributes.values())]
        if not all(texts) or len(attributes) > 10 or any(a["DataType"] != "String" for a in attributes.values()):
            return refuse("InvalidParameterValue", "empty, or no such type")
        size = len(request["MessageBody"].encode()) + sum(
            len(n.encode()) + len(a["DataType"]) + len(a["StringValue"].encode()) for n, a in attributes.items())
        if size > 1048576:
            return refuse("InvalidParameterValue", "Message must be shorter than 1048576 bytes.")
        if any(re.search("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text) for text in texts):
            return refuse("InvalidMessageContents", "Invalid characters found.")
        return None


def order_violations(details):
    """How often an event came before an earlier one of its aggregate."""
    last, violations = {}, 0
    for d in details:
        key = (d["aggregate_type"], d["aggregate_id"])
        number = d["data"]["number"]
        violations += number < last.get(key, -1)
        last[key] = max(number, last.get(key, -1))
    return violations
