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
const { randomPairs } = require('./random');
const { cdkDiff } = require('./whole');

const [program, cli, goldens] = process.argv.slice(2);
const RANDOM_PAIRS = Number(process.env.RANDOM_PAIRS ?? 200), RANDOM_SEED = Number(process.env.RANDOM_SEED ?? 1);
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

// References in functions are followed, which pairs.js lists: what changes because of another resource may differ.
const leaveOutFollowed = (report, cdk, found) => {
  const followed = report.stacks[0].resources.filter(({ changes = [] }) => changes.some(({ because }) => because)).map(({ id }) => id);
  for (const id of followed) delete cdk.resources[id], delete found.resources[id];
  if (followed.length) delete cdk.destructive, delete found.destructive;
};

// The CDK does not look at these ways to gain rights; docs/diff.md lists them. Each row that we have has something that changed: the
// property, or what decides about it.
const leaveOutAccess = (pair, found) => {
  const same = (pick) => JSON.stringify(pick(pair.before)) === JSON.stringify(pick(pair.after));
  const decided = !['Parameters', 'Mappings', 'Conditions'].every((name) => same((template) => template[name]));
  for (const row of found.access) {
    const [, id, property] = /^\$\{(.*)\} ([^ .]*)/.exec(row);
    if (id === 'Template') assert(!same((template) => template.Transform) || pair.before.Transform, `${row}: nothing changed`);
    else assert(decided || !same((template) => template.Resources[id]?.Properties?.[property] ?? null) || property === '(all)' ||
      !same((template) => [template.Resources[id]?.Condition, template.Resources[id]?.Type]), `${row}: nothing changed`);
  }
  found.access = [];
};

// What a pair names as followed, the CDK does not see, where we say that another resource is the only reason, or takes for an update,
// where the resource has changes of its own.
const addFollowed = (pair, report, cdk) => {
  for (const [id, impact] of Object.entries(pair.followed ?? {})) {
    const [{ changes = [] } = {}] = report.stacks[0].resources.filter((resource) => resource.id === id);
    if (!changes.some(({ because }) => because)) continue;
    assert.strictEqual(cdk.resources[id], changes.every(({ because }) => because) ? undefined : 'update', `${pair.name}: the CDK sees ${id} too`);
    cdk.resources = Object.fromEntries(Object.entries({ ...cdk.resources, [id]: impact }).sort());
  }
};

// The CDK compares statements as texts: one that goes and comes with the same meaning is none.
const leaveOutRewritten = (rows) => rows.filter((row) => !rows.includes((row[0] === '+' ? '-' : '+') + row.slice(1)));

// Where we differ on purpose, `ours` says what we decide, and the CDK has to decide otherwise: else the entry is stale.
const check = (pair) => {
  const cdk = ofCdk(library.fullDiff(pair.before, pair.after), pair);
  const report = run(pair);
  const found = ofOurs(report);
  if (pair.random) leaveOutFollowed(report, cdk, found);
  if (pair.random) leaveOutAccess(pair, found);
  if (pair.random) cdk.statements = leaveOutRewritten(cdk.statements);
  assert.strictEqual(report.stacks[0].summary.broadening, ofOurs(report).broadening || ofOurs(report).access.length > 0);
  addFollowed(pair, report, cdk);
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

const all = [...pairs, ...goldenPairs(goldens), ...randomPairs(goldens, RANDOM_SEED, RANDOM_PAIRS)];
for (const pair of all) {
  try {
    check(pair);
    if (WHOLE.includes(pair.name)) checkWhole(pair);
  } catch (error) {
    fail(pair, error.message);
  }
}
fs.rmSync(work, { recursive: true });
console.log(`${all.length} pairs, ${RANDOM_PAIRS} of them by chance (seed ${RANDOM_SEED}), ${WHOLE.length} with the whole CLI, ${different} where we differ on purpose, ${failed} failed`);
process.exit(failed || all.length < 60 || !WHOLE.every((name) => all.some((pair) => pair.name === name)) ? 1 : 0);
