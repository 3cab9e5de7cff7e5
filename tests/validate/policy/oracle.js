'use strict';
// What cdk-nag's AwsSolutionsChecks says of templates, which go through CfnInclude, as its documentation says, and of apps.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { App, CfnResource, Stack } = require('aws-cdk-lib');
const classes = require(path.join(path.dirname(require.resolve('aws-cdk-lib/package.json')), 'cloudformation-include/lib/cfn-type-to-l1-mapping.js'));
const { CfnInclude } = require('aws-cdk-lib/cloudformation-include');
const { AwsSolutionsChecks } = require('cdk-nag');

// CfnInclude makes constructs of another module than apps do and cdk-nag knows.
const { lookup } = classes;
const MODULES = { 'AWS::EKS::Cluster': 'aws-cdk-lib/aws-eks.CfnCluster', 'AWS::KinesisAnalyticsV2::Application': 'aws-cdk-lib/aws-kinesisanalytics.CfnApplicationV2' };
Object.defineProperty(classes, 'lookup', { value: (type) => MODULES[type] ?? lookup(type) });

// Its report says of several resources together whether a rule threw an exception.
class Checks extends AwsSolutionsChecks {
  constructor() {
    super();
    this.findings = [];
  }

  addViolation(rule, parameters, exception) {
    const { node, level } = parameters;
    const resource = Stack.of(node).resolve(node.logicalId);
    this.findings.push({ stack: Stack.of(node).stackName, rule, resource, level: level.toLowerCase(), undecided: exception !== undefined });
  }
}

// [{ stack, rule, resource, level, undecided }]; `rule` is the id with its finding in brackets.
function judgeTree(scope) {
  const checks = new Checks();
  checks.validateScope(scope);
  return checks.findings;
}

const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'policy-')), 'template.json');
process.on('exit', () => fs.rmSync(path.dirname(file), { recursive: true }));

// NULL when the CDK does not take the template.
function judgeTemplate(template) {
  const app = new App({ analyticsReporting: false, outdir: path.dirname(file) });
  fs.writeFileSync(file, JSON.stringify(template));
  try {
    new CfnInclude(new Stack(app, 'Stack'), 'Template', { templateFile: file });
  } catch {
    return null;
  }
  return judgeTree(app);
}

module.exports = { judgeTemplate, judgeTree };
