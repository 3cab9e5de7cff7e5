// SPDX-License-Identifier: MIT
'use strict';
// Reads a folder of AWS's provider schemas: data/schemas of the Python package cfn-lint (which has them with corrections, and by region),
// or CloudformationSchema.zip of one region, unpacked.
const fs = require('node:fs');
const path = require('node:path');
const { RULES } = require('./extension_rules.js');

const REGION = 'us-east-1';
// What only describes; what aws-service-spec has too; what says how a provider works.
const LEFT_OUT = [
  '$comment', '$id', '$schema', 'arrayType', 'cfnLint', 'default', 'description', 'examples', 'insertionOrder', 'message', 'relationshipRef',
  'title', 'typeName', // of a schema and of its parts
];
const OF_TYPES = ['definitions', 'properties', 'readOnlyProperties', 'writeOnlyProperties', 'createOnlyProperties',
  'conditionalCreateOnlyProperties', 'deprecatedProperties', 'lifecycle', 'tagging'];
const NOT_OF_TYPES = ['additionalIdentifiers', 'documentationUrl', 'handlers', 'nonPublicDefinitions', 'nonPublicProperties',
  'primaryIdentifier', 'propertyTransform', 'remote', 'replacementStrategy', 'resourceLink', 'sourceUrl', 'taggable',
  'typeConfiguration'];
const HOLDS_NAMES = ['properties', 'patternProperties', 'definitions'];
// What is looked up in what has been gathered.
const DATA_KEYWORDS = { exclusiveMinimum: 'dataExclusiveMinimum', minimum: 'dataMinimum', pattern: 'dataPattern' };
const HOLDS_VALUES = ['enum', 'enumCaseInsensitive', 'const'];

const readJson = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));
const day = (file) => fs.statSync(file).mtime.toISOString().slice(0, 10);
const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

// Control characters of a pattern become escapes that mean the same.
const printable = (pattern) =>
  pattern.replace(/[\u0000-\u001f\u007f]/g, (control) => `\\x${control.charCodeAt(0).toString(16).padStart(2, '0')}`);

// A schema without what is left out, with "#/definitions/X" as "X", "cfnGather" as "gather" and "gathered", and "cfnContext", which says
// that functions count as they are written, as "literal".
function strip(schema) {
  if (Array.isArray(schema)) return schema.map(strip);
  if (!isObject(schema)) return schema;
  const kept = {};
  for (const [key, value] of Object.entries(schema)) {
    if (LEFT_OUT.includes(key)) continue;
    if (HOLDS_VALUES.includes(key)) kept[key] = value;
    else if (key === '$ref') kept[key] = value.replace(/^#\/definitions\//, '');
    else if (key === 'cfnGather') Object.assign(kept, { gather: value.gather, gathered: strip(value.schema) });
    else if (key === 'cfnContext') kept.literal = strip(value.schema);
    else if (key === 'pattern' && typeof value === 'string') kept[key] = printable(value);
    else if (DATA_KEYWORDS[key] && isObject(value)) kept[DATA_KEYWORDS[key]] = value;
    else if (key === 'dependencies') Object.assign(kept, dependencies(value));
    else if (HOLDS_NAMES.includes(key) && isObject(value)) kept[key] = stripEach(value);
    else kept[key] = strip(value);
  }
  return kept;
}

// Names that one asks for stay; schemas have the name of newer JSON Schema.
function dependencies(named) {
  const found = {};
  for (const [name, each] of Object.entries(named)) {
    const key = Array.isArray(each) ? 'dependencies' : 'dependentSchemas';
    found[key] = { ...found[key], [name]: Array.isArray(each) ? each : strip(each) };
  }
  return found;
}

// References give way to what they refer to.
function inline(schema, target) {
  if (Array.isArray(schema)) return schema.map((each) => inline(each, target));
  if (!isObject(schema)) return schema;
  if (typeof schema.$ref === 'string' && target(schema.$ref)) return inline(target(schema.$ref), target);
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, inline(value, target)]));
}

function withoutDefinitions({ definitions = {}, ...schema }) {
  return inline(schema, (name) => definitions[name]);
}

const stripEach = (named) => Object.fromEntries(Object.entries(named).map(([name, each]) => [name, strip(each)]));

