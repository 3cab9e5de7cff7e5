'use strict';
const { aws_iam: iam, aws_kms: kms, aws_s3: s3, CfnOutput, CfnParameter, Duration, RemovalPolicy, Stack } = require('aws-cdk-lib');

const environment = { account: '111111111111', region: 'eu-west-1' };
const role = (stack, id = 'Role', roleName = undefined) => new iam.Role(stack, id, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'), roleName });
const other = (stack, account, region) => new Stack(stack.node.scope, 'Other', { env: { account, region } });
const importedKey = (stack) => kms.Key.fromKeyArn(stack, 'Imported', 'arn:aws:kms:eu-west-1:111111111111:key/1234');
const attributes = (stack, b, id = 'Attributes') => new CfnOutput(stack, id, {
  value: [b.bucketArn, b.bucketName, b.bucketDomainName, b.bucketRegionalDomainName, b.bucketDualStackDomainName, b.bucketWebsiteUrl, b.bucketWebsiteDomainName,
    b.arnForObjects('x/*'), b.urlForObject(), b.urlForObject('/key'), b.s3UrlForObject('a/b'), String(!!b.isWebsite)].join(' '),
});
function grantAll(bucket, grantee) {
  bucket.grantRead(grantee);
  bucket.grantWrite(grantee, 'written/*');
  bucket.grantPut(grantee);
  bucket.grantPutAcl(grantee);
  bucket.grantDelete(grantee, 'tmp/*');
  bucket.grantReadWrite(grantee);
}
const loggedBuckets = (stack) => {
  const logs = new s3.Bucket(stack, 'Logs');
  new s3.Bucket(stack, 'Logged', { serverAccessLogsBucket: logs, serverAccessLogsPrefix: 'logged/' });
  new s3.Bucket(stack, 'Itself', { serverAccessLogsPrefix: 'self/', targetObjectKeyFormat: s3.TargetObjectKeyFormat.partitionedPrefix(s3.PartitionDateSource.EVENT_TIME) });
  const encrypted = new s3.Bucket(stack, 'Encrypted', { encryption: s3.BucketEncryption.KMS, objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_PREFERRED });
  new s3.Bucket(stack, 'ToEncrypted', { serverAccessLogsBucket: encrypted, targetObjectKeyFormat: s3.TargetObjectKeyFormat.simplePrefix() });
  new s3.Bucket(stack, 'ToImported', { serverAccessLogsBucket: s3.Bucket.fromBucketName(stack, 'There', 'there'), serverAccessLogsPrefix: 'x', targetObjectKeyFormat: s3.TargetObjectKeyFormat.partitionedPrefix(s3.PartitionDateSource.DELIVERY_TIME) });
};

module.exports = {
  's3-bucket': (stack) => {
    attributes(stack, new s3.Bucket(stack, 'Plain'));
    new s3.Bucket(stack, 'Named', { bucketName: 'the-bucket.name', versioned: true, removalPolicy: RemovalPolicy.DESTROY, transferAcceleration: true });
    new s3.Bucket(stack, 'TokenName', { bucketName: new CfnParameter(stack, 'Name').valueAsString, objectLockEnabled: true });
    new s3.Bucket(stack, 'Locked', { objectLockDefaultRetention: s3.ObjectLockRetention.compliance(Duration.days(30)) });
    new s3.Bucket(stack, 'Governed', { objectLockEnabled: true, objectLockDefaultRetention: s3.ObjectLockRetention.governance(Duration.days(1)) });
    new s3.Bucket(stack, 'Unlocked', { objectLockEnabled: false });
  },
  's3-encryption': (stack) => {
    for (const encryption of Object.values(s3.BucketEncryption)) new s3.Bucket(stack, encryption, { encryption });
    new s3.Bucket(stack, 'BucketKey', { encryption: s3.BucketEncryption.KMS_MANAGED, bucketKeyEnabled: true });
    new s3.Bucket(stack, 'NoBucketKey', { encryption: s3.BucketEncryption.S3_MANAGED, bucketKeyEnabled: false });
    new s3.Bucket(stack, 'GivenKey', { encryptionKey: importedKey(stack), bucketKeyEnabled: true });
    new s3.Bucket(stack, 'GivenKeyDsse', { encryption: s3.BucketEncryption.DSSE, encryptionKey: new kms.Key(stack, 'Key') });
  },
  's3-enforce-ssl': (stack) => {
    new s3.Bucket(stack, 'Bucket', { enforceSSL: true });
    const strict = new s3.Bucket(stack, 'Strict', { enforceSSL: true, minimumTLSVersion: 1.2 });
    strict.addToResourcePolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [strict.arnForObjects('*')], principals: [new iam.ServicePrincipal('cloudfront.amazonaws.com')], conditions: { StringEquals: { 'AWS:SourceArn': 'arn' } } }));
  },
  's3-public-access': (stack) => {
    new s3.Bucket(stack, 'BlockAll', { blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL });
    new s3.Bucket(stack, 'BlockAclsOnly', { blockPublicAccess: s3.BlockPublicAccess.BLOCK_ACLS_ONLY, publicReadAccess: true });
    new s3.Bucket(stack, 'Some', { blockPublicAccess: new s3.BlockPublicAccess({ restrictPublicBuckets: true, blockPublicPolicy: false }) });
    new s3.Bucket(stack, 'Granted').grantPublicAccess('public/*');
  },
  's3-public-access-blocked-by-default': {
    context: { '@aws-cdk/aws-s3:publicAccessBlockedByDefault': true },
    build: (stack) => {
      new s3.Bucket(stack, 'Plain');
      new s3.Bucket(stack, 'Some', { blockPublicAccess: new s3.BlockPublicAccess({ restrictPublicBuckets: false }) });
    },
  },
  's3-access-control': (stack) => {
    for (const accessControl of Object.values(s3.BucketAccessControl)) new s3.Bucket(stack, accessControl, { accessControl });
    for (const objectOwnership of Object.values(s3.ObjectOwnership)) new s3.Bucket(stack, objectOwnership, { objectOwnership });
    new s3.Bucket(stack, 'Both', { accessControl: s3.BucketAccessControl.PUBLIC_READ, objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_PREFERRED });
  },
  's3-cors': (stack) => {
    const bucket = new s3.Bucket(stack, 'Bucket', {
      cors: [
        { allowedMethods: [s3.HttpMethods.GET, s3.HttpMethods.PUT, s3.HttpMethods.POST], allowedOrigins: ['https://example.com'], allowedHeaders: ['*'], exposedHeaders: ['ETag'], maxAge: 3000, id: 'web' },
        { allowedMethods: [s3.HttpMethods.HEAD], allowedOrigins: ['*'], maxAge: 0 },
      ],
    });
    bucket.addCorsRule({ allowedMethods: [s3.HttpMethods.DELETE], allowedOrigins: ['https://late.example.com'] });
    new s3.Bucket(stack, 'Late').addCorsRule({ allowedMethods: [s3.HttpMethods.GET], allowedOrigins: ['*'] });
  },
  's3-lifecycle': (stack) => {
    const bucket = new s3.Bucket(stack, 'Bucket', {
      versioned: true, transitionDefaultMinimumObjectSize: s3.TransitionDefaultMinimumObjectSize.VARIES_BY_STORAGE_CLASS,
      lifecycleRules: [
        {
          id: 'all', prefix: 'a/', enabled: false, expiration: Duration.days(365), abortIncompleteMultipartUploadAfter: Duration.days(7), objectSizeGreaterThan: 500, objectSizeLessThan: 1000,
          tagFilters: { tmp: 'yes', team: 'core' }, noncurrentVersionExpiration: Duration.days(30), noncurrentVersionsToRetain: 3,
          transitions: [{ storageClass: s3.StorageClass.INFREQUENT_ACCESS, transitionAfter: Duration.days(30) }, { storageClass: s3.StorageClass.GLACIER, transitionDate: new Date('2030-01-01') },
            { storageClass: s3.StorageClass.GLACIER_INSTANT_RETRIEVAL, transitionAfter: Duration.days(0) }],
          noncurrentVersionTransitions: [{ storageClass: s3.StorageClass.DEEP_ARCHIVE, transitionAfter: Duration.days(90), noncurrentVersionsToRetain: 1 }, { storageClass: s3.StorageClass.ONE_ZONE_INFREQUENT_ACCESS, transitionAfter: Duration.days(60) }],
        },
        { expirationDate: new Date('2031-02-03T04:05:06Z') },
        { expiredObjectDeleteMarker: true, objectSizeLessThan: 0 },
        { noncurrentVersionExpiration: Duration.days(1) },
      ],
    });
    bucket.addLifecycleRule({ abortIncompleteMultipartUploadAfter: Duration.days(1) });
    new s3.Bucket(stack, 'None', { transitionDefaultMinimumObjectSize: s3.TransitionDefaultMinimumObjectSize.ALL_STORAGE_CLASSES_128_K });
    new s3.Bucket(stack, 'Tiered', { lifecycleRules: [{ transitions: [{ storageClass: s3.StorageClass.INTELLIGENT_TIERING, transitionAfter: Duration.days(1) }] }] });
  },
  's3-website': (stack) => {
    attributes(stack, new s3.Bucket(stack, 'Index', { websiteIndexDocument: 'index.html' }));
    new s3.Bucket(stack, 'Error', { websiteIndexDocument: 'index.html', websiteErrorDocument: 'error.html', publicReadAccess: true, blockPublicAccess: s3.BlockPublicAccess.BLOCK_ACLS_ONLY });
    new s3.Bucket(stack, 'Redirect', { websiteRedirect: { hostName: 'example.com', protocol: s3.RedirectProtocol.HTTPS } });
    new s3.Bucket(stack, 'RedirectPlainly', { websiteRedirect: { hostName: 'example.com' } });
    new s3.Bucket(stack, 'Rules', {
      websiteIndexDocument: 'index.html',
      websiteRoutingRules: [
        { hostName: 'www.example.com', httpRedirectCode: '302', protocol: s3.RedirectProtocol.HTTPS, replaceKey: s3.ReplaceKey.prefixWith('test/'), condition: { httpErrorCodeReturnedEquals: '404', keyPrefixEquals: 'prefix' } },
        { replaceKey: s3.ReplaceKey.with('other.html') },
      ],
    });
  },
  's3-access-logs': loggedBuckets,
  's3-access-logs-by-policy': { env: environment, context: { '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': true }, build: loggedBuckets },
  's3-access-logs-by-policy-across-stacks': {
    env: environment, context: { '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': true },
    build: (stack) => new s3.Bucket(stack, 'Logged', { serverAccessLogsBucket: new s3.Bucket(other(stack, '111111111111', 'eu-west-1'), 'Logs'), serverAccessLogsPrefix: 'x' }),
  },
  's3-metrics-and-tiering': (stack) => {
    const bucket = new s3.Bucket(stack, 'Bucket', {
      metrics: [{ id: 'all' }, { id: 'some', prefix: 'a/', tagFilters: { x: 'y', z: '1' } }],
      intelligentTieringConfigurations: [
        { name: 'both', prefix: 'b/', archiveAccessTierTime: Duration.days(90), deepArchiveAccessTierTime: Duration.days(180), tags: [{ key: 'k', value: 'v' }] },
        { name: 'archive', archiveAccessTierTime: Duration.days(100) },
      ],
    });
    bucket.addMetric({ id: 'late' });
  },
  's3-inventory': (stack) => {
    const target = new s3.Bucket(stack, 'Target', { enforceSSL: true });
    const bucket = new s3.Bucket(stack, 'Bucket', {
      inventories: [
        { destination: { bucket: target } },
        { destination: { bucket: target, prefix: 'daily', bucketOwner: '111111111111' }, inventoryId: 'my-daily', format: s3.InventoryFormat.PARQUET, frequency: s3.InventoryFrequency.DAILY, enabled: false, includeObjectVersions: s3.InventoryObjectVersion.CURRENT, optionalFields: ['Size', 'ETag'], objectsPrefix: 'data/' },
      ],
    });
    bucket.addInventory({ destination: { bucket: s3.Bucket.fromBucketName(stack, 'There', 'there') }, format: s3.InventoryFormat.ORC });
    target.addToResourcePolicy(new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [target.bucketArn], principals: [new iam.AccountPrincipal('222222222222')] }));
    new s3.Bucket(stack, 'I.ventory/With~' + 'long'.repeat(20), { inventories: [{ destination: { bucket: target } }] });
  },
  's3-grants': (stack) => {
    const bucket = new s3.Bucket(stack, 'Bucket');
    grantAll(bucket, role(stack));
    bucket.grantReadWrite(role(stack, 'ReadWrite'));
    bucket.grantRead(role(stack, 'Reader'), 'public/*');
    bucket.grantRead(new iam.ServicePrincipal('cloudfront'));
    bucket.grantPut(new iam.AccountPrincipal('222222222222'));
  },
  's3-grants-of-all-objects': (stack) => {
    const bucket = new s3.Bucket(stack, 'Bucket', { encryption: s3.BucketEncryption.KMS });
    bucket.grantWrite(role(stack, 'Writer'));
    bucket.grantDelete(role(stack, 'Cleaner'));
  },
  's3-grants-encrypted': (stack) => {
    const bucket = new s3.Bucket(stack, 'Bucket', { encryption: s3.BucketEncryption.KMS });
    grantAll(bucket, role(stack));
    bucket.grantReadWrite(role(stack, 'ReadWrite'));
    bucket.grantRead(new iam.ServicePrincipal('cloudfront'));
    new s3.Bucket(stack, 'WithKey', { encryptionKey: importedKey(stack) }).grantReadWrite(role(stack, 'Third'));
  },
  's3-imported': {
    env: environment,
    build: (stack) => {
      const buckets = [
        s3.Bucket.fromBucketName(stack, 'ByName', 'by_Name'),
        s3.Bucket.fromBucketArn(stack, 'ByArn', 'arn:aws:s3:::by-arn'),
        s3.Bucket.fromBucketAttributes(stack, 'Full', { bucketArn: 'arn:aws:s3:::full', region: 'us-east-1', account: '222222222222', isWebsite: true, encryptionKey: importedKey(stack), bucketWebsiteUrl: 'http://site.example.com/', bucketDomainName: 'domain', bucketRegionalDomainName: 'regional', bucketDualStackDomainName: 'dual' }),
        s3.Bucket.fromBucketArn(stack, 'Token', new CfnParameter(stack, 'Arn').valueAsString),
        s3.Bucket.fromBucketAttributes(stack, 'Frankfurt', { bucketName: 'fra', bucketArn: 'arn:aws:s3:::frankfurt', region: 'eu-central-1' }),
      ];
      buckets.forEach((bucket, i) => { attributes(stack, bucket, `Attributes${i}`); grantAll(bucket, role(stack, `Role${i}`)); });
    },
  },
  's3-across-environments': {
    env: environment,
    build: (stack) => {
      const bucket = new s3.Bucket(other(stack, '222222222222', 'us-east-1'), 'Bucket', { bucketName: 'known', encryption: s3.BucketEncryption.S3_MANAGED });
      bucket.grantRead(role(stack, 'Role', 'reader'));
      bucket.grantRead(role(stack, 'Immutable', 'immutable').withoutPolicyUpdates({ addGrantsToResources: true }));
      new CfnOutput(stack, 'Name', { value: `${bucket.bucketName} ${bucket.bucketArn}` });
    },
  },
  's3-across-stacks': {
    env: environment,
    build: (stack) => {
      const there = other(stack, '111111111111', 'eu-west-1');
      const bucket = new s3.Bucket(there, 'Bucket', { encryption: s3.BucketEncryption.KMS, enforceSSL: true });
      bucket.grantReadWrite(role(stack));
      new CfnOutput(stack, 'Domain', { value: bucket.bucketRegionalDomainName });
    },
  },
};
