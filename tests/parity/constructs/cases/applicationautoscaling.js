'use strict';
const { CfnOutput, Duration, TimeZone, aws_applicationautoscaling: scaling, aws_cloudwatch: cloudwatch, aws_iam: iam } = require('aws-cdk-lib');

const { PredefinedMetric, Schedule } = scaling;
const target = (stack, id = 'Target', props = {}) => new scaling.ScalableTarget(stack, id, {
  serviceNamespace: scaling.ServiceNamespace.ECS, resourceId: 'service/cluster/web', scalableDimension: 'ecs:service:DesiredCount',
  minCapacity: 1, maxCapacity: 10, ...props,
});
const requests = new cloudwatch.Metric({
  namespace: 'Shop', metricName: 'Requests', dimensionsMap: { Service: 'web', Cluster: 'prod' }, statistic: 'Sum', period: Duration.minutes(1),
});

module.exports = {
  'applicationautoscaling-target': (stack) => {
    const first = target(stack);
    new CfnOutput(stack, 'Id', { value: first.scalableTargetId });
    target(stack, 'WithRole', {
      role: iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::123456789012:role/scaling'), serviceNamespace: scaling.ServiceNamespace.LAMBDA,
      resourceId: 'function:f:live', scalableDimension: 'lambda:function:ProvisionedConcurrency', minCapacity: 0, maxCapacity: 0,
    });
    target(stack, 'Database', {
      serviceNamespace: scaling.ServiceNamespace.RDS, resourceId: 'cluster:db', scalableDimension: 'rds:cluster:ReadReplicaCount',
    });
  },
  'applicationautoscaling-schedules': (stack) => {
    const scaled = target(stack);
    scaled.scaleOnSchedule('Morning', { schedule: Schedule.cron({ hour: '8', minute: '0' }), minCapacity: 5 });
    scaled.scaleOnSchedule('Evening', {
      schedule: Schedule.cron({ hour: '20', minute: '30', weekDay: 'MON-FRI' }), maxCapacity: 2, minCapacity: 0, timeZone: TimeZone.EUROPE_BERLIN,
      startTime: new Date(Date.UTC(2026, 0, 31, 8, 0, 0)), endTime: new Date(Date.UTC(2027, 0, 31, 8, 0, 0)),
    });
    scaled.scaleOnSchedule('Yearly', { schedule: Schedule.cron({ minute: '5', hour: '4', day: '1', month: '1', year: '2026-2028' }), maxCapacity: 3 });
    scaled.scaleOnSchedule('EveryMinute', { schedule: Schedule.cron({}), maxCapacity: 3 });
    scaled.scaleOnSchedule('Once', { schedule: Schedule.expression('at(2026-01-31T08:00:00)'), minCapacity: 1 });
    scaled.scaleOnSchedule('Day', { schedule: Schedule.rate(Duration.hours(24)), minCapacity: 1 });
    scaled.scaleOnSchedule('Days', { schedule: Schedule.rate(Duration.days(3)), minCapacity: 1 });
    scaled.scaleOnSchedule('Hours', { schedule: Schedule.rate(Duration.minutes(120)), minCapacity: 1 });
    scaled.scaleOnSchedule('Minute', { schedule: Schedule.rate(Duration.minutes(1)), minCapacity: 1 });
    scaled.scaleOnSchedule('Minutes', { schedule: Schedule.rate(Duration.minutes(90)), minCapacity: 1 });
  },
  'applicationautoscaling-tracking': (stack) => {
    const scaled = target(stack);
    scaled.scaleToTrackMetric('Cpu', { predefinedMetric: PredefinedMetric.ECS_SERVICE_AVERAGE_CPU_UTILIZATION, targetValue: 62.5 });
    scaled.scaleToTrackMetric('Memory', {
      predefinedMetric: PredefinedMetric.ECS_SERVICE_AVERAGE_MEMORY_UTILIZATION, targetValue: 80, policyName: 'memory', disableScaleIn: true,
      scaleInCooldown: Duration.minutes(2), scaleOutCooldown: Duration.seconds(0),
    });
    const policy = scaled.scaleToTrackMetric('Requests', {
      predefinedMetric: PredefinedMetric.ALB_REQUEST_COUNT_PER_TARGET, resourceLabel: 'app/lb/1/targetgroup/group/2', targetValue: 1000, disableScaleIn: false,
    });
    new CfnOutput(stack, 'Policy', { value: policy.scalingPolicyArn });
  },
  'applicationautoscaling-tracking-metrics': (stack) => {
    const scaled = target(stack);
    for (const name of ['ALB_REQUEST_COUNT_PER_TARGET', 'APPSTREAM_AVERAGE_CAPACITY_UTILIZATION', 'CASSANDRA_READ_CAPACITY_UTILIZATION',
      'CASSANDRA_WRITE_CAPACITY_UTILIZATION', 'COMPREHEND_INFERENCE_UTILIZATION', 'DYNAMODB_READ_CAPACITY_UTILIZATION',
      'DYNAMODB_WRITE_CAPACITY_UTILIZATION', 'EC2_SPOT_FLEET_REQUEST_AVERAGE_CPU_UTILIZATION', 'EC2_SPOT_FLEET_REQUEST_AVERAGE_NETWORK_IN',
      'EC2_SPOT_FLEET_REQUEST_AVERAGE_NETWORK_OUT', 'ECS_SERVICE_AVERAGE_CPU_UTILIZATION', 'ECS_SERVICE_AVERAGE_MEMORY_UTILIZATION',
      'ELASTICACHE_PRIMARY_ENGINE_CPU_UTILIZATION', 'ELASTICACHE_REPLICA_ENGINE_CPU_UTILIZATION', 'KAFKA_BROKER_STORAGE_UTILIZATION',
      'LAMBDA_PROVISIONED_CONCURRENCY_UTILIZATION', 'NEPTURE_READER_AVERAGE_CPU_UTILIZATION', 'RDS_READER_AVERAGE_CPU_UTILIZATION',
      'RDS_READER_AVERAGE_DATABASE_CONNECTIONS', 'SAGEMAKER_VARIANT_INVOCATIONS_PER_INSTANCE'])
      scaled.scaleToTrackMetric(name.replace('NEPTURE', 'NEPTUNE'), { predefinedMetric: PredefinedMetric[name], targetValue: 1 });
  },
  'applicationautoscaling-tracking-custom-metric': (stack) => {
    const scaled = target(stack);
    scaled.scaleToTrackMetric('Requests', { customMetric: requests, targetValue: 100 });
    scaled.scaleToTrackMetric('Depth', {
      customMetric: new cloudwatch.Metric({ namespace: 'Shop', metricName: 'Depth', unit: cloudwatch.Unit.COUNT }), targetValue: 10,
    });
  },
  'applicationautoscaling-steps': (stack) => {
    const scaled = target(stack);
    scaled.scaleOnMetric('Both', {
      metric: requests, scalingSteps: [{ upper: 10, change: -1 }, { lower: 50, change: +1 }, { lower: 70, change: +3 }],
    });
    scaled.scaleOnMetric('Up', { metric: requests, scalingSteps: [{ lower: 0, upper: 100, change: 0 }, { lower: 100, change: 2 }] });
    scaled.scaleOnMetric('Down', { metric: requests, scalingSteps: [{ lower: 5, upper: 10, change: -1 }, { lower: 0, upper: 5, change: -2 }] });
  },
  'applicationautoscaling-step-options': (stack) => {
    const scaled = target(stack);
    const { AdjustmentType, MetricAggregationType } = scaling;
    scaled.scaleOnMetric('Exact', {
      metric: requests, adjustmentType: AdjustmentType.EXACT_CAPACITY,
      scalingSteps: [{ lower: 0, upper: 10, change: 0 }, { upper: 100, change: 2 }, { lower: 100, upper: 1000, change: 5 }, { lower: 1000, change: 9 }],
    });
    scaled.scaleOnMetric('Percent', {
      metric: requests.with({ statistic: 'Maximum' }), adjustmentType: AdjustmentType.PERCENT_CHANGE_IN_CAPACITY, minAdjustmentMagnitude: 2,
      cooldown: Duration.minutes(3), evaluationPeriods: 5, datapointsToAlarm: 3, scalingSteps: [{ lower: 100, upper: 200, change: 10 }, { lower: 200, change: 25.5 }],
    });
    scaled.scaleOnMetric('Aggregated', {
      metric: requests.with({ statistic: 'p99' }), metricAggregationType: MetricAggregationType.MINIMUM, evaluationPeriods: 2,
      scalingSteps: [{ upper: 1, change: -1 }, { lower: 2, change: 1 }],
    });
    scaled.scaleOnMetric('Expression', {
      metric: new cloudwatch.MathExpression({ expression: 'a / 2', usingMetrics: { a: requests } }), scalingSteps: [{ upper: 1, change: -1 }, { lower: 2, change: 1 }],
    });
  },
};
