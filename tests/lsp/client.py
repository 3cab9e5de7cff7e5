# SPDX-License-Identifier: MIT
"""A client of the language server, as an editor is one: it starts the program, speaks the protocol, and fails on whatever
is not protocol."""
import json
import os
import subprocess

PROGRAM = os.environ["TANGO_INFRA"]
URI = "file:///project/template.yaml"


class Client:
    def __init__(self, *arguments, capabilities=None, directory=None, environment=None, start=True, **initialize):
        self.process = subprocess.Popen([PROGRAM, "lsp", *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, cwd=directory, env={**os.environ, **(environment or {})})
        self.last = 0
        self.notifications = []
        self.requests = []
        self.versions = {}
        if start:
            self.capabilities = self.request("initialize", {"processId": None, "rootUri": None,
                                                            "capabilities": capabilities or {}, **initialize})
            self.notify("initialized", {})

    def write(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message):
        body = json.dumps(message).encode()
        self.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)

    def read(self):
        """The next message; None at the end."""
        length = None
        while True:
            line = self.process.stdout.readline()
            if not line:
                return None
            if line == b"\r\n":
                break
            name, _, value = line.partition(b": ")
            assert name == b"Content-Length", f"this is no header: {line!r}"
            length = int(value)
        body = self.process.stdout.read(length)
        assert len(body) == length, f"{len(body)} bytes, not {length}"
        message = json.loads(body)
        assert message["jsonrpc"] == "2.0", message
        return message

    def notify(self, method, params=None):
        self.send({"jsonrpc": "2.0", "method": method, **({} if params is None else {"params": params})})

    def ask(self, method, params=None, id=None):
        """Sends a request; returns its id."""
        self.last += 1
        id = self.last if id is None else id
        self.send({"jsonrpc": "2.0", "id": id, "method": method, **({} if params is None else {"params": params})})
        return id

    def answer(self, id):
        """The answer to a request; what comes before it is kept."""
        while True:
            message = self.read()
            assert message is not None, "the server has ended"
            if "method" in message:
                (self.requests if "id" in message else self.notifications).append(message)
                continue
            assert message["id"] == id, message
            return message

    def request(self, method, params=None):
        message = self.answer(self.ask(method, params))
        assert "error" not in message, message
        return message["result"]

    def error(self, method, params=None):
        message = self.answer(self.ask(method, params))
        assert "result" not in message, message
        assert message["error"]["message"], message
        return message["error"]["code"]

    def open(self, text, uri=URI, language="yaml"):
        self.versions[uri] = 1
        self.notify("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": language, "version": 1, "text": text}})

    def change(self, *changes, uri=URI):
        self.versions[uri] += 1
        self.notify("textDocument/didChange", {"textDocument": {"uri": uri, "version": self.versions[uri]},
                                               "contentChanges": list(changes)})

    def notification(self, method):
        """The next notification of that method."""
        while True:
            for message in self.notifications:
                if message["method"] == method:
                    self.notifications.remove(message)
                    return message["params"]
            message = self.read()
            assert message is not None, "the server has ended"
            assert "method" in message, message
            (self.requests if "id" in message else self.notifications).append(message)

    def diagnostics(self, uri=URI):
        params = self.notification("textDocument/publishDiagnostics")
        assert params["uri"] == uri, params
        return params["diagnostics"]

    def at(self, method, line, character, uri=URI):
        return self.request(method, {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}})

    def end(self):
        """Ends the server as the protocol says; returns the exit status."""
        assert self.request("shutdown") is None
        self.notify("exit")
        return self.wait()

    def wait(self):
        self.process.stdin.close()
        rest = self.process.stdout.read()
        errors = self.process.stderr.read()
        status = self.process.wait(timeout=60)
        self.process.stdout.close()
        self.process.stderr.close()
        assert not errors, errors
        self.rest = rest
        return status

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            try:
                stream.close()
            except BrokenPipeError:
                pass


def units(text, encoding="utf-16"):
    """How long the text is, as the protocol counts it."""
    return len(text.encode({"utf-16": "utf-16-le", "utf-8": "utf-8", "utf-32": "utf-32-le"}[encoding])) // \
        {"utf-16": 2, "utf-8": 1, "utf-32": 4}[encoding]


def cursor(text, encoding="utf-16", mark="|"):
    """The text without the mark, and where that is."""
    before, _, after = text.partition(mark)
    return before + after, before.count("\n"), units(before.rpartition("\n")[2], encoding)


def applied(text, edit, encoding="utf-16"):
    """The text with an edit of the protocol made."""
    lines = text.split("\n")

    def offset(position):
        line = lines[position["line"]]
        length = next(i for i in range(len(line) + 1) if units(line[:i], encoding) == position["character"])
        return sum(len(line) + 1 for line in lines[:position["line"]]) + length

    return text[:offset(edit["range"]["start"])] + edit["newText"] + text[offset(edit["range"]["end"]):]
