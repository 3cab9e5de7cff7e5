// SPDX-License-Identifier: MIT
#include "aws/s3/s3_private.h"
#include "cdk/aspect.h"

#include <ctype.h>
#include <string.h>

struct value *single(const char *key, struct value *value)
{
    return object((struct field[]){ { key, value }, END });
}

struct value *tag_filters(const struct value *tags)
{
    struct value *list = array();

    for (size_t i = 0; i < value_length(tags); i++)
        array_append(list,
            object((struct field[]){
                { "Key", string(object_at(tags, i)->key) },
                { "Value", object_at(tags, i)->value },
                END,
            }));
    return omit_empty(list);
}

struct value *whole_days(struct s3_bucket *bucket, struct duration duration)
{
    if (duration.given && duration.milliseconds % days(1).milliseconds != 0)
        diag_error(bucket->node, "%lld seconds is not a whole number of days",
            (long long)duration_to_seconds(duration));
    return days_value(duration);
}

void s3_bucket_add_cors_rule(struct s3_bucket *bucket, const struct s3_cors_rule *rule)
{
    array_append(bucket->state->cors,
        object((struct field[]){
            { "AllowedHeaders", strings(rule->allowed_headers) },
            { "AllowedMethods", strings(rule->allowed_methods) },
            { "AllowedOrigins", strings(rule->allowed_origins) },
            { "ExposedHeaders", strings(rule->exposed_headers) },
            { "Id", string(rule->id) },
            { "MaxAge", count_value(rule->max_age) },
            END,
        }));
}

void s3_bucket_add_metric(struct s3_bucket *bucket, const struct s3_metric *metric)
{
    array_append(bucket->state->metrics,
        object((struct field[]){
            { "Id", string(metric->id) },
            { "Prefix", string(metric->prefix) },
            { "TagFilters", tag_filters(metric->tag_filters) },
            END,
        }));
}

enum { INVENTORY_ID_LIMIT = 64 };

static bool is_inventory_character(char c)
{
    return isalnum((unsigned char)c) || (c && strchr("_.-", c));
}

// From the bucket's id and the inventory's position: what S3 takes of it, the end if it is too long.
static const char *default_inventory_id(const struct s3_bucket *bucket)
{
    char *id = arena_printf(value_arena(), "%sInventory%zu", construct_id(bucket->node),
        value_length(bucket->state->inventories));
    size_t length = 0;

    for (const char *at = id; *at; at++)
        if (is_inventory_character(*at))
            id[length++] = *at;
    id[length] = '\0';
    return length > INVENTORY_ID_LIMIT ? id + length - INVENTORY_ID_LIMIT : id;
}

static void check_inventory_id(struct s3_bucket *bucket, const char *id)
{
    size_t length = 0;

    while (is_inventory_character(id[length]))
        length++;
    if (id[length] || length > INVENTORY_ID_LIMIT)
        diag_error(bucket->node, "the inventory id '%s' must have at most %d letters, digits or '_.-'", id,
            INVENTORY_ID_LIMIT);
}

// What an inventory's destination has to be let do.
struct inventory_permission {
    struct s3_bucket *bucket;
    struct s3_bucket *destination;
    const char *pattern;
};

// As in the CDK, at synthesis: the statement stands behind all others.
static void let_inventory_write(struct construct *construct, void *data)
{
    const struct inventory_permission *permission = data;
    struct s3_bucket *bucket = permission->bucket, *target = permission->destination;

    if (construct != bucket->node)
        return;
    s3_bucket_add_to_resource_policy(target,
        iam_statement_new(&(struct iam_statement_props){
            .actions = (const char *[]){ "s3:PutObject", NULL },
            .resources = (struct value *[]){ target->bucket_arn,
                s3_bucket_arn_for_objects(target, permission->pattern), NULL },
            .principals = (struct iam_principal *[]){ iam_service_principal("s3.amazonaws.com"), NULL },
            .conditions = single("ArnLike", single("aws:SourceArn", bucket->bucket_arn)),
        }));
}

