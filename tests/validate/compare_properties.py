# SPDX-License-Identifier: MIT
"""compare_properties.py PROGRAM COUNT: makes templates of random resource types from the schemas in the Python package cfn-lint, with mistakes
of every kind in them, and compares what cfn-lint and tango-infra find in the properties: the same rules at the same places."""

import importlib.util
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import cfnlint.api

SCHEMAS = Path(cfnlint.__file__).parent / "data" / "schemas"
RULES = {
    "E3002", "E3003", "E3008", "E3012", "E3014", "E3017", "E3018", "E3020", "E3021", "E3024", "E3030", "E3031", "E3032", "E3033", "E3034",
    "E3037", "E3058", "E1150", "E1151", "E1152", "E1153", "E1154", "E1156", "E1157", "E1158", "E1159", "E1160", "E1161", "E1162", "E1163",
    "E1164", "E3501", "E3502", "E3615", "E3636", "E3638", "E3639", "E3660", "E3661", "E3671", "E3676", "E3677", "E3678", "E3680", "E3681",
    "E3683", "E3684", "E3685", "E3687", "E3688", "E3704", "E3706", "E3710", "W3696", "W3697",
}
# What stands where something else belongs.
WRONG = [
    "", "abc", "x" * 200, 5, 0, -3, 1.5, True, "true", [], ["a", "a"], {}, {"A": "b"}, {"Ref": "P"}, {"Ref": "L"},
    {"Fn::If": ["C", "a", {"Ref": "AWS::NoValue"}]}, {"Fn::If": ["C", {"A": 1}, ["x"]]}, {"Fn::Sub": "x${P}"},
    {"Ref": "AWS::NoValue"}, {"Fn::Join": [",", ["a", "b"]]}, "arn:aws:iam::123456789012:role/x", "10.0.0.0/8",
]
STRINGS = [
    "abc", "Abc-1_2", "name1", "a", "arn:aws:s3:::b", "arn:aws:kms:us-east-1:123456789012:key/abc", "vpc-12345678", "subnet-12345678",
    "us-east-1",
]


class Maker:
    def __init__(self, seed, root, mistakes):
        self.random, self.root, self.mistakes = seed, root, mistakes

    def resolve(self, reference):
        target = self.root
        for step in reference[2:].split("/"):
            target = target[step]
        return target

    def make(self, schema, depth=0):
        choose = self.random
        if choose.random() < self.mistakes:
            return choose.choice(WRONG)
        if not isinstance(schema, dict):
            return "x"
        if "$ref" in schema:
            return self.make(self.resolve(schema["$ref"]), depth + 1) if depth < 8 else {}
        if "enum" in schema and choose.random() < 0.9:
            return choose.choice(schema["enum"])
        if "const" in schema:
            return schema["const"]
        for keyword in ("oneOf", "anyOf"):
            if keyword in schema and "properties" not in schema and "type" not in schema:
                return self.make(choose.choice(schema[keyword]), depth + 1)
        kind = schema.get("type")
        kind = choose.choice(kind) if isinstance(kind, list) else kind
        kind = kind or ("object" if "properties" in schema or "patternProperties" in schema else "array" if "items" in schema else "string")
        return getattr(self, kind, self.string)(schema, depth)

    def object(self, schema, depth):
        choose, found = self.random, {}
        for name, each in schema.get("properties", {}).items():
            often = 0.95 if name in schema.get("required", []) else 0.35 if depth < 4 else 0.1
            if choose.random() < often:
                found[name] = self.make(each, depth + 1)
            if choose.random() < 0.03 and name in found:
                other = self.make(each, depth + 1) if choose.random() < 0.5 else {"Ref": "AWS::NoValue"}
                found[name] = {"Fn::If": ["C", found[name], other]}
        if choose.random() < 0.03:
            found["Zzz"] = 1
        for each in schema.get("patternProperties", {}).values():
            if choose.random() < 0.5:
                found[choose.choice(["abc", "A1", "x y", "0"])] = self.make(each, depth + 1)
        return found

    def array(self, schema, depth):
        choose = self.random
        count = choose.choice([0, 1, 1, 2, 3, schema.get("minItems", 1), min(schema.get("maxItems", 2) + 1, 30)])
        found = [self.make(schema.get("items", {}), depth + 1) for _ in range(count if depth < 5 else min(count, 1))]
        if choose.random() < 0.05 and found:
            found.append({"Fn::If": ["C", found[0], {"Ref": "AWS::NoValue"}]})
        return found

    def integer(self, schema, _):
        choose = self.random
        low = schema.get("minimum", 0)
        high = schema.get("maximum", low + 10)
        value = choose.choice([low, high, low - 1, high + 1]) if choose.random() < 0.2 else int((low + high) / 2)
        return value if choose.random() < 0.8 else str(value)

    number = integer

    def boolean(self, _, __):
        return self.random.choice([True, False, "true"])

    def string(self, schema, _):
        return self.random.choice(STRINGS + ["a" * min(schema.get("maxLength", 8) + 1, 400)])


def make_template(number, table):
    choose = random.Random(number)
    template = {
        "Parameters": {"P": {"Type": "String"}, "L": {"Type": "CommaDelimitedList"}},
        "Conditions": {"C": {"Fn::Equals": [{"Ref": "P"}, "a"]}},
        "Resources": {},
    }
    for index in range(30):
        name = choose.choice(sorted(table))
        root = json.loads((SCHEMAS / "resources" / (table[name] + ".json")).read_text())
        properties = Maker(choose, root, choose.choice([0, 0.05])).object(root, 0)
        template["Resources"][f"R{index}"] = {"Type": name, "Properties": properties}
    return template


def pointer(path):
    return "".join("/" + str(each).replace("~", "~0").replace("/", "~1") for each in path)


def is_repeated(key, others):
    """cfn-lint tells what it says of several items of one list only once, of one of them."""
    parent, _, last = key[1].rpartition("/")
    return last.isdigit() and any(rule == key[0] and place.rpartition("/")[0] == parent for rule, place in others)


def main(program, count):
    spec = importlib.util.spec_from_file_location("table", SCHEMAS / "providers" / "us_east_1.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    differences = equal = 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(int(count)):
            file = os.path.join(folder, f"{number}.json")
            Path(file).write_text(json.dumps(make_template(number, module.types), indent=1))
            run = subprocess.run([program, "validate", "--format", "json", file], capture_output=True, text=True, check=False)
            ours = {(each["rule"], each["pointer"]): each["message"] for each in json.loads(run.stdout)["findings"]}
            theirs = {(each.rule.id, pointer(getattr(each, "path", None) or [])): each.message
                      for each in cfnlint.api.lint_file(Path(file)) if "is not a multiple of" not in each.message}
            for name, mine, others in (("only cfn-lint", theirs, ours), ("only tango-infra", ours, theirs)):
                for key in sorted(set(mine) - set(others)):
                    if key[0] in RULES and not is_repeated(key, others):
                        differences += 1
                        print(f"{name}, template {number}: {key[0]} {key[1]}: {mine[key][:150]}")
            equal += sum(key in ours and key[0] in RULES for key in theirs)
    print(f"{equal} findings are equal, {differences} are not")
    return differences > 0 or equal < 50 * int(count)


sys.exit(main(*sys.argv[1:]))
