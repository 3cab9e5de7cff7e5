// SPDX-License-Identifier: MIT
'use strict';
// Writes the constraints as text; schema/README.md describes the form.
const { createHash } = require('node:crypto');

const SET_SIZE = 20; // lists of allowed values longer than this get a name when they occur again

const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const sortedEntries = (object) => Object.entries(object).sort(([a], [b]) => byText(a, b));
const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

// JSON in one line, its keys in the order of their characters.
function json(value) {
  if (Array.isArray(value)) return `[${value.map(json).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value).replace(/[\u007f-\uffff]/g, escaped);
  return `{${sortedEntries(value).map(([key, each]) => `${json(key)}:${json(each)}`).join(',')}}`;
}

const escaped = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

class Sets {
  constructor() {
    this.counts = new Map();
  }

  count(schema) {
    if (Array.isArray(schema)) schema.forEach((each) => this.count(each));
    if (!isObject(schema)) return;
    if (Array.isArray(schema.enum) && schema.enum.length > SET_SIZE)
      this.counts.set(json(schema.enum), (this.counts.get(json(schema.enum)) ?? 0) + 1);
    Object.values(schema).forEach((each) => this.count(each));
  }

  name(list) {
    return `set-${createHash('sha256').update(list).digest('hex').slice(0, 8)}`;
  }

  named() {
    return [...this.counts].filter(([, count]) => count > 1).map(([list]) => [this.name(list), list]).sort(([a], [b]) => byText(a, b));
  }

  replace(schema) {
    if (Array.isArray(schema)) return schema.map((each) => this.replace(each));
    if (!isObject(schema)) return schema;
    return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, this.replaceValue(key, value)]));
  }

  replaceValue(key, value) {
    if (key === 'enum' && Array.isArray(value) && this.counts.get(json(value)) > 1) return this.name(json(value));
    return this.replace(value);
  }
}

// Properties on lines of their own.
function definition(name, schema, write) {
  const { properties, ...rest } = schema;
  return isObject(properties)
    ? [` ${name} ${write({ ...rest, properties: {} })}`, ...sortedEntries(properties).map(([key, each]) => `  ${key} ${write(each)}`)]
    : [` ${name} ${write(schema)}`];
}

// Many parts on lines of their own.
function ruleLines({ id, mode, place, regions, schema }, write) {
  const head = ` !${id} ${mode}${regions.length ? `@${regions.join(',')}` : ''} ${place}`;
  const many = schema.allOf?.length > 1;
  return [`${head} ${write(many ? { ...schema, allOf: [] } : schema)}`, ...(many ? schema.allOf.map((each) => `  ${write(each)}`) : [])];
}

function typeLines(type, write) {
  const list = (name, items) => (items.length ? [` %${name} ${items.join(' ')}`] : []);
  return [
    type.name,
    ` %from ${type.from}`,
    ...list('not-in', type.notIn),
    ...list('read-only', type.readOnly),
    ...list('write-only', type.writeOnly),
    ...list('create-only', type.createOnly),
    ...list('may-create-only', type.mayCreateOnly),
    ...list('deprecated', type.deprecated),
    ...(type.taggable ? [' %taggable'] : []),
    ...(type.lifecycle ? [` %lifecycle ${type.lifecycle.status} ${type.lifecycle.date ?? ''}`.trimEnd()] : []),
    ...definition('=', { ...type.root, properties: type.properties }, write),
    ...sortedEntries(type.definitions).flatMap(([name, schema]) => definition(`${name}:`, schema, write)),
    ...[...type.rules].sort((a, b) => byText(a.id + a.place + a.regions, b.id + b.place + b.regions)).flatMap((rule) => ruleLines(rule, write)),
  ];
}

function writeConstraints({ sources, regions, types, runtimes, named }) {
  const sets = new Sets();
  for (const type of types.values()) sets.count([type.root, type.properties, type.definitions, type.rules.map(({ schema }) => schema)]);
  const write = (schema) => json(sets.replace(schema));
  return [
    '# Made by script/update-schema --providers from the source below, whose data it has in a modified form. Its licence is beside this',
    '# file: LICENSE-cfn-lint (MIT-0). README.md describes the form.',
    ...sources.map((each) => `%source ${each}`),
    ...(regions.length ? [`%regions ${regions.join(' ')}`] : []),
    ...sortedEntries(runtimes).map(([name, each]) => `%runtime ${name} ${each.deprecated} ${each['create-block']} ${each['update-block']} ${each.successor ?? ''}`.trimEnd()),
    ...sortedEntries(named).map(([name, schema]) => `%schema ${name} ${write(schema)}`),
    ...sets.named().map(([name, list]) => `%set ${name} ${list}`),
    ...[...types.values()].sort((a, b) => byText(a.name, b.name)).flatMap((type) => typeLines(type, write)),
    '',
  ].join('\n');
}

module.exports = { writeConstraints };
