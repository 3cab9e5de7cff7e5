'use strict';
const { aws_iam: iam, CfnOutput, CfnResource, Duration, Stack } = require('aws-cdk-lib');

const environment = { account: '111111111111', region: 'eu-west-1' };
const service = (name, options) => new iam.ServicePrincipal(name, options);
const statement = (props) => new iam.PolicyStatement(props);
const lambda = () => service('lambda.amazonaws.com');
const role = (stack, id = 'Role', props = {}) => new iam.Role(stack, id, { assumedBy: lambda(), ...props });
const topic = (scope, id) => new CfnResource(scope, id, { type: 'AWS::SNS::Topic' });

function imports(stack) {
  const grant = (to, id) => to.addToPrincipalPolicy(statement({ actions: ['sqs:SendMessage'], resources: [id] }));
  const from = (id, arn, options) => iam.Role.fromRoleArn(stack, id, arn, options);
  const roles = [
    from('Mutable', 'arn:aws:iam::111111111111:role/deploy/ops/mutable'),
    from('Immutable', 'arn:aws:iam::111111111111:role/immutable', { mutable: false }),
    from('OtherAccount', 'arn:aws:iam::222222222222:role/other'),
    from('Named', 'arn:aws:iam::111111111111:role/named', { defaultPolicyName: 'Granted' }),
    from('Token', topic(stack, 'Topic').ref),
    from('Partly', `arn:aws:iam::${Stack.of(stack).account}:role/deep/${topic(stack, 'Name').ref}`),
    iam.Role.fromRoleName(stack, 'ByName', 'by-name'),
  ];
  roles.forEach((r, i) => { grant(r, `r${i}`); new CfnOutput(stack, `Name${i}`, { value: `${r.roleName} ${r.roleArn}` }); });
  new iam.ManagedPolicy(stack, 'Managed', { roles, statements: [statement({ actions: ['a:B'], resources: ['*'] })] });
}

function manyStatements(r, count) {
  const target = topic(r.stack, 'Topic');
  for (let i = 0; i < count; i++) {
    r.addToPolicy(statement({ actions: [`service${i}:DoSomethingWithAnActionOfALongName`, `service${i}:Other`], resources: [`arn:aws:service:eu-west-1:111111111111:thing/with-a-long-name-${i}`, target.ref] }));
  }
}

