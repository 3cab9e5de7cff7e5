// SPDX-License-Identifier: MIT
'use strict';
// node compare.js SCHEMA.json: compares what tango-infra knows (tango-infra schema --json) with the packages themselves, in every
// type, property and attribute. aws-service-spec is read through its own library; the declarations of cfn-resource-types
// line by line, unlike script/update-schema does.
const fs = require('node:fs');
const path = require('node:path');
const assert = require('node:assert');

const packages = path.join(__dirname, '..', '..', 'build', 'schema', 'node_modules');
const { loadAwsServiceSpecSync } = require(path.join(packages, '@aws-cdk', 'aws-service-spec'));
const declarations = path.join(packages, '@awboost', 'cfn-resource-types', 'lib');

// The declarations have these nested types under other names where properties use them.
const OTHERWISE_NAMED = new Set([
  'AWS::CustomerProfiles::Domain.Readiness',
  'AWS::MediaLive::Multiplexprogram.MultiplexVideoSettings',
  'AWS::SageMaker::InferenceComponent.DeployedImage',
  'AWS::WorkSpacesWeb::UserSettings.ImageMetadata',
]);

// What schema/generate/supplement.js adds: types that hold data, and properties. What the packages say of replacement in types that a
// transform makes is wrong; tests/schema/test_schema.c has what is right.
const { STATEFUL } = require(path.join(__dirname, '..', '..', 'schema', 'generate', 'supplement.js'));
// A table and a nested stack.
const STATEFUL_IN_TRUTH = ['AWS::Serverless::Application', 'AWS::Serverless::SimpleTable'];
const ADDED = { 'AWS::Serverless::Function': ['RolePath', 'TenancyConfig'], 'AWS::Serverless::StateMachine': ['RolePath'] };

const counts = {};
const count = (what, by = 1) => (counts[what] = (counts[what] ?? 0) + by);
const sorted = (list) => [...new Set(list)].sort();
const without = (object) => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined && value !== false));

function plainType(db, type) {
  count('types');
  const { type: kind, element, types, allowedValues } = type;
  if (kind === 'ref') return { kind: 'object', name: db.get('typeDefinition', type.reference).name };
  return without({
    kind,
    element: element && plainType(db, element),
    members: types && sorted(types.map((each) => JSON.stringify(plainType(db, each)))),
    allowedValues: allowedValues && sorted(allowedValues.map(String)),
  });
}

// Ours in the same form, without what aws-service-spec knows nothing about.
function ourType({ kind, name, element, members, allowedValues }, theirs) {
  const added = theirs?.kind === 'string' && !theirs.allowedValues && allowedValues;
  if (added) count('allowed values that only cfn-resource-types has');
  return without({
    kind,
    name,
    element: element && ourType(element, theirs?.element),
    members: members && sorted(members.map((each) => JSON.stringify(ourType(each, { kind: 'string' })))),
    allowedValues: added ? undefined : allowedValues && sorted(allowedValues.map(String)),
  });
}

function compareProperties(db, where, theirs, ours, isMade = false) {
  assert.deepEqual(Object.keys(ours), Object.keys(theirs).sort(), where);
  for (const [name, property] of Object.entries(theirs)) {
    count('properties and attributes');
    const type = plainType(db, property.type);
    const { type: mine, ...rest } = ours[name];
    if (isMade) delete rest.causesReplacement;
    assert.deepEqual(ourType(mine, type), type, `${where}.${name}`);
    assert.deepEqual(
      rest,
      without({
        required: property.required,
        causesReplacement: isMade || property.causesReplacement === 'no' ? undefined : property.causesReplacement,
        deprecated: property.deprecated === 'WARN',
        default: property.defaultValue,
        scrutiny: property.scrutinizable === 'None' ? undefined : property.scrutinizable,
        refersTo:
          property.relationshipRefs &&
          sorted(property.relationshipRefs.map((each) => `${each.cloudFormationType}.${each.propertyName}`)),
      }),
      `${where}.${name}`,
    );
  }
}

function compareResource(db, resource, ours) {
  const { attributes, properties, types, ...facts } = ours;
  const where = resource.cloudFormationType;
  const { tagInformation: tags, additionalReplacementProperties: paths } = resource;
  assert.deepEqual(
    facts,
    without({
      resourceType: where,
      stateful: resource.isStateful || STATEFUL.includes(where) || STATEFUL_IN_TRUTH.includes(where),
      tags: tags && { property: tags.tagPropertyName, format: tags.variant },
      primaryIdentifier: resource.primaryIdentifier?.length ? resource.primaryIdentifier : undefined,
      ref: resource.cfnRefIdentifier?.length
        ? resource.cfnRefIdentifier
        : resource.primaryIdentifier?.length
          ? resource.primaryIdentifier
          : undefined,
      arn: resource.arnTemplate,
      transform: resource.cloudFormationTransform,
      scrutiny: resource.scrutinizable === 'None' ? undefined : resource.scrutinizable,
      replacingPaths: paths && sorted(paths.map((each) => each.join('.'))),
    }),
    where,
  );
  const isMade = resource.cloudFormationTransform !== undefined;
  compareProperties(db, `${where} attribute`, resource.attributes, attributes);
  for (const name of ADDED[where] ?? []) delete properties[name];
  compareProperties(db, where, resource.properties, properties, isMade);
  const nested = [...db.follow('usesType', resource)].map(({ entity }) => entity);
  assert.deepEqual(Object.keys(types), nested.map(({ name }) => name).sort(), `${where}: nested types`);
  for (const type of nested) compareProperties(db, `${where}.${type.name}`, type.properties, types[type.name], isMade);
  count('nested types', nested.length);
}

