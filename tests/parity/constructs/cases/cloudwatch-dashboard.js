'use strict';
const { Aws, Duration, Stack, aws_cloudwatch: cw, aws_sns: sns } = require('aws-cdk-lib');

const ENV = { account: '123456789012', region: 'eu-west-1' };
const queueDepth = (props) => new cw.Metric({
  namespace: 'AWS/SQS', metricName: 'ApproximateNumberOfMessagesVisible', dimensionsMap: { QueueName: 'jobs' }, ...props,
});
const requests = (metricName, props) => new cw.Metric({ namespace: 'Shop', metricName, ...props });
const simple = { threshold: 1, evaluationPeriods: 1 };

module.exports = {
  'cloudwatch-dashboard-empty': (stack) => {
    new cw.Dashboard(stack, 'Default');
    new cw.Dashboard(stack, 'Named', { dashboardName: 'Ops_1-a', start: '-PT12H', end: '2026-01-01T00:00:00Z', periodOverride: cw.PeriodOverride.INHERIT });
    [Duration.hours(3), Duration.minutes(90), Duration.days(7), Duration.hours(49), Duration.seconds(61), Duration.seconds(30), Duration.seconds(0)].forEach((defaultInterval, i) =>
      new cw.Dashboard(stack, `Interval${i}`, { defaultInterval, periodOverride: cw.PeriodOverride.AUTO }));
  },

  'cloudwatch-dashboard-graph': (stack) => {
    const alarm = new cw.Alarm(stack, 'Alarm', {
      metric: queueDepth({ period: Duration.seconds(30) }), threshold: 2.5, evaluationPeriods: 3, datapointsToAlarm: 2,
    });
    const band = new cw.AnomalyDetectionAlarm(stack, 'Band', { metric: queueDepth(), evaluationPeriods: 1 });
    new cw.Dashboard(stack, 'Dashboard', {
      widgets: [[
        new cw.GraphWidget({
          title: 'Everything', width: 12, height: 8,
          left: [queueDepth()], right: [requests('Requests')],
          leftYAxis: { label: 'Messages', min: 0, max: 1000, showUnits: false }, rightYAxis: { min: 0 },
          leftAnnotations: [{ value: 10, label: 'Low', color: cw.Color.GREEN, fill: cw.Shading.BELOW, visible: true }, alarm.toAnnotation()],
          rightAnnotations: [{ value: 0.5, fill: cw.Shading.ABOVE, visible: false }, { value: 1, fill: cw.Shading.NONE }, band.toAnnotation()],
          verticalAnnotations: [{ date: '2026-03-01T10:00:00Z', label: 'Launch', color: cw.Color.PURPLE, fill: cw.VerticalShading.AFTER },
            { date: '2026-03-02T10:00:00.500Z', fill: cw.VerticalShading.BEFORE }],
          stacked: true, legendPosition: cw.LegendPosition.RIGHT, liveData: true, setPeriodToTimeRange: false,
          period: Duration.minutes(15), statistic: 'p90', start: '-PT3H', end: '-PT1H', region: 'us-west-2', accountId: '210987654321',
        }),
        new cw.GraphWidget({ view: cw.GraphWidgetView.PIE, displayLabelsOnChart: true, left: [queueDepth()], legendPosition: cw.LegendPosition.HIDDEN }),
        new cw.GraphWidget({ view: cw.GraphWidgetView.BAR, right: [queueDepth()], legendPosition: cw.LegendPosition.BOTTOM, stacked: false }),
        new cw.GraphWidget({ title: 'Nothing', leftYAxis: {} }),
      ]],
    });
  },

  'cloudwatch-dashboard-metrics': {
    env: ENV,
    build(stack) {
      const late = new cw.GraphWidget({ left: [requests('First')] });
      new cw.Dashboard(stack, 'Dashboard', { widgets: [[
        new cw.GraphWidget({
          left: [
            requests('Plain'),
            requests('Plain', { label: 'Left out: the same data' }),
            requests('Looks', { label: 'Label', color: cw.Color.ORANGE, statistic: 'sum', period: Duration.minutes(1) }),
            requests('Named', { id: 'named', visible: false }),
            requests('Shown', { visible: true }),
            requests('Dimensions', { dimensionsMap: { Zone: 'z', Application: 'a', Stage: 'prod' } }),
            requests('Elsewhere', { account: '210987654321', region: 'us-east-1' }),
            requests('Here', { account: ENV.account, region: ENV.region }),
            requests('Attached').attachTo(stack),
          ],
          right: [requests('Plain'), requests('Right'), requests('RightSum', { statistic: 'Sum' })],
        }),
        late,
      ]] });
      late.addLeftMetric(requests('Late'));
      late.addRightMetric(requests('Later'));
    },
  },

  'cloudwatch-dashboard-math': {
    env: ENV,
    build(stack) {
      const errors = requests('Errors', { statistic: 'Sum' });
      const total = requests('Requests', { statistic: 'Sum' });
      const rate = new cw.MathExpression({ expression: 'errors / total', usingMetrics: { errors, total } });
      const dashboard = new cw.Dashboard(stack, 'Dashboard');
      dashboard.addWidgets(
        new cw.GraphWidget({ left: [rate] }),
        new cw.GraphWidget({ left: [total, rate], right: [errors] }),
        new cw.GraphWidget({ left: [rate.with({ label: 'Rate', color: cw.Color.RED, period: Duration.minutes(1) })] }),
        new cw.GraphWidget({ right: [rate.with({ label: '' })] }));
      dashboard.addWidgets(
        new cw.GraphWidget({
          left: [new cw.MathExpression({
            expression: 'rate * 100 + more', usingMetrics: { rate, more: new cw.MathExpression({ expression: 'x + 1', label: 'More', usingMetrics: { x: errors } }) },
            visible: true,
          })],
        }),
        new cw.GraphWidget({
          left: [
            new cw.MathExpression({ expression: "SUM(SEARCH('{Shop,Stage} Errors', 'Sum', 300))", searchRegion: 'us-east-1', searchAccount: '210987654321' }),
            new cw.SearchExpression({ expression: "SEARCH('{Shop,Stage} MetricName=\"Requests\"', 'Average')", label: 'By stage', period: Duration.minutes(1), searchRegion: ENV.region }),
            new cw.SearchExpression({ expression: "SEARCH('{Shop} x', 'Sum')", label: '', visible: false, searchAccount: '210987654321' }),
          ],
          right: [cw.Metric.anomalyDetectionFor({ metric: total, color: cw.Color.GREY })],
        }),
        new cw.GraphWidget({
          left: [
            new cw.MathExpression({ expression: 'a + 1', usingMetrics: { a: errors } }),
            new cw.MathExpression({ expression: 'b + 1', usingMetrics: { b: errors } }),
          ],
        }));
    },
  },

  'cloudwatch-dashboard-tokens': (stack) => {
    const topic = new sns.CfnTopic(stack, 'Topic');
    const search = `SEARCH('{AWS/SNS,TopicName} TopicName="${topic.attrTopicName}"', 'Sum')`;
    new cw.Dashboard(stack, 'Dashboard', { dashboardName: `ops-${Aws.REGION}`, widgets: [[new cw.GraphWidget({ left: [
      new cw.MathExpression({ expression: `SUM(${search})`, searchRegion: Aws.REGION }),
      new cw.MathExpression({ expression: `SUM(${search})`, label: 'Labelled', searchRegion: 'us-east-1' }),
      new cw.SearchExpression({ expression: search, searchAccount: Aws.ACCOUNT_ID }),
      requests('Elsewhere', { account: Aws.ACCOUNT_ID, region: Aws.REGION }),
    ] })]] });
  },

  'cloudwatch-dashboard-layout': (stack) => {
    const text = (markdown, width, height) => new cw.TextWidget({ markdown, width, height });
    const dashboard = new cw.Dashboard(stack, 'Dashboard', { widgets: [[text('a'), text('b', 24, 1), text('c', 3, 4)], []] });
    dashboard.addWidgets();
    dashboard.addWidgets(text('single'));
    dashboard.addWidgets(
      new cw.Column(text('d', 4, 2), text('e', 8, 3)),
      new cw.Spacer({ width: 2 }),
      new cw.Row(text('f', 6, 1), text('g', 10, 5)),
      new cw.Column(new cw.Spacer({ height: 3 }), new cw.Row(text('h'), text('i', 20, 1))));
    const row = new cw.Row(text('j'), text('k', 6, 3));
    row.addWidget(text('l'));
    row.addWidget(text('m', 24, 1));
    const column = new cw.Column(text('n'));
    column.addWidget(text('o', 9, 9));
    dashboard.addWidgets(new cw.Spacer());
    dashboard.addWidgets(row, column);
  },

  'cloudwatch-dashboard-values': (stack) => {
    new cw.Dashboard(stack, 'Dashboard', { widgets: [
      [
        new cw.SingleValueWidget({ metrics: [queueDepth()] }),
        new cw.SingleValueWidget({ title: 'Sparkling', metrics: [queueDepth(), requests('Requests')], sparkline: true, fullPrecision: true, liveData: false,
          period: Duration.minutes(1), start: '-PT1H', end: 'P0D', region: 'us-east-1', accountId: '210987654321', width: 12, height: 5 }),
        new cw.SingleValueWidget({ metrics: [], setPeriodToTimeRange: true, fullPrecision: false }),
      ],
      [
        new cw.GaugeWidget({ metrics: [queueDepth()] }),
        new cw.GaugeWidget({ title: 'Half', metrics: [queueDepth()], leftYAxis: { min: 50, label: 'Left' }, annotations: [{ value: 75, label: 'High' }],
          legendPosition: cw.LegendPosition.BOTTOM, liveData: true, setPeriodToTimeRange: true, period: Duration.minutes(1), statistic: 'Sum',
          start: '-PT1H', end: 'P0D', region: 'us-east-1', accountId: '210987654321' }),
        new cw.GaugeWidget({ leftYAxis: { max: 10, showUnits: true } }),
      ],
    ] });
  },

  'cloudwatch-dashboard-text': (stack) => {
    const topic = new sns.CfnTopic(stack, 'Topic');
    new cw.Dashboard(stack, 'Dashboard', { widgets: [
      [
        new cw.TextWidget({ markdown: '# Shop\n"quoted" \\ é' }),
        new cw.TextWidget({ markdown: `Topic ${topic.attrTopicName} in ${Aws.REGION}`, background: cw.TextWidgetBackground.SOLID, width: 24, height: 1 }),
      ],
      [
        new cw.LogQueryWidget({ logGroupNames: ['api', `worker-${topic.attrTopicName}`], queryLines: ['fields @message', 'filter level = "error"', 'limit 20'] }),
        new cw.LogQueryWidget({ logGroupNames: ['api'], queryString: 'stats count(*) by bin(5m)', view: cw.LogQueryVisualizationType.LINE, title: 'Count',
          region: 'us-east-1', accountId: '210987654321', queryLanguage: cw.LogQueryLanguage.LOGS_INSIGHTS }),
        new cw.LogQueryWidget({ logGroupNames: ['api'], queryString: 'x', view: cw.LogQueryVisualizationType.STACKEDAREA, queryLanguage: cw.LogQueryLanguage.SQL }),
        new cw.LogQueryWidget({ logGroupNames: ['api'], queryString: 'x', view: cw.LogQueryVisualizationType.BAR, queryLanguage: cw.LogQueryLanguage.PPL }),
        new cw.LogQueryWidget({ logGroupNames: ['api'], queryString: 'x', view: cw.LogQueryVisualizationType.PIE, width: 20, height: 2 }),
      ],
    ] });
  },

  'cloudwatch-dashboard-alarms': (stack) => {
    const alarm = new cw.Alarm(stack, 'Alarm', { metric: queueDepth(), ...simple });
    const byArn = cw.Alarm.fromAlarmArn(stack, 'ByArn', 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:imported');
    const byName = cw.Alarm.fromAlarmName(stack, 'ByName', 'named');
    new cw.Dashboard(stack, 'Dashboard', { widgets: [[
      new cw.AlarmWidget({ alarm }),
      new cw.AlarmWidget({ alarm: byArn, title: 'Imported', leftYAxis: { min: 0 }, region: 'us-east-1', accountId: '123456789012', width: 12, height: 3 }),
      new cw.AlarmStatusWidget({ alarms: [alarm, byArn, byName] }),
      new cw.AlarmStatusWidget({ alarms: [alarm], title: 'Bad', states: [cw.AlarmState.ALARM, cw.AlarmState.INSUFFICIENT_DATA, cw.AlarmState.OK],
        sortBy: cw.AlarmStatusWidgetSortBy.STATE_UPDATED_TIMESTAMP, width: 8, height: 2 }),
      new cw.AlarmStatusWidget({ alarms: [alarm], sortBy: cw.AlarmStatusWidgetSortBy.TIMESTAMP }),
      new cw.AlarmStatusWidget({ alarms: [alarm], sortBy: cw.AlarmStatusWidgetSortBy.DEFAULT }),
    ]] });
    new cw.CompositeAlarm(stack, 'Composite', { alarmRule: cw.AlarmRule.anyOf(byArn, cw.AlarmRule.fromAlarm(byName, cw.AlarmState.ALARM)) });
  },

  'cloudwatch-dashboard-stacks': {
    env: ENV,
    build(stack) {
      const other = new Stack(stack.node.scope, 'Other', { env: { ...ENV, region: 'us-east-1' } });
      const near = new Stack(stack.node.scope, 'Near', { env: ENV });
      const topic = new sns.CfnTopic(near, 'Topic');
      const published = new cw.Metric({ namespace: 'AWS/SNS', metricName: 'NumberOfMessagesPublished', dimensionsMap: { TopicName: topic.attrTopicName }, statistic: 'Sum' });
      new cw.Dashboard(stack, 'Dashboard', { widgets: [[
        new cw.GraphWidget({ left: [published, published.attachTo(near), requests('Far').attachTo(other)] }),
        new cw.GraphWidget({ left: [new cw.MathExpression({ expression: 'published * 2', usingMetrics: { published: published.attachTo(other) } })] }),
      ]] });
      new cw.Alarm(stack, 'Alarm', { metric: published, ...simple });
    },
  },
};
