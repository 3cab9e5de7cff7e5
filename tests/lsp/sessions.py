# SPDX-License-Identifier: MIT
"""Whole sessions with the language server. What is expected comes from the Language Server Protocol 3.17, and of templates
from what `validate` says, which other tests hold to cfn-lint."""
import json
import os
import tempfile
import unittest

from client import Client, URI, units
from questions import HIERARCHY, JSON_URI


class Life(unittest.TestCase):
    def test_a_session(self):
        with Client(capabilities=HIERARCHY) as client:
            self.assertEqual(client.capabilities["capabilities"]["positionEncoding"], "utf-16")
            self.assertEqual(client.capabilities["capabilities"]["textDocumentSync"]["change"], 2)
            self.assertEqual(client.capabilities["serverInfo"]["name"], "tango-infra")
            client.open("Resources:\n  A: {Type: AWS::S3::Bucke}\n")
            first = client.diagnostics()
            self.assertEqual([item["code"] for item in first], ["E3006"])
            self.assertEqual(first[0]["range"], {"start": {"line": 1, "character": 12}, "end": {"line": 1, "character": 26}})
            self.assertEqual((first[0]["severity"], first[0]["source"]), (1, "tango-infra"))
            client.change({"range": {"start": {"line": 1, "character": 26}, "end": {"line": 1, "character": 26}}, "text": "t"})
            self.assertEqual(client.diagnostics(), [])
            self.assertEqual(client.end(), 0)
            self.assertEqual(client.rest, b"")

    def test_end_of_the_stream_is_no_end(self):
        with Client() as client:
            self.assertEqual(client.wait(), 1)

    def test_exit_without_shutdown(self):
        with Client() as client:
            client.notify("exit")
            self.assertEqual(client.wait(), 1)

    def test_requests_before_initialize(self):
        with Client(start=False) as client:
            self.assertEqual(client.error("textDocument/hover", {}), -32002)
            client.notify("textDocument/didOpen", {})
            self.assertEqual(client.error("shutdown"), -32002)
            client.notify("exit")
            self.assertEqual(client.wait(), 1)

    def test_requests_after_shutdown_and_twice(self):
        with Client() as client:
            self.assertEqual(client.error("initialize", {}), -32600)
            client.request("shutdown")
            self.assertEqual(client.error("textDocument/hover", {}), -32600)
            client.notify("exit")
            self.assertEqual(client.wait(), 0)

    def test_unknown_methods(self):
        with Client() as client:
            self.assertEqual(client.error("textDocument/foldingRange", {}), -32601)
            self.assertEqual(client.error("textDocument/didOpen", {}), -32601)
            client.notify("$/setTrace", {"value": "off"})
            client.notify("textDocument/hover", {})
            self.assertEqual(client.end(), 0)
            self.assertEqual(client.rest, b"")

    def test_documents_that_are_not_open(self):
        with Client() as client:
            self.assertEqual(client.error("textDocument/hover", {"textDocument": {"uri": "file:///x"}}), -32602)
            for params in (None, [], {}, {"textDocument": []}, {"textDocument": {"uri": 1}}):
                for method in ("hover", "completion", "definition", "documentSymbol", "codeAction"):
                    self.assertEqual(client.error("textDocument/" + method, params), -32602)
                for method in ("didOpen", "didChange", "didSave", "didClose"):
                    client.notify("textDocument/" + method, params)
            self.assertEqual(client.end(), 0)

    def test_cancelled_requests(self):
        with Client() as client:
            client.open("Resources: {}\n")
            frames = b""
            for message in ({"id": "slow", "method": "textDocument/hover",
                             "params": {"textDocument": {"uri": URI}, "position": {"line": 0, "character": 0}}},
                            {"method": "$/cancelRequest", "params": {"id": "slow"}},
                            {"method": "$/cancelRequest", "params": {"id": "nobody"}}):
                body = json.dumps({"jsonrpc": "2.0", **message}).encode()
                frames += b"Content-Length: %d\r\n\r\n" % len(body) + body
            client.write(frames)
            self.assertEqual(client.answer("slow")["error"]["code"], -32800)
            self.assertEqual(client.end(), 0)


