// SPDX-License-Identifier: MIT
#include "stacks/checks.h"

#include "cdk/construct.h"
#include "cdk/diag.h"
#include "data/value.h"
#include "stacks/formats.h"
#include "stacks/settings.h"
#include "util/arena.h"
#include "util/array.h"

#include <math.h>
#include <string.h>

struct check {
    const struct settings *settings;
    const struct value *context;
    struct construct *root;
};

static bool is_in_context(const struct check *check, const char *key)
{
    const struct value *given = object_get(check->context, key);

    return given && value_type(given) != VALUE_NULL;
}

// A string that has to be of a format.
struct string_rule {
    const char *key;
    size_t offset; // of the field
    bool (*is)(const char *text);
    const char *must_be;    // and what to write instead, where that is not the same
    const char *default_of; // the key that the default is made of; NULL: none
    bool is_optional;       // empty is not given
};

#define FIELD(name) offsetof(struct settings, name)

static const struct string_rule string_rules[] = {
    { "account", FIELD(account), format_is_account, "12 digits, in quotes where it begins with 0", NULL,
        true },
    { "region", FIELD(region), format_is_region, "the name of a region, such as 'eu-west-1'", NULL, false },
    { "stack_prefix", FIELD(stack_prefix), format_is_stack_prefix,
        "1 to 115 letters, digits and hyphens, and begin with a letter: the names of stacks begin with it",
        NULL, false },
    { "resource_prefix", FIELD(resource_prefix), format_is_resource_prefix,
        "1 to 39 lower case letters, digits and single hyphens, begin with a letter and not end with a hyphen: "
        "the names of queues, functions and rules begin with it",
        "stack_prefix", false },
    { "ecr_repository_name", FIELD(backend_repository), format_is_repository,
        "2 to 256 lower case letters and digits, in words with '.', '_', '-' or '/' between them",
        "resource_prefix", false },
    { "secrets_path", FIELD(app_secret_name), format_is_secret_name,
        "1 to 512 letters, digits and any of '/_+=.@-', and not end with a hyphen and six characters: Secrets "
        "Manager takes these for the suffix of an ARN. Use another name",
        "resource_prefix", false },
    { "database_name", FIELD(database_name), format_is_database_name,
        "1 to 63 letters, digits and '_', begin with a letter, and be no word that PostgreSQL reserves",
        "resource_prefix", false },
    { "event_bus_name", FIELD(event_bus_name), format_is_event_bus,
        "1 to 256 letters, digits and any of '._-', not 'default' and not begin with 'aws.'",
        "resource_prefix", false },
    { "alarm_topic_name", FIELD(alarm_topic_name), format_is_topic, "1 to 256 letters, digits, '_' and '-'",
        "resource_prefix", false },
    { "dashboard_name", FIELD(dashboard_name), format_is_dashboard, "1 to 255 letters, digits, '_' and '-'",
        "resource_prefix", false },
    { "log_stream_prefix", FIELD(log_stream_prefix), format_is_log_stream_prefix,
        "1 to 400 characters without ':' and '*'", "resource_prefix", false },
    { "image_tag", FIELD(image_tag), format_is_image_tag,
        "1 to 128 letters, digits and any of '._-', and begin with none of '.-'; a digest goes into "
        "image_digest",
        NULL, false },
    { "image_digest", FIELD(image_digest), format_is_image_digest,
        "'sha256:' and 64 lower case hexadecimal digits, as 'aws ecr describe-images' shows it", NULL, true },
    { "domain_name", FIELD(domain_name), format_is_domain,
        "a domain such as 'api.example.com', without 'https://', wildcard, port and path", NULL, true },
    { "certificate_arn", FIELD(certificate_arn), format_is_certificate,
        "the ARN of an ACM certificate, 'arn:aws:acm:REGION:ACCOUNT:certificate/ID'", NULL, true },
    { "snapshot_identifier", FIELD(snapshot_identifier), format_is_snapshot,
        "the name of a cluster's snapshot, or its ARN 'arn:aws:rds:REGION:ACCOUNT:cluster-snapshot:NAME'",
        NULL, true },
    { "sentry_dsn", FIELD(sentry_dsn), format_is_dsn,
        "what Sentry shows as the DSN, 'https://KEY@HOST/PROJECT'", NULL, true },
    { "frontend_domain", FIELD(frontend_domain), format_is_domain,
        "a domain such as 'app.example.com', without 'https://', wildcard, port and path", NULL, true },
    { "frontend_certificate_arn", FIELD(frontend_certificate_arn), format_is_certificate,
        "a certificate of us-east-1, by its ARN 'arn:aws:acm:us-east-1:ACCOUNT:certificate/ID'", NULL, true },
    { "content_security_policy", FIELD(content_security_policy), format_is_header_value,
        "a policy such as \"default-src 'self'; img-src 'self' https:\", on one line, in ASCII", NULL, true },
    { "alarm_email", FIELD(alarm_email), format_is_email, "an e-mail address", NULL, true },
};

