// SPDX-License-Identifier: MIT
#include "stacks/settings.h"

#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/resource.h"
#include "cdk/tags.h"
#include "stacks/checks.h"
#include "util/arena.h"

#include <ctype.h>
#include <string.h>

#define TEXT(field) SETTING_STRING(struct settings, field)
#define BOOLEAN(field) SETTING_BOOLEAN(struct settings, field)
#define INTEGER(field) SETTING_INTEGER(struct settings, field)
#define NUMBER(field) SETTING_NUMBER(struct settings, field)
#define TEXTS(field) SETTING_STRINGS(struct settings, field)

// Two environments of one account differ in stack_prefix: what is named after it does not collide.
static const char *default_resource_prefix(const void *settings)
{
    char *prefix = arena_strdup(value_arena(), ((const struct settings *)settings)->stack_prefix);

    for (char *c = prefix; *c; c++)
        *c = (char)tolower((unsigned char)*c);
    return prefix;
}

// PostgreSQL's identifiers have no hyphens.
static const char *default_database_name(const void *settings)
{
    char *name = arena_strdup(value_arena(), ((const struct settings *)settings)->resource_prefix);

    for (char *c = name; *c; c++)
        if (!isalnum((unsigned char)*c))
            *c = '_';
    return name;
}

static const char *const profiles[] = {
    [PROFILE_STANDARD] = "standard",
    [PROFILE_PRODUCTION] = "production",
    [PROFILE_DEVELOPMENT] = "development",
    NULL,
};

static const char *const vpc_endpoints[] = { "s3", "dynamodb", "ecr.api", "ecr.dkr", "logs", "secretsmanager",
    "events", "sqs", "kms", "monitoring", "ssmmessages", NULL };

static size_t zone_count(const struct settings *settings)
{
    return settings->availability_zones ? value_length(settings->availability_zones)
                                        : (size_t)settings->max_azs;
}

// One a zone where that is the profile's default.
static const char *default_nat_gateways(const void *settings)
{
    const struct settings *s = settings;
    bool is_one_a_zone = strcmp(s->profile, profiles[PROFILE_PRODUCTION]) == 0;

    return is_one_a_zone ? arena_printf(value_arena(), "%zu", zone_count(s)) : NULL;
}

static const char *const removal_policies[] = { "retain", "destroy", NULL };
static const char *const alarm_levels[] = { "basic", "full", NULL };

