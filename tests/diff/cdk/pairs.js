// SPDX-License-Identifier: MIT
// Pairs of templates. `ours` are the decisions in which we differ from the CDK on purpose, and `reason` says why.
'use strict';
const fs = require('fs');
const path = require('path');

const SIDS = 'a Sid allows and denies nothing';

const template = (Resources, rest = {}) => ({ Resources, ...rest });
const resource = (Type, Properties, rest = {}) => ({ Type, ...(Properties ? { Properties } : {}), ...rest });
const bucket = (properties, rest) => resource('AWS::S3::Bucket', properties, rest);
const queue = (properties, rest) => resource('AWS::SQS::Queue', properties, rest);
const ref = (Ref) => ({ Ref });
const att = (id, name) => ({ 'Fn::GetAtt': [id, name] });
const statement = (rest) => ({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', ...rest });
const document = (...Statement) => ({ Version: '2012-10-17', Statement });
const policy = (statements, rest) => resource('AWS::IAM::Policy', { PolicyName: 'P', PolicyDocument: document(...statements), Roles: [ref('Role')], ...rest });
const role = (rest) => resource('AWS::IAM::Role', { AssumeRolePolicyDocument: document({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }), ...rest });
const group = (rest) => resource('AWS::EC2::SecurityGroup', { GroupDescription: 'g', VpcId: 'vpc-1', ...rest });
const rule = (rest) => ({ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0', ...rest });
const fn = (rest) => resource('AWS::Lambda::Function', { Code: { S3Bucket: 'b', S3Key: 'k' }, Handler: 'h', Role: 'r', Runtime: 'nodejs20.x', ...rest });
const one = (name, before, after, rest = {}) => ({ name, before: template({ A: before }), after: template({ A: after }), ...rest });
const two = (name, before, after, rest = {}) => ({ name, before: template(before), after: template(after), ...rest });

exports.pairs = [
  // Resources
  two('nothing', { A: bucket() }, { A: bucket() }),
  two('a resource is added', {}, { A: bucket() }),
  two('a resource is removed', { A: bucket() }, {}),
  two('a resource is removed and retained', { A: bucket({}, { DeletionPolicy: 'Retain' }) }, {}),
  two('a resource is removed and retained except on create', { A: bucket({}, { DeletionPolicy: 'RetainExceptOnCreate' }) }, {}),
  two('a resource is removed with a snapshot', { A: resource('AWS::RDS::DBInstance', {}, { DeletionPolicy: 'Snapshot' }) }, {}),
  two('a resource is renamed', { A: queue({ QueueName: 'q' }) }, { B: queue({ QueueName: 'q' }) }),
  one('the type changes', bucket(), queue()),
  one('the type of what holds permissions changes', role({ ManagedPolicyArns: ['arn:p'] }), bucket(),
    { ours: { statements: ['- {"actions":["sts:AssumeRole"],"effect":"Allow","principals":["Service:lambda.amazonaws.com"],"resources":["${A.Arn}"]}'],
      managedPolicies: ['- {"policy":"arn:p","resource":"${A}"}'] },
    reason: 'what a role allows goes with it: the CDK looks into no property of a resource whose type changes' }),
  one('the type changes to one that allows something', bucket(), group({ SecurityGroupIngress: [rule()] }),
    { ours: { broadening: true, rules: ['+ {"direction":"ingress","fromPort":443,"group":"${A.GroupId}","peer":"0.0.0.0/0","protocol":"tcp","toPort":443}'] },
      reason: 'likewise' }),
  one('the type changes to one that is not known', bucket(), resource('Custom::Thing', { ServiceToken: 'arn' })),
  one('a type that is not known', resource('Custom::Thing', { ServiceToken: 'a', P: 1 }), resource('Custom::Thing', { ServiceToken: 'a', P: 2 })),
  one('a property that is not known', bucket({ Nothing: 1 }), bucket({ Nothing: 2 })),
  one('a property that updates', bucket({ VersioningConfiguration: { Status: 'Enabled' } }), bucket({ VersioningConfiguration: { Status: 'Suspended' } })),
  one('a property that replaces', bucket({ BucketName: 'a' }), bucket({ BucketName: 'b' })),
  one('a property that replaces is added', bucket(), bucket({ BucketName: 'b' })),
  one('a property that replaces is removed', bucket({ BucketName: 'b' }), bucket()),
  one('a property that may replace', resource('AWS::EC2::Instance', { InstanceType: 't3.micro', EbsOptimized: true }), resource('AWS::EC2::Instance', { InstanceType: 't3.large', EbsOptimized: true })),
  one('the worst of several', resource('AWS::RDS::DBInstance', { DBInstanceClass: 'a', Engine: 'postgres', MasterUsername: 'x' }), resource('AWS::RDS::DBInstance', { DBInstanceClass: 'b', Engine: 'postgres', MasterUsername: 'y' })),
  one('a nested value', fn({ Environment: { Variables: { A: '1', B: '2' } } }), fn({ Environment: { Variables: { A: '1', B: '3' } } })),
  one('a list gets longer', bucket({ Tags: [{ Key: 'a', Value: '1' }] }), bucket({ Tags: [{ Key: 'a', Value: '1' }, { Key: 'b', Value: '2' }] })),
  one('a list changes its order', bucket({ Tags: [{ Key: 'a', Value: '1' }, { Key: 'b', Value: '2' }] }), bucket({ Tags: [{ Key: 'b', Value: '2' }, { Key: 'a', Value: '1' }] })),
  one('keys change their order', bucket({ BucketName: 'a', Tags: [] }), { Properties: { Tags: [], BucketName: 'a' }, Type: 'AWS::S3::Bucket' }),
  one('a deletion policy', bucket(), bucket({}, { DeletionPolicy: 'Retain' })),
  one('an update policy', bucket({}, { UpdateReplacePolicy: 'Delete' }), bucket({}, { UpdateReplacePolicy: 'Retain' })),
  one('a condition of a resource', bucket(), bucket({}, { Condition: 'C' })),
  one('metadata of a resource', bucket({}, { Metadata: { x: 1 } }), bucket({}, { Metadata: { x: 2 } })),
  one('metadata of a resource, not strict', bucket({}, { Metadata: { x: 1 } }), bucket({}, { Metadata: { x: 2 } }),
    { loose: true, ours: { resources: {} }, reason: 'metadata is for readers: --strict shows it' }),
  one('metadata that cfn-init runs, not strict', resource('AWS::EC2::Instance', {}, { Metadata: { 'AWS::CloudFormation::Init': { a: 1 } } }), resource('AWS::EC2::Instance', {}, { Metadata: { 'AWS::CloudFormation::Init': { a: 2 } } }), { loose: true }),
  one('an asset, not strict', fn({ Code: { S3Bucket: 'b', S3Key: `${'a'.repeat(64)}.zip` } }), fn({ Code: { S3Bucket: 'b', S3Key: `${'b'.repeat(64)}.zip` } }), { loose: true }),
  one('properties appear', bucket(), bucket({ BucketName: 'x' })),
  one('empty properties appear', resource('AWS::S3::Bucket'), bucket({})),
  one('a creation policy', resource('AWS::AutoScaling::AutoScalingGroup', { MinSize: '1', MaxSize: '1' }), resource('AWS::AutoScaling::AutoScalingGroup', { MinSize: '1', MaxSize: '1' }, { CreationPolicy: { ResourceSignal: { Count: 1 } } })),
  one('a loop', undefined, undefined, {
    before: template({ 'Fn::ForEach::Buckets': ['I', ['a'], { 'B${I}': bucket() }] }),
    after: template({ 'Fn::ForEach::Buckets': ['I', ['a', 'b'], { 'B${I}': bucket() }] }),
  }),

  // What is equal
  one('a number and its text', queue({ DelaySeconds: 10 }), queue({ DelaySeconds: '10' })),
  one('a boolean and its text', queue({ FifoQueue: true }), queue({ FifoQueue: 'true' })),
  one('a number changes', queue({ DelaySeconds: 10 }), queue({ DelaySeconds: 11 })),
  one('both forms of Fn::GetAtt', fn({ Role: { 'Fn::GetAtt': 'R.Arn' } }), fn({ Role: att('R', 'Arn') })),
  one('both forms of a nested attribute', fn({ Role: { 'Fn::GetAtt': 'R.Outputs.Arn' } }), fn({ Role: att('R', 'Outputs.Arn') }),
    { ours: { resources: {} }, reason: 'Fn::GetAtt splits at the first dot: the CDK splits at each' }),
  one('the order of DependsOn', bucket({}, { DependsOn: ['B', 'C'] }), bucket({}, { DependsOn: ['C', 'B'] })),
  one('one DependsOn or a list', bucket({}, { DependsOn: 'B' }), bucket({}, { DependsOn: ['B'] })),
  one('another DependsOn', bucket({}, { DependsOn: ['B', 'C'] }), bucket({}, { DependsOn: ['B', 'D'] })),
  one('texts of the same number', resource('AWS::RDS::DBInstance', { EngineVersion: '5.10' }), resource('AWS::RDS::DBInstance', { EngineVersion: '5.1' }),
    { ours: { resources: { A: 'update' } }, reason: 'version 5.10 is not 5.1: the CDK compares texts as numbers' }),
  one('no text and zero', queue({ QueueName: '' }), queue({ QueueName: '0' }),
    { ours: { resources: { A: 'replace' }, destructive: true }, reason: 'the CDK takes an empty text for 0' }),
  one('no text and no items', queue({ Tags: '' }), queue({ Tags: [] }),
    { ours: { resources: { A: 'update' } }, reason: 'the CDK takes both for 0' }),
  one('text that is the same JSON', resource('AWS::CloudWatch::Dashboard', { DashboardBody: '{"widgets":[]}' }), resource('AWS::CloudWatch::Dashboard', { DashboardBody: '{ "widgets": [] }' })),
  one('text that is the same JSON, not strict', resource('AWS::CloudWatch::Dashboard', { DashboardBody: '{"widgets":[]}' }), resource('AWS::CloudWatch::Dashboard', { DashboardBody: '{ "widgets": [] }' }),
    { loose: true, ours: { resources: {} }, reason: 'texts that are JSON are compared as JSON' }),
  one('text that is other JSON, not strict', resource('AWS::CloudWatch::Dashboard', { DashboardBody: '{"widgets":[]}' }), resource('AWS::CloudWatch::Dashboard', { DashboardBody: '{"widgets":[1]}' }), { loose: true }),

  // Replacements and what refers to them
  two('a reference follows', { A: bucket({ BucketName: 'a' }), B: resource('AWS::S3::BucketPolicy', { Bucket: ref('A'), PolicyDocument: document() }) },
    { A: bucket({ BucketName: 'b' }), B: resource('AWS::S3::BucketPolicy', { Bucket: ref('A'), PolicyDocument: document() }) }),
  two('an attribute follows', { A: role({ RoleName: 'a' }), B: fn({ Role: att('A', 'Arn') }) }, { A: role({ RoleName: 'b' }), B: fn({ Role: att('A', 'Arn') }) }),
  two('a chain follows', {
    V: resource('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }), S: resource('AWS::EC2::Subnet', { VpcId: ref('V'), CidrBlock: '10.0.0.0/24' }),
    I: resource('AWS::EC2::Instance', { SubnetId: ref('S') }), E: resource('AWS::EC2::EIPAssociation', { InstanceId: ref('I') }),
  }, {
    V: resource('AWS::EC2::VPC', { CidrBlock: '10.1.0.0/16' }), S: resource('AWS::EC2::Subnet', { VpcId: ref('V'), CidrBlock: '10.0.0.0/24' }),
    I: resource('AWS::EC2::Instance', { SubnetId: ref('S') }), E: resource('AWS::EC2::EIPAssociation', { InstanceId: ref('I') }),
  }),
  two('what may be replaced is not followed', { A: resource('AWS::EC2::Instance', { InstanceType: 'a' }), B: resource('AWS::EC2::EIPAssociation', { InstanceId: ref('A') }) },
    { A: resource('AWS::EC2::Instance', { InstanceType: 'b' }), B: resource('AWS::EC2::EIPAssociation', { InstanceId: ref('A') }) }),
  two('a reference in a list follows', { A: group({ GroupDescription: 'a' }), B: resource('AWS::RDS::DBProxy', { VpcSubnetIds: [ref('A')] }) },
    { A: group({ GroupDescription: 'b' }), B: resource('AWS::RDS::DBProxy', { VpcSubnetIds: [ref('A')] }) }),
  two('a reference in Fn::Join follows', { A: bucket({ BucketName: 'a' }), B: queue({ QueueName: { 'Fn::Join': ['', [ref('A'), '-x']] } }) },
    { A: bucket({ BucketName: 'b' }), B: queue({ QueueName: { 'Fn::Join': ['', [ref('A'), '-x']] } }) },
    { ours: { resources: { A: 'replace', B: 'replace' } }, reason: 'the CDK does not look into functions' }),
  two('a reference in Fn::Sub follows', { A: bucket({ BucketName: 'a' }), B: queue({ QueueName: { 'Fn::Sub': '${A}-x' } }) },
    { A: bucket({ BucketName: 'b' }), B: queue({ QueueName: { 'Fn::Sub': '${A}-x' } }) },
    { ours: { resources: { A: 'replace', B: 'replace' } }, reason: 'the CDK does not look into functions' }),
  two('the name of a condition is no reference', { A: bucket({ BucketName: 'a' }), B: queue({ QueueName: { 'Fn::If': ['A', 'x', 'y'] } }) },
    { A: bucket({ BucketName: 'b' }), B: queue({ QueueName: { 'Fn::If': ['A', 'x', 'y'] } }) },
    { ours: { resources: { A: 'replace' } }, reason: 'the CDK takes the first argument of every function for a logical id' }),
  two('a changed type is followed', { A: bucket(), B: resource('AWS::S3::BucketPolicy', { Bucket: ref('A'), PolicyDocument: document() }) },
    { A: queue(), B: resource('AWS::S3::BucketPolicy', { Bucket: ref('A'), PolicyDocument: document() }) }),

  // IAM
  one('a statement is added', policy([statement()]), policy([statement(), statement({ Action: 's3:PutObject' })])),
  one('a statement is removed', policy([statement(), statement({ Action: 's3:PutObject' })]), policy([statement()])),
  one('a denial is added', policy([statement()]), policy([statement(), statement({ Effect: 'Deny', Action: 's3:PutObject' })])),
  one('a denial is removed', policy([statement(), statement({ Effect: 'Deny', Action: 's3:PutObject' })]), policy([statement()])),
  one('a statement changes', policy([statement()]), policy([statement({ Action: 's3:*' })])),
  one('a condition is added', policy([statement()]), policy([statement({ Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } })])),
  one('a policy is added to one role more', policy([statement()]), policy([statement()], { Roles: [ref('Role'), ref('Other')] })),
  two('a policy is added', {}, { A: policy([statement()]) }),
  two('a policy is removed', { A: policy([statement()]) }, {}),
  two('a statement moves to another policy', { A: policy([statement(), statement({ Action: 'a:b' })]), B: policy([statement({ Action: 'c:d' })]) },
    { A: policy([statement()]), B: policy([statement({ Action: 'c:d' }), statement({ Action: 'a:b' })]) }),
  one('the order of statements', policy([statement({ Action: 'a:b' }), statement({ Action: 'c:d' })]), policy([statement({ Action: 'c:d' }), statement({ Action: 'a:b' })])),
  one('the order of statements, not strict', policy([statement({ Action: 'a:b' }), statement({ Action: 'c:d' })]), policy([statement({ Action: 'c:d' }), statement({ Action: 'a:b' })]),
    { loose: true, ours: { resources: {} }, reason: 'policies are compared by what they mean' }),
  one('one action or a list', policy([statement()]), policy([statement({ Action: ['s3:GetObject'] })])),
  one('the order of actions', policy([statement({ Action: ['a:b', 'c:d'] })]), policy([statement({ Action: ['c:d', 'a:b'] })])),
  one('a statement\'s id', policy([statement({ Sid: 'A' })]), policy([statement({ Sid: 'B' })]),
    { ours: { broadening: false, statements: [] }, reason: SIDS }),
  one('all but some actions', policy([statement()]), policy([statement(), { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }]),
    { ours: { broadening: true }, reason: 'Allow with NotAction allows more: the CDK takes it for a denial' }),
  one('all but some actions are denied', policy([statement()]), policy([statement(), { Effect: 'Deny', NotAction: 's3:*', Resource: '*' }]),
    { ours: { broadening: false }, reason: 'Deny with NotAction denies: the CDK takes it for a permission' }),
  one('a statement that depends', policy([statement()]), policy([statement(), { 'Fn::If': ['C', statement({ Action: 'a:b' }), ref('AWS::NoValue')] }]),
    { ours: { access: ['${A} PolicyDocument'] }, reason: 'branches of conditions are compared: one of them allows more' }),
  two('a role is added', {}, { A: role() }),
  one('who may assume a role', role(), role({ AssumeRolePolicyDocument: document({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ecs.amazonaws.com' } }) })),
  one('a policy inside of a role', role(), role({ Policies: [{ PolicyName: 'p', PolicyDocument: document(statement()) }] })),
  one('a managed policy', role(), role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/A'] })),
  one('a managed policy is removed', role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/A', 'arn:aws:iam::aws:policy/B'] }), role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/B'] })),
  one('the path of a role', role({ Path: '/a/' }), role({ Path: '/b/' })),
  two('a bucket policy', { A: bucket() }, { A: bucket(), B: resource('AWS::S3::BucketPolicy', { Bucket: ref('A'), PolicyDocument: document(statement({ Principal: '*', Resource: [att('A', 'Arn')] })) }) }),
  two('a policy of several queues', {}, { B: resource('AWS::SQS::QueuePolicy', { Queues: [ref('A'), ref('C')], PolicyDocument: document(statement({ Action: 'sqs:*', Principal: { AWS: ['1', '2'] } })) }) }),
  one('a key\'s policy', resource('AWS::KMS::Key', { KeyPolicy: document(statement({ Action: 'kms:*', Principal: { AWS: 'a' } })) }), resource('AWS::KMS::Key', { KeyPolicy: document(statement({ Action: 'kms:*', Principal: { AWS: 'b' } })) })),
  two('who may call a function', {}, { P: resource('AWS::Lambda::Permission', { Action: 'lambda:InvokeFunction', FunctionName: ref('F'), Principal: 's3.amazonaws.com', SourceArn: att('B', 'Arn') }) }),
  two('which account may call a function', {}, { P: resource('AWS::Lambda::Permission', { Action: 'lambda:InvokeFunction', FunctionName: ref('F'), Principal: '123456789012' }) }),
  two('everybody may call a function', {}, { P: resource('AWS::Lambda::Permission', { Action: 'lambda:InvokeFunction', FunctionName: ref('F'), Principal: '*', SourceAccount: '1' }) }),
  two('a function with two limits', {}, { P: resource('AWS::Lambda::Permission', { Action: 'a', FunctionName: 'f', Principal: 's3.amazonaws.com', SourceAccount: '1', EventSourceToken: 't' }) },
    { ours: { statements: ['+ {"actions":["a"],"condition":{"StringEquals":{"AWS:SourceAccount":["1"],"lambda:EventSourceToken":["t"]}},"effect":"Allow","principals":["Service:s3.amazonaws.com"],"resources":["f"]}'] }, reason: 'both limits count: the CDK forgets the first' }),
  two('a policy of a role by its name', {}, { P: resource('AWS::IAM::RolePolicy', { PolicyName: 'p', RoleName: ref('R'), PolicyDocument: document(statement()) }) },
    { ours: { broadening: true, statements: ['+ {"actions":["s3:GetObject"],"effect":"Allow","principals":["AWS:${R}"],"resources":["*"]}'] }, reason: 'the CDK knows only lists of roles' }),
  two('a policy as text', {}, { P: resource('AWS::Logs::ResourcePolicy', { PolicyName: 'p', PolicyDocument: JSON.stringify(document(statement({ Principal: '*' }))) }) },
    { ours: { broadening: true, statements: ['+ {"actions":["s3:GetObject"],"effect":"Allow","principals":["*"],"resources":["???"]}'] }, reason: 'the CDK does not read policies that are text' }),

  // Security groups
  one('a rule is added', group(), group({ SecurityGroupIngress: [rule()] })),
  one('a rule is removed', group({ SecurityGroupIngress: [rule()] }), group()),
  one('a rule changes its port', group({ SecurityGroupIngress: [rule()] }), group({ SecurityGroupIngress: [rule({ FromPort: 80, ToPort: 80 })] })),
  one('a rule outward', group({ SecurityGroupEgress: [rule()] }), group({ SecurityGroupEgress: [rule({ CidrIp: '10.0.0.0/8' })] })),
  one('everything outward', group(), group({ SecurityGroupEgress: [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }] })),
  one('only the description of a rule', group({ SecurityGroupIngress: [rule({ Description: 'a' })] }), group({ SecurityGroupIngress: [rule({ Description: 'b' })] })),
  two('a rule of its own', {}, { R: resource('AWS::EC2::SecurityGroupIngress', { GroupId: att('G', 'GroupId'), IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, SourceSecurityGroupId: att('S', 'GroupId') }) }),
  two('a rule of its own outward', {}, { R: resource('AWS::EC2::SecurityGroupEgress', { GroupId: att('G', 'GroupId'), IpProtocol: 'udp', FromPort: 1, ToPort: 9, DestinationPrefixListId: 'pl-1' }) }),
  two('a rule for IPv6', {}, { R: resource('AWS::EC2::SecurityGroupIngress', { GroupId: 'sg-1', IpProtocol: 'icmp', FromPort: -1, ToPort: -1, CidrIpv6: '::/0' }) }),
  two('a rule leaves its group', { A: group({ SecurityGroupIngress: [rule()] }) }, { A: group(), R: resource('AWS::EC2::SecurityGroupIngress', { ...rule(), GroupId: att('A', 'GroupId') }) }),
  two('a rule by the group\'s Ref', { A: group({ SecurityGroupIngress: [rule()] }) }, { A: group(), R: resource('AWS::EC2::SecurityGroupIngress', { ...rule(), GroupId: ref('A') }) },
    { ours: { broadening: false, rules: [] }, reason: 'Ref of a group in a VPC is its GroupId: the rule is the same one' }),

  // Other sections
  { name: 'a parameter', before: template({}, { Parameters: { P: { Type: 'String' }, Q: { Type: 'String' } } }), after: template({}, { Parameters: { P: { Type: 'Number' }, R: { Type: 'String' } } }) },
  { name: 'a mapping', before: template({}, { Mappings: { M: { a: { b: 'c' } } } }), after: template({}, { Mappings: { M: { a: { b: 'd' } } } }) },
  { name: 'a condition', before: template({}, { Conditions: { C: { 'Fn::Equals': ['a', 'b'] } } }), after: template({}, { Conditions: { D: { 'Fn::Equals': ['a', 'b'] } } }) },
  { name: 'an output', before: template({}, { Outputs: { O: { Value: 'a' } } }), after: template({}, { Outputs: { O: { Value: 'b' } } }) },
  { name: 'an export', before: template({}, { Outputs: { O: { Value: 'a', Export: { Name: 'e' } } } }), after: template({}) },
  { name: 'a description', before: template({}, { Description: 'a' }), after: template({}, { Description: 'b' }) },
  { name: 'a format version and a transform', before: template({}), after: template({}, { AWSTemplateFormatVersion: '2010-09-09', Transform: 'AWS::Serverless-2016-10-31' }),
    ours: { access: ['${Template} Transform'] }, reason: 'SAM makes roles: what a transform makes is known only at deployment' },
  { name: 'metadata', before: template({}, { Metadata: { a: 1 } }), after: template({}, { Metadata: { a: 2, b: 1 } }) },
  { name: 'everything is new', before: {}, after: template({ A: bucket() }, { Parameters: { P: { Type: 'String' } } }) },
  { name: 'everything goes', before: template({ A: bucket() }, { Outputs: { O: { Value: ref('A') } } }), after: {} },
];

// The name of the database's log group joins the cluster's: with a new cluster comes a new log group. The CDK follows
// references, but not within functions.
const FOLLOWED = { TangoApp: { DatabaseLogs561AB38E: 'replace' } };

// Decisions about golden pairs in which we differ.
const GONE = { ours: { access: ['${TangoEventBuscdkOnlyPublishersC9231919} (all)'] },
  reason: 'a denial goes: the CDK does not read the policies of event buses' };
const OURS = {
  'TangoEvents: bus-policy, then default': GONE,
  'TangoEvents: bus-policy-publisher, then default': GONE,
};

// A log bucket comes that the service which writes logs may write to.
const LOG_BUCKET = { ours: { access: ['${LogBucketCC3B17E8} AccessControl'] }, reason: 'an ACL lets somebody write: the CDK does not read them' };
const comes = (before, after) => !before.Resources.LogBucketCC3B17E8 && after.Resources.LogBucketCC3B17E8?.Properties.AccessControl;

// What the reference app makes of different contexts: each context's stacks after those of the first, and before. Their Sids
// have the account in them; a row that only a Sid makes different does not count (SIDS).
exports.goldenPairs = (folder) => {
  const sets = fs.readdirSync(folder).filter((name) => name.endsWith('.json')).sort()
    .map((name) => JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8')));
  const base = sets.find(({ set }) => set === 'default');
  const list = [];
  for (const { set, templates } of sets) {
    const ids = Object.keys(templates);
    Object.keys(base.templates).forEach((id, i) => {
      if (set === 'default' || !templates[ids[i]]) return;
      list.push({ name: `${id}: default, then ${set}`, before: base.templates[id], after: templates[ids[i]], sids: SIDS, followed: FOLLOWED[id], ...(comes(base.templates[id], templates[ids[i]]) ? LOG_BUCKET : {}) });
      list.push({ name: `${id}: ${set}, then default`, before: templates[ids[i]], after: base.templates[id], sids: SIDS, followed: FOLLOWED[id], ...OURS[`${id}: ${set}, then default`] });
    });
  }
  return list;
};
