'use strict';
const { Aws, Duration, Stack, aws_certificatemanager: acm, aws_cloudfront: cf, aws_cloudfront_origins: origins, aws_cloudwatch: cw, aws_iam: iam,
  aws_lambda: lambda, aws_s3: s3, aws_sns: sns } = require('aws-cdk-lib');

const ENV = { account: '123456789012', region: 'eu-west-1' };
const www = () => new origins.HttpOrigin('www.example.com');

module.exports = {
  'cloudfront-distribution-defaults': (stack) => {
    new cf.Distribution(stack, 'Distribution', { defaultBehavior: { origin: www() } });
  },

  'cloudfront-distribution-props': (stack) => {
    new cf.Distribution(stack, 'Distribution', {
      defaultBehavior: { origin: www() },
      domainNames: ['app.example.com', `${Aws.REGION}.example.com`],
      certificate: acm.Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:us-east-1:123456789012:certificate/abc'),
      minimumProtocolVersion: cf.SecurityPolicyProtocol.TLS_V1_3_2025,
      sslSupportMethod: cf.SSLMethod.VIP,
      comment: `${'é'.repeat(100)} ${'long '.repeat(20)}`,
      defaultRootObject: 'index.html',
      enabled: false,
      enableIpv6: false,
      httpVersion: cf.HttpVersion.HTTP2_AND_3,
      priceClass: cf.PriceClass.PRICE_CLASS_100,
      geoRestriction: cf.GeoRestriction.denylist('AQ', 'BV'),
      errorResponses: [
        { httpStatus: 404, responseHttpStatus: 200, responsePagePath: '/index.html', ttl: Duration.seconds(0) },
        { httpStatus: 403, responsePagePath: '/forbidden.html' },
        { httpStatus: 500, ttl: Duration.minutes(1) },
        { httpStatus: 502, responseHttpStatus: 503, responsePagePath: '/down.html' },
      ],
      webAclId: 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/abc',
      publishAdditionalMetrics: true,
    });
  },

  'cloudfront-distribution-empty-lists': (stack) => {
    new cf.Distribution(stack, 'Distribution', {
      defaultBehavior: { origin: www(), trustedKeyGroups: [], functionAssociations: [], edgeLambdas: [] },
      domainNames: [], additionalBehaviors: {}, errorResponses: [],
    });
  },

  'cloudfront-distribution-versions': (stack) => {
    const certificate = acm.Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:us-east-1:123456789012:certificate/abc');
    const { HTTP1_1, HTTP2, HTTP3 } = cf.HttpVersion;
    const { PRICE_CLASS_200, PRICE_CLASS_ALL } = cf.PriceClass;
    const { SSL_V3, TLS_V1, TLS_V1_2016, TLS_V1_1_2016, TLS_V1_2_2018, TLS_V1_2_2019, TLS_V1_2_2021, TLS_V1_2_2025 } = cf.SecurityPolicyProtocol;
    [SSL_V3, TLS_V1, TLS_V1_2016, TLS_V1_1_2016, TLS_V1_2_2018, TLS_V1_2_2019, TLS_V1_2_2021, TLS_V1_2_2025, undefined].forEach((minimumProtocolVersion, i) => {
      new cf.Distribution(stack, `Distribution${i}`, {
        defaultBehavior: { origin: www() }, domainNames: ['example.com'], certificate, minimumProtocolVersion,
        httpVersion: [HTTP1_1, HTTP2, HTTP3][i % 3], priceClass: [PRICE_CLASS_200, PRICE_CLASS_ALL, undefined][i % 3],
        sslSupportMethod: [cf.SSLMethod.SNI, cf.SSLMethod.STATIC_IP, undefined][i % 3],
        geoRestriction: i === 0 ? cf.GeoRestriction.allowlist('DE') : undefined,
      });
    });
  },

  'cloudfront-distribution-flags': {
    context: {
      '@aws-cdk/aws-cloudfront:defaultSecurityPolicyTLSv1.2_2021': true,
      '@aws-cdk/aws-cloudfront:defaultViewerProtocolPolicyRedirectToHttps': true,
    },
    build(stack) {
      new cf.Distribution(stack, 'Distribution', {
        defaultBehavior: { origin: www() },
        additionalBehaviors: { '/open/*': { origin: www(), viewerProtocolPolicy: cf.ViewerProtocolPolicy.ALLOW_ALL } },
        domainNames: ['example.com'],
        certificate: acm.Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:us-east-1:123456789012:certificate/abc'),
      });
    },
  },

  'cloudfront-distribution-flag-off': {
    context: { '@aws-cdk/aws-cloudfront:defaultSecurityPolicyTLSv1.2_2021': false },
    build(stack) {
      new cf.Distribution(stack, 'Distribution', {
        defaultBehavior: { origin: www() },
        domainNames: ['example.com'],
        certificate: acm.Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:us-east-1:123456789012:certificate/abc'),
      });
    },
  },

  'cloudfront-distribution-behaviors': (stack) => {
    const shared = www();
    const distribution = new cf.Distribution(stack, 'Distribution', {
      httpVersion: cf.HttpVersion.HTTP2,
      defaultBehavior: {
        origin: shared,
        viewerProtocolPolicy: cf.ViewerProtocolPolicy.HTTPS_ONLY,
        allowedMethods: cf.AllowedMethods.ALLOW_GET_HEAD,
        cachedMethods: cf.CachedMethods.CACHE_GET_HEAD,
        cachePolicy: cf.CachePolicy.CACHING_DISABLED,
        originRequestPolicy: cf.OriginRequestPolicy.ALL_VIEWER,
        responseHeadersPolicy: cf.ResponseHeadersPolicy.SECURITY_HEADERS,
        compress: false,
        smoothStreaming: true,
        trustedKeyGroups: [cf.KeyGroup.fromKeyGroupId(stack, 'Keys', 'keys-1'), cf.KeyGroup.fromKeyGroupId(stack, 'MoreKeys', 'keys-2')],
      },
      additionalBehaviors: {
        'z/*': { origin: shared, allowedMethods: cf.AllowedMethods.ALLOW_GET_HEAD_OPTIONS, cachedMethods: cf.CachedMethods.CACHE_GET_HEAD_OPTIONS },
        '/api/*': { origin: new origins.HttpOrigin('api.example.com'), allowedMethods: cf.AllowedMethods.ALLOW_ALL, enableGrpc: true,
          viewerProtocolPolicy: cf.ViewerProtocolPolicy.REDIRECT_TO_HTTPS },
      },
    });
    distribution.addBehavior('/late/*', shared, { compress: true, enableGrpc: false, smoothStreaming: false });
    distribution.addBehavior('/later/*', www());
  },

  'cloudfront-distribution-managed-policies': (stack) => {
    const { CachePolicy: C, OriginRequestPolicy: O, ResponseHeadersPolicy: R } = cf;
    const cache = [C.AMPLIFY, C.CACHING_OPTIMIZED, C.CACHING_OPTIMIZED_FOR_UNCOMPRESSED_OBJECTS, C.CACHING_DISABLED, C.ELEMENTAL_MEDIA_PACKAGE,
      C.USE_ORIGIN_CACHE_CONTROL_HEADERS, C.USE_ORIGIN_CACHE_CONTROL_HEADERS_QUERY_STRINGS];
    const request = [O.USER_AGENT_REFERER_HEADERS, O.CORS_CUSTOM_ORIGIN, O.CORS_S3_ORIGIN, O.ALL_VIEWER, O.ELEMENTAL_MEDIA_TAILOR,
      O.ALL_VIEWER_AND_CLOUDFRONT_2022, O.ALL_VIEWER_EXCEPT_HOST_HEADER, O.HOST_HEADER_ONLY];
    const response = [R.CORS_ALLOW_ALL_ORIGINS, R.CORS_ALLOW_ALL_ORIGINS_WITH_PREFLIGHT, R.SECURITY_HEADERS,
      R.CORS_ALLOW_ALL_ORIGINS_AND_SECURITY_HEADERS, R.CORS_ALLOW_ALL_ORIGINS_WITH_PREFLIGHT_AND_SECURITY_HEADERS];
    const origin = www();
    const distribution = new cf.Distribution(stack, 'Distribution', { defaultBehavior: { origin } });
    cache.forEach((cachePolicy, i) => distribution.addBehavior(`/cache/${i}`, origin, { cachePolicy }));
    request.forEach((originRequestPolicy, i) => distribution.addBehavior(`/request/${i}`, origin, { originRequestPolicy }));
    response.forEach((responseHeadersPolicy, i) => distribution.addBehavior(`/response/${i}`, origin, { responseHeadersPolicy }));
  },

  'cloudfront-distribution-edge': {
    env: { account: '123456789012', region: 'us-east-1' },
    build(stack) {
      const fn = new lambda.Function(stack, 'Function', {
        runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async (e) => e;'),
      });
      const version = fn.currentVersion;
      const viewer = new cf.Function(stack, 'Viewer', { code: cf.FunctionCode.fromInline('function handler(e) { return e.request; }') });
      new cf.Distribution(stack, 'Distribution', {
        defaultBehavior: {
          origin: www(),
          edgeLambdas: [
            { functionVersion: version, eventType: cf.LambdaEdgeEventType.ORIGIN_REQUEST, includeBody: true },
            { functionVersion: version, eventType: cf.LambdaEdgeEventType.ORIGIN_RESPONSE },
          ],
        },
        additionalBehaviors: {
          '/viewer/*': {
            origin: www(),
            edgeLambdas: [
              { functionVersion: version, eventType: cf.LambdaEdgeEventType.VIEWER_REQUEST, includeBody: false },
              { functionVersion: version, eventType: cf.LambdaEdgeEventType.VIEWER_RESPONSE },
            ],
          },
          '/function/*': {
            origin: www(),
            edgeLambdas: [],
            functionAssociations: [
              { function: viewer, eventType: cf.FunctionEventType.VIEWER_REQUEST },
              { function: viewer, eventType: cf.FunctionEventType.VIEWER_RESPONSE },
            ],
          },
        },
      });
    },
  },

  'cloudfront-distribution-logging': (stack) => {
    new cf.Distribution(stack, 'Default', { defaultBehavior: { origin: www() }, enableLogging: true });
    const logBucket = new s3.Bucket(stack, 'Logs', { objectOwnership: s3.ObjectOwnership.OBJECT_WRITER });
    new cf.Distribution(stack, 'Given', { defaultBehavior: { origin: www() }, logBucket, logFilePrefix: 'cdn/', logIncludesCookies: true });
    new cf.Distribution(stack, 'None', { defaultBehavior: { origin: www() }, logFilePrefix: 'cdn/', enableLogging: false });
  },

  'cloudfront-distribution-use': (stack) => {
    const distribution = new cf.Distribution(stack, 'Distribution', { defaultBehavior: { origin: www() }, publishAdditionalMetrics: true });
    const imported = cf.Distribution.fromDistributionAttributes(stack, 'Imported', { distributionId: 'E123', domainName: 'd1.cloudfront.net' });
    const role = new iam.Role(stack, 'Deploy', { assumedBy: new iam.ServicePrincipal('codebuild.amazonaws.com') });
    distribution.grantCreateInvalidation(role);
    imported.grantCreateInvalidation(role);
    new cw.Dashboard(stack, 'Dashboard', { widgets: [[new cw.GraphWidget({ left: [
      distribution.metricRequests(), distribution.metricBytesUploaded(), distribution.metricBytesDownloaded({ label: 'Out', statistic: 'max' }),
      distribution.metricTotalErrorRate(), distribution.metric4xxErrorRate(), distribution.metric5xxErrorRate(), distribution.metricOriginLatency({ statistic: 'p99' }),
      distribution.metricCacheHitRate(), distribution.metric404ErrorRate(), distribution.metric503ErrorRate(), distribution.metric('FunctionInvocations'),
    ] })]] });
    new sns.CfnTopic(stack, 'Topic', { topicName: distribution.distributionDomainName, displayName: distribution.distributionArn });
  },

  'cloudfront-distribution-stacks': {
    env: ENV,
    build(stack) {
      const near = new Stack(stack.node.scope, 'Near', { env: ENV });
      const api = new sns.CfnTopic(near, 'Topic');
      const distribution = new cf.Distribution(stack, 'Distribution', {
        defaultBehavior: { origin: new origins.HttpOrigin(api.attrTopicName, { customHeaders: { 'X-Token': api.ref } }) },
      });
      const far = new Stack(stack.node.scope, 'Far', { env: ENV });
      new sns.CfnTopic(far, 'Topic', { topicName: distribution.distributionId, displayName: distribution.distributionDomainName });
    },
  },
};