static const char *field(const struct check *check, const struct string_rule *rule)
{
    return *(const char *const *)((const char *)check->settings + rule->offset);
}

static bool is_right(const struct check *check, const char *key);

// Is it the default of a key that is wrong itself? Then that one is reported.
static bool follows_a_wrong_key(const struct check *check, const struct string_rule *rule)
{
    return rule->default_of && !is_in_context(check, rule->key) && !is_right(check, rule->default_of);
}

static bool obeys(const struct check *check, const struct string_rule *rule)
{
    const char *text = field(check, rule);

    return (rule->is_optional && !tango_is_given(text)) || rule->is(text);
}

static bool is_right(const struct check *check, const char *key)
{
    for (size_t i = 0; i < ARRAY_SIZE(string_rules); i++)
        if (strcmp(string_rules[i].key, key) == 0)
            return obeys(check, &string_rules[i]) && !follows_a_wrong_key(check, &string_rules[i]);
    return true;
}

static void check_strings(const struct check *check)
{
    for (size_t i = 0; i < ARRAY_SIZE(string_rules); i++) {
        const struct string_rule *rule = &string_rules[i];
        bool is_default = rule->default_of && !is_in_context(check, rule->key);

        if (obeys(check, rule) || follows_a_wrong_key(check, rule))
            continue;
        diag_error(check->root, "context key '%s' cannot be '%s'%s%s: it must be %s", rule->key,
            field(check, rule), is_default ? ", its default from " : "", is_default ? rule->default_of : "",
            rule->must_be);
    }
}

// CloudFormation completes the bucket's name with the account and the region.
static void check_frontend_bucket(const struct check *check)
{
    const struct settings *s = check->settings;
    const char *account = s->account ? s->account : "123456789012";
    const char *name = arena_printf(value_arena(), "%s-%s-%s", s->frontend_bucket_prefix, account, s->region);
    bool is_given = is_in_context(check, "frontend_bucket_prefix");
    size_t rest = strlen(account) + strlen(s->region) + 2;

    if (format_is_bucket(name) || !is_right(check, "region") || !is_right(check, "account") ||
        (!is_given && !is_right(check, "resource_prefix")))
        return;
    diag_error(check->root,
        "context key 'frontend_bucket_prefix' must be 1 to %zu lower case letters, digits and hyphens, and begin "
        "with a letter or digit, not '%s'%s: the bucket's name, at most 63 characters, ends with the account and "
        "the region",
        63 - rest, s->frontend_bucket_prefix, is_given ? "" : ", its default from resource_prefix");
}

static void check_tags(const struct check *check)
{
    enum { MOST = 50 };
    const struct value *tags = check->settings->tags;

    if (value_length(tags) > MOST)
        diag_error(check->root,
            "context key 'tags' must have at most %d tags, not %zu: a resource has no more", MOST,
            value_length(tags));
    for (size_t i = 0; i < value_length(tags); i++) {
        const struct field *tag = object_at(tags, i);

        if (!format_is_tag_key(tag->key))
            diag_error(check->root,
                "context key 'tags' must not have the key '%s': keys are 1 to 128 letters, digits, spaces and any "
                "of '_.:/=+-@', and do not begin with 'aws:', which AWS keeps for itself",
                tag->key);
        else if (!format_is_tag_value(value_string(tag->value)))
            diag_error(check->root,
                "context key 'tags' must not have the value '%s' for '%s': values are at most 256 letters, digits, "
                "spaces and any of '_.:/=+-@'",
                value_string(tag->value), tag->key);
    }
}

static bool has_before(const struct value *list, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (value_equal(array_at(list, i), array_at(list, index)))
            return true;
    return false;
}

static void check_endpoints(const struct check *check)
{
    const struct value *services = check->settings->vpc_endpoints;

    for (size_t i = 0; i < value_length(services); i++)
        if (has_before(services, i))
            diag_error(check->root, "context key 'vpc_endpoints' must name each service once: '%s' is twice",
                value_string(array_at(services, i)));
}

