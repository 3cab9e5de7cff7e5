// SPDX-License-Identifier: MIT
#ifndef AWS_EVENTS_H
#define AWS_EVENTS_H

// EventBridge: buses, rules that match events or run on a schedule, and the targets that they invoke.
// Everything lives in the app's arena.
//
// Not here, because the CDK does it with a custom resource: log groups as targets.

#include "aws/iam.h"
#include "cdk/resource.h"
#include "cdk/unit.h"

#include <stdbool.h>
#include <stddef.h>

struct construct;
struct kms_key;
struct lambda_function;
struct sns_topic;
struct sqs_queue;
struct value;

// What an event must look like: for each field the values (or matches, below) it may have; fields that are
// NULL do not matter ("Amazon EventBridge event patterns").
struct events_event_pattern {
    struct value *version; // this and the next: arrays
    struct value *id;
    struct value *detail_type;
    struct value *source;
    struct value *account;
    struct value *time;
    struct value *region;
    struct value *resources;
    struct value *detail; // object of arrays and objects
};

// Matches: each is an array, for use as a pattern's field or anywhere in `detail`. One that makes no sense is
// an error of the rule that gets it.
struct value *events_match_null(void);
struct value *events_match_exists(void);
struct value *events_match_does_not_exist(void);
struct value *events_match_exact(const char *text);
struct value *events_match_equals_ignore_case(const char *text);
struct value *events_match_prefix(const char *text);
struct value *events_match_suffix(const char *text);
struct value *events_match_prefix_ignore_case(const char *text);
struct value *events_match_suffix_ignore_case(const char *text);
struct value *events_match_wildcard(const char *pattern);
struct value *events_match_cidr(const char *range);
// `operator`: "=", "<", "<=", ">", ">=".
struct value *events_match_numeric(const char *operator, double number);
struct value *events_match_interval(double lowest, double highest);
// `values`: an array of strings only or numbers only.
struct value *events_match_anything_but(struct value *values);
// `filter`: "prefix", "suffix", "wildcard" or "equals-ignore-case"; `texts` ends with NULL.
struct value *events_match_anything_but_filter(const char *filter, const char *const *texts);
// Several matches, of which one is enough; ends with NULL.
struct value *events_match_any_of(struct value *const *matches);
// Several numeric matches that must all hold; ends with NULL.
struct value *events_match_all_of(struct value *const *matches);

// A bus, made here or imported.
struct events_event_bus {
    struct construct *node;
    struct resource *resource; // NULL when imported
    struct value *event_bus_arn;
    struct value *event_bus_name;
};
enum events_log_level {
    EVENTS_LOG_DEFAULT,
    EVENTS_LOG_OFF,
    EVENTS_LOG_ERROR,
    EVENTS_LOG_INFO,
    EVENTS_LOG_TRACE,
};
struct events_event_bus_props {
    struct value *event_bus_name;        // default: from the construct path
    struct value *event_source_name;     // of a partner, instead of a name; default: none
    const char *description;             // at most 512 characters; default: none
    struct sqs_queue *dead_letter_queue; // default: none
    struct kms_key *kms_key;             // EventBridge is allowed to use it; default: AWS's own
    enum events_log_level log_level;     // default: not given
    enum toggle log_detail;              // whole events in the log; default: not given
};
// `props` may be NULL.
struct events_event_bus *events_event_bus_new(
    struct construct *scope, const char *id, const struct events_event_bus_props *props);
struct events_event_bus *events_event_bus_from_arn(
    struct construct *scope, const char *id, struct value *arn);
struct events_event_bus *events_event_bus_from_name(
    struct construct *scope, const char *id, struct value *name);
// The statement needs a sid; each makes an AWS::Events::EventBusPolicy. Returns what has to exist before the
// statement counts, or NULL when the bus is imported, with a warning.
struct construct *events_event_bus_add_to_resource_policy(
    struct events_event_bus *bus, struct iam_statement *statement);
// `sid` may be NULL; a service as grantee needs one, and context
// @aws-cdk/aws-events:requireEventBusPolicySid. Without, it is left out with a warning.
struct iam_grant events_event_bus_grant_put_events_to(
    struct events_event_bus *bus, struct iam_principal *grantee, const char *sid);
