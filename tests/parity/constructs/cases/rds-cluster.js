// SPDX-License-Identifier: MIT
'use strict';
const { CfnOutput, Duration, Fn, RemovalPolicy, SecretValue, aws_ec2: ec2, aws_iam: iam, aws_kms: kms, aws_rds: rds,
  aws_secretsmanager: secretsmanager } = require('aws-cdk-lib');

const { AuroraMysqlEngineVersion, AuroraPostgresEngineVersion, ClusterInstance, Credentials,
  DatabaseClusterEngine } = rds;
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
  'rds-cluster-defaults': (stack) => {
    new rds.DatabaseCluster(stack, 'Database', {
      engine: postgres, writer: ClusterInstance.serverlessV2('writer'), vpc: egressVpc(stack),
    });
  },
  'rds-cluster-serverless': (stack) => {
    const vpc = egressVpc(stack);
    cluster(stack, 'Database', vpc, {
      serverlessV2MinCapacity: 0, serverlessV2MaxCapacity: 4.5,
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
      securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-12345678', { mutable: false })],
      defaultDatabaseName: 'tango',
      removalPolicy: RemovalPolicy.SNAPSHOT,
      deletionProtection: true,
      backup: { retention: Duration.days(7), preferredWindow: '02:00-03:00' },
      storageEncrypted: true,
      cloudwatchLogsExports: ['postgresql'],
      readers: [ClusterInstance.serverlessV2('reader', { scaleWithWriter: true }), ClusterInstance.serverlessV2('other')],
    });
  },
  'rds-cluster-mysql': (stack) => {
    const size = (name) => new ec2.InstanceType(name);
    cluster(stack, 'Database', dataVpc(stack), {
      engine: mysql,
      writer: ClusterInstance.provisioned('writer', { instanceType: size('r6g.large') }),
      readers: [
        ClusterInstance.provisioned('first', { instanceType: size('r6g.large'), promotionTier: 1 }),
        ClusterInstance.provisioned('second', { instanceType: size('r6g.xlarge') }),
        ClusterInstance.serverlessV2('third', { scaleWithWriter: true }),
      ],
      cloudwatchLogsExports: ['error', 'slowquery'],
      backtrackWindow: Duration.hours(12),
    });
  },
  'rds-cluster-provisioned-only': (stack) => {
    cluster(stack, 'Database', dataVpc(stack), {
      writer: ClusterInstance.provisioned('writer', { instanceType: new ec2.InstanceType('t4g.medium') }),
    });
  },
  'rds-cluster-versions': (stack) => {
    const vpc = dataVpc(stack);
    const versions = {
      Unversioned: DatabaseClusterEngine.AURORA_MYSQL,
      Mysql2: DatabaseClusterEngine.auroraMysql({ version: AuroraMysqlEngineVersion.VER_2_11_4 }),
      Mysql57: DatabaseClusterEngine.auroraMysql({ version: AuroraMysqlEngineVersion.VER_5_7_12 }),
      Postgres9: DatabaseClusterEngine.auroraPostgres({ version: AuroraPostgresEngineVersion.VER_9_6_22 }),
      Limitless: DatabaseClusterEngine.auroraPostgres({ version: AuroraPostgresEngineVersion.VER_16_8_LIMITLESS }),
    };
    for (const [id, engine] of Object.entries(versions)) cluster(stack, id, vpc, { engine });
    cluster(stack, 'GivenGroup', vpc, {
      engine: DatabaseClusterEngine.AURORA_POSTGRESQL,
      parameterGroup: rds.ParameterGroup.fromParameterGroupName(stack, 'Parameters', 'tango'),
    });
  },
  'rds-cluster-removal-policies': (stack) => {
    const vpc = dataVpc(stack);
    cluster(stack, 'Retained', vpc, { removalPolicy: RemovalPolicy.RETAIN });
    cluster(stack, 'RetainedUnprotected', vpc, { removalPolicy: RemovalPolicy.RETAIN, deletionProtection: false });
    cluster(stack, 'Destroyed', vpc, { removalPolicy: RemovalPolicy.DESTROY });
    cluster(stack, 'OnUpdate', vpc, { removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE });
  },
  'rds-cluster-credentials': (stack) => {
    const vpc = dataVpc(stack);
    const secret = new secretsmanager.Secret(stack, 'Secret');
    const imported = secretsmanager.Secret.fromSecretNameV2(stack, 'Imported', 'tango');
    const all = {
      Named: Credentials.fromUsername('tango'),
      Options: Credentials.fromUsername('tango', { secretName: 'tango/database', excludeCharacters: '"@/' }),
      Generated: Credentials.fromGeneratedSecret('tango'),
      GeneratedOptions: Credentials.fromGeneratedSecret('tango', { secretName: 'tango/other', excludeCharacters: ' %' }),
      Password: Credentials.fromPassword('tango', SecretValue.unsafePlainText('hush-hush')),
      Given: Credentials.fromSecret(secret),
      GivenName: Credentials.fromSecret(imported, 'tango'),
    };
    for (const [id, credentials] of Object.entries(all)) cluster(stack, id, vpc, { credentials });
  },
  'rds-cluster-managed-password': (stack) => {
    const vpc = dataVpc(stack);
    const managed = cluster(stack, 'Database', vpc, { manageMasterUserPassword: true });
    cluster(stack, 'Named', vpc, { manageMasterUserPassword: true, credentials: Credentials.fromUsername('tango') });
    managed.secret.grantRead(role(stack));
    output(stack, 'SecretName', managed.secret.secretName);
  },
  'rds-cluster-parameters': (stack) => {
    const vpc = dataVpc(stack);
    cluster(stack, 'Database', vpc, {
      parameters: { 'rds.force_ssl': '1', log_statement: 'ddl' },
      writer: ClusterInstance.serverlessV2('writer', { parameters: { work_mem: '8192' } }),
    });
    const shared = new rds.ParameterGroup(stack, 'Shared', {
      engine: postgres, name: 'tango-shared', description: 'Settings of all', removalPolicy: RemovalPolicy.RETAIN,
    });
    cluster(stack, 'Sharing', vpc, {
      parameterGroup: shared,
      writer: ClusterInstance.serverlessV2('writer', { parameterGroup: shared }),
    });
    shared.addParameter('rds.force_ssl', '1');
    new rds.ParameterGroup(stack, 'Unused', { engine: mysql });
  },
  'rds-cluster-parameters-of-instances': {
    context: { '@aws-cdk/aws-rds:auroraClusterChangeScopeOfInstanceParameterGroupWithEachParameters': true },
    build: (stack) => {
      cluster(stack, 'Database', dataVpc(stack), {
        writer: ClusterInstance.serverlessV2('writer', { parameters: { work_mem: '8192' } }),
        readers: [ClusterInstance.serverlessV2('reader', { scaleWithWriter: true, parameters: { work_mem: '4096' } })],
      });
    },
  },
  'rds-cluster-monitoring': (stack) => {
    const vpc = dataVpc(stack);
    cluster(stack, 'Instances', vpc, { monitoringInterval: Duration.seconds(60) });
    cluster(stack, 'Off', vpc, { monitoringInterval: Duration.seconds(0) });
    cluster(stack, 'Cluster', vpc, {
      monitoringInterval: Duration.minutes(1), enableClusterLevelEnhancedMonitoring: true,
      monitoringRole: role(stack, 'Monitor'),
    });
  },
  'rds-cluster-performance-insights': (stack) => {
    const vpc = dataVpc(stack);
    cluster(stack, 'On', vpc, { enablePerformanceInsights: true });
    cluster(stack, 'Off', vpc, { enablePerformanceInsights: false });
    cluster(stack, 'Kept', vpc, { performanceInsightRetention: rds.PerformanceInsightRetention.MONTHS_3 });
    cluster(stack, 'Advanced', vpc, {
      databaseInsightsMode: rds.DatabaseInsightsMode.ADVANCED,
      performanceInsightRetention: rds.PerformanceInsightRetention.MONTHS_15,
    });
    cluster(stack, 'Standard', vpc, { databaseInsightsMode: rds.DatabaseInsightsMode.STANDARD });
    cluster(stack, 'Writer', vpc, {
      writer: ClusterInstance.serverlessV2('writer', { enablePerformanceInsights: true }),
      readers: [ClusterInstance.serverlessV2('reader', { scaleWithWriter: true, enablePerformanceInsights: false })],
    });
  },
  'rds-cluster-keys': (stack) => {
    const vpc = dataVpc(stack);
    const key = new kms.Key(stack, 'Key');
    cluster(stack, 'Database', vpc, {
      storageEncryptionKey: key, performanceInsightEncryptionKey: key,
      credentials: Credentials.fromUsername('tango', { encryptionKey: key }),
      writer: ClusterInstance.serverlessV2('writer', { performanceInsightEncryptionKey: key }),
    });
    cluster(stack, 'Managed', vpc, {
      manageMasterUserPassword: true, credentials: Credentials.fromUsername('tango', { encryptionKey: key }),
    });
  },
  'rds-cluster-options': (stack) => {
    const vpc = dataVpc(stack);
    cluster(stack, 'Database', vpc, {
      clusterIdentifier: 'Tango', port: 5433, preferredMaintenanceWindow: 'sun:23:45-mon:00:15',
      storageType: rds.DBClusterStorageType.AURORA_IOPT1, copyTagsToSnapshot: false, iamAuthentication: true,
      enableDataApi: true, enableLocalWriteForwarding: false, autoMinorVersionUpgrade: false,
      deleteAutomatedBackups: true, networkType: rds.NetworkType.DUAL,
      engineLifecycleSupport: rds.EngineLifecycleSupport.OPEN_SOURCE_RDS_EXTENDED_SUPPORT_DISABLED,
      subnetGroup: rds.SubnetGroup.fromSubnetGroupName(stack, 'Subnets', 'tango-subnets'),
      serverlessV2AutoPauseDuration: Duration.minutes(15), serverlessV2MinCapacity: 0,
      writer: ClusterInstance.serverlessV2('writer', {
        instanceIdentifier: 'tango-writer', availabilityZone: 'eu-west-1a', publiclyAccessible: true,
        autoMinorVersionUpgrade: true, allowMajorVersionUpgrade: true, applyImmediately: true,
        preferredMaintenanceWindow: 'sun:22:45-sun:23:15', caCertificate: rds.CaCertificate.RDS_CA_RSA2048_G1,
      }),
    });
  },
  'rds-cluster-mixed-case-identifier': {
    context: { '@aws-cdk/aws-rds:lowercaseDbIdentifier': false },
    build: (stack) => {
      cluster(stack, 'Database', dataVpc(stack), { clusterIdentifier: 'Tango' });
    },
  },
  'rds-cluster-public': (stack) => {
    cluster(stack, 'Database', new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 }), {
      vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
    });
  },
  'rds-cluster-attributes': (stack) => {
    const database = cluster(stack, 'Database', dataVpc(stack), { readers: [ClusterInstance.serverlessV2('reader', { scaleWithWriter: true })] });
    output(stack, 'Identifier', database.clusterIdentifier);
    output(stack, 'ResourceIdentifier', database.clusterResourceIdentifier);
    output(stack, 'Arn', database.clusterArn);
    output(stack, 'Host', database.clusterEndpoint.hostname);
    output(stack, 'Address', database.clusterEndpoint.socketAddress);
    output(stack, 'ReadAddress', database.clusterReadEndpoint.socketAddress);
    output(stack, 'WriterAddress', database.instanceEndpoints[0].socketAddress);
    output(stack, 'Instances', Fn.join(',', database.instanceIdentifiers));
    output(stack, 'SecretArn', database.secret.secretArn);
  },
  'rds-cluster-grants': (stack) => {
    const database = cluster(stack, 'Database', dataVpc(stack));
    database.grantConnect(role(stack, 'Client'), 'tango');
    database.grantDataApiAccess(role(stack, 'Caller'));
  },
  'rds-cluster-connections': (stack) => {
    const vpc = dataVpc(stack);
    const database = cluster(stack, 'Database', vpc);
    const client = new ec2.SecurityGroup(stack, 'Client', { vpc, allowAllOutbound: false });
    database.connections.allowDefaultPortFrom(client, 'From the client');
    database.connections.allowDefaultPortFromAnyIpv4();
    database.connections.allowDefaultPortInternally();
  },
  'rds-cluster-subnet-groups': (stack) => {
    const vpc = egressVpc(stack);
    new rds.SubnetGroup(stack, 'Egress', { description: 'Private subnets', vpc });
    const named = new rds.SubnetGroup(stack, 'Named', {
      description: 'Public subnets', vpc, vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC }, subnetGroupName: 'Tango-Public',
      removalPolicy: RemovalPolicy.DESTROY,
    });
    output(stack, 'Name', named.subnetGroupName);
  },
  'rds-cluster-user-secrets': (stack) => {
    const master = new rds.DatabaseSecret(stack, 'Master', { username: 'tango', dbname: 'tango' });
    new rds.DatabaseSecret(stack, 'User', {
      username: 'reader', masterSecret: master, excludeCharacters: '{}"', secretName: 'tango/reader',
    });
    new rds.DatabaseSecret(stack, 'Replaced', { username: 'writer', replaceOnPasswordCriteriaChanges: true });
  },
  'rds-cluster-from-snapshot': {
    context: { '@aws-cdk/aws-rds:preventRenderingDeprecatedCredentials': true },
    build: (stack) => {
      const database = new rds.DatabaseClusterFromSnapshot(stack, 'Database', {
        engine: postgres, writer: ClusterInstance.serverlessV2('writer'), vpc: dataVpc(stack), vpcSubnets: isolated, defaultDatabaseName: 'tango',
        snapshotIdentifier: 'before', snapshotCredentials: rds.SnapshotCredentials.fromGeneratedSecret('postgres'),
      });
      output(stack, 'Secret', database.secret.secretArn);
    },
  },
  'rds-cluster-from-snapshot-other-user': (stack) => {
    const database = new rds.DatabaseClusterFromSnapshot(stack, 'Database', {
      engine: mysql, writer: ClusterInstance.serverlessV2('writer'), vpc: dataVpc(stack), vpcSubnets: isolated,
      snapshotIdentifier: 'arn:aws:rds:eu-west-1:123456789012:cluster-snapshot:other',
      snapshotCredentials: rds.SnapshotCredentials.fromGeneratedSecret('owner', { excludeCharacters: '"' }),
    });
    output(stack, 'Secret', database.secret.secretArn);
  },
};
