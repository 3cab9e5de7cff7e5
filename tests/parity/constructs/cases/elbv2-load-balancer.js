'use strict';
const { CfnOutput, Duration, Stack, aws_ec2: ec2, aws_elasticloadbalancingv2: elbv2, aws_s3: s3 } = require('aws-cdk-lib');

const network = (stack) => new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
const defaultAction = elbv2.ListenerAction.fixedResponse(404);

module.exports = {
  'elbv2-load-balancer-defaults': (stack) => {
    new elbv2.ApplicationLoadBalancer(stack, 'LB', { vpc: network(stack) });
  },
  'elbv2-load-balancer-internet-facing': (stack) => {
    const lb = new elbv2.ApplicationLoadBalancer(stack, 'LB', { vpc: network(stack), internetFacing: true, loadBalancerName: 'shop' });
    lb.addListener('Http', { port: 80, defaultAction });
  },
  'elbv2-load-balancer-attributes': (stack) => {
    const lb = new elbv2.ApplicationLoadBalancer(stack, 'LB', {
      vpc: network(stack), deletionProtection: true, crossZoneEnabled: true, http2Enabled: false, idleTimeout: Duration.minutes(5),
      dropInvalidHeaderFields: true, desyncMitigationMode: elbv2.DesyncMitigationMode.STRICTEST, clientKeepAlive: Duration.minutes(10),
      preserveHostHeader: true, xAmznTlsVersionAndCipherSuiteHeaders: true, preserveXffClientPort: true,
      xffHeaderProcessingMode: elbv2.XffHeaderProcessingMode.PRESERVE, wafFailOpen: true, minimumCapacityUnit: 150,
    });
    lb.setAttribute('routing.http2.enabled', 'true');
    lb.setAttribute('zonal_shift.config.enabled', 'true');
    lb.removeAttribute('waf.fail_open.enabled');
  },
  'elbv2-load-balancer-dual-stack': (stack) => {
    const vpc = network(stack);
    const lb = new elbv2.ApplicationLoadBalancer(stack, 'LB', {
      vpc, internetFacing: true, ipAddressType: elbv2.IpAddressType.DUAL_STACK, denyAllIgwTraffic: false,
    });
    lb.addListener('Http', { port: 80, defaultAction });
    const other = new elbv2.ApplicationLoadBalancer(stack, 'Other', {
      vpc, internetFacing: true, ipAddressType: elbv2.IpAddressType.DUAL_STACK_WITHOUT_PUBLIC_IPV4,
    });
    other.addListener('Http', { port: 80, defaultAction });
  },
  'elbv2-load-balancer-dual-stack-flag': {
    context: { '@aws-cdk/aws-elasticloadbalancingV2:albDualstackWithoutPublicIpv4SecurityGroupRulesDefault': true },
    build(stack) {
      const lb = new elbv2.ApplicationLoadBalancer(stack, 'LB', {
        vpc: network(stack), internetFacing: true, ipAddressType: elbv2.IpAddressType.DUAL_STACK_WITHOUT_PUBLIC_IPV4,
      });
      lb.addListener('Http', { port: 80, defaultAction });
    },
  },
  'elbv2-load-balancer-security-groups': (stack) => {
    const vpc = network(stack);
    const lb = new elbv2.ApplicationLoadBalancer(stack, 'LB', {
      vpc, vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC }, securityGroup: new ec2.SecurityGroup(stack, 'Own', { vpc, description: 'of the balancer' }),
    });
    const listener = lb.addListener('Http', { port: 8080, open: false, defaultAction });
    lb.addSecurityGroup(new ec2.SecurityGroup(stack, 'More', { vpc }));
    listener.connections.allowDefaultPortFrom(ec2.Peer.ipv4('10.1.0.0/16'), 'the office');
  },
  'elbv2-load-balancer-redirect': (stack) => {
    const lb = new elbv2.ApplicationLoadBalancer(stack, 'LB', { vpc: network(stack), internetFacing: true });
    lb.addRedirect();
    lb.addRedirect({ sourcePort: 8080, targetPort: 8443, open: false });
    lb.addRedirect({ sourceProtocol: elbv2.ApplicationProtocol.HTTP, sourcePort: 81, targetProtocol: elbv2.ApplicationProtocol.HTTP, targetPort: 82 });
  },
  'elbv2-load-balancer-logs': {
    env: { account: '123456789012', region: 'us-east-1' },
    build(stack) {
      const vpc = network(stack);
      const bucket = new s3.Bucket(stack, 'Logs');
      new elbv2.ApplicationLoadBalancer(stack, 'LB', { vpc }).logAccessLogs(bucket, 'shop');
      const both = new elbv2.ApplicationLoadBalancer(stack, 'Both', { vpc });
      both.logAccessLogs(s3.Bucket.fromBucketName(stack, 'Theirs', 'theirs'));
      both.logConnectionLogs(bucket);
    },
  },
  'elbv2-load-balancer-logs-by-service': {
    env: { region: 'eu-south-2' },
    build(stack) {
      new elbv2.ApplicationLoadBalancer(stack, 'LB', { vpc: network(stack) }).logAccessLogs(new s3.Bucket(stack, 'Logs'));
    },
  },
  'elbv2-load-balancer-references': (stack) => {
    const vpc = network(stack);
    const lb = new elbv2.ApplicationLoadBalancer(stack, 'LB', { vpc, internetFacing: true });
    const listener = lb.addListener('Http', { port: 80 });
    const group = listener.addTargets('App', { port: 8080, protocol: elbv2.ApplicationProtocol.HTTP, targets: [new elbv2.IpTarget('10.0.0.5')] });
    const other = new Stack(stack.node.scope, 'Other');
    const output = (id, value) => new CfnOutput(other, id, { value });
    output('Arn', lb.loadBalancerArn);
    output('Name', lb.loadBalancerName);
    output('FullName', lb.loadBalancerFullName);
    output('DnsName', lb.loadBalancerDnsName);
    output('Zone', lb.loadBalancerCanonicalHostedZoneId);
    output('Group', group.targetGroupFullName);
    output('GroupName', group.targetGroupName);
    output('First', group.firstLoadBalancerFullName);
    output('Listener', listener.listenerArn);
  },
  'elbv2-load-balancer-import': (stack) => {
    const vpc = network(stack);
    const lb = elbv2.ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(stack, 'LB', {
      loadBalancerArn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/50dc6c495c0c9188',
      securityGroupId: 'sg-12345678', vpc, loadBalancerDnsName: 'shop.example.com', securityGroupAllowsAllOutbound: false,
    });
    const listener = lb.addListener('Http', { port: 80 });
    listener.addTargets('App', { port: 8080, protocol: elbv2.ApplicationProtocol.HTTP, targets: [new elbv2.IpTarget('10.0.0.5', 8081)] });
    new CfnOutput(stack, 'Dns', { value: lb.loadBalancerDnsName });
    new CfnOutput(stack, 'FullName', { value: lb.metrics.loadBalancerFullName });
  },
};
