# SPDX-License-Identifier: MIT
"""workflows.py FILE...: what holds for every workflow, whatever it does. Prints what does not; ends with 1 then.

The rules are those of GitHub's "Secure use reference": least permissions of each job, actions pinned by commit, no expression in a
script, no credentials left in a checkout, nothing of a pull request run with rights."""
import re
import sys

import yaml

RUNS_CODE = re.compile(r'(^|[\s;&|])(script/|\./|\.ci/|(bash|sh|make|cmake|npm|python3?)\b)')


def triggers(workflow):
    on = workflow.get('on', workflow.get(True))
    return {on} if isinstance(on, str) else set(on)


def permissions_problems(name, permissions):
    if not isinstance(permissions, dict):
        yield f'{name}: permissions are {permissions!r}, not a list of those it needs'
        return
    for permission, level in permissions.items():
        if permission in ('actions', 'secrets', 'administration', 'packages') and level == 'write':
            yield f'{name}: {permission}: {level}'


def step_problems(step):
    uses = step.get('uses')
    if uses and not re.fullmatch(r'[\w./-]+@[0-9a-f]{40}', uses):
        yield f'{uses} is not pinned by its commit'
    if uses and uses.startswith('actions/checkout@') and step.get('with', {}).get('persist-credentials') is not False:
        yield 'the checkout keeps its credentials'
    if '${{' in str(step.get('run', '')):
        yield f'{step.get("name")}: an expression in a script; env is the way in'


def job_problems(workflow, job):
    permissions = job.get('permissions', workflow.get('permissions'))
    steps = job['steps']
    writes = isinstance(permissions, dict) and 'write' in permissions.values()
    runs = any(str(step.get('uses', '')).startswith('actions/checkout@') or RUNS_CODE.search(str(step.get('run', ''))) for step in steps)
    yield from permissions_problems('job', permissions)
    for step in steps:
        yield from step_problems(step)
    if writes and runs:
        yield 'may write and runs code of a repository'
    if runs and 'pull_request_target' in triggers(workflow):
        yield 'runs code of a repository for pull_request_target'
    if triggers(workflow) & {'pull_request', 'pull_request_target'}:
        if re.search(r'\bsecrets\b', str(job)):
            yield 'uses secrets for a pull request'
        if 'id-token' in (permissions or {}):
            yield 'may take the identity of the repository for a pull request'
    if any('github.token' in str(step) for step in steps if RUNS_CODE.search(str(step.get('run', '')))):
        yield 'gives its token to code of a repository'
    if 'timeout-minutes' not in job:
        yield 'has no timeout'


def problems(path):
    with open(path) as file:
        text = file.read()
    workflow = yaml.safe_load(text)
    yield from permissions_problems('workflow', workflow.get('permissions'))
    if isinstance(workflow.get('permissions'), dict) and 'write' in workflow['permissions'].values():
        yield 'every job may write'
    for line in text.splitlines():
        if re.search(r'uses: \S+@', line) and not re.search(r' # v\d+\.\d+\.\d+$', line):
            yield f'no version beside {line.strip()}'
    for name, job in workflow['jobs'].items():
        for problem in job_problems(workflow, job):
            yield f'job {name}: {problem}'


found = [f'{path}: {problem}' for path in sys.argv[1:] for problem in problems(path)]
print('\n'.join(found))
sys.exit(bool(found))
