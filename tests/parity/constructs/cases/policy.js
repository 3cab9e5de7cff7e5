'use strict';
const { Aspects, CfnResource, Validations } = require('aws-cdk-lib');
const { WriteNagSuppressionsToCloudFormationAspect } = require('cdk-nag');
const { Construct } = require('constructs');

module.exports = {
  // The nearest reason for a rule counts; what is said of a construct is said of all that is in it.
  'policy-suppress': (stack) => {
    const group = new Construct(stack, 'Group');
    const topic = new CfnResource(group, 'Topic', { type: 'AWS::SNS::Topic' });
    new CfnResource(group, 'Role', { type: 'AWS::IAM::Role' });
    new CfnResource(stack, 'Queue', { type: 'AWS::SQS::Queue' }).addMetadata('Own', 'kept');
    Aspects.of(stack).add(new WriteNagSuppressionsToCloudFormationAspect());
    Validations.of(stack).acknowledge({ id: 'AwsSolutions-SQS3', reason: 'Nothing is lost' });
    Validations.of(group).acknowledge(
      { id: 'AwsSolutions-SNS3', reason: 'The group is closed' },
      { id: 'AwsSolutions-IAM5[Action::s3:*]', reason: 'All of "it" – ünter <uns>' },
    );
    Validations.of(topic).acknowledge({ id: 'AwsSolutions-SNS3', reason: 'The topic is closed' });
  },
};