// clang-format off
const struct setting tango_settings[] = {
    { "profile", TEXT(profile), "standard", .choices = profiles, .is_profile = true, .description = "which defaults the keys below have: standard is the smallest price, production what a team with customers runs, development what costs least and can be deleted; a key that is given always wins" },
    // where
    { "account", TEXT(account), NULL, .description = "AWS account to deploy to; without it the templates fit any account; decide before the first deployment: subnets cannot move to other zones once deployed" },
    { "region", TEXT(region), "us-east-1", .description = "AWS region to deploy to" },
    { "stack_prefix", TEXT(stack_prefix), "Tango", .description = "what the names of stacks and exports begin with" },
    { "tags", SETTING_STRING_MAP(struct settings, tags), "{}", .description = "tags of everything that can have them" },
    { "termination_protection", BOOLEAN(termination_protection), "false", .under = { [PROFILE_PRODUCTION] = "true" }, .description = "protect the stacks against deletion" },
    // names
    { "resource_prefix", TEXT(resource_prefix), "${stack_prefix}, in lower case", .description = "what the names of resources begin with; with the default of database_name, not to be changed once deployed", .make_default = default_resource_prefix },
    { "ecr_repository_name", TEXT(backend_repository), "${resource_prefix}-backend", .description = "ECR repository of the backend image" },
    { "secrets_path", TEXT(app_secret_name), "${resource_prefix}/app-secrets", .description = "Secrets Manager secret with the application keys" },
    { "database_name", TEXT(database_name), "${resource_prefix}, other characters than letters and digits as _", .description = "database in the Aurora cluster; not to be changed once deployed: Aurora would replace the cluster", .make_default = default_database_name },
    { "event_bus_name", TEXT(event_bus_name), "${resource_prefix}-events", .description = "EventBridge event bus" },
    { "alarm_topic_name", TEXT(alarm_topic_name), "${resource_prefix}-alarms", .description = "SNS topic that alarms notify" },
    { "dashboard_name", TEXT(dashboard_name), "${resource_prefix}-operations", .description = "CloudWatch dashboard" },
    { "frontend_bucket_prefix", TEXT(frontend_bucket_prefix), "${resource_prefix}-frontend", .description = "bucket of the frontend; account and region follow" },
    { "log_stream_prefix", TEXT(log_stream_prefix), "${resource_prefix}-backend", .description = "log streams of the backend" },
    // network
    { "max_azs", INTEGER(max_azs), "2", .description = "availability zones to use, at least 2; more than 2 need account; not to be changed once deployed", .minimum = 1, .maximum = 100 },
    { "availability_zones", TEXTS(availability_zones), NULL, .description = "these zones instead of max_azs of the region's; not to be changed once deployed" },
    { "nat_gateways", INTEGER(nat_gateways), "1", .under = { [PROFILE_PRODUCTION] = "one a zone" }, .make_default = default_nat_gateways, .description = "NAT gateways, from 1 to the number of zones", .minimum = 1, .maximum = 100 },
    { "vpc_endpoints", TEXTS(vpc_endpoints), "[\"s3\"]", .under = { [PROFILE_PRODUCTION] = "[\"s3\",\"ecr.api\",\"ecr.dkr\",\"logs\",\"secretsmanager\",\"events\",\"sqs\"]" }, .choices = vpc_endpoints, .description = "services that are reached without NAT; s3 and dynamodb cost nothing, each other one some 7 USD a month and zone" },
    { "access_logs", BOOLEAN(access_logs), "false", .under = { [PROFILE_PRODUCTION] = "true" }, .description = "log the traffic of the network and the requests to the load balancer, both distributions and their buckets, in one bucket that keeps them for a year" },
    // API
    { "image_tag", TEXT(image_tag), "latest", .description = "tag of the backend image" },
    { "image_digest", TEXT(image_digest), NULL, .description = "digest of the backend image, sha256:...; wins over image_tag" },
    { "domain_name", TEXT(domain_name), NULL, .description = "domain of the API; needs certificate_arn" },
    { "certificate_arn", TEXT(certificate_arn), NULL, .description = "ACM certificate of domain_name, in the stacks' region" },
    { "require_https", BOOLEAN(require_https), "false", .description = "refuse a configuration that serves the API without HTTPS, and redirect all plain HTTP; before, deploy domain_name and the frontend" },
    { "min_capacity", INTEGER(min_capacity), "2", .description = "fewest tasks of the API", .minimum = 1, .maximum = 5000 },
    { "max_capacity", INTEGER(max_capacity), "10", .description = "most tasks of the API", .minimum = 1, .maximum = 5000 },
    { "database_min_acu", NUMBER(database_min_acu), "0.5", .description = "fewest Aurora capacity units", .minimum = 0, .maximum = 256 },
    { "database_max_acu", NUMBER(database_max_acu), "4", .description = "most Aurora capacity units", .minimum = 0.5, .maximum = 256 },
    { "deletion_protection", BOOLEAN(deletion_protection), "true", .under = { [PROFILE_DEVELOPMENT] = "false" }, .description = "protect the database against deletion" },
    { "database_readers", INTEGER(database_readers), "0", .under = { [PROFILE_PRODUCTION] = "1" }, .description = "Aurora instances beside the writer; the first takes its place within seconds when it fails", .minimum = 0, .maximum = 15 },
    { "database_backup_days", INTEGER(database_backup_days), "7", .under = { [PROFILE_PRODUCTION] = "35", [PROFILE_DEVELOPMENT] = "1" }, .description = "days that the database can be restored to any point of", .minimum = 1, .maximum = 35 },
    { "database_io_optimized", BOOLEAN(database_io_optimized), "false", .description = "pay more for the database's capacity and storage, and nothing for each access; cheaper where accesses are more than a quarter of its price" },
    { "database_insights", BOOLEAN(database_insights), "false", .under = { [PROFILE_PRODUCTION] = "true" }, .description = "CloudWatch Database Insights with 15 months of history, and the database's operating system by the minute" },
    { "database_iam_authentication", BOOLEAN(database_iam_authentication), "false", .under = { [PROFILE_PRODUCTION] = "true" }, .description = "let IAM identities with the right to connect log in without a password, as PostgreSQL users that have the role rds_iam" },
    { "snapshot_identifier", TEXT(snapshot_identifier), NULL, .description = "snapshot, by name or ARN, that the database is made from; to be given from the first deployment on, and not to be changed once deployed: Aurora would make another cluster from it" },
    { "removal_policy", TEXT(removal_policy), "retain", .under = { [PROFILE_DEVELOPMENT] = "destroy" }, .choices = removal_policies, .description = "what becomes of data when its stack is deleted: retain leaves the uploads, dead letters and logs, and a snapshot of the database; destroy leaves nothing" },
    { "exec", BOOLEAN(exec), "true", .under = { [PROFILE_PRODUCTION] = "false" }, .description = "let 'aws ecs execute-command' into the tasks of the API; false takes the rights for it away, too" },
    { "rds_proxy", BOOLEAN(rds_proxy), "true", .under = { [PROFILE_DEVELOPMENT] = "false" }, .description = "put RDS Proxy between the functions and the database" },
    { "sentry_dsn", TEXT(sentry_dsn), NULL, .description = "where the API reports errors" },
    // frontend and media
    { "frontend_domain", TEXT(frontend_domain), NULL, .description = "domain of the frontend; needs frontend_certificate_arn" },
    { "frontend_certificate_arn", TEXT(frontend_certificate_arn), NULL, .description = "ACM certificate of frontend_domain, in us-east-1" },
    { "cors_origins", TEXTS(cors_origins), "[\"*\"]", .description = "origins that may use the media bucket from a browser" },
    { "enable_versioning", BOOLEAN(enable_versioning), "false", .under = { [PROFILE_PRODUCTION] = "true" }, .description = "keep old versions of media files" },
    { "media_lifecycle", BOOLEAN(media_lifecycle), "false", .under = { [PROFILE_PRODUCTION] = "true" }, .description = "move media that is not asked for to a cheaper storage tier, and delete old versions after 90 days" },
    { "enable_image_transformation", BOOLEAN(enable_image_transformation), "true", .description = "transform images at the edge; only in us-east-1" },
    { "image_sizes", TEXTS(image_sizes), NULL, .description = "widths and heights that images may be asked for, up to 4096; without it 45 usual ones; [\"*\"]: any, which lets anybody cause work" },
    { "security_headers", BOOLEAN(security_headers), "true", .description = "have both distributions tell browsers what to refuse; no script in an upload runs" },
    { "content_security_policy", TEXT(content_security_policy), NULL, .description = "Content-Security-Policy of the frontend: what its pages may load and run" },
    { "waf", BOOLEAN(waf), "false", .under = { [PROFILE_PRODUCTION] = "true" }, .description = "have AWS WAF refuse what is known to be an attack, before the API and, in us-east-1 only, both distributions" },
    { "waf_rate_limit", INTEGER(waf_rate_limit), "2000", .description = "requests that one address may make in five minutes where there is WAF", .minimum = 10, .maximum = 2000000000 },
    // events
    { "publisher_reserved_concurrency", INTEGER(publisher_reserved_concurrency), NULL, .description = "concurrency that the event publisher reserves of the account's", .minimum = 1, .maximum = 1000 },
    { "event_max_bytes", INTEGER(event_max_bytes), "1048576", .description = "largest event, and largest request to EventBridge", .minimum = 1024, .maximum = 1048576 },
    { "event_archive_days", INTEGER(event_archive_days), "0", .under = { [PROFILE_PRODUCTION] = "30" }, .description = "days for which events can be replayed, from an archive of the bus; 0: no archive", .minimum = 0, .maximum = 3653 },
    { "bus_policy", TEXTS(bus_policy), NULL, .description = "ARNs of the roles and users that alone may put events on the bus, besides the publisher; * and ? stand for any characters; without it, whoever has the right" },
    // observability
    { "log_retention_days", INTEGER(log_retention_days), "30", .under = { [PROFILE_PRODUCTION] = "90" }, .description = "days that logs are kept", .minimum = 1, .maximum = 3653 },
    { "audit_log_retention_days", INTEGER(audit_log_retention_days), "30", .under = { [PROFILE_PRODUCTION] = "365" }, .description = "days that the logs of the audit consumer are kept", .minimum = 1, .maximum = 3653 },
    { "alarms", TEXT(alarms), "basic", .choices = alarm_levels, .under = { [PROFILE_PRODUCTION] = "full" }, .description = "full: more alarms, one for each service that sums up its own, and what to do in every description (docs/runbook.md)" },
    { "monthly_budget", NUMBER(monthly_budget), NULL, .description = "USD that the account may cost a month; at 80%, and when more than all of it is forecast, the topic of the alarms is told", .minimum = 1, .maximum = 1000000000 },
    { "alarm_email", TEXT(alarm_email), NULL, .description = "address that gets the alarms" },
    SETTING_END,
};
// clang-format on

