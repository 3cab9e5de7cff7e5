'use strict';
const { CfnOutput, Duration, Stack, aws_events: events, aws_events_targets: targets, aws_iam: iam, aws_lambda: lambda,
  aws_sqs: sqs } = require('aws-cdk-lib');

const { Match, RuleTargetInput, Schedule } = events;
const fn = (scope, id = 'Function') => new lambda.Function(scope, id, {
  runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = () => {};'),
});
const source = (name) => ({ eventPattern: { source: [name] } });

module.exports = {
  'events-rule-schedules': (stack) => {
    new events.Rule(stack, 'Minute', { schedule: Schedule.rate(Duration.minutes(1)) });
    new events.Rule(stack, 'Minutes', { schedule: Schedule.rate(Duration.minutes(90)) });
    new events.Rule(stack, 'Hours', { schedule: Schedule.rate(Duration.minutes(120)) });
    new events.Rule(stack, 'Day', { schedule: Schedule.rate(Duration.hours(24)) });
    new events.Rule(stack, 'Seconds', { schedule: Schedule.rate(Duration.seconds(300)) });
    new events.Rule(stack, 'Expression', { schedule: Schedule.expression('cron(0 3 ? * SUN *)'), enabled: false });
    new events.Rule(stack, 'Cron', { schedule: Schedule.cron({ minute: '0', hour: '4', weekDay: 'MON-FRI', month: '1', year: '2030' }) });
    new events.Rule(stack, 'Monthly', { schedule: Schedule.cron({ minute: '5', hour: '4', day: '1' }) });
    new events.Rule(stack, 'EveryMinute', { schedule: Schedule.cron({}) });
  },
  'events-rule-options': (stack) => {
    const bus = new events.EventBus(stack, 'Bus');
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('events.amazonaws.com') });
    const rule = new events.Rule(stack, 'Rule', {
      ruleName: 'tango.audit_rule-1', description: 'Routes', eventBus: bus, enabled: true, role, ...source('tango'),
    });
    new events.Rule(stack, 'Imported', { eventBus: events.EventBus.fromEventBusName(stack, 'Shared', 'shared'), ...source('tango') });
    new CfnOutput(stack, 'Arn', { value: rule.ruleArn });
    new CfnOutput(stack, 'Name', { value: rule.ruleName });
  },
  'events-rule-pattern-fields': (stack) => {
    new events.Rule(stack, 'Rule', {
      eventPattern: {
        version: ['0'], id: ['1', '2'], detailType: ['member.joined'], source: ['tango'], account: [stack.account], time: ['t'], region: ['eu-west-1'],
        resources: ['arn:aws:s3:::b'],
        detail: { state: ['running'], nested: { deep: [1, true, null], deeper: { name: [{ prefix: 'x' }] } } },
      },
    });
  },
  'events-rule-pattern-merge': (stack) => {
    const rule = new events.Rule(stack, 'Rule', {
      eventPattern: { source: ['a', 'b'], detail: { kind: ['x'], nested: { one: [1], two: [2] } } },
    });
    rule.addEventPattern({ source: ['b', 'c'], detailType: ['d'] });
    rule.addEventPattern({ detail: { nested: { two: [2, 3], three: [{ exists: true }] }, kind: ['y', 'x'] } });
    rule.addEventPattern();
  },
  'events-rule-pattern-matches': (stack) => {
    new events.Rule(stack, 'Rule', {
      eventPattern: {
        source: Match.prefix('tango.'), account: Match.anythingBut('1', '2'), detailType: Match.anyOf(Match.exactString('a'), Match.suffix('.b')),
        region: Match.equalsIgnoreCase('EU-west-1'),
        detail: {
          none: Match.nullValue(), here: Match.exists(), gone: Match.doesNotExist(), wild: Match.wildcard('a*b'),
          prefixed: Match.prefixEqualsIgnoreCase('pre'), suffixed: Match.suffixEqualsIgnoreCase('post'), address: Match.cidr('10.0.0.0/8'),
          address6: Match.cidr('2001:db8::/32'), low: Match.lessThan(5), high: Match.greaterThanOrEqual(7.5), same: Match.equal(3), between: Match.interval(1, 9),
          but: Match.anythingBut(1, 2), butPrefix: Match.anythingButPrefix('x'), butSuffix: Match.anythingButSuffix('x', 'y'),
          butCase: Match.anythingButEqualsIgnoreCase('z'), all: Match.allOf(Match.greaterThan(1), Match.lessThanOrEqual(4)),
        },
      },
    });
  },
  'events-rule-cross-stack': (stack) => {
    const other = new Stack(stack.node.scope, 'Other', {});
    const bus = new events.EventBus(stack, 'Bus', { eventBusName: 'tango' });
    const target = fn(other);
    new events.Rule(other, 'Rule', { eventBus: bus, ...source('tango'), targets: [new targets.LambdaFunction(target)] });
    const queue = new sqs.Queue(other, 'Queue');
    new events.Rule(stack, 'Scoped', { crossStackScope: other, ...source('tango'), targets: [new targets.SqsQueue(queue, { message: RuleTargetInput.fromObject({ bus: bus.eventBusArn }) })] });
  },
};
