'use strict';
const { Duration, aws_cloudfront: cloudfront } = require('aws-cdk-lib');

/** What browsers are told with every response. `override`: whatever the origin says of it. */
function securityHeaders({ contentSecurityPolicy, override }) {
  return {
    contentSecurityPolicy: contentSecurityPolicy ? { contentSecurityPolicy, override } : undefined,
    contentTypeOptions: { override: true },
    frameOptions: { frameOption: cloudfront.HeadersFrameOption.SAMEORIGIN, override },
    referrerPolicy: { referrerPolicy: cloudfront.HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN, override },
    strictTransportSecurity: { accessControlMaxAge: Duration.days(365), override: true },
  };
}
module.exports = { securityHeaders };
