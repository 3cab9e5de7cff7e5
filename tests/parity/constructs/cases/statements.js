'use strict';
const { aws_iam: iam, CfnResource } = require('aws-cdk-lib');

const environment = { account: '111111111111', region: 'eu-west-1' };
const service = (name, options) => new iam.ServicePrincipal(name, options);
const statement = (props) => new iam.PolicyStatement(props);
const lambda = () => service('lambda.amazonaws.com');
const role = (stack) => new iam.Role(stack, 'Role', { assumedBy: lambda() });
const topic = (scope, id) => new CfnResource(scope, id, { type: 'AWS::SNS::Topic' });

// A policy document as it is, in a resource of its own.
function documentResource(stack, statements, props = {}) {
  const document = new iam.PolicyDocument({ statements, ...props });
  return new CfnResource(stack, 'Document', {
    type: 'AWS::SQS::QueuePolicy',
    properties: { PolicyDocument: document, Queues: ['queue'] },
  });
}

function allPrincipals(stack) {
  const imported = iam.Role.fromRoleArn(stack, 'Imported', 'arn:aws:iam::222222222222:role/path/reader');
  const to = (principal, props) => statement({ sid: `S${n++}`, actions: ['sqs:SendMessage'], resources: ['*'], principals: [principal], ...props });
  let n = 0;
  documentResource(stack, [
    to(lambda()), to(service('sqs')), to(service('logs.eu-west-1.amazonaws.com')), to(service('ec2.amazonaws.com.cn')),
    to(service('states.amazonaws.com', { region: 'ap-east-1' })), to(service('states.amazonaws.com', { region: 'us-east-1' })),
    to(new iam.ArnPrincipal('arn:aws:iam::222222222222:role/x')), to(new iam.AccountPrincipal('222222222222')),
    to(new iam.AccountRootPrincipal()), to(new iam.OrganizationPrincipal('o-1234567890')), to(new iam.AnyPrincipal()),
    to(new iam.StarPrincipal()), to(new iam.CanonicalUserPrincipal('abc')),
    to(new iam.FederatedPrincipal('accounts.google.com', { StringEquals: { aud: 'me' } })),
    to(new iam.CompositePrincipal(lambda(), new iam.AccountPrincipal('333333333333'), service('ecs'))),
    to(new iam.AccountPrincipal('222222222222').withConditions({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }), { conditions: { Bool: { 'aws:SecureTransport': 'true' } } }),
    to(imported), to(role(stack)),
    statement({ sid: 'Not', effect: iam.Effect.DENY, actions: ['sqs:*'], notResources: ['a', 'b'], notPrincipals: [new iam.ArnPrincipal('arn:aws:iam::222222222222:user/a')] }),
    statement({ sid: 'NotActions', notActions: ['sqs:SendMessage', 'sqs:ReceiveMessage'], resources: ['*'], principals: [new iam.ArnPrincipal('x'), new iam.ArnPrincipal('x'), lambda()] }),
  ]);
}

function mergeable(stack) {
  const target = topic(stack, 'Topic');
  const [a, b] = [target.ref, target.getAtt('TopicName').toString()];
  const s = (actions, resources, props) => statement({ actions, resources, principals: [new iam.ArnPrincipal('p')], ...props });
  return [
    s(['s3:PutObject'], ['z', 'a']), s(['s3:GetObject', 's3:Abort*'], ['a', 'z']), s(['s3:GetObject'], ['other']),
    s(['s3:ListBucket'], [a]), s(['s3:ListBucket'], [`${b}/*`]), s(['s3:ListBucket'], [b]), s(['s3:ListBucket'], [a]),
    s(['sns:Publish'], [a], { principals: [lambda()] }), s(['sns:Publish'], [a], { principals: [service('ecs'), new iam.AccountPrincipal('222222222222')] }),
    s(['sns:Publish'], [a], { principals: [service('ecs')] }), s(['sns:Publish'], [a], { principals: [new iam.StarPrincipal()] }),
    s(['kms:Decrypt'], ['*'], { conditions: { StringEquals: { x: 'y' } } }), s(['kms:Encrypt'], ['*'], { conditions: { StringEquals: { x: 'y' } } }),
    s(['kms:Encrypt'], ['*'], { conditions: { StringEquals: { x: 'z' } } }), s(['kms:Encrypt'], ['*'], { sid: 'Named' }), s(['kms:Encrypt'], ['*'], { sid: 'Named' }),
    s(['kms:Encrypt'], ['*'], { effect: iam.Effect.DENY }), s(['kms:Create*'], ['*'], { effect: iam.Effect.DENY }),
    statement({ notActions: ['iam:B', 'iam:A'], resources: ['r2'], principals: [new iam.AnyPrincipal()] }),
    statement({ notActions: ['iam:A', 'iam:B'], resources: ['r1'], principals: [new iam.AnyPrincipal()] }),
    s(['b:*', 'a:*', 'c:Do'], ['x']), s(['c:Do', 'a:*', 'b:*'], ['x']),
  ];
}

module.exports = {
  'statements-principals': { env: environment, build: allPrincipals },
  'statements-principals-agnostic': allPrincipals,
  'statements-merge': (stack) => documentResource(stack, mergeable(stack)),
  'statements-merge-off': { context: { '@aws-cdk/aws-iam:minimizePolicies': false }, build: (stack) => documentResource(stack, mergeable(stack)) },
  'statements-merge-given': { context: { '@aws-cdk/aws-iam:minimizePolicies': false }, build: (stack) => documentResource(stack, mergeable(stack), { minimize: true, assignSids: true }) },
  'statements-assign-sids': { context: { '@aws-cdk/aws-iam:minimizePolicies': false }, build: (stack) => documentResource(stack, mergeable(stack), { assignSids: true }) },
};
