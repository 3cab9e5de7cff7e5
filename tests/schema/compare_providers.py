# SPDX-License-Identifier: MIT
"""compare_providers.py PACKAGE SCHEMA_JSON: compares what tango-infra knows (tango-infra schema --json) with the provider schemas in
the Python package cfn-lint: every keyword of every schema of every type that aws-service-spec knows too."""

import importlib.util
import json
import os
import sys

LEFT_OUT = {
    "$comment", "$id", "$schema", "arrayType", "default", "description", "examples", "insertionOrder", "message", "relationshipRef", "title",
}
COUNTS = {"types": 0, "schemas": 0, "rules": 0}


def text(value):
    return value if isinstance(value, str) else json.dumps(value)


def resolve(reference, root):
    target = root
    for step in reference.removeprefix("#/").split("/"):
        target = target[step]
    return target


def one_or_list(value):
    return value if isinstance(value, list) else [value]


class Comparison:
    def __init__(self, where, theirs, ours):
        self.where, self.theirs, self.ours = where, theirs, ours
        self.seen = set()

    def fail(self, path, theirs, ours):
        sys.exit(f"{self.where} {'/'.join(path)}: theirs is {json.dumps(theirs)[:300]}, ours is {json.dumps(ours)[:300]}")

    def follow(self, theirs, ours):
        """Both without references, which ours has not where theirs lead to a property."""
        while isinstance(theirs, dict) and "$ref" in theirs:
            theirs = {**{k: v for k, v in theirs.items() if k != "$ref"}, **resolve(theirs["$ref"], self.theirs)}
        while isinstance(ours, dict) and "$ref" in ours:
            ours = {**{k: v for k, v in ours.items() if k != "$ref"}, **resolve(ours["$ref"], self.ours)}
        return theirs, ours

    def schema(self, theirs, ours, path):
        COUNTS["schemas"] += 1
        if isinstance(ours, dict) and "$ref" in ours:
            if (id(theirs), ours["$ref"]) in self.seen:
                return
            self.seen.add((id(theirs), ours["$ref"]))
        theirs, ours = self.follow(theirs, ours)
        if theirs is True:
            theirs = {}
        if theirs is False or ours is False:
            if theirs is not ours:
                self.fail(path, theirs, ours)
            return
        theirs = {k: v for k, v in self.plain(theirs).items() if k not in LEFT_OUT and not (k == "uniqueItems" and v is False)}
        ours = {k: v for k, v in ours.items() if k != "definitions"}
        if set(theirs) != set(ours):
            self.fail(path, sorted(theirs), sorted(ours))
        for keyword, value in theirs.items():
            self.keyword(keyword, value, ours[keyword], path + [keyword])

    @staticmethod
    def plain(schema):
        """cfn-lint's own keywords as tango-infra calls them."""
        found = {k: v for k, v in schema.items() if k not in ("definitions", "cfnGather", "cfnContext")}
        if "cfnGather" in schema:
            found |= {"gather": schema["cfnGather"]["gather"], "gathered": schema["cfnGather"]["schema"]}
        if "cfnContext" in schema:
            found["literal"] = schema["cfnContext"]["schema"]
        split = found.pop("dependencies", {})
        for keyword, kind in (("dependencies", list), ("dependentSchemas", dict)):
            if any(isinstance(each, kind) for each in split.values()):
                found[keyword] = {name: each for name, each in split.items() if isinstance(each, kind)}
        for keyword in ("minimum", "exclusiveMinimum", "pattern"):
            if isinstance(found.get(keyword), dict):
                found["data" + keyword[0].upper() + keyword[1:]] = found.pop(keyword)
        return found

    def keyword(self, keyword, theirs, ours, path):
        if keyword in ("properties", "patternProperties", "dependentSchemas"):
            if set(theirs) != set(ours):
                self.fail(path, sorted(theirs), sorted(ours))
            for name, each in theirs.items():
                self.schema(each, ours[name], path + [name])
        elif keyword in ("allOf", "anyOf", "oneOf", "prefixItems"):
            if len(theirs) != len(ours):
                self.fail(path, theirs, ours)
            for index, each in enumerate(theirs):
                self.schema(each, ours[index], path + [str(index)])
        elif keyword in ("items", "additionalProperties", "if", "then", "else", "not", "contains", "propertyNames", "gathered", "literal"):
            self.schema(theirs, ours, path)
        else:
            self.value(keyword, theirs, ours, path)

    def value(self, keyword, theirs, ours, path):
        if keyword == "type":
            theirs, ours = sorted(set(one_or_list(theirs))), sorted(one_or_list(ours))
        elif keyword in ("enum", "enumCaseInsensitive", "const"):
            theirs, ours = [json_or_text(each) for each in one_or_list(theirs)], [json_or_text(each) for each in one_or_list(ours)]
        elif keyword in ("gather", "dataMinimum", "dataExclusiveMinimum", "dataPattern"):
            ours = json.loads(ours)
        elif keyword == "pattern":
            theirs = "".join(c if c >= " " and c != "\x7f" else f"\\x{ord(c):02x}" for c in theirs)
        elif isinstance(theirs, (int, float)) and not isinstance(theirs, bool):
            theirs, ours = float(theirs), float(ours)
        if theirs != ours:
            self.fail(path, theirs, ours)


