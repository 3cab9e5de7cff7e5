'use strict';
// Resources that are as a rule wants them (good), that are not (bad), and of which that cannot be told from the template (unknown):
// values of parameters, conditions and imports, or what makes cdk-nag throw. Each entry is one template with the resource "R", of
// the type with these properties over those of BASE; "$" has further resources.

const P = { Ref: 'P' };
const L = { Ref: 'L' };
const IMPORT = { 'Fn::ImportValue': 'shared' };
const sometimes = (value) => ({ 'Fn::If': ['C', value, { Ref: 'AWS::NoValue' }] });
const ref = (id) => ({ Ref: id });
const att = (id, name = 'Arn') => ({ 'Fn::GetAtt': [id, name] });
const join = (...parts) => ({ 'Fn::Join': ['', parts] });
const resource = (Type, Properties = {}) => ({ Type, Properties });
const allow = (more) => ({ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 's3:GetObject', Resource: '*', ...more });
const policy = (...Statement) => ({ Version: '2012-10-17', Statement });
const INSECURE = { Bool: { 'aws:SecureTransport': 'false' } };
const deny = (Action, more) => ({ Effect: 'Deny', Principal: '*', Action, Condition: INSECURE, ...more });

const BASE = {
  'AWS::ElasticBeanstalk::Environment': { ApplicationName: 'a' },
  'AWS::EC2::SecurityGroup': { GroupDescription: 'of the service' },
  'AWS::EC2::SecurityGroupIngress': { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, GroupId: 'sg-1' },
  'AWS::EC2::Volume': { AvailabilityZone: 'us-east-1a', Size: 8 },
  'AWS::AutoScaling::LaunchConfiguration': { ImageId: 'ami-1', InstanceType: 't3.micro' },
  'AWS::AutoScaling::AutoScalingGroup': { MinSize: '1', MaxSize: '2' },
  'AWS::EKS::Cluster': { RoleArn: 'arn:aws:iam::111122223333:role/r', ResourcesVpcConfig: { SubnetIds: ['a', 'b'] } },
  'AWS::ElasticLoadBalancing::LoadBalancer': { Listeners: [{ InstancePort: '80', LoadBalancerPort: '80', Protocol: 'tcp' }] },
  'AWS::RDS::DBSecurityGroup': { GroupDescription: 'd', DBSecurityGroupIngress: [] },
  'AWS::RDS::DBSecurityGroupIngress': { DBSecurityGroupName: 'n' },
  'AWS::DynamoDB::Table': { KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] },
  'AWS::DAX::Cluster': { IAMRoleARN: 'arn', NodeType: 'dax.t3.small', ReplicationFactor: 1 },
  'AWS::ElastiCache::CacheCluster': { CacheNodeType: 'cache.t3.micro', Engine: 'redis', NumCacheNodes: 1 },
  'AWS::ElastiCache::ReplicationGroup': { ReplicationGroupDescription: 'd' },
  'AWS::Neptune::DBInstance': { DBInstanceClass: 'db.t3.medium' },
  'AWS::Redshift::Cluster': { ClusterType: 'single-node', DBName: 'd', NodeType: 'ra3.large', MasterUsername: 'admin' },
  'AWS::DocDB::DBCluster': { MasterUsername: '{{resolve:secretsmanager:s:SecretString:u}}', MasterUserPassword: '{{resolve:secretsmanager:s:SecretString:p}}' },
  'AWS::EC2::NetworkAcl': { VpcId: 'vpc-1' },
  'AWS::EC2::NetworkAclEntry': { NetworkAclId: 'acl-1', Protocol: 6, RuleAction: 'allow', RuleNumber: 1 },
  'AWS::ApiGateway::Stage': { RestApiId: 'api' },
  'AWS::ApiGatewayV2::Stage': { ApiId: 'api', StageName: 's' },
  'AWS::ApiGateway::Method': { HttpMethod: 'GET', ResourceId: 'r', RestApiId: 'api' },
  'AWS::ApiGatewayV2::Route': { ApiId: 'api', RouteKey: 'GET /' },
  'AWS::SageMaker::NotebookInstance': { InstanceType: 'ml.t3.medium', RoleArn: 'arn' },
  'AWS::EMR::Cluster': { Instances: {}, JobFlowRole: 'j', Name: 'n', ServiceRole: 's' },
  'AWS::Glue::Crawler': { Role: 'r', Targets: {} },
  'AWS::Glue::Job': { Command: { Name: 'glueetl' }, Role: 'r' },
  'AWS::KinesisAnalyticsV2::Application': { RuntimeEnvironment: 'FLINK-1_20', ServiceExecutionRole: 'arn' },
  'AWS::MSK::Cluster': { BrokerNodeGroupInfo: { ClientSubnets: ['a'], InstanceType: 'kafka.m5.large' }, ClusterName: 'c', KafkaVersion: '3.6.0', NumberOfBrokerNodes: 2 },
  'AWS::QuickSight::DataSource': { Name: 'n', Type: 'MYSQL' },
  'AWS::IAM::Role': { AssumeRolePolicyDocument: policy() },
  'AWS::IAM::Policy': { PolicyName: 'p', Roles: ['r'] },
  'AWS::Cognito::IdentityPool': { AllowUnauthenticatedIdentities: false },
  'AWS::AppSync::GraphQLApi': { AuthenticationType: 'API_KEY', Name: 'n' },
  'AWS::StepFunctions::StateMachine': { RoleArn: 'arn' },
  'AWS::Events::EventBusPolicy': { StatementId: 's' },
  'AWS::MediaStore::Container': { ContainerName: 'c' },
  'AWS::CodeBuild::Project': { Artifacts: { Type: 'NO_ARTIFACTS' }, Environment: { ComputeType: 'c', Image: 'aws/codebuild/standard:7.0', Type: 'LINUX_CONTAINER' }, ServiceRole: 'arn', Source: { Type: 'NO_SOURCE' } },
  'AWS::Cloud9::EnvironmentEC2': { InstanceType: 't3.micro', ImageId: 'amazonlinux-2023-x86_64' },
  'AWS::Lambda::Function': { Code: { ZipFile: 'x' }, Role: 'arn', Handler: 'h' },
  'AWS::Lex::BotAlias': { BotAliasName: 'a', BotId: 'b' },
  'AWS::Lex::Bot': { DataPrivacy: { ChildDirected: false }, IdleSessionTTLInSeconds: 60, Name: 'b', RoleArn: 'arn' },
  'AWS::CloudFront::StreamingDistribution': { Tags: [] },
  'Custom::AWSCDK-EKS-Cluster': { ServiceToken: 'arn' },
};

