// SPDX-License-Identifier: MIT
#ifndef STACKS_SETTINGS_H
#define STACKS_SETTINGS_H

// What can be configured about the stacks: one field a context key. The keys, their defaults and descriptions
// are in the table in settings.c. Texts and values live in the app's arena; NULL where a key without a
// default is not given.

#include "cdk/resource.h"
#include "cdk/setting.h"
#include "cdk/stack.h"

#include <stdbool.h>

// The profiles, in the order of the choices of the context key.
enum profile { PROFILE_STANDARD, PROFILE_PRODUCTION, PROFILE_DEVELOPMENT };

struct settings {
    const char *profile;
    const char *account;
    const char *region;
    const char *stack_prefix;
    struct value *tags;
    bool termination_protection;

    const char *resource_prefix;
    const char *backend_repository;
    const char *app_secret_name;
    const char *database_name;
    const char *event_bus_name;
    const char *alarm_topic_name;
    const char *dashboard_name;
    const char *frontend_bucket_prefix;
    const char *log_stream_prefix;

    int max_azs;
    struct value *availability_zones;
    int nat_gateways;
    struct value *vpc_endpoints; // strings
    bool access_logs;

    const char *image_tag;
    const char *image_digest;
    const char *domain_name;
    const char *certificate_arn;
    bool require_https;
    int min_capacity;
    int max_capacity;
    double database_min_acu;
    double database_max_acu;
    bool deletion_protection;
    int database_readers;
    int database_backup_days;
    bool database_io_optimized;
    bool database_insights;
    bool database_iam_authentication;
    const char *snapshot_identifier;
    const char *removal_policy;
    bool exec;
    bool rds_proxy;
    const char *sentry_dsn;

    const char *frontend_domain;
    const char *frontend_certificate_arn;
    struct value *cors_origins;
    bool enable_versioning;
    bool media_lifecycle;
    bool enable_image_transformation;
    struct value *image_sizes; // strings; NULL: the function's own
    bool security_headers;
    const char *content_security_policy;
    bool waf;
    int waf_rate_limit; // requests from one address in five minutes

    int publisher_reserved_concurrency; // 0: none is reserved
    int event_max_bytes;
    int event_archive_days;   // 0: no archive
    struct value *bus_policy; // ARNs of who may put events besides the publisher; NULL: whoever has the right

    int log_retention_days;
    int audit_log_retention_days;
    const char *alarms;    // "basic", "full"
    double monthly_budget; // USD; 0: none
    const char *alarm_email;
};

extern const struct setting tango_settings[];

// Reads the settings from context; mistakes, alone and in combination, are errors on `root`, all at once.
void tango_settings_read(struct settings *settings, const struct value *context, struct construct *root);

// Whether there are more alarms than the basic ones, and each says what to do.
bool tango_has_full_alarms(const struct settings *settings);

// What becomes of data when its stack is deleted: `kept`, unless the settings say that it goes.
enum removal_policy tango_removal_policy(const struct settings *settings, enum removal_policy kept);
// A bucket that goes with its stack: 'destroy' empties it first. Its tag is the one of autoDeleteObjects,
// without its custom resource.
void tango_delete_objects(const struct settings *settings, struct construct *bucket);

// Neither missing nor empty.
bool tango_is_given(const char *text);
// The props of a stack that the settings decide.
struct stack_props tango_stack_props(const struct settings *settings, const char *description);
// The name of a stack or export: the prefix and what comes behind it.
const char *tango_name(const struct settings *settings, const char *name);
// "PREFIX-name", of a resource.
const char *tango_resource_name(const struct settings *settings, const char *name);
// The texts of an array as one, with commas between them.
struct value *tango_comma_separated(const struct value *texts);
// An output of the stack `scope`, exported as PREFIX followed by `exported`; `exported` NULL: not exported.
void tango_output(struct construct *scope, const struct settings *settings, const char *id,
    struct value *value, const char *exported, const char *description);

#endif
