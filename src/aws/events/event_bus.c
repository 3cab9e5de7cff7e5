// SPDX-License-Identifier: MIT
#include "aws/events/events_private.h"

#include "aws/attribute.h"
#include "aws/kms.h"
#include "aws/sqs.h"
#include "cdk/arn.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/stack.h"
#include "util/text/utf8.h"

#include <ctype.h>
#include <string.h>

enum {
    MAX_NAME_LENGTH = 256,
    MAX_DESCRIPTION_LENGTH = 512,
    MAX_STATEMENT_ID_LENGTH = 64,
};

static const char *const log_levels[] = {
    [EVENTS_LOG_OFF] = "OFF",
    [EVENTS_LOG_ERROR] = "ERROR",
    [EVENTS_LOG_INFO] = "INFO",
    [EVENTS_LOG_TRACE] = "TRACE",
};

static struct events_event_bus *bus_make(struct construct *scope, const char *id)
{
    struct events_event_bus *self = arena_alloc(construct_arena(scope), sizeof(*self));

    self->node = construct_new(scope, id, "events.EventBus");
    return self;
}

static bool is_name(const char *text)
{
    size_t length = strlen(text);

    if (length < 1 || length > MAX_NAME_LENGTH)
        return false;
    for (; *text; text++)
        if (!isalnum((unsigned char)*text) && !strchr("/.-_", *text))
            return false;
    return true;
}

static void check_name(struct construct *node, const char *name)
{
    if (!name)
        return;
    if (strcmp(name, "default") == 0)
        diag_error(node, "a bus of its own cannot be called 'default'; import that one by its name");
    else if (strchr(name, '/'))
        diag_error(node, "event bus name '%s' must not contain '/'", name);
    else if (!is_name(name))
        diag_error(node, "event bus name '%s' may have 1 to %d letters, digits, '.', '-' and '_'", name,
            MAX_NAME_LENGTH);
}

// "aws.partner/" and at least two parts
static void check_source_name(struct construct *node, const char *name)
{
    static const char prefix[] = "aws.partner/";
    const char *second;

    if (!name)
        return;
    second = strncmp(name, prefix, strlen(prefix)) == 0 ? strchr(name + strlen(prefix), '/') : NULL;
    if (!second || second == name + strlen(prefix) || strstr(name, "//") || name[strlen(name) - 1] == '/' ||
        !is_name(name))
        diag_error(node, "event source name '%s' must be like 'aws.partner/example.com/source'", name);
}

static void check_props(struct construct *node, const struct events_event_bus_props *p)
{
    size_t length = p->description ? utf16_length(p->description) : 0;

    if (p->event_bus_name && p->event_source_name)
        diag_error(node, "a bus has an 'event_bus_name' or an 'event_source_name', not both");
    check_name(node, value_string(p->event_bus_name));
    check_source_name(node, value_string(p->event_source_name));
    if (length > MAX_DESCRIPTION_LENGTH)
        diag_error(node, "the description is %zu characters long, at most %d are possible", length,
            MAX_DESCRIPTION_LENGTH);
}

static struct value *bus_name(struct construct *node, const struct events_event_bus_props *p)
{
    if (p->event_bus_name)
        return p->event_bus_name;
    return p->event_source_name ? p->event_source_name : string(names_unique_id(node));
}

static struct value *dead_letter_config(const struct sqs_queue *queue)
{
    return queue ? object((struct field[]){ { "Arn", queue->queue_arn }, END }) : NULL;
}

static struct value *log_config(const struct events_event_bus_props *p)
{
    if (p->log_level == EVENTS_LOG_DEFAULT && p->log_detail == TOGGLE_DEFAULT)
        return NULL;
    return object((struct field[]){
        { "IncludeDetail",
            p->log_detail == TOGGLE_DEFAULT ? NULL : string(p->log_detail == YES ? "FULL" : "NONE") },
        { "Level", string(log_levels[p->log_level]) },
        END,
    });
}

static struct value *bus_properties(const struct events_event_bus_props *p, struct value *name)
{
    return object((struct field[]){
        { "DeadLetterConfig", dead_letter_config(p->dead_letter_queue) },
        { "Description", string(p->description) },
        { "EventSourceName", p->event_bus_name ? NULL : p->event_source_name },
        { "KmsKeyIdentifier", p->kms_key ? p->kms_key->key_arn : NULL },
        { "LogConfig", log_config(p) },
        { "Name", name },
        END,
    });
}

// Lets EventBridge use the key for this bus alone.
static void allow_key(struct construct *node, struct kms_key *key, struct value *name)
{
    struct stack *stack = construct_stack(node);
    const struct arn_parts parts = { .service = "events", .resource = "event-bus", .resource_name = name };
    struct value *equal = object((struct field[]){
        { "aws:SourceAccount", stack->account },
        { "aws:SourceArn", stack_format_arn(stack, &parts) },
        { "kms:EncryptionContext:aws:events:event-bus:arn", stack_format_arn(stack, &parts) },
        END,
    });

    kms_key_add_to_resource_policy(key,
        iam_statement_new(&(struct iam_statement_props){
            .actions = (const char *[]){ "kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey", NULL },
            .resources = (struct value *[]){ string("*"), NULL },
            .principals = (struct iam_principal *[]){ iam_service_principal("events.amazonaws.com"), NULL },
            .conditions = object((struct field[]){ { "StringEquals", equal }, END }),
        }));
}