def json_or_text(value):
    """Scalars are compared as their characters; what is looked up is JSON."""
    return json.loads(value) if isinstance(value, str) and value.startswith("{") else value if isinstance(value, dict) else text(value)


def load_table(package, region):
    file = os.path.join(package, "data", "schemas", "providers", region.replace("-", "_") + ".py")
    spec = importlib.util.spec_from_file_location(region, file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.types


def load(package, *parts):
    with open(os.path.join(package, "data", "schemas", *parts), encoding="utf-8") as file:
        return json.load(file)


def compare_type(name, theirs, ours):
    for key, list_name in (("readOnlyProperties", "readOnly"), ("writeOnlyProperties", "writeOnly"),
                           ("createOnlyProperties", "createOnly"), ("conditionalCreateOnlyProperties", "conditionalCreateOnly"),
                           ("deprecatedProperties", "deprecated")):
        paths = sorted(each.lstrip("/").removeprefix("properties/") for each in theirs.get(key, []))
        if paths != ours.get(list_name, []):
            sys.exit(f"{name} {key}: theirs are {paths}, ours are {ours.get(list_name)}")
    lifecycle = theirs.get("lifecycle") or {}
    if (lifecycle.get("status"), lifecycle.get("date")) != (ours.get("lifecycle"), ours.get("lifecycleDate")):
        sys.exit(f"{name}: its lifecycle is {lifecycle}")
    known = set(ours["schema"]) | {"definitions"}
    root = {k: v for k, v in theirs.items() if k in known or k in KEYWORDS_OF_A_ROOT}
    comparison = Comparison(name, theirs, ours["schema"])
    comparison.schema(root, ours["schema"], [])
    COUNTS["types"] += 1


KEYWORDS_OF_A_ROOT = {
    "additionalProperties", "allOf", "anyOf", "dependencies", "dependentExcluded", "dependentRequired", "else", "if", "maxProperties",
    "minProperties", "not", "oneOf", "patternProperties", "properties", "required", "requiredOr", "requiredXor", "then", "type",
}


def compare_rules(package, name, rules):
    """Each is one of cfn-lint's extensions, whose files are found by what is in them."""
    folder = os.path.join(package, "data", "schemas", "extensions")
    files = [(d, f) for d in sorted(os.listdir(folder)) if os.path.isdir(os.path.join(folder, d))
             for f in sorted(os.listdir(os.path.join(folder, d))) if f.endswith(".json")]
    for rule in rules:
        reasons = []
        for directory, file in files:
            theirs = load(package, "extensions", directory, file)
            regions = rule.get("regions", [])
            if bool(regions) != ("us-east-1" in theirs) or any(
                    each not in theirs or theirs[each] != theirs[regions[0]] for each in regions):
                continue
            theirs = theirs[regions[0]] if regions else theirs
            try:
                Comparison(f"{name} {rule['rule']}", theirs, rule["schema"]).schema(theirs, rule["schema"], [])
                break
            except SystemExit as reason:
                reasons.append(str(reason))
        else:
            sys.exit(f"no extension is what {rule['rule']} of {name} demands: {reasons[:1]}")
        COUNTS["rules"] += 1


def main(package, schema_file):
    with open(schema_file, encoding="utf-8") as file:
        ours = {each["resourceType"]: each["constraints"] for each in json.load(file)["resources"] if "constraints" in each}
    table = load_table(package, "us-east-1")
    regions = [name[:-3].replace("_", "-") for name in sorted(os.listdir(os.path.join(package, "data", "schemas", "providers")))
               if name.endswith("_1.py") or name[:-3].rpartition("_")[2].isdigit()]
    tables = {region: load_table(package, region) for region in regions}
    for name, constraints in ours.items():
        if name in table:
            compare_type(name, load(package, "resources", table[name] + ".json"), constraints)
        missing = [region for region in regions if name not in tables[region]]
        if missing != constraints.get("notInRegions", []):
            sys.exit(f"{name} is missing in {missing}, not in {constraints.get('notInRegions')}")
    for name in ("AWS::Lambda::Function", "AWS::ECS::Service", "AWS::ECS::TaskDefinition", "AWS::Route53::RecordSet", "AWS::SQS::Queue",
                 "AWS::RDS::DBInstance", "AWS::Lambda::Permission", "AWS::AutoScaling::AutoScalingGroup", "AWS::EC2::Instance"):
        compare_rules(package, name, ours[name]["rules"])
    print(", ".join(f"{count} {what}" for what, count in COUNTS.items()), "are equal")


main(*sys.argv[1:])