class Frames(unittest.TestCase):
    def test_bytes_in_pieces(self):
        with Client() as client:
            body = json.dumps({"jsonrpc": "2.0", "id": 9, "method": "shutdown"}).encode()
            for byte in b"content-length:%d\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n" % len(body) + body:
                client.write(bytes([byte]))
            self.assertIsNone(client.answer(9)["result"])
            client.notify("exit")
            self.assertEqual(client.wait(), 0)

    def test_what_is_no_json(self):
        with Client() as client:
            for body in (b"", b"{", b"\xff\xfe", b'{"a":"\\u0000"}', b"[" * 5000):
                client.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
                self.assertEqual(client.read()["error"]["code"], -32700)
            for body in (b"1", b"[]", b"{}", b'{"jsonrpc":"2.0","id":{},"method":"shutdown"}', b'{"id":null,"method":"shutdown"}'):
                client.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
                self.assertEqual(client.read()["error"]["code"], -32600)
            self.assertEqual(client.end(), 0)

    def test_headers_without_a_length(self):
        with Client() as client:
            for headers in (b"Content-Type: x\r\n\r\n", b"\r\n\r\n", b"Content-Length: x\r\n\r\n",
                            b"Content-Length: -1\r\n\r\n", b"Content-Length: 99999999999999999999\r\n\r\n"):
                client.write(headers)
                self.assertEqual(client.read()["error"]["code"], -32700)
            self.assertEqual(client.end(), 0)

    def test_a_message_that_is_too_long(self):
        with Client() as client:
            length = 128 * 1024 * 1024 + 1
            client.write(b"Content-Length: %d\r\n\r\n" % length)
            for _ in range(128):
                client.write(b"x" * (1024 * 1024))
            client.write(b"x")
            self.assertEqual(client.read()["error"]["code"], -32600)
            self.assertEqual(client.end(), 0)

    def test_no_protocol_at_all(self):
        with Client(start=False) as client:
            try:
                client.write(b"GET / HTTP/1.1" * 10000)
            except BrokenPipeError:
                pass
            self.assertEqual(client.read()["error"]["code"], -32700)
            self.assertIsNone(client.read())
            self.assertEqual(client.process.wait(timeout=60), 1)

    def test_standard_output_that_is_gone(self):
        with Client() as client:
            client.process.stdout.close()
            client.ask("shutdown")
            client.process.stdin.close()
            self.assertNotEqual(client.process.wait(timeout=60), 0)


