# SPDX-License-Identifier: MIT
"""Whole sessions with the language server. What is expected comes from the Language Server Protocol 3.17, and of templates
from what `validate` and `schema` say, which other tests hold to cfn-lint and AWS's schemas."""
import json
import os
import subprocess
import tempfile
import unittest

from client import Client, PROGRAM, URI, applied, cursor, units

HIERARCHY = {"textDocument": {"documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
                              "hover": {"contentFormat": ["markdown", "plaintext"]},
                              "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}}}}
JSON_URI = "file:///work/template.json"


def complete(text, language="yaml", capabilities=None):
    """Labels and texts that each would make of the document."""
    uri = JSON_URI if language == "json" else URI
    encoding = (capabilities or {}).get("general", {}).get("positionEncodings", ["utf-16"])[0]
    plain, line, character = cursor(text, encoding)
    with Client(capabilities=capabilities) as client:
        client.open(plain, uri, language)
        answer = client.at("textDocument/completion", line, character, uri)
        assert client.end() == 0
    items = answer["items"] if answer else []
    return {item["label"]: applied(plain, item["textEdit"], encoding) for item in items}


def hover(text, language="yaml", capabilities=HIERARCHY):
    uri = JSON_URI if language == "json" else URI
    plain, line, character = cursor(text)
    with Client(capabilities=capabilities) as client:
        client.open(plain, uri, language)
        answer = client.at("textDocument/hover", line, character, uri)
        assert client.end() == 0
    return answer["contents"]["value"] if answer else None


def definition(text, language="yaml"):
    """The text that is gone to."""
    uri = JSON_URI if language == "json" else URI
    plain, line, character = cursor(text)
    with Client() as client:
        client.open(plain, uri, language)
        answer = client.at("textDocument/definition", line, character, uri)
        assert client.end() == 0
    if not answer:
        return None
    assert answer["uri"] == uri
    start, end = answer["range"]["start"], answer["range"]["end"]
    return start["line"], plain.split("\n")[start["line"]][start["character"]:end["character"]]


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


class Completion(unittest.TestCase):
    def test_sections(self):
        self.assertEqual(complete("|")["Resources"], "Resources: ")
        self.assertEqual(complete("Resources: {}\nOut|")["Outputs"], "Resources: {}\nOutputs: ")
        self.assertNotIn("Resources", complete("Resources: {}\nOut|"))
        self.assertEqual(complete('{|}', "json")["Resources"], '{"Resources": }')
        self.assertIn("Resources", complete("Parameters: {}\nResour|"))
        self.assertEqual(complete("services:\n  web: 1\n|"), {})

    def test_types(self):
        found = complete("Resources:\n  A:\n    Type: AWS::S3::Buck|\n")
        self.assertEqual(found["AWS::S3::BucketPolicy"], "Resources:\n  A:\n    Type: AWS::S3::BucketPolicy\n")
        self.assertNotIn("AWS::SQS::Queue", found)
        types = subprocess.run([PROGRAM, "schema", "*"], capture_output=True, text=True, check=True).stdout.split()
        self.assertEqual(list(complete("Resources: {A: {Type: |}}")), types)
        for text in ('{"Resources": {"A": {"Type": "AWS::SQS::Q|"}}}', '{"Resources": {"A": {"Type": "AWS::SQS::Q|'):
            self.assertEqual(complete(text, "json")["AWS::SQS::Queue"], text.replace("Q|", "Queue"))
        self.assertEqual(complete('{"Resources": {"A": {"Type": |', "json")["AWS::SQS::Queue"],
                         '{"Resources": {"A": {"Type": "AWS::SQS::Queue"')

    def test_attributes_of_resources(self):
        found = complete("Resources:\n  A:\n    Type: AWS::SQS::Queue\n    D|\n  B:\n    Type: X\n")
        self.assertEqual(found["DependsOn"], "Resources:\n  A:\n    Type: AWS::SQS::Queue\n    DependsOn: \n  B:\n    Type: X\n")
        self.assertNotIn("Type", found)
        self.assertIn("Type", complete("Resources:\n  A:\n    |\n"))

    def test_properties(self):
        bucket = "Resources:\n  A:\n    Type: AWS::S3::Bucket\n    Properties:\n      "
        found = complete(bucket + "|\n")
        self.assertEqual(found["BucketName"], bucket + "BucketName: \n")
        self.assertEqual(found["VersioningConfiguration"], bucket + "VersioningConfiguration:\n")
        self.assertNotIn("BucketName", complete(bucket + "BucketName: x\n      |\n"))
        self.assertEqual(complete(bucket + "Buck|: x\n")["BucketName"], bucket + "BucketName: x\n")
        found = complete(bucket + "CorsConfiguration:\n        CorsRules:\n          - AllowedMethods: [GET]\n            |\n")
        self.assertIn("MaxAge", found)
        self.assertNotIn("AllowedMethods", found)
        self.assertIn("Status", complete(bucket + "VersioningConfiguration: {|}"))
        self.assertIn("Rules", complete(bucket + "LifecycleConfiguration:\n        |\n      BucketName: x\n"))

    def test_properties_in_json(self):
        before, after = '{"Resources": {"A": {"Type": "AWS::S3::Bucket", "Properties": {', '}}}}'
        for written, made in (("|", '"BucketName": '), ('"|"', '"BucketName": '), ('"Buck|"', '"BucketName": '),
                              ('"Buck|', '"BucketName": '), ('"Buck|": 1', '"BucketName": 1'),
                              ('"Tags": [],\n|', '"Tags": [],\n"BucketName": ')):
            self.assertEqual(complete(before + written + after, "json")["BucketName"], before + made +
                             (after if written != '"Buck|' else after), written)

    def test_required_properties_come_first(self):
        plain, line, character = cursor("Resources:\n  A:\n    Type: AWS::Lambda::Function\n    Properties:\n      |\n")
        with Client() as client:
            client.open(plain)
            items = client.at("textDocument/completion", line, character)["items"]
            client.end()
        first = {item["label"] for item in sorted(items, key=lambda item: item["sortText"])[:2]}
        self.assertEqual(first, {"Code", "Role"})

    def test_values(self):
        bucket = "Resources:\n  A:\n    Type: AWS::S3::Bucket\n    Properties:\n      VersioningConfiguration:\n        Status: "
        self.assertEqual(complete(bucket + "En|\n")["Enabled"], bucket + "Enabled\n")
        self.assertIn("!Sub", complete(bucket + "|\n"))
        self.assertEqual(complete(bucket + "!Re|\n")["!Ref"], bucket + "!Ref \n")
        self.assertIn("Delete", complete("Resources:\n  A:\n    DeletionPolicy: |\n"))
        self.assertIn("python3.13", complete("Resources: {A: {Type: AWS::Lambda::Function, Properties: {Runtime: |}}}"))
        self.assertEqual(complete("Resources: {A: {Type: AWS::SQS::Queue, Properties: {FifoQueue: |}}}")["true"],
                         "Resources: {A: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true}}}")
        self.assertIn("List<AWS::EC2::Subnet::Id>", complete("Parameters:\n  P:\n    Type: L|\nResources: {}\n"))

    def test_references(self):
        text = ("Parameters:\n  P: {Type: String}\nConditions:\n  C: !Equals [!Ref P, a]\nMappings:\n  M: {k: {l: 1}}\nResources:\n"
                "  Q: {Type: AWS::SQS::Queue}\n  T:\n    Type: AWS::SNS::Topic\n    Properties:\n      TopicName: ")
        for written, label, made in (("!Ref |", "P", "!Ref P"), ("!Ref |", "AWS::Region", "!Ref AWS::Region"),
                                     ("!GetAtt Q|", "Q", "!GetAtt Q"), ("!GetAtt Q.|", "Q.Arn", "!GetAtt Q.Arn"),
                                     ("!GetAtt [Q, |]", "Arn", "!GetAtt [Q, Arn]"),
                                     ('!Sub "a${|}"', "Q", '!Sub "a${Q}"'), ('!Sub "a${Q.A|}"', "Q.Arn", '!Sub "a${Q.Arn}"'),
                                     ("!Sub a${|", "P", "!Sub a${P"), ("!Sub ['${|}', {Own: x}]", "Own", "!Sub ['${Own}', {Own: x}]"),
                                     ("!If [|]", "C", "!If [C]"), ("!FindInMap [|]", "M", "!FindInMap [M]"),
                                     ("!FindInMap [M, |]", "k", "!FindInMap [M, k]"), ("!FindInMap [M, k, |]", "l", "!FindInMap [M, k, l]"),
                                     ("\n        Fn::GetAtt: [|]", "Q", "\n        Fn::GetAtt: [Q]"),
                                     ("\n        Re|", "Ref", "\n        Ref: ")):
            found = complete(text + written + "\n")
            self.assertEqual(found.get(label), text + made + "\n", (written, sorted(found)))
        self.assertEqual(complete(text + "!Sub a|b\n"), {})
        self.assertEqual(set(complete("Conditions:\n  A: !Equals [a, b]\n  B: !Not [!Condition |]\nResources: {}\n")), {"A", "B"})
        self.assertIn("Q", complete("Resources:\n  Q: {Type: AWS::SQS::Queue}\n  R:\n    DependsOn:\n      - |\n"))
        found = complete('{"Resources": {"Q": {"Type": "AWS::SQS::Queue"}, "R": {"Type": "X", "Properties": {"A": {"Ref": "|"}}}}}', "json")
        self.assertIn("Q", found)
        self.assertIn("Fn::Sub", complete('{"Resources": {"R": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": |}}}}', "json"))

    def test_where_nothing_can_be_completed(self):
        for text in ("Resources: {} # |\n", "Resources:\n  A|\n", "Resources: {}\nDescription: |\n"):
            self.assertEqual(complete(text), {}, text)

    def test_astral_characters_before_the_cursor(self):
        for encoding in ("utf-16", "utf-8", "utf-32"):
            text = "Resources: {A: {Metadata: '😀', Type: AWS::SQS::Queu|}}"
            found = complete(text, capabilities={"general": {"positionEncodings": [encoding]}})
            self.assertEqual(found["AWS::SQS::Queue"], text.replace("|", "e"))


class Hover(unittest.TestCase):
    def test_types_and_properties(self):
        text = "Resources:\n  Bucket:\n    Type: AWS::S3::Bucket\n    Properties:\n      VersioningConfiguration:\n        Status: Enabled\n"
        found = hover(text.replace("S3::", "S3|::"))
        self.assertIn("AWS::S3::Bucket\n", found)
        self.assertIn("BucketName", found)
        found = hover(text.replace("Status", "St|atus"))
        said = subprocess.run([PROGRAM, "schema", "AWS::S3::Bucket", "VersioningConfiguration.Status"], capture_output=True,
                              text=True, check=True, env={**os.environ, "COLUMNS": "90"}).stdout
        self.assertEqual(found, f"````text\n{said}\n````")
        self.assertIn("allowed values", said)
        self.assertEqual(hover(text.replace("Enabled", "En|abled")), found)
        self.assertEqual(hover(text.replace("Status", "St|atus"), capabilities={}), said)
        self.assertIsNone(hover(text.replace("Resources", "Res|ources")))

    def test_in_json(self):
        found = hover('{"Resources": {"F": {"Type": "AWS::Lambda::Function", "Properties": {"Memory|Size": 1}}}}', "json")
        self.assertIn("minimum  128", found)

    def test_references(self):
        text = ("Parameters:\n  P: {Type: String, Default: x, Description: why}\nResources:\n  Q: {Type: AWS::SQS::Queue}\n"
                "  T: {Type: AWS::SNS::Topic, Properties: {TopicName: %s}}\n")
        self.assertIn("Default: x", hover(text % "!Ref P|"))
        self.assertIn("why", hover(text % "!Sub '${P|}'"))
        self.assertIn("AWS::SQS::Queue", hover(text % "!GetAtt Q|.Arn"))
        self.assertIn("read by", hover(text % "!GetAtt [Q, Ar|n]"))
        self.assertIsNone(hover(text % "!Ref No|body"))
        self.assertIsNone(hover("a: |b\n"))


class Definition(unittest.TestCase):
    TEXT = ("Parameters:\n  P: {Type: String}\nMappings:\n  M:\n    k: {l: 1}\nConditions:\n  C: !Equals [!Ref P, a]\n"
            "Resources:\n  Q: {Type: AWS::SQS::Queue}\n  T:\n    Type: AWS::SNS::Topic\n    %s\n")

    def test_all_kinds(self):
        for written, wanted in (("Properties: {TopicName: !Ref P|}", (1, "P")), ("Properties: {TopicName: !Ref |Q}", (8, "Q")),
                                ("Properties: {TopicName: !GetAtt Q.A|rn}", (8, "Q")), ("Properties: {TopicName: !GetAtt [Q|, Arn]}", (8, "Q")),
                                ("Properties: {TopicName: !Sub 'a-${Q.A|rn}'}", (8, "Q")), ("Properties: {TopicName: {Fn::Sub: '${P|}'}}", (1, "P")),
                                ("Properties: {TopicName: !If [C|, a, b]}", (6, "C")), ("DependsOn: Q|", (8, "Q")), ("DependsOn: [|Q]", (8, "Q")),
                                ("Condition: C|", (6, "C")), ("Properties: {TopicName: !FindInMap [M|, k, l]}", (3, "M")),
                                ("Properties: {TopicName: !FindInMap [M, |k, l]}", (4, "k")),
                                ("Properties: {TopicName: !FindInMap [M, !Ref P, l|]}", (4, "l")),
                                ("Properties: {TopicName: !Sub |\n        x\n        ${Q}\n        ", None),
                                ("Properties: {TopicName: a|}", None), ("Properties: {TopicName: !Ref Nobody|}", None)):
            self.assertEqual(definition(self.TEXT % written), wanted, written)

    def test_literal_blocks(self):
        text = "Resources:\n  Q: {Type: AWS::SQS::Queue}\n  T:\n    Type: AWS::SNS::Topic\n    Properties:\n      TopicName: !Sub >\n        é ${@Q.Arn}\n"
        plain, line, character = cursor(text, mark="@")
        with Client() as client:
            client.open(plain)
            answer = client.at("textDocument/definition", line, character)
            client.end()
        self.assertEqual(answer["range"]["start"], {"line": 1, "character": 2})

    def test_in_json_that_is_not_complete(self):
        self.assertEqual(definition('{"Resources": {\n"Q": {"Type": "X"},\n"R": {"DependsOn": ["Q|"], "Properties": {', "json"), (1, "Q"))


class Symbols(unittest.TestCase):
    TEXT = "Parameters:\n  P: {Type: String}\nResources:\n  Q:\n    Type: AWS::SQS::Queue\n"

    def symbols(self, capabilities):
        with Client(capabilities=capabilities) as client:
            client.open(self.TEXT)
            found = client.request("textDocument/documentSymbol", {"textDocument": {"uri": URI}})
            client.end()
        return found

    def test_nested(self):
        found = self.symbols(HIERARCHY)
        self.assertEqual([(item["name"], [child["name"] for child in item["children"]]) for item in found],
                         [("Parameters", ["P"]), ("Resources", ["Q"])])
        queue = found[1]["children"][0]
        self.assertEqual((queue["detail"], queue["kind"]), ("AWS::SQS::Queue", 5))
        self.assertEqual(queue["range"], {"start": {"line": 3, "character": 2}, "end": {"line": 4, "character": 25}})
        self.assertEqual(queue["selectionRange"], {"start": {"line": 3, "character": 2}, "end": {"line": 3, "character": 3}})

    def test_as_a_list(self):
        found = self.symbols({})
        self.assertEqual([(item["name"], item.get("containerName")) for item in found],
                         [("Parameters", None), ("P", "Parameters"), ("Resources", None), ("Q", "Resources")])
        self.assertEqual(found[1]["location"]["uri"], URI)


class Actions(unittest.TestCase):
    def test_did_you_mean(self):
        for wrong, right in (("Type: AWS::SQS::Queu", "Type: AWS::SQS::Queue"),
                             ("Type: AWS::SQS::Queue\n    Propertes: {}", "Type: AWS::SQS::Queue\n    Properties: {}"),
                             ("Type: AWS::SQS::Queue\n    Properties: {QueueNam: x}", "Type: AWS::SQS::Queue\n    Properties: {QueueName: x}"),
                             ("Type: AWS::SQS::Queue\n    Properties: {QueueName: !Reff A}", "Type: AWS::SQS::Queue\n    Properties: {QueueName: !Ref A}"),
                             ("Type: AWS::SQS::Queue\n    DependsOn: Bother", "Type: AWS::SQS::Queue\n    DependsOn: Brother")):
            text = f"Resources:\n  Brother: {{Type: AWS::SNS::Topic}}\n  A:\n    {wrong}\n"
            with Client(capabilities=HIERARCHY) as client:
                client.open(text)
                diagnostics = client.diagnostics()
                whole = {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}}
                actions = client.request("textDocument/codeAction", {"textDocument": {"uri": URI}, "range": whole,
                                                                     "context": {"diagnostics": diagnostics}})
                client.end()
            self.assertEqual(len(actions), 1, (wrong, diagnostics))
            self.assertEqual((actions[0]["kind"], actions[0]["diagnostics"]), ("quickfix", diagnostics[:1]))
            self.assertEqual(applied(text, actions[0]["edit"]["changes"][URI][0]), text.replace(wrong, right))

    def test_nothing_to_propose(self):
        with Client(capabilities=HIERARCHY) as client:
            client.open("Resources: {A: {Type: Nothing}}\n")
            diagnostics = client.diagnostics()
            for shown in (diagnostics, [], None, [1], [{"message": "did you mean '"}], [{"message": "'x'; did you mean 'y'?", "range": 1}]):
                self.assertEqual(client.request("textDocument/codeAction", {"textDocument": {"uri": URI}, "range": {},
                                                                            "context": {"diagnostics": shown}}), [])
            client.end()


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
