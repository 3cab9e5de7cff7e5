// SPDX-License-Identifier: MIT
'use strict';
// What the packages lack or have wrong, and from where it is known instead.

// The types of the Serverless Application Model. The packages say that every change of them replaces the resource. In truth the
// transform makes a resource of the same logical id, whose properties decide, and others beside it: where one of those is replaced,
// such as a stage, the whole may be (aws/serverless-application-model: docs/internals/generated_resources.rst, samtranslator/model).
// `own` are properties by another name there; a name that both have needs no line.
const MADE_BY_SAM = {
  'AWS::Serverless::Api': {
    type: 'AWS::ApiGateway::RestApi',
    beside: { StageName: 'AWS::ApiGateway::Stage.StageName', Domain: 'AWS::ApiGateway::DomainName.DomainName' },
  },
  'AWS::Serverless::Application': { type: 'AWS::CloudFormation::Stack' },
  'AWS::Serverless::Function': {
    type: 'AWS::Lambda::Function',
    beside: { AutoPublishAlias: 'AWS::Lambda::Alias.Name', RolePath: 'AWS::IAM::Role.Path' },
    added: ['RolePath', 'TenancyConfig'],
  },
  'AWS::Serverless::HttpApi': {
    type: 'AWS::ApiGatewayV2::Api',
    beside: { StageName: 'AWS::ApiGatewayV2::Stage.StageName', Domain: 'AWS::ApiGatewayV2::DomainName.DomainName' },
  },
  // The logical id has a hash of all properties, so that every change makes a new version.
  'AWS::Serverless::LayerVersion': { type: 'AWS::Lambda::LayerVersion', own: { ContentUri: 'Content', RetentionPolicy: 'Content' } },
  'AWS::Serverless::SimpleTable': { type: 'AWS::DynamoDB::Table', own: { PrimaryKey: 'KeySchema' } },
  'AWS::Serverless::StateMachine': {
    type: 'AWS::StepFunctions::StateMachine',
    own: { Name: 'StateMachineName', Type: 'StateMachineType' },
    beside: { RolePath: 'AWS::IAM::Role.Path' },
    added: ['RolePath'],
  },
};

// Types that hold data which nobody can make again from a template, beside those that aws-service-spec names (its list is that of
// cfn-lint's rule I3011 and of the CDK): by the services' documentation of what deleting one of them removes.
const STATEFUL = [
  'AWS::AmazonMQ::Broker',
  'AWS::Backup::LogicallyAirGappedBackupVault',
  'AWS::Cassandra::Table',
  'AWS::CloudTrail::EventDataStore',
  'AWS::CodeArtifact::Repository',
  'AWS::CodeCommit::Repository',
  'AWS::Cognito::IdentityPool',
  'AWS::CustomerProfiles::Domain',
  'AWS::DSQL::Cluster',
  'AWS::DocDBElastic::Cluster',
  'AWS::ECR::PublicRepository',
  'AWS::ECR::Repository',
  'AWS::ElastiCache::ServerlessCache',
  'AWS::Events::Archive',
  'AWS::FSx::Volume',
  'AWS::HealthImaging::Datastore',
  'AWS::HealthLake::FHIRDatastore',
  'AWS::Lightsail::Bucket',
  'AWS::Lightsail::Database',
  'AWS::Lightsail::Disk',
  'AWS::MSK::Cluster',
  'AWS::MSK::ServerlessCluster',
  'AWS::MemoryDB::Cluster',
  'AWS::NeptuneGraph::Graph',
  'AWS::Omics::AnnotationStore',
  'AWS::Omics::ReferenceStore',
  'AWS::Omics::SequenceStore',
  'AWS::Omics::VariantStore',
  'AWS::OpenSearchServerless::Collection',
  'AWS::RedshiftServerless::Namespace',
  'AWS::S3Express::DirectoryBucket',
  'AWS::S3Outposts::Bucket',
  'AWS::S3Tables::Table',
  'AWS::S3Tables::TableBucket',
  'AWS::S3Vectors::Index',
  'AWS::S3Vectors::VectorBucket',
  'AWS::SES::MailManagerArchive',
  'AWS::Timestream::InfluxDBInstance',
  'AWS::Timestream::Table',
];

function find(spec, type) {
  const resource = spec.resources.get(type);
  if (!resource) throw new Error(`schema/generate/supplement.js: there is no resource type '${type}' any more`);
  return resource;
}

function replacement(spec, path) {
  const [type, name] = path.split('.');
  const property = find(spec, type).properties[name];
  if (!property) throw new Error(`schema/generate/supplement.js: there is no property '${path}' any more`);
  return property.causesReplacement ?? 'no';
}

function samReplacement(spec, { type, own = {}, beside = {} }, name) {
  if (beside[name]) return replacement(spec, beside[name]) === 'no' ? 'no' : 'maybe';
  if (own[name]) return replacement(spec, `${type}.${own[name]}`);
  return find(spec, type).properties[name]?.causesReplacement ?? 'no';
}

function supplementSam(spec, type, made) {
  const resource = find(spec, type);
  for (const name of made.added ?? []) resource.properties[name] ??= { type: { type: 'json' } };
  for (const [name, property] of Object.entries(resource.properties)) property.causesReplacement = samReplacement(spec, made, name);
  for (const nested of spec.owned.get(resource.$id) ?? [])
    for (const property of Object.values(nested.properties)) property.causesReplacement = 'no';
  if (find(spec, made.type).isStateful) resource.isStateful = true;
}

// Changes `spec`.
function supplement(spec) {
  for (const type of STATEFUL) find(spec, type).isStateful = true;
  for (const [type, made] of Object.entries(MADE_BY_SAM)) supplementSam(spec, type, made);
  return spec;
}

module.exports = { supplement, STATEFUL };
