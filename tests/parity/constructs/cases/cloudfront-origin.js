'use strict';
const { Aws, Duration, aws_cloudfront: cf, aws_cloudfront_origins: origins, aws_kms: kms, aws_s3: s3 } = require('aws-cdk-lib');

const distribution = (stack, id, ...list) => {
  const made = new cf.Distribution(stack, id, { defaultBehavior: { origin: list[0] } });
  list.slice(1).forEach((origin, i) => made.addBehavior(`/${i + 1}/*`, origin));
  return made;
};
const { READ, READ_VERSIONED, LIST, WRITE, DELETE } = cf.AccessLevel;

module.exports = {
  'cloudfront-origin-http': (stack) => {
    distribution(stack, 'Distribution',
      new origins.HttpOrigin('www.example.com', {
        originPath: 'assets/', connectionTimeout: Duration.seconds(10), connectionAttempts: 3, originShieldRegion: 'eu-west-1', originId: 'www',
        originAccessControlId: 'E123', responseCompletionTimeout: Duration.minutes(1),
        customHeaders: { 'X-Origin-Verify': 'secret', 'X-Account': Aws.ACCOUNT_ID, 'CloudFront-Forwarded-Proto': 'https' },
        protocolPolicy: cf.OriginProtocolPolicy.MATCH_VIEWER, originSslProtocols: [cf.OriginSslPolicy.TLS_V1_1, cf.OriginSslPolicy.TLS_V1_2],
        httpPort: 8080, httpsPort: 443, readTimeout: Duration.seconds(45), keepaliveTimeout: Duration.seconds(5), ipAddressType: cf.OriginIpAddressType.DUALSTACK,
      }),
      new origins.HttpOrigin(`api.${Aws.URL_SUFFIX}`, { originPath: `/${Aws.REGION}`, protocolPolicy: cf.OriginProtocolPolicy.HTTP_ONLY, customHeaders: {} }),
      new origins.HttpOrigin('www.example.com', { originPath: '/', originShieldEnabled: false, ipAddressType: cf.OriginIpAddressType.IPV6 }),
      new origins.HttpOrigin('www.example.com', { originShieldEnabled: true, protocolPolicy: cf.OriginProtocolPolicy.HTTPS_ONLY, originPath: '/a/b/',
        ipAddressType: cf.OriginIpAddressType.IPV4, connectionAttempts: 1, connectionTimeout: Duration.seconds(1) }));
  },

  'cloudfront-origin-long-path': (stack) => {
    const scope = new (require('constructs').Construct)(stack, 'ScopeWithAnIdThatIsLongEnoughToMakeTheIdOfTheOriginTooLongForCloudFrontWhichTakes128Characters');
    distribution(scope, 'DistributionWithALongIdToo',
      new origins.OriginGroup({ primaryOrigin: new origins.HttpOrigin('a.example.com'), fallbackOrigin: new origins.HttpOrigin('b.example.com') }));
  },

  'cloudfront-origin-group': (stack) => {
    const main = new origins.HttpOrigin('a.example.com');
    const spare = new origins.HttpOrigin('b.example.com', { originId: 'spare' });
    const group = new origins.OriginGroup({ primaryOrigin: main, fallbackOrigin: spare });
    distribution(stack, 'Distribution', group, group, spare,
      new origins.OriginGroup({
        primaryOrigin: main, fallbackOrigin: spare, fallbackStatusCodes: [404, 503], selectionCriteria: cf.OriginSelectionCriteria.MEDIA_QUALITY_BASED,
      }),
      main,
      new origins.OriginGroup({
        primaryOrigin: new origins.HttpOrigin('c.example.com', { originId: 'c' }), fallbackOrigin: main, selectionCriteria: cf.OriginSelectionCriteria.DEFAULT,
      }));
  },

  'cloudfront-origin-bucket': (stack) => {
    const bucket = new s3.Bucket(stack, 'Bucket');
    distribution(stack, 'Distribution', origins.S3BucketOrigin.withOriginAccessControl(bucket));
  },

  'cloudfront-origin-bucket-levels': (stack) => {
    const bucket = new s3.Bucket(stack, 'Bucket', { enforceSSL: true });
    const originAccessControl = new cf.S3OriginAccessControl(stack, 'Control', { originAccessControlName: 'shop', description: 'For the shop',
      signing: cf.Signing.SIGV4_NO_OVERRIDE });
    const both = origins.S3BucketOrigin.withOriginAccessControl(bucket, {
      originAccessControl, originAccessLevels: [READ, LIST, WRITE, READ], originPath: '/public', originId: 'files', originAccessControlId: 'overridden',
    });
    distribution(stack, 'First', both, origins.S3BucketOrigin.withOriginAccessControl(bucket, { originAccessLevels: [READ_VERSIONED, DELETE], connectionAttempts: 2 }));
    distribution(stack, 'Second', both, origins.S3BucketOrigin.withOriginAccessControl(bucket, { originAccessLevels: [LIST] }));
  },

  'cloudfront-origin-bucket-shared': (stack) => {
    const bucket = new s3.Bucket(stack, 'Bucket');
    const origin = origins.S3BucketOrigin.withOriginAccessControl(bucket);
    distribution(stack, 'First', origin);
    distribution(stack, 'Second', origin);
  },

  'cloudfront-origin-bucket-imported': (stack) => {
    const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'shop-files');
    const originAccessControl = cf.S3OriginAccessControl.fromOriginAccessControlId(stack, 'Control', 'E123');
    distribution(stack, 'Distribution', origins.S3BucketOrigin.withOriginAccessControl(bucket, { originAccessControl }),
      origins.S3BucketOrigin.withBucketDefaults(bucket, { originPath: 'x', customHeaders: { 'X-A': 'b' } }));
  },

  'cloudfront-origin-bucket-defaults': (stack) => {
    distribution(stack, 'Distribution', origins.S3BucketOrigin.withBucketDefaults(new s3.Bucket(stack, 'Bucket')));
  },

  'cloudfront-origin-bucket-key': (stack) => {
    const own = new s3.Bucket(stack, 'Own', { encryption: s3.BucketEncryption.KMS, encryptionKey: new kms.Key(stack, 'Key') });
    const other = new s3.Bucket(stack, 'Other', {
      encryption: s3.BucketEncryption.KMS, encryptionKey: kms.Key.fromKeyArn(stack, 'Imported', 'arn:aws:kms:eu-west-1:123456789012:key/abc'),
    });
    distribution(stack, 'Distribution', origins.S3BucketOrigin.withOriginAccessControl(own, { originAccessLevels: [READ, WRITE] }),
      origins.S3BucketOrigin.withOriginAccessControl(other));
  },

  'cloudfront-origin-access-control': (stack) => {
    const { SIGV4_ALWAYS, SIGV4_ALWAYS_AMZ_AUTH, SIGV4A_ALWAYS, SIGV4A_ALWAYS_AMZ_AUTH, NEVER } = cf.Signing;
    [SIGV4_ALWAYS, SIGV4_ALWAYS_AMZ_AUTH, SIGV4A_ALWAYS, SIGV4A_ALWAYS_AMZ_AUTH, NEVER, undefined].forEach((signing, i) =>
      new cf.S3OriginAccessControl(stack, `ControlWithALongIdThatGoesOnSoThatTheNameIsTooLong${i}`, { signing }));
  },
};