class Diagnostics(unittest.TestCase):
    def codes(self, text, **options):
        with Client(**options) as client:
            client.open(text)
            found = [(item["code"], item["range"]["start"]["line"], item["range"]["start"]["character"],
                      item["range"]["end"]["character"]) for item in client.diagnostics()]
            client.end()
            return found

    def test_text_that_cannot_be_read_yet(self):
        with Client() as client:
            client.open("Resources:\n  A: [\n")
            found = client.diagnostics()
            self.assertEqual([item["code"] for item in found], ["E0000"])
            client.change({"text": '{"Resources": {"A": [}}'})
            found = client.diagnostics()
            self.assertEqual([item["code"] for item in found], ["E0000"])
            client.change({"text": "Resources: {A: {Type: AWS::SQS::Queue}}\n"})
            self.assertEqual(client.diagnostics(), [])
            client.end()

    def test_places_are_counted_as_agreed(self):
        # An astral character is two units of UTF-16, four of UTF-8, one of UTF-32.
        text = 'Resources:\n  A: {Type: AWS::SQS::Queue, Metadata: "😀é", Nope: 1}\n'
        before = text.split("\n")[1].partition("Nope")[0]
        for encodings, chosen in ((None, "utf-16"), (["utf-16"], "utf-16"), (["utf-8", "utf-16"], "utf-8"),
                                  (["utf-32"], "utf-32"), (["utf-7"], "utf-16")):
            capabilities = {"general": {"positionEncodings": encodings}} if encodings else {}
            start = units(before, chosen)
            self.assertEqual(self.codes(text, capabilities=capabilities), [("E3001", 1, start, start + 4)], encodings)

    def test_changes_by_range(self):
        """Edits with all kinds of characters and line breaks end in the same text as their sum."""
        for encoding in ("utf-16", "utf-8"):
            with Client(capabilities={"general": {"positionEncodings": [encoding]}}) as client:
                client.open("Resources:\r\n  'é😀x': {Type: AWS::SQS::Queue}\r\n")
                client.diagnostics()
                after = {"utf-16": 6, "utf-8": 9}[encoding] # behind the astral character
                client.change({"range": {"start": {"line": 1, "character": 3}, "end": {"line": 1, "character": after}}, "text": "A"},
                              {"range": {"start": {"line": 2, "character": 0}, "end": {"line": 9, "character": 9}}, "text": "  B: {Type: X"},
                              {"range": {"start": {"line": 2, "character": 99}, "end": {"line": 2, "character": 99}}, "text": "}\n"},
                              {"range": {"start": {"line": 0, "character": 10}, "end": {"line": 0, "character": 10}}, "text": " # '"})
                found = client.diagnostics()
                self.assertEqual([(item["code"], item["range"]["start"]) for item in found],
                                 [("E3006", {"line": 2, "character": 12})])
                client.end()

    def test_many_changes_are_checked_once(self):
        with Client() as client:
            client.open("Resources: {A: {Type: AWS::SQS::Queue}}\nB")
            for character in "c: 1":
                client.change({"range": {"start": {"line": 1, "character": 1}, "end": {"line": 1, "character": 1}}, "text": character})
            while True:
                params = client.notification("textDocument/publishDiagnostics")
                if params["version"] == 5:
                    break
            client.end()

    def test_other_documents_are_left_alone(self):
        with Client() as client:
            client.open("services:\n  web:\n    image: [\n", "file:///docker-compose.yaml")
            client.open("Resources: {A: {Type: X}}\n")
            self.assertEqual([item["code"] for item in client.diagnostics()], ["E3006"])
            client.notify("textDocument/didClose", {"textDocument": {"uri": URI}})
            self.assertEqual(client.diagnostics(), [])
            self.assertEqual(client.error("textDocument/hover", {"textDocument": {"uri": URI}}), -32602)
            client.end()

    def test_comments_and_metadata(self):
        text = "Resources:\n  A: {Type: X} # cfn-lint: ignore E3006 -- ours\n  B: {Type: Y}\n"
        self.assertEqual([code[:2] for code in self.codes(text)], [("E3006", 2)])

    def test_what_is_set(self):
        text = "Parameters: {P: {Type: String}}\nResources: {A: {Type: X}}\n"
        both = [("W2001", 0, 13, 14), ("E3006", 1, 22, 23)]
        self.assertEqual(self.codes(text), both)
        self.assertEqual(self.codes(text, initializationOptions={"ignore": ["W2"]}), both[1:])
        self.assertEqual(self.codes(text, initializationOptions={"tango-infra": {"ignore": ["E3006"]}}), both[:1])
        with Client("--ignore", "W") as client:
            client.open(text)
            self.assertEqual([item["code"] for item in client.diagnostics()], ["E3006"])
            client.notify("workspace/didChangeConfiguration", {"settings": {"tango-infra": {"ignore": ["E3"], "include": ["W"]}}})
            self.assertEqual(client.diagnostics(), [])
            client.end()

    def test_policy(self):
        text = "Resources: {T: {Type: AWS::SNS::Topic}}\n"
        with Client("--policy", "aws-solutions") as client:
            client.open(text)
            found = client.diagnostics()
            self.assertEqual({item["code"] for item in found}, {"AwsSolutions-SNS3"})
            client.notify("workspace/didChangeConfiguration", {"settings": {"policy": "none"}})
            self.assertEqual(client.diagnostics(), [])
            client.notify("workspace/didChangeConfiguration", {"settings": {"policy": "aws"}})
            self.assertIn("'policy' is 'aws'", client.notification("window/showMessage")["message"])
            client.end()

    def test_settings_that_the_client_is_asked_for(self):
        with Client(capabilities={"workspace": {"configuration": True}}) as client:
            client.open("Parameters: {P: {Type: String}}\nResources: {A: {Type: X}}\n")
            while not client.requests:
                client.diagnostics()
            request = client.requests.pop()
            self.assertEqual(request["method"], "workspace/configuration")
            self.assertEqual(request["params"], {"items": [{"section": "tango-infra"}]})
            client.send({"jsonrpc": "2.0", "id": request["id"], "result": [{"ignore": ["W", "E"]}]})
            while client.diagnostics():
                pass
            client.end()

    def test_files_in_the_folder(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, ".cfnlintrc")
            with open(path, "w") as file:
                file.write("ignore_checks: [E3006]\n")
            uri = f"file://{folder}/a%20b.yaml"
            with Client(workspaceFolders=[{"uri": f"file://{folder}", "name": "x"}]) as client:
                client.open("Parameters: {P: {Type: String}}\nResources: {A: {Type: X}}\n", uri)
                self.assertEqual([item["code"] for item in client.diagnostics(uri)], ["W2001"])
                with open(path, "w") as file:
                    file.write("ignore_checks: 1\n")
                client.notify("workspace/didChangeWatchedFiles", {"changes": []})
                self.assertIn(".cfnlintrc: 'ignore_checks' is not a list", client.notification("window/showMessage")["message"])
                self.assertEqual([item["code"] for item in client.diagnostics(uri)], ["W2001", "E3006"])
                os.remove(path)
                client.notify("workspace/didChangeWorkspaceFolders", {"event": {"added": [], "removed": [{"uri": f"file://{folder}"}]}})
                self.assertEqual([item["code"] for item in client.diagnostics(uri)], ["W2001", "E3006"])
                client.end()

    def test_wrong_settings_are_told_once(self):
        with Client(initializationOptions={"ignore": "W2001"}) as client:
            client.open("Resources: {A: {Type: X}}\n")
            self.assertIn("setting 'ignore' is not a list of strings", client.notification("window/showMessage")["message"])
            self.assertEqual(len(client.diagnostics()), 1)
            client.change({"text": "Resources: {A: {Type: Y}}\n"})
            self.assertEqual(len(client.diagnostics()), 1)
            client.end()
            self.assertEqual(client.notifications, [])


