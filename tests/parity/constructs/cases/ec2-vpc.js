// SPDX-License-Identifier: MIT
'use strict';
const { CfnOutput, Fn, Stack, Tags, aws_ec2: ec2, aws_iam: iam } = require('aws-cdk-lib');

const { PUBLIC, PRIVATE_WITH_EGRESS, PRIVATE_ISOLATED } = ec2.SubnetType;
const env = { account: '123456789012', region: 'eu-west-1' };
const zones = (count) => 'abcdef'.slice(0, count).split('').map((letter) => `eu-west-1${letter}`);
const knownZones = (count) => ({
  env,
  context: { [`availability-zones:account=${env.account}:region=${env.region}`]: zones(count) },
});
const output = (stack, id, value) => new CfnOutput(stack, id, { value });
const joined = (stack, id, values) => output(stack, id, Fn.join(',', values));
const anyVpc = (stack) => new ec2.Vpc(stack, 'Vpc', {
  natGateways: 0, maxAzs: 1, subnetConfiguration: [{ name: 'Public', subnetType: PUBLIC }],
});
const group = (stack, id, props) => new ec2.SecurityGroup(stack, id, { description: id, ...props });
const otherStack = (stack) =>
  new Stack(stack.node.scope, 'Other', { env: { account: stack.account, region: stack.region } });

