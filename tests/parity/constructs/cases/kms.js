'use strict';
const { aws_iam: iam, aws_kms: kms, CfnOutput, Duration, RemovalPolicy, Stack } = require('aws-cdk-lib');

const environment = { account: '111111111111', region: 'eu-west-1' };
const role = (stack, id = 'Role', props = {}) => new iam.Role(stack, id, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'), ...props });
const other = (stack, env) => new Stack(stack.node.scope, 'Other', { env });
function grantAll(key, grantee) {
  key.grantEncrypt(grantee);
  key.grantDecrypt(grantee);
  key.grantEncryptDecrypt(grantee);
  key.grant(grantee, 'kms:TagResource');
}

module.exports = {
  'kms-key': (stack) => {
    new kms.Key(stack, 'Plain');
    const key = new kms.Key(stack, 'Full', {
      alias: 'the-key', description: 'For all', enabled: false, enableKeyRotation: true, pendingWindow: Duration.days(7), multiRegion: true,
      rotationPeriod: Duration.days(180), removalPolicy: RemovalPolicy.DESTROY,
    });
    new kms.Key(stack, 'Rotated', { rotationPeriod: Duration.days(90), alias: 'alias/rotated' });
    key.addToResourcePolicy(new iam.PolicyStatement({ actions: ['kms:Decrypt'], resources: ['*'], principals: [new iam.ServicePrincipal('sns')] }));
    new CfnOutput(stack, 'Attributes', { value: `${key.keyArn} ${key.keyId}` });
  },
  'kms-key-policy': (stack) => {
    const statement = new iam.PolicyStatement({ actions: ['kms:*'], resources: ['*'], principals: [new iam.ArnPrincipal('arn:aws:iam::111111111111:root')] });
    const key = new kms.Key(stack, 'Given', { policy: new iam.PolicyDocument({ statements: [statement] }) });
    key.addToResourcePolicy(new iam.PolicyStatement({ actions: ['kms:Decrypt'], resources: ['*'], principals: [new iam.ServicePrincipal('sns')] }));
  },
  'kms-grants': (stack) => {
    const key = new kms.Key(stack, 'Key');
    grantAll(key, role(stack));
    grantAll(key, new iam.ServicePrincipal('logs'));
    key.grantDecrypt(new iam.AccountPrincipal('222222222222'));
  },
  'kms-grants-imported': {
    env: environment,
    build: (stack) => {
      const key = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111111111111:key/1234');
      const elsewhere = kms.Key.fromKeyArn(stack, 'Elsewhere', 'arn:aws:kms:us-east-1:222222222222:key/5678');
      for (const k of [key, elsewhere]) { grantAll(k, role(stack, `${k.node.id}Role`)); grantAll(k, new iam.ServicePrincipal('logs')); }
      new CfnOutput(stack, 'Attributes', { value: `${key.keyArn} ${key.keyId}` });
    },
  },
  'kms-grants-across-stacks': {
    env: environment,
    build: (stack) => {
      const there = other(stack, environment);
      grantAll(new kms.Key(stack, 'Key'), role(there));
      there.addStackDependency(stack);
      grantAll(new kms.Key(stack, 'Depended'), role(there, 'Second'));
    },
  },
  'kms-grants-across-regions': {
    env: environment,
    build: (stack) => {
      const there = other(stack, { account: '111111111111', region: 'us-east-1' });
      new kms.Key(stack, 'Key').grantDecrypt(role(there, 'Role', { roleName: 'named' }));
    },
  },
};