module.exports = {
  'iam-role': (stack) => {
    const inline = new iam.PolicyDocument({ statements: [statement({ actions: ['s3:GetObject'], resources: ['b', 'a'] })] });
    const managed = (name) => iam.ManagedPolicy.fromAwsManagedPolicyName(name);
    const r = role(stack, 'Role', {
      roleName: 'the-role', description: 'What it is for', path: '/service/', maxSessionDuration: Duration.hours(2),
      managedPolicies: [managed('ReadOnlyAccess'), managed('service-role/AWSLambdaBasicExecutionRole'), managed('ReadOnlyAccess')],
      permissionsBoundary: iam.ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'the-boundary'), inlinePolicies: { second: inline, first: new iam.PolicyDocument({ statements: [statement({ sid: 'One', actions: ['a:B', 'a:A'], resources: ['*'] })] }) },
    });
    r.addManagedPolicy(managed('SecurityAudit'));
    r.addManagedPolicy(managed('ReadOnlyAccess'));
    role(stack, 'Plain', { description: '' });
    new CfnOutput(stack, 'Attributes', { value: `${r.roleArn} ${r.roleName} ${r.roleId}` });
  },
  'iam-role-trust': (stack) => {
    const account = new iam.AccountPrincipal('222222222222');
    const trust = (id, assumedBy, props) => new iam.Role(stack, id, { assumedBy, ...props });
    trust('OneExternalId', account, { externalIds: ['one'] });
    trust('TwoExternalIds', new iam.CompositePrincipal(account, service('ecs')), { externalIds: ['one', 'two'] });
    trust('Composite', new iam.CompositePrincipal(lambda(), service('edgelambda'), account, new iam.WebIdentityPrincipal('cognito-identity.amazonaws.com', { StringEquals: { aud: 'pool' } })));
    trust('Conditions', account.withConditions({ StringEquals: { 'aws:PrincipalTag/team': 'core' } }));
    trust('Tags', new iam.SessionTagsPrincipal(new iam.PrincipalWithConditions(account, { Bool: { 'aws:MultiFactorAuthPresent': 'true' } })));
    trust('Conditioned', new iam.PrincipalWithConditions(new iam.CompositePrincipal(lambda(), account).withSessionTags(), { Bool: { x: 'true' } }));
    trust('Federated', new iam.FederatedPrincipal('accounts.google.com', { StringEquals: { aud: 'me' } }, 'sts:AssumeRoleWithWebIdentity'));
    const r = trust('Added', lambda());
    r.assumeRolePolicy.addStatements(statement({ actions: ['sts:AssumeRole'], principals: [new iam.AccountRootPrincipal()] }));
    trust('Chained', r);
  },
  'iam-role-trust-added': (stack) => {
    const provider = iam.SamlProvider.fromSamlProviderArn(stack, 'Provider', 'arn:aws:iam::111111111111:saml-provider/office');
    const r = role(stack, 'Saml', { assumedBy: new iam.SamlPrincipal(provider, { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } }) });
    const added = statement({ actions: ['sts:TagSession'] });
    added.addPrincipals(service('ecs-tasks'));
    added.addPrincipals(new iam.AccountPrincipal('222222222222'));
    r.assumeRolePolicy.addStatements(added);
  },
  'iam-default-policy': (stack) => {
    const r = role(stack);
    const target = topic(stack, 'Topic');
    role(stack, 'Unused');
    r.addToPolicy(statement({ actions: ['sns:Publish'], resources: [target.ref] }));
    r.addToPolicy(statement({ actions: ['sns:Subscribe'], resources: [target.ref] }));
    const grant = iam.Grant.addToPrincipal({ grantee: r, actions: ['sns:GetTopicAttributes'], resourceArns: ['*'], conditions: { Bool: { x: 'y' } } });
    grant.applyBefore(topic(stack, 'Later'));
    const passed = role(stack, 'Passed');
    passed.grantPassRole(r);
    passed.grantAssumeRole(r);
    passed.grant(r, 'iam:GetRole', 'iam:TagRole');
    new CfnOutput(stack, 'Success', { value: `${grant.success} ${passed.grantPassRole(lambda()).success}` });
  },
  'iam-policy': (stack) => {
    const [r, other] = [role(stack), role(stack, 'Other')];
    const s = (action) => statement({ actions: [action], resources: ['*'] });
    const policy = new iam.Policy(stack, 'Policy', { statements: [s('a:B'), s('a:A')], roles: [r, other] });
    policy.attachToRole(r);
    new iam.Policy(stack, 'Named', { policyName: 'my-policy', statements: [s('b:B')], roles: [r], force: true });
    new iam.Policy(stack, 'Empty');
    new iam.Policy(stack, 'Unattached', { statements: [s('c:C')] });
    new iam.Policy(stack, 'Alone', { roles: [role(stack, 'Third')] });
    iam.Grant.addToPrincipal({ grantee: policy, actions: ['d:D'], resourceArns: ['x'] });
    new CfnOutput(stack, 'Name', { value: policy.policyName });
  },
  'iam-managed-policy': (stack) => {
    const r = role(stack);
    const s = (action) => statement({ actions: [action], resources: ['*'] });
    const policy = new iam.ManagedPolicy(stack, 'Managed', { managedPolicyName: 'managed', description: 'About it', path: '/x/', statements: [s('a:B'), s('a:A')], roles: [r] });
    new iam.ManagedPolicy(stack, 'Plain', { statements: [s('a:C')] });
    policy.attachToRole(r);
    role(stack, 'WithIt').addManagedPolicy(policy);
    iam.Grant.addToPrincipal({ grantee: policy, actions: ['d:D'], resourceArns: ['x'] });
  },
  'iam-overflow': (stack) => {
    const r = role(stack);
    manyStatements(r, 60);
    iam.Grant.addToPrincipal({ grantee: r, actions: ['late:Action'], resourceArns: ['x'] }).applyBefore(topic(stack, 'Later'));
    iam.Grant.addToPrincipal({ grantee: r, actions: ['service1:More'], resourceArns: ['y'] }).applyBefore(topic(stack, 'Other'));
  },
  'iam-overflow-unmerged': {
    context: { '@aws-cdk/aws-iam:minimizePolicies': false, '@aws-cdk/aws-iam.arnSizeEstimate': 300 },
    build: (stack) => { const r = role(stack); manyStatements(r, 40); manyStatements({ stack: new Stack(stack.node.scope, 'Other'), addToPolicy: (s) => r.addToPolicy(s) }, 10); },
  },
  'iam-overflow-large-merge': (stack) => {
    const r = role(stack);
    for (let i = 0; i < 300; i++) r.addToPolicy(statement({ actions: ['s3:GetObject'], resources: [`arn:aws:s3:::bucket-with-a-name-that-is-long-${i}`], conditions: i % 2 ? { StringEquals: { 'aws:RequestTag/team': 'core' } } : undefined }));
  },
  'iam-imports': { env: environment, build: imports },
  'iam-imports-agnostic': imports,
  'iam-imports-unique-names': {
    env: environment, context: { '@aws-cdk/aws-iam:importedRoleStackSafeDefaultPolicyName': true },
    build: (stack) => {
      for (const [id, options] of [['Mutable', {}], ['Named', { defaultPolicyName: 'Granted' }], ['M'.repeat(140), {}]]) {
        iam.Role.fromRoleArn(stack, id, `arn:aws:iam::111111111111:role/${id.slice(0, 20)}`, options).addToPrincipalPolicy(statement({ actions: ['a:B'], resources: ['*'] }));
      }
    },
  },
  'iam-without-policy-updates': (stack) => {
    const r = role(stack);
    const left = r.withoutPolicyUpdates();
    left.addToPrincipalPolicy(statement({ actions: ['a:B'], resources: ['*'] }));
    new iam.Policy(stack, 'Policy', { roles: [left, r.withoutPolicyUpdates()], statements: [statement({ actions: ['a:C'], resources: ['*'] })] });
    new iam.ManagedPolicy(stack, 'Managed', { roles: [left], statements: [statement({ actions: ['a:C'], resources: ['*'] })] });
  },
  'iam-precreated-roles': {
    env: environment,
    build: (stack) => {
      iam.Role.customizeRoles(stack, { usePrecreatedRoles: { Role: 'existing', 'Case/Group/Role': 'existing-too' } });
      const { Construct } = require('constructs');
      const roles = [role(stack), role(new Construct(stack, 'Group'), 'Role', { inlinePolicies: { p: new iam.PolicyDocument({ statements: [statement({ actions: ['a:B'], resources: ['*'] })] }) } })];
      roles.forEach((r, i) => { r.addToPolicy(statement({ actions: ['a:C'], resources: ['*'] })); new CfnOutput(stack, `Role${i}`, { value: `${r.roleName} ${r.roleArn}` }); });
      const policy = new iam.ManagedPolicy(stack, 'Managed', { roles, statements: [statement({ actions: ['a:C'], resources: ['*'] })] });
      new iam.Policy(stack, 'Policy', { roles, statements: [statement({ actions: ['a:C'], resources: ['*'] })] });
      new CfnOutput(stack, 'Policy0', { value: policy.managedPolicyArn });
    },
  },
  'iam-cross-stack': {
    env: environment,
    build: (stack) => {
      const other = new Stack(stack.node.scope, 'Other', { env: environment });
      const r = role(stack);
      const [one, two] = [topic(other, 'One'), topic(other, 'Two')];
      r.addToPolicy(statement({ actions: ['sns:Publish'], resources: [two.ref, 'zzz', one.ref, `${one.getAtt('TopicName')}/*`, 'arn:aws'] }));
      new iam.Policy(other, 'Policy', { roles: [role(other)], statements: [statement({ actions: ['sns:Publish'], resources: [one.ref, 'x', two.ref] })] });
    },
  },
  'iam-grant-across-accounts': {
    env: environment,
    build: (stack) => {
      const other = new Stack(stack.node.scope, 'Other', { env: { account: '222222222222', region: 'eu-west-1' } });
      const granted = (id, grantee) => {
        const document = new iam.PolicyDocument();
        const resource = new CfnResource(stack, id, { type: 'AWS::SQS::QueuePolicy', properties: { PolicyDocument: document } });
        const construct = { env: stack.env ?? environment, addToResourcePolicy: (s) => { document.addStatements(s); return { statementAdded: true, policyDependable: resource }; }, node: resource.node };
        return { grantee, actions: ['sqs:SendMessage', 'sqs:GetQueueUrl'], resourceArns: [`arn:${id}`, '*'], resourceSelfArns: ['self'], resource: construct };
      };
      iam.Grant.addToPrincipalOrResource(granted('Same', role(stack)));
      iam.Grant.addToPrincipalOrResource(granted('Different', new iam.Role(other, 'Role', { roleName: 'other', assumedBy: lambda() }).withoutPolicyUpdates()));
      iam.Grant.addToPrincipalOrResource(granted('Account', new iam.AccountPrincipal('333333333333'))).applyBefore(topic(stack, 'Later'));
      iam.Grant.addToPrincipalOrResource(granted('Service', service('s3').withConditions({ Bool: { x: 'y' } })));
      iam.Grant.addToPrincipalAndResource({ ...granted('Both', role(stack, 'Both2')), resourcePolicyPrincipal: new iam.AccountPrincipal('444444444444') }).applyBefore(topic(stack, 'Last'));
      iam.Grant.addToPrincipalOrResource(granted('ImportedElsewhere', iam.Role.fromRoleArn(stack, 'Elsewhere', 'arn:aws:iam::222222222222:role/elsewhere')));
      iam.Grant.addToPrincipalOrResource(granted('ImportedHere', iam.Role.fromRoleArn(stack, 'Here', 'arn:aws:iam::111111111111:role/here', { mutable: false, addGrantsToResources: true })));
    },
  },
};
