'use strict';
const { CfnOutput, Duration, aws_ec2: ec2, aws_elasticloadbalancingv2: elbv2 } = require('aws-cdk-lib');

const { ListenerAction, ListenerCondition, ApplicationProtocol } = elbv2;
const arn = (name) => `arn:aws:acm:us-east-1:123456789012:certificate/${name}`;
const certificate = (name) => elbv2.ListenerCertificate.fromArn(arn(name));
const notFound = () => ListenerAction.fixedResponse(404);

function balancer(stack) {
  const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 });
  return new elbv2.ApplicationLoadBalancer(stack, 'LB', { vpc });
}
const group = (stack, lb, id) =>
  new elbv2.ApplicationTargetGroup(stack, id, { vpc: lb.vpc, port: 80, targetType: elbv2.TargetType.IP });

module.exports = {
  'elbv2-listener-protocols-and-ports': (stack) => {
    const lb = balancer(stack);
    const certificates = [certificate('one')];
    for (const port of [80, 8000, 8008, 8080]) lb.addListener(`P${port}`, { port, defaultAction: notFound() });
    for (const port of [443, 8443]) lb.addListener(`P${port}`, { port, certificates, defaultAction: notFound() });
    lb.addListener('Http', { protocol: ApplicationProtocol.HTTP, open: false, defaultAction: notFound() });
    lb.addListener('Https', { protocol: ApplicationProtocol.HTTPS, certificates, open: false, defaultAction: notFound() });
    lb.addListener('Odd', { protocol: ApplicationProtocol.HTTP, port: 1234, defaultAction: notFound() });
  },
  'elbv2-listener-certificates': (stack) => {
    const lb = balancer(stack);
    const first = lb.addListener('First', {
      port: 443, certificates: [certificate('a'), certificate('b'), certificate('c')], sslPolicy: elbv2.SslPolicy.RECOMMENDED_TLS, defaultAction: notFound(),
    });
    first.addCertificates('More', [certificate('d'), certificate('e')]);
    const second = lb.addListener('Second', { port: 8443, defaultAction: notFound() });
    second.addCertificates('Late', [certificate('f')]);
    second.addCertificates('Later', [certificate('g')]);
  },
  'elbv2-listener-ssl-policies': (stack) => {
    const lb = balancer(stack);
    for (const [name, sslPolicy] of Object.entries(elbv2.SslPolicy))
      lb.addListener(name, { port: 443, open: false, certificates: [certificate('one')], sslPolicy, defaultAction: notFound() });
  },
  'elbv2-listener-post-quantum-flag': {
    context: { '@aws-cdk/aws-elasticloadbalancingv2:usePostQuantumTlsPolicy': true },
    build(stack) {
      const lb = balancer(stack);
      lb.addListener('Https', { port: 443, certificates: [certificate('one')], defaultAction: notFound() });
      lb.addListener('Http', { port: 80, defaultAction: notFound() });
    },
  },
  'elbv2-listener-actions': (stack) => {
    const lb = balancer(stack);
    const one = group(stack, lb, 'One');
    const two = group(stack, lb, 'Two');
    const listener = (port, defaultAction) => lb.addListener(`L${port}`, { protocol: ApplicationProtocol.HTTP, port, defaultAction });
    listener(1, ListenerAction.forward([one]));
    listener(2, ListenerAction.forward([one, two]));
    listener(3, ListenerAction.forward([one], { stickinessDuration: Duration.hours(1) }));
    listener(4, ListenerAction.weightedForward([{ targetGroup: one, weight: 0 }, { targetGroup: two, weight: 7 }], { stickinessDuration: Duration.minutes(5) }));
    listener(5, ListenerAction.weightedForward([{ targetGroup: one }]));
    listener(6, ListenerAction.redirect({ protocol: 'HTTPS' }));
    listener(7, ListenerAction.redirect({ host: 'www.#{host}', path: '/v2/#{path}', port: '8443', protocol: '#{protocol}', query: 'a=b', permanent: true }));
    listener(8, ListenerAction.fixedResponse(503, { contentType: 'text/html', messageBody: '<h1>soon</h1>' }));
    lb.addListener('Groups', { port: 80, defaultTargetGroups: [two] });
  },
  'elbv2-listener-rules': (stack) => {
    const lb = balancer(stack);
    const listener = lb.addListener('Http', { port: 80, defaultAction: notFound() });
    const api = group(stack, lb, 'Api');
    listener.addAction('Old', {
      priority: 10, conditions: [ListenerCondition.pathPatterns(['/old/*', '/older/*']), ListenerCondition.hostHeaders(['example.com'])],
      action: ListenerAction.redirect({ path: '/new' }),
    });
    listener.addTargetGroups('Api', { priority: 20, conditions: [ListenerCondition.pathPatterns(['/api/*'])], targetGroups: [api] });
    listener.addTargets('Beta', {
      priority: 30, port: 8080, healthCheck: { path: '/health' }, targets: [new elbv2.IpTarget('10.0.0.9')],
      conditions: [ListenerCondition.httpHeader('X-Beta', ['yes', '1']), ListenerCondition.sourceIps(['10.0.0.0/8'])],
    });
    const rule = new elbv2.ApplicationListenerRule(stack, 'Rule', {
      listener, priority: 40, targetGroups: [api, group(stack, lb, 'Other')],
      conditions: [ListenerCondition.queryStrings([{ key: 'version', value: '2' }, { value: 'x' }])],
    });
    rule.addCondition(ListenerCondition.httpRequestMethods(['GET', 'HEAD']));
    new CfnOutput(stack, 'RuleArn', { value: rule.listenerRuleArn });
  },
  'elbv2-listener-default-targets-late': (stack) => {
    const lb = balancer(stack);
    const listener = lb.addListener('Http', { port: 80 });
    listener.addTargetGroups('App', { targetGroups: [group(stack, lb, 'Group')] });
    listener.setAttribute('routing.http.response.server.enabled', 'false');
    listener.setAttribute('routing.http.response.x_frame_options.header_value', 'DENY');
    lb.addListener('Other', { port: 8080 }).addAction('Late', { action: ListenerAction.redirect({ port: '80' }) });
  },
  'elbv2-listener-rule-action': (stack) => {
    const listener = balancer(stack).addListener('Listener', { port: 80, defaultAction: notFound() });
    const rule = new elbv2.ApplicationListenerRule(stack, 'Rule', { listener, priority: 7, conditions: [ListenerCondition.pathPatterns(['/old'])], action: notFound() });
    rule.configureAction(ListenerAction.fixedResponse(410));
  },
  'elbv2-listener-mutual-authentication': (stack) => {
    const lb = balancer(stack);
    const trustStore = { trustStoreRef: { trustStoreArn: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:truststore/clients/0123456789abcdef' } };
    const listener = (port, mutualAuthentication) => lb.addListener(`L${port}`, {
      protocol: ApplicationProtocol.HTTPS, port, certificates: [certificate('one')], mutualAuthentication, defaultAction: notFound(),
    });
    listener(1, { mutualAuthenticationMode: elbv2.MutualAuthenticationMode.OFF });
    listener(2, { mutualAuthenticationMode: elbv2.MutualAuthenticationMode.PASS_THROUGH });
    listener(3, { mutualAuthenticationMode: elbv2.MutualAuthenticationMode.VERIFY, trustStore, ignoreClientCertificateExpiry: false, advertiseTrustStoreCaNames: true });
    listener(4, {});
  },
  'elbv2-listener-import': (stack) => {
    const lb = balancer(stack);
    const listener = elbv2.ApplicationListener.fromApplicationListenerAttributes(stack, 'Listener', {
      listenerArn: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2',
      securityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'Theirs', 'sg-12345678'), defaultPort: 443,
    });
    listener.addCertificates('Certificates', [certificate('a'), certificate('b')]);
    listener.addAction('Gone', { priority: 5, conditions: [ListenerCondition.pathPatterns(['/gone'])], action: ListenerAction.fixedResponse(410) });
    const app = group(stack, lb, 'App');
    listener.addTargetGroups('App', { priority: 6, conditions: [ListenerCondition.hostHeaders(['app.example.com'])], targetGroups: [app] });
    const instance = new ec2.SecurityGroup(stack, 'Instance', { vpc: lb.vpc });
    app.registerConnectable(instance, ec2.Port.tcp(8000));
    new CfnOutput(stack, 'First', { value: app.firstLoadBalancerFullName });
  },
};