class Extremes(unittest.TestCase):
    def test_deep_documents(self):
        for text in ("[" * 100000, "{a: " * 100000, "- " * 100000, "\n".join(" " * i + "a:" for i in range(3000)), "!If " * 50000,
                     '{"Resources":' * 100000, "Resources: " + "!Sub [" * 50000):
            with Client(capabilities=HIERARCHY) as client:
                client.open("Resources: {}\n")
                client.change({"text": text})
                client.at("textDocument/completion", 0, 5)
                client.at("textDocument/hover", 0, 5)
                client.request("textDocument/documentSymbol", {"textDocument": {"uri": URI}})
                self.assertEqual(client.end(), 0)

    def test_fifty_thousand_findings_in_one_line(self):
        text = json.dumps({"Resources": {"T": {"Type": "AWS::SNS::Topic", "Properties": {"é": [], "Tags": [
            {"Key": f"é{i}", "Value": "😀", "X": 1} for i in range(10000)]}}}}, ensure_ascii=False)
        with Client() as client:
            client.open(text, JSON_URI, "json")
            found = client.diagnostics(JSON_URI)
            client.end()
        self.assertGreaterEqual(len(found), 10000)
        pairs = text.encode("utf-16-le")
        for item in (found[5], found[-1]):
            start, end = item["range"]["start"]["character"], item["range"]["end"]["character"]
            self.assertEqual(pairs[2 * start:2 * end].decode("utf-16-le"), '"X"')


if __name__ == "__main__":
    unittest.main()