static void check_zones(const struct check *check)
{
    const struct value *zones = check->settings->availability_zones;
    const char *region = check->settings->region;

    for (size_t i = 0; is_right(check, "region") && i < value_length(zones); i++) {
        const char *zone = value_string(array_at(zones, i));

        if (!format_is_zone(zone, region))
            diag_error(check->root,
                "context key 'availability_zones' must name zones of %s, such as '%sa', not '%s'", region,
                region, zone);
        else if (has_before(zones, i))
            diag_error(check->root,
                "context key 'availability_zones' must name each zone once: '%s' is twice", zone);
    }
}

// How many zones CloudFormation selects where the account, and so the list of its zones, is not known.
enum { AGNOSTIC_ZONES = 2 };

static void check_known_zones(const struct check *check)
{
    const struct settings *s = check->settings;
    bool is_known = s->account || is_in_context(check, "aws:cdk:availability-zones:fallback");

    if (!s->availability_zones && !is_known && s->max_azs > AGNOSTIC_ZONES)
        diag_error(check->root,
            "context key 'max_azs' must be %d without 'account', not %d: the zones of a region are known of an "
            "account only; give 'account', or name them in 'availability_zones'",
            AGNOSTIC_ZONES, s->max_azs);
}

static void check_origins(const struct check *check)
{
    const struct value *origins = check->settings->cors_origins;

    if (!value_length(origins))
        diag_error(check->root,
            "context key 'cors_origins' must not be empty: S3 takes no rule without origins; [\"*\"] is every "
            "origin");
    for (size_t i = 0; i < value_length(origins); i++) {
        const char *origin = value_string(array_at(origins, i));

        if (!format_is_origin(origin))
            diag_error(check->root,
                "context key 'cors_origins' must hold origins such as 'https://app.example.com', "
                "'https://*.example.com' or 'http://localhost:3000', without path and slash at the end, not '%s'",
                origin);
        else if (strcmp(origin, "*") == 0 && value_length(origins) > 1)
            diag_error(check->root,
                "context key 'cors_origins' must hold '*' alone: it is every origin, so leave the others out");
    }
}

static void check_image_sizes(const struct check *check)
{
    enum { MOST = 200 }; // that the function takes
    const struct value *sizes = check->settings->image_sizes;
    size_t count = value_length(sizes);

    if (sizes && (!count || count > MOST))
        diag_error(check->root, "context key 'image_sizes' must have 1 to %d sizes, not %zu", MOST, count);
    for (size_t i = 0; i < count; i++) {
        const char *size = value_string(array_at(sizes, i));

        if (!format_is_image_size(size) && (count > 1 || strcmp(size, "*") != 0))
            diag_error(check->root,
                "context key 'image_sizes' must hold whole numbers from 1 to 4096, or '*' alone, not '%s'",
                size);
    }
}

static void check_bus_policy(const struct check *check)
{
    const struct value *principals = check->settings->bus_policy;

    for (size_t i = 0; i < value_length(principals); i++) {
        const char *principal = value_string(array_at(principals, i));

        if (!format_is_principal(principal))
            diag_error(check->root,
                "context key 'bus_policy' must hold ARNs of roles and users, such as "
                "'arn:aws:iam::123456789012:role/NAME', not '%s'",
                principal);
    }
}

// The periods that CloudWatch Logs knows ("PutRetentionPolicy").
static void check_log_retention(const struct check *check, const char *key, int days)
{
    static const int periods[] = { 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827,
        2192, 2557, 2922, 3288, 3653 };
    int below = periods[0], above = 0;

    for (size_t i = 0; i < ARRAY_SIZE(periods) && !above; i++)
        if (periods[i] >= days)
            above = periods[i];
        else
            below = periods[i];
    if (above && above != days)
        diag_error(check->root,
            "context key '%s' must be a period that CloudWatch Logs knows, such as %d or %d, not %d", key,
            below, above, days);
}

static bool is_whole_step(double units)
{
    return units * 2 == floor(units * 2);
}