bool tango_has_full_alarms(const struct settings *settings)
{
    return strcmp(settings->alarms, "full") == 0;
}

static bool is_destroyed(const struct settings *settings)
{
    return strcmp(settings->removal_policy, "destroy") == 0;
}

enum removal_policy tango_removal_policy(const struct settings *settings, enum removal_policy kept)
{
    return is_destroyed(settings) ? REMOVAL_POLICY_DESTROY : kept;
}

void tango_delete_objects(const struct settings *settings, struct construct *bucket)
{
    if (is_destroyed(settings))
        tags_add(bucket, "aws-cdk:auto-delete-objects", "true", NULL);
}

bool tango_is_given(const char *text)
{
    return text && *text;
}

void tango_settings_read(struct settings *settings, const struct value *context, struct construct *root)
{
    *settings = (struct settings){ 0 };
    settings_read(tango_settings, context, root, settings);
    tango_settings_check(settings, context, root);
}

struct stack_props tango_stack_props(const struct settings *settings, const char *description)
{
    return (struct stack_props){
        .account = settings->account,
        .region = settings->region,
        .description = description,
        .termination_protection = settings->termination_protection,
    };
}

const char *tango_name(const struct settings *settings, const char *name)
{
    return arena_printf(value_arena(), "%s%s", settings->stack_prefix, name);
}

const char *tango_resource_name(const struct settings *settings, const char *name)
{
    return arena_printf(value_arena(), "%s-%s", settings->resource_prefix, name);
}

struct value *tango_comma_separated(const struct value *texts)
{
    struct value *parts = array();

    for (size_t i = 0; i < value_length(texts); i++) {
        if (i)
            array_append(parts, string(","));
        array_append(parts, array_at(texts, i));
    }
    return fn_join("", parts);
}

void tango_output(struct construct *scope, const struct settings *settings, const char *id,
    struct value *value, const char *exported, const char *description)
{
    output_new(scope, id,
        &(struct output_props){
            .value = value,
            .export_name = exported ? tango_name(settings, exported) : NULL,
            .description = description,
        });
}
