'use strict';
const { Aws, Duration, aws_cloudfront: cf, aws_cloudfront_origins: origins, aws_sns: sns } = require('aws-cdk-lib');
const { Construct } = require('constructs');
const path = require('node:path');

const ENV = { account: '123456789012', region: 'eu-west-1' };
const long = (stack) => new Construct(stack, 'ScopeWithAnIdThatIsLongEnoughToMakeTheNameOfWhatIsMadeInItLongerThanCloudFrontTakesSoThatItIsCut');

module.exports = {
  'cloudfront-policy-defaults': (stack) => {
    const cachePolicy = new cf.CachePolicy(stack, 'Cache');
    const originRequestPolicy = new cf.OriginRequestPolicy(stack, 'Request');
    const responseHeadersPolicy = new cf.ResponseHeadersPolicy(stack, 'Response');
    const viewer = new cf.Function(stack, 'Viewer', { code: cf.FunctionCode.fromInline('x') });
    new cf.Distribution(stack, 'Distribution', {
      defaultBehavior: {
        origin: new origins.HttpOrigin('www.example.com'), cachePolicy, originRequestPolicy, responseHeadersPolicy,
        functionAssociations: [{ function: viewer, eventType: cf.FunctionEventType.VIEWER_REQUEST }],
      },
    });
  },

  'cloudfront-policy-names': {
    env: ENV,
    build(stack) {
      const scope = long(stack);
      new cf.CachePolicy(scope, 'Cache');
      new cf.OriginRequestPolicy(scope, 'Request');
      new cf.ResponseHeadersPolicy(scope, 'Response');
      new cf.Function(scope, 'Viewer', { code: cf.FunctionCode.fromInline('x') });
      new cf.Function(stack, 'Short', { code: cf.FunctionCode.fromInline('x') });
    },
  },

  'cloudfront-policy-cache': (stack) => {
    new cf.CachePolicy(stack, 'All', {
      cachePolicyName: 'all_1-a', comment: 'Everything', minTtl: Duration.minutes(1), defaultTtl: Duration.hours(1), maxTtl: Duration.days(1),
      cookieBehavior: cf.CacheCookieBehavior.all(), headerBehavior: cf.CacheHeaderBehavior.none(), queryStringBehavior: cf.CacheQueryStringBehavior.all(),
      enableAcceptEncodingGzip: true, enableAcceptEncodingBrotli: true,
    });
    new cf.CachePolicy(stack, 'Some', {
      cachePolicyName: `some-${Aws.REGION}`,
      cookieBehavior: cf.CacheCookieBehavior.allowList('session', 'theme'), headerBehavior: cf.CacheHeaderBehavior.allowList('Accept', 'Origin'),
      queryStringBehavior: cf.CacheQueryStringBehavior.allowList('page'), minTtl: Duration.days(2),
    });
    new cf.CachePolicy(stack, 'AllBut', {
      cookieBehavior: cf.CacheCookieBehavior.denyList('tracking'), queryStringBehavior: cf.CacheQueryStringBehavior.denyList('utm', 'ref'),
      defaultTtl: Duration.seconds(0), maxTtl: Duration.seconds(0),
    });
    new cf.CachePolicy(stack, 'None', {
      cookieBehavior: cf.CacheCookieBehavior.none(), queryStringBehavior: cf.CacheQueryStringBehavior.none(), defaultTtl: Duration.days(400),
    });
  },

  'cloudfront-policy-origin-request': (stack) => {
    const { OriginRequestCookieBehavior: Cookies, OriginRequestHeaderBehavior: Headers, OriginRequestQueryStringBehavior: Queries } = cf;
    new cf.OriginRequestPolicy(stack, 'All', {
      originRequestPolicyName: 'all', comment: 'Everything', cookieBehavior: Cookies.all(), headerBehavior: Headers.all(), queryStringBehavior: Queries.all(),
    });
    new cf.OriginRequestPolicy(stack, 'Some', {
      cookieBehavior: Cookies.allowList('session'), headerBehavior: Headers.allowList('Accept', 'Origin'), queryStringBehavior: Queries.allowList('page'),
    });
    new cf.OriginRequestPolicy(stack, 'AllBut', {
      cookieBehavior: Cookies.denyList('tracking'), headerBehavior: Headers.denyList('Host'), queryStringBehavior: Queries.denyList('utm'),
    });
    new cf.OriginRequestPolicy(stack, 'More', { headerBehavior: Headers.all('CloudFront-Viewer-Country', 'CloudFront-Is-Mobile-Viewer') });
    new cf.OriginRequestPolicy(stack, 'None', { cookieBehavior: Cookies.none(), headerBehavior: Headers.none(), queryStringBehavior: Queries.none() });
  },

  'cloudfront-policy-response-headers': (stack) => {
    new cf.ResponseHeadersPolicy(stack, 'All', {
      responseHeadersPolicyName: 'all', comment: 'Everything',
      corsBehavior: {
        accessControlAllowCredentials: true, accessControlAllowHeaders: ['X-A', 'X-B'], accessControlAllowMethods: ['GET', 'POST'],
        accessControlAllowOrigins: ['https://example.com'], accessControlExposeHeaders: ['X-C'], accessControlMaxAge: Duration.minutes(10), originOverride: true,
      },
      customHeadersBehavior: { customHeaders: [{ header: 'X-Region', value: Aws.REGION, override: true }, { header: 'X-App', value: 'shop', override: false }] },
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy: "default-src 'self'", override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: cf.HeadersFrameOption.DENY, override: false },
        referrerPolicy: { referrerPolicy: cf.HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN, override: true },
        strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: true, preload: false, override: true },
        xssProtection: { protection: true, modeBlock: true, reportUri: 'https://example.com/xss', override: true },
      },
      removeHeaders: ['Server', 'X-Powered-By'],
      serverTimingSamplingRate: 12.3456,
    });
    new cf.ResponseHeadersPolicy(stack, 'Few', {
      corsBehavior: {
        accessControlAllowCredentials: false, accessControlAllowHeaders: ['*'], accessControlAllowMethods: ['ALL'], accessControlAllowOrigins: ['*'], originOverride: false,
      },
      securityHeadersBehavior: {
        frameOptions: { frameOption: cf.HeadersFrameOption.SAMEORIGIN, override: true },
        strictTransportSecurity: { accessControlMaxAge: Duration.seconds(0), override: false },
        xssProtection: { protection: false, override: false },
      },
      serverTimingSamplingRate: 0,
    });
    ['NO_REFERRER', 'NO_REFERRER_WHEN_DOWNGRADE', 'ORIGIN', 'ORIGIN_WHEN_CROSS_ORIGIN', 'SAME_ORIGIN', 'STRICT_ORIGIN', 'UNSAFE_URL'].forEach((name) =>
      new cf.ResponseHeadersPolicy(stack, name, { securityHeadersBehavior: { referrerPolicy: { referrerPolicy: cf.HeadersReferrerPolicy[name], override: false } } }));
  },

  'cloudfront-policy-function': (stack) => {
    const made = new cf.Function(stack, 'Function', {
      functionName: 'rewrite', comment: 'Rewrites', runtime: cf.FunctionRuntime.JS_2_0, autoPublish: false,
      code: cf.FunctionCode.fromInline('function handler(event) { return event.request; }'),
      keyValueStore: cf.KeyValueStore.fromKeyValueStoreArn(stack, 'Store', 'arn:aws:cloudfront::123456789012:key-value-store/abc'),
    });
    new cf.Function(stack, 'Stored', {
      code: cf.FunctionCode.fromInline('x'),
      keyValueStore: cf.KeyValueStore.fromKeyValueStoreArn(stack, 'Another', 'arn:aws:cloudfront::123456789012:key-value-store/def'),
    });
    new sns.CfnTopic(stack, 'Topic', { topicName: made.functionArn, displayName: made.functionStage });
  },

  'cloudfront-policy-function-file': (stack) => {
    new cf.Function(stack, 'Function', { code: cf.FunctionCode.fromFile({ filePath: path.join(__dirname, '../assets/cloudfront-function.js') }) });
  },

  'cloudfront-policy-function-flag': {
    context: { '@aws-cdk/aws-cloudfront:defaultFunctionRuntimeV2_0': true },
    build(stack) {
      new cf.Function(stack, 'Function', { code: cf.FunctionCode.fromInline('x') });
    },
  },
};
