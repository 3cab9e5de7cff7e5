// SPDX-License-Identifier: MIT
// What a comparison decides, in one form for both programs.
'use strict';

const IMPACTS = {
  WILL_UPDATE: 'update', NO_CHANGE: 'update', WILL_CREATE: 'create', WILL_REPLACE: 'replace', MAY_REPLACE: 'mayReplace',
  WILL_DESTROY: 'destroy', WILL_ORPHAN: 'orphan', WILL_IMPORT: 'import',
};
const DESTRUCTIVE = ['replace', 'mayReplace', 'destroy', 'orphan'];
const SECTIONS = ['parameters', 'mappings', 'conditions', 'outputs', 'metadata'];

const unique = (list) => [...new Set(list)].sort();
const sorted = (value) => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
};
// The values of a condition's key are a set; one may stand alone.
const normalCondition = (condition) => condition && Object.fromEntries(Object.entries(condition).map(([operator, keys]) =>
  [operator, typeof keys !== 'object' ? keys : Object.fromEntries(Object.entries(keys).map(([key, values]) => [key, [values].flat().map(String).sort()]))]));
const row = (sign, content) => `${sign} ${JSON.stringify(sorted(content))}`;
const targets = (name, { not, values }) => values.length === 0 ? {} : { [not ? `not${name[0].toUpperCase()}${name.slice(1)}` : name]: [...values].sort() };

const cdkStatement = (s) => s.serializedIntrinsic
  ? { resources: [s.serializedIntrinsic], ...targets('principals', s.principals) }
  : { ...(s.effect === 'Unknown' ? {} : { effect: s.effect }), ...targets('resources', s.resources), ...targets('actions', s.actions),
    ...targets('principals', s.principals), ...(s.condition ? { condition: normalCondition(s.condition) } : {}) };
const cdkRule = (direction) => ({ groupId, ipProtocol, fromPort, toPort, peer }) => ({
  group: groupId, direction, ...(ipProtocol === '*unknown*' ? {} : { protocol: ipProtocol }),
  ...(fromPort === undefined ? {} : { fromPort }), ...(toPort === undefined ? {} : { toPort }),
  peer: peer ? peer.ip ?? peer.securityGroupId ?? peer.prefixListId : '?',
});
const rows = ({ additions, removals }, describe) =>
  unique([...additions.map((x) => row('+', describe(x))), ...removals.map((x) => row('-', describe(x)))]);

// Without the rows that are the same but for what the CDK compares beyond their content.
const withoutTwins = (list) => {
  const twin = { '+': '-', '-': '+' };
  return list.filter((text) => !list.includes(twin[text[0]] + text.slice(1)));
};

exports.ofCdk = (diff, { sids }) => {
  const resources = {}, statements = rows(diff.iamChanges.statements, cdkStatement);
  diff.resources.forEachDifference((id, change) => { resources[id] = IMPACTS[change.changeImpact]; });
  return {
    resources: sorted(resources),
    broadening: diff.permissionsBroadened,
    destructive: Object.values(resources).some((impact) => DESTRUCTIVE.includes(impact)),
    sections: Object.fromEntries(SECTIONS.map((name) => [name, diff[name].logicalIds.sort()])),
    template: ['awsTemplateFormatVersion', 'description', 'transform'].filter((name) => diff[name]?.isDifferent).length,
    statements: sids ? withoutTwins(statements) : statements,
    managedPolicies: rows(diff.iamChanges.managedPolicies, ({ identityArn, managedPolicyArn }) => ({ resource: identityArn, policy: managedPolicyArn })),
    access: [],
    rules: unique([...rows(diff.securityGroupChanges.ingress, cdkRule('ingress')), ...rows(diff.securityGroupChanges.egress, cdkRule('egress'))]),
  };
};

const content = ({ change, broadens, ...rest }) => rest;
const ourRows = (list) => unique(list.map((x) => row(x.change === 'added' ? '+' : '-', content(x))));

// A resource that is only updated because of another is what the CDK does not show.
exports.ofOurs = (report) => {
  const stack = report.stacks[0];
  const resources = {};
  for (const { id, impact, consequence } of stack.resources) if (!consequence || impact !== 'update') resources[id] = impact;
  return {
    resources: sorted(resources),
    broadening: Object.entries(stack.security).some(([name, list]) => name !== 'access' && list.some(({ broadens }) => broadens)),
    destructive: stack.summary.destructive,
    sections: Object.fromEntries(SECTIONS.map((name) => [name, stack.sections[name].map((x) => x.name).sort()])),
    template: stack.sections.template.length,
    statements: ourRows(stack.security.statements),
    managedPolicies: ourRows(stack.security.managedPolicies),
    rules: ourRows(stack.security.securityGroupRules),
    // What the CDK does not look at: resource and property.
    access: unique(stack.security.access.map(({ resource, property }) => `${resource} ${property}`)),
  };
};