// The members of an alias on the first level, with the constraints in front of them: { NAME: { pattern, ... } }.
function readAlias(lines, from) {
  const members = {};
  let found = {};
  for (let i = from + 1; !/^};?$/.test(lines[i]) && i < lines.length; i++) {
    const constraint = /^ {5,7}\* @(pattern|minLength|maxLength|min|max) `(.*)`$/.exec(lines[i]);
    const member = /^ {4}"?(\w+)"?\??: /.exec(lines[i]);
    if (/^ {4}\/\*\*/.test(lines[i])) found = {};
    if (constraint) found[constraint[1]] = constraint[2];
    if (member) {
      members[member[1]] = found;
      found = {};
    }
  }
  return members;
}

// What bounds and patterns the declarations have for one property must be what we have, if its type can have them.
function compareConstraints(where, theirs, ours) {
  const { kind, minimum, maximum, pattern } = ours.type;
  const [low, high] = kind === 'integer' || kind === 'number' ? ['min', 'max'] : ['minLength', 'maxLength'];
  if (!['string', 'array', 'integer', 'number'].includes(kind)) return;
  assert.equal(minimum, theirs[low] === undefined ? undefined : Number(theirs[low]), `${where}: minimum`);
  assert.equal(maximum, theirs[high] === undefined ? undefined : Number(theirs[high]), `${where}: maximum`);
  if (kind !== 'string') return;
  const damaged = theirs.pattern === undefined || theirs.pattern.includes('\ufffd');
  const repaired = theirs.pattern?.replaceAll('/\u200d*', '*/').replaceAll('\0', '\\x00').replaceAll('\t', '\\x09').replaceAll('\x7f', '\\x7f');
  assert.equal(pattern, damaged ? undefined : repaired, `${where}: pattern`);
  count('constraints compared', [minimum, maximum, pattern].filter((each) => each !== undefined).length);
}

function compareMembers(where, theirs, ours) {
  for (const [name, property] of Object.entries(ours))
    if (theirs[name]) compareConstraints(`${where}.${name}`, theirs[name], property);
}

// The names of the nested types that a template can use; others are those of attributes.
function reachable(resource, properties = resource.properties, found = new Set()) {
  const visit = (type) => {
    if (type.element) visit(type.element);
    type.members?.forEach(visit);
    if (!type.name || found.has(type.name)) return;
    found.add(type.name);
    reachable(resource, resource.types[type.name], found);
  };
  Object.values(properties).forEach(({ type }) => visit(type));
  return found;
}

function compareDeclarations(resources) {
  for (const name of fs.readdirSync(declarations).filter((each) => each.endsWith('.d.ts'))) {
    const text = fs.readFileSync(path.join(declarations, name), 'utf8');
    const lines = text.split('\n');
    const resource = resources.get(/static readonly Type = "(.*)"/.exec(text)[1]);
    if (!resource) continue;
    const nested = reachable(resource);
    count('declarations');
    for (let i = 0; i < lines.length; i++) {
      const [, alias] = /^export type (\w+) = \{$/.exec(lines[i]) ?? [];
      const where = `${resource.resourceType}.${alias}`;
      if (alias?.endsWith('Properties')) compareMembers(where, readAlias(lines, i), resource.properties);
      else if (nested.has(alias) && !OTHERWISE_NAMED.has(where)) compareMembers(where, readAlias(lines, i), resource.types[alias]);
    }
  }
}

const { sources, resources } = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
resources.forEach((resource) => delete resource.constraints); // compare_providers.py has these
const byType = new Map(resources.map((resource) => [resource.resourceType, resource]));
const db = loadAwsServiceSpecSync();
assert.deepEqual(
  sources,
  ['@aws-cdk/aws-service-spec', '@awboost/cfn-resource-types'].map(
    (name) => `${name} ${JSON.parse(fs.readFileSync(path.join(packages, name, 'package.json'), 'utf8')).version}`,
  ),
);
assert.deepEqual([...byType.keys()], db.all('resource').map((each) => each.cloudFormationType).sort());
for (const resource of db.all('resource')) compareResource(db, resource, byType.get(resource.cloudFormationType));
compareDeclarations(byType);
console.log(`${byType.size} resource types equal`, counts);
