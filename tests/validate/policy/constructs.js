'use strict';
// Constructs of the CDK as people write them: what cdk-nag says of the app, and what `validate --policy` says of its assembly.
//
//   node constructs.js PROGRAM
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const cdk = require('aws-cdk-lib');
const { judgeTree } = require('./oracle');

const { aws_apigateway: apigateway, aws_autoscaling: autoscaling, aws_cloudfront: cloudfront, aws_cloudfront_origins: origins, aws_codebuild: codebuild,
  aws_cognito: cognito, aws_docdb: docdb, aws_dynamodb: dynamodb, aws_ec2: ec2, aws_ecs: ecs, aws_efs: efs, aws_eks: eks, aws_elasticache: elasticache,
  aws_elasticloadbalancing: elb, aws_elasticloadbalancingv2: elbv2, aws_elasticsearch: elasticsearch, aws_events: events, aws_iam: iam, aws_kinesis: kinesis,
  aws_kinesisanalytics: analytics, aws_kms: kms, aws_lambda: lambda, aws_opensearchservice: opensearch, aws_rds: rds, aws_s3: s3, aws_secretsmanager: secrets,
  aws_sns: sns, aws_sqs: sqs, aws_stepfunctions: steps } = cdk;

function databases(stack, vpc) {
  new rds.DatabaseInstance(stack, 'Instance', { vpc, engine: rds.DatabaseInstanceEngine.POSTGRES });
  const cluster = new rds.DatabaseCluster(stack, 'Aurora', { vpc, engine: rds.DatabaseClusterEngine.auroraMysql({ version: rds.AuroraMysqlEngineVersion.VER_3_08_0 }), writer: rds.ClusterInstance.serverlessV2('w'), port: 3307 });
  cluster.addRotationSingleUser();
  new docdb.DatabaseCluster(stack, 'Documents', { vpc, masterUser: { username: 'u' }, instanceType: new ec2.InstanceType('r5.large'), exportAuditLogsToCloudWatch: true });
  new dynamodb.Table(stack, 'Table', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true } });
  new elasticache.CfnReplicationGroup(stack, 'Cache', { replicationGroupDescription: 'd', authToken: secrets.Secret.fromSecretNameV2(stack, 'Token', 't').secretValue.toString(), port: 6380 });
  const statement = (principal, conditions) => new iam.PolicyStatement({ actions: ['es:*'], resources: ['*'], principals: [principal], conditions });
  new opensearch.Domain(stack, 'Open', { version: opensearch.EngineVersion.OPENSEARCH_2_17, accessPolicies: [statement(new iam.AnyPrincipal())] });
  new opensearch.Domain(stack, 'Closed', { version: opensearch.EngineVersion.OPENSEARCH_2_17, vpc, zoneAwareness: { enabled: true }, capacity: { dataNodes: 2 }, accessPolicies: [statement(new iam.AccountRootPrincipal(), { IpAddress: { 'aws:sourceIp': ['192.0.2.0/24'] } })], logging: { slowSearchLogEnabled: true, slowIndexLogEnabled: true }, encryptionAtRest: { enabled: true } });
  new elasticsearch.Domain(stack, 'Old', { version: elasticsearch.ElasticsearchVersion.V7_10, accessPolicies: [statement(new iam.ArnPrincipal('arn:aws:iam::111122223333:role/r'))] });
}

function compute(stack, vpc) {
  const group = new ec2.SecurityGroup(stack, 'Group', { vpc });
  group.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443));
  group.addIngressRule(ec2.Peer.ipv4(vpc.vpcCidrBlock), ec2.Port.tcp(80));
  const machine = { vpc, instanceType: new ec2.InstanceType('t3.micro'), machineImage: ec2.MachineImage.latestAmazonLinux2023() };
  new ec2.Instance(stack, 'Machine', { ...machine, detailedMonitoring: true, blockDevices: [{ deviceName: '/dev/xvda', volume: ec2.BlockDeviceVolume.ebs(8, { encrypted: true }) }] });
  const launchTemplate = new ec2.LaunchTemplate(stack, 'Launch', { machineImage: machine.machineImage, instanceType: machine.instanceType, launchTemplateName: 'base' });
  new autoscaling.AutoScalingGroup(stack, 'Scaling', { vpc, launchTemplate });
  new elb.LoadBalancer(stack, 'Classic', { vpc, listeners: [{ externalPort: 80 }] });
  const balancer = new elbv2.ApplicationLoadBalancer(stack, 'Balancer', { vpc, internetFacing: true });
  balancer.addListener('Http', { port: 80, open: true, defaultAction: elbv2.ListenerAction.fixedResponse(200) });
  const task = new ecs.FargateTaskDefinition(stack, 'Task');
  task.addContainer('c', { image: ecs.ContainerImage.fromRegistry('i'), environment: { A: 'b' } });
  new ecs.Cluster(stack, 'Cluster', { vpc, containerInsightsV2: ecs.ContainerInsights.ENHANCED });
  new efs.FileSystem(stack, 'Files', { vpc, encrypted: false });
  new eks.CfnCluster(stack, 'Kubernetes', { roleArn: 'arn', resourcesVpcConfig: { subnetIds: ['a'], endpointPublicAccess: false }, logging: { clusterLogging: { enabledTypes: [{ type: 'api' }] } } });
  new analytics.CfnApplicationV2(stack, 'Flink', { runtimeEnvironment: 'FLINK-1_20', serviceExecutionRole: 'arn' });
}

