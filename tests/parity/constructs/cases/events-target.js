'use strict';
const { Aws, Duration, Stack, aws_events: events, aws_events_targets: targets, aws_iam: iam, aws_lambda: lambda, aws_sns: sns,
  aws_sqs: sqs } = require('aws-cdk-lib');

const ENVIRONMENT = { account: '123456789012', region: 'eu-west-1' };
const { EventField, RuleTargetInput, Schedule } = events;
const fn = (scope, id = 'Function') => new lambda.Function(scope, id, {
  runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = () => {};'),
});
const source = (name) => ({ eventPattern: { source: [name] } });

module.exports = {
  'events-target-lambda': (stack) => {
    const target = fn(stack);
    const queue = new sqs.Queue(stack, 'DeadLetters');
    new events.Rule(stack, 'Rule', {
      ...source('tango'),
      targets: [new targets.LambdaFunction(target, { deadLetterQueue: queue, retryAttempts: 3, maxEventAge: Duration.hours(2) })],
    });
    const second = new events.Rule(stack, 'Second', { schedule: Schedule.rate(Duration.days(1)), targets: [new targets.LambdaFunction(target, { retryAttempts: 0 })] });
    second.addTarget(new targets.LambdaFunction(target, { maxEventAge: Duration.minutes(1) }));
    second.addTarget(new targets.LambdaFunction(fn(stack, 'Other'), { deadLetterQueue: queue }));
  },
  'events-target-lambda-alias': {
    exactVersions: true,
    build: (stack) => {
      const target = fn(stack);
      new events.Rule(stack, 'Rule', {
        ...source('tango'), targets: [new targets.LambdaFunction(target.addAlias('live')), new targets.LambdaFunction(target.currentVersion)],
      });
    },
  },
  'events-target-lambda-imported': {
    env: ENVIRONMENT,
    build: (stack) => {
      const byName = lambda.Function.fromFunctionName(stack, 'ByName', 'named');
      const byArn = lambda.Function.fromFunctionArn(stack, 'ByArn', 'arn:aws:lambda:eu-west-1:123456789012:function:one');
      new events.Rule(stack, 'Rule', { ...source('tango'), targets: [new targets.LambdaFunction(byName), new targets.LambdaFunction(byArn)] });
    },
  },
  'events-target-sqs': (stack) => {
    const queue = new sqs.Queue(stack, 'Queue');
    const fifo = new sqs.Queue(stack, 'Fifo', { fifo: true, contentBasedDeduplication: true });
    new events.Rule(stack, 'Rule', {
      ...source('tango'),
      targets: [new targets.SqsQueue(queue), new targets.SqsQueue(fifo, { messageGroupId: 'g', deadLetterQueue: queue, retryAttempts: 1 })],
    });
  },
  'events-target-sqs-encrypted': (stack) => {
    new events.Rule(stack, 'Rule', {
      ...source('tango'), targets: [new targets.SqsQueue(new sqs.Queue(stack, 'Queue', { encryption: sqs.QueueEncryption.KMS }))],
    });
  },
  'events-target-sqs-same-account': {
    context: { '@aws-cdk/aws-events:eventsTargetQueueSameAccount': true },
    build: (stack) => {
      new events.Rule(stack, 'Rule', {
        ...source('tango'),
        targets: [
          new targets.SqsQueue(new sqs.Queue(stack, 'Queue', { encryption: sqs.QueueEncryption.KMS })),
          new targets.SqsQueue(new sqs.Queue(stack, 'Managed', { encryption: sqs.QueueEncryption.SQS_MANAGED })),
        ],
      });
    },
  },
  'events-target-sns': (stack) => {
    const topic = new sns.Topic(stack, 'Topic');
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('events.amazonaws.com') });
    new events.Rule(stack, 'Rule', {
      ...source('tango'),
      targets: [
        new targets.SnsTopic(topic), new targets.SnsTopic(topic, { authorizeUsingRole: true }), new targets.SnsTopic(topic, { role, retryAttempts: 2 }),
      ],
    });
    new events.Rule(stack, 'Second', { ...source('other'), targets: [new targets.SnsTopic(topic, { deadLetterQueue: new sqs.Queue(stack, 'DeadLetters') })] });
  },
  'events-target-bus': (stack) => {
    const bus = events.EventBus.fromEventBusArn(stack, 'Central', 'arn:aws:events:us-east-1:210987654321:event-bus/central');
    const own = new events.EventBus(stack, 'Own');
    new events.Rule(stack, 'Rule', { ...source('tango'), targets: [new targets.EventBus(bus), new targets.EventBus(own)] });
    new events.Rule(stack, 'Second', {
      ...source('tango'),
      targets: [new targets.EventBus(own, {
        role: new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('events.amazonaws.com') }), deadLetterQueue: new sqs.Queue(stack, 'DeadLetters'),
      })],
    });
  },
  'events-target-input': (stack) => {
    const target = fn(stack);
    const queue = new sqs.Queue(stack, 'Queue');
    const rule = new events.Rule(stack, 'Rule', source('tango'));
    const inputs = [
      RuleTargetInput.fromText('Hello "world" – é'),
      RuleTargetInput.fromObject({ kind: 'sweep', limit: 10, deep: { list: [1, true, 'x', null] }, queue: queue.queueUrl }),
      RuleTargetInput.fromEventPath('$.detail'),
      RuleTargetInput.fromMultilineText('one\ntwo "2"'),
      RuleTargetInput.fromText(`queue ${queue.queueName} in ${Aws.REGION}`),
    ];
    for (const event of inputs) rule.addTarget(new targets.LambdaFunction(target, { event }));
  },
  'events-target-input-fields': (stack) => {
    const queue = new sqs.Queue(stack, 'Queue');
    const rule = new events.Rule(stack, 'Rule', source('tango'));
    const inputs = [
      RuleTargetInput.fromText(`${EventField.source} sent ${EventField.fromPath('$.detail.user.id')} from ${EventField.source}`),
      RuleTargetInput.fromObject({
        who: EventField.fromPath('$.detail.user-name'), at: EventField.time, text: `"${EventField.region}" and ${EventField.account}`,
        list: [EventField.eventId, 1, 'x'], queue: queue.queueUrl, mixed: `${queue.queueName}: ${EventField.detailType}`, quoted: 'say "hi"',
      }),
      RuleTargetInput.fromMultilineText(`one ${EventField.detailType}\n${queue.queueName}\n\nlast "${EventField.fromPath('$.detail')}"`),
      RuleTargetInput.fromObject({ whole: EventField.fromPath('$'), list: [EventField.fromPath('$.a_b')] }),
      RuleTargetInput.fromObject(EventField.fromPath('$.detail')),
    ];
    for (const message of inputs) rule.addTarget(new targets.SqsQueue(queue, { message }));
  },
  'events-target-elsewhere': {
    env: ENVIRONMENT,
    build: (stack) => {
      const elsewhere = (id, env) => new Stack(stack.node.scope, id, { env });
      const named = (scope, functionName) => new lambda.Function(scope, 'Function', {
        functionName, runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = () => {};'),
      });
      const region = elsewhere('Region', { account: '123456789012', region: 'us-east-1' });
      const account = elsewhere('Account', { account: '210987654321', region: 'eu-west-1' });
      const rule = new events.Rule(stack, 'Rule', { ...source('tango'), ruleName: 'far', description: 'far', targets: [new targets.LambdaFunction(named(region, 'one'))] });
      rule.addTarget(new targets.LambdaFunction(named(account, 'two'), { retryAttempts: 1 }));
      rule.addTarget(new targets.SqsQueue(new sqs.Queue(account, 'Queue', { queueName: 'three' })));
      rule.addEventPattern({ detailType: ['late'] });
      new events.Rule(stack, 'Second', {
        ruleName: 'second', schedule: Schedule.rate(Duration.days(1)), targets: [new targets.SqsQueue(new sqs.Queue(account, 'Other', { queueName: 'four' }))],
      });
    },
  },
};
