#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the program with text that is more than text wherever it reads any, and looks at the bytes that it prints.

    hostile_text.py answers PROGRAM DIRECTORY   in the answers and the errors of the AWS CLI
    hostile_text.py inputs PROGRAM DIRECTORY    in arguments, environment, context and names of files

DIRECTORY holds an assembly with a stack 'A' in 'app'.
"""
import itertools
import json
import os
import re
import subprocess
import sys

sys.path[:0] = [os.path.dirname(os.path.abspath(__file__)), os.path.join(os.path.dirname(os.path.abspath(__file__)), "../diff")]
from hostile import STRINGS, check_bytes  # noqa: E402
from hostile_answers import COMMANDS, GOOD  # noqa: E402

# Bytes that are no UTF-8 come in arguments and from files alone: JSON has none.
RAW = [text.encode() for text in STRINGS] + [b"zq7\xff\xfe", b"\xc3", b"\xed\xa0\x80zq7\xf4\x90\x80\x80"]
# Values for a shell are what they are (docs/commands.md).
RAW_RESULTS = [["--format", "env"]]


class Runs:
    def __init__(self, program):
        self.program = program
        self.count = 0
        self.problems = 0
        self.environment = dict(os.environ, PATH=os.getcwd() + "/bin:" + os.environ["PATH"])

    def run(self, arguments, what, **environment):
        done = subprocess.run([self.program, *arguments], env={**self.environment, **environment}, stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=60, check=False)
        self.count += 1
        problems = check_bytes("stderr", done.stderr)
        if arguments[-1] == b"github":
            done.stdout = re.sub(rb"^::(error|warning|notice) file=", b"", done.stdout, flags=re.M)
        if not any(list(arguments[-len(raw):]) == raw for raw in RAW_RESULTS):
            problems += check_bytes("stdout", done.stdout)
        if not 0 <= done.returncode < 126:
            problems.append(f"status {done.returncode}")
        for problem in problems[:3]:
            print(f"{arguments!r} with {what!r}: {problem}")
        self.problems += bool(problems)

    def end(self):
        print(f"{self.count} runs, {self.problems} with problems")
        sys.exit(self.problems > 0)


def with_text(value, strings):
    """All answers of which one string has something behind it."""
    if isinstance(value, dict):
        for key in value:
            for other in with_text(value[key], strings):
                yield dict(value, **{key: other})
        yield dict(value, **{next(strings): next(strings)})
    elif isinstance(value, list) and value:
        for other in with_text(value[0], strings):
            yield [other] + value[1:]
    elif isinstance(value, str):
        yield value + next(strings)
        yield next(strings)


def write(name, text):
    with open(name, "w", encoding="utf-8") as file:
        file.write(text)


def set_up():
    os.makedirs("bin", exist_ok=True)
    os.makedirs("answers", exist_ok=True)
    write("bin/aws", '#!/bin/sh\nif [ -e error ]; then cat error >&2; exit 254; fi\n'
                     'if [ -e "answers/$1-$2" ]; then exec cat "answers/$1-$2"; fi\necho \'{}\'\n')
    os.chmod("bin/aws", 0o755)
    for name, answer in GOOD.items():
        write("answers/" + name, json.dumps(answer))


def answers(runs):
    strings = itertools.cycle(STRINGS)
    for command, questions in COMMANDS.items():
        for question in questions:
            for answer in with_text(GOOD[question], strings):
                write("answers/" + question, json.dumps(answer))
                runs.run(command, answer)
            write("answers/" + question, json.dumps(GOOD[question]))
        for text in itertools.islice(strings, 5):
            for error in (f"An error occurred (Code{text}) when calling the X operation: {text}\n", f"{text}\n{text}"):
                write("error", error)
                runs.run(command, error)
        os.remove("error")


def inputs(runs):
    for raw in RAW:
        for arguments in (
            [raw], [b"list", raw], [b"--" + raw], [b"list", b"--" + raw], [b"-c", raw, b"list"], [b"-c", raw + b"=1", b"context"],
            [b"-c", b"title=" + raw, b"context"], [b"-c", b"title=" + raw, b"synth", b"DemoWeb", b"-o", b"out"],
            [b"-c", b"title=" + raw, b"synth", b"DemoWeb", b"--json", b"-o", b"out"], [b"-c", b"prefix=" + raw, b"list", b"--long"],
            [b"-c", b"count=" + raw, b"synth", b"-q"], [b"help", raw], [b"completion", raw], [b"schema", raw],
            [b"schema", b"AWS::SQS::Queue", raw], [b"diff", raw, raw], [b"validate", raw], [b"diagram", raw],
            [b"--profile", raw, b"doctor"], [b"--region", raw, b"outputs"], [b"outputs", b"--app", raw], [b"outputs", b"--app", b"app", b"-k", raw],
            [b"outputs", b"--app", b"app", b"--format", raw], [b"gc", raw], [b"bootstrap", raw],
        ):
            runs.run(arguments, raw)
        runs.run([b"list"], raw, AWS_PROFILE=os.fsdecode(raw), CDK_CONTEXT_JSON=os.fsdecode(raw))
        runs.run([b"synth", b"-q"], raw, CDK_OUTDIR=os.fsdecode(raw.replace(b"/", b"")))
        name = b"file" + raw.replace(b"/", b"")
        with open(name, "wb") as file:
            file.write(b'{ "Resources": { "' + raw + b'": 1 } }')
        for arguments in ([b"validate", name], [b"validate", name, b"--format", b"github"], [b"validate", name, b"--format", b"junit"],
                          [b"validate", name, b"--format", b"sarif"], [b"validate", name, b"--format", b"parseable"], [b"diff", name, name]):
            runs.run(arguments, raw)
        os.remove(name)
    for text in STRINGS:
        for command in (["context"], ["context", "--json"], ["list"], ["synth", "-q"]):
            for context in ({text: text, "title": text}, {"labels": {text: text}}, {"count": text}):
                write("cdk.json", json.dumps({"context": context}))
                runs.run(command, context)
    write("cdk.json", "{}")


def main():
    kind, program, directory = sys.argv[1:]
    os.chdir(directory)
    set_up()
    runs = Runs(program)
    {"answers": answers, "inputs": inputs}[kind](runs)
    runs.end()


main()
