'use strict';
const { Aws, CfnDeletionPolicy, CfnOutput, CfnParameter, CfnResource, Duration, Fn, RemovalPolicy, ResolutionTypeHint, Stack, Tags, Token, Tokenization } = require('aws-cdk-lib');
const { Construct } = require('constructs');

const other = (stack) => new Stack(stack.node.scope, 'Other', {});
const STRENGTH = '@aws-cdk/core:defaultCrossStackReferences';

// A text, a part of a text, the same again, and a list.
function referAcrossStacks(stack) {
  const topic = new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' });
  const vpc = new CfnResource(stack, 'Vpc', { type: 'AWS::EC2::VPC' });
  const consumer = other(stack);
  new CfnResource(consumer, 'Subscription', {
    type: 'AWS::SNS::Subscription',
    properties: { TopicArn: topic.ref, Endpoint: `x-${topic.getAtt('TopicName')}/${topic.ref}`, Protocol: 'sqs' },
  });
  const blocks = Token.asList(vpc.getAtt('CidrBlockAssociations', ResolutionTypeHint.STRING_LIST));
  new CfnResource(consumer, 'List', { type: 'AWS::SSM::Parameter', properties: { Type: 'StringList', Value: Fn.join(',', blocks) } });
  // What is exported by hand stays so, however others refer to it.
  stack.exportValue(topic.getAtt('TopicName'));
}

module.exports = {
  'core-resource': (stack) => {
    const first = new CfnResource(stack, 'First', { type: 'AWS::SNS::Topic', properties: { TopicName: 'first', Nothing: undefined } });
    const second = new CfnResource(new Construct(stack, 'Group/With Slash'), 'Resource', { type: 'AWS::SNS::Topic' });
    second.addResourceDependency(first);
    second.applyRemovalPolicy(RemovalPolicy.RETAIN);
    new CfnOutput(stack, 'Name', { value: `${first.ref}-${second.getAtt('TopicName')}`, description: 'both', exportName: 'names' });
  },
  'core-cross-stack': (stack) => {
    const topic = new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' });
    const consumer = other(stack);
    new CfnResource(consumer, 'Subscription', {
      type: 'AWS::SNS::Subscription',
      properties: { TopicArn: topic.ref, Endpoint: `x-${topic.getAtt('TopicName')}/${topic.ref}`, Protocol: 'sqs' },
    });
  },
  'core-references-strong': referAcrossStacks,
  'core-references-weak': { context: { [STRENGTH]: 'weak' }, build: referAcrossStacks },
  'core-references-both': { context: { [STRENGTH]: 'both' }, env: { region: 'eu-west-1' }, build: (stack) => {
    const topic = new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' });
    new CfnOutput(new Stack(stack.node.scope, 'Other', { env: { region: 'eu-west-1' } }), 'Reference', { value: topic.ref });
  } },
  'core-references-weak-across-regions': {
    context: { [STRENGTH]: 'weak' }, env: { account: '123456789012', region: 'us-east-1' },
    build: (stack) => {
      const topic = new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' });
      const consumer = new Stack(stack.node.scope, 'Other', { env: { account: '123456789012', region: 'eu-west-1' } });
      new CfnOutput(consumer, 'Reference', { value: topic.ref });
    },
  },
  'core-parameter': (stack) => {
    const parameter = new CfnParameter(stack, 'Size', { type: 'Number', default: 3, description: 'how many' });
    new CfnOutput(stack, 'Own', { value: parameter.valueAsString });
    new CfnOutput(other(stack), 'Foreign', { value: `x${parameter.valueAsString}` });
  },
  'core-joins': (stack) => {
    const topic = new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' });
    new CfnResource(stack, 'Texts', {
      type: 'AWS::SSM::Parameter',
      properties: {
        Value: Fn.join(',', ['a', 'b', topic.ref, 'c', 'd']),
        Name: Fn.join(',', ['a', 'b']),
        Nested: Fn.join('', ['x', Fn.join('', ['y', topic.ref]), 'z']),
        Other: Fn.join('-', ['x', Fn.join('', ['y', topic.ref]), 'z']),
        One: Fn.join('-', [topic.ref]),
        Json: stack.toJsonString({ a: [1, true, null, topic.ref], 'k"é': `pre-${topic.ref}-"quoted"`, empty: {}, none: [] }),
      },
    });
  },
  'core-values': (stack) => {
    const topic = new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' });
    topic.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
    const group = new Construct(stack, 'Group');
    for (const id of ['One', 'Two']) new CfnResource(group, id, { type: 'AWS::SNS::Topic' });
    const reference = Tokenization.reverse(topic.getAtt('TopicName'));
    new CfnOutput(stack, 'Joined', { value: Fn.join('', ['in ', Aws.STACK_ID]) });
    new CfnOutput(stack, 'Minutes', { value: `${Duration.hours(2).toMinutes()}` });
    new CfnOutput(stack, 'Children', { value: group.node.children.map((child) => child.node.id).join() });
    new CfnOutput(stack, 'Reference', { value: `${reference.target.node.id}.${reference.displayName}` });
  },
  'core-tags': (stack) => {
    new CfnResource(stack, 'Untaggable', { type: 'AWS::SNS::Subscription', properties: { Protocol: 'sqs' } });
    const { CfnTopic } = require('aws-cdk-lib/aws-sns');
    const { CfnParameter } = require('aws-cdk-lib/aws-ssm');
    const { CfnAutoScalingGroup } = require('aws-cdk-lib/aws-autoscaling');
    const topic = new CfnTopic(stack, 'Topic', { topicName: 't', tags: [{ key: 'own', value: 'first' }, { key: 'Team', value: 'kept' }] });
    new CfnParameter(stack, 'Map', { type: 'String', value: 'v' });
    new CfnAutoScalingGroup(stack, 'Group', { minSize: '0', maxSize: '1' });
    Tags.of(stack).add('Team', 'core');
    Tags.of(stack).add('zone', 'b', { excludeResourceTypes: ['AWS::SSM::Parameter'] });
    Tags.of(stack).add('only', 'topics', { includeResourceTypes: ['AWS::SNS::Topic'], applyToLaunchedInstances: false });
    Tags.of(topic).remove('own');
    Tags.of(topic).add('Team', 'closer');
  },
  'core-dependencies': (stack) => {
    const group = (id) => {
      const scope = new Construct(stack, id);
      new CfnResource(scope, 'One', { type: 'AWS::SNS::Topic' });
      new CfnResource(scope, 'Two', { type: 'AWS::SNS::Topic' });
      return scope;
    };
    group('B').node.addDependency(group('a'), group('C'));
  },
  'core-long-names': (stack) => {
    const outer = new Construct(stack, 'A'.repeat(130));
    const inner = new Construct(outer, 'B'.repeat(130));
    new CfnResource(inner, 'Default', { type: 'AWS::SNS::Topic' });
    const topic = new CfnResource(inner, 'Resource', { type: 'AWS::SNS::Topic' });
    new CfnResource(new Construct(stack, 'RepeatRepeat'), 'Repeat', { type: 'AWS::SNS::Topic' });
    new CfnOutput(other(stack), 'Reference', { value: topic.getAtt('TopicName').toString() });
  },
  'core-qualifier': {
    env: { account: '123456789012', region: 'eu-west-1' },
    context: { '@aws-cdk/core:bootstrapQualifier': 'custom', 'aws:cdk:enable-path-metadata': true },
    build: (stack) => { new CfnResource(stack, 'Topic', { type: 'AWS::SNS::Topic' }); },
  },
};
