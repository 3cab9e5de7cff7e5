// SPDX-License-Identifier: MIT
'use strict';
// Finds the constraints of the properties in aws-service-spec: walks a resource's properties there and in its declarations at
// once, because the two name nested types differently.
const fs = require('node:fs');
const path = require('node:path');
const { parse } = require('./declarations.js');

class Walk {
  constructor(spec, declarations, constraints) {
    this.spec = spec;
    this.aliases = declarations.aliases;
    this.constraints = constraints;
    this.visited = new Map();
  }

  // Those of the kind `kind` behind names and unions.
  resolve(type, kind) {
    if (!type) return [];
    if (type.kind === 'union') return type.types.flatMap((each) => this.resolve(each, kind));
    if (type.kind === 'name') return this.resolve(this.aliases.get(type.name), kind);
    return type.kind === kind ? [type] : [];
  }

  properties(owner, type) {
    const seen = this.visited.get(owner) ?? this.visited.set(owner, new Set()).get(owner);
    for (const { members } of this.resolve(type, 'object')) {
      if (seen.has(members)) continue;
      seen.add(members);
      for (const [name, member] of members) {
        const property = owner.properties[name];
        if (!property) continue;
        this.note(property, member.constraints);
        this.type(property.type, member.type);
      }
    }
  }

  type(spec, type) {
    if (spec.type === 'string' && !spec.allowedValues) this.note(spec, { allowed: this.literals(type) });
    if (spec.type === 'ref') this.properties(this.spec.types.get(spec.reference.$ref), type);
    if (spec.type === 'union') spec.types.forEach((each) => this.type(each, type));
    if (spec.type === 'array' || spec.type === 'map')
      for (const { element } of this.resolve(type, spec.type)) this.type(spec.element, element);
  }

  // The strings that a type consists of, as JSON; undefined when there are others.
  literals(type) {
    const types = type.kind === 'union' ? type.types : [this.aliases.get(type.name) ?? type];
    if (type.kind === 'name' && types[0].kind === 'union') return this.literals(types[0]);
    if (!types.every(({ kind }) => kind === 'literal')) return undefined;
    return JSON.stringify(types.map(({ text }) => text).sort());
  }

  // Where several alternatives bear one property, only what all of them say holds.
  note(property, constraints) {
    const before = this.constraints.get(property);
    const kept = Object.entries(constraints).filter(([name, value]) => !before || before[name] === value);
    this.constraints.set(property, Object.fromEntries(kept));
  }
}

// `spec.resources` is a map from names, `spec.types` from ids. Gives a map from property objects to their constraints.
function readConstraints(folder, spec) {
  const constraints = new Map();
  for (const name of fs.readdirSync(folder).filter((each) => each.endsWith('.d.ts')).sort()) {
    const declarations = parse(fs.readFileSync(path.join(folder, name), 'utf8'));
    const resource = spec.resources.get(declarations.resourceType);
    if (!resource) continue;
    const properties = [...declarations.aliases.keys()].find((alias) => alias.endsWith('Properties'));
    new Walk(spec, declarations, constraints).properties(resource, { kind: 'name', name: properties });
  }
  return constraints;
}

module.exports = { readConstraints };
