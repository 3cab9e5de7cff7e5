'use strict';
const { CfnOutput, Duration, Stack, aws_applicationautoscaling: scaling, aws_cloudwatch: cloudwatch, aws_ec2: ec2, aws_ecr: ecr, aws_ecs: ecs,
  aws_elasticloadbalancingv2: elbv2, aws_iam: iam } = require('aws-cdk-lib');

const nginx = ecs.ContainerImage.fromRegistry('nginx');
const output = (stack, id, value) => new CfnOutput(stack, id, { value });

function base(stack) {
  const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
  const cluster = new ecs.Cluster(stack, 'Cluster', { vpc });
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
  taskDefinition.addContainer('web', { image: nginx, portMappings: [{ containerPort: 8000 }] });
  return { vpc, cluster, taskDefinition };
}
const service = (stack, { cluster, taskDefinition }, props, id = 'Service') =>
  new ecs.FargateService(stack, id, { cluster, taskDefinition, ...props });
const serviceCase = (props, more = {}) => ({ ...more, build: (stack) => { service(stack, base(stack), props); } });

module.exports = {
  'ecs-service-defaults': (stack) => {
    const made = service(stack, base(stack));
    output(stack, 'Arn', made.serviceArn);
    output(stack, 'Name', made.serviceName);
    output(new Stack(stack.node.scope, 'Other'), 'Name', made.serviceName);
  },
  'ecs-service-options': serviceCase({
    serviceName: 'web', desiredCount: 0, minHealthyPercent: 0, maxHealthyPercent: 150, circuitBreaker: { rollback: true }, healthCheckGracePeriod: Duration.minutes(2),
    enableExecuteCommand: false, assignPublicIp: true, platformVersion: ecs.FargatePlatformVersion.VERSION1_4,
    propagateTags: ecs.PropagatedTagSource.SERVICE, enableECSManagedTags: true, availabilityZoneRebalancing: ecs.AvailabilityZoneRebalancing.ENABLED,
  }),
  'ecs-service-network': (stack) => {
    const parts = base(stack);
    const group = (id) => new ec2.SecurityGroup(stack, id, { vpc: parts.vpc });
    const made = service(stack, parts, {
      securityGroups: [group('One'), group('Two')], vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
      circuitBreaker: { enable: false }, propagateTags: ecs.PropagatedTagSource.TASK_DEFINITION, platformVersion: ecs.FargatePlatformVersion.LATEST,
      availabilityZoneRebalancing: ecs.AvailabilityZoneRebalancing.DISABLED,
    });
    made.connections.allowFrom(group('Client'), ec2.Port.tcp(8000), 'clients');
  },
  'ecs-service-capacity-providers': serviceCase({
    capacityProviderStrategies: [{ capacityProvider: 'FARGATE_SPOT', weight: 2 }, { capacityProvider: 'FARGATE', base: 1, weight: 0 }],
    propagateTags: ecs.PropagatedTagSource.NONE,
  }),
  'ecs-service-alarms': serviceCase({ deploymentAlarms: { alarmNames: ['high-errors', 'slow'], behavior: ecs.AlarmBehavior.FAIL_ON_ALARM } }),
  'ecs-service-alarms-rollback': serviceCase({ deploymentAlarms: { alarmNames: ['high-errors'] }, circuitBreaker: {} }),
  'ecs-service-china': serviceCase({}, { env: { account: '123456789012', region: 'cn-north-1' } }),
  'ecs-service-code-deploy': serviceCase({ deploymentController: { type: ecs.DeploymentControllerType.CODE_DEPLOY } }),
  'ecs-service-external': serviceCase({ deploymentController: { type: ecs.DeploymentControllerType.EXTERNAL } }),
  'ecs-service-flags': serviceCase({ circuitBreaker: { rollback: true } }, {
    context: {
      '@aws-cdk/aws-ecs:removeDefaultDeploymentAlarm': true, '@aws-cdk/aws-ecs:removeEmptyLoadBalancers': true,
      '@aws-cdk/aws-ecs:disableExplicitDeploymentControllerForCircuitBreaker': true,
    },
  }),
  'ecs-service-shell': (stack) => {
    const parts = base(stack);
    service(stack, parts, { enableExecuteCommand: true });
    parts.taskDefinition.addToTaskRolePolicy(new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: ['*'] }));
  },
  'ecs-service-load-balancer': (stack) => {
    const parts = base(stack);
    const made = service(stack, parts);
    const lb = new elbv2.ApplicationLoadBalancer(stack, 'LB', { vpc: parts.vpc, internetFacing: true });
    const listener = lb.addListener('Http', { port: 80 });
    listener.addTargets('Web', { port: 80, targets: [made] });
  },
  'ecs-service-load-balancer-group-first': (stack) => {
    const parts = base(stack);
    parts.taskDefinition.addContainer('admin', {
      image: nginx, portMappings: [{ containerPort: 9000 }, { containerPort: 9001, protocol: ecs.Protocol.UDP }, { containerPort: 0, containerPortRange: '7000-7005' }],
    });
    const made = service(stack, parts, { healthCheckGracePeriod: Duration.seconds(0) });
    const group = (id) => new elbv2.ApplicationTargetGroup(stack, id, { vpc: parts.vpc, port: 80 });
    const web = group('Web');
    const admin = group('Admin');
    const udp = group('Udp');
    const range = group('Range');
    web.addTarget(made.loadBalancerTarget({ containerName: 'web' }));
    admin.addTarget(made.loadBalancerTarget({ containerName: 'admin', containerPort: 9000 }));
    udp.addTarget(made.loadBalancerTarget({ containerName: 'admin', containerPort: 9001, protocol: ecs.Protocol.UDP }));
    const lb = new elbv2.ApplicationLoadBalancer(stack, 'LB', { vpc: parts.vpc });
    const listener = lb.addListener('Http', { port: 80, defaultTargetGroups: [web] });
    listener.addTargetGroups('Admin', { priority: 1, conditions: [elbv2.ListenerCondition.pathPatterns(['/admin/*'])], targetGroups: [admin] });
    lb.addListener('Other', { port: 8080, defaultTargetGroups: [udp] });
    lb.addListener('Third', { port: 8000, defaultTargetGroups: [range] });
  },
  'ecs-service-scaling': (stack) => {
    const parts = base(stack);
    const made = service(stack, parts, { desiredCount: 2 });
    const lb = new elbv2.ApplicationLoadBalancer(stack, 'LB', { vpc: parts.vpc });
    const targetGroup = lb.addListener('Http', { port: 80 }).addTargets('Web', { port: 80, targets: [made] });
    const count = made.autoScaleTaskCount({ minCapacity: 2, maxCapacity: 20 });
    count.scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: 70, scaleInCooldown: Duration.minutes(1), scaleOutCooldown: Duration.seconds(30) });
    count.scaleOnMemoryUtilization('Memory', { targetUtilizationPercent: 80, policyName: 'memory', disableScaleIn: true });
    count.scaleOnRequestCount('Requests', { requestsPerTarget: 1000, targetGroup });
    count.scaleOnSchedule('Night', { schedule: scaling.Schedule.cron({ hour: '22', minute: '0' }), minCapacity: 0 });
    const metric = new cloudwatch.Metric({ namespace: 'Shop', metricName: 'Depth' });
    count.scaleOnMetric('Steps', { metric, scalingSteps: [{ upper: 10, change: -1 }, { lower: 50, change: +1 }] });
    count.scaleToTrackCustomMetric('Depth', { metric, targetValue: 5 });
  },
  'ecs-service-scaling-defaults': {
    env: { account: '123456789012', region: 'us-east-1' },
    build(stack) {
      service(stack, base(stack)).autoScaleTaskCount({ maxCapacity: 3 });
    },
  },
  'ecs-service-elsewhere': {
    env: { account: '123456789012', region: 'us-east-1' },
    build(stack) {
      const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 });
      const cluster = new ecs.Cluster(stack, 'Cluster', { vpc, clusterName: 'prod' });
      const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
      taskDefinition.addContainer('web', { image: nginx });
      const made = service(stack, { cluster, taskDefinition }, { serviceName: 'web' });
      const repository = new ecr.Repository(stack, 'Repository', { repositoryName: 'app' });
      const other = new Stack(stack.node.scope, 'Other', { env: { account: '210987654321', region: 'eu-west-1' } });
      output(other, 'ClusterArn', cluster.clusterArn);
      output(other, 'ClusterName', cluster.clusterName);
      output(other, 'ServiceArn', made.serviceArn);
      output(other, 'ServiceName', made.serviceName);
      output(other, 'RepositoryArn', repository.repositoryArn);
      output(other, 'RepositoryName', repository.repositoryName);
    },
  },
  'ecs-service-import': (stack) => {
    const { cluster } = base(stack);
    const arn = 'arn:aws:ecs:us-east-1:123456789012:service';
    const byArn = (id, text) => output(stack, id, ecs.FargateService.fromFargateServiceArn(stack, `${id}Service`, text).serviceName);
    byArn('Short', `${arn}/web`);
    byArn('Long', `${arn}/prod/web`);
    byArn('Token', new ecs.CfnService(stack, 'Raw', {}).ref);
    const named = ecs.FargateService.fromFargateServiceAttributes(stack, 'Named', { cluster, serviceName: 'web' });
    output(stack, 'NamedArn', named.serviceArn);
    const given = ecs.FargateService.fromFargateServiceAttributes(stack, 'Given', { cluster, serviceArn: `${arn}/prod/web` });
    output(stack, 'GivenName', given.serviceName);
  },
  'ecs-service-import-flag': {
    context: { '@aws-cdk/aws-ecs:arnFormatIncludesClusterName': true },
    build(stack) {
      const { cluster } = base(stack);
      const token = ecs.FargateService.fromFargateServiceArn(stack, 'Token', new ecs.CfnService(stack, 'Raw', {}).ref);
      output(stack, 'TokenName', token.serviceName);
      output(stack, 'NamedArn', ecs.FargateService.fromFargateServiceAttributes(stack, 'Named', { cluster, serviceName: 'web' }).serviceArn);
    },
  },
};
