'use strict';
const { CfnOutput, Duration, aws_certificatemanager: acm, aws_ec2: ec2, aws_ecs: ecs, aws_ecs_patterns: patterns,
  aws_elasticloadbalancingv2: elbv2, aws_iam: iam, aws_logs: logs, aws_secretsmanager: secretsmanager } = require('aws-cdk-lib');

const nginx = ecs.ContainerImage.fromRegistry('nginx');
const network = (stack) => new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
const certificate = (stack) => acm.Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:us-east-1:123456789012:certificate/abc');
const web = (stack, props, id = 'Web') =>
  new patterns.ApplicationLoadBalancedFargateService(stack, id, { taskImageOptions: { image: nginx }, ...props });

module.exports = {
  'ecs-patterns-defaults': (stack) => {
    web(stack);
  },
  'ecs-patterns-default-cluster': (stack) => {
    const vpc = network(stack);
    web(stack, { vpc });
    web(stack, { vpc }, 'Second');
  },
  'ecs-patterns-image-options': (stack) => {
    const role = (id) => new iam.Role(stack, id, { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
    web(stack, {
      vpc: network(stack), cpu: 512, memoryLimitMiB: 2048, ephemeralStorageGiB: 30, containerCpu: 256, containerMemoryLimitMiB: 1024,
      runtimePlatform: { cpuArchitecture: ecs.CpuArchitecture.ARM64 }, healthCheck: { command: ['true'] },
      taskImageOptions: {
        image: nginx, containerName: 'app', containerPort: 8080, environment: { A: 'b' }, dockerLabels: { c: 'd' }, entryPoint: ['/app'], command: ['serve'],
        secrets: { KEY: ecs.Secret.fromSecretsManager(secretsmanager.Secret.fromSecretNameV2(stack, 'Keys', 'keys'), 'key') }, family: 'app',
        taskRole: role('TaskRole'), executionRole: role('ExecutionRole'),
        logDriver: ecs.LogDrivers.awsLogs({ streamPrefix: 'app', logRetention: logs.RetentionDays.ONE_WEEK }),
      },
    });
  },
  'ecs-patterns-unlogged-http': (stack) => {
    web(stack, {
      vpc: network(stack), protocol: elbv2.ApplicationProtocol.HTTP, listenerPort: 8080, openListener: false, publicLoadBalancer: false,
      loadBalancerName: 'inner', idleTimeout: Duration.minutes(2), targetProtocol: elbv2.ApplicationProtocol.HTTPS,
      protocolVersion: elbv2.ApplicationProtocolVersion.HTTP2, taskImageOptions: { image: nginx, enableLogging: false },
    });
  },
  'ecs-patterns-https': (stack) => {
    const cluster = new ecs.Cluster(stack, 'Cluster', { vpc: network(stack) });
    const service = web(stack, {
      cluster, certificate: certificate(stack), sslPolicy: elbv2.SslPolicy.RECOMMENDED_TLS, redirectHTTP: true, ipAddressType: elbv2.IpAddressType.DUAL_STACK,
    });
    service.targetGroup.configureHealthCheck({ path: '/health' });
    service.service.autoScaleTaskCount({ maxCapacity: 4 }).scaleOnRequestCount('Requests', { requestsPerTarget: 500, targetGroup: service.targetGroup });
    new CfnOutput(stack, 'FullName', { value: service.loadBalancer.loadBalancerFullName });
  },
  'ecs-patterns-https-port': (stack) => {
    web(stack, { vpc: network(stack), certificate: certificate(stack), protocol: elbv2.ApplicationProtocol.HTTPS, listenerPort: 8443, redirectHTTP: true, openListener: false });
  },
  'ecs-patterns-given-task': {
    env: { account: '123456789012', region: 'us-east-1' },
    build(stack) {
      const vpc = network(stack);
      const cluster = new ecs.Cluster(stack, 'Cluster', { vpc });
      const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
      taskDefinition.addContainer('django', { image: nginx, portMappings: [{ containerPort: 8000 }] });
      web(stack, {
        cluster, taskDefinition, taskImageOptions: undefined, serviceName: 'web', desiredCount: 3, minHealthyPercent: 100, maxHealthyPercent: 200,
        circuitBreaker: { rollback: true }, healthCheckGracePeriod: Duration.minutes(2), enableExecuteCommand: true, assignPublicIp: true,
        taskSubnets: { subnetType: ec2.SubnetType.PUBLIC }, securityGroups: [new ec2.SecurityGroup(stack, 'Group', { vpc })],
        platformVersion: ecs.FargatePlatformVersion.LATEST, propagateTags: ecs.PropagatedTagSource.SERVICE, enableECSManagedTags: true,
        capacityProviderStrategies: [{ capacityProvider: 'FARGATE', weight: 1 }],
      });
    },
  },
  'ecs-patterns-given-load-balancer': (stack) => {
    const vpc = network(stack);
    web(stack, { vpc, loadBalancer: new elbv2.ApplicationLoadBalancer(stack, 'Mine', { vpc }) });
    web(stack, {
      vpc, listenerPort: 8080,
      loadBalancer: elbv2.ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(stack, 'Theirs', {
        loadBalancerArn: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/shop/50dc6c495c0c9188',
        securityGroupId: 'sg-12345678', vpc, loadBalancerDnsName: 'shop.example.com',
      }),
    }, 'Second');
  },
  'ecs-patterns-flags': {
    context: {
      '@aws-cdk/aws-ecs-patterns:uniqueTargetGroupId': true,
      '@aws-cdk/aws-ecs-patterns:secGroupsDisablesImplicitOpenListener': true,
    },
    build(stack) {
      const vpc = network(stack);
      web(stack, { vpc, publicLoadBalancer: false, loadBalancerName: 'inner' });
      web(stack, { vpc, loadBalancer: new elbv2.ApplicationLoadBalancer(stack, 'Mine', { vpc }) }, 'Second');
    },
  },
};
