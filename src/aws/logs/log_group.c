// SPDX-License-Identifier: MIT
#include "aws/logs.h"

#include "aws/attribute.h"
#include "aws/kms.h"
#include "aws/logs/log_group_private.h"
#include "cdk/arn.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/stack.h"

#include <stddef.h>
#include <string.h>

static const char *const class_names[] = {
    [LOGS_CLASS_STANDARD] = "STANDARD",
    [LOGS_CLASS_INFREQUENT_ACCESS] = "INFREQUENT_ACCESS",
    [LOGS_CLASS_DELIVERY] = "DELIVERY",
};

static struct logs_log_group *log_group_make(struct construct *scope, const char *id)
{
    struct arena *arena = construct_arena(scope);
    struct logs_log_group *self = arena_alloc(arena, sizeof(*self));

    self->node = construct_new(scope, id, "logs.LogGroup");
    self->state = arena_alloc(arena, sizeof(*self->state));
    return self;
}

static struct value *retention_value(const struct logs_log_group_props *p)
{
    enum logs_retention days = p->retention;

    if (days == LOGS_RETENTION_DEFAULT && p->log_group_class != LOGS_CLASS_DELIVERY)
        days = LOGS_RETENTION_TWO_YEARS;
    return days == LOGS_RETENTION_DEFAULT || days == LOGS_RETENTION_INFINITE ? NULL : number(days);
}

static struct value *log_group_properties(const struct logs_log_group_props *p)
{
    return object((struct field[]){
        { "DeletionProtectionEnabled", toggle_value(p->deletion_protection) },
        { "KmsKeyId", p->encryption_key ? p->encryption_key->key_arn : NULL },
        { "LogGroupClass", string(class_names[p->log_group_class]) },
        { "LogGroupName", p->log_group_name },
        { "RetentionInDays", retention_value(p) },
        END,
    });
}

struct logs_log_group *logs_log_group_new(
    struct construct *scope, const char *id, const struct logs_log_group_props *props)
{
    struct logs_log_group *self = log_group_make(scope, id);
    const struct logs_log_group_props none = { 0 };
    const struct logs_log_group_props *p = props ? props : &none;

    if (p->log_group_class == LOGS_CLASS_DELIVERY && p->retention != LOGS_RETENTION_DEFAULT)
        diag_error(self->node,
            "a log group of class DELIVERY takes no 'retention'; leave it out or use another class");
    if ((int)p->retention < 0)
        diag_error(self->node, "'retention' must be positive, got %d", (int)p->retention);
    self->resource = resource_new(self->node, "Resource", "AWS::Logs::LogGroup", log_group_properties(p));
    resource_apply_removal_policy(self->resource,
        p->removal_policy == REMOVAL_POLICY_DEFAULT ? REMOVAL_POLICY_RETAIN : p->removal_policy);
    self->log_group_arn = attribute_arn(self->resource, "Arn",
        &(struct arn_parts){
            .service = "logs",
            .resource = "log-group",
            .resource_name = p->log_group_name,
            .format = ARN_COLON_RESOURCE_NAME,
        });
    self->log_group_name = attribute_name(self->resource, p->log_group_name);
    return self;
}

// Without the ":*" at the end of literal text.
static struct value *without_stream_suffix(struct value *text)
{
    const char *literal = value_string(text);
    size_t length = literal ? strlen(literal) : 0;

    if (length < 2 || strcmp(literal + length - 2, ":*") != 0)
        return text;
    return string_n(literal, length - 2);
}

struct logs_log_group *logs_log_group_from_arn(struct construct *scope, const char *id, struct value *arn)
{
    struct logs_log_group *self = log_group_make(scope, id);
    struct value *base = without_stream_suffix(arn);

    self->log_group_arn = concatf("%v:*", base);
    self->log_group_name = arn_split(self->node, base, ARN_COLON_RESOURCE_NAME).resource_name;
    return self;
}

struct logs_log_group *logs_log_group_from_name(struct construct *scope, const char *id, struct value *name)
{
    struct logs_log_group *self = log_group_make(scope, id);

    self->log_group_name = without_stream_suffix(name);
    self->log_group_arn = stack_format_arn(construct_stack(self->node),
        &(struct arn_parts){
            .service = "logs",
            .resource = "log-group",
            .resource_name = concatf("%v:*", self->log_group_name),
            .format = ARN_COLON_RESOURCE_NAME,
        });
    return self;
}
