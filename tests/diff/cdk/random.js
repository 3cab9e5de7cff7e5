// SPDX-License-Identifier: MIT
// Pairs made by random edits of the reference app's templates. What they change is what people change: nothing is edited
// within functions, and nothing is made that pairs.js lists as decided otherwise on purpose.
'use strict';
const fs = require('fs');
const path = require('path');

const PERMISSIONS = /::IAM::|SecurityGroup|Policy$|Permission$/;
const FUNCTION = /^(Ref|Fn::.*)$/;
const clone = (value) => JSON.parse(JSON.stringify(value));

// The same numbers for the same seed (Numerical Recipes' linear congruential generator).
const generator = (seed) => (limit) => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor((seed / 2 ** 32) * limit);
};

// Every [holder, key] below a value, but for what is in functions.
const places = (value, found = []) => {
  if (typeof value !== 'object' || value === null) return found;
  for (const key of Object.keys(value)) {
    if (FUNCTION.test(key)) continue;
    found.push([value, key]);
    places(value[key], found);
  }
  return found;
};

class Editor {
  constructor(template, random) {
    this.template = template;
    this.random = random;
  }
  pick(list) { return list[this.random(list.length)]; }
  get ids() { return Object.keys(this.template.Resources); }
  get id() { return this.pick(this.ids); }
  resource(matches = () => true) {
    const found = Object.values(this.template.Resources).filter(matches);
    return found.length ? this.pick(found) : { Type: '', Properties: {} };
  }
  // A place in the template that `matches` what stands there; does nothing when there is none.
  edit(value, matches, change) {
    const found = places(value).filter(([holder, key]) => matches(holder[key], key, holder));
    if (found.length) change(...this.pick(found));
  }