const paths = (list) => (list ?? []).map((each) => each.replace(/^\/?properties\//, '')).sort();

function typeOf(schema, file) {
  const root = {};
  for (const [key, value] of Object.entries(schema))
    if (!OF_TYPES.includes(key) && !NOT_OF_TYPES.includes(key) && !LEFT_OUT.includes(key)) root[key] = value;
  const ofProperty = (name) => (name.startsWith('#/properties/') ? strip(schema.properties[name.slice('#/properties/'.length)]) : undefined);
  const tags = schema.tagging ?? (schema.taggable === undefined ? undefined : { taggable: schema.taggable });
  return {
    name: schema.typeName,
    from: file,
    notIn: [],
    readOnly: paths(schema.readOnlyProperties),
    writeOnly: paths(schema.writeOnlyProperties),
    createOnly: paths(schema.createOnlyProperties),
    mayCreateOnly: paths(schema.conditionalCreateOnlyProperties),
    deprecated: paths(schema.deprecatedProperties),
    taggable: tags?.taggable !== false && tags !== undefined,
    lifecycle: schema.lifecycle,
    root: strip(root),
    properties: inline(stripEach(schema.properties ?? {}), ofProperty),
    definitions: inline(stripEach(schema.definitions ?? {}), ofProperty),
    rules: [],
  };
}

// { TYPE: HASH } of one region, a table in Python.
function readRegion(file) {
  const found = new Map();
  for (const [, type, hash] of fs.readFileSync(file, 'utf8').matchAll(/^ {4}"([^"]+)": "([0-9a-f]+)",$/gm)) found.set(type, hash);
  if (found.size === 0) throw new Error(`${file} names no types`);
  return found;
}

// Equal schemas of several regions as one; what holds everywhere has none.
function byRegions(whole) {
  if (whole[REGION] === undefined) return [{ schema: whole, regions: [] }];
  const found = new Map();
  for (const [region, schema] of Object.entries(whole)) {
    if (!isObject(schema)) continue;
    const key = JSON.stringify(schema);
    found.set(key, { schema, regions: [...(found.get(key)?.regions ?? []), region].sort() });
  }
  return [...found.values()];
}

function addRules(types, folder) {
  for (const [id, file, mode, places] of RULES) {
    const whole = readJson(path.join(folder, 'extensions', file));
    for (const { schema, regions } of byRegions(whole))
      for (const place of places) {
        const [name, ...rest] = place.split('/');
        types.get(name)?.rules.push({ id, mode, place: rest.join('/'), schema: withoutDefinitions(strip(schema)), regions });
      }
  }
}

// "choice/definitions/Operator" as "States.choice.Operator", the whole as "States".
const statesName = (reference) => ['States', ...reference.split(/#\/|\/definitions\/|\//)].filter((part) => part !== '').join('.');

function renameStates(schema) {
  if (Array.isArray(schema)) return schema.map(renameStates);
  if (!isObject(schema)) return schema;
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [
    key, key === '$ref' && typeof value === 'string' ? statesName(value) : renameStates(value)]));
}

function addStatesDefinitions(found, name, { definitions = {}, ...schema }) {
  found[statesName(name)] = renameStates(schema);
  for (const [inner, each] of Object.entries(definitions)) addStatesDefinitions(found, name === '' ? inner : `${name}/${inner}`, each);
}

// What is said of parts of a template whose form is another language's.
function addLanguages(types, folder) {
  const machine = types.get('AWS::StepFunctions::StateMachine');
  addStatesDefinitions(machine.definitions, '', strip(readJson(path.join(folder, 'other', 'step_functions', 'statemachine.json'))));
  machine.rules.push({ id: 'E3601', mode: 'all', place: 'Properties/Definition', schema: { $ref: 'States' }, regions: [] });
  types.get('AWS::SSM::Document').rules.push({
    id: 'E3051', mode: 'all', place: 'Properties/Content', schema: strip(readJson(path.join(folder, 'other', 'ssm', 'document.json'))),
    regions: [] });
}

function readVersion(folder) {
  const file = path.join(folder, '..', '..', 'version.py');
  const found = fs.existsSync(file) && fs.readFileSync(file, 'utf8').match(/^__version__ = "([^"]+)"/m);
  return found ? found[1] : 'unknown';
}

function readRuntimes(folder) {
  const file = path.join(folder, '..', 'AdditionalSpecs', 'LmbdRuntimeLifecycle.json');
  return fs.existsSync(file) ? readJson(file) : {};
}

function readCfnLint(folder) {
  const regions = fs.readdirSync(path.join(folder, 'providers')).filter((name) => /^[a-z_]+_\d+\.py$/.test(name)).sort();
  const tables = new Map(regions.map((name) => [
    name.slice(0, -3).replaceAll('_', '-'), readRegion(path.join(folder, 'providers', name))]));
  const types = new Map();
  for (const [region, table] of [[REGION, tables.get(REGION)], ...tables])
    for (const [name, hash] of table) {
      if (types.has(name)) continue;
      const file = `resources/${hash}.json`;
      types.set(name, { ...typeOf(readJson(path.join(folder, file)), region === REGION ? file : `${file} of ${region}`), name });
    }
  for (const type of types.values()) type.notIn = [...tables.keys()].filter((region) => !tables.get(region).has(type.name));
  addRules(types, folder);
  addLanguages(types, folder);
  const date = day(path.join(folder, 'providers', `${REGION.replaceAll('-', '_')}.py`));
  const sources = [`cfn-lint ${readVersion(folder)} ${date}`];
  const other = (...names) => withoutDefinitions(strip(readJson(path.join(folder, 'other', ...names))));
  const named = {
    'cfn-init': other('resources', 'cfn_init.json'),
    interface: other('metadata', 'interface.json'),
    tagging: other('resources', 'tagging.json'),
  };
  return { sources, regions: [...tables.keys()], types, runtimes: readRuntimes(folder), named };
}

function readDownload(folder) {
  const types = new Map();
  let newest = '';
  for (const name of fs.readdirSync(folder).filter((each) => each.endsWith('.json')).sort()) {
    const file = path.join(folder, name);
    const schema = readJson(file);
    if (!schema.typeName) continue;
    types.set(schema.typeName, typeOf(schema, name));
    newest = day(file) > newest ? day(file) : newest;
  }
  if (types.size === 0) throw new Error(`${folder} has neither cfn-lint's data/schemas nor files of CloudformationSchema.zip`);
  return { sources: [`CloudformationSchema ${newest}`], regions: [], types, runtimes: {}, named: {} };
}

function readProviders(folder) {
  return fs.existsSync(path.join(folder, 'providers')) ? readCfnLint(folder) : readDownload(folder);
}

module.exports = { readProviders };
