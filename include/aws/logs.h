// SPDX-License-Identifier: MIT
#ifndef AWS_LOGS_H
#define AWS_LOGS_H

// Log groups of CloudWatch Logs. Everything lives in the app's arena.

#include "aws/iam.h"
#include "cdk/resource.h"
#include "cdk/unit.h"

struct construct;
struct kms_key;
struct value;

// How long events are kept, in days; the periods that CloudWatch Logs knows ("PutRetentionPolicy").
enum logs_retention {
    LOGS_RETENTION_DEFAULT, // two years
    LOGS_RETENTION_ONE_DAY = 1,
    LOGS_RETENTION_THREE_DAYS = 3,
    LOGS_RETENTION_FIVE_DAYS = 5,
    LOGS_RETENTION_ONE_WEEK = 7,
    LOGS_RETENTION_TWO_WEEKS = 14,
    LOGS_RETENTION_ONE_MONTH = 30,
    LOGS_RETENTION_TWO_MONTHS = 60,
    LOGS_RETENTION_THREE_MONTHS = 90,
    LOGS_RETENTION_FOUR_MONTHS = 120,
    LOGS_RETENTION_FIVE_MONTHS = 150,
    LOGS_RETENTION_SIX_MONTHS = 180,
    LOGS_RETENTION_ONE_YEAR = 365,
    LOGS_RETENTION_THIRTEEN_MONTHS = 400,
    LOGS_RETENTION_EIGHTEEN_MONTHS = 545,
    LOGS_RETENTION_TWO_YEARS = 731,
    LOGS_RETENTION_THREE_YEARS = 1096,
    LOGS_RETENTION_FIVE_YEARS = 1827,
    LOGS_RETENTION_SIX_YEARS = 2192,
    LOGS_RETENTION_SEVEN_YEARS = 2557,
    LOGS_RETENTION_EIGHT_YEARS = 2922,
    LOGS_RETENTION_NINE_YEARS = 3288,
    LOGS_RETENTION_TEN_YEARS = 3653,
    LOGS_RETENTION_INFINITE = 9999, // never deleted
};

enum logs_log_group_class {
    LOGS_CLASS_DEFAULT, // CloudWatch Logs decides: standard
    LOGS_CLASS_STANDARD,
    LOGS_CLASS_INFREQUENT_ACCESS,
    LOGS_CLASS_DELIVERY, // takes no retention
};

struct logs_log_group {
    struct construct *node;
    struct resource *resource;   // NULL when imported
    struct value *log_group_arn; // ends with ":*"
    struct value *log_group_name;
    struct logs_log_group_state *state;
};

struct logs_log_group_props {
    struct value *log_group_name;              // default: CloudFormation's choice
    enum logs_retention retention;             // default: two years
    enum removal_policy removal_policy;        // default: retain
    enum logs_log_group_class log_group_class; // default: not given
    struct kms_key *encryption_key;            // default: the service's own key
    enum toggle deletion_protection;           // default: not given
};
struct logs_log_group *logs_log_group_new(
    struct construct *scope, const char *id, const struct logs_log_group_props *props);

// A log group that exists. An ARN may or may not end with ":*".
struct logs_log_group *logs_log_group_from_arn(struct construct *scope, const char *id, struct value *arn);
struct logs_log_group *logs_log_group_from_name(struct construct *scope, const char *id, struct value *name);

// To a principal that has no policy of its own (a service) the log group's resource policy grants it.
struct iam_grant logs_log_group_grant_write(struct logs_log_group *group, struct iam_principal *grantee);
struct iam_grant logs_log_group_grant_read(struct logs_log_group *group, struct iam_principal *grantee);
// `actions` ends with NULL.
struct iam_grant logs_log_group_grant(
    struct logs_log_group *group, struct iam_principal *grantee, const char *const *actions);
void logs_log_group_add_to_resource_policy(struct logs_log_group *group, struct iam_statement *statement);

#endif
