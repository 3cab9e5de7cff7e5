#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""bootstrap_template.py OURS THEIRS: prints what differs between two templates of the bootstrap stack, but for words,
which are descriptions. Exit status 1 when something does.
"""
import json
import sys

import yaml

WORDS = {"Description", "ConstraintDescription"}


def plain(value, key=None):
    if isinstance(value, dict):
        return {k: plain(v, k) for k, v in value.items() if k not in WORDS or not isinstance(v, str)}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if key == "LifecyclePolicyText":
        return [{**rule, "description": ""} for rule in json.loads(value)["rules"]]
    return value


def differences(ours, theirs, path=""):
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in sorted({*ours, *theirs}):
            yield from differences(ours.get(key), theirs.get(key), f"{path}/{key}")
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for index, pair in enumerate(zip(ours, theirs)):
            yield from differences(*pair, f"{path}/{index}")
    elif ours != theirs:
        yield f"{path}: {json.dumps(ours)[:200]}, not {json.dumps(theirs)[:200]}"


def main():
    with open(sys.argv[1], encoding="utf-8") as ours, open(sys.argv[2], encoding="utf-8") as theirs:
        found = list(differences(plain(yaml.safe_load(ours)), plain(yaml.safe_load(theirs))))
    print("\n".join(found))
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
