# SPDX-License-Identifier: MIT
"""Makes mistakes in templates and compares what tango-infra finds with what cfn-lint finds: every error of cfn-lint of
the rules that tango-infra has, under the same id at the same path, and no error that cfn-lint does not find.

    compare.py TANGO_INFRA DIRECTORY CORPUS [TEMPLATES_A_CLASS]

CLASSES in the environment limits the classes to those that begin so.
"""
import copy
import json
import logging
import os
import subprocess
import sys
import warnings
import zlib

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)
try:
    from cfnlint.config import ConfigMixIn
    from cfnlint.decode.cfn_yaml import loads
    from cfnlint.runner import Runner
    from cfnlint.runner.template.runner import run_template_by_file_path
except ImportError:
    print("skipped: this python3 has no cfn-lint")
    sys.exit(77)

sys.path.insert(0, os.path.dirname(__file__))
import policy_mutations  # noqa: E402, F401
from mutations import CLASSES  # noqa: E402
import service_mutations  # noqa: E402, F401

# Warnings that are compared like errors.
WARNINGS = ("W2511", "W3037")

# Where the two differ, and why.
KNOWN_MISSES = [
    # cfn-lint sorts the sides of Fn::Equals before it checks them, and names the wrong one.
    lambda id, path: "/Fn::Equals/" in path,
    # cfn-lint's own words when its check of a broken part fails.
    lambda id, path: id in ("E0002", "E0001"),
]
KNOWN_EXTRAS = [
    lambda id, path: "/Fn::Equals/" in path,
    # cfn-lint only looks at the keys of a mapping where the schema says something about the value; CloudFormation always
    # does ("Template error: Unable to get mapping for ...").
    lambda id, path: id == "E1011" and "/Fn::FindInMap" in path,
]


def plain(value):
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [plain(v) for v in value]
    if isinstance(value, (bool, int, float)) or value is None:
        return value
    return str(value)


def read_templates(directory):
    templates = {}
    for name in sorted(os.listdir(directory)):
        if name.endswith((".yaml", ".template.json")):
            with open(os.path.join(directory, name)) as file:
                templates[name.split(".")[0]] = plain(loads(file.read()))
    return templates


def make_corpus(templates, directory, per_class):
    made = []
    names = sorted(templates)
    for name in names:
        made.append((name, "nothing", templates[name]))
    for kind, change in CLASSES.items():
        if not kind.startswith(os.environ.get("CLASSES", "")):
            continue
        seed, count = zlib.crc32(kind.encode()), 0
        for step in range(len(names)):
            name = names[(seed + step * 7) % len(names)]
            template = copy.deepcopy(templates[name])
            if count == per_class or not change(template, seed):
                continue
            made.append((name, kind, template))
            count += 1
    paths = []
    for name, kind, template in made:
        path = os.path.join(directory, f"{name}.{kind}.json")
        with open(path, "w") as file:
            json.dump(template, file, indent=1)
        paths.append(path)
    return paths


def ask_cfn_lint(paths):
    found = {}
    rules = Runner(ConfigMixIn(templates=paths[:1], regions=["us-east-1"])).rules
    for path in paths:
        config = ConfigMixIn(templates=[path], regions=["us-east-1"])
        found[path] = {}
        try:
            for match in run_template_by_file_path(path, config, rules, False):
                if (match.rule.id[0] == "E" or match.rule.id in WARNINGS) and not match.message.startswith("Exception"):
                    place = "/".join(str(part) for part in getattr(match, "path", None) or [])
                    found[path][match.rule.id, place] = match.message
        except Exception as error:  # cfn-lint breaks on some templates
            print(f"cfn-lint fails on {os.path.basename(path)}: {error}")
            found[path] = None
    return found


def ask_tango_infra(program, paths):
    found = {path: {} for path in paths}
    for start in range(0, len(paths), 200):
        done = subprocess.run([program, "validate", "--format", "json", *paths[start : start + 200]], capture_output=True, text=True)
        if done.returncode not in (0, 1):
            sys.exit(f"tango-infra ends with {done.returncode}: {done.stderr}")
        for finding in json.loads(done.stdout)["findings"]:
            if finding["severity"] == "error" or finding["rule"] in WARNINGS:
                place = finding["pointer"][1:].replace("~1", "/").replace("~0", "~")
                if finding["rule"] == "W3037":
                    place = place.rstrip("0123456789").rstrip("/")  # cfn-lint names the list
                found[finding["file"]][finding["rule"], place] = finding["message"]
    return found


def implemented(program):
    lines = subprocess.run([program, "validate", "--list-rules"], capture_output=True, text=True, check=True).stdout
    return {line.split()[0] for line in lines.splitlines()}


def main():
    program, stacks, corpus = sys.argv[1:4]
    per_class = int(sys.argv[4]) if len(sys.argv) > 4 else 2
    templates = read_templates(os.path.join(os.path.dirname(__file__), "templates")) | read_templates(stacks)
    paths = make_corpus(templates, corpus, per_class)
    theirs, ours, rules = ask_cfn_lint(paths), ask_tango_infra(program, paths), implemented(program)
    misses = extras = errors = 0
    for path in paths:
        if theirs[path] is None:
            continue
        errors += len(theirs[path])
        for key, message in sorted(theirs[path].items()):
            if key not in ours[path] and key[0] in rules and not any(known(*key) for known in KNOWN_MISSES):
                print(f"MISSED {os.path.basename(path)}: {key[0]} {key[1]}: {message[:150]}")
                misses += 1
        for key, message in sorted(ours[path].items()):
            if key not in theirs[path] and not any(known(*key) for known in KNOWN_EXTRAS):
                print(f"FALSE {os.path.basename(path)}: {key[0]} {key[1]}: {message[:150]}")
                extras += 1
    print(f"{len(paths)} templates of {len(CLASSES)} classes of mistakes, {errors} errors: {misses} missed, {extras} false")
    sys.exit(misses + extras > 0)


main()
