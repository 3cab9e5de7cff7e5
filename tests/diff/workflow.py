# SPDX-License-Identifier: MIT
"""workflow.py FILE NAME=VALUE...: runs the jobs of a workflow as GitHub would, without GitHub.

Each job has a workspace and a RUNNER_TEMP of its own below $RUNNER_TEMP. Each `run` is given to `bash -e` in the workspace, with
the step's env. Of actions, checkout clones the repository in the current directory, and artifacts are directories. Expressions
(${{ ... }} and `if`) are looked up among the NAME=VALUE arguments and what jobs have put out; one that nobody knows is
an error. Prints the name of each step that runs; ends with 1 if a job failed."""
import os
import re
import shutil
import subprocess
import sys
import tempfile

import yaml

known = dict(argument.split('=', 1) for argument in sys.argv[2:])
repository = os.getcwd()
temporary = os.environ['RUNNER_TEMP']


class Failed(Exception):
    pass


class Job:
    """One job: values are what its expressions may name."""

    def __init__(self, name, definition, results):
        self.name, self.definition = name, definition
        self.workspace, self.temp = os.path.join(temporary, name), os.path.join(temporary, name + '-temp')
        self.values = {**known, 'runner.temp': self.temp, **results}

    def operand(self, text):
        text = text.strip()
        if text.startswith("'"):
            return text.strip("'")
        if text == 'always()':
            return True
        if text == 'success()':
            return all(value == 'success' for name, value in self.values.items() if name.endswith('.result'))
        if text.startswith('github.event.changes.') and text not in self.values:
            return ''
        if text.startswith(('needs.', 'steps.')):
            return self.values.get(text, '')
        return self.values[text]

    def term(self, text):
        for operator, wanted in ((' == ', True), (' != ', False)):
            if operator in text:
                left, right = text.split(operator)
                return (self.operand(left) == self.operand(right)) == wanted
        return bool(self.operand(text))

    def holds(self, condition):
        return any(all(self.term(term) for term in part.split(' && ')) for part in condition.split(' || '))

    def expand(self, value):
        return re.sub(r'\$\{\{ (.*?) \}\}', lambda match: str(self.operand(match.group(1))), str(value))

    def run(self):
        os.makedirs(self.workspace)
        os.makedirs(self.temp)
        result = 'success'
        for step in self.definition['steps']:
            if result == 'success' and self.holds(step.get('if', "'x'")):
                try:
                    self.action(step) if 'uses' in step else self.script(step)
                except Failed:
                    result = 'failure'
        outputs = {name: self.expand(value) for name, value in self.definition.get('outputs', {}).items()}
        return {f'needs.{self.name}.result': result, **{f'needs.{self.name}.outputs.{name}': value for name, value in outputs.items()}}

    def script(self, step):
        print('step:', step['name'], flush=True)
        assert '${{' not in step['run'], 'an expression in a script'
        with tempfile.NamedTemporaryFile() as file:
            environment = {**os.environ, 'GITHUB_OUTPUT': file.name, 'RUNNER_TEMP': self.temp,
                           **{name: self.expand(value) for name, value in step.get('env', {}).items()}}
            status = subprocess.run(['bash', '-e', '-o', 'pipefail', '-c', step['run']], cwd=self.workspace, env=environment).returncode
            if 'id' in step:
                for line in open(file.name):
                    name, value = line.rstrip('\n').split('=', 1)
                    self.values[f"steps.{step['id']}.outputs.{name}"] = value
        if status:
            raise Failed

    def action(self, step):
        options = {name: self.expand(value) for name, value in step.get('with', {}).items()}
        action = step['uses'].split('@')[0]
        if action == 'actions/checkout':
            directory = os.path.join(self.workspace, options.get('path', '.'))
            subprocess.run(['git', 'clone', '-q', repository, directory], check=True)
            subprocess.run(['git', '-C', directory, 'checkout', '-q', '--detach', options['ref']], check=True)
        elif action == 'actions/upload-artifact':
            shutil.copytree(options['path'], os.path.join(temporary, 'artifact-' + options['name']))
            self.values[f"steps.{step['id']}.outputs.artifact-id"] = 'id-of-' + options['name']
        elif action == 'actions/download-artifact':
            name = options['artifact-ids'].removeprefix('id-of-')
            shutil.copytree(os.path.join(temporary, 'artifact-' + name), options['path'])
        else:
            sys.exit('unknown action ' + action)


def needed(definition):
    needs = definition.get('needs', [])
    return [needs] if isinstance(needs, str) else needs


def main():
    results = {}
    for name, definition in yaml.safe_load(open(sys.argv[1]))['jobs'].items():
        mine = {key: value for key, value in results.items() if key.split('.')[1] in needed(definition)}
        job = Job(name, definition, mine)
        condition = definition.get('if', 'success()')
        if job.holds(condition if 'always()' in condition else f'success() && {condition}'):
            results.update(job.run())
        else:
            results[f'needs.{name}.result'] = 'skipped'
    sys.exit(any(value == 'failure' for name, value in results.items() if name.endswith('.result')))


main()
