// SPDX-License-Identifier: MIT
'use strict';
// Reads the database of @aws-cdk/aws-service-spec, and adds what supplement.js knows.
const fs = require('node:fs');
const zlib = require('node:zlib');
const { supplement } = require('./supplement.js');

const PRIMITIVES = ['string', 'number', 'integer', 'boolean', 'json', 'date-time', 'tag', 'null'];

function readSpec(file) {
  const { schema } = JSON.parse(zlib.gunzipSync(fs.readFileSync(file)));
  const types = new Map(schema.typeDefinition.entities.map((type) => [type.$id, type]));
  const owned = new Map(
    Object.entries(schema.usesType.forward).map(([resource, uses]) => [resource, uses.map(({ $id }) => types.get($id))]),
  );
  // The text form relies on this.
  for (const { name } of types.values())
    if (PRIMITIVES.includes(name)) throw new Error(`a nested type is called '${name}'`);
  return supplement({
    resources: new Map(schema.resource.entities.map((resource) => [resource.cloudFormationType, resource])),
    types,
    owned,
  });
}

module.exports = { readSpec };
