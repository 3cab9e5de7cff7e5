// SPDX-License-Identifier: MIT
'use strict';
const { CfnOutput, aws_ec2: ec2, aws_s3: s3 } = require('aws-cdk-lib');

const { InterfaceVpcEndpointAwsService: service } = ec2;
const network = (stack) => new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
const logging = { '@aws-cdk/aws-s3:createDefaultLoggingPolicy': true };

module.exports = {
  'ec2-endpoint-interface': (stack) => {
    const endpoint = network(stack).addInterfaceEndpoint('Logs', { service: service.CLOUDWATCH_LOGS });
    new CfnOutput(stack, 'EndpointId', { value: endpoint.vpcEndpointId });
  },
  'ec2-endpoint-interface-given': (stack) => {
    const vpc = network(stack);
    const group = new ec2.SecurityGroup(stack, 'Group', { vpc, description: 'endpoints' });
    new ec2.InterfaceVpcEndpoint(stack, 'Ecr', {
      vpc, service: service.ECR, open: false, privateDnsEnabled: false,
      subnets: { subnetType: ec2.SubnetType.PUBLIC }, securityGroups: [group],
    });
  },
  'ec2-endpoint-interface-china': {
    env: { region: 'cn-north-1' },
    build: (stack) => {
      const vpc = network(stack);
      vpc.addInterfaceEndpoint('Api', { service: service.ECR });
      vpc.addInterfaceEndpoint('Secrets', { service: service.SECRETS_MANAGER });
    },
  },
  'ec2-endpoint-flow-log': {
    context: logging,
    build: (stack) => {
      const log = network(stack).addFlowLog('Log', { destination: ec2.FlowLogDestination.toS3(new s3.Bucket(stack, 'Bucket')) });
      new CfnOutput(stack, 'FlowLogId', { value: log.flowLogId });
    },
  },
  'ec2-endpoint-flow-log-options': {
    context: logging,
    build: (stack) => {
      new ec2.FlowLog(stack, 'Log', {
        resourceType: ec2.FlowLogResourceType.fromVpc(network(stack)),
        trafficType: ec2.FlowLogTrafficType.REJECT,
        maxAggregationInterval: ec2.FlowLogMaxAggregationInterval.ONE_MINUTE,
        flowLogName: 'refused',
        destination: ec2.FlowLogDestination.toS3(new s3.Bucket(stack, 'Bucket', { enforceSSL: true }), 'vpc', {
          fileFormat: ec2.FlowLogFileFormat.PARQUET, hiveCompatiblePartitions: true, perHourPartition: true,
        }),
      });
    },
  },
  'ec2-endpoint-flow-log-per-hour': {
    context: logging,
    build: (stack) => {
      network(stack).addFlowLog('Log', {
        trafficType: ec2.FlowLogTrafficType.ACCEPT,
        destination: ec2.FlowLogDestination.toS3(new s3.Bucket(stack, 'Bucket'), 'logs/', { perHourPartition: true }),
      });
    },
  },
  'ec2-endpoint-flow-log-without-policy': (stack) => {
    network(stack).addFlowLog('Log', { destination: ec2.FlowLogDestination.toS3(new s3.Bucket(stack, 'Bucket')) });
  },
};