  scalar() {
    this.edit(this.resource((r) => !PERMISSIONS.test(r.Type)).Properties, (v) => typeof v !== 'object', (holder, key) => {
      const value = holder[key];
      holder[key] = typeof value === 'string' ? this.pick([`${value}x`, `x${value}`, { Ref: this.id }]) : typeof value === 'number' ? value + 1 : !value;
    });
  }
  removedPart() {
    this.edit(this.resource((r) => !PERMISSIONS.test(r.Type)).Properties, () => true, (holder, key) => {
      if (Array.isArray(holder)) holder.splice(key, 1);
      else delete holder[key];
    });
  }
  borrowedProperty() {
    const key = this.pick(Object.keys(this.resource((r) => r.Properties && Object.keys(r.Properties).length).Properties));
    const donor = this.resource((r) => r.Properties && key in r.Properties);
    const taker = this.resource((r) => r.Type === donor.Type && r !== donor);
    if (taker.Type) (taker.Properties ??= {})[key] = clone(donor.Properties[key]);
  }
  removedResource() { delete this.template.Resources[this.id]; }
  copiedResource() {
    const id = this.id;
    this.template.Resources[`${id}Copy`] = clone(this.template.Resources[id]);
  }
  renamedResource() {
    const id = this.id;
    this.template.Resources = JSON.parse(JSON.stringify(this.template.Resources).split(`"${id}"`).join(`"${id}New"`));
  }
  turnedList() { this.edit(this.template, (v) => Array.isArray(v) && v.length > 1, (holder, key) => holder[key].reverse()); }
  policyAttribute() { this.resource()[this.pick(['DeletionPolicy', 'UpdateReplacePolicy'])] = this.pick(['Retain', 'Delete', 'Snapshot', 'RetainExceptOnCreate']); }
  dependency() { this.resource().DependsOn = this.pick([this.id, [this.id, this.id]]); }
  condition() { this.resource().Condition = this.pick(['A', 'B']); }
  type() {
    const plain = (r) => !PERMISSIONS.test(r.Type);
    this.resource(plain).Type = this.resource(plain).Type;
  }
  effect() { this.edit(this.template.Resources, (v, key) => key === 'Effect', (holder, key) => { holder[key] = holder[key] === 'Allow' ? 'Deny' : 'Allow'; }); }
  statement() {
    this.edit(this.template.Resources, (v) => Array.isArray(v?.Statement) && v.Statement.length > 0, (holder, key) => {
      const list = holder[key].Statement, one = this.pick(list);
      this.pick([
        () => list.push({ Effect: this.pick(['Allow', 'Deny']), Action: this.pick(['s3:*', ['a:b', 'c:d'], '*']), Resource: this.pick(['*', { Ref: this.id }, { 'Fn::GetAtt': [this.id, 'Arn'] }]) }),
        () => list.splice(this.random(list.length), 1),
        () => { one.Action = [one.Action].flat().concat('x:y'); },
        () => { one.Action = [one.Action].flat().reverse(); },
        () => { one.Condition = { StringEquals: { 'aws:x': this.pick(['1', ['1', '2']]) } }; },
        () => list.push(clone(one)),
        () => { one.Principal = this.pick(['*', { AWS: '*' }, { Service: ['a.amazonaws.com', 'b.amazonaws.com'] }]); },
        () => { holder[key].Statement = one; },
      ])();
    });
  }
  managedPolicies() {
    const role = this.resource((r) => r.Type === 'AWS::IAM::Role');
    role.Properties.ManagedPolicyArns = this.pick([['arn:aws:iam::aws:policy/A'], [...(role.Properties.ManagedPolicyArns ?? []), 'arn:b'], [], [{ Ref: 'X' }]]);
  }
  groupRules() {
    const group = this.resource((r) => r.Type === 'AWS::EC2::SecurityGroup');
    group.Properties[this.pick(['SecurityGroupIngress', 'SecurityGroupEgress'])] = this.pick([
      [],
      [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, CidrIp: '0.0.0.0/0' }],
      [{ IpProtocol: '-1', CidrIp: '10.0.0.0/8', Description: 'x' }],
      [{ IpProtocol: 'udp', FromPort: 1, ToPort: 2, SourceSecurityGroupId: { 'Fn::GetAtt': [this.id, 'GroupId'] } }, { IpProtocol: 'icmp', FromPort: -1, ToPort: -1, CidrIpv6: '::/0' }],
    ]);
  }
  rule() {
    const rule = this.resource((r) => /SecurityGroup(In|E)gress$/.test(r.Type));
    Object.assign(rule.Properties, this.pick([{ FromPort: 1 }, { ToPort: 443 }, { IpProtocol: '-1' }, { CidrIp: '10.0.0.0/8' }, { Description: 'x' }]));
  }
  permission() {
    this.template.Resources[`Permission${this.random(2)}`] = { Type: 'AWS::Lambda::Permission', Properties: {
      Action: 'lambda:InvokeFunction', FunctionName: { Ref: this.id }, Principal: this.pick(['s3.amazonaws.com', '*', '123456789012']),
      ...this.pick([{}, { SourceArn: { 'Fn::GetAtt': [this.id, 'Arn'] } }, { SourceAccount: '1' }]) } };
  }
  resourcePolicy() {
    const [Type, property, list] = this.pick([['AWS::S3::BucketPolicy', 'Bucket'], ['AWS::SQS::QueuePolicy', 'Queues', true], ['AWS::SNS::TopicPolicy', 'Topics', true]]);
    const target = { Ref: this.id };
    this.template.Resources[`Policy${this.random(2)}`] = { Type, Properties: { [property]: list ? [target] : target,
      PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' }] } } };
  }
  section() {
    const section = this.pick(['Parameters', 'Outputs', 'Conditions', 'Mappings', 'Metadata']);
    const entries = (this.template[section] ??= {}), names = Object.keys(entries);
    const name = names.length && this.random(2) ? this.pick(names) : `New${this.random(3)}`;
    if (name in entries && this.random(2)) delete entries[name];
    else entries[name] = { ...entries[name], ...this.pick([{ Description: 'y' }, { Value: '1' }, { 'Fn::Equals': ['a', 'b'] }]) };
  }
  header() { this.template[this.pick(['Transform', 'Description'])] = this.pick(['a', 'b']); }
}

const EDITS = Object.getOwnPropertyNames(Editor.prototype).filter((name) => !['constructor', 'pick', 'ids', 'id', 'resource', 'edit'].includes(name));

exports.randomPairs = (folder, seed, count) => {
  const random = generator(seed);
  const templates = fs.readdirSync(folder).filter((name) => name.endsWith('.json')).sort()
    .flatMap((name) => Object.values(JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8')).templates));
  return Array.from({ length: count }, (_, i) => {
    const before = clone(templates[random(templates.length)]), names = [];
    const change = (template, edits) => {
      const editor = new Editor(template, random);
      for (let n = 0; n < edits; n++) {
        names.push(editor.pick(EDITS));
        editor[names.at(-1)]();
      }
      return template;
    };
    change(before, random(3));
    names.push('then');
    const after = change(clone(before), 1 + random(4));
    return { name: `random pair ${i} of seed ${seed}: ${names.join(' ')}`, before, after, random: true };
  });
};
