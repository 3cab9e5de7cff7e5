'use strict';
const { CfnOutput, Duration, aws_events: events, aws_iam: iam, aws_kms: kms, aws_sqs: sqs } = require('aws-cdk-lib');


module.exports = {
  'events-bus-kinds': (stack) => {
    new events.EventBus(stack, 'Default');
    new events.EventBus(stack, 'Named', { eventBusName: 'orders.v1', description: 'Orders' });
    new events.EventBus(stack, 'Partner', { eventSourceName: 'aws.partner/example.com/acme/orders' });
    new events.EventBus(stack, 'Full', {
      deadLetterQueue: new sqs.Queue(stack, 'DeadLetters'), kmsKey: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:123456789012:key/k'),
      logConfig: { includeDetail: events.IncludeDetail.FULL, level: events.Level.ERROR },
    });
    new events.EventBus(stack, 'Quiet', { logConfig: { level: events.Level.OFF } });
  },
  'events-bus-key': (stack) => {
    new events.EventBus(stack, 'Bus', { eventBusName: 'sealed', kmsKey: new kms.Key(stack, 'Key') });
  },
  'events-bus-grants': (stack) => {
    const bus = new events.EventBus(stack, 'Bus');
    const role = (id) => new iam.Role(stack, id, { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
    bus.grantPutEventsTo(role('Role'));
    events.EventBus.fromEventBusName(stack, 'ByName', 'shared').grantPutEventsTo(role('Second'));
    events.EventBus.fromEventBusArn(stack, 'ByArn', 'arn:aws:events:eu-west-1:123456789012:event-bus/other').grantPutEventsTo(role('Third'));
    events.EventBus.grantAllPutEvents(role('Fourth'));
    new CfnOutput(stack, 'Name', { value: bus.eventBusName });
    new CfnOutput(stack, 'Arn', { value: bus.eventBusArn });
  },
  'events-bus-policy': {
    context: { '@aws-cdk/aws-events:requireEventBusPolicySid': true },
    build: (stack) => {
      const bus = new events.EventBus(stack, 'Bus');
      bus.addToResourcePolicy(new iam.PolicyStatement({
        sid: 'Partner', principals: [new iam.AccountPrincipal('210987654321')], actions: ['events:PutEvents', 'events:PutRule'], resources: [bus.eventBusArn],
      }));
      bus.addToResourcePolicy(new iam.PolicyStatement({
        sid: 'x'.repeat(70), effect: iam.Effect.DENY, principals: [new iam.StarPrincipal()], actions: ['events:PutEvents'], resources: ['*'],
        conditions: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } },
      }));
      bus.grantPutEventsTo(new iam.ServicePrincipal('s3.amazonaws.com'), 'Storage');
    },
  },
  'events-bus-archive': (stack) => {
    const bus = new events.EventBus(stack, 'Bus');
    bus.archive('Week', { eventPattern: { source: ['tango'], account: [stack.account] }, retention: Duration.days(7), archiveName: 'week' });
    bus.archive('Described', { eventPattern: { detailType: ['a'] }, description: 'All of a' });
    new events.Archive(stack, 'Own', {
      sourceEventBus: events.EventBus.fromEventBusName(stack, 'Shared', 'shared'), eventPattern: { source: ['tango'] }, kmsKey: new kms.Key(stack, 'Key'),
    });
  },
};