static void add_permission(struct s3_bucket *bucket, const struct s3_inventory *inventory)
{
    struct inventory_permission *permission = arena_alloc(construct_arena(bucket->node), sizeof(*permission));
    const char *prefix = inventory->destination_prefix ? inventory->destination_prefix : "";

    permission->bucket = bucket;
    permission->destination = inventory->destination;
    permission->pattern = arena_printf(value_arena(), "%s*", prefix);
    if (inventory->destination->resource)
        aspect_add(bucket->node, let_inventory_write, permission, ASPECT_READONLY);
}

static struct value *inventory_destination(const struct s3_inventory *inventory)
{
    return object((struct field[]){
        { "BucketAccountId", string(inventory->destination_owner) },
        { "BucketArn", inventory->destination->bucket_arn },
        { "Format", string(inventory->format ? inventory->format : "CSV") },
        { "Prefix", string(inventory->destination_prefix) },
        END,
    });
}

void s3_bucket_add_inventory(struct s3_bucket *bucket, const struct s3_inventory *inventory)
{
    const char *id = inventory->id ? inventory->id : default_inventory_id(bucket);

    check_inventory_id(bucket, id);
    add_permission(bucket, inventory);
    array_append(bucket->state->inventories,
        object((struct field[]){
            { "Destination", inventory_destination(inventory) },
            { "Enabled", boolean(toggle_or(inventory->enabled, true)) },
            { "Id", string(id) },
            { "IncludedObjectVersions", string(inventory->current_versions_only ? "Current" : "All") },
            { "OptionalFields", strings(inventory->optional_fields) },
            { "Prefix", string(inventory->objects_prefix) },
            { "ScheduleFrequency", string(inventory->frequency ? inventory->frequency : "Weekly") },
            END,
        }));
}

static struct value *tiering(struct s3_bucket *bucket, const char *tier, struct duration time)
{
    if (!time.given)
        return NULL;
    return object((struct field[]){
        { "AccessTier", string(tier) },
        { "Days", whole_days(bucket, time) },
        END,
    });
}

struct value *bucket_intelligent_tiering(struct s3_bucket *bucket, const struct s3_intelligent_tiering *given)
{
    struct value *list = array();

    for (; given && given->name; given++) {
        struct value *tierings[] = {
            tiering(bucket, "ARCHIVE_ACCESS", given->archive_access_tier_time),
            tiering(bucket, "DEEP_ARCHIVE_ACCESS", given->deep_archive_access_tier_time),
        };

        array_append(list,
            object((struct field[]){
                { "Id", string(given->name) },
                { "Prefix", string(given->prefix) },
                { "Status", string("Enabled") },
                { "TagFilters", tag_filters(given->tags) },
                { "Tierings", array_n(tierings, 2) },
                END,
            }));
    }
    return omit_empty(list);
}

struct value *bucket_object_lock(struct s3_bucket *bucket, const struct s3_bucket_props *props)
{
    const struct s3_object_lock_retention *retention = props->object_lock_default_retention;
    bool is_compliance;
    struct value *default_retention;

    if (!retention)
        return NULL;
    if (props->object_lock_enabled == NO)
        diag_error(bucket->node, "the bucket has a default retention, so object lock must be enabled");
    if (retention->duration.milliseconds < days(1).milliseconds ||
        retention->duration.milliseconds > days(36500).milliseconds)
        diag_error(bucket->node, "the object lock retention must be 1 day to 100 years");
    is_compliance = retention->mode == S3_OBJECT_LOCK_COMPLIANCE;
    default_retention = object((struct field[]){
        { "Days", whole_days(bucket, retention->duration) },
        { "Mode", string(is_compliance ? "COMPLIANCE" : "GOVERNANCE") },
        END,
    });
    return object((struct field[]){
        { "ObjectLockEnabled", string("Enabled") },
        { "Rule", single("DefaultRetention", default_retention) },
        END,
    });
}
