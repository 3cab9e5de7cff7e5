// SPDX-License-Identifier: MIT
'use strict';
// What packs of cdk-nag find in the reference app, with no more accepted than its code accepts:
//
//   node policy-packs.js PACK [--context KEY=VALUE ...]
//
// Prints a line for each finding that is not accepted, "RULE<tab>SEVERITY<tab>CONSTRUCT", then how many rules are accepted.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { App, Validations } = require('aws-cdk-lib');
const packs = require('cdk-nag');
const [pack, ...context] = process.argv.slice(2);

const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-'));
process.on('exit', () => fs.rmSync(outdir, { recursive: true }));
process.env.CDK_VALIDATION = 'false';
process.argv = [process.argv[0], 'app.js', '--out', outdir, ...context];

const { synth } = App.prototype;
App.prototype.synth = function synthAndJudge(...options) {
  const accepted = new Set(this.node.findAll().flatMap((construct) => construct.node.metadata)
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) => Object.entries(data)).map(([id, reason]) => ({ id: id.replace(/^annotation::/i, '').replace(/\[.*/, ''), reason }))
    .filter(({ id, reason }) => id.startsWith('AwsSolutions-') && reason).map(({ id }) => id));
  for (const { ruleName, severity, violatingResources } of new packs[pack](this).validateScope(this).violations)
    for (const { constructPath } of violatingResources) console.log([ruleName, severity, constructPath].join('\t'));
  console.log(`${accepted.size} accepted`);
  return synth.apply(this, options);
};
require('./reference-app/app.js');
