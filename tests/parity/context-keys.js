// SPDX-License-Identifier: MIT
'use strict';
// Holds src/cdk/context_keys.def against aws-cdk-lib: every feature flag is in it, those without effect change nothing of the reference
// app and of the single constructs, and those that are missing change something. Prints the flags that are implemented, as context.
//
//   node context-keys.js PACKAGES
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { execFileSync } = require('node:child_process');
const { App, Stack } = require('aws-cdk-lib');
const [packages] = process.argv.slice(2);
const { FLAGS } = require(path.join(packages, 'aws-cdk-lib/cx-api/lib/features.js'));

const definitions = fs.readFileSync(path.join(__dirname, '../../src/cdk/context/context_keys.def'), 'utf8');
const effects = new Map([...definitions.matchAll(/^KEY\("([^"]+)", (\w+)\)$/gm)].map(([, key, effect]) => [key, effect]));
const failures = [];

// A flag that aws-cdk-lib's second version has always on is refused there when it is set.
const isExpired = ({ unconfiguredBehavesLike }) => unconfiguredBehavesLike?.v2 === true;
// Changes something only where a stack has tags of its own.
const ELSEWHERE = new Set(['@aws-cdk/core:explicitStackTags']);
// These write reports, to standard error or beside the templates.
const REPORTS = new Set(['@aws-cdk/core:validateAgainstDefaultRules', '@aws-cdk/core:annotationsInValidationReport']);
const on = (effect) => Object.fromEntries(Object.entries(FLAGS)
  .filter(([key, flag]) => effects.get(key) === effect && !isExpired(flag) && !REPORTS.has(key) && typeof flag.recommendedValue === 'boolean')
  .map(([key]) => [key, true]));

for (const key of Object.keys(FLAGS))
  if (key.startsWith('@aws-cdk/') && !effects.has(key)) failures.push(`${key} is not in context_keys.def`);

function templates(directory) {
  return fs.readdirSync(directory).filter((name) => name.endsWith('.template.json')).sort()
    .map((name) => fs.readFileSync(path.join(directory, name), 'utf8')).join('').replace(/[0-9a-f]{64}/g, '<hash>');
}

function referenceApp(context) {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'keys-'));
  try {
    execFileSync(process.execPath, [path.join(__dirname, 'reference-app/app.js'), '--out', outdir],
      { env: { ...process.env, CDK_VALIDATION: 'false', CDK_CONTEXT_JSON: JSON.stringify(context) }, stdio: ['ignore', 'ignore', 'ignore'] });
    return templates(outdir);
  } finally {
    fs.rmSync(outdir, { recursive: true });
  }
}

function construct({ build, env = {}, context = {} }, extra) {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'keys-'));
  try {
    const app = new App({ outdir, analyticsReporting: false, context: { '@aws-cdk/core:defaultCrossStackReferences': 'strong', ...context, ...extra } });
    build(new Stack(app, 'Case', { env }));
    return JSON.stringify(app.synth().stacksRecursively.map(({ template }) => template)).replace(/[0-9a-f]{64}/g, '<hash>');
  } finally {
    fs.rmSync(outdir, { recursive: true });
  }
}

process.env.CDK_VALIDATION = 'false';
const without = on('WITHOUT_EFFECT');
const base = referenceApp({});
if (referenceApp(without) !== base) failures.push('a flag without effect changes the reference app');
for (const [key, value] of Object.entries(on('MISSING')))
  if (!ELSEWHERE.has(key) && referenceApp({ [key]: value }) === base) failures.push(`${key} changes nothing of the reference app`);
const cases = path.join(__dirname, 'constructs/cases');
for (const file of fs.readdirSync(cases))
  for (const [name, definition] of Object.entries(require(path.join(cases, file)))) {
    const wanted = typeof definition === 'function' ? { build: definition } : definition;
    if (construct(wanted, {}) !== construct(wanted, without)) failures.push(`a flag without effect changes ${name}`);
  }
for (const failure of failures) console.error(failure);
console.log(JSON.stringify(on('IMPLEMENTED')));
process.exitCode = failures.length ? 1 : 0;
