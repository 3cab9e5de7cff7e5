'use strict';
const { aws_iam: iam, aws_kms: kms, aws_sqs: sqs, CfnOutput, CfnParameter, Duration, RemovalPolicy, Stack } = require('aws-cdk-lib');

const environment = { account: '111111111111', region: 'eu-west-1' };
const role = (stack, id = 'Role', roleName = undefined) => new iam.Role(stack, id, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'), roleName });
const attributes = (stack, queue, id = 'Attributes') => new CfnOutput(stack, id, { value: `${queue.queueArn} ${queue.queueUrl} ${queue.queueName} ${queue.fifo}` });
function grantAll(queue, grantee) {
  queue.grantSendMessages(grantee);
  queue.grantConsumeMessages(grantee);
  queue.grantPurge(grantee);
  queue.grant(grantee, 'sqs:TagQueue');
}

module.exports = {
  'sqs-queue': (stack) => {
    attributes(stack, new sqs.Queue(stack, 'Plain'));
    new sqs.Queue(stack, 'Full', {
      queueName: 'full', visibilityTimeout: Duration.minutes(5), retentionPeriod: Duration.days(14), deliveryDelay: Duration.seconds(0),
      receiveMessageWaitTime: Duration.seconds(20), maxMessageSizeBytes: 262144, removalPolicy: RemovalPolicy.RETAIN,
    });
    new sqs.Queue(stack, 'TokenName', { queueName: new CfnParameter(stack, 'Name').valueAsString });
  },
  'sqs-dead-letter-queue': (stack) => {
    const deadLetters = new sqs.Queue(stack, 'DeadLetters', { retentionPeriod: Duration.days(14) });
    const source = new sqs.Queue(stack, 'Source', { deadLetterQueue: { queue: deadLetters, maxReceiveCount: 3 } });
    new sqs.Queue(stack, 'ByQueue', { redriveAllowPolicy: { redrivePermission: sqs.RedrivePermission.BY_QUEUE, sourceQueues: [source] } });
    new sqs.Queue(stack, 'BySources', { redriveAllowPolicy: { sourceQueues: [source, deadLetters] } });
    new sqs.Queue(stack, 'All', { redriveAllowPolicy: { redrivePermission: sqs.RedrivePermission.ALLOW_ALL } });
    new sqs.Queue(stack, 'None', { redriveAllowPolicy: { redrivePermission: sqs.RedrivePermission.DENY_ALL } });
    new sqs.Queue(stack, 'Default', { redriveAllowPolicy: {} });
  },
  'sqs-fifo': (stack) => {
    attributes(stack, new sqs.Queue(stack, 'Fifo', { fifo: true }));
    new sqs.Queue(stack, 'ByName', { queueName: 'name.fifo' });
    new sqs.Queue(stack, 'ByContent', { contentBasedDeduplication: true });
    new sqs.Queue(stack, 'HighThroughput', { deduplicationScope: sqs.DeduplicationScope.MESSAGE_GROUP, fifoThroughputLimit: sqs.FifoThroughputLimit.PER_MESSAGE_GROUP_ID });
    new sqs.Queue(stack, 'PerQueue', { fifo: true, deduplicationScope: sqs.DeduplicationScope.QUEUE, fifoThroughputLimit: sqs.FifoThroughputLimit.PER_QUEUE });
    new sqs.Queue(stack, 'NotFifo', { fifo: false });
  },
  'sqs-encryption': (stack) => {
    const key = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111111111111:key/1234');
    for (const encryption of Object.values(sqs.QueueEncryption)) new sqs.Queue(stack, encryption, { encryption, dataKeyReuse: Duration.hours(1) });
    new sqs.Queue(stack, 'GivenKey', { encryptionMasterKey: key });
    new sqs.Queue(stack, 'GivenKeyKms', { encryption: sqs.QueueEncryption.KMS, encryptionMasterKey: key, dataKeyReuse: Duration.minutes(1) });
    new sqs.Queue(stack, 'Changed', { encryption: sqs.QueueEncryption.KMS_MANAGED, encryptionMasterKey: key });
  },
  'sqs-enforce-ssl': (stack) => {
    const queue = new sqs.Queue(stack, 'Queue', { enforceSSL: true });
    queue.addToResourcePolicy(new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queue.queueArn], principals: [new iam.ServicePrincipal('events.amazonaws.com')], conditions: { ArnEquals: { 'aws:SourceArn': 'arn:aws:events:eu-west-1:111111111111:rule/x' } } }));
  },
  'sqs-grants': (stack) => {
    const queue = new sqs.Queue(stack, 'Queue');
    grantAll(queue, role(stack));
    grantAll(queue, new iam.ServicePrincipal('events'));
  },
  'sqs-grants-encrypted': (stack) => {
    const queue = new sqs.Queue(stack, 'Queue', { encryption: sqs.QueueEncryption.KMS });
    grantAll(queue, role(stack));
    grantAll(queue, new iam.ServicePrincipal('events'));
  },
  'sqs-imported': {
    env: environment,
    build: (stack) => {
      const queues = [
        sqs.Queue.fromQueueArn(stack, 'Plain', 'arn:aws:sqs:us-east-1:222222222222:there'),
        sqs.Queue.fromQueueArn(stack, 'Fifo', 'arn:aws:sqs:eu-west-1:111111111111:here.fifo'),
        sqs.Queue.fromQueueAttributes(stack, 'Full', { queueArn: 'arn:aws:sqs:eu-west-1:111111111111:full', queueUrl: 'https://queue/', keyArn: 'arn:aws:kms:eu-west-1:111111111111:key/1234', fifo: false }),
        sqs.Queue.fromQueueArn(stack, 'Token', new CfnParameter(stack, 'Arn').valueAsString),
      ];
      const grantee = role(stack);
      queues.forEach((queue, i) => { attributes(stack, queue, `Attributes${i}`); grantAll(queue, grantee); queue.addToResourcePolicy(new iam.PolicyStatement()); });
    },
  },
  'sqs-across-environments': {
    env: environment,
    build: (stack) => {
      const there = new Stack(stack.node.scope, 'Other', { env: { account: '222222222222', region: 'us-east-1' } });
      const queue = new sqs.Queue(there, 'Queue', { queueName: 'known', enforceSSL: true });
      queue.grantSendMessages(role(stack, 'Role', 'sender'));
      new CfnOutput(stack, 'Name', { value: `${queue.queueName} ${queue.queueArn}` });
    },
  },
  'sqs-across-stacks': {
    env: environment,
    build: (stack) => {
      const there = new Stack(stack.node.scope, 'Other', { env: environment });
      const deadLetters = new sqs.Queue(there, 'DeadLetters');
      const queue = new sqs.Queue(stack, 'Queue', { deadLetterQueue: { queue: deadLetters, maxReceiveCount: 1 } });
      queue.grantConsumeMessages(role(stack));
      deadLetters.grantSendMessages(role(stack, 'Sender'));
    },
  },
};