const options = (...settings) => ({ OptionSettings: settings.map(([Namespace, OptionName, Value]) => ({ Namespace, OptionName, ...(Value === undefined ? {} : { Value }) })) });
const ACTIONS = ['aws:elasticbeanstalk:managedactions', 'ManagedActionsEnabled'];
const UPDATES = ['aws:elasticbeanstalk:managedactions:platformupdate', 'UpdateLevel'];
const LOGS = ['aws:elasticbeanstalk:hostmanager', 'LogPublicationControl'];
const device = (Encrypted, more) => ({ BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { Encrypted }, ...more }] });
const launchTemplate = (data, more) => ({ T: resource('AWS::EC2::LaunchTemplate', { LaunchTemplateData: data, ...more }) });
const launched = { LaunchTemplate: { LaunchTemplateName: 'base', Version: '1' } };
const named = { LaunchTemplateName: 'base' };
const container = (more) => ({ ContainerDefinitions: [{ Name: 'c', Image: 'i', ...more }] });
const insights = (Value) => ({ ClusterSettings: [{ Name: 'containerInsights', Value }] });
const logTypes = (...types) => ({ Logging: { ClusterLogging: { EnabledTypes: types.map((Type) => ({ Type })) } } });
const ALL_LOGS = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];
const listeners = (...list) => ({ Listeners: list.map(([Protocol, InstanceProtocol]) => ({ InstancePort: '80', LoadBalancerPort: '80', Protocol, ...(InstanceProtocol ? { InstanceProtocol } : {}) })) });
const attribute = (Value) => ({ LoadBalancerAttributes: [{ Key: 'idle_timeout.timeout_seconds', Value: '60' }, { Value, Key: 'access_logs.s3.enabled' }] });
const allBlocked = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };
const bucketPolicy = (Bucket, ...statements) => ({ B: resource('AWS::S3::BucketPolicy', { Bucket, PolicyDocument: policy(...statements) }) });
const both = (id) => [att(id), join(att(id), '/*')];
const identity = { AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1' };
const exportsOf = (...names) => ({ EnableCloudwatchLogsExports: names });
const AURORA_LOGS = ['audit', 'error', 'general', 'slowquery'];
const serverless = { Engine: 'aurora-mysql', EngineMode: 'serverless' };
const group = (parameters, id = 'G') => ({ [id]: resource('AWS::Redshift::ClusterParameterGroup', { Description: 'd', ParameterGroupFamily: 'redshift-1.0', ...(parameters ? { Parameters: parameters } : {}) }) });
const parameter = (ParameterName, ParameterValue) => ({ ParameterName, ParameterValue });
const distribution = (more) => ({ DistributionConfig: { Enabled: true, DefaultCacheBehavior: { TargetOriginId: 'o', ViewerProtocolPolicy: 'https-only' }, ...more } });
const streaming = (more, origin) => ({ StreamingDistributionConfig: { Comment: 'c', Enabled: true, TrustedSigners: { Enabled: false }, S3Origin: { DomainName: 'd', OriginAccessIdentity: 'origin-access-identity/cloudfront/E1', ...origin }, ...more } });
const certificate = (more) => distribution({ ViewerCertificate: { AcmCertificateArn: 'arn', MinimumProtocolVersion: 'TLSv1.2_2021', SslSupportMethod: 'sni-only', ...more } });
const origin = (more) => distribution({ Origins: [{ Id: 'o', DomainName: 'example.com', ...more }] });
const custom = (more) => origin({ CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'], ...more } });
const s3Origin = (more) => ({ ...origin({ DomainName: att('B', 'RegionalDomainName'), ...more }), $: { B: resource('AWS::S3::Bucket') } });
const geo = (RestrictionType) => distribution({ Restrictions: { GeoRestriction: { RestrictionType } } });
const validator = (more) => ({ $: { V: resource('AWS::ApiGateway::RequestValidator', { RestApiId: ref('R'), ValidateRequestBody: true, ValidateRequestParameters: true, ...more }) } });
const association = (...parts) => ({ $: { A: resource('AWS::WAFv2::WebACLAssociation', { WebACLArn: 'arn', ResourceArn: join(...parts) }), Api: resource('AWS::ApiGateway::RestApi', { Name: 'a' }) }, RestApiId: ref('Api') });
const stageArn = ['arn:aws:apigateway:us-east-1::/restapis/', ref('Api'), '/stages/'];
const preflight = (code, value) => ({ HttpMethod: 'OPTIONS', AuthorizationType: 'NONE', MethodResponses: [{ StatusCode: code, ResponseParameters: { 'method.response.header.Access-Control-Allow-Origin': value } }] });
const methodSetting = (LoggingLevel, more) => ({ MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', LoggingLevel, ...more }] });
const EVENTS = ['autoscaling:EC2_INSTANCE_LAUNCH', 'autoscaling:EC2_INSTANCE_LAUNCH_ERROR', 'autoscaling:EC2_INSTANCE_TERMINATE', 'autoscaling:EC2_INSTANCE_TERMINATE_ERROR'];
const notified = (...lists) => ({ NotificationConfigurations: lists.map((NotificationTypes) => ({ TopicARN: 'arn', NotificationTypes })) });
const audio = (destination, Enabled = true) => ({ AudioLogSettings: [{ Enabled, Destination: { S3Bucket: { LogPrefix: 'p', S3BucketArn: 'arn', ...destination } } }] });
const textLog = (arn, Enabled = true) => ({ TextLogSettings: [{ Enabled, Destination: { CloudWatch: { LogPrefix: 'p', CloudWatchLogGroupArn: arn } } }] });
const emrSecurity = (configuration, id = 'S', more = {}) => ({ [id]: resource('AWS::EMR::SecurityConfiguration', { SecurityConfiguration: configuration, ...more }) });
const DISKS = { EnableAtRestEncryption: true, AtRestEncryptionConfiguration: { LocalDiskEncryptionConfiguration: { EncryptionKeyProviderType: 'AwsKms' } } };
const TRANSIT = { EnableInTransitEncryption: true, InTransitEncryptionConfiguration: { TLSCertificateConfiguration: { CertificateProviderType: 'PEM' } } };
const glueSecurity = (EncryptionConfiguration) => ({ $: { S: resource('AWS::Glue::SecurityConfiguration', { Name: 'secure', EncryptionConfiguration }) } });
const glueLogs = (mode) => glueSecurity({ CloudWatchEncryption: { CloudWatchEncryptionMode: mode } });
const glueBookmarks = (mode) => glueSecurity({ JobBookmarksEncryption: { JobBookmarksEncryptionMode: mode } });
const flink = (checkpoints) => ({ ApplicationConfiguration: { FlinkApplicationConfiguration: { CheckpointConfiguration: checkpoints } } });
const inTransit = (more) => ({ EncryptionInfo: { EncryptionInTransit: more } });
const brokerLogs = (BrokerLogs) => ({ LoggingInfo: { BrokerLogs } });
const access = (...statements) => ({ AccessPolicies: policy(...statements) });
const fromRange = { Condition: { IpAddress: { 'aws:sourceIp': ['192.0.2.0/24'] } } };
const slowLogs = (search, index) => ({ LogPublishingOptions: { SEARCH_SLOW_LOGS: { Enabled: search }, INDEX_SLOW_LOGS: { Enabled: index } } });
const managed = (...arns) => ({ ManagedPolicyArns: arns });
const inline = (...statements) => ({ $: { B: resource('AWS::S3::Bucket') }, Policies: [{ PolicyName: 'p', PolicyDocument: policy(...statements) }] });
const document = (...statements) => ({ $: { B: resource('AWS::S3::Bucket') }, PolicyDocument: policy(...statements) });
const may = (Action, Resource) => ({ Effect: 'Allow', Action, Resource });
const passwords = (more) => ({ Policies: { PasswordPolicy: { MinimumLength: 8, RequireUppercase: true, RequireNumbers: true, RequireSymbols: true, ...more } } });
const schedule = (SecretId, more) => resource('AWS::SecretsManager::RotationSchedule', { SecretId, RotationLambdaARN: 'arn', RotationRules: { AutomaticallyAfterDays: 30 }, ...more });
const attachment = (SecretId) => resource('AWS::SecretsManager::SecretTargetAttachment', { SecretId, TargetId: 't', TargetType: 'AWS::RDS::DBCluster' });
const topicPolicy = (topics, ...statements) => ({ $: { T: resource('AWS::SNS::TopicPolicy', { Topics: topics, PolicyDocument: policy(...statements) }) } });
const queuePolicy = (queues, ...statements) => ({ $: { Q: resource('AWS::SQS::QueuePolicy', { Queues: queues, PolicyDocument: policy(...statements) }) } });
const redrive = (arn) => ({ $: { Q: resource('AWS::SQS::Queue', { RedrivePolicy: { deadLetterTargetArn: arn, maxReceiveCount: 3 } }) } });
const mediaPolicy = (...statements) => ({ Policy: JSON.stringify(policy(...statements)) });
const image = (Image) => ({ Environment: { ComputeType: 'c', Type: 'LINUX_CONTAINER', Image } });
const config = (Config) => ({ Config });

// What many rules ask of one property that is text, number or switch.
const simple = (name, good, bad) => ({ good: good.map((value) => ({ [name]: value })), bad: [{}, ...bad.map((value) => ({ [name]: value }))], unknown: [{ [name]: P }, { [name]: sometimes(good[0]) }, ...(typeof good[0] === 'boolean' ? [] : [{ [name]: IMPORT }])] });
const nested = (outer, name, good, bad) => {
  const inner = (value) => ({ [outer]: { [name]: value } });
  return { good: good.map(inner), bad: [{}, { [outer]: {} }, ...bad.map(inner)], unknown: [inner(P), inner(sometimes(good[0])), { [outer]: sometimes({ [name]: good[0] }) }] };
};
const DOMAIN = 'AWS::OpenSearchService::Domain';
const OLD_DOMAIN = 'AWS::Elasticsearch::Domain';

const CASES = [
  ['EB1', 'AWS::ElasticBeanstalk::Environment', { good: [options(['aws:ec2:vpc', 'VPCId', 'vpc-1']), options(['aws:ec2:vpc', 'VPCId', P])], bad: [{}, options(['aws:ec2:vpc', 'Subnets', 's']), options(['aws:ec2:vpc', 'VPCId'])], unknown: [{ OptionSettings: sometimes([]) }] }],
  ['EB3', 'AWS::ElasticBeanstalk::Environment', { good: [options([...ACTIONS, 'true'], [...UPDATES, 'minor']), options([...UPDATES, 'patch'], ACTIONS)], bad: [{}, options([...ACTIONS, 'true']), options([...ACTIONS, 'false'], [...UPDATES, 'minor']), options(ACTIONS, UPDATES)], unknown: [{ OptionSettings: L }, options([...ACTIONS, P], [...UPDATES, P])] }],
  ['EB4', 'AWS::ElasticBeanstalk::Environment', { good: [options([...LOGS, 'true'])], bad: [{}, options([...LOGS, 'false'])], unknown: [{ OptionSettings: sometimes(1) }, options([...LOGS, P])] }],
  ['EC23', 'AWS::EC2::SecurityGroup', { good: [{}, { SecurityGroupIngress: [{ IpProtocol: 'tcp', CidrIp: '10.0.0.0/8' }] }], bad: [{ SecurityGroupIngress: [{ IpProtocol: 'tcp', CidrIp: '10.0.0.0/8' }, { IpProtocol: 'tcp', CidrIp: '0.0.0.0/0' }] }, { SecurityGroupIngress: [{ IpProtocol: 'tcp', CidrIpv6: '::/0' }] }], unknown: [{ SecurityGroupIngress: [{ IpProtocol: 'tcp', CidrIp: P }] }, { SecurityGroupIngress: [{ IpProtocol: 'tcp', CidrIp: '0.0.0.0/0', CidrIpv6: P }] }, { SecurityGroupIngress: sometimes([]) }, { SecurityGroupIngress: [sometimes({ IpProtocol: 'tcp', CidrIp: '0.0.0.0/0' })] }] }],
  ['EC23', 'AWS::EC2::SecurityGroupIngress', { good: [{ CidrIp: '10.0.0.0/16' }, {}], bad: [{ CidrIp: '0.0.0.0/0' }, { CidrIpv6: '::/0' }], unknown: [{ CidrIp: P }, { CidrIpv6: IMPORT }] }],
  ['EC26', 'AWS::EC2::Volume', simple('Encrypted', [true, 'true'], [false])],
  ['EC26', 'AWS::EC2::Instance', { good: [device(true), { ...launched, $: launchTemplate(device(true), named) }, { ...device(true), ...launched, $: launchTemplate({}, named) }], bad: [{}, { BlockDeviceMappings: [] }, device(false), { ...launched, $: launchTemplate({}, named) }, { ...device(true), ...launched, $: launchTemplate(device(false), named) }, { LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '1' }, $: launchTemplate(device(false)) }], unknown: [device(P), { BlockDeviceMappings: [{ DeviceName: 'a', VirtualName: 'e' }] }, { BlockDeviceMappings: sometimes([]) }, { $: launchTemplate(device(true), named) }, { LaunchTemplate: { LaunchTemplateId: ref('T'), Version: '1' }, $: launchTemplate(device(true), named) }] }],
  ['EC26', 'AWS::AutoScaling::LaunchConfiguration', { good: [device(true), { BlockDeviceMappings: [] }], bad: [{}, device(false)], unknown: [device(sometimes(true)), { BlockDeviceMappings: L }] }],
  ['EC26', 'AWS::AutoScaling::AutoScalingGroup', { good: [{}, { ...launched, $: launchTemplate(device(true), named) }], bad: [{ ...launched, $: launchTemplate(device(false), named) }, { ...launched, $: launchTemplate({}, named) }], unknown: [{ ...launched, $: launchTemplate(device(P), named) }, { $: launchTemplate({}, named) }] }],
  ['EC27', 'AWS::EC2::SecurityGroup', { good: [{}, { GroupDescription: 'ab' }, { GroupDescription: '😀' }], bad: [{ GroupDescription: '' }, { GroupDescription: 'a' }], unknown: [{ GroupDescription: P }] }],
  ['EC28', 'AWS::EC2::Instance', simple('Monitoring', [true], [false])],
  ['EC28', 'AWS::AutoScaling::LaunchConfiguration', { good: [{}, { InstanceMonitoring: true }], bad: [{ InstanceMonitoring: false }, { InstanceMonitoring: 'false' }], unknown: [{ InstanceMonitoring: P }] }],
  ['EC29', 'AWS::EC2::Instance', simple('DisableApiTermination', [true], [false])],
  ['ECR1', 'AWS::ECR::Repository', { good: [{}, { RepositoryPolicyText: policy(allow()) }, { RepositoryPolicyText: policy(allow({ Effect: 'Deny', Principal: '*' })) }, { RepositoryPolicyText: {} }], bad: [{ RepositoryPolicyText: policy(allow({ Principal: '*' })) }, { RepositoryPolicyText: policy(allow({ Principal: { AWS: ['*'] } })) }], unknown: [{ RepositoryPolicyText: sometimes(policy()) }, { RepositoryPolicyText: { Statement: allow({ Principal: '*' }) } }, { RepositoryPolicyText: policy(sometimes(allow({ Principal: '*' }))) }] }],
  ['ECR1', 'AWS::ECR::RegistryPolicy', { good: [{ PolicyText: policy(allow()) }], bad: [{ PolicyText: policy(allow({ Principal: { AWS: '*' } })) }], unknown: [{ PolicyText: { Statement: sometimes([]) } }] }],
  ['ECS2', 'AWS::ECS::TaskDefinition', { good: [{}, container({})], bad: [container({ Environment: [{ Name: 'A', Value: 'b' }] }), container({ Environment: [] }), container({ Environment: sometimes([]) })], unknown: [{ ContainerDefinitions: sometimes([]) }] }],
  ['ECS4', 'AWS::ECS::Cluster', { good: [insights('enabled'), insights('enhanced')], bad: [{}, insights('disabled'), { ClusterSettings: [] }], unknown: [insights(P), { ClusterSettings: sometimes([]) }] }],
  ['ECS7', 'AWS::ECS::TaskDefinition', { good: [container({ LogConfiguration: { LogDriver: 'awslogs' } }), container({ LogConfiguration: { LogDriver: P } })], bad: [container({}), container({ LogConfiguration: sometimes({ LogDriver: 'awslogs' }) })], unknown: [{ ContainerDefinitions: L }] }],
  ['EKS1', 'AWS::EKS::Cluster', { good: [{ ResourcesVpcConfig: { SubnetIds: [], EndpointPublicAccess: false } }], bad: [{}, { ResourcesVpcConfig: { SubnetIds: [], EndpointPublicAccess: true } }, { ResourcesVpcConfig: sometimes({ SubnetIds: [], EndpointPublicAccess: false }) }], unknown: [{ ResourcesVpcConfig: { SubnetIds: [], EndpointPublicAccess: P } }] }],
  ['EKS1', 'Custom::AWSCDK-EKS-Cluster', { good: [config({ resourcesVpcConfig: { endpointPublicAccess: false } })], bad: [{}, config({ resourcesVpcConfig: { endpointPublicAccess: true } }), config({ resourcesVpcConfig: { endpointPublicAccess: 'false' } })], unknown: [config({ resourcesVpcConfig: { endpointPublicAccess: sometimes(false) } })] }],
  ['EKS2', 'AWS::EKS::Cluster', { good: [logTypes(...ALL_LOGS), logTypes(...ALL_LOGS, P)], bad: [{}, logTypes('api', 'audit'), { Logging: sometimes({}) }], unknown: [logTypes('api', P), { Logging: { ClusterLogging: { EnabledTypes: sometimes([]) } } }] }],
  ['EKS2', 'Custom::AWSCDK-EKS-Cluster', { good: [config({ logging: { clusterLogging: [{ enabled: true, types: ALL_LOGS }] } })], bad: [{}, config({ logging: { clusterLogging: [{ enabled: false, types: ALL_LOGS }, { enabled: true, types: ['api'] }] } })], unknown: [config({ logging: { clusterLogging: [{ enabled: true }] } }), config({ logging: { clusterLogging: sometimes([]) } })] }],
  ['ELB1', 'AWS::ElasticLoadBalancing::LoadBalancer', { good: [listeners(['tcp'], ['ssl'])], bad: [listeners(['HTTP']), listeners(['tcp'], ['https'])], unknown: [listeners([P]), { Listeners: sometimes([]) }] }],
  ['ELB2', 'AWS::ElasticLoadBalancing::LoadBalancer', { good: [{ AccessLoggingPolicy: { Enabled: true, S3BucketName: 'b' } }, { AccessLoggingPolicy: sometimes({}) }], bad: [{}, { AccessLoggingPolicy: { Enabled: false, S3BucketName: 'b' } }], unknown: [{ AccessLoggingPolicy: { Enabled: P, S3BucketName: 'b' } }] }],
  ['ELB2', 'AWS::ElasticLoadBalancingV2::LoadBalancer', { good: [attribute('true'), attribute(true)], bad: [attribute('false'), { LoadBalancerAttributes: [] }, attribute(P), { LoadBalancerAttributes: sometimes([]) }], unknown: [{}] }],
  ['ELB3', 'AWS::ElasticLoadBalancing::LoadBalancer', nested('ConnectionDrainingPolicy', 'Enabled', [true], [false])],
  ['ELB4', 'AWS::ElasticLoadBalancing::LoadBalancer', { good: [{ CrossZone: true, Subnets: ['a', 'b'] }, { CrossZone: true, AvailabilityZones: ['a', 'b'] }], bad: [{}, { CrossZone: true }, { CrossZone: true, Subnets: ['a'], AvailabilityZones: ['a', 'b'] }, { CrossZone: true, AvailabilityZones: ['a'] }, { CrossZone: false, Subnets: ['a', 'b'] }, { CrossZone: true, Subnets: { 'Fn::Split': [',', P] } }, { CrossZone: P, AvailabilityZones: { 'Fn::GetAZs': '' } }], unknown: [{ CrossZone: P, Subnets: ['a', 'b'] }, { CrossZone: true, Subnets: L }, { CrossZone: true, Subnets: IMPORT }] }],
  ['ELB5', 'AWS::ElasticLoadBalancing::LoadBalancer', { good: [listeners(['ssl'], ['https', 'HTTPS'], ['tcp'], ['http', 'http'])], bad: [listeners(['SSL', 'tcp']), listeners(['https', 'http'])], unknown: [listeners(['ssl', P]), listeners([P]), { Listeners: L }] }],
  ['S1', 'AWS::S3::Bucket', { good: [{ LoggingConfiguration: { DestinationBucketName: P } }, { LoggingConfiguration: { LogFilePrefix: 'x' } }, { $: { O: resource('AWS::S3::Bucket', { LoggingConfiguration: { DestinationBucketName: ref('R') } }) } }, { BucketName: 'logs', $: { O: resource('AWS::S3::Bucket', { LoggingConfiguration: { DestinationBucketName: 'logs' } }) } }], bad: [{}, { LoggingConfiguration: {} }, { LoggingConfiguration: sometimes({ DestinationBucketName: 'b' }) }, { $: { Ra: resource('AWS::S3::Bucket'), O: resource('AWS::S3::Bucket', { LoggingConfiguration: { DestinationBucketName: ref('Ra') } }) } }], unknown: [{ BucketName: P, $: { O: resource('AWS::S3::Bucket', { LoggingConfiguration: { DestinationBucketName: P } }) } }] }],
  ['S2', 'AWS::S3::Bucket', { good: [{}, { PublicAccessBlockConfiguration: allBlocked }], bad: [{ PublicAccessBlockConfiguration: {} }, { PublicAccessBlockConfiguration: { ...allBlocked, BlockPublicAcls: false } }, { PublicAccessBlockConfiguration: sometimes(allBlocked) }], unknown: [{ PublicAccessBlockConfiguration: { ...allBlocked, RestrictPublicBuckets: P } }] }],
  ['S5', 'AWS::S3::Bucket', {
    good: [{}, { WebsiteConfiguration: {}, $: bucketPolicy(ref('R'), allow({ Principal: identity })) }, { WebsiteConfiguration: {}, BucketName: 'site', $: bucketPolicy('site', allow({ Principal: { CanonicalUser: P }, Action: ['s3:GetObject', 'S3:PutObject'] })) }],
    bad: [{ WebsiteConfiguration: {} }, { WebsiteConfiguration: {}, $: bucketPolicy(ref('R'), allow({ Principal: '*' })) }, { WebsiteConfiguration: {}, $: bucketPolicy(ref('R'), allow({ Principal: identity, Action: 's3:*' })) }, { WebsiteConfiguration: {}, $: bucketPolicy('other', allow({ Principal: identity })) }, { WebsiteConfiguration: sometimes({}), $: bucketPolicy(ref('R'), allow()) }],
    unknown: [{ WebsiteConfiguration: {}, $: bucketPolicy(ref('R'), allow({ Principal: identity, Action: P })) }, { WebsiteConfiguration: {}, $: bucketPolicy(ref('R'), { Effect: 'Allow', Action: 's3:GetObject', Resource: 'x' }) }, { WebsiteConfiguration: {}, $: { B: resource('AWS::S3::BucketPolicy', { Bucket: ref('R'), PolicyDocument: { Statement: sometimes([]) } }) } }],
  }],
  ['S10', 'AWS::S3::Bucket', {
    good: [{ $: bucketPolicy(ref('R'), allow(), deny('s3:*', { Resource: both('R') })) }, { $: bucketPolicy(ref('R'), deny('*', { Principal: { AWS: '*' }, Resource: both('R'), Condition: { Bool: { 'aws:SecureTransport': false } } })) }, { BucketName: 'my.bucket', $: bucketPolicy('my.bucket', deny(['S3:*'], { Principal: { AWS: ['*'] }, Resource: ['arn:aws:s3:::my.bucket', 'arn:aws:s3:::my.bucket/*'] })) }, { BucketName: { 'Fn::Sub': 'b-${P}' }, $: bucketPolicy(ref('R'), deny('s3:*', { Resource: both('R') })) }],
    bad: [{}, { $: bucketPolicy(ref('R'), deny('s3:*', { Resource: att('R') })) }, { $: bucketPolicy(ref('R'), deny('s3:GetObject', { Resource: both('R') })) }, { $: bucketPolicy(ref('R'), deny('s3:*', { Resource: [att('R'), join(att('R'), '/a/*')] })) }, { $: bucketPolicy(ref('R'), deny('s3:*', { Resource: both('R'), Condition: {} })) }, { $: bucketPolicy('other', deny('s3:*', { Resource: ['arn:aws:s3:::other', 'arn:aws:s3:::other/*'] })) }, { $: bucketPolicy(ref('R'), deny('s3:*', { Resource: ['arn:aws:s3:::other', 'arn:aws:s3:::other/*'] })) }, { BucketName: P, $: bucketPolicy(P, deny('s3:*', { Resource: [join('arn:aws:s3:::', P), join('arn:aws:s3:::', P, '/*')] })) }],
    unknown: [{ $: bucketPolicy(ref('R'), deny(P, { Resource: both('R') })) }, { $: { B: resource('AWS::S3::BucketPolicy', { Bucket: ref('R'), PolicyDocument: { Statement: deny('s3:*') } }) } }, { $: bucketPolicy(ref('R'), { Effect: 'Deny', Action: 's3:*', NotPrincipal: 'x' }) }, { $: bucketPolicy(IMPORT, deny('s3:*', { Resource: [IMPORT, join(IMPORT, '/*')] })) }, { BucketName: 'b(', $: bucketPolicy('b(', deny('s3:*', { Resource: both('R') })) }],
  }],
  ['EFS1', 'AWS::EFS::FileSystem', { good: [{}, { Encrypted: true }], bad: [{ Encrypted: false }], unknown: [{ Encrypted: P }] }],
  ['RDS2', 'AWS::RDS::DBCluster', simple('StorageEncrypted', [true], [false])],
  ['RDS2', 'AWS::RDS::DBInstance', { good: [{ StorageEncrypted: true }, { Engine: 'Aurora-mysql' }], bad: [{}, { Engine: 'mysql', StorageEncrypted: false }, { Engine: P }, { Engine: sometimes('mysql') }], unknown: [{ StorageEncrypted: P }] }],
  ['RDS3', 'AWS::RDS::DBInstance', { good: [{ MultiAZ: true }, { Engine: 'aurora' }], bad: [{}, { MultiAZ: false, Engine: 'postgres' }], unknown: [{ MultiAZ: P }, { MultiAZ: true, Engine: P }] }],
  ['RDS6', 'AWS::RDS::DBCluster', { good: [{}, { Engine: 'mysql' }, { Engine: 'aurora-mysql', EnableIAMDatabaseAuthentication: true }, { Engine: P }], bad: [{ Engine: 'aurora' }, { Engine: 'aurora-postgresql', EnableIAMDatabaseAuthentication: false }], unknown: [{ Engine: 'aurora', EnableIAMDatabaseAuthentication: P }] }],
  ['RDS8', 'AWS::RDS::DBSecurityGroup', { good: [{}, { DBSecurityGroupIngress: [{ CIDRIP: '10.0.0.0/8' }] }], bad: [{ DBSecurityGroupIngress: [{ CIDRIP: '0.0.0.0/0' }] }], unknown: [{ DBSecurityGroupIngress: [{ CIDRIP: P }] }, { DBSecurityGroupIngress: sometimes([]) }] }],
  ['RDS8', 'AWS::RDS::DBSecurityGroupIngress', { good: [{}, { CIDRIP: '10.0.0.0/8' }], bad: [{ CIDRIP: '0.0.0.0/0' }], unknown: [{ CIDRIP: IMPORT }] }],
  ['RDS10', 'AWS::RDS::DBCluster', simple('DeletionProtection', [true], [false])],
  ['RDS10', 'AWS::RDS::DBInstance', { good: [{ DeletionProtection: true }, { Engine: 'aurora' }], bad: [{}, { Engine: 'mysql', DeletionProtection: false }], unknown: [{ DeletionProtection: P }, { DeletionProtection: true, Engine: P }] }],
  ['RDS11', 'AWS::RDS::DBCluster', { good: [{ Engine: 'aurora-mysql', Port: 3307 }, { Engine: 'aurora-postgresql', Port: 5432 }, { Engine: 'mysql', Port: 3306, EngineMode: 'serverless' }], bad: [{}, { Engine: 'aurora-postgresql', Port: 3306 }, { Engine: 'aurora-postgresql', Port: 5432, EngineMode: 'serverless' }, { Engine: 'aurora', Port: '3306', EngineMode: 'Serverless' }], unknown: [{ Engine: 'aurora', Port: P }, { Port: 3306 }, { Engine: P, Port: 1 }, { Engine: 'aurora', Port: 1, EngineMode: P }] }],
  ['RDS11', 'AWS::RDS::DBInstance', { good: [{ Engine: 'mysql', Port: '3307' }, { Engine: 'aurora-mysql' }, { Engine: 'postgres', Port: '3306' }], bad: [{}, { Engine: 'mysql' }, { Engine: 'MariaDB', Port: '3306' }, { Engine: 'postgres', Port: 5432 }, { Engine: 'oracle-ee', Port: '1521' }, { Engine: 'sqlserver-se', Port: '1433' }], unknown: [{ Engine: P }, { Engine: 'mysql', Port: P }] }],
  ['RDS13', 'AWS::RDS::DBInstance', { good: [{}, { BackupRetentionPeriod: 7 }], bad: [{ BackupRetentionPeriod: 0 }, { BackupRetentionPeriod: '0' }], unknown: [{ BackupRetentionPeriod: P }] }],
  ['RDS14', 'AWS::RDS::DBCluster', { good: [{ Engine: 'aurora-postgresql' }, { Engine: 'aurora-mysql', BacktrackWindow: 3600 }], bad: [{ Engine: 'aurora' }, { Engine: 'Aurora-MySQL', BacktrackWindow: 0 }], unknown: [{}, { Engine: P }, { Engine: 'aurora', BacktrackWindow: P }] }],
  ['RDS16', 'AWS::RDS::DBCluster', { good: [{ Engine: 'aurora' }, { ...serverless, ...exportsOf(...AURORA_LOGS) }, { Engine: 'aurora-postgresql', EngineMode: 'serverless' }], bad: [serverless, { ...serverless, ...exportsOf('audit', P) }], unknown: [{ ...serverless, EnableCloudwatchLogsExports: L }, { Engine: 'aurora', EngineMode: P }] }],
  ['DDB3', 'AWS::DynamoDB::Table', nested('PointInTimeRecoverySpecification', 'PointInTimeRecoveryEnabled', [true, 'true'], [false])],
  ['DDB4', 'AWS::DAX::Cluster', nested('SSESpecification', 'SSEEnabled', [true], [false])],
  ['AEC1', 'AWS::ElastiCache::CacheCluster', { good: [{ CacheSubnetGroupName: 'g' }, { CacheSubnetGroupName: P }], bad: [{}, { CacheSubnetGroupName: '' }], unknown: [{ CacheSubnetGroupName: sometimes('g') }] }],
  ['AEC1', 'AWS::ElastiCache::ReplicationGroup', { good: [{ CacheSubnetGroupName: 'g' }], bad: [{}], unknown: [{ CacheSubnetGroupName: IMPORT }] }],
  ['AEC3', 'AWS::ElastiCache::ReplicationGroup', { good: [{ AtRestEncryptionEnabled: true, TransitEncryptionEnabled: true }], bad: [{}, { AtRestEncryptionEnabled: true }, { AtRestEncryptionEnabled: P }, { AtRestEncryptionEnabled: true, TransitEncryptionEnabled: false }], unknown: [{ AtRestEncryptionEnabled: P, TransitEncryptionEnabled: true }] }],
  ['AEC4', 'AWS::ElastiCache::ReplicationGroup', simple('MultiAZEnabled', [true], [false])],
  ['AEC5', 'AWS::ElastiCache::CacheCluster', { good: [{ Port: 6380 }, { Engine: 'memcached', Port: 6379 }], bad: [{}, { Port: 6379 }, { Engine: 'Memcached', Port: 11211 }], unknown: [{ Port: P }, { Port: 1, Engine: P }] }],
  ['AEC5', 'AWS::ElastiCache::ReplicationGroup', { good: [{ Port: 6380 }, { Port: 6379, Engine: 'valkey' }, { Port: 11211, Engine: 'memcached' }], bad: [{}, { Port: 6379 }, { Port: 6379, Engine: 'Redis' }], unknown: [{ Port: P }, { Port: 1, Engine: P }] }],
  ['AEC6', 'AWS::ElastiCache::ReplicationGroup', { good: [{ AuthToken: 't' }, { AuthToken: P }], bad: [{}, { AuthToken: '' }], unknown: [{ AuthToken: sometimes('t') }] }],
  ['N1', 'AWS::Neptune::DBCluster', { good: [{ DBSubnetGroupName: 'g' }, { DBSubnetGroupName: P, AvailabilityZones: ['a', 'b'] }], bad: [{}, { DBSubnetGroupName: 'g', AvailabilityZones: ['a'] }, { DBSubnetGroupName: 'g', AvailabilityZones: [] }], unknown: [{ DBSubnetGroupName: 'g', AvailabilityZones: { 'Fn::GetAZs': '' } }] }],
  ['N2', 'AWS::Neptune::DBInstance', simple('AutoMinorVersionUpgrade', [true], [false])],
  ['N3', 'AWS::Neptune::DBCluster', simple('BackupRetentionPeriod', [7, '10'], [6])],
  ['N4', 'AWS::Neptune::DBCluster', simple('StorageEncrypted', [true], [false])],
  ['N5', 'AWS::Neptune::DBCluster', simple('IamAuthEnabled', [true], [false])],
  ['RS1', 'AWS::Redshift::Cluster', { good: [{ ClusterParameterGroupName: ref('G'), $: group([parameter('a', 'b'), parameter('Require_SSL', 'True')]) }], bad: [{}, { ClusterParameterGroupName: 'G2', $: group([parameter('require_ssl', 'true')]) }, { ClusterParameterGroupName: ref('G'), $: group() }, { ClusterParameterGroupName: ref('G'), $: group([parameter('require_ssl', 'false')]) }, { ClusterParameterGroupName: P }], unknown: [{ ClusterParameterGroupName: ref('G'), $: group([parameter('require_ssl', P)]) }, { ClusterParameterGroupName: ref('G'), $: group(sometimes([])) }] }],
  ['RS2', 'AWS::Redshift::Cluster', { good: [{ ClusterSubnetGroupName: 'g' }], bad: [{}, { ClusterSubnetGroupName: '' }], unknown: [{ ClusterSubnetGroupName: P }] }],
  ['RS3', 'AWS::Redshift::Cluster', { good: [{}], bad: [{ MasterUsername: 'awsuser' }], unknown: [{ MasterUsername: P }] }],
  ['RS4', 'AWS::Redshift::Cluster', simple('Port', [5440], [5439, '5439'])],
  ['RS5', 'AWS::Redshift::Cluster', { good: [{ LoggingProperties: { BucketName: 'b' } }], bad: [{}], unknown: [{ LoggingProperties: sometimes({}) }] }],
  ['RS6', 'AWS::Redshift::Cluster', simple('Encrypted', [true], [false])],
  ['RS8', 'AWS::Redshift::Cluster', { good: [{}, { PubliclyAccessible: false }], bad: [{ PubliclyAccessible: true }], unknown: [{ PubliclyAccessible: P }] }],
  ['RS9', 'AWS::Redshift::Cluster', { good: [{}, { AllowVersionUpgrade: true }], bad: [{ AllowVersionUpgrade: false }], unknown: [{ AllowVersionUpgrade: P }] }],
  ['RS10', 'AWS::Redshift::Cluster', { good: [{}, { AutomatedSnapshotRetentionPeriod: 1 }], bad: [{ AutomatedSnapshotRetentionPeriod: 0 }], unknown: [{ AutomatedSnapshotRetentionPeriod: P }] }],
  ['RS11', 'AWS::Redshift::Cluster', { good: [{ ClusterParameterGroupName: ref('G'), $: group([parameter('enable_user_activity_logging', 'true')]) }], bad: [{}, { ClusterParameterGroupName: ref('G'), $: group([parameter('enable_user_activity_logging', P)]) }, { ClusterParameterGroupName: ref('G'), $: group() }], unknown: [{ ClusterParameterGroupName: P }, { ClusterParameterGroupName: ref('G'), $: group(sometimes([])) }] }],
  ['DOC1', 'AWS::DocDB::DBCluster', simple('StorageEncrypted', [true], [false])],
  ['DOC2', 'AWS::DocDB::DBCluster', simple('Port', [27018], [27017])],
  ['DOC3', 'AWS::DocDB::DBCluster', { good: [{}], bad: [{ MasterUsername: 'admin' }, { MasterUserPassword: 'x' }], unknown: [{ MasterUserPassword: P }, { MasterUsername: P }, { MasterUserPassword: join('{{resolve:secretsmanager:', P, '}}') }] }],
  ['DOC4', 'AWS::DocDB::DBCluster', simple('BackupRetentionPeriod', [7], [6])],
  ['DOC5', 'AWS::DocDB::DBCluster', { good: [exportsOf('authenticate', 'createIndex', 'dropCollection')], bad: [{}, exportsOf('authenticate'), { EnableCloudwatchLogsExports: IMPORT }, { EnableCloudwatchLogsExports: { 'Fn::Split': [',', P] } }], unknown: [exportsOf('authenticate', 'createIndex', P), { EnableCloudwatchLogsExports: L }] }],
  ['TS3', 'AWS::Timestream::Database', { good: [{ KmsKeyId: 'k' }], bad: [{}], unknown: [{ KmsKeyId: P }] }],
  ['VPC3', 'AWS::EC2::NetworkAcl', { good: [], bad: [{}], unknown: [{ VpcId: P }] }],
  ['VPC3', 'AWS::EC2::NetworkAclEntry', { good: [], bad: [{}], unknown: [{ NetworkAclId: P }] }],
  ['VPC7', 'AWS::EC2::VPC', { good: [{ $: { F: resource('AWS::EC2::FlowLog', { ResourceId: ref('R'), ResourceType: 'VPC' }) } }], bad: [{}, { $: { F: resource('AWS::EC2::FlowLog', { ResourceId: ref('R'), ResourceType: 'Subnet' }) } }, { $: { F: resource('AWS::EC2::FlowLog', { ResourceId: P, ResourceType: 'VPC' }) } }], unknown: [{ $: { F: resource('AWS::EC2::FlowLog', { ResourceId: ref('R'), ResourceType: P }) } }] }],
  ['CFR1', 'AWS::CloudFront::Distribution', { good: [geo('whitelist'), geo('blacklist')], bad: [distribution({}), geo('none')], unknown: [geo(P), distribution({ Restrictions: {} }), distribution({ Restrictions: sometimes({}) })] }],
  ['CFR2', 'AWS::CloudFront::Distribution', { good: [distribution({ WebACLId: 'a' }), distribution({ WebACLId: P })], bad: [distribution({})], unknown: [distribution({ WebACLId: sometimes('a') }), { DistributionConfig: sometimes({}) }] }],
  ['CFR3', 'AWS::CloudFront::Distribution', { good: [distribution({ Logging: { Bucket: 'b' } })], bad: [distribution({})], unknown: [distribution({ Logging: sometimes({}) })] }],
  ['CFR3', 'AWS::CloudFront::StreamingDistribution', { good: [streaming({ Logging: { Bucket: 'b', Enabled: true, Prefix: '' } })], bad: [streaming({}), streaming({ Logging: { Bucket: 'b', Enabled: false, Prefix: '' } }), streaming({ Logging: sometimes({}) })], unknown: [streaming({ Logging: { Bucket: 'b', Enabled: P, Prefix: '' } })] }],
  ['CFR4', 'AWS::CloudFront::Distribution', { good: [certificate({})], bad: [distribution({}), certificate({ MinimumProtocolVersion: 'TLSv1' }), certificate({ MinimumProtocolVersion: 'sslv3' }), certificate({ SslSupportMethod: 'vip' }), certificate({ CloudFrontDefaultCertificate: true }), distribution({ ViewerCertificate: { AcmCertificateArn: 'a' } }), distribution({ ViewerCertificate: sometimes({}) })], unknown: [certificate({ MinimumProtocolVersion: P }), certificate({ SslSupportMethod: P }), certificate({ CloudFrontDefaultCertificate: P })] }],
  ['CFR5', 'AWS::CloudFront::Distribution', { good: [distribution({}), custom({}), origin({ S3OriginConfig: {} })], bad: [custom({ OriginProtocolPolicy: 'match-viewer' }), custom({ OriginSSLProtocols: ['TLSv1', 'TLSv1.2'] }), origin({ CustomOriginConfig: { OriginProtocolPolicy: 'https-only' } }), custom({ OriginSSLProtocols: ['SSLv3'] })], unknown: [custom({ OriginProtocolPolicy: P }), custom({ OriginSSLProtocols: L }), custom({ OriginSSLProtocols: [P] }), distribution({ Origins: sometimes([]) }), origin({ CustomOriginConfig: sometimes({}) })] }],
  ['CFR6', 'AWS::CloudFront::StreamingDistribution', { good: [streaming({})], bad: [streaming({}, { OriginAccessIdentity: ' ' }), streaming({}, { OriginAccessIdentity: '' })], unknown: [streaming({}, { OriginAccessIdentity: join('origin-access-identity/cloudfront/', P) })] }],
  ['CFR7', 'AWS::CloudFront::Distribution', { good: [origin({}), s3Origin({ OriginAccessControlId: 'E1' }), s3Origin({ OriginAccessControlId: P })], bad: [s3Origin({}), s3Origin({ OriginAccessControlId: ' ' })], unknown: [s3Origin({ OriginAccessControlId: IMPORT }), s3Origin({ OriginAccessControlId: sometimes('E1') }), distribution({ Origins: sometimes([]) })] }],
  ['APIG1', 'AWS::ApiGateway::Stage', { good: [{ AccessLogSetting: { DestinationArn: 'a', Format: 'f' } }], bad: [{}, { AccessLogSetting: { Format: 'f' } }, { AccessLogSetting: sometimes({}) }], unknown: [{ AccessLogSetting: { DestinationArn: P, Format: P } }] }],
  ['APIG1', 'AWS::ApiGatewayV2::Stage', { good: [{ AccessLogSettings: { DestinationArn: 'a', Format: 'f' } }], bad: [{}, { AccessLogSettings: { DestinationArn: 'a' } }], unknown: [{ AccessLogSettings: { DestinationArn: IMPORT, Format: 'f' } }] }],
  ['APIG2', 'AWS::ApiGateway::RestApi', { good: [validator({})], bad: [{}, validator({ ValidateRequestBody: false }), validator({ RestApiId: 'other' })], unknown: [validator({ ValidateRequestParameters: P })] }],
  ['APIG3', 'AWS::ApiGateway::Stage', { good: [association(...stageArn, ref('R')), { ...association(...stageArn, 'prod'), StageName: 'prod' }, { ...association(...stageArn, P), StageName: P }], bad: [{}, association(...stageArn, 'other'), { ...association(...stageArn, 'production'), StageName: 'prod' }], unknown: [{ ...association(...stageArn, 'x'), StageName: sometimes('x') }, { ...association(IMPORT), RestApiId: IMPORT }, { ...association(...stageArn, '('), StageName: '(' }] }],
  ['APIG4', 'AWS::ApiGateway::Method', { good: [{ AuthorizationType: 'AWS_IAM' }, preflight('204', true), { HttpMethod: 'OPTIONS', MethodResponses: [] }], bad: [{}, { AuthorizationType: 'NONE' }, preflight('200', true), preflight('204', false), { HttpMethod: 'OPTIONS' }], unknown: [{ AuthorizationType: P }, { HttpMethod: P, AuthorizationType: 'AWS_IAM' }, { HttpMethod: 'OPTIONS', MethodResponses: L }] }],
  ['APIG4', 'AWS::ApiGatewayV2::Route', { good: [{ AuthorizationType: 'JWT' }], bad: [{}, { AuthorizationType: 'NONE' }], unknown: [{ AuthorizationType: P }] }],
  ['APIG6', 'AWS::ApiGateway::Stage', { good: [methodSetting('ERROR'), methodSetting('INFO')], bad: [{}, methodSetting('OFF'), methodSetting('INFO', { HttpMethod: 'GET' }), methodSetting(P)], unknown: [{ MethodSettings: sometimes([]) }] }],
  ['AS1', 'AWS::AutoScaling::AutoScalingGroup', { good: [{}, { Cooldown: '60' }], bad: [{ Cooldown: '0' }, { Cooldown: 0 }], unknown: [{ Cooldown: P }] }],
  ['AS2', 'AWS::AutoScaling::AutoScalingGroup', { good: [{}, { HealthCheckType: 'ELB', HealthCheckGracePeriod: 60 }, { HealthCheckType: 'EC2' }], bad: [{ HealthCheckType: 'ELB' }], unknown: [{ HealthCheckType: P }, { HealthCheckType: 'ELB', HealthCheckGracePeriod: P }] }],
  ['AS3', 'AWS::AutoScaling::AutoScalingGroup', { good: [notified(EVENTS), notified(EVENTS.slice(0, 2), EVENTS.slice(2))], bad: [{}, notified(EVENTS.slice(1)), { NotificationConfigurations: [] }, notified([P, P, P, P])], unknown: [{ NotificationConfigurations: sometimes([]) }, notified(L)] }],
  ['LEX4', 'AWS::Lex::BotAlias', {
    good: [{}, { ConversationLogSettings: audio({ KmsKeyArn: 'k' }) }, { ConversationLogSettings: audio({}, false) }, { ConversationLogSettings: textLog(att('G')), $: { G: resource('AWS::Logs::LogGroup', { KmsKeyId: 'k' }) } }, { ConversationLogSettings: sometimes({}) }],
    bad: [{ ConversationLogSettings: audio({}) }, { ConversationLogSettings: textLog(att('G')), $: { G: resource('AWS::Logs::LogGroup') } }],
    unknown: [{ ConversationLogSettings: textLog(P) }, { ConversationLogSettings: { AudioLogSettings: sometimes([]) } }, { ConversationLogSettings: audio({}, P) }],
  }],
  ['LEX4', 'AWS::Lex::Bot', { good: [{}, { TestBotAliasSettings: { ConversationLogSettings: audio({ KmsKeyArn: P }) } }], bad: [{ TestBotAliasSettings: { ConversationLogSettings: audio({}) } }], unknown: [{ TestBotAliasSettings: { ConversationLogSettings: textLog(IMPORT) } }] }],
  ['SM1', 'AWS::SageMaker::NotebookInstance', { good: [{ SubnetId: 's' }], bad: [{}], unknown: [{ SubnetId: P }] }],
  ['SM2', 'AWS::SageMaker::NotebookInstance', { good: [{ KmsKeyId: 'k' }], bad: [{}], unknown: [{ KmsKeyId: P }] }],
  ['SM3', 'AWS::SageMaker::NotebookInstance', simple('DirectInternetAccess', ['Disabled'], ['Enabled'])],
  ['EMR2', 'AWS::EMR::Cluster', { good: [{ LogUri: 's3://b' }], bad: [{}], unknown: [{ LogUri: P }] }],
  ['EMR4', 'AWS::EMR::Cluster', { good: [{ SecurityConfiguration: ref('S'), $: emrSecurity(DISKS) }, { SecurityConfiguration: 'secure', $: emrSecurity(DISKS, 'S', { Name: 'secure' }) }], bad: [{}, { SecurityConfiguration: ref('S'), $: emrSecurity(TRANSIT) }, { SecurityConfiguration: 'x', $: emrSecurity(DISKS) }, { SecurityConfiguration: ref('S'), $: emrSecurity({ ...DISKS, EnableAtRestEncryption: 'true' }) }], unknown: [{ SecurityConfiguration: P }, { SecurityConfiguration: ref('S'), $: emrSecurity(sometimes(DISKS)) }] }],
  ['EMR5', 'AWS::EMR::Cluster', { good: [{ SecurityConfiguration: ref('S'), $: emrSecurity(TRANSIT) }], bad: [{}, { SecurityConfiguration: ref('S'), $: emrSecurity(DISKS) }], unknown: [{ SecurityConfiguration: IMPORT, $: emrSecurity(TRANSIT) }] }],
  ['EMR6', 'AWS::EMR::Cluster', { good: [{ KerberosAttributes: { KdcAdminPassword: 'x', Realm: 'r' } }, { Instances: { Ec2KeyName: 'k' } }], bad: [{}], unknown: [{ KerberosAttributes: sometimes({}) }, { Instances: { Ec2KeyName: P } }] }],
  ['GL1', 'AWS::Glue::Crawler', { good: [{ CrawlerSecurityConfiguration: ref('S'), ...glueLogs('SSE-KMS') }, { CrawlerSecurityConfiguration: 'secure', ...glueLogs('SSE-KMS') }], bad: [{}, { CrawlerSecurityConfiguration: ref('S'), ...glueLogs('DISABLED') }, { CrawlerSecurityConfiguration: ref('S'), ...glueSecurity({}) }], unknown: [{ CrawlerSecurityConfiguration: ref('S'), ...glueLogs(P) }, { CrawlerSecurityConfiguration: P }] }],
  ['GL1', 'AWS::Glue::Job', { good: [{ SecurityConfiguration: ref('S'), ...glueLogs('SSE-KMS') }], bad: [{}], unknown: [{ SecurityConfiguration: ref('S'), ...glueLogs(P) }] }],
  ['GL3', 'AWS::Glue::Job', { good: [{ SecurityConfiguration: ref('S'), ...glueBookmarks('CSE-KMS') }], bad: [{}, { SecurityConfiguration: ref('S'), ...glueBookmarks('DISABLED') }], unknown: [{ SecurityConfiguration: ref('S'), ...glueBookmarks(P) }] }],
  ['KDA3', 'AWS::KinesisAnalyticsV2::Application', { good: [{ RuntimeEnvironment: 'SQL-1_0' }, flink({ ConfigurationType: 'DEFAULT' }), flink({ ConfigurationType: 'CUSTOM', CheckpointingEnabled: true }), { RuntimeEnvironment: P }], bad: [{}, flink({ ConfigurationType: 'CUSTOM', CheckpointingEnabled: false }), flink({ ConfigurationType: 'CUSTOM' }), { ApplicationConfiguration: sometimes({}) }], unknown: [flink({ ConfigurationType: P }), flink({ ConfigurationType: 'CUSTOM', CheckpointingEnabled: P })] }],
  ['KDF1', 'AWS::KinesisFirehose::DeliveryStream', { good: [{ DeliveryStreamEncryptionConfigurationInput: { KeyType: 'AWS_OWNED_CMK' } }], bad: [{}], unknown: [{ DeliveryStreamEncryptionConfigurationInput: sometimes({}) }] }],
  ['KDS1', 'AWS::Kinesis::Stream', { good: [{ StreamEncryption: { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' } }], bad: [{}], unknown: [{ StreamEncryption: sometimes({}) }] }],
  ['KDS3', 'AWS::Kinesis::Stream', { good: [{}, { StreamEncryption: { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' } }], bad: [{ StreamEncryption: { EncryptionType: 'KMS', KeyId: 'k' } }], unknown: [{ StreamEncryption: { EncryptionType: 'KMS', KeyId: P } }] }],
  ['MSK2', 'AWS::MSK::Cluster', { good: [{}, inTransit({ ClientBroker: 'TLS' }), inTransit({})], bad: [inTransit({ ClientBroker: 'PLAINTEXT' }), inTransit({ ClientBroker: 'TLS_PLAINTEXT' })], unknown: [inTransit({ ClientBroker: P }), { EncryptionInfo: sometimes({}) }] }],
  ['MSK3', 'AWS::MSK::Cluster', { good: [{}, inTransit({ InCluster: true })], bad: [inTransit({ InCluster: false })], unknown: [inTransit({ InCluster: P }), inTransit(sometimes({}))] }],
  ['MSK6', 'AWS::MSK::Cluster', { good: [brokerLogs({ S3: { Enabled: true } }), brokerLogs({ CloudWatchLogs: { Enabled: true } }), brokerLogs({ S3: { Enabled: false }, Firehose: { Enabled: true } })], bad: [{}, brokerLogs({}), brokerLogs({ S3: { Enabled: false } })], unknown: [brokerLogs({ S3: { Enabled: true }, Firehose: { Enabled: P } }), { LoggingInfo: sometimes({}) }] }],
  ...[DOMAIN, OLD_DOMAIN].flatMap((type) => {
    const cluster = type === DOMAIN ? 'ClusterConfig' : 'ElasticsearchClusterConfig';
    return [
      ['OS1', type, { good: [{ VPCOptions: { SubnetIds: ['s'] } }, { VPCOptions: { SubnetIds: L } }], bad: [{}, { VPCOptions: {} }, { VPCOptions: { SubnetIds: [] } }], unknown: [{ VPCOptions: sometimes({}) }] }],
      ['OS2', type, nested('NodeToNodeEncryptionOptions', 'Enabled', [true], [false])],
      ['OS3', type, { good: [access(allow(fromRange)), access(allow({ Effect: 'Deny' })), access(allow({ Condition: { IpAddress: { 'aws:sourceIp': P } } }))], bad: [{}, { AccessPolicies: {} }, access(), access(allow()), access(allow({ Condition: { IpAddress: { 'aws:sourceIp': [] } } }))], unknown: [{ AccessPolicies: { Statement: sometimes([]) } }, { AccessPolicies: sometimes({}) }] }],
      ['OS4', type, nested(cluster, 'DedicatedMasterEnabled', [true], [false])],
      ['OS5', type, { good: [access(allow()), access(allow({ Effect: 'Deny', Principal: '*' }))], bad: [{}, access(), access(allow({ Principal: '*' })), access(allow({ Principal: { AWS: '*' } }))], unknown: [{ AccessPolicies: { Statement: allow({ Principal: '*' }) } }, access(allow({ Principal: { AWS: P } }))] }],
      ['OS7', type, nested(cluster, 'ZoneAwarenessEnabled', [true], [false])],
      ['OS8', type, nested('EncryptionAtRestOptions', 'Enabled', [true], [false])],
      ['OS9', type, { good: [slowLogs(true, true)], bad: [{}, slowLogs(true, false), { LogPublishingOptions: { SEARCH_SLOW_LOGS: { Enabled: true } } }], unknown: [slowLogs(true, P), { LogPublishingOptions: sometimes({}) }] }],
    ];
  }),
  ['QS1', 'AWS::QuickSight::DataSource', { good: [{}, { SslProperties: { DisableSsl: false } }], bad: [{ SslProperties: { DisableSsl: true } }], unknown: [{ SslProperties: { DisableSsl: P } }, { SslProperties: sometimes({}) }] }],
  ...['AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group'].flatMap((type) => [
    ['IAM4', type, { good: [{}, managed('arn:aws:iam::111122223333:policy/own', P)], bad: [managed('arn:aws:iam::aws:policy/A', 'arn:aws:iam::aws:policy/A', join('arn:', ref('AWS::Partition'), ':iam::aws:policy/B'), { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/C' })], unknown: [{ ManagedPolicyArns: L }, managed(sometimes('arn:aws:iam::aws:policy/D'))] }],
    ['IAM5', type, {
      good: [{}, inline(may('s3:GetObject', 'arn:aws:s3:::b/k')), inline({ Effect: 'Deny', Action: '*', Resource: '*' })],
      bad: [inline(may('s3:*', '*')), inline(may(['s3:Get*', 's3:PutObject'], [join(att('B'), '/*'), { 'Fn::Sub': 'arn:aws:s3:::${P}/*' }, 'x'])), inline(may('a:B', sometimes('*'))), inline(may('a:B', join(IMPORT, ':*')))],
      unknown: [inline({ Effect: 'Allow', NotAction: 's3:*', Resource: 'x' }), inline(may(P, 'x')), inline(may('s3:*', { 'Fn::Join': ['', L] })), { Policies: sometimes([]) }, { Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: may('s3:*', '*') } }] }],
    }],
  ]),
  ...['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].map((type) => ['IAM5', type, {
    good: [document(may('s3:GetObject', 'x')), document({ Effect: 'Allow', Action: 'a:b', NotResource: '*' })],
    bad: [document(may('s3:*', 'x')), document(may('*', ['a', '*'])), document(may('a:b', join({ 'Fn::GetAtt': 'B.Arn' }, '*')))],
    unknown: [document(may(['s3:*', P], 'x')), document({ Effect: 'Allow', Resource: '*' }), { PolicyDocument: { Statement: sometimes([]) } }, document(sometimes(may('*', '*')))],
  }]),
  ['COG1', 'AWS::Cognito::UserPool', { good: [passwords({})], bad: [{}, { Policies: {} }, passwords({ MinimumLength: 7 }), passwords({ RequireUppercase: false }), passwords({ RequireNumbers: false }), { Policies: { PasswordPolicy: { MinimumLength: 9, RequireUppercase: true, RequireNumbers: true } } }, { Policies: sometimes({}) }], unknown: [passwords({ MinimumLength: P }), passwords({ RequireSymbols: P }), passwords({ MinimumLength: 1, RequireSymbols: P })] }],
  ['COG2', 'AWS::Cognito::UserPool', simple('MfaConfiguration', ['ON'], ['OFF', 'OPTIONAL'])],
  ['COG4', 'AWS::ApiGateway::Method', { good: [{ AuthorizationType: 'COGNITO_USER_POOLS' }, { HttpMethod: 'OPTIONS' }], bad: [{}, { AuthorizationType: 'AWS_IAM' }, { AuthorizationType: P }], unknown: [{ HttpMethod: P }] }],
  ['COG7', 'AWS::Cognito::IdentityPool', { good: [{}], bad: [{ AllowUnauthenticatedIdentities: true }], unknown: [{ AllowUnauthenticatedIdentities: P }] }],
  ['COG8', 'AWS::Cognito::UserPool', simple('UserPoolTier', ['PLUS'], ['LITE', 'ESSENTIALS'])],
  ['KMS5', 'AWS::KMS::Key', { good: [{ EnableKeyRotation: true }, { KeySpec: 'RSA_2048' }, { KeySpec: P }], bad: [{}, { KeySpec: 'SYMMETRIC_DEFAULT', EnableKeyRotation: false }], unknown: [{ EnableKeyRotation: P }] }],
  ['SMG4', 'AWS::SecretsManager::Secret', { good: [{ $: { S: schedule(ref('R')) } }, { $: { S: schedule(ref('A'), { RotationLambdaARN: undefined, HostedRotationLambda: { RotationType: 'MySQLSingleUser' }, RotationRules: { ScheduleExpression: 'rate(1 day)' } }), A: attachment(ref('R')) } }], bad: [{}, { $: { S: schedule('other') } }, { $: { S: schedule(ref('R'), { RotationRules: {} }) } }, { $: { S: schedule(ref('R'), { RotationLambdaARN: undefined }) } }, { $: { S: schedule(ref('A')), A: attachment('other') } }], unknown: [{ $: { S: schedule(P) } }, { $: { S: schedule(ref('R'), { RotationRules: sometimes({ AutomaticallyAfterDays: 1 }) }) } }] }],
  ['ASC3', 'AWS::AppSync::GraphQLApi', { good: [{ LogConfig: { CloudWatchLogsRoleArn: 'a' } }, { LogConfig: { CloudWatchLogsRoleArn: P, ExcludeVerboseContent: false } }], bad: [{}, { LogConfig: {} }, { LogConfig: { CloudWatchLogsRoleArn: 'a', ExcludeVerboseContent: true } }, { LogConfig: sometimes({}) }], unknown: [{ LogConfig: { ExcludeVerboseContent: P } }] }],
  ['SF1', 'AWS::StepFunctions::StateMachine', nested('LoggingConfiguration', 'Level', ['ALL'], ['ERROR'])],
  ['SF2', 'AWS::StepFunctions::StateMachine', nested('TracingConfiguration', 'Enabled', [true], [false])],
  ['EVB1', 'AWS::Events::EventBusPolicy', {
    good: [{ Principal: '111122223333', Action: 'events:PutEvents' }, { Principal: '*', Action: 'events:PutEvents', Condition: { Key: 'aws:PrincipalOrgID', Type: 'StringEquals', Value: 'o' } }, { Statement: allow({ Action: 'events:PutEvents' }) }, { Statement: allow({ Principal: '*', Condition: { StringEquals: {} } }) }, { Statement: { Effect: 'Deny' } }],
    bad: [{ Principal: '*', Action: 'events:PutEvents' }, { Statement: allow({ Principal: '*' }) }, { Statement: allow({ Principal: { AWS: ['*'] }, Condition: {} }) }, { Principal: '*', Action: 'a', Condition: sometimes({}) }],
    unknown: [{ Statement: { Effect: 'Allow' } }, { Principal: P, Action: 'a' }, { Statement: sometimes(allow({ Principal: '*' })) }],
  }],
  ['SNS3', 'AWS::SNS::Topic', {
    good: [{ KmsMasterKeyId: P }, topicPolicy([ref('R')], deny('sns:Publish')), topicPolicy(['x', ref('R')], allow(), deny(['sns:Subscribe', 'SNS:publish'], { Principal: { AWS: ['a', '*'] } })), { TopicName: 'news', ...topicPolicy(['arn:aws:sns:us-east-1:111122223333:news'], deny('sns:Publish')) }],
    bad: [{}, topicPolicy(['x'], deny('sns:Publish')), topicPolicy([ref('R')], deny('sns:*')), topicPolicy([ref('R')], deny('sns:Publish', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } })), topicPolicy([ref('R')], deny('sns:Publish', { Principal: { AWS: 'a' } }))],
    unknown: [topicPolicy([ref('R')], deny(P)), topicPolicy(L, deny('sns:Publish')), { TopicName: 'n', ...topicPolicy([IMPORT], deny('sns:Publish')) }, { TopicName: P, ...topicPolicy([P], deny('sns:Publish')) }],
  }],
  ['SQS2', 'AWS::SQS::Queue', { good: [{}, { SqsManagedSseEnabled: true }, { SqsManagedSseEnabled: false, KmsMasterKeyId: 'k' }], bad: [{ SqsManagedSseEnabled: false }, { SqsManagedSseEnabled: 'false' }], unknown: [{ SqsManagedSseEnabled: P }] }],
  ['SQS3', 'AWS::SQS::Queue', {
    good: [{ RedrivePolicy: { deadLetterTargetArn: 'a', maxReceiveCount: 1 } }, redrive(att('R')), { QueueName: 'dead', ...redrive('arn:aws:sqs:us-east-1:111122223333:dead') }, { $: { F: resource('AWS::Lambda::Function', { Code: { ZipFile: 'x' }, Role: 'a', DeadLetterConfig: { TargetArn: att('R') } }) } }],
    bad: [{}, redrive('arn:aws:sqs:us-east-1:111122223333:dead'), { QueueName: 'dead', ...redrive('arn:aws:sqs:us-east-1:111122223333:dead-2') }, redrive(att('Q2')), redrive(IMPORT)].map((entry) => (JSON.stringify(entry).includes('"Q2"') ? { ...entry, $: { ...entry.$, Q2: resource('AWS::SQS::Queue') } } : entry)),
    unknown: [{ RedrivePolicy: sometimes({}) }, { QueueName: P, ...redrive(P) }, redrive({ 'Fn::Join': ['', L] }), { QueueName: 'a', ...redrive({ 'Fn::Sub': 'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:a' }) }],
  }],
  ['SQS4', 'AWS::SQS::Queue', {
    good: [queuePolicy([ref('R')], deny('sqs:*')), queuePolicy([ref('R')], deny('*')), { QueueName: 'q', ...queuePolicy(['https://sqs/q'], deny(['a', 'SQS:*'])) }],
    bad: [{}, queuePolicy(['x'], deny('sqs:*')), queuePolicy([ref('R')], deny('sqs:SendMessage')), queuePolicy([ref('R')], allow())],
    unknown: [queuePolicy([ref('R')], { Effect: 'Deny', NotAction: 'x', Principal: '*' }), queuePolicy(sometimes([ref('R')]), deny('sqs:*')), { QueueName: 'q', ...queuePolicy([{ 'Fn::Sub': 'https://sqs/q' }], deny('sqs:*')) }, queuePolicy([{ 'Fn::GetAtt': 'R.QueueUrl' }], deny('sqs:*'))],
  }],
  ['MS1', 'AWS::MediaStore::Container', simple('AccessLoggingEnabled', [true], [false])],
  ['MS3', 'AWS::MediaStore::Container', { good: [mediaPolicy(deny('mediastore:*')), mediaPolicy(allow(), deny('*'))], bad: [{}, mediaPolicy(allow()), mediaPolicy(deny('mediastore:GetObject'))], unknown: [{ Policy: P }, { Policy: 'not JSON' }, { Policy: '{}' }] }],
  ['MS4', 'AWS::MediaStore::Container', nested('MetricPolicy', 'ContainerLevelMetrics', ['ENABLED'], ['DISABLED'])],
  ['MS7', 'AWS::MediaStore::Container', { good: [{ Policy: '{}' }], bad: [{}], unknown: [{ Policy: P }] }],
  ['MS8', 'AWS::MediaStore::Container', { good: [{ CorsPolicy: [{}] }], bad: [{}, { CorsPolicy: [] }], unknown: [{ CorsPolicy: sometimes([]) }] }],
  ['MS10', 'AWS::MediaStore::Container', { good: [{ LifecyclePolicy: '{}' }], bad: [{}], unknown: [{ LifecyclePolicy: P }] }],
  ['CB4', 'AWS::CodeBuild::Project', { good: [{ EncryptionKey: 'k' }], bad: [{}, { EncryptionKey: 'alias/aws/s3' }], unknown: [{ EncryptionKey: P }] }],
  ['CB5', 'AWS::CodeBuild::Project', { good: [{}], bad: [image('own:1')], unknown: [image(P), { Environment: sometimes({}) }] }],
  ['C91', 'AWS::Cloud9::EnvironmentEC2', simple('ConnectionType', ['CONNECT_SSM'], ['CONNECT_SSH'])],
  ['L1', 'AWS::Lambda::Function', { good: [{}, ...['nodejs24.x', 'python3.15', 'java25', 'dotnet10', 'dotnetcore3.1', 'go1.x', 'ruby4.0', 'provided', 'provided.al2'].map((Runtime) => ({ Runtime }))], bad: ['nodejs20.x', 'nodejs', 'python3.9', 'java8.al2', 'java25.al2023', 'dotnet8', 'ruby3.4', 'pytho3'].map((Runtime) => ({ Runtime })), unknown: [{ Runtime: P }, { Runtime: 'cobol60' }, { Runtime: '24' }] }],
];

const template = (type, variant) => {
  const { $: more = {}, ...properties } = variant;
  return {
    Parameters: { P: { Type: 'String', Default: 'x' }, L: { Type: 'CommaDelimitedList', Default: 'a,b' } },
    Conditions: { C: { 'Fn::Equals': [P, 'x'] } },
    Resources: { ...more, R: { Type: type, Properties: { ...BASE[type], ...properties } } },
  };
};

// [{ rule, kind, template }]
module.exports = CASES.flatMap(([suffix, type, kinds]) =>
  Object.entries(kinds).flatMap(([kind, variants]) => variants.map((variant) => ({ rule: `AwsSolutions-${suffix}`, kind, template: template(type, variant) }))));
