'use strict';
const { CfnOutput, Tags, aws_certificatemanager: acm, aws_route53: route53 } = require('aws-cdk-lib');

const zone = (stack, id, name) => route53.HostedZone.fromHostedZoneAttributes(stack, id, { hostedZoneId: `Z0${id}`, zoneName: name });

module.exports = {
  'acm-import': (stack) => {
    const certificate = acm.Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:us-east-1:123456789012:certificate/abc');
    new CfnOutput(stack, 'Arn', { value: certificate.certificateArn });
  },
  'acm-dns': (stack) => {
    const certificate = new acm.Certificate(stack, 'Certificate', {
      domainName: 'example.com', subjectAlternativeNames: ['*.example.com', '*.api.example.com', 'example.org'],
      validation: acm.CertificateValidation.fromDns(zone(stack, 'Zone', 'example.com')),
    });
    new CfnOutput(stack, 'Arn', { value: certificate.certificateArn });
  },
  'acm-by-hand': (stack) => {
    new acm.Certificate(stack, 'Certificate', { domainName: 'example.com', validation: acm.CertificateValidation.fromDns() });
  },
  'acm-options': (stack) => {
    Tags.of(stack).add('Name', 'of the stack');
    new acm.Certificate(stack, 'Certificate', {
      domainName: '*.example.com', subjectAlternativeNames: ['example.net', 'example.org'], certificateName: 'shop', keyAlgorithm: acm.KeyAlgorithm.EC_PRIME256V1,
      transparencyLoggingEnabled: false, allowExport: true,
      validation: acm.CertificateValidation.fromDnsMultiZone({
        'example.net': zone(stack, 'Net', 'example.net'), '*.example.com': zone(stack, 'Com', 'example.com'),
      }),
    });
    new acm.Certificate(stack, 'Logged', { domainName: 'example.com', transparencyLoggingEnabled: true, validation: acm.CertificateValidation.fromDns() });
  },
};
