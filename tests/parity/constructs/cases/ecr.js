'use strict';
const { CfnOutput, Duration, RemovalPolicy, Stack, aws_ecr: ecr, aws_iam: iam } = require('aws-cdk-lib');

const output = (stack, id, value) => new CfnOutput(stack, id, { value });
const role = (stack, id) => new iam.Role(stack, id, { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
function uris(stack, prefix, repository) {
  output(stack, `${prefix}Arn`, repository.repositoryArn);
  output(stack, `${prefix}Name`, repository.repositoryName);
  output(stack, `${prefix}Registry`, repository.registryUri);
  output(stack, `${prefix}Uri`, repository.repositoryUri);
  output(stack, `${prefix}Tag`, repository.repositoryUriForTag('v1'));
  output(stack, `${prefix}Digest`, repository.repositoryUriForDigest('sha256:abc'));
  output(stack, `${prefix}TagOrDigest`, repository.repositoryUriForTagOrDigest('sha256:def'));
}
const ARN = 'arn:aws:ecr:eu-west-1:210987654321:repository/team/app';

module.exports = {
  'ecr-import': {
    env: { account: '123456789012', region: 'us-east-1' },
    build(stack) {
      uris(stack, 'Named', ecr.Repository.fromRepositoryName(stack, 'Named', 'team/app'));
      uris(stack, 'Arn', ecr.Repository.fromRepositoryArn(stack, 'ByArn', ARN));
      uris(stack, 'Both', ecr.Repository.fromRepositoryAttributes(stack, 'Both', { repositoryName: 'app', repositoryArn: ARN }));
    },
  },
  'ecr-import-anywhere': (stack) => {
    const repository = ecr.Repository.fromRepositoryName(stack, 'Named', 'app');
    uris(stack, 'Named', repository);
    repository.grantPull(role(stack, 'Puller'));
  },
  'ecr-repository': (stack) => {
    const repository = new ecr.Repository(stack, 'Repository');
    uris(stack, '', repository);
    new ecr.Repository(stack, 'Gone', { removalPolicy: RemovalPolicy.DESTROY, emptyOnDelete: true });
  },
  'ecr-repository-options': (stack) => {
    new ecr.Repository(stack, 'Repository', {
      repositoryName: 'team/app-1', imageScanOnPush: true, imageTagMutability: ecr.TagMutability.IMMUTABLE_WITH_EXCLUSION,
      imageTagMutabilityExclusionFilters: [ecr.ImageTagMutabilityExclusionFilter.wildcard('dev-*'), ecr.ImageTagMutabilityExclusionFilter.wildcard('latest')],
      encryption: ecr.RepositoryEncryption.KMS,
    });
    new ecr.Repository(stack, 'Unscanned', { imageScanOnPush: false, imageTagMutability: ecr.TagMutability.IMMUTABLE, encryption: ecr.RepositoryEncryption.AES_256 });
  },
  'ecr-lifecycle': (stack) => {
    const repository = new ecr.Repository(stack, 'Repository', {
      lifecycleRegistryId: '123456789012',
      lifecycleRules: [
        { description: 'all', maxImageCount: 100 },
        { tagPrefixList: ['dev-', 'test-'], maxImageAge: Duration.days(30) },
        { rulePriority: 3, tagStatus: ecr.TagStatus.UNTAGGED, maxImageAge: Duration.days(1) },
        { tagPatternList: ['*-rc*'], maxImageCount: 5, tagStatus: ecr.TagStatus.TAGGED },
      ],
    });
    repository.addLifecycleRule({ rulePriority: 1, tagPrefixList: ['old'], maxImageCount: 1 });
    new ecr.Repository(stack, 'Last', {
      lifecycleRules: [{ rulePriority: 9, maxImageCount: 10 }, { rulePriority: 2, tagPrefixList: ['a'], maxImageCount: 1 }],
    });
  },
  'ecr-grants': (stack) => {
    const repository = new ecr.Repository(stack, 'Repository');
    repository.grantPull(role(stack, 'Puller'));
    repository.grantPush(role(stack, 'Pusher'));
    repository.grantPullPush(role(stack, 'Both'));
    repository.grantRead(role(stack, 'Reader'));
    repository.grant(role(stack, 'Other'), 'ecr:ListImages');
    repository.grantPull(new iam.AccountPrincipal('210987654321'));
    repository.addToResourcePolicy(new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('codebuild.amazonaws.com')], actions: ['ecr:GetDownloadUrlForLayer'],
    }));
  },
  'ecr-grants-across-stacks': (stack) => {
    const repository = new ecr.Repository(stack, 'Repository');
    const other = new Stack(stack.node.scope, 'Other');
    repository.grantPull(role(other, 'Puller'));
    output(other, 'Image', repository.repositoryUriForTag('latest'));
  },
};
