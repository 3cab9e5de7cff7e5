#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The CloudFront Function of the frontend, and that the template has it on the default behavior alone.
set -euo pipefail
command -v node >/dev/null || { echo "skipped: there is no Node.js"; exit 77; }
node "$SOURCE_DIRECTORY/tests/functions/frontend_router.js"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
HOME=$work TANGO_FUNCTIONS=$SOURCE_DIRECTORY/tests/parity/functions "$TANGO_INFRA" synth --quiet --output cdk.out
node - "$SOURCE_DIRECTORY/functions/frontend-router/index.js" <<'JS'
const assert = require('node:assert');
const fs = require('node:fs');
const { Resources } = JSON.parse(fs.readFileSync('cdk.out/TangoFrontend.template.json', 'utf8'));
const [id, code] = Object.entries(Resources).find(([, { Type }]) => Type === 'AWS::CloudFront::Function');
const { Properties: { DistributionConfig: distribution } } = Object.values(Resources).find(({ Type }) => Type === 'AWS::CloudFront::Distribution');
assert.strictEqual(code.Properties.FunctionCode, fs.readFileSync(process.argv[2], 'utf8'));
assert.strictEqual(code.Properties.FunctionConfig.Runtime, 'cloudfront-js-2.0');
assert.deepStrictEqual(distribution.DefaultCacheBehavior.FunctionAssociations,
  [{ EventType: 'viewer-request', FunctionARN: { 'Fn::GetAtt': [id, 'FunctionARN'] } }]);
// The API's own status and body reach the client.
assert.strictEqual(distribution.CustomErrorResponses, undefined);
assert.deepStrictEqual(distribution.CacheBehaviors.map(({ PathPattern, FunctionAssociations }) => [PathPattern, FunctionAssociations]), [['/api/*', undefined]]);
JS
echo "1 passed, 0 failed"
