'use strict';
const { CfnOutput, Duration, aws_ec2: ec2, aws_elasticloadbalancingv2: elbv2 } = require('aws-cdk-lib');

const network = (stack) => new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 });
const group = (stack, id, props) => new elbv2.ApplicationTargetGroup(stack, id, { port: 80, targetType: elbv2.TargetType.IP, ...props });
const target = (connections, port) => ({
  attachToApplicationTargetGroup(joined) {
    joined.registerConnectable({ connections }, port);
    return { targetType: elbv2.TargetType.IP };
  },
});

module.exports = {
  'elbv2-target-group-defaults': (stack) => {
    const vpc = network(stack);
    new elbv2.ApplicationTargetGroup(stack, 'Http', { vpc, port: 80 });
    new elbv2.ApplicationTargetGroup(stack, 'Https', { vpc, protocol: elbv2.ApplicationProtocol.HTTPS });
    new elbv2.ApplicationTargetGroup(stack, 'Both', { vpc, protocol: elbv2.ApplicationProtocol.HTTP, port: 3000 });
    new elbv2.ApplicationTargetGroup(stack, 'Named', {
      vpc, port: 8443, targetGroupName: 'api', targetType: elbv2.TargetType.INSTANCE, ipAddressType: elbv2.TargetGroupIpAddressType.IPV6,
      protocolVersion: elbv2.ApplicationProtocolVersion.HTTP2,
    });
  },
  'elbv2-target-group-health-check': (stack) => {
    const vpc = network(stack);
    group(stack, 'Http', { vpc, healthCheck: {
      enabled: true, interval: Duration.seconds(20), path: '/health?deep=1', port: '8081', protocol: elbv2.Protocol.HTTPS, timeout: Duration.seconds(10),
      healthyThresholdCount: 3, unhealthyThresholdCount: 4, healthyHttpCodes: '200-299,302',
    } });
    group(stack, 'Grpc', { vpc, protocolVersion: elbv2.ApplicationProtocolVersion.GRPC, healthCheck: { path: '/grpc.health.v1.Health/Check', healthyGrpcCodes: '0-99' } });
    group(stack, 'Off', { vpc, healthCheck: { enabled: false } });
    const replaced = group(stack, 'Replaced', { vpc, healthCheck: { path: '/before', unhealthyThresholdCount: 9, healthyHttpCodes: '204' } });
    replaced.configureHealthCheck({ path: '/after', interval: Duration.minutes(1), timeout: Duration.seconds(59) });
  },
  'elbv2-target-group-attributes': (stack) => {
    const vpc = network(stack);
    const algorithm = elbv2.TargetGroupLoadBalancingAlgorithmType;
    group(stack, 'Slow', { vpc, deregistrationDelay: Duration.seconds(10), slowStart: Duration.minutes(1), crossZoneEnabled: false });
    group(stack, 'NotSlow', { vpc, slowStart: Duration.seconds(0), crossZoneEnabled: true, loadBalancingAlgorithmType: algorithm.LEAST_OUTSTANDING_REQUESTS });
    group(stack, 'Sticky', { vpc, stickinessCookieDuration: Duration.hours(2), loadBalancingAlgorithmType: algorithm.ROUND_ROBIN });
    group(stack, 'Application', { vpc, stickinessCookieDuration: Duration.days(7), stickinessCookieName: 'session' });
    group(stack, 'Random', { vpc, loadBalancingAlgorithmType: algorithm.WEIGHTED_RANDOM, enableAnomalyMitigation: true });
    const late = group(stack, 'Late', { vpc, enableAnomalyMitigation: false });
    late.enableCookieStickiness(Duration.minutes(1));
    late.setAttribute('deregistration_delay.timeout_seconds', '5');
    late.setAttribute('stickiness.type', undefined);
  },
  'elbv2-target-group-minimum-health': (stack) => {
    const vpc = network(stack);
    group(stack, 'Counts', { vpc, targetGroupHealth: { dnsMinimumHealthyTargetCount: 3, routingMinimumHealthyTargetCount: 1 } });
    group(stack, 'Shares', { vpc, targetGroupHealth: { dnsMinimumHealthyTargetPercentage: 70, routingMinimumHealthyTargetPercentage: 50 } });
    group(stack, 'Off', { vpc, targetGroupHealth: { dnsMinimumHealthyTargetCount: 0, dnsMinimumHealthyTargetPercentage: 0, routingMinimumHealthyTargetPercentage: 0 } });
  },
  'elbv2-target-group-targets': (stack) => {
    const vpc = network(stack);
    const addresses = new elbv2.ApplicationTargetGroup(stack, 'Addresses', {
      vpc, port: 80, targets: [new elbv2.IpTarget('10.0.0.5'), new elbv2.IpTarget('192.168.1.7', 8080, 'all')],
    });
    addresses.addTarget(new elbv2.IpTarget('10.0.0.6', 81));
    new elbv2.ApplicationTargetGroup(stack, 'Instances', { vpc, port: 80, targets: [new elbv2.InstanceTarget('i-0123456789abcdef0', 8080)] });
  },
  'elbv2-target-group-lambda': (stack) => {
    const vpc = network(stack);
    new elbv2.ApplicationTargetGroup(stack, 'Function', { targetType: elbv2.TargetType.LAMBDA, multiValueHeadersEnabled: true, healthCheck: { enabled: true } });
    const late = new elbv2.ApplicationTargetGroup(stack, 'Late', { vpc });
    late.addTarget({
      attachToApplicationTargetGroup: () => ({ targetType: elbv2.TargetType.LAMBDA, targetJson: { id: 'arn:aws:lambda:us-east-1:123456789012:function:web' } }),
    });
  },
  'elbv2-target-group-connections': (stack) => {
    const vpc = network(stack);
    const securityGroup = (id, props) => new ec2.SecurityGroup(stack, id, { vpc, ...props });
    const app = new ec2.Connections({ securityGroups: [securityGroup('App')] });
    const worker = new ec2.Connections({ securityGroups: [securityGroup('Worker', { allowAllOutbound: false })] });
    const shared = group(stack, 'Group', { vpc, port: 80, targets: [target(app, ec2.Port.tcp(8000))] });
    const balancer = (id) => new elbv2.ApplicationLoadBalancer(stack, id, { vpc });
    balancer('First').addListener('Http', { port: 80, defaultTargetGroups: [shared] });
    shared.addTarget(target(worker));
    balancer('Second').addListener('Http', { port: 80, defaultTargetGroups: [shared] });
  },
  'elbv2-target-group-import': (stack) => {
    const lb = new elbv2.ApplicationLoadBalancer(stack, 'LB', { vpc: network(stack) });
    const imported = elbv2.ApplicationTargetGroup.fromTargetGroupAttributes(stack, 'Theirs', {
      targetGroupArn: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/theirs/0123456789abcdef',
    });
    lb.addListener('Http', { port: 80, defaultTargetGroups: [imported] });
    new CfnOutput(stack, 'Name', { value: imported.targetGroupName });
  },
};
