'use strict';
// The six stacks: what cdk-nag says of the reference app while it is being synthesized, and what `validate --policy` says of
// the templates that this program makes of the same.
//
//   node app.js PROGRAM [--context KEY=VALUE ...]
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { App } = require('aws-cdk-lib');
const { judgeTree } = require('./oracle');

const [program, ...context] = process.argv.slice(2);
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-'));
process.on('exit', () => fs.rmSync(work, { recursive: true }));

function theirs() {
  const found = new Set();
  const { synth } = App.prototype;
  // Plugins run when references between stacks have become imports.
  App.prototype.synth = function synthesize(...options) {
    const assembly = synth.apply(this, options);
    for (const { stack, rule, resource, undecided } of judgeTree(this)) found.add(`${stack} ${rule} ${resource}${undecided ? ' undecided' : ''}`);
    return assembly;
  };
  process.argv.splice(2, process.argv.length, '--out', path.join(work, 'theirs'), ...context);
  require('../../parity/reference-app/app.js');
  return found;
}

function ours() {
  const run = (...command) => execFileSync(program, command, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1 << 28 });
  const directory = path.join(work, 'ours');
  run('synth', '--quiet', '--no-lookups', '--no-bundling', '--output', directory, ...context);
  let text;
  try {
    text = run('validate', directory, '--policy', 'aws-solutions', '--format', 'json');
  } catch (error) {
    if (error.status !== 1) throw error;
    text = error.stdout;
  }
  return new Set(JSON.parse(text).findings.filter(({ rule }) => rule.startsWith('AwsSolutions-')).map(({ file, rule, resource, message }) =>
    `${path.basename(file).split('.')[0]} ${rule} ${resource}${message.startsWith('undecided') ? ' undecided' : ''}`));
}

const expected = theirs();
const actual = ours();
const differences = [...expected].filter((line) => !actual.has(line)).map((line) => `only cdk-nag: ${line}`)
  .concat([...actual].filter((line) => !expected.has(line)).map((line) => `only validate: ${line}`));
if (process.env.SHOW_FINDINGS) console.log([...actual].sort().join('\n'));
if (differences.length > 0) console.log(differences.join('\n'));
console.log(`${expected.size} findings of cdk-nag, ${differences.length} differences`);
process.exitCode = differences.length === 0 && expected.size > 0 ? 0 : 1;
