'use strict';
// Compares what `validate --policy aws-solutions` finds with what cdk-nag finds, exactly: rule with finding, resource, and
// whether it could be decided.
//
//   node compare.js PROGRAM cases                 the templates of cases.js, which also have to be what they say
//   node compare.js PROGRAM mutations SEED COUNT  those with values replaced by others, by functions, or taken out
//   node compare.js PROGRAM templates FILE ...
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { judgeTemplate } = require('./oracle');

const [program, mode, ...more] = process.argv.slice(2);

function ownFindings(templates) {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-'));
  const found = templates.map(() => []);
  try {
    templates.forEach((template, i) => fs.writeFileSync(path.join(directory, `${i}.json`), JSON.stringify(template)));
    const command = ['validate', directory, '--policy', 'aws-solutions', '--format', 'json', '--cfn-lint-exit-codes'];
    for (const id of ['E', 'W', 'I', 'T']) command.push('--ignore', id);
    let text;
    try {
      text = execFileSync(program, command, { encoding: 'utf8', maxBuffer: 1 << 30 });
    } catch (error) {
      if (error.status === null || error.status === 1 || !error.stdout) throw error;
      text = error.stdout;
    }
    for (const finding of JSON.parse(text).findings) found[parseInt(path.basename(finding.file), 10)].push(finding);
  } finally {
    fs.rmSync(directory, { recursive: true });
  }
  return found;
}

const line = (rule, resource, undecided) => `${rule} ${resource}${undecided ? ' undecided' : ''}`;

// Prints differences; returns their number.
function compare(named) {
  const expected = named.map(({ template }) => judgeTemplate(template));
  const actual = ownFindings(named.map(({ template }) => template));
  let differences = 0;
  let compared = 0;
  named.forEach(({ name, template }, i) => {
    if (expected[i] === null) return;
    const theirs = new Set(expected[i].map((finding) => line(finding.rule, finding.resource, finding.undecided)));
    const ours = new Set(actual[i].map((finding) => line(finding.rule, finding.resource, finding.message.startsWith('undecided'))));
    const lines = [...theirs].filter((text) => !ours.has(text)).map((text) => `  only cdk-nag: ${text}`)
      .concat([...ours].filter((text) => !theirs.has(text)).map((text) => `  only validate: ${text}`));
    compared++;
    if (lines.length === 0) return;
    differences++;
    console.log(`${name}\n${lines.join('\n')}\n  ${JSON.stringify(template.Resources).slice(0, 1500)}`);
  });
  console.log(`${mode}: ${compared} templates compared, ${named.length - compared} that the CDK does not take, ${differences} differ`);
  return { differences, expected };
}

// Mulberry32.
function randomOf(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return { below: (n) => Math.floor(next() * n), pick: (list) => list[Math.floor(next() * list.length)] };
}

function places(value, found = []) {
  if (value === null || typeof value !== 'object') return found;
  for (const key of Object.keys(value)) {
    if (key === 'Ref' || key.startsWith('Fn::')) continue;
    found.push([value, key]);
    places(value[key], found);
  }
  return found;
}

const FUNCTIONS = [
  { Ref: 'P' }, { Ref: 'AWS::NoValue' }, { Ref: 'AWS::Partition' }, { 'Fn::ImportValue': 'shared' }, { 'Fn::Sub': 'a-${P}' },
  { 'Fn::Join': ['', ['a', 'b']] }, { 'Fn::Join': ['/', [{ Ref: 'P' }, '*']] }, { 'Fn::Select': [0, { Ref: 'L' }] },
  { 'Fn::GetAtt': ['R', 'Arn'] }, { 'Fn::GetAtt': 'R.Arn' }, { Ref: 'R' }, { Ref: 'L' },
];
const LISTS = [{ 'Fn::Split': [',', 'a,b'] }, { 'Fn::Split': [',', { Ref: 'P' }] }, { 'Fn::GetAZs': '' }];

function mutate(template, random, donors) {
  const mutant = structuredClone(template);
  for (let count = 1 + random.below(3); count > 0; count--) {
    const [owner, key] = random.pick(places(Object.fromEntries(Object.entries(mutant.Resources).map(([id, { Properties }]) => [id, Properties ?? {}]))));
    const value = owner[key];
    const kind = random.below(6);
    if (kind === 0) Array.isArray(owner) ? owner.splice(Number(key), 1) : delete owner[key];
    else if (kind === 1) owner[key] = structuredClone(random.pick(Array.isArray(value) ? [...FUNCTIONS, ...LISTS] : FUNCTIONS));
    else if (kind === 2) owner[key] = { 'Fn::If': ['C', value, random.pick([{ Ref: 'AWS::NoValue' }, value])] };
    else if (typeof value === 'boolean') owner[key] = random.pick([!value, { 'Fn::Select': ['0', [String(!value)]] }, String(value), String(!value)]);
    else if (typeof value === 'number') owner[key] = random.pick([0, 1, value + 1, String(value)]);
    else if (typeof value === 'string') owner[key] = random.pick(['', '*', 'true', { 'Fn::Select': ['0', [value, 'b']] }, value.toUpperCase(), `${value}-x`, random.pick(donors)]);
    else if (Array.isArray(value)) owner[key] = random.pick([[], [...value, ...structuredClone(value)], structuredClone(value).reverse()]);
    else owner[key] = structuredClone(random.pick(FUNCTIONS));
  }
  return mutant;
}

function strings(value, found = new Set()) {
  if (typeof value === 'string') found.add(value);
  else if (value !== null && typeof value === 'object') Object.values(value).forEach((item) => strings(item, found));
  return found;
}

let differences;
if (mode === 'cases') {
  const cases = require('./cases');
  const result = compare(cases.map(({ rule, kind, template }, i) => ({ name: `${i}: ${rule} ${kind}`, template })));
  ({ differences } = result);
  cases.forEach(({ rule, kind, template }, i) => {
    const of = (result.expected[i] ?? []).filter((finding) => finding.resource === 'R' && finding.rule.split('[')[0] === rule);
    const right = result.expected[i] !== null && (kind === 'unknown' || (kind === 'good' ? of.length === 0 : of.some((finding) => !finding.undecided)));
    if (right) return;
    console.log(`${i}: to cdk-nag this is not ${kind} for ${rule}: ${JSON.stringify(template.Resources)}`);
    differences++;
  });
} else if (mode === 'mutations') {
  const [seed, count] = more.map(Number);
  const random = randomOf(seed);
  const templates = require('./cases').map(({ template }) => template);
  const donors = [...strings(templates.map(({ Resources }) => Resources))];
  const mutants = Array.from({ length: count }, (_, i) => ({ name: `seed ${seed}, ${i}`, template: mutate(random.pick(templates), random, donors) }));
  ({ differences } = compare(mutants));
} else {
  ({ differences } = compare(more.map((file) => ({ name: file, template: JSON.parse(fs.readFileSync(file, 'utf8')) }))));
}
process.exitCode = differences === 0 ? 0 : 1;
