'use strict';
const { ArnFormat, RemovalPolicy, Stack, aws_logs: logs, aws_wafv2: wafv2 } = require('aws-cdk-lib');

const MANAGED_GROUPS = [
  ['AWSManagedRulesAmazonIpReputationList'],
  // Bodies of more than 8 KB are counted, not blocked: there are API requests as long as that.
  ['AWSManagedRulesCommonRuleSet', ['SizeRestrictions_BODY']],
  ['AWSManagedRulesKnownBadInputsRuleSet'],
  ['AWSManagedRulesSQLiRuleSet'],
];
const visibility = (metricName) => ({ cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName });
const perAddress = (name, priority, rateBasedStatement) =>
  ({ name, priority, action: { block: {} }, visibilityConfig: visibility(name), statement: { rateBasedStatement } });
const managed = ([name, counted], index) => ({
  name, priority: 10 + index, overrideAction: { none: {} }, visibilityConfig: visibility(name),
  statement: {
    managedRuleGroupStatement: { vendorName: 'AWS', name, ruleActionOverrides: counted?.map((rule) => ({ name: rule, actionToUse: { count: {} } })) },
  },
});

// Behind CloudFront or another proxy the address of the connection is the proxy's, and everybody would share it.
const isForwarded = {
  sizeConstraintStatement: {
    fieldToMatch: { singleHeader: { Name: 'x-forwarded-for' } }, comparisonOperator: 'GT', size: 0, textTransformations: [{ priority: 0, type: 'NONE' }],
  },
};
const rateLimits = {
  CLOUDFRONT: (limit) => [perAddress('RateLimit', 0, { limit, aggregateKeyType: 'IP' })],
  REGIONAL: (limit) => [
    perAddress('RateLimit', 0, { limit, aggregateKeyType: 'IP', scopeDownStatement: { notStatement: { statement: isForwarded } } }),
    perAddress('RateLimitForwarded', 1, {
      limit, aggregateKeyType: 'FORWARDED_IP', forwardedIpConfig: { headerName: 'X-Forwarded-For', fallbackBehavior: 'NO_MATCH' },
    }),
  ],
};

/** A web ACL with AWS's rules and a rate limit, and its log. `scope`: CLOUDFRONT or REGIONAL. */
function webAcl(parent, id, { scope, settings, logName }) {
  const acl = new wafv2.CfnWebACL(parent, id, {
    scope,
    defaultAction: { allow: {} },
    visibilityConfig: visibility(id),
    rules: [...rateLimits[scope](settings.wafRateLimit), ...MANAGED_GROUPS.map(managed)],
  });
  // Not retained: there can be only one of that name, which WAF wants to begin like this.
  const group = new logs.LogGroup(parent, `${id}Logs`, {
    logGroupName: `aws-waf-logs-${settings.resourcePrefix}-${logName}`, retention: settings.logRetentionDays, removalPolicy: RemovalPolicy.DESTROY,
  });
  new wafv2.CfnLoggingConfiguration(parent, `${id}Logging`, {
    resourceArn: acl.attrArn,
    logDestinationConfigs: [Stack.of(parent).formatArn({
      service: 'logs', resource: 'log-group', resourceName: group.logGroupName, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    })],
    redactedFields: [{ singleHeader: { Name: 'authorization' } }, { singleHeader: { Name: 'cookie' } }],
  });
  return acl;
}
module.exports = { webAcl };