function serverless(stack) {
  const key = new kms.Key(stack, 'Key');
  const dead = new sqs.Queue(stack, 'Dead', { enforceSSL: true });
  new sqs.Queue(stack, 'Queue', { deadLetterQueue: { queue: dead, maxReceiveCount: 3 }, encryption: sqs.QueueEncryption.UNENCRYPTED });
  new sns.Topic(stack, 'Topic', { enforceSSL: true });
  new sns.Topic(stack, 'Secret', { masterKey: key });
  const handler = new lambda.Function(stack, 'Function', { code: lambda.Code.fromInline('x'), handler: 'h', runtime: lambda.Runtime.NODEJS_20_X, deadLetterQueueEnabled: true });
  const bucket = new s3.Bucket(stack, 'Bucket', { enforceSSL: true, serverAccessLogsBucket: new s3.Bucket(stack, 'Logs'), blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL });
  bucket.grantReadWrite(handler);
  new s3.Bucket(stack, 'Site', { websiteIndexDocument: 'index.html', publicReadAccess: true, blockPublicAccess: s3.BlockPublicAccess.BLOCK_ACLS_ONLY });
  new cloudfront.Distribution(stack, 'Distribution', { defaultBehavior: { origin: origins.S3BucketOrigin.withOriginAccessControl(bucket) }, enableLogging: true });
  new cloudfront.Distribution(stack, 'Other', { defaultBehavior: { origin: new origins.HttpOrigin('example.com') }, minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021, geoRestriction: cloudfront.GeoRestriction.allowlist('DE') });
  const api = new apigateway.RestApi(stack, 'Api', { defaultCorsPreflightOptions: { allowOrigins: ['*'] } });
  api.root.addMethod('GET', new apigateway.LambdaIntegration(handler));
  api.root.addMethod('POST', new apigateway.LambdaIntegration(handler), { authorizationType: apigateway.AuthorizationType.IAM });
  api.addRequestValidator('Validator', { validateRequestBody: true, validateRequestParameters: true });
  new cognito.UserPool(stack, 'Pool', { mfa: cognito.Mfa.REQUIRED, mfaSecondFactor: { otp: true, sms: false } });
  new steps.StateMachine(stack, 'Machine', { definitionBody: steps.DefinitionBody.fromString('{}'), tracingEnabled: true });
  new codebuild.Project(stack, 'Build', { buildSpec: codebuild.BuildSpec.fromObject({ version: '0.2' }) });
  new kinesis.Stream(stack, 'Stream');
  new secrets.Secret(stack, 'Password').addRotationSchedule('Rotation', { rotationLambda: handler });
  new secrets.Secret(stack, 'Forgotten');
  new events.EventBus(stack, 'Bus').addToResourcePolicy(new iam.PolicyStatement({ sid: 'all', actions: ['events:PutEvents'], principals: [new iam.AnyPrincipal()], resources: ['*'] }));
  const user = new iam.User(stack, 'User', { managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('ReadOnlyAccess')] });
  user.addToPolicy(new iam.PolicyStatement({ actions: ['s3:Get*'], resources: [bucket.arnForObjects('*'), cdk.Fn.importValue('x')] }));
}

const program = process.argv[2];
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-'));
process.on('exit', () => fs.rmSync(work, { recursive: true }));
// Paths, as the CDK CLI asks for them: cdk-nag finds the access policy of a domain by its path.
const app = new cdk.App({ outdir: work, analyticsReporting: false, context: { 'aws:cdk:enable-path-metadata': true } });
const vpc = new ec2.Vpc(new cdk.Stack(app, 'Network'), 'Vpc', { flowLogs: { all: {} } });
databases(new cdk.Stack(app, 'Databases'), vpc);
compute(new cdk.Stack(app, 'Compute'), vpc);
serverless(new cdk.Stack(app, 'Serverless'));
app.synth();
const line = (stack, rule, resource, undecided) => `${stack} ${rule} ${resource}${undecided ? ' undecided' : ''}`;
const expected = new Set(judgeTree(app).map(({ stack, rule, resource, undecided }) => line(stack, rule, resource, undecided)));
let text;
try {
  text = execFileSync(program, ['validate', work, '--policy', 'aws-solutions', '--format', 'json'], { encoding: 'utf8', maxBuffer: 1 << 28 });
} catch (error) {
  if (error.status !== 1) throw error;
  text = error.stdout;
}
const actual = new Set(JSON.parse(text).findings.filter(({ rule }) => rule.startsWith('AwsSolutions-')).map(({ file, rule, resource, message }) =>
  line(path.basename(file).split('.')[0], rule, resource, message.startsWith('undecided'))));
const differences = [...expected].filter((text_) => !actual.has(text_)).map((text_) => `only cdk-nag: ${text_}`)
  .concat([...actual].filter((text_) => !expected.has(text_)).map((text_) => `only validate: ${text_}`));
if (differences.length > 0) console.log(differences.join('\n'));
console.log(`${expected.size} findings of cdk-nag, ${differences.length} differences`);
process.exitCode = differences.length === 0 && expected.size > 0 ? 0 : 1;
