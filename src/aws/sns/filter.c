// SPDX-License-Identifier: MIT
#include "aws/sns/sns_private.h"

// Limits of SNS ("Filter policy constraints" in the developer guide).
enum { ATTRIBUTE_LIMIT = 5, COMBINATION_LIMIT = 150 };

static void add_matches(struct value *conditions, const char *key, const char *const *texts)
{
    for (; texts && *texts; texts++)
        array_append(conditions, object((struct field[]){ { key, string(*texts) }, END }));
}

struct value *sns_string_filter(const struct sns_string_conditions *given)
{
    struct value *conditions = array();

    array_append_all(conditions, strings(given->allow_list));
    if (given->deny_list)
        array_append(
            conditions, object((struct field[]){ { "anything-but", strings(given->deny_list) }, END }));
    add_matches(conditions, "prefix", given->match_prefixes);
    add_matches(conditions, "suffix", given->match_suffixes);
    return conditions;
}

static struct value *numeric(struct value *comparison)
{
    return object((struct field[]){ { "numeric", comparison }, END });
}

static void add_comparison(struct value *conditions, const char *op, struct count bound)
{
    if (bound.given)
        array_append(
            conditions, numeric(array_of((struct value *[]){ string(op), count_value(bound), NULL })));
}

static void add_range(
    struct value *conditions, const char *above, struct count start, const char *below, struct count stop)
{
    if (start.given && stop.given)
        array_append(conditions,
            numeric(array_of((struct value *[]){
                string(above), count_value(start), string(below), count_value(stop), NULL })));
}

struct value *sns_numeric_filter(const struct sns_numeric_conditions *given)
{
    struct value *conditions = array();

    for (size_t i = 0; i < given->allow_list_length; i++)
        add_comparison(conditions, "=", count(given->allow_list[i]));
    add_comparison(conditions, ">", given->greater_than);
    add_comparison(conditions, ">=", given->greater_than_or_equal_to);
    add_comparison(conditions, "<", given->less_than);
    add_comparison(conditions, "<=", given->less_than_or_equal_to);
    add_range(conditions, ">=", given->between_start, "<=", given->between_stop);
    add_range(conditions, ">", given->between_strict_start, "<", given->between_strict_stop);
    return conditions;
}

static struct value *existence(bool exists)
{
    struct value *condition = object((struct field[]){ { "exists", boolean(exists) }, END });

    return array_of((struct value *[]){ condition, NULL });
}

struct value *sns_exists_filter(void)
{
    return existence(true);
}

struct value *sns_not_exists_filter(void)
{
    return existence(false);
}

// How many combinations of values there are; deeper ones count by their depth.
static double count_combinations(const struct value *policy, int depth)
{
    double total = 1;

    for (size_t i = 0; i < value_length(policy); i++) {
        const struct value *filter = object_at(policy, i)->value;

        if (value_type(filter) == VALUE_OBJECT)
            total *= count_combinations(filter, depth + 1);
        else
            total *= (double)value_length(filter) * depth;
    }
    return total;
}

struct value *filter_policy_render(struct construct *node, const struct sns_subscription_options *options)
{
    struct value *policy = options->filter_policy;
    double combinations;

    if (!policy)
        policy = options->filter_policy_with_message_body;
    combinations = count_combinations(policy, 1);
    if (value_length(policy) > ATTRIBUTE_LIMIT)
        diag_error(node, "the filter policy has %zu attributes; it can have %d", value_length(policy),
            ATTRIBUTE_LIMIT);
    if (combinations > COMBINATION_LIMIT)
        diag_error(node, "the filter policy has %.0f combinations of values; it can have %d", combinations,
            COMBINATION_LIMIT);
    return policy;
}
