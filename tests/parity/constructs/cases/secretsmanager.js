// SPDX-License-Identifier: MIT
'use strict';
const { CfnOutput, CfnParameter, CfnResource, RemovalPolicy, SecretValue, Stack, aws_iam: iam, aws_kms: kms,
  aws_secretsmanager: secretsmanager } = require('aws-cdk-lib');

const { Secret } = secretsmanager;
const env = { account: '123456789012', region: 'eu-west-1' };
const output = (stack, id, value) => new CfnOutput(stack, id, { value });
const role = (stack, id = 'Role') =>
  new iam.Role(stack, id, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });

module.exports = {
  'secretsmanager-defaults': (stack) => {
    new Secret(stack, 'Secret');
  },
  'secretsmanager-generated': (stack) => {
    new Secret(stack, 'Login', {
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ username: 'tango' }), generateStringKey: 'password',
        excludeCharacters: '"@/\\', passwordLength: 48,
      },
    });
    new Secret(stack, 'Digits', {
      generateSecretString: {
        excludeLowercase: true, excludeUppercase: true, excludePunctuation: true, includeSpace: true,
        requireEachIncludedType: false,
      },
    });
    new Secret(stack, 'Letters', { generateSecretString: { excludeNumbers: true, requireEachIncludedType: true } });
  },
  'secretsmanager-given-values': (stack) => {
    const parameter = new CfnParameter(stack, 'Key').valueAsString;
    new Secret(stack, 'Text', { secretStringValue: SecretValue.unsafePlainText('hush') });
    new Secret(stack, 'Token', { secretStringValue: SecretValue.unsafePlainText(parameter) });
    new Secret(stack, 'Object', {
      secretObjectValue: {
        username: SecretValue.unsafePlainText('tango "the" dancer'),
        key: SecretValue.unsafePlainText(parameter),
      },
    });
  },
  'secretsmanager-names': (stack) => {
    const named = new Secret(stack, 'Named', {
      secretName: 'tango/app-secrets', description: 'Keys of the application', removalPolicy: RemovalPolicy.RETAIN,
    });
    const parameter = new CfnParameter(stack, 'Name').valueAsString;
    output(stack, 'HyphensName', new Secret(stack, 'Hyphens', { secretName: 'tango-app-secrets' }).secretName);
    output(stack, 'TokenName', new Secret(stack, 'Token', { secretName: parameter }).secretName);
    const unnamed = new Secret(stack, 'Unnamed', { removalPolicy: RemovalPolicy.DESTROY });
    output(stack, 'NamedArn', named.secretArn);
    output(stack, 'NamedName', named.secretName);
    output(stack, 'UnnamedArn', unnamed.secretArn);
    output(stack, 'UnnamedName', unnamed.secretName);
    output(stack, 'FullArn', unnamed.secretFullArn);
  },
  'secretsmanager-replicas': {
    env,
    build: (stack) => {
      new Secret(stack, 'Secret', { replicaRegions: [{ region: 'us-east-1' }, { region: 'eu-central-1' }] });
    },
  },
  'secretsmanager-imports': (stack) => {
    const arn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:tango/app-secrets';
    const show = (id, secret) => {
      output(stack, `${id}Arn`, secret.secretArn);
      output(stack, `${id}Name`, secret.secretName);
      secret.grantRead(role(stack, `${id}Role`));
    };
    show('Name', Secret.fromSecretNameV2(stack, 'ByName', 'tango/app-secrets'));
    show('Partial', Secret.fromSecretPartialArn(stack, 'ByPartialArn', arn));
    show('Complete', Secret.fromSecretCompleteArn(stack, 'ByCompleteArn', `${arn}-AbC123`));
    const token = new CfnParameter(stack, 'Arn').valueAsString;
    show('Token', Secret.fromSecretCompleteArn(stack, 'ByToken', token));
    show('PartialToken', Secret.fromSecretPartialArn(stack, 'ByPartialToken', token));
  },
  'secretsmanager-grants': (stack) => {
    const secret = new Secret(stack, 'Secret');
    secret.grantRead(role(stack, 'Reader'));
    secret.grantRead(role(stack, 'CurrentReader'), ['AWSCURRENT', 'AWSPREVIOUS']);
    secret.grantWrite(role(stack, 'Writer'));
    const both = role(stack, 'Both');
    secret.grantRead(both);
    secret.grantWrite(both);
    const imported = Secret.fromSecretNameV2(stack, 'Imported', 'tango/app-secrets');
    imported.grantWrite(both);
  },
  'secretsmanager-resource-policy': (stack) => {
    const secret = new Secret(stack, 'Secret');
    secret.denyAccountRootDelete();
    secret.addToResourcePolicy(new iam.PolicyStatement({
      actions: ['secretsmanager:GetSecretValue'], resources: ['*'],
      principals: [new iam.ServicePrincipal('events.amazonaws.com')],
    }));
    secret.grantRead(new iam.AccountPrincipal('210987654321'));
  },
  'secretsmanager-cross-environment': {
    env,
    build: (stack) => {
      const other = new Stack(stack.node.scope, 'Other', { env: { account: '210987654321', region: 'us-east-1' } });
      const secret = new Secret(other, 'Secret', { secretName: 'tango' });
      output(stack, 'Arn', secret.secretArn);
    },
  },
  'secretsmanager-cross-stack': (stack) => {
    const other = new Stack(stack.node.scope, 'Other');
    const secret = new Secret(other, 'Secret');
    secret.grantRead(role(stack));
    output(stack, 'Name', secret.secretName);
  },
  'secretsmanager-dynamic-references': (stack) => {
    const secret = new Secret(stack, 'Secret');
    const imported = Secret.fromSecretNameV2(stack, 'Imported', 'tango/app-secrets');
    new CfnResource(stack, 'Thing', {
      type: 'Custom::Thing',
      properties: {
        Whole: secret.secretValue.unsafeUnwrap(),
        Field: secret.secretValueFromJson('password').unsafeUnwrap(),
        Imported: imported.secretValueFromJson('key').unsafeUnwrap(),
      },
    });
  },
  'secretsmanager-attachment': (stack) => {
    const attach = (secret, targetType) => secret.attach({
      asSecretAttachmentTarget: () => ({ targetId: 'database', targetType }),
    });
    const attached = attach(new Secret(stack, 'Secret'), secretsmanager.AttachmentTargetType.RDS_DB_CLUSTER);
    attached.grantRead(role(stack));
    attached.grantRead(new iam.AccountPrincipal('210987654321'));
    output(stack, 'Arn', attached.secretArn);
    output(stack, 'Name', attached.secretName);
    attach(Secret.fromSecretNameV2(stack, 'Imported', 'tango'), secretsmanager.AttachmentTargetType.RDS_DB_PROXY);
  },
  'secretsmanager-attachment-policy': {
    context: { '@aws-cdk/aws-secretsmanager:useAttachedSecretResourcePolicyForSecretTargetAttachments': true },
    build: (stack) => {
      const attached = new Secret(stack, 'Secret').attach({
        asSecretAttachmentTarget: () => (
          { targetId: 'database', targetType: secretsmanager.AttachmentTargetType.RDS_DB_INSTANCE }),
      });
      attached.grantRead(new iam.AccountPrincipal('210987654321'));
    },
  },
  'secretsmanager-encryption-keys': (stack) => {
    const key = new kms.Key(stack, 'Key');
    const secret = new Secret(stack, 'Secret', { encryptionKey: key, replicaRegions: [{ region: 'eu-west-3', encryptionKey: key }] });
    const both = role(stack, 'Both');
    secret.grantRead(both);
    secret.grantWrite(both);
    secret.grantRead(new iam.AccountPrincipal('210987654321'));
    secret.grantWrite(new iam.ServicePrincipal('events.amazonaws.com'));
    const imported = kms.Key.fromKeyArn(stack, 'ImportedKey', 'arn:aws:kms:eu-west-1:123456789012:key/12345678');
    new Secret(stack, 'Other', { encryptionKey: imported }).grantRead(role(stack, 'Reader'));
  },
};
