'use strict';
// list-sets.js COUNT SEED: prints a line for every context set, with tabs between its name, the JSON of what cannot be an argument,
// and its arguments: those of the files, and COUNT more made at random from the documented keys.
const { sets, contextArguments, contextJson } = require('./context-sets');
const [count, seed] = process.argv.slice(2).map(Number);

// mulberry32
let state = seed;
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const pick = (values) => values[Math.floor(random() * values.length)];
const certificate = (region, account = 123456789012) => `arn:aws:acm:${region}:${account}:certificate/${pick(['11111111-2222-3333-4444-555555555555', 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee'])}`;

const GENERATORS = {
  profile: () => pick(['standard', 'production', 'production', 'development']),
  account: () => pick(['123456789012', 210987654321]),
  region: () => pick(['us-east-1', 'us-east-1', 'us-east-1', 'eu-west-1', 'ap-southeast-2']),
  stack_prefix: () => pick(['Tango', 'Acme', 'T-1', 'tangoX']),
  resource_prefix: () => pick(['tango', 'acme-prod', 'x1', 'a-b']),
  tags: () => pick([{}, { Team: 'x' }, { b: '1', a: '2', Cost: 'Center 7' }]),
  termination_protection: () => pick([true, false]),
  ecr_repository_name: () => pick(['backend', 'team/backend']),
  secrets_path: () => pick(['keys', 'prod/app/keys', 'a-b-cdefg']),
  database_name: () => pick(['main', 'db_1']),
  event_bus_name: () => pick(['bus', 'events-bus_2']),
  alarm_topic_name: () => pick(['pager', 'ops-alarms']),
  dashboard_name: () => pick(['dash', 'ops_board-2']),
  frontend_bucket_prefix: () => pick(['www', 'site-files']),
  log_stream_prefix: () => pick(['api', 'django-web']),
  max_azs: () => pick([2, 3, 4, 6]),
  nat_gateways: () => pick([1, 2, 3]),
  vpc_endpoints: () => pick([[], ['s3'], ['logs', 'sqs', 's3'], ['ecr.dkr']]),
  access_logs: () => pick([true, false]),
  availability_zones: () => pick(['ab', 'abc', 'fdba']),
  domain_name: () => pick(['api.example.com', 'a.b.c.example.org']),
  certificate_arn: () => certificate('us-east-1'),
  require_https: () => pick([true, false, false]),
  min_capacity: () => pick([1, 2, 5]),
  max_capacity: () => pick([2, 5, 50]),
  database_min_acu: () => pick([0.5, 1, 2.5]),
  database_max_acu: () => pick([1, 4, 64, 128.5]),
  deletion_protection: () => pick([true, false]),
  database_readers: () => pick([0, 1, 2, 15]),
  database_backup_days: () => pick([1, 7, 35]),
  database_io_optimized: () => pick([true, false]),
  database_insights: () => pick([true, false]),
  database_iam_authentication: () => pick([true, false]),
  snapshot_identifier: () => pick(['daily', 'rds:tango-2026-11-28-03-00']),
  removal_policy: () => pick(['retain', 'destroy']),
  exec: () => pick([true, false]),
  rds_proxy: () => pick([true, false]),
  image_tag: () => pick(['v1', '2026-11-28', 'main_7.2']),
  image_digest: () => pick([`sha256:${'0123456789abcdef'.repeat(4)}`]),
  publisher_reserved_concurrency: () => pick([1, 5, 100]),
  event_max_bytes: () => pick([1024, 262144, 1048576]),
  '@aws-cdk/core:defaultCrossStackReferences': () => pick(['strong', 'weak', 'both']),
  sentry_dsn: () => pick(['https://k@sentry.example.com/1', '']),
  frontend_domain: () => pick(['app.example.com']),
  frontend_certificate_arn: () => pick([certificate('us-east-1'), certificate('us-east-1'), certificate('eu-west-1')]),
  cors_origins: () => pick([['*'], ['https://a.example.com'], ['https://a.example.com', 'https://b.example.com']]),
  enable_versioning: () => pick([true, false]),
  media_lifecycle: () => pick([true, false]),
  event_archive_days: () => pick([0, 1, 30]),
  bus_policy: () => pick([[], ['arn:aws:iam::123456789012:role/ops', 'arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/*']]),
  log_retention_days: () => pick([1, 30, 90, 3653]),
  audit_log_retention_days: () => pick([30, 365, 400]),
  enable_image_transformation: () => pick([true, false]),
  image_sizes: () => pick([[64, 128], ['*'], [4096]]),
  security_headers: () => pick([true, true, false]),
  content_security_policy: () => pick(["default-src 'self'", "default-src 'self'; img-src 'self' https:; frame-ancestors 'none'"]),
  waf: () => pick([true, false]),
  waf_rate_limit: () => pick([10, 500]),
  alarms: () => pick(['basic', 'full']),
  monthly_budget: () => pick([100, 2500.5]),
  alarm_email: () => pick(['ops@example.com', 'a+b@example.org']),
};
const TOGETHER = [['domain_name', 'certificate_arn'], ['frontend_domain', 'frontend_certificate_arn']];

function randomSet() {
  const set = {};
  for (const [key, make] of Object.entries(GENERATORS)) if (random() < 0.3) set[key] = make();
  // Mostly what is accepted: refusals are interesting, but rarely.
  for (const [one, other] of TOGETHER) {
    if (random() < 0.9 && (one in set) !== (other in set)) {
      set[one] = GENERATORS[one]();
      set[other] = GENERATORS[other]();
    }
  }
  const region = set.region ?? 'us-east-1';
  if (region !== 'us-east-1' && random() < 0.9) set.enable_image_transformation = false;
  // What only tango-infra refuses, because AWS would, is no set to compare under.
  if (set.availability_zones) set.availability_zones = [...set.availability_zones].map((letter) => region + letter);
  if (set.max_azs > 2) set.account ??= GENERATORS.account();
  if (set.certificate_arn) set.certificate_arn = certificate(region, set.account);
  if (set.frontend_certificate_arn) set.frontend_certificate_arn = certificate(set.frontend_certificate_arn.split(':')[3], set.account);
  return set;
}

for (let i = 0; i < count; i++) sets[`random-${seed}-${i}`] = randomSet();
for (const [name, set] of Object.entries(sets)) console.log([name, contextJson(set), ...contextArguments(set)].join('\t'));