struct events_event_bus *events_event_bus_new(
    struct construct *scope, const char *id, const struct events_event_bus_props *props)
{
    static const struct events_event_bus_props none;
    struct events_event_bus *self = bus_make(scope, id);
    struct value *name;

    if (!props)
        props = &none;
    check_props(self->node, props);
    name = bus_name(self->node, props);
    self->resource =
        resource_new(self->node, "Resource", "AWS::Events::EventBus", bus_properties(props, name));
    self->event_bus_arn = attribute_arn(self->resource, "Arn",
        &(struct arn_parts){ .service = "events", .resource = "event-bus", .resource_name = name });
    self->event_bus_name = attribute_name(self->resource, name);
    if (props->kms_key)
        allow_key(self->node, props->kms_key, name);
    return self;
}

struct events_event_bus *events_event_bus_from_arn(struct construct *scope, const char *id, struct value *arn)
{
    struct events_event_bus *self = bus_make(scope, id);
    struct value *name = arn_split(self->node, arn, ARN_SLASH_RESOURCE_NAME).resource_name;

    self->event_bus_arn = arn;
    self->event_bus_name = name ? name : string("");
    return self;
}

struct events_event_bus *events_event_bus_from_name(
    struct construct *scope, const char *id, struct value *name)
{
    struct events_event_bus *self = bus_make(scope, id);

    self->event_bus_name = name;
    self->event_bus_arn = stack_format_arn(construct_stack(self->node),
        &(struct arn_parts){ .service = "events", .resource = "event-bus", .resource_name = name });
    return self;
}

struct construct *events_event_bus_add_to_resource_policy(
    struct events_event_bus *bus, struct iam_statement *statement)
{
    const char *sid = iam_statement_sid(statement);
    struct construct *node;
    struct value *id;

    if (!bus->resource) {
        diag_warning(bus->node, "the bus is imported; add the permission to its policy where it is made");
        return NULL;
    }
    if (!sid) {
        diag_error(bus->node, "a statement for the policy of an event bus needs a sid");
        return NULL;
    }
    id = stringf("%.*s", MAX_STATEMENT_ID_LENGTH, value_string(stringf("cdk-%s", sid)));
    iam_statement_set_sid(statement, value_string(id));
    node = construct_new(bus->node, value_string(id), "events.EventBusPolicy");
    resource_new(node, "Resource", "AWS::Events::EventBusPolicy",
        object((struct field[]){
            { "EventBusName", bus->event_bus_name },
            { "Statement", iam_statement_value(statement, node) },
            { "StatementId", id },
            END,
        }));
    return node;
}

static struct iam_grant grant_by_bus_policy(
    struct events_event_bus *bus, struct iam_principal *grantee, const char *sid)
{
    struct iam_statement *statement;

    if (!construct_context_flag(bus->node, "@aws-cdk/aws-events:requireEventBusPolicySid")) {
        diag_warning(bus->node,
            "nothing was granted: the policy of an event bus needs a sid for each statement; give one, and "
            "set '@aws-cdk/aws-events:requireEventBusPolicySid' in context");
        return (struct iam_grant){ 0 };
    }
    statement = iam_statement_new(&(struct iam_statement_props){
        .sid = sid,
        .actions = (const char *[]){ "events:PutEvents", NULL },
        .resources = (struct value *[]){ bus->event_bus_arn, NULL },
        .principals = (struct iam_principal *[]){ grantee, NULL },
    });
    return (struct iam_grant){
        .resource_statement = statement,
        .dependable = events_event_bus_add_to_resource_policy(bus, statement),
    };
}

static struct iam_grant grant_put_events(
    struct construct *scope, struct iam_principal *grantee, struct value *bus_arn)
{
    return iam_grant_add_to_principal(&(struct iam_grant_props){
        .grantee = grantee,
        .actions = (const char *[]){ "events:PutEvents", NULL },
        .resources = (struct value *[]){ bus_arn, NULL },
        .scope = scope,
    });
}

struct iam_grant events_event_bus_grant_put_events_to(
    struct events_event_bus *bus, struct iam_principal *grantee, const char *sid)
{
    struct iam_grant grant = grant_put_events(bus->node, grantee, bus->event_bus_arn);

    return iam_grant_succeeded(&grant) ? grant : grant_by_bus_policy(bus, grantee, sid);
}

struct iam_grant events_grant_all_put_events(struct construct *scope, struct iam_principal *grantee)
{
    return grant_put_events(scope, grantee, string("*"));
}