module.exports = {
  'ec2-vpc-defaults': (stack) => {
    new ec2.Vpc(stack, 'Vpc');
  },
  'ec2-vpc-shared-nat': (stack) => {
    new ec2.Vpc(stack, 'Vpc', {
      maxAzs: 2,
      natGateways: 1,
      subnetConfiguration: [
        { name: 'Public', subnetType: PUBLIC, cidrMask: 24 },
        { name: 'Private', subnetType: PRIVATE_WITH_EGRESS, cidrMask: 24 },
      ],
    });
  },
  'ec2-vpc-six-zones': {
    ...knownZones(6),
    build: (stack) => {
      new ec2.Vpc(stack, 'Vpc', { maxAzs: 6 });
    },
  },
  'ec2-vpc-fewer-nat-gateways-than-zones': {
    ...knownZones(4),
    build: (stack) => {
      new ec2.Vpc(stack, 'Vpc', {
        maxAzs: 4,
        natGateways: 2,
        subnetConfiguration: [
          { name: 'Ingress', subnetType: PUBLIC, cidrMask: 28 },
          { name: 'Service', subnetType: PRIVATE_WITH_EGRESS },
          { name: 'Worker', subnetType: PRIVATE_WITH_EGRESS, cidrMask: 22 },
        ],
      });
    },
  },
  'ec2-vpc-zones-not-looked-up': {
    env,
    build: (stack) => {
      new ec2.Vpc(stack, 'Vpc', { natGateways: 5 });
    },
  },
  'ec2-vpc-without-nat': (stack) => {
    new ec2.Vpc(stack, 'Vpc', { natGateways: 0 });
  },
  'ec2-vpc-private-without-nat': (stack) => {
    new ec2.Vpc(stack, 'Vpc', {
      natGateways: 0,
      subnetConfiguration: [
        { name: 'Public', subnetType: PUBLIC },
        { name: 'Private', subnetType: PRIVATE_WITH_EGRESS },
      ],
    });
  },
  'ec2-vpc-mixed-masks': {
    ...knownZones(3),
    build: (stack) => {
      new ec2.Vpc(stack, 'Vpc', {
        ipAddresses: ec2.IpAddresses.cidr('10.20.0.0/20'),
        natGateways: 1,
        subnetConfiguration: [
          { name: 'Rest', subnetType: PRIVATE_WITH_EGRESS },
          { name: 'Public', subnetType: PUBLIC, cidrMask: 28 },
          { name: 'Kept', subnetType: PRIVATE_ISOLATED, cidrMask: 24, reserved: true },
          { name: 'Database', subnetType: PRIVATE_ISOLATED, cidrMask: 26 },
          { name: 'Other', subnetType: PRIVATE_ISOLATED },
        ],
      });
    },
  },
  'ec2-vpc-reserved-zones': {
    ...knownZones(3),
    build: (stack) => {
      new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, reservedAzs: 1 });
    },
  },
  'ec2-vpc-given-zones': {
    ...knownZones(3),
    build: (stack) => {
      new ec2.Vpc(stack, 'Vpc', { availabilityZones: ['eu-west-1c', 'eu-west-1a'], reservedAzs: 2 });
    },
  },
  'ec2-vpc-given-zones-of-unknown-region': (stack) => {
    new ec2.Vpc(stack, 'Vpc', { availabilityZones: ['us-west-2a', 'us-west-2b', 'us-west-2d'] });
  },
  'ec2-vpc-nat-subnet-group': {
    ...knownZones(2),
    build: (stack) => {
      new ec2.Vpc(stack, 'Vpc', {
        natGatewaySubnets: { subnetGroupName: 'Egress' },
        subnetConfiguration: [
          { name: 'Ingress', subnetType: PUBLIC, cidrMask: 24 },
          { name: 'Egress', subnetType: PUBLIC, cidrMask: 28 },
          { name: 'Service', subnetType: PRIVATE_WITH_EGRESS, cidrMask: 20 },
        ],
      });
    },
  },
  'ec2-vpc-public-only': (stack) => {
    new ec2.Vpc(stack, 'Vpc', {
      maxAzs: 1,
      subnetConfiguration: [{ name: 'Web', subnetType: PUBLIC, mapPublicIpOnLaunch: false, cidrMask: 18 }],
    });
  },
  'ec2-vpc-isolated-only': (stack) => {
    new ec2.Vpc(stack, 'Vpc', { subnetConfiguration: [{ name: 'Data', subnetType: PRIVATE_ISOLATED }] });
  },
  'ec2-vpc-no-subnets': (stack) => {
    new ec2.Vpc(stack, 'Vpc', { subnetConfiguration: [] });
  },
  'ec2-vpc-options': (stack) => {
    new ec2.Vpc(stack, 'Vpc', {
      ipAddresses: ec2.IpAddresses.cidr('172.16.200.9/19'),
      vpcName: 'main',
      enableDnsHostnames: false,
      enableDnsSupport: false,
      defaultInstanceTenancy: ec2.DefaultInstanceTenancy.DEDICATED,
      createInternetGateway: false,
      natGateways: 2,
    });
  },
  'ec2-vpc-attributes': (stack) => {
    const vpc = anyVpc(stack);
    output(stack, 'Arn', vpc.vpcArn);
    output(stack, 'CidrBlock', vpc.vpcCidrBlock);
    output(stack, 'DefaultGroup', vpc.vpcDefaultSecurityGroup);
    output(stack, 'DefaultAcl', vpc.vpcDefaultNetworkAcl);
    output(stack, 'Gateway', vpc.internetGatewayId);
    joined(stack, 'Zones', vpc.availabilityZones);
    output(stack, 'RouteTable', vpc.publicSubnets[0].routeTable.routeTableId);
    output(stack, 'SubnetCidr', vpc.publicSubnets[0].ipv4CidrBlock);
  },
  'ec2-vpc-tags': (stack) => {
    Tags.of(stack).add('Project', 'Tango');
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
    Tags.of(vpc).add('Layer', 'network');
    Tags.of(vpc.publicSubnets[0]).add('Name', 'first', { priority: 300 });
    Tags.of(vpc.privateSubnets[0]).remove('Layer');
    Tags.of(vpc).add('Only', 'route tables', { includeResourceTypes: ['AWS::EC2::RouteTable'] });
    group(stack, 'Group', { vpc });
  },
  'ec2-vpc-selections': {
    ...knownZones(3),
    build: (stack) => {
      const vpc = new ec2.Vpc(stack, 'Vpc', {
        natGateways: 1,
        subnetConfiguration: [
          { name: 'Front', subnetType: PUBLIC, cidrMask: 24 },
          { name: 'Back', subnetType: PUBLIC, cidrMask: 24 },
          { name: 'Service', subnetType: PRIVATE_WITH_EGRESS, cidrMask: 24 },
          { name: 'Data', subnetType: PRIVATE_ISOLATED, cidrMask: 24 },
        ],
      });
      const show = (id, selection) => {
        const selected = vpc.selectSubnets(selection);
        joined(stack, id, selected.subnetIds);
        joined(stack, `${id}Zones`, selected.availabilityZones);
        output(stack, `${id}Public`, selected.hasPublic ? 'yes' : 'no');
      };
      show('Standard', undefined);
      show('Public', { subnetType: PUBLIC });
      show('Isolated', { subnetType: PRIVATE_ISOLATED });
      show('Group', { subnetGroupName: 'Back' });
      show('OnePerAz', { subnetType: PUBLIC, onePerAz: true });
      show('Zones', { subnetGroupName: 'Service', availabilityZones: ['eu-west-1a', 'eu-west-1c'] });
      show('Given', { subnets: [vpc.isolatedSubnets[1], vpc.publicSubnets[0]] });
    },
  },
  'ec2-vpc-default-selections': (stack) => {
    const isolated = new ec2.Vpc(stack, 'IsolatedVpc', { natGateways: 0 });
    joined(stack, 'Isolated', isolated.selectSubnets().subnetIds);
    joined(stack, 'Public', anyVpc(stack).selectSubnets().subnetIds);
  },
  'ec2-vpc-dependents': (stack) => {
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 1 });
    const depend = (id, selection) => group(stack, id, { vpc })
      .node.addDependency(vpc.selectSubnets(selection).internetConnectivityEstablished);
    depend('AfterPublic', { subnetType: PUBLIC });
    depend('AfterPrivate', { subnetType: PRIVATE_WITH_EGRESS });
  },
  'ec2-vpc-gateway-endpoints': (stack) => {
    const vpc = new ec2.Vpc(stack, 'Vpc', {
      maxAzs: 2, natGateways: 1,
      gatewayEndpoints: { S3: { service: ec2.GatewayVpcEndpointAwsService.S3 } },
      subnetConfiguration: [
        { name: 'Public', subnetType: PUBLIC, cidrMask: 24 },
        { name: 'Service', subnetType: PRIVATE_WITH_EGRESS, cidrMask: 24 },
        { name: 'Data', subnetType: PRIVATE_ISOLATED, cidrMask: 24 },
      ],
    });
    const endpoint = new ec2.GatewayVpcEndpoint(stack, 'DynamoDb', {
      vpc, service: ec2.GatewayVpcEndpointAwsService.DYNAMODB,
      subnets: [{ subnetType: PRIVATE_ISOLATED }, { subnetGroupName: 'Service' }, { subnetGroupName: 'Data' }],
    });
    endpoint.addToPolicy(new iam.PolicyStatement({
      principals: [new iam.AnyPrincipal()], actions: ['dynamodb:GetItem'], resources: ['*'],
    }));
    endpoint.addToPolicy(new iam.PolicyStatement({
      principals: [new iam.AnyPrincipal()], actions: ['dynamodb:Query'], resources: ['*'],
    }));
    output(stack, 'EndpointId', endpoint.vpcEndpointId);
  },
  'ec2-vpc-cross-stack': (stack) => {
    const vpc = new ec2.Vpc(otherStack(stack), 'Vpc', { maxAzs: 2, natGateways: 1 });
    group(stack, 'Group', { vpc });
    joined(stack, 'Subnets', vpc.selectSubnets().subnetIds);
    output(stack, 'CidrBlock', vpc.vpcCidrBlock);
  },
};
