# SPDX-License-Identifier: MIT
"""What the language server answers about a document: the Language Server Protocol 3.17 says how, and what it says of types
is what `schema` says, which other tests hold to AWS's schemas."""
import json
import os
import subprocess
import unittest

from client import Client, PROGRAM, URI, applied, cursor
from questions import HIERARCHY, complete, definition, hover


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


if __name__ == "__main__":
    unittest.main()
