'use strict';
// Makes tests/golden/stacks/<context set>.json from the reference app: what the six stacks must be, and under which context.
//
//   node make-goldens.js [SET ...]  rewrites those of these context sets (default: all)
//   node make-goldens.js --check    writes nothing; exit status 1 when one is missing or differs
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { execFileSync } = require('node:child_process');
const { version } = require('aws-cdk-lib/package.json');
const { sets, contextArguments, contextJson } = require('./context-sets');

const app = path.join(__dirname, 'reference-app');
const golden = path.join(__dirname, '..', 'golden', 'stacks');

// The reference app refuses a set with an exception; its message is what counts, not the minified line that node prints.
function run(args, context) {
  try {
    execFileSync(process.execPath, args, { env: { ...process.env, CDK_VALIDATION: 'false', CDK_CONTEXT_JSON: context }, stdio: ['ignore', 'ignore', 'pipe'] });
  } catch (error) {
    throw new Error(String(error.stderr).split('\n').filter((line) => /^\w*Error: /.test(line)).join('\n') || 'the reference app failed');
  }
}

// An asset's hash depends on the stand-in packages, so it would change from run to run.
const mask = (text) => text.replace(/\b[0-9a-f]{64}\b/g, '<hash>').replace(/(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}/g, '$1<hash>');

function synthesize(name) {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'golden-'));
  try {
    run([path.join(app, 'app.js'), '--out', outdir, ...contextArguments(sets[name])], contextJson(sets[name]));
    const { artifacts } = JSON.parse(fs.readFileSync(path.join(outdir, 'manifest.json'), 'utf8'));
    const stacks = Object.entries(artifacts).filter(([, artifact]) => artifact.type === 'aws:cloudformation:stack');
    return {
      set: name,
      'aws-cdk-lib': version,
      context: sets[name],
      templates: Object.fromEntries(stacks.map(([id, { properties }]) =>
        [id, JSON.parse(mask(fs.readFileSync(path.join(outdir, properties.templateFile), 'utf8')))])),
      artifacts: Object.fromEntries(stacks.map(([id, { environment, properties, dependencies }]) => [id, {
        environment,
        dependencies: [...dependencies].sort(),
        tags: properties.tags,
        terminationProtection: properties.terminationProtection,
      }])),
    };
  } finally {
    fs.rmSync(outdir, { recursive: true });
  }
}

const check = process.argv[2] === '--check';
let stale = 0;
fs.mkdirSync(golden, { recursive: true });
const wanted = process.argv.slice(2).filter((argument) => argument !== '--check');
const names = Object.keys(sets).filter((name) => wanted.length === 0 || wanted.includes(name));
for (const name of names) {
  const file = path.join(golden, `${name}.json`);
  let text;
  try {
    text = `${JSON.stringify(synthesize(name), null, 1)}\n`;
  } catch (error) {
    console.log(`${name}: ${error.message}`);
    stale++;
    continue;
  }
  if (!check) fs.writeFileSync(file, text);
  else if (!fs.existsSync(file) || fs.readFileSync(file, 'utf8') !== text) {
    console.log(`${name}: the golden is not what aws-cdk-lib ${version} makes`);
    stale++;
  }
}
console.log(`${names.length} context sets`);
process.exitCode = stale === 0 ? 0 : 1;
