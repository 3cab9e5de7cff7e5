// SPDX-License-Identifier: MIT
'use strict';
// Writes the schema as text; schema/README.md describes the form.

const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const sortedEntries = (object) => Object.entries(object).sort(([a], [b]) => byText(a, b));
const unique = (list) => [...new Set(list)];

// Bare unless the line could not be read back.
const word = (text) => (/^[\x21-\x7e]+$/.test(text) && !/["|()[\]{}]/.test(text) ? text : JSON.stringify(text));

function allowed(values) {
  if (!values) return '';
  const sorted = unique(values).sort(typeof values[0] === 'number' ? (a, b) => a - b : byText);
  return `(${sorted.map((value) => word(String(value))).join('|')})`;
}

class Writer {
  constructor(types, constraints) {
    this.types = types;
    this.constraints = constraints;
  }

  type(type) {
    switch (type.type) {
      case 'ref':
        return this.types.get(type.reference.$ref).name;
      case 'array':
        return `[${this.type(type.element)}]`;
      case 'map':
        return `{${this.type(type.element)}}`;
      case 'union':
        return type.types.map((each) => this.type(each)).sort(byText).join('|');
      default:
        return type.type + allowed(type.allowedValues ?? this.declaredValues(type));
    }
  }

  declaredValues(type) {
    const { allowed: values } = this.constraints.get(type) ?? {};
    return values && JSON.parse(values);
  }

  // Each constraint only where the property can have a value that it speaks about.
  constraintWords(property) {
    const found = this.constraints.get(property) ?? {};
    const kinds = property.type.type === 'union' ? property.type.types.map(({ type }) => type) : [property.type.type];
    const has = (...wanted) => kinds.some((kind) => wanted.includes(kind));
    const range = (name, low, high) => (low === undefined && high === undefined ? [] : [`${name}=${low ?? ''}..${high ?? ''}`]);
    return [
      ...(has('string') ? range('length', found.minLength, found.maxLength) : []),
      ...(has('array') ? range('items', found.minLength, found.maxLength) : []),
      ...(has('integer', 'number') ? range('range', found.min, found.max) : []),
      ...(has('string') && found.pattern !== undefined ? [`pattern=${found.pattern}`] : []),
    ];
  }

  property(property) {
    const refers = (property.relationshipRefs ?? []).map((each) => `${each.cloudFormationType}.${each.propertyName}`);
    const scrutiny = property.scrutinizable ?? 'None';
    return [
      this.type(property.type),
      ...(property.required ? ['required'] : []),
      ...{ yes: ['replaces'], maybe: ['may-replace'], no: [] }[property.causesReplacement ?? 'no'],
      ...((property.deprecated ?? 'NONE') === 'NONE' ? [] : ['deprecated']),
      ...(property.defaultValue === undefined ? [] : [`default=${property.defaultValue}`]),
      ...(scrutiny === 'None' ? [] : [`scrutiny=${scrutiny}`]),
      ...(refers.length === 0 ? [] : [`refers=${unique(refers).sort(byText).join(',')}`]),
      ...this.constraintWords(property),
    ].join(' ');
  }

  facts(resource) {
    const { tagInformation: tags, scrutinizable: scrutiny = 'None' } = resource;
    const list = (name, names) => (names?.length ? [` %${name} ${names.join(' ')}`] : []);
    return [
      ...(resource.isStateful ? [' %stateful'] : []),
      ...(tags ? [` %tags ${tags.variant} ${tags.tagPropertyName}`] : []),
      ...list('identifier', resource.primaryIdentifier),
      ...list('ref', resource.cfnRefIdentifier),
      ...(resource.arnTemplate ? [` %arn ${resource.arnTemplate}`] : []),
      ...(resource.cloudFormationTransform ? [` %transform ${resource.cloudFormationTransform}`] : []),
      ...(scrutiny === 'None' ? [] : [` %scrutiny ${scrutiny}`]),
      ...unique((resource.additionalReplacementProperties ?? []).map((each) => each.join('.')))
        .sort(byText)
        .map((each) => ` %replaces ${each}`),
    ];
  }

  resource(resource, types) {
    return [
      resource.cloudFormationType,
      ...this.facts(resource),
      ...sortedEntries(resource.attributes).map(([name, attribute]) => ` @${name} ${this.property(attribute)}`),
      ...sortedEntries(resource.properties).map(([name, property]) => ` ${name} ${this.property(property)}`),
      ...types.sort((a, b) => byText(a.name, b.name)).flatMap((type) => [
        ` ${type.name}:`,
        ...sortedEntries(type.properties).map(([name, property]) => `  ${name} ${this.property(property)}`),
      ]),
    ];
  }
}

// `spec.owned` has the types of each resource by the resource's id.
function writeText(spec, constraints, sources) {
  const writer = new Writer(spec.types, constraints);
  const resources = [...spec.resources.values()].sort((a, b) => byText(a.cloudFormationType, b.cloudFormationType));
  return [
    '# Made by script/update-schema from the packages below, whose data it has in a modified form. Their licences are beside this file:',
    '# LICENSE-aws-service-spec (Apache-2.0), LICENSE-cfn-resource-types (MIT). README.md describes the form.',
    ...sources.map((each) => `%source ${each}`),
    ...resources.flatMap((resource) => writer.resource(resource, spec.owned.get(resource.$id) ?? [])),
    '',
  ].join('\n');
}

module.exports = { writeText };
