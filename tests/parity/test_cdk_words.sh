#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Whatever the CDK CLI knows of commands and options is either known here too, or answered with what to do instead; and nothing that
# is known here is said to be missing.
set -euo pipefail
. "$SOURCE_DIRECTORY/tests/parity/node_modules.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 - "$TANGO_INFRA" "$cdk_packages/aws-cdk/lib/cli/cli-type-registry.json" "$SOURCE_DIRECTORY/src/cli/core/cdk_words.def" <<'END'
import json, re, subprocess, sys

program, registry, table = sys.argv[1], json.load(open(sys.argv[2])), open(sys.argv[3]).read()
problems, answered = [], set()


def answer(*arguments):
    done = subprocess.run([program, *arguments, "--help"], capture_output=True, text=True)
    return done.returncode, done.stderr


def check(what, arguments):
    status, message = answer(*arguments)
    if status == 0:
        return True
    advice = re.match(r"tango-infra: (option|command) '.*' of the CDK is not offered here: .{10}", message)
    if status != 2 or not advice:
        problems.append(f"{what}: status {status}: {message.strip()}")
    answered.add(what)
    return False


def spellings(name, option):
    aliases = option.get("alias") or []
    for one in [name] + ([aliases] if isinstance(aliases, str) else aliases):
        yield ("--" if len(one) > 1 else "-") + one
        if option["type"] == "boolean" and not option.get("count") and len(one) > 1 and not one.startswith("no-"):
            yield "--no-" + one


for command, description in registry["commands"].items():
    if not check(command, [command]):
        continue
    for alias in description.get("aliases") or []:
        check(alias, [alias])
    for name, option in {**registry["globalOptions"], **description.get("options", {})}.items():
        for spelling in spellings(name, option):
            value = [] if option["type"] in ("boolean", "count") else ["1" if option["type"] == "number" else "a=b"]
            status, message = answer(command, spelling, *value)
            if "unknown option" in message:
                problems.append(f"{command} {spelling}: {message.strip()}")

# Rows that no longer say the truth.
for command in re.findall(r'CDK_COMMAND\("([^"]*)"', table):
    if answer(command)[0] == 0:
        problems.append(f"'{command}' is a command by now")
for command, name in re.findall(r'CDK_OPTION\("([^"]*)", "([^"]*)"', table):
    if command and "not offered here" not in answer(command, "--" + name, "1")[1]:
        problems.append(f"'{command}' has '--{name}' by now")
print("\n".join(problems))
sys.exit(len(problems) > 0)
END
