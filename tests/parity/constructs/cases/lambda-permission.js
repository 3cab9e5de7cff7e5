'use strict';
const { CfnOutput, aws_iam: iam, aws_lambda: lambda, aws_sns: sns } = require('aws-cdk-lib');

const ENVIRONMENT = { account: '123456789012', region: 'eu-west-1' };
const inline = (stack, id = 'Function', props = {}) => new lambda.Function(stack, id, {
  runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => "é";'), ...props,
});

module.exports = {
  'lambda-permission-principals': (stack) => {
    const fn = inline(stack);
    const topic = new sns.Topic(stack, 'Topic');
    fn.addPermission('Service', { principal: new iam.ServicePrincipal('sns.amazonaws.com'), sourceArn: topic.topicArn });
    fn.addPermission('Account', { principal: new iam.AccountPrincipal('210987654321'), action: 'lambda:GetFunction' });
    fn.addPermission('Root', { principal: new iam.AccountRootPrincipal() });
    fn.addPermission('Arn', { principal: new iam.ArnPrincipal('arn:aws:iam::210987654321:role/x'), sourceAccount: stack.account });
    fn.addPermission('Organization', { principal: new iam.OrganizationPrincipal('o-1234567890') });
    fn.addPermission('Anybody', { principal: new iam.AnyPrincipal(), organizationId: 'o-1234567890' });
    fn.addPermission('Alexa', { principal: new iam.ServicePrincipal('alexa-appkit.amazon.com'), eventSourceToken: 'token' });
    fn.addPermission('Url', { principal: new iam.AnyPrincipal(), action: 'lambda:InvokeFunctionUrl', functionUrlAuthType: lambda.FunctionUrlAuthType.NONE });
    fn.addPermission('Conditions', {
      principal: new iam.ServicePrincipal('s3.amazonaws.com').withConditions({
        ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::b' }, StringEquals: { 'aws:SourceAccount': '123456789012' },
      }),
    });
    fn.addPermission('OrganizationCondition', {
      principal: new iam.ArnPrincipal('*').withConditions({ StringEquals: { 'aws:PrincipalOrgID': 'o-0987654321' } }),
    });
  },
  'lambda-permission-grant-invoke': (stack) => {
    const fn = inline(stack);
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
    fn.grantInvoke(role);
    fn.grantInvoke(role);
    fn.grantInvoke(inline(stack, 'Caller'));
    fn.grantInvoke(new iam.ServicePrincipal('apigateway.amazonaws.com'));
    fn.grantInvoke(new iam.ServicePrincipal('apigateway.amazonaws.com'));
    fn.grantInvoke(new iam.AccountPrincipal('210987654321'));
    fn.grantInvoke(new iam.OrganizationPrincipal('o-1234567890'));
    fn.grantInvoke(new iam.ServicePrincipal('events.amazonaws.com').withConditions({ ArnLike: { 'aws:SourceArn': 'arn:aws:events:::rule/r' } }));
  },
  'lambda-permission-imports': {
    env: ENVIRONMENT,
    build: (stack) => {
      const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
      const byArn = lambda.Function.fromFunctionArn(stack, 'ByArn', 'arn:aws:lambda:eu-west-1:123456789012:function:one');
      const byName = lambda.Function.fromFunctionName(stack, 'ByName', 'two');
      const elsewhere = lambda.Function.fromFunctionArn(stack, 'Elsewhere', 'arn:aws:lambda:eu-west-1:210987654321:function:three');
      const complete = lambda.Function.fromFunctionAttributes(stack, 'Complete', {
        functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:four', role: iam.Role.fromRoleArn(stack, 'Given', 'arn:aws:iam::123456789012:role/given'),
        skipPermissions: true,
      });
      for (const fn of [byArn, byName, complete]) fn.grantInvoke(role);
      for (const fn of [byArn, byName, elsewhere]) fn.addPermission('Service', { principal: new iam.ServicePrincipal('sns.amazonaws.com') });
      complete.addToRolePolicy(new iam.PolicyStatement({ actions: ['ses:SendEmail'], resources: ['*'] }));
      new CfnOutput(stack, 'Name', { value: byArn.functionName });
    },
  },
};
