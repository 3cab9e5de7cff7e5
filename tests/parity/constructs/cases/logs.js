'use strict';
const { RemovalPolicy, Stack, aws_iam: iam, aws_kms: kms, aws_logs: logs } = require('aws-cdk-lib');

const keyArn = 'arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555';
const ENVIRONMENT = { account: '123456789012', region: 'eu-west-1' };
const role = (stack, id = 'Role') => new iam.Role(stack, id, { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });

module.exports = {
  'logs-defaults': (stack) => {
    new logs.LogGroup(stack, 'Default');
    new logs.LogGroup(stack, 'Forever', { retention: logs.RetentionDays.INFINITE, removalPolicy: RemovalPolicy.DESTROY });
    new logs.LogGroup(stack, 'Month', { retention: logs.RetentionDays.ONE_MONTH });
  },
  'logs-options': (stack) => {
    new logs.LogGroup(stack, 'Named', {
      logGroupName: '/tango/api', logGroupClass: logs.LogGroupClass.INFREQUENT_ACCESS, deletionProtectionEnabled: true,
      encryptionKey: kms.Key.fromKeyArn(stack, 'Key', keyArn), removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    new logs.LogGroup(stack, 'Delivered', { logGroupClass: logs.LogGroupClass.DELIVERY, deletionProtectionEnabled: false });
    new logs.LogGroup(stack, 'Standard', { logGroupClass: logs.LogGroupClass.STANDARD, retention: logs.RetentionDays.TEN_YEARS });
  },
  'logs-grants': (stack) => {
    const group = new logs.LogGroup(stack, 'Group');
    group.grantWrite(role(stack, 'Writer'));
    group.grantRead(role(stack, 'Reader'));
    group.grant(role(stack, 'Deleter'), 'logs:DeleteLogStream');
  },
  'logs-resource-policy': (stack) => {
    const group = new logs.LogGroup(stack, 'Group');
    group.grantWrite(new iam.ServicePrincipal('es.amazonaws.com'));
    group.grantRead(new iam.ServicePrincipal('delivery.logs.amazonaws.com'));
    group.addToResourcePolicy(new iam.PolicyStatement({
      sid: 'Route53', actions: ['logs:PutLogEvents', 'logs:CreateLogStream'], resources: ['*'],
      principals: [new iam.ServicePrincipal('route53.amazonaws.com')],
    }));
  },
  'logs-resource-policy-accounts': {
    env: ENVIRONMENT,
    build: (stack) => {
      const group = new logs.LogGroup(stack, 'Group');
      const allow = (sid, principal) => group.addToResourcePolicy(new iam.PolicyStatement({
        sid, actions: ['logs:PutLogEvents'], resources: [group.logGroupArn], principals: [principal],
      }));
      allow('Account', new iam.AccountPrincipal('210987654321'));
      allow('Arn', new iam.ArnPrincipal('arn:aws:iam::210987654321:role/x'));
      allow('Any', new iam.AnyPrincipal());
      allow('Role', role(stack));
      group.grantWrite(iam.Role.fromRoleArn(stack, 'Elsewhere', 'arn:aws:iam::210987654321:role/y'));
    },
  },
  'logs-imports': {
    env: ENVIRONMENT,
    build: (stack) => {
      const grantee = role(stack);
      logs.LogGroup.fromLogGroupArn(stack, 'ByArn', 'arn:aws:logs:eu-west-1:123456789012:log-group:/tango/one:*').grantWrite(grantee);
      logs.LogGroup.fromLogGroupArn(stack, 'ByBareArn', 'arn:aws:logs:eu-west-1:123456789012:log-group:/tango/two').grantRead(grantee);
      const byName = logs.LogGroup.fromLogGroupName(stack, 'ByName', '/tango/three');
      byName.grantRead(grantee);
      stack.exportValue(new logs.LogGroup(stack, 'Own').logGroupArn);
      byName.grantWrite(new iam.ServicePrincipal('es.amazonaws.com'));
    },
  },
  'logs-cross-stack': (stack) => {
    const group = new logs.LogGroup(stack, 'Group', { retention: logs.RetentionDays.ONE_WEEK });
    const other = new Stack(stack.node.scope, 'Other', {});
    group.grantWrite(role(other));
    group.grantRead(role(other, 'Reader'));
  },
};
