'use strict';
const { aws_iam: iam, aws_kms: kms, aws_lambda: lambda, aws_sns: sns, aws_sns_subscriptions: subscriptions, aws_sqs: sqs, CfnOutput, CfnParameter, Duration, Stack } = require('aws-cdk-lib');

const environment = { account: '111111111111', region: 'eu-west-1' };
const role = (stack, id = 'Role', roleName = undefined) => new iam.Role(stack, id, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'), roleName });
const attributes = (stack, topic, id = 'Attributes') => new CfnOutput(stack, id, { value: `${topic.topicArn} ${topic.topicName} ${topic.fifo}` });
const other = (stack, region = 'eu-west-1', account = '111111111111') => new Stack(stack.node.scope, 'Other', { env: { account, region } });
const fn = (scope) => new lambda.Function(scope, 'Function', { runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('x') });
const parameter = (stack, id) => new CfnParameter(stack, id).valueAsString;

module.exports = {
  'sns-topic': (stack) => {
    attributes(stack, new sns.Topic(stack, 'Plain'));
    new sns.Topic(stack, 'Full', {
      topicName: 'full', displayName: 'All of it', signatureVersion: '2', tracingConfig: sns.TracingConfig.ACTIVE,
      masterKey: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111111111111:key/1234'),
      loggingConfigs: [
        { protocol: sns.LoggingProtocol.SQS, failureFeedbackRole: role(stack), successFeedbackRole: role(stack, 'Success'), successFeedbackSampleRate: 50 },
        { protocol: sns.LoggingProtocol.HTTP, failureFeedbackRole: role(stack, 'Failure') },
      ],
    });
    new sns.Topic(stack, 'PassThrough', { tracingConfig: sns.TracingConfig.PASS_THROUGH, topicName: parameter(stack, 'Name') });
  },
  'sns-fifo': (stack) => {
    attributes(stack, new sns.Topic(stack, 'Generated', { fifo: true }));
    new sns.Topic(stack, 'Named', { fifo: true, topicName: 'name', contentBasedDeduplication: true, messageRetentionPeriodInDays: 7 });
    new sns.Topic(stack, 'Suffixed', { fifo: true, topicName: 'name.fifo', fifoThroughputScope: sns.FifoThroughputScope.MESSAGE_GROUP });
    new sns.Topic(stack, 'PerTopic', { fifo: true, topicName: parameter(stack, 'Name'), fifoThroughputScope: sns.FifoThroughputScope.TOPIC });
  },
  'sns-policy': (stack) => {
    const topic = new sns.Topic(stack, 'Topic', { topicName: 'alarms', displayName: 'Alarms', enforceSSL: true });
    const allow = (service, props) => topic.addToResourcePolicy(new iam.PolicyStatement({ actions: ['sns:Publish'], resources: [topic.topicArn], principals: [new iam.ServicePrincipal(service)], ...props }));
    allow('cloudwatch.amazonaws.com', { sid: 'Alarms', conditions: { StringEquals: { 'aws:SourceAccount': stack.account } } });
    allow('events.amazonaws.com');
    allow('s3.amazonaws.com');
    allow('ses.amazonaws.com', { conditions: { Bool: { x: 'y' } } });
  },
  'sns-grants': (stack) => {
    const [plain, encrypted] = [new sns.Topic(stack, 'Plain'), new sns.Topic(stack, 'Encrypted', { masterKey: new kms.Key(stack, 'Key') })];
    for (const topic of [plain, encrypted]) {
      for (const grantee of [role(stack, `${topic.node.id}Role`), new iam.ServicePrincipal('events')]) { topic.grantPublish(grantee); topic.grantSubscribe(grantee); }
    }
  },
  'sns-subscriptions': (stack) => {
    const topic = new sns.Topic(stack, 'Topic');
    topic.addSubscription(new subscriptions.EmailSubscription('ops@example.com'));
    topic.addSubscription(new subscriptions.EmailSubscription('json@example.com', { json: true, deadLetterQueue: new sqs.Queue(stack, 'DeadLetters') }));
    topic.addSubscription(new subscriptions.EmailSubscription(parameter(stack, 'Address')));
    topic.addSubscription(new subscriptions.EmailSubscription(parameter(stack, 'SecondAddress')));
    topic.addSubscription(new subscriptions.SmsSubscription('+15551234'));
    topic.addSubscription(new subscriptions.UrlSubscription('https://example.com/hook?a=b', { rawMessageDelivery: true }));
    topic.addSubscription(new subscriptions.UrlSubscription('http://example.com/'));
    const url = topic.addSubscription(new subscriptions.UrlSubscription(parameter(stack, 'Url'), { protocol: sns.SubscriptionProtocol.HTTPS }));
    new CfnOutput(stack, 'Path', { value: url.node.path });
  },
  'sns-delivery-policy': (stack) => {
    const topic = new sns.Topic(stack, 'Topic');
    topic.addSubscription(new subscriptions.UrlSubscription('https://example.com/1', { deliveryPolicy: { healthyRetryPolicy: {} } }));
    topic.addSubscription(new subscriptions.UrlSubscription('https://example.com/2', {
      deliveryPolicy: {
        healthyRetryPolicy: { minDelayTarget: Duration.seconds(5), maxDelayTarget: Duration.minutes(1), numRetries: 50, numNoDelayRetries: 0, numMinDelayRetries: 2, numMaxDelayRetries: 3, backoffFunction: sns.BackoffFunction.EXPONENTIAL },
        throttlePolicy: { maxReceivesPerSecond: 10 }, requestPolicy: { headerContentType: 'application/json' },
      },
    }));
  },
  'sns-filters': (stack) => {
    const topic = new sns.Topic(stack, 'Topic');
    const { stringFilter, numericFilter, existsFilter, notExistsFilter } = sns.SubscriptionFilter;
    const color = stringFilter({ allowlist: ['red', 'green'], denylist: ['blue'], matchPrefixes: ['bl', 'ye'], matchSuffixes: ['ue'] });
    const price = numericFilter({ allowlist: [100, 200.5], greaterThan: 500, greaterThanOrEqualTo: 600, lessThan: 50, lessThanOrEqualTo: 0, between: { start: 300, stop: 350 }, betweenStrict: { start: 400, stop: 450 } });
    topic.addSubscription(new subscriptions.EmailSubscription('a@example.com', { filterPolicy: { color, price, is: existsFilter(), 'is-not': notExistsFilter() } }));
    const body = { color: sns.FilterOrPolicy.filter(color), deep: sns.FilterOrPolicy.policy({ Nested: sns.FilterOrPolicy.filter(existsFilter()), more: sns.FilterOrPolicy.policy({ x: sns.FilterOrPolicy.filter(notExistsFilter()) }) }) };
    topic.addSubscription(new subscriptions.UrlSubscription('https://example.com', { filterPolicyWithMessageBody: body }));
  },
  'sns-queue-subscription': (stack) => {
    const topic = new sns.Topic(stack, 'Topic');
    const [queue, encrypted] = [new sqs.Queue(stack, 'Queue'), new sqs.Queue(stack, 'Encrypted', { encryption: sqs.QueueEncryption.KMS })];
    topic.addSubscription(new subscriptions.SqsSubscription(queue, { rawMessageDelivery: true, deadLetterQueue: new sqs.Queue(stack, 'DeadLetters') }));
    topic.addSubscription(new subscriptions.SqsSubscription(encrypted));
    topic.addSubscription(new subscriptions.SqsSubscription(sqs.Queue.fromQueueArn(stack, 'Imported', 'arn:aws:sqs:us-east-1:222222222222:there')));
    new sns.Topic(stack, 'Second').addSubscription(new subscriptions.SqsSubscription(queue));
  },
  'sns-queue-subscription-restricted': {
    context: { '@aws-cdk/aws-sns-subscriptions:restrictSqsDescryption': true },
    build: (stack) => new sns.Topic(stack, 'Topic').addSubscription(new subscriptions.SqsSubscription(new sqs.Queue(stack, 'Queue', { encryption: sqs.QueueEncryption.KMS }))),
  },
  'sns-function-subscription': (stack) => {
    const topic = new sns.Topic(stack, 'Topic');
    topic.addSubscription(new subscriptions.LambdaSubscription(fn(stack), { deadLetterQueue: new sqs.Queue(stack, 'DeadLetters'), filterPolicy: { color: sns.SubscriptionFilter.stringFilter({ allowlist: ['red'] }) } }));
    topic.addSubscription(new subscriptions.LambdaSubscription(lambda.Function.fromFunctionArn(stack, 'Imported', 'arn:aws:lambda:eu-west-1:111111111111:function:there')));
  },
  'sns-function-subscription-across-regions': {
    env: environment,
    build: (stack) => new sns.Topic(stack, 'Topic', { topicName: 'known' }).addSubscription(new subscriptions.LambdaSubscription(fn(other(stack, 'us-east-1')))),
  },
  'sns-subscription-across-stacks': {
    env: environment,
    build: (stack) => new sns.Topic(stack, 'Topic').addSubscription(new subscriptions.SqsSubscription(new sqs.Queue(other(stack), 'Queue'))),
  },
  'sns-subscription-across-regions': {
    env: environment,
    build: (stack) => {
      const there = other(stack, 'ap-east-1');
      const topic = new sns.Topic(stack, 'Topic', { topicName: 'known' });
      topic.addSubscription(new subscriptions.SqsSubscription(new sqs.Queue(there, 'Queue')));
      topic.grantPublish(role(there, 'Role', 'publisher'));
      new CfnOutput(there, 'Name', { value: topic.topicName });
    },
  },
  'sns-subscription-from-opt-in-region': {
    env: environment,
    build: (stack) => new sns.Topic(other(stack, 'ap-east-1'), 'Topic', { topicName: 'known' }).addSubscription(new subscriptions.SqsSubscription(new sqs.Queue(stack, 'Queue'))),
  },
  'sns-imported': {
    env: environment,
    build: (stack) => {
      const topics = [
        sns.Topic.fromTopicArn(stack, 'Plain', 'arn:aws:sns:us-east-1:222222222222:there'),
        sns.Topic.fromTopicAttributes(stack, 'Fifo', { topicArn: 'arn:aws:sns:eu-west-1:111111111111:here.fifo', contentBasedDeduplication: true, keyArn: 'arn:aws:kms:eu-west-1:111111111111:key/1234' }),
        sns.Topic.fromTopicArn(stack, 'Token', parameter(stack, 'Arn')),
      ];
      topics.forEach((topic, i) => {
        attributes(stack, topic, `Attributes${i}`);
        topic.grantPublish(role(stack, `Role${i}`));
        topic.addSubscription(new subscriptions.EmailSubscription('a@example.com'));
        topic.addSubscription(new subscriptions.SqsSubscription(new sqs.Queue(stack, `Queue${i}`)));
      });
    },
  },
};
