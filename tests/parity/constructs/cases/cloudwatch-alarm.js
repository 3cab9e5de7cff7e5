'use strict';
const { Aws, Duration, aws_cloudwatch: cw, aws_cloudwatch_actions: actions, aws_sns: sns } = require('aws-cdk-lib');
const { Construct } = require('constructs');

const ENV = { account: '123456789012', region: 'eu-west-1' };
const queueDepth = (props) => new cw.Metric({
  namespace: 'AWS/SQS', metricName: 'ApproximateNumberOfMessagesVisible', dimensionsMap: { QueueName: 'jobs' }, ...props,
});
const requests = (metricName, props) => new cw.Metric({ namespace: 'Shop', metricName, ...props });
const simple = { threshold: 1, evaluationPeriods: 1 };

module.exports = {
  'cloudwatch-alarm-defaults': (stack) => {
    new cw.Alarm(stack, 'Alarm', { metric: queueDepth(), threshold: 0, evaluationPeriods: 3 });
  },

  'cloudwatch-alarm-props': (stack) => {
    const topic = new sns.CfnTopic(stack, 'Topic');
    new cw.Alarm(stack, 'Alarm', {
      metric: new cw.Metric({
        namespace: 'AWS/SNS', metricName: 'PublishSize', statistic: 'p99.5', period: Duration.seconds(30), unit: cw.Unit.BYTES,
        dimensionsMap: { TopicName: topic.attrTopicName, Application: 'shop' },
      }),
      alarmName: `sizes-${Aws.REGION}`,
      alarmDescription: 'Large messages',
      comparisonOperator: cw.ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 0.25,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      evaluateLowSampleCountPercentile: 'ignore',
      treatMissingData: cw.TreatMissingData.MISSING,
      actionsEnabled: false,
    });
  },

  'cloudwatch-alarm-operators': (stack) => {
    const { GREATER_THAN_THRESHOLD, LESS_THAN_THRESHOLD, LESS_THAN_OR_EQUAL_TO_THRESHOLD } = cw.ComparisonOperator;
    const { BREACHING, NOT_BREACHING, IGNORE } = cw.TreatMissingData;
    new cw.Alarm(stack, 'Above', { metric: queueDepth(), ...simple, comparisonOperator: GREATER_THAN_THRESHOLD, treatMissingData: BREACHING });
    new cw.Alarm(stack, 'Below', { metric: queueDepth(), ...simple, comparisonOperator: LESS_THAN_THRESHOLD, treatMissingData: NOT_BREACHING });
    new cw.Alarm(stack, 'AtMost', { metric: queueDepth(), ...simple, comparisonOperator: LESS_THAN_OR_EQUAL_TO_THRESHOLD, treatMissingData: IGNORE });
  },

  'cloudwatch-alarm-statistics': (stack) => {
    const statistics = ['avg', 'MIN', 'Max', 'n', 'SUM', 'SampleCount', 'iqm', 'P50', 'p99.99', 'TM90', 'wm10', 'tc5', 'ts0', 'tm(10%:90%)',
      'WM(:95%)', 'PR(300:)', 'pr(0.5:1.5)', 'TC( 10% : 20% )', 'TS(10%:90)', 'p101', 'TM()', 'TM(:)', 'PR(100)', 'median'];
    statistics.forEach((statistic, i) => new cw.Alarm(stack, `Alarm${i}`, { metric: queueDepth({ statistic }), ...simple }));
  },

  'cloudwatch-alarm-empty-statistic': (stack) => {
    new cw.Alarm(stack, 'Alarm', { metric: queueDepth({ statistic: '' }), ...simple });
    new cw.Alarm(stack, 'Changed', { metric: queueDepth({ statistic: 'Sum' }).with({ statistic: '' }), ...simple });
  },

  'cloudwatch-alarm-label': (stack) => {
    new cw.Alarm(stack, 'Alarm', {
      metric: queueDepth({ label: 'Depth', color: cw.Color.RED, statistic: 'Maximum', unit: cw.Unit.COUNT, period: Duration.minutes(1) }),
      ...simple,
    });
  },

  'cloudwatch-alarm-accounts': {
    env: ENV,
    build(stack) {
      new cw.Alarm(stack, 'Other', { metric: queueDepth({ account: '210987654321' }), ...simple });
      new cw.Alarm(stack, 'Own', { metric: queueDepth({ account: ENV.account, region: ENV.region }), ...simple });
      new cw.Alarm(stack, 'Expression', {
        metric: new cw.MathExpression({
          expression: 'own + other',
          usingMetrics: { own: queueDepth({ account: ENV.account }), other: queueDepth({ account: '210987654321' }) },
        }),
        ...simple,
      });
    },
  },

  'cloudwatch-alarm-accounts-unknown': (stack) => {
    new cw.Alarm(stack, 'Other', { metric: queueDepth({ account: '210987654321', region: 'eu-west-1' }), ...simple });
    new cw.Alarm(stack, 'Own', { metric: queueDepth({ account: Aws.ACCOUNT_ID }), ...simple });
    new cw.Alarm(stack, 'Attached', { metric: queueDepth().attachTo(stack), ...simple });
  },

  'cloudwatch-alarm-actions': (stack) => {
    const alarm = new cw.Alarm(stack, 'Alarm', { metric: queueDepth(), ...simple });
    const publishTo = (id) => new actions.SnsAction({ topicArn: new sns.CfnTopic(stack, id).ref });
    const first = publishTo('First');
    alarm.addAlarmAction(first, publishTo('Second'));
    alarm.addOkAction(first);
    alarm.addInsufficientDataAction(first);
  },

  'cloudwatch-alarm-math': (stack) => {
    const rate = new cw.MathExpression({
      expression: 'errors / total * 100', label: 'Rate', color: cw.Color.RED,
      usingMetrics: {
        errors: requests('Errors', { statistic: 'Sum', label: 'All errors' }),
        total: requests('Requests', { statistic: 'Sum', period: Duration.minutes(1), unit: cw.Unit.COUNT }),
      },
    });
    new cw.Alarm(stack, 'Plain', { metric: rate, ...simple });
    new cw.Alarm(stack, 'Nested', {
      metric: new cw.MathExpression({
        expression: 'IF(total > limit, rate, 0) + again',
        usingMetrics: { rate, limit: new cw.MathExpression({ expression: '10 * 2' }), total: requests('Requests', { statistic: 'Sum' }),
          again: requests('Errors', { statistic: 'Sum' }) },
        period: Duration.seconds(30),
      }),
      ...simple,
    });
  },

  'cloudwatch-alarm-math-constant': (stack) => {
    new cw.Alarm(stack, 'Alarm', { metric: new cw.MathExpression({ expression: 'TIME_SERIES(5)', period: Duration.hours(1) }), ...simple });
  },

  'cloudwatch-alarm-band': (stack) => {
    const metric = requests('Requests', { statistic: 'Sum', period: Duration.minutes(10) });
    new cw.AnomalyDetectionAlarm(stack, 'Alarm', { metric, evaluationPeriods: 2 });
    new cw.AnomalyDetectionAlarm(stack, 'Above', {
      metric, evaluationPeriods: 2, stdDevs: 3.5, comparisonOperator: cw.ComparisonOperator.GREATER_THAN_UPPER_THRESHOLD,
    });
    new cw.Alarm(stack, 'Below', {
      metric: cw.Metric.anomalyDetectionFor({ metric, stdDevs: 1, period: Duration.minutes(15) }),
      comparisonOperator: cw.ComparisonOperator.LESS_THAN_LOWER_THRESHOLD, threshold: 0, evaluationPeriods: 1,
    });
  },

  'cloudwatch-alarm-with': (stack) => {
    const base = requests('Requests', { statistic: 'Sum', dimensionsMap: { Stage: 'prod' }, unit: cw.Unit.COUNT });
    new cw.Alarm(stack, 'Statistic', { metric: base.with({ statistic: 'p90', unit: cw.Unit.NONE, period: Duration.seconds(10) }), ...simple });
    new cw.Alarm(stack, 'Dimensions', { metric: base.with({ dimensionsMap: { Zone: 'b', App: 'x' } }), ...simple });
    new cw.Alarm(stack, 'Looks', { metric: base.with({ label: 'All', color: cw.Color.BLUE, id: 'all', visible: false, account: '210987654321' }), ...simple });
    const sum = new cw.MathExpression({ expression: 'a + b', usingMetrics: { a: base, b: new cw.MathExpression({ expression: 'c * 2', usingMetrics: { c: base } }) } });
    new cw.Alarm(stack, 'Expression', { metric: sum.with({ period: Duration.minutes(1), label: 'Sum' }), ...simple });
  },

  'cloudwatch-alarm-composite-name': (stack) => {
    const scope = ['Checkout', 'Payment'].reduce((within, id) => new Construct(within, id.repeat(20)), stack);
    new cw.CompositeAlarm(scope, 'Composite', { alarmRule: cw.AlarmRule.fromBoolean(true) });
  },

  'cloudwatch-alarm-composite': (stack) => {
    const [a, b, c] = ['A', 'B', 'C'].map((id) => new cw.Alarm(stack, id, { metric: queueDepth(), ...simple }));
    const { ALARM, OK, INSUFFICIENT_DATA } = cw.AlarmState;
    const composite = new cw.CompositeAlarm(stack, 'Composite', {
      alarmRule: cw.AlarmRule.anyOf(
        cw.AlarmRule.allOf(a, cw.AlarmRule.fromAlarm(b, OK), cw.AlarmRule.not(cw.AlarmRule.fromAlarm(c, INSUFFICIENT_DATA))),
        cw.AlarmRule.fromBoolean(false),
        cw.AlarmRule.fromString('ALARM(another)'),
        cw.AlarmRule.atLeast(ALARM, { operands: [a, b, c], threshold: cw.AtLeastThreshold.count(2) }),
        cw.AlarmRule.atLeastNot(OK, { operands: [a, b], threshold: cw.AtLeastThreshold.percentage(50) })),
    });
    composite.addAlarmAction(new actions.SnsAction({ topicArn: new sns.CfnTopic(stack, 'Topic').ref }));
    new cw.CompositeAlarm(stack, 'Suppressed', {
      compositeAlarmName: 'suppressed', alarmDescription: 'Twice', actionsEnabled: true,
      alarmRule: composite, actionsSuppressor: a, actionsSuppressorWaitPeriod: Duration.minutes(3),
    });
  },
};
