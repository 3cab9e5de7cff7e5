// SPDX-License-Identifier: MIT
'use strict';
// The text does not depend on the order in which the packages have things, so that a new version changes only lines that say
// something new. Also: what it makes of types that no package has at the moment.
const fs = require('node:fs');
const path = require('node:path');
const assert = require('node:assert');

const folder = path.join(__dirname, '..', '..', 'schema');
const packages = path.join(__dirname, '..', '..', 'build', 'schema', 'node_modules');
const { readSpec } = require(path.join(folder, 'generate', 'spec.js'));
const { readConstraints } = require(path.join(folder, 'generate', 'constraints.js'));
const { parse } = require(path.join(folder, 'generate', 'declarations.js'));
const { writeText } = require(path.join(folder, 'generate', 'text.js'));

const backwards = (map) => new Map([...map].reverse());
const turned = (object) => Object.fromEntries(Object.entries(object).reverse());

function turn(spec) {
  for (const each of [...spec.resources.values(), ...spec.types.values()]) {
    each.properties = turned(each.properties);
    if (each.attributes) each.attributes = turned(each.attributes);
    for (const { type } of Object.values(each.properties)) type.allowedValues?.reverse();
  }
  for (const types of spec.owned.values()) types.reverse();
  return { resources: backwards(spec.resources), types: backwards(spec.types), owned: backwards(spec.owned) };
}

const committed = fs.readFileSync(path.join(folder, 'cloudformation.txt'), 'utf8');
const sources = [...committed.matchAll(/^%source (.*)$/gm)].map(([, source]) => source);
const spec = turn(readSpec(path.join(packages, '@aws-cdk/aws-service-spec/db.json.gz')));
const constraints = readConstraints(path.join(packages, '@awboost/cfn-resource-types/lib'), spec);
assert.ok(writeText(spec, constraints, sources) === committed, 'the order of the packages changes the text');

const { aliases, resourceType } = parse(`
export type Deep = {
    /**
     * Says /* and ends with a pattern.
     * @minLength \`1\`
     * @pattern \`^a/\u200d*[\u0007\`]$\`
     */
    "Quoted-Key"?: ("A" | "B")[];
    Many: Record<string, { In?: Deep; }> | (Deep & string);
};
export declare class Deep extends $Resource<"A::B::C"> {
    static readonly Type = "A::B::C";
}`);
assert.equal(resourceType, 'A::B::C');
const { members } = aliases.get('Deep');
assert.deepEqual(members.get('Quoted-Key').constraints, { minLength: 1, pattern: '^a*/[\\x07`]$' });
assert.equal(members.get('Quoted-Key').type.element.types[1].text, 'B');
assert.equal(members.get('Many').type.types[0].element.kind, 'object');
console.log('the order of the packages does not matter');
