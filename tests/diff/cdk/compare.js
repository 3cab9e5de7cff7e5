// SPDX-License-Identifier: MIT
// compare.js TANGO_INFRA CLI_FOLDER GOLDENS: every pair of templates through both programs.
'use strict';
const assert = require('assert');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { execFileSync } = require('child_process');
const { load } = require('./library');
const { ofCdk, ofOurs } = require('./decisions');
const { pairs, goldenPairs } = require('./pairs');
const { cdkDiff } = require('./whole');

const [program, cli, goldens] = process.argv.slice(2);
const library = load(cli);
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'tango-diff-cdk.'));
let failed = 0, different = 0;

const run = ({ before, after, loose }) => {
  const files = ['before.json', 'after.json'].map((name) => path.join(work, name));
  fs.writeFileSync(files[0], JSON.stringify(before));
  fs.writeFileSync(files[1], JSON.stringify(after));
  return JSON.parse(execFileSync(program, ['diff', ...files, ...(loose ? [] : ['--strict']), '--format', 'json'], { maxBuffer: 1 << 28 }));
};
const fail = (pair, message) => {
  failed++;
  console.log(`${pair.name}: ${message.split('\n').slice(0, 40).join('\n')}`);
};

// Where we differ on purpose, `ours` says what we decide, and the CDK has to decide otherwise: else the entry is stale.
const check = (pair) => {
  const cdk = ofCdk(library.fullDiff(pair.before, pair.after), pair);
  const found = ofOurs(run(pair));
  const expected = pair.ours ? { ...cdk, ...pair.ours } : cdk;
  if (pair.ours) {
    different++;
    assert(pair.reason, `${pair.name} has no reason`);
    assert.notDeepStrictEqual(expected, cdk, `${pair.name} is no difference any more`);
  }
  assert.deepStrictEqual(found, expected);
};

// The CLI itself takes seconds a run.
const WHOLE = ['a chain follows', 'the worst of several', 'a resource is removed and retained', 'TangoApp: default, then big-database'];
const checkWhole = (pair) => {
  const { resources, destructive } = ofOurs(run(pair));
  assert.deepStrictEqual({ destructive, resources: Object.fromEntries(Object.entries(resources).sort()) }, cdkDiff(cli, work, pair));
};

const all = [...pairs, ...goldenPairs(goldens)];
for (const pair of all) {
  try {
    check(pair);
    if (WHOLE.includes(pair.name)) checkWhole(pair);
  } catch (error) {
    fail(pair, error.message);
  }
}
fs.rmSync(work, { recursive: true });
console.log(`${all.length} pairs, ${WHOLE.length} with the whole CLI, ${different} where we differ on purpose, ${failed} failed`);
process.exit(failed || all.length < 60 || !WHOLE.every((name) => all.some((pair) => pair.name === name)) ? 1 : 0);