static void check_capacity(const struct check *check)
{
    const struct settings *s = check->settings;

    // Pausing needs 0 ("Scaling to Zero ACUs with automatic pause and resume"), and that nobody is connected.
    if (s->database_min_acu < 0.5)
        diag_error(check->root,
            "context key 'database_min_acu' must be 0.5 or more, not %g: the database would never pause, because "
            "the publisher looks into the outbox every minute%s",
            s->database_min_acu, s->rds_proxy ? " and RDS Proxy keeps connections open" : "");
    if (s->database_max_acu < 1)
        diag_error(
            check->root, "context key 'database_max_acu' must be 1 or more, not %g", s->database_max_acu);
    if (!is_whole_step(s->database_min_acu) || !is_whole_step(s->database_max_acu))
        diag_error(check->root,
            "context keys 'database_min_acu' and 'database_max_acu' must be multiples of 0.5, not %g and %g",
            s->database_min_acu, s->database_max_acu);
}

// A certificate that the load balancer or CloudFront can use: of that region, of this account and partition.
static void check_certificate(const struct check *check, const char *key, const char *arn, const char *region)
{
    const char *account = check->settings->account;
    struct arn_text parts;

    if (!tango_is_given(arn) || !format_is_certificate(arn) || !format_split_arn(arn, &parts))
        return;
    if (strcmp(parts.region, region) != 0)
        diag_error(check->root, "context key '%s' must be a certificate of %s, not of %s: %s uses no other",
            key, region, parts.region,
            strcmp(key, "certificate_arn") == 0 ? "the load balancer" : "CloudFront");
    if (account && format_is_account(account) && strcmp(parts.account, account) != 0)
        diag_error(check->root,
            "context key '%s' must be a certificate of the account %s, not of %s: request or import it there",
            key, account, parts.account);
}

struct combination {
    bool holds;
    const char *message;
};

static bool allows_every_origin(const struct settings *s)
{
    const char *only = value_length(s->cors_origins) == 1 ? value_string(array_at(s->cors_origins, 0)) : NULL;

    return only && strcmp(only, "*") == 0;
}

static bool is_same_domain(const struct settings *s)
{
    return tango_is_given(s->domain_name) && tango_is_given(s->frontend_domain) &&
        strcmp(s->domain_name, s->frontend_domain) == 0;
}

static void check_combinations(const struct check *check)
{
    const struct settings *s = check->settings;
    size_t zones = s->availability_zones ? value_length(s->availability_zones) : (size_t)s->max_azs;
    const struct combination combinations[] = {
        { tango_is_given(s->domain_name) == tango_is_given(s->certificate_arn),
            "domain_name and certificate_arn go together" },
        { !s->require_https || tango_is_given(s->certificate_arn),
            "certificate_arn is required when require_https=true" },
        { !s->require_https || !allows_every_origin(s),
            "cors_origins must be set explicitly when require_https=true" },
        { tango_is_given(s->frontend_domain) == tango_is_given(s->frontend_certificate_arn),
            "frontend_domain and frontend_certificate_arn go together" },
        { !is_same_domain(s),
            "domain_name and frontend_domain must differ: CloudFront would ask itself for the API" },
        { !s->enable_image_transformation || strcmp(s->region, "us-east-1") == 0,
            "image transformation runs on Lambda@Edge, whose functions live in us-east-1: set region=us-east-1 "
            "or enable_image_transformation=false" },
        { s->security_headers || !tango_is_given(s->content_security_policy),
            "content_security_policy needs security_headers=true" },
        { zones >= 2,
            "at least two availability zones are needed (max_azs, availability_zones): Aurora and the load balancer span two" },
        { (size_t)s->nat_gateways <= zones,
            "nat_gateways must be between 1 and the number of availability zones" },
        { s->min_capacity <= s->max_capacity, "min_capacity must be between 1 and max_capacity" },
        { s->database_min_acu <= s->database_max_acu, "database_min_acu must not exceed database_max_acu" },
    };

    for (size_t i = 0; i < ARRAY_SIZE(combinations); i++)
        if (!combinations[i].holds)
            diag_error(check->root, "%-s", combinations[i].message);
}

void tango_settings_check(
    const struct settings *settings, const struct value *context, struct construct *root)
{
    const struct check check = { settings, context, root };

    check_strings(&check);
    check_frontend_bucket(&check);
    check_tags(&check);
    check_zones(&check);
    check_known_zones(&check);
    check_endpoints(&check);
    check_origins(&check);
    check_image_sizes(&check);
    check_bus_policy(&check);
    check_log_retention(&check, "log_retention_days", settings->log_retention_days);
    check_log_retention(&check, "audit_log_retention_days", settings->audit_log_retention_days);
    check_capacity(&check);
    check_certificate(&check, "certificate_arn", settings->certificate_arn, settings->region);
    check_certificate(&check, "frontend_certificate_arn", settings->frontend_certificate_arn, "us-east-1");
    check_combinations(&check);
}
