// SPDX-License-Identifier: MIT
// Whole runs of `cdk diff --template`: the lines about resources, and whether it fails on destructive changes.
'use strict';
const fs = require('fs');
const path = require('path');
const { spawnSync } = require('child_process');

const IMPACTS = { replace: 'replace', 'may be replaced': 'mayReplace', destroy: 'destroy', orphan: 'orphan' };
const LINE = /^\[([-+~])\] \w+::\S+ (?:.* )?(\w+)$/;
const IMPACT = / (replace|may be replaced|destroy|orphan)$/;

const manifest = {
  version: '36.0.0',
  artifacts: {
    S: { type: 'aws:cloudformation:stack', environment: 'aws://unknown-account/unknown-region', properties: { templateFile: 'S.template.json' } },
  },
};

exports.cdkDiff = (cli, work, { before, after }) => {
  const app = path.join(work, 'app');
  fs.mkdirSync(app, { recursive: true });
  fs.writeFileSync(path.join(app, 'manifest.json'), JSON.stringify(manifest));
  fs.writeFileSync(path.join(app, 'S.template.json'), JSON.stringify(after));
  fs.writeFileSync(path.join(work, 'old.json'), JSON.stringify(before));
  const run = spawnSync(process.execPath, [path.join(cli, 'bin/cdk'), '--no-color', 'diff', 'S', '--app', app, '--template', path.join(work, 'old.json'),
    '--strict', '--fail-on', 'destructive'], { encoding: 'utf8', cwd: work, env: { ...process.env, HOME: work, CI: 'true', AWS_EC2_METADATA_DISABLED: 'true' } });
  const resources = {};
  for (const line of (run.stdout + run.stderr).split('\n')) {
    const [, impact] = line.match(IMPACT) ?? [];
    const [, sign, id] = line.replace(IMPACT, '').match(LINE) ?? [];
    if (id) resources[id] = impact ? IMPACTS[impact] : sign === '+' ? 'create' : 'update';
  }
  if (!/Number of stacks with differences/.test(run.stdout + run.stderr)) throw new Error(`cdk diff: ${run.stderr}`);
  return { destructive: run.status === 1, resources: Object.fromEntries(Object.entries(resources).sort()) };
};
