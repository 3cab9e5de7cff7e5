'use strict';
const { CfnOutput, Duration, RemovalPolicy, Tags, aws_iam: iam, aws_lambda: lambda, aws_sqs: sqs } = require('aws-cdk-lib');

const inline = (stack, id = 'Function', props = {}) => new lambda.Function(stack, id, {
  runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => "é";'), ...props,
});

module.exports = {
  'lambda-version-layers': {
    exactVersions: true,
    build: (stack) => {
      const layer = (id, name) => lambda.LayerVersion.fromLayerVersionArn(stack, id, `arn:aws:lambda:eu-west-1:123456789012:layer:${name}:1`);
      const fn = inline(stack, 'Function', { layers: [layer('Zed', 'first'), layer('Alpha', 'second')] });
      fn.addLayers(lambda.LayerVersion.fromLayerVersionArn(stack, 'Regional', `arn:aws:lambda:${stack.region}:123456789012:layer:third:2`));
      new CfnOutput(stack, 'Version', { value: fn.currentVersion.version });
    },
  },
  'lambda-version-current': {
    exactVersions: true,
    build: (stack) => {
      const fn = inline(stack, 'Function', {
        environment: { ZED: 'z', ALPHA: 'a' }, description: 'ümlaut',
        currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN, description: 'of now', provisionedConcurrentExecutions: 2, codeSha256: 'abc=', retryAttempts: 1 },
      });
      fn.addEnvironment('MIDDLE', stack.stackName);
      new CfnOutput(stack, 'Arn', { value: fn.currentVersion.functionArn });
      new CfnOutput(stack, 'Number', { value: fn.currentVersion.version });
      new CfnOutput(stack, 'Name', { value: fn.currentVersion.functionName });
      fn.addEnvironment('LATE', 'late');
    },
  },
  'lambda-version-current-tags': {
    exactVersions: true,
    build: (stack) => {
      const fn = inline(stack, 'Function', { reservedConcurrentExecutions: 3, timeout: Duration.seconds(5), loggingFormat: lambda.LoggingFormat.JSON });
      const queue = new sqs.Queue(stack, 'Queue');
      new CfnOutput(stack, 'Arn', { value: fn.currentVersion.functionArn });
      queue.grantSendMessages(fn);
      fn.invalidateVersionBasedOn('salt');
      fn.invalidateVersionBasedOn('pepper');
      Tags.of(stack).add('Team', 'core');
    },
  },
  'lambda-version-layers-as-given': {
    exactVersions: true,
    context: { '@aws-cdk/aws-lambda:recognizeLayerVersion': false },
    build: (stack) => {
      const layer = (id) => lambda.LayerVersion.fromLayerVersionArn(stack, id, `arn:aws:lambda:eu-west-1:123456789012:layer:${id}:1`);
      const fn = inline(stack, 'Function', { reservedConcurrentExecutions: 3, memorySize: 256, layers: [layer('Zed'), layer('Alpha')] });
      Tags.of(fn).add('Team', 'core');
      new CfnOutput(stack, 'Arn', { value: fn.currentVersion.functionArn });
    },
  },
  'lambda-version-explicit': {
    exactVersions: true,
    build: (stack) => {
      const fn = inline(stack);
      const version = new lambda.Version(stack, 'One', {
        lambda: fn, description: 'one', maxEventAge: Duration.minutes(5), minExecutionEnvironments: 0, maxExecutionEnvironments: 10,
      });
      version.grantInvoke(new iam.ServicePrincipal('elasticloadbalancing.amazonaws.com'));
      version.addPermission('Other', { principal: new iam.AccountPrincipal('210987654321') });
      version.grantInvoke(new iam.Role(stack, 'Caller', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }));
    },
  },
  'lambda-version-aliases': {
    exactVersions: true,
    build: (stack) => {
      const fn = inline(stack);
      const live = fn.addAlias('live', { description: 'what users see', retryAttempts: 0 });
      const old = new lambda.Version(stack, 'Old', { lambda: fn });
      const canary = new lambda.Alias(stack, 'Canary', {
        aliasName: 'canary', version: fn.currentVersion, additionalVersions: [{ version: old, weight: 0.25 }], provisionedConcurrentExecutions: 1,
      });
      live.grantInvoke(new iam.Role(stack, 'Caller', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }));
      canary.addPermission('Service', { principal: new iam.ServicePrincipal('sns.amazonaws.com'), sourceAccount: '123456789012' });
      new CfnOutput(stack, 'Name', { value: live.functionName });
      new CfnOutput(stack, 'Arn', { value: live.functionArn });
    },
  },
};
