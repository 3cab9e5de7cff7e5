'use strict';
const { CfnOutput, aws_ec2: ec2, aws_ecs: ecs, aws_kms: kms, aws_logs: logs, aws_s3: s3 } = require('aws-cdk-lib');

const network = (stack) => new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 });
const output = (stack, id, value) => new CfnOutput(stack, id, { value });

function serviceWithShell(stack, cluster) {
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
  taskDefinition.addContainer('web', { image: ecs.ContainerImage.fromRegistry('nginx') });
  new ecs.FargateService(stack, 'Service', { cluster, taskDefinition, enableExecuteCommand: true });
}
const shellCase = (makeConfiguration, more = {}) => ({
  ...more,
  build(stack) {
    const vpc = network(stack);
    serviceWithShell(stack, new ecs.Cluster(stack, 'Cluster', { vpc, executeCommandConfiguration: makeConfiguration(stack) }));
  },
});

module.exports = {
  'ecs-cluster-defaults': (stack) => {
    const cluster = new ecs.Cluster(stack, 'Cluster');
    output(stack, 'Arn', cluster.clusterArn);
    output(stack, 'Name', cluster.clusterName);
    output(stack, 'Tasks', cluster.arnForTasks('*'));
  },
  'ecs-cluster-insights': (stack) => {
    const vpc = network(stack);
    new ecs.Cluster(stack, 'On', { vpc, clusterName: 'prod', containerInsightsV2: ecs.ContainerInsights.ENABLED });
    new ecs.Cluster(stack, 'Enhanced', { vpc, containerInsightsV2: ecs.ContainerInsights.ENHANCED });
    new ecs.Cluster(stack, 'Off', { vpc, containerInsightsV2: ecs.ContainerInsights.DISABLED });
    new ecs.Cluster(stack, 'OldOn', { vpc, containerInsights: true });
    new ecs.Cluster(stack, 'OldOff', { vpc, containerInsights: false });
  },
  'ecs-cluster-capacity-providers': (stack) => {
    const vpc = network(stack);
    new ecs.Cluster(stack, 'Plain', { vpc, enableFargateCapacityProviders: true });
    const cluster = new ecs.Cluster(stack, 'Spot', { vpc, enableFargateCapacityProviders: true });
    cluster.addDefaultCapacityProviderStrategy([
      { capacityProvider: 'FARGATE', base: 1, weight: 1 }, { capacityProvider: 'FARGATE_SPOT', weight: 4 },
    ]);
  },
  'ecs-cluster-import': (stack) => {
    const vpc = network(stack);
    const named = ecs.Cluster.fromClusterAttributes(stack, 'Named', { clusterName: 'prod', vpc });
    const given = ecs.Cluster.fromClusterAttributes(stack, 'Given', {
      clusterName: 'prod', clusterArn: 'arn:aws:ecs:us-east-1:123456789012:cluster/prod', vpc,
      securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-12345678')],
    });
    output(stack, 'NamedArn', named.clusterArn);
    output(stack, 'GivenArn', given.clusterArn);
    serviceWithShell(stack, named);
  },
  'ecs-cluster-shell-logs': shellCase((stack) => ({
    logging: ecs.ExecuteCommandLogging.OVERRIDE,
    logConfiguration: {
      cloudWatchLogGroup: new logs.LogGroup(stack, 'Shells'), cloudWatchEncryptionEnabled: false,
      s3Bucket: s3.Bucket.fromBucketName(stack, 'Bucket', 'shells'), s3EncryptionEnabled: true, s3KeyPrefix: 'prod/',
    },
  })),
  'ecs-cluster-shell-unlogged': shellCase(() => ({ logging: ecs.ExecuteCommandLogging.NONE })),
  'ecs-cluster-shell-key': shellCase((stack) => ({ kmsKey: new kms.Key(stack, 'Key') }), { env: { account: '123456789012', region: 'eu-west-1' } }),
  'ecs-cluster-shell-key-and-logs': shellCase((stack) => ({
    kmsKey: new kms.Key(stack, 'Key'), logging: ecs.ExecuteCommandLogging.OVERRIDE,
    logConfiguration: { cloudWatchLogGroup: new logs.LogGroup(stack, 'Shells'), cloudWatchEncryptionEnabled: true },
  }), { env: { account: '123456789012', region: 'eu-west-1' } }),
  'ecs-cluster-shell-narrow-flag': shellCase(() => ({ logging: ecs.ExecuteCommandLogging.DEFAULT }), {
    context: { '@aws-cdk/aws-ecs:reduceEc2FargateCloudWatchPermissions': true },
  }),
};