// To every bus.
struct iam_grant events_grant_all_put_events(struct construct *scope, struct iam_principal *grantee);

struct events_archive_props {
    const struct events_event_pattern *event_pattern; // required
    struct value *archive_name;                       // default: CloudFormation's choice
    const char *description;                          // default: none
    struct duration retention;                        // whole days; default: for ever
    struct kms_key *kms_key;                          // EventBridge is allowed to use it; default: AWS's own
};
struct events_archive {
    struct construct *node;
    struct resource *resource;
    struct value *archive_arn;
    struct value *archive_name;
};
struct events_archive *events_archive_new(struct construct *scope, const char *id,
    struct events_event_bus *source_event_bus, const struct events_archive_props *props);
// In the bus's scope, with a description that names it by default.
struct events_archive *events_event_bus_archive(
    struct events_event_bus *bus, const char *id, const struct events_archive_props *props);

// When a rule runs. {0}: on events only.
struct events_schedule {
    const char *expression;
    const char *error;   // reported by the rule
    const char *warning; // likewise
};
struct events_schedule events_schedule_expression(const char *expression);
// In whole minutes.
struct events_schedule events_schedule_rate(struct duration interval);
struct events_cron_options {
    const char *minute; // default: every one, with a warning
    const char *hour;   // default: every one; and so on
    const char *day;    // of the month; not together with week_day
    const char *month;
    const char *week_day;
    const char *year;
};
struct events_schedule events_schedule_cron(const struct events_cron_options *options);

// What a target gets instead of the whole event. Fields of the event are put in with events_field, alone
// wherever a value may stand, or in text with events_text.
struct events_input;
struct value *events_field(const char *path); // "$.detail.user"
// Text made of parts: strings, fields, references; ends with NULL.
struct value *events_text(struct value *const *parts);
struct events_input *events_input_from_text(struct value *text);
// Each line becomes a text of its own.
struct events_input *events_input_from_multiline_text(struct value *text);
struct events_input *events_input_from_object(struct value *object);
// Only the part of the event at `path`.
struct events_input *events_input_from_event_path(const char *path);

// Whom a rule invokes. What is in another account or region gets the events by its default bus and a rule
// there; it needs a name then.
struct events_target;
struct events_target_options {
    struct events_input *input;          // default: the event; not for event buses
    struct sqs_queue *dead_letter_queue; // default: none
    struct count retry_attempts;         // default: EventBridge's, 185; not for event buses
    struct duration max_event_age;       // default: EventBridge's, 24 hours; not for event buses
    const char *message_group_id;        // of a FIFO queue
    struct iam_role *role;               // topics and event buses: default: made when one is needed
    enum toggle authorize_using_role;    // topics: default: only when a role is given
};
// `options` may be NULL.
struct events_target *events_target_lambda_function(
    struct lambda_function *function, const struct events_target_options *options);
struct events_target *events_target_sqs_queue(
    struct sqs_queue *queue, const struct events_target_options *options);
struct events_target *events_target_sns_topic(
    struct sns_topic *topic, const struct events_target_options *options);
struct events_target *events_target_event_bus(
    struct events_event_bus *bus, const struct events_target_options *options);

struct events_rule {
    struct construct *node;
    struct resource *resource;
    struct value *rule_arn;
    struct value *rule_name;
    struct events_rule_state *state;
};
struct events_rule_props {
    struct value *rule_name;         // default: CloudFormation's choice
    const char *description;         // default: none
    enum toggle enabled;             // default yes
    struct events_schedule schedule; // this or an event pattern is required
    const struct events_event_pattern *event_pattern;
    struct events_event_bus *event_bus;   // default: the account's default bus; not with a schedule
    struct iam_role *role;                // default: none
    struct events_target *const *targets; // at most 5, end with NULL
    // Where to make the rule if that is in another stack of the same environment; default: scope.
    struct construct *cross_stack_scope;
};
struct events_rule *events_rule_new(
    struct construct *scope, const char *id, const struct events_rule_props *props);
void events_rule_add_target(struct events_rule *rule, struct events_target *target);
// Adds to the pattern: values of a field that is there already are alternatives.
void events_rule_add_event_pattern(struct events_rule *rule, const struct events_event_pattern *pattern);

#endif
