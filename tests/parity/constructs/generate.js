'use strict';
// Makes the expected templates of single constructs with aws-cdk-lib.
//
//   node generate.js [SERVICE ...]      rewrites tests/golden/constructs/<case>.json for the cases of these services (default: all)
//   node generate.js --check [SERVICE]  writes nothing; exit status 1 when a golden is missing or differs
//
// cases/<service>.js exports the cases: a name that begins with the service's, and a function of the stack, or an object with
// `build(stack)` and optionally `env`, `context`, and `exactVersions` (hashes of function versions are compared, too).
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { App, Stack } = require('aws-cdk-lib');
const { version } = require('aws-cdk-lib/package.json');

// The flags under which the stacks are compared (reference-app/app.js).
const FLAGS = {
  '@aws-cdk/aws-lambda:recognizeLayerVersion': true,
  '@aws-cdk/core:checkSecretUsage': true,
  '@aws-cdk/core:target-partitions': ['aws'],
  '@aws-cdk/aws-iam:minimizePolicies': true,
  '@aws-cdk/core:defaultCrossStackReferences': 'strong',
};

function synthesize(name, definition) {
  const { build, env = {}, context = {}, exactVersions } = typeof definition === 'function' ? { build: definition } : definition;
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'golden-'));
  try {
    const allContext = { ...FLAGS, ...context };
    const app = new App({ outdir, analyticsReporting: false, context: allContext });
    build(new Stack(app, 'Case', { env }));
    const templates = Object.fromEntries(app.synth().stacksRecursively.map((stack) => [stack.stackName, stack.template]));
    return { case: name, 'aws-cdk-lib': version, env, context: allContext, exactVersions, templates };
  } finally {
    fs.rmSync(outdir, { recursive: true });
  }
}

process.env.CDK_VALIDATION = 'false';
const check = process.argv.includes('--check');
const wanted = process.argv.slice(2).filter((argument) => argument !== '--check');
const casesDirectory = path.join(__dirname, 'cases');
let stale = 0;
for (const file of fs.readdirSync(casesDirectory).sort()) {
  const service = path.basename(file, '.js');
  if (wanted.length > 0 && !wanted.includes(service)) continue;
  const cases = require(path.join(casesDirectory, file));
  for (const [name, definition] of Object.entries(cases)) {
    if (!name.startsWith(`${service}-`)) throw new Error(`${file}: the case '${name}' must begin with '${service}-'`);
    const golden = path.join(__dirname, '..', '..', 'golden', 'constructs', `${name}.json`);
    const text = `${JSON.stringify(synthesize(name, definition), null, 1)}\n`;
    if (!check) fs.writeFileSync(golden, text);
    else if (!fs.existsSync(golden) || fs.readFileSync(golden, 'utf8') !== text) {
      console.log(`${name}: the golden is not what aws-cdk-lib ${version} makes`);
      stale++;
    }
  }
  console.log(`${service}: ${Object.keys(cases).length} cases`);
}
process.exitCode = stale === 0 ? 0 : 1;
