'use strict';
const path = require('node:path');
const { CfnOutput, Duration, RemovalPolicy, Size, Stack, aws_ec2: ec2, aws_events: events, aws_iam: iam, aws_kms: kms,
  aws_lambda: lambda, aws_lambda_destinations: destinations, aws_logs: logs, aws_s3: s3, aws_sns: sns, aws_sqs: sqs } = require('aws-cdk-lib');

const ENVIRONMENT = { account: '123456789012', region: 'eu-west-1' };
const asset = (name) => lambda.Code.fromAsset(path.join(__dirname, '..', 'assets', name));
const inline = (stack, id = 'Function', props = {}) => new lambda.Function(stack, id, {
  runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => "é";'), ...props,
});
const program = (stack, id, props = {}) => new lambda.Function(stack, id, {
  runtime: lambda.Runtime.PROVIDED_AL2023, handler: 'bootstrap', code: asset('function'), ...props,
});

module.exports = {
  'lambda-function-minimal': (stack) => { inline(stack); },
  'lambda-function-asset': (stack) => {
    program(stack, 'Folder');
    program(stack, 'Package', { code: asset('function.zip') });
    program(stack, 'InBucket', { code: lambda.Code.fromBucket(s3.Bucket.fromBucketName(stack, 'Bucket', 'packages'), 'a/b.zip', 'v1') });
  },
  'lambda-function-options': (stack) => {
    inline(stack, 'Function', {
      functionName: 'tango-worker', description: 'Does "things" – quickly', memorySize: 512, timeout: Duration.minutes(2),
      architecture: lambda.Architecture.ARM_64, ephemeralStorageSize: Size.gibibytes(1), reservedConcurrentExecutions: 0,
      environment: { ZED: 'z', ALPHA: 'a', ROLE: `x-${stack.region}` }, tracing: lambda.Tracing.ACTIVE,
      recursiveLoop: lambda.RecursiveLoop.TERMINATE, runtimeManagementMode: lambda.RuntimeManagementMode.FUNCTION_UPDATE,
      environmentEncryption: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:123456789012:key/k'),
    });
    inline(stack, 'Pinned', {
      tracing: lambda.Tracing.DISABLED, architecture: lambda.Architecture.X86_64,
      runtimeManagementMode: lambda.RuntimeManagementMode.manual('arn:aws:lambda:eu-west-1::runtime:abc'),
    });
    inline(stack, 'Snapped', {
      runtime: lambda.Runtime.PYTHON_3_13, snapStart: lambda.SnapStartConf.ON_PUBLISHED_VERSIONS, tracing: lambda.Tracing.PASS_THROUGH,
    });
  },
  'lambda-function-environment-late': (stack) => {
    const fn = inline(stack, 'Function', { environment: { FIRST: '1', SECOND: '2' } });
    const queue = new sqs.Queue(stack, 'Queue');
    fn.addEnvironment('QUEUE_URL', queue.queueUrl);
    fn.addEnvironment('FIRST', 'again');
    queue.grantSendMessages(fn);
  },
  'lambda-function-logging': (stack) => {
    inline(stack, 'Json', {
      logGroup: new logs.LogGroup(stack, 'Logs', { retention: logs.RetentionDays.ONE_MONTH }), loggingFormat: lambda.LoggingFormat.JSON,
      applicationLogLevelV2: lambda.ApplicationLogLevel.WARN, systemLogLevelV2: lambda.SystemLogLevel.DEBUG,
    });
    inline(stack, 'Text', { loggingFormat: lambda.LoggingFormat.TEXT });
    inline(stack, 'Group', { logGroup: logs.LogGroup.fromLogGroupName(stack, 'Given', '/given') });
  },
  'lambda-function-managed-log-group': {
    context: { '@aws-cdk/aws-lambda:useCdkManagedLogGroup': true },
    build: (stack) => { inline(stack, 'Function', { functionName: 'named' }); inline(stack, 'Unnamed'); },
  },
  'lambda-function-vpc': {
    env: ENVIRONMENT,
    context: { 'availability-zones:account=123456789012:region=eu-west-1': ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'] },
    build: (stack) => {
      const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
      inline(stack, 'Own', { vpc });
      inline(stack, 'Closed', { vpc, allowAllOutbound: false, ipv6AllowedForDualStack: false });
      inline(stack, 'Open', { vpc, allowAllIpv6Outbound: true });
      const group = new ec2.SecurityGroup(stack, 'Group', { vpc });
      const given = inline(stack, 'Given', { vpc, securityGroups: [group], vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS } });
      inline(stack, 'Public', { vpc, vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC }, allowPublicSubnet: true });
      given.connections.allowFromAnyIpv4(ec2.Port.tcp(443));
    },
  },
  'lambda-function-vpc-cross-stack': (stack) => {
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
    const other = new Stack(stack.node.scope, 'Other', {});
    const group = new ec2.SecurityGroup(other, 'Group', { vpc, description: 'Worker' });
    program(other, 'Function', { vpc, securityGroups: [group], vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS } });
  },
  'lambda-function-role-given': (stack) => {
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    const fn = inline(stack, 'Function', { role, tracing: lambda.Tracing.ACTIVE });
    fn.addToRolePolicy(new iam.PolicyStatement({ actions: ['ses:SendEmail'], resources: ['*'] }));
    const imported = iam.Role.fromRoleArn(stack, 'Imported', 'arn:aws:iam::123456789012:role/given');
    inline(stack, 'WithImported', { role: imported, initialPolicy: [new iam.PolicyStatement({ actions: ['s3:ListAllMyBuckets'], resources: ['*'] })] });
  },
  'lambda-function-initial-policy': (stack) => {
    inline(stack, 'Function', {
      initialPolicy: [
        new iam.PolicyStatement({ actions: ['dynamodb:GetItem'], resources: ['arn:aws:dynamodb:eu-west-1:123456789012:table/t'] }),
        new iam.PolicyStatement({ actions: ['dynamodb:PutItem'], resources: ['arn:aws:dynamodb:eu-west-1:123456789012:table/t'] }),
      ],
      deadLetterQueueEnabled: true,
    });
  },
  'lambda-function-separate-policies': {
    context: { '@aws-cdk/aws-lambda:createNewPoliciesWithAddToRolePolicy': true },
    build: (stack) => {
      const fn = inline(stack, 'Function', { deadLetterQueueEnabled: true });
      fn.addToRolePolicy(new iam.PolicyStatement({ actions: ['ses:SendEmail'], resources: ['*'] }));
      fn.addToRolePolicy(new iam.PolicyStatement({ actions: ['ses:SendRawEmail'], resources: ['*'] }));
    },
  },
  'lambda-function-dead-letters': (stack) => {
    const queue = new sqs.Queue(stack, 'Queue', { retentionPeriod: Duration.days(14), enforceSSL: true });
    inline(stack, 'Given', { deadLetterQueue: queue });
    inline(stack, 'Made', { deadLetterQueueEnabled: true });
    inline(stack, 'Topic', { deadLetterTopic: new sns.Topic(stack, 'DeadLetters') });
  },
  'lambda-function-async-invoke': (stack) => {
    const queue = new sqs.Queue(stack, 'Queue');
    const topic = new sns.Topic(stack, 'Topic');
    const bus = new events.EventBus(stack, 'Bus');
    const next = inline(stack, 'Next', { retryAttempts: 0 });
    inline(stack, 'First', {
      retryAttempts: 1, maxEventAge: Duration.hours(1), onFailure: new destinations.SqsDestination(queue), onSuccess: new destinations.LambdaDestination(next),
    });
    const fn = inline(stack, 'Second');
    fn.configureAsyncInvoke({ onFailure: new destinations.SnsDestination(topic), onSuccess: new destinations.EventBridgeDestination(bus) });
  },
  'lambda-function-cross-stack': {
    exactVersions: true,
    build: (stack) => {
      const other = new Stack(stack.node.scope, 'Other', {});
      const queue = new sqs.Queue(stack, 'Queue');
      const caller = inline(stack, 'Caller', { layers: [lambda.LayerVersion.fromLayerVersionArn(stack, 'Layer', 'arn:aws:lambda:eu-west-1:123456789012:layer:l:1')] });
      const fn = inline(other, 'Function', {
        deadLetterQueue: queue, logGroup: new logs.LogGroup(stack, 'Logs'), environment: { CALLER: caller.functionName },
        role: new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }),
      });
      caller.grantInvoke(inline(other, 'Invoker'));
      new CfnOutput(other, 'Version', { value: fn.currentVersion.functionArn });
    },
  },
  'lambda-function-edge': {
    exactVersions: true,
    env: { account: '123456789012', region: 'us-east-1' },
    build: (stack) => {
      const queue = new sqs.Queue(stack, 'Queue');
      const edge = inline(stack, 'Edge', { currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN } });
      edge.addEnvironment('ONLY_ELSEWHERE', 'x', { removeInEdge: true });
      // What the CDK's Distribution does with a version, without the distribution.
      edge.role.assumeRolePolicy.addStatements(new iam.PolicyStatement({
        actions: ['sts:AssumeRole'], principals: [new iam.ServicePrincipal('edgelambda.amazonaws.com')],
      }));
      queue.grantSendMessages(edge);
      new CfnOutput(stack, 'EdgeArn', { value: edge.currentVersion.edgeArn });
    },
  },
};
