// SPDX-License-Identifier: MIT
'use strict';
const { CfnOutput, CfnParameter, Fn, Stack, Token, aws_ec2: ec2 } = require('aws-cdk-lib');

const output = (stack, id, value) => new CfnOutput(stack, id, { value });
const joined = (stack, id, values) => output(stack, id, Fn.join(',', values));
const anyVpc = (stack) => new ec2.Vpc(stack, 'Vpc', {
  natGateways: 0, maxAzs: 1, subnetConfiguration: [{ name: 'Public', subnetType: ec2.SubnetType.PUBLIC }],
});
const group = (stack, id, props) => new ec2.SecurityGroup(stack, id, { description: id, ...props });
const otherStack = (stack) =>
  new Stack(stack.node.scope, 'Other', { env: { account: stack.account, region: stack.region } });

module.exports = {
  'ec2-security-group-defaults': (stack) => {
    new ec2.SecurityGroup(stack, 'Group', { vpc: anyVpc(stack) });
  },
  'ec2-security-group-options': (stack) => {
    const named = new ec2.SecurityGroup(stack, 'Named', {
      vpc: anyVpc(stack), securityGroupName: 'tango-web', description: 'Web servers', allowAllOutbound: false,
    });
    output(stack, 'Id', named.securityGroupId);
    output(stack, 'Name', named.securityGroupName);
    output(stack, 'VpcId', named.securityGroupVpcId);
  },
  'ec2-security-group-inline-rules': (stack) => {
    const web = group(stack, 'Web', { vpc: anyVpc(stack) });
    const all = ec2.Peer.anyIpv4();
    web.addIngressRule(all, ec2.Port.tcp(80));
    web.addIngressRule(all, ec2.Port.tcp(443), 'HTTPS');
    web.addIngressRule(all, ec2.Port.tcp(443), 'a duplicate');
    web.addIngressRule(ec2.Peer.anyIpv6(), ec2.Port.tcp(443));
    web.addIngressRule(ec2.Peer.ipv4('10.0.0.0/8'), ec2.Port.tcpRange(8000, 8010));
    web.addIngressRule(ec2.Peer.ipv4('10.0.0.0/8'), ec2.Port.allTcp());
    web.addIngressRule(ec2.Peer.ipv4('10.0.0.0/8'), ec2.Port.udp(53));
    web.addIngressRule(ec2.Peer.ipv4('10.0.0.0/8'), ec2.Port.udpRange(5000, 5010));
    web.addIngressRule(ec2.Peer.ipv4('10.0.0.0/8'), ec2.Port.allUdp());
    web.addIngressRule(ec2.Peer.ipv6('2001:db8::/32'), ec2.Port.icmpPing());
    web.addIngressRule(all, ec2.Port.icmpType(3));
    web.addIngressRule(all, ec2.Port.icmpTypeAndCode(3, 4));
    web.addIngressRule(all, ec2.Port.allIcmp());
    web.addIngressRule(ec2.Peer.ipv4('10.1.0.0/16'), ec2.Port.allTraffic());
    web.addIngressRule(ec2.Peer.securityGroupId('sg-0123456789abcdef0'), ec2.Port.tcp(22));
    web.addIngressRule(ec2.Peer.securityGroupId('sg-0123456789abcdef0', '123456789012'), ec2.Port.tcp(22));
  },
  'ec2-security-group-egress-rules': (stack) => {
    const vpc = anyVpc(stack);
    const closed = group(stack, 'Closed', { vpc, allowAllOutbound: false });
    closed.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(80));
    const ipv4 = group(stack, 'Ipv4', { vpc, allowAllOutbound: false });
    ipv4.addEgressRule(ec2.Peer.ipv4('10.0.0.0/8'), ec2.Port.tcp(5432));
    ipv4.addEgressRule(ec2.Peer.ipv4('10.0.0.0/8'), ec2.Port.tcp(5432), 'a duplicate');
    ipv4.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443), 'HTTPS');
    const ipv6 = group(stack, 'Ipv6', { vpc, allowAllOutbound: false });
    ipv6.addEgressRule(ec2.Peer.ipv6('2001:db8::/32'), ec2.Port.tcp(443));
    const id = group(stack, 'Id', { vpc, allowAllOutbound: false });
    id.addEgressRule(ec2.Peer.securityGroupId('sg-12345678'), ec2.Port.tcp(443));
  },
  'ec2-security-group-open-egress': (stack) => {
    const vpc = anyVpc(stack);
    const both = group(stack, 'Both', { vpc, allowAllIpv6Outbound: true });
    both.addEgressRule(ec2.Peer.ipv4('10.0.0.0/8'), ec2.Port.tcp(443));
    both.addEgressRule(ec2.Peer.anyIpv6(), ec2.Port.tcp(443));
    const ipv6 = group(stack, 'Ipv6', { vpc, allowAllOutbound: false, allowAllIpv6Outbound: true });
    ipv6.addIngressRule(ec2.Peer.anyIpv6(), ec2.Port.tcp(443));
    const ipv4 = group(stack, 'Ipv4', { vpc });
    ipv4.addEgressRule(ec2.Peer.ipv6('2001:db8::/32'), ec2.Port.tcp(443));
  },
  'ec2-security-group-stand-alone-rules': (stack) => {
    const vpc = anyVpc(stack);
    const web = group(stack, 'Web', { vpc, allowAllOutbound: false });
    const database = group(stack, 'Database', { vpc });
    const port = Token.asNumber(new CfnParameter(stack, 'Port', { type: 'Number' }).value);
    const list = new CfnParameter(stack, 'List').valueAsString;
    web.addIngressRule(database, ec2.Port.tcp(80));
    web.addIngressRule(database, ec2.Port.tcp(80), 'the same rule');
    web.addIngressRule(database, ec2.Port.allTraffic(), 'From the database');
    web.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(port));
    web.addIngressRule(ec2.Peer.prefixList('pl-12345678'), ec2.Port.tcp(443));
    web.addIngressRule(ec2.Peer.prefixList(list), ec2.Port.tcp(443));
    web.addIngressRule(ec2.Peer.prefixList(list), ec2.Port.tcp(443));
    web.addIngressRule(ec2.Peer.ipv4(vpc.vpcCidrBlock), ec2.Port.tcp(443));
    web.addEgressRule(database, ec2.Port.tcp(5432));
    web.addEgressRule(ec2.Peer.prefixList('pl-12345678'), ec2.Port.tcp(443), 'Storage');
    web.addEgressRule(ec2.Peer.ipv4(vpc.vpcCidrBlock), ec2.Port.udp(53));
  },
  'ec2-security-group-no-inline-rules': {
    context: { '@aws-cdk/aws-ec2.securityGroupDisableInlineRules': true },
    build: (stack) => {
      const vpc = anyVpc(stack);
      const open = group(stack, 'Open', { vpc, allowAllIpv6Outbound: true });
      open.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(80));
      open.addIngressRule(ec2.Peer.ipv6('2001:db8::/32'), ec2.Port.tcp(80));
      group(stack, 'Closed', { vpc, allowAllOutbound: false });
      const some = group(stack, 'Some', { vpc, allowAllOutbound: false });
      some.addEgressRule(ec2.Peer.ipv4('10.0.0.0/8'), ec2.Port.tcp(443));
      const inline = group(stack, 'Inline', { vpc, disableInlineRules: false });
      inline.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(80));
    },
  },
  'ec2-security-group-imports': (stack) => {
    const id = 'sg-0123456789abcdef0';
    const from = (name, options) => ec2.SecurityGroup.fromSecurityGroupId(stack, name, id, options);
    const change = (imported) => {
      imported.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(80));
      imported.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443));
      imported.addEgressRule(ec2.Peer.ipv6('2001:db8::/32'), ec2.Port.tcp(443));
    };
    change(from('Mutable'));
    change(from('Closed', { allowAllOutbound: false }));
    change(from('Immutable', { mutable: false }));
    const web = group(stack, 'Web', { vpc: anyVpc(stack), allowAllOutbound: false });
    web.connections.allowTo(from('Database'), ec2.Port.tcp(5432), 'To the database');
    web.connections.allowFrom(from('Balancer', { mutable: false }), ec2.Port.tcp(8000));
  },
  'ec2-security-group-rules': (stack) => {
    const web = group(stack, 'Web', { vpc: anyVpc(stack) });
    const groupId = web.securityGroupId;
    new ec2.CfnSecurityGroupIngress(stack, 'FromGroup', {
      ipProtocol: 'tcp', fromPort: 5432, toPort: 5432, description: 'PostgreSQL',
      groupId: 'sg-12345678', sourceSecurityGroupId: groupId,
    });
    new ec2.CfnSecurityGroupIngress(stack, 'FromAddress', { ipProtocol: '-1', groupId, cidrIp: '10.0.0.0/8' });
    new ec2.CfnSecurityGroupIngress(stack, 'FromList', {
      ipProtocol: 'tcp', fromPort: 0, toPort: 65535, groupId, sourcePrefixListId: 'pl-12345678',
    });
    new ec2.CfnSecurityGroupEgress(stack, 'ToGroup', {
      ipProtocol: 'tcp', fromPort: 5432, toPort: 5432, groupId, destinationSecurityGroupId: 'sg-12345678',
    });
    new ec2.CfnSecurityGroupEgress(stack, 'ToAddress', {
      ipProtocol: 'udp', fromPort: 53, toPort: 53, description: 'DNS', groupId, cidrIpv6: '::/0',
    });
    new ec2.CfnSecurityGroupEgress(stack, 'ToList', {
      ipProtocol: 'tcp', fromPort: 443, toPort: 443, groupId, destinationPrefixListId: 'pl-12345678',
    });
  },
  'ec2-security-group-connections': (stack) => {
    const vpc = anyVpc(stack);
    const web = group(stack, 'Web', { vpc, allowAllOutbound: false });
    const database = group(stack, 'Database', { vpc, allowAllOutbound: false });
    const open = group(stack, 'Open', { vpc });
    web.connections.allowTo(database, ec2.Port.tcp(5432), 'PostgreSQL');
    web.connections.allowFrom(open, ec2.Port.tcp(8000));
    web.connections.allowFromAnyIpv4(ec2.Port.tcp(80));
    web.connections.allowToAnyIpv4(ec2.Port.tcp(443), 'HTTPS');
    web.connections.allowFrom(ec2.Peer.ipv4('10.0.0.0/8'), ec2.Port.tcp(22));
    web.connections.allowInternally(ec2.Port.tcp(7946), 'Gossip');
    database.connections.allowTo(database, ec2.Port.tcp(5433));
    open.connections.allowInternally(ec2.Port.allTraffic());
  },
  'ec2-security-group-connections-groups-added-later': (stack) => {
    const vpc = anyVpc(stack);
    const first = group(stack, 'First', { vpc, allowAllOutbound: false });
    const second = group(stack, 'Second', { vpc, allowAllOutbound: false });
    const third = group(stack, 'Third', { vpc, allowAllOutbound: false });
    const service = new ec2.Connections({ securityGroups: [first] });
    const client = new ec2.Connections();
    service.allowFromAnyIpv4(ec2.Port.tcp(80));
    service.allowFromAnyIpv4(ec2.Port.tcp(443));
    service.allowFrom(client, ec2.Port.tcp(8000), 'Clients');
    service.allowInternally(ec2.Port.udp(7946));
    service.addSecurityGroup(second);
    client.addSecurityGroup(third);
    joined(stack, 'Groups', service.securityGroups.map((each) => each.securityGroupId));
  },
  'ec2-security-group-connections-default-ports': (stack) => {
    const vpc = anyVpc(stack);
    const database = group(stack, 'Database', { vpc, allowAllOutbound: false });
    const client = group(stack, 'Client', { vpc, allowAllOutbound: false });
    const connections = new ec2.Connections({ securityGroups: [database], defaultPort: ec2.Port.tcp(5432) });
    connections.allowDefaultPortFrom(client, 'From the client');
    connections.allowDefaultPortTo(client, 'To the client');
    connections.allowDefaultPortInternally();
    connections.allowDefaultPortFromAnyIpv4('From anywhere');
    const third = group(stack, 'Third', { vpc, allowAllOutbound: false });
    third.connections.allowToDefaultPort(connections, 'To the database');
  },
  'ec2-security-group-connections-to-peers': (stack) => {
    const web = group(stack, 'Web', { vpc: anyVpc(stack), allowAllOutbound: false });
    web.connections.allowTo(ec2.Peer.ipv4('10.0.0.0/8'), ec2.Port.tcp(443), 'inside');
    web.connections.allowTo(ec2.Peer.prefixList('pl-12345678'), ec2.Port.tcp(443));
  },
  'ec2-security-group-connections-cross-stack': (stack) => {
    const other = otherStack(stack);
    const vpc = anyVpc(other);
    const database = group(other, 'Database', { vpc, allowAllOutbound: false });
    const web = group(stack, 'Web', { vpc, allowAllOutbound: false });
    const worker = group(stack, 'Worker', { vpc });
    web.connections.allowTo(database, ec2.Port.tcp(5432), 'PostgreSQL');
    web.connections.allowTo(database, ec2.Port.tcp(5432), 'again');
    worker.connections.allowTo(database, ec2.Port.tcp(5432));
  },
  'ec2-security-group-connections-cross-stack-from-owner': (stack) => {
    const other = otherStack(stack);
    const vpc = anyVpc(other);
    const database = group(stack, 'Database', { vpc });
    const web = group(other, 'Web', { vpc, allowAllOutbound: false });
    web.addEgressRule(database, ec2.Port.tcp(5432), undefined, true);
    database.addIngressRule(web, ec2.Port.tcp(5432), 'Web servers');
  },
};
