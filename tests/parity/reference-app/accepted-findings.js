'use strict';
const { Aspects, CfnResource, Validations } = require('aws-cdk-lib');
const { WriteNagSuppressionsToCloudFormationAspect } = require('cdk-nag');

// What cdk-nag's AwsSolutions finds in production and what is meant to be so: the findings, why, and the constructs by stack and path.
const MANAGED_POLICY = (name) => `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/${name}]`;
const IN_MEDIA = ['Action::s3:Abort*', 'Action::s3:DeleteObject*', 'Action::s3:GetBucket*', 'Action::s3:GetObject*', 'Action::s3:List*', 'Resource::<MediaBucketBCBB02BA.Arn>/*'];
// What is read in a template of another stack's bucket is the name of its export.
const IN_MEDIA_IMPORTED = (prefix) => `AwsSolutions-IAM5[Resource::${prefix}Media:ExportsOutputFnGetAttMediaBucketBCBB02BAArnB94B784B/*]`;
const accepted = (prefix) => [
  [[MANAGED_POLICY('AWSLambdaBasicExecutionRole')], 'It lets a function write its log, and nothing else', {
    Media: ['OriginRequestLambda/ServiceRole', 'OriginResponseLambda/ServiceRole'], Events: ['EventPublisher/ServiceRole', 'AuditConsumer/ServiceRole'],
  }],
  [[MANAGED_POLICY('AWSLambdaVPCAccessExecutionRole')], 'It lets a function reach its subnets, and nothing else', { Events: ['EventPublisher/ServiceRole', 'AuditConsumer/ServiceRole'] }],
  [[MANAGED_POLICY('AmazonRDSEnhancedMonitoringRole')], 'It lets RDS write what it measures, and nothing else', { App: ['TangoDatabase/MonitoringRole'] }],
  [IN_MEDIA.map((finding) => `AwsSolutions-IAM5[${finding}]`), 'The wildcards are the kinds of reading and writing there are, in the one media bucket', {
    Media: ['OriginResponseLambda/ServiceRole'], App: ['TangoBackendTask/TaskRole'],
  }],
  [['AwsSolutions-IAM5[Resource::*]'], 'AWS ties signing in to ECR and sessions of ECS Exec to no resource', { App: ['TangoBackendTask/TaskRole', 'TangoBackendTask/ExecutionRole'] }],
  [['AwsSolutions-EC23'], 'It is open to the users of a public API', { App: ['TangoBackendService/LB/SecurityGroup'] }],
  [['AwsSolutions-SMG4'], 'The API reads the password at its start, and would be shut out by a rotation: docs/runbook.md says how to change it', { App: ['TangoDatabase/Secret', 'TangoDatabase/SnapshotSecret'] }],
  [['AwsSolutions-S1'], 'It takes the access logs of the others; its own would fill it with themselves', { Network: ['LogBucket'] }],
  [['AwsSolutions-CFR1'], 'Users may be anywhere', { Media: ['MediaDistribution'], Frontend: ['FrontendDistribution'] }],
  [['AwsSolutions-CFR4'], 'Without a domain of its own, CloudFront decides which versions of TLS it takes', { Media: ['MediaDistribution'] }],
  [['AwsSolutions-ECS2'], 'The variables are names and addresses; what is secret comes from Secrets Manager', { App: ['TangoBackendTask/Resource'] }],
  [['AwsSolutions-SQS3'], 'It is a dead letter queue itself: the publisher sends what it has given up', { Events: ['EventPublisherDLQ'] }],
  [[IN_MEDIA_IMPORTED(prefix)], 'All that is in the one media bucket', { App: ['TangoBackendTask/TaskRole'] }],
];

// aws-cdk-lib accepts a finding of another pack in every VPC, which is nobody's reason here.
class WriteReasons extends WriteNagSuppressionsToCloudFormationAspect {
  visit(node) {
    super.visit(node);
    const written = CfnResource.isCfnResource(node) ? node.getMetadata('cdk_nag') : undefined;
    if (!written) return;
    const rules = written.rules_to_suppress.filter(({ id }) => id.startsWith('AwsSolutions-'));
    if (rules.length > 0) node.addMetadata('cdk_nag', { rules_to_suppress: rules });
    else delete node.cfnOptions.metadata.cdk_nag;
  }
}

function acceptFindings(app, prefix, stacks) {
  Aspects.of(app).add(new WriteReasons());
  for (const [ids, reason, constructs] of accepted(prefix)) {
    for (const [stack, paths] of Object.entries(constructs)) {
      for (const path of paths) {
        const construct = path.split('/').reduce((scope, child) => scope?.node.tryFindChild(child), stacks[stack]);
        if (construct) Validations.of(construct).acknowledge(...ids.map((id) => ({ id, reason })));
      }
    }
  }
}
module.exports = { acceptFindings };
