// SPDX-License-Identifier: MIT
'use strict';
const { CfnOutput, Duration, Stack, aws_ec2: ec2, aws_iam: iam, aws_kms: kms, aws_rds: rds } = require('aws-cdk-lib');

const { AuroraMysqlEngineVersion, AuroraPostgresEngineVersion, ClusterInstance, Credentials, DatabaseClusterEngine } = rds;
const postgres = DatabaseClusterEngine.auroraPostgres({ version: AuroraPostgresEngineVersion.VER_16_8 });
const mysql = DatabaseClusterEngine.auroraMysql({ version: AuroraMysqlEngineVersion.VER_3_08_0 });
const isolated = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
const output = (stack, id, value) => new CfnOutput(stack, id, { value });
const dataVpc = (stack) => new ec2.Vpc(stack, 'Vpc', {
  maxAzs: 2, natGateways: 0, subnetConfiguration: [{ name: 'Data', subnetType: isolated.subnetType }],
});
const egressVpc = (stack) => new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
const cluster = (stack, id, vpc, props = {}) => new rds.DatabaseCluster(stack, id, {
  engine: postgres, writer: ClusterInstance.serverlessV2('writer'), vpc, vpcSubnets: isolated, ...props,
});
const role = (stack, id = 'Role') =>
  new iam.Role(stack, id, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });

module.exports = {
  'rds-proxy-defaults': (stack) => {
    const vpc = egressVpc(stack);
    const database = cluster(stack, 'Database', vpc, { vpcSubnets: undefined });
    new rds.DatabaseProxy(stack, 'Proxy', {
      proxyTarget: rds.ProxyTarget.fromCluster(database), secrets: [database.secret], vpc,
    });
  },
  'rds-proxy-options': (stack) => {
    const vpc = dataVpc(stack);
    const group = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-12345678', { mutable: false });
    const database = cluster(stack, 'Database', vpc, {
      securityGroups: [group], readers: [ClusterInstance.serverlessV2('reader', { scaleWithWriter: true })],
    });
    const other = new rds.DatabaseSecret(stack, 'Other', { username: 'reader' });
    const proxy = new rds.DatabaseProxy(stack, 'Proxy', {
      proxyTarget: rds.ProxyTarget.fromCluster(database), secrets: [database.secret, other], vpc, vpcSubnets: isolated,
      securityGroups: [new ec2.SecurityGroup(stack, 'ProxyGroup', { vpc, allowAllOutbound: false })],
      dbProxyName: 'tango-proxy', debugLogging: true, iamAuth: true, requireTLS: false,
      idleClientTimeout: Duration.minutes(5), borrowTimeout: Duration.seconds(30), initQuery: "SET TIME ZONE 'UTC'",
      maxConnectionsPercent: 90, maxIdleConnectionsPercent: 0,
      sessionPinningFilters: [rds.SessionPinningFilter.EXCLUDE_VARIABLE_SETS],
      clientPasswordAuthType: rds.ClientPasswordAuthType.POSTGRES_SCRAM_SHA_256,
    });
    proxy.connections.addSecurityGroup(new ec2.SecurityGroup(stack, 'Later', { vpc }));
    proxy.grantConnect(role(stack, 'Client'), 'tango');
    output(stack, 'Endpoint', proxy.endpoint);
    output(stack, 'Arn', proxy.dbProxyArn);
    output(stack, 'ProxyName', proxy.dbProxyName);
  },
  'rds-proxy-only-secret': (stack) => {
    const vpc = dataVpc(stack);
    const database = cluster(stack, 'Database', vpc, { engine: mysql });
    const proxy = new rds.DatabaseProxy(stack, 'Proxy', {
      proxyTarget: rds.ProxyTarget.fromCluster(database), secrets: [database.secret], vpc, debugLogging: false,
      role: role(stack, 'Reader'),
    });
    proxy.grantConnect(role(stack, 'Client'));
  },
  'rds-proxy-without-secrets': (stack) => {
    const vpc = dataVpc(stack);
    const database = cluster(stack, 'Database', vpc, { iamAuthentication: true });
    new rds.DatabaseProxy(stack, 'Proxy', {
      proxyTarget: rds.ProxyTarget.fromCluster(database), vpc, defaultAuthScheme: rds.DefaultAuthScheme.IAM_AUTH,
    });
  },
  'rds-proxy-unique-name': {
    context: { '@aws-cdk/aws-rds:databaseProxyUniqueResourceName': true },
    build: (stack) => {
      const vpc = dataVpc(stack);
      const database = cluster(stack, 'Database', vpc);
      new rds.DatabaseProxy(stack, 'Proxy', {
        proxyTarget: rds.ProxyTarget.fromCluster(database), secrets: [database.secret], vpc,
      });
    },
  },
  'rds-proxy-encrypted-secret': (stack) => {
    const vpc = dataVpc(stack);
    const encryptionKey = new kms.Key(stack, 'Key');
    const database = cluster(stack, 'Database', vpc, { credentials: Credentials.fromUsername('tango', { encryptionKey }) });
    new rds.DatabaseProxy(stack, 'Proxy', {
      proxyTarget: rds.ProxyTarget.fromCluster(database), secrets: [database.secret], vpc,
    });
  },
  'rds-proxy-cross-stack': (stack) => {
    const other = new Stack(stack.node.scope, 'Other');
    const vpc = dataVpc(other);
    const group = new ec2.SecurityGroup(other, 'Group', { vpc, allowAllOutbound: false });
    const immutable = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', group.securityGroupId, { mutable: false });
    const database = cluster(stack, 'Database', vpc, { securityGroups: [immutable] });
    const proxy = new rds.DatabaseProxy(stack, 'Proxy', {
      proxyTarget: rds.ProxyTarget.fromCluster(database), secrets: [database.secret], vpc,
      securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Imported', 'sg-12345678')],
    });
    const third = new Stack(stack.node.scope, 'Third');
    output(third, 'Endpoint', proxy.endpoint);
    database.secret.grantRead(role(third));
  },
};
