# SPDX-License-Identifier: MIT
"""workflow.py FILE NAME=VALUE...: runs the steps of a workflow's only job as GitHub would, without GitHub.

Each `run` is given to `bash -e` in the working folder, with the step's env. Expressions (${{ ... }} and `if`) are looked up among
the NAME=VALUE arguments, and steps.ID.outputs.NAME among the outputs written so far; an expression that nobody knows is an
error. Steps that use an action are left to GitHub. Prints the name of each step that runs; ends with the status of the first that fails."""
import os
import re
import subprocess
import sys
import tempfile

import yaml

known = dict(argument.split('=', 1) for argument in sys.argv[2:])
outputs = {}


def operand(text):
    text = text.strip()
    if text.startswith("'"):
        return text.strip("'")
    if text.startswith('!'):
        return not operand(text[1:])
    contains = re.fullmatch(r"contains\((.*), '(.*)'\)", text)
    if contains:
        return contains.group(2) in known[contains.group(1)].split(',')
    return outputs[text] if text in outputs else known[text]


def holds(condition):
    def term(text):
        sides = text.split(' == ')
        return operand(sides[0]) == operand(sides[1]) if len(sides) == 2 else bool(operand(text))

    return all(term(text) for text in condition.split(' && '))


def expand(text):
    return re.sub(r'\$\{\{ (.*?) \}\}', lambda match: str(operand(match.group(1))), text)


def read_outputs(step, file):
    for line in open(file):
        name, value = line.rstrip('\n').split('=', 1)
        outputs[f"steps.{step['id']}.outputs.{name}"] = value


def run(step):
    with tempfile.NamedTemporaryFile() as file:
        environment = {**os.environ, 'GITHUB_OUTPUT': file.name, **{name: expand(value) for name, value in step.get('env', {}).items()}}
        status = subprocess.run(['bash', '-e', '-o', 'pipefail', '-c', expand(step['run'])], env=environment).returncode
        read_outputs(step, file.name) if 'id' in step else None
    return status


(job,) = yaml.safe_load(open(sys.argv[1]))['jobs'].values()
for each in job['steps']:
    if 'run' not in each or not holds(each.get('if', "'x'")):
        continue
    print('step:', each['name'], flush=True)
    result = run(each)
    if result:
        sys.exit(result)
