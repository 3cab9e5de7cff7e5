// SPDX-License-Identifier: MIT
#include "aws/events/events_private.h"

#include "aws/kms.h"
#include "cdk/construct.h"
#include "cdk/diag.h"

enum { MILLISECONDS_PER_DAY = 24 * 60 * 60 * 1000 };

static void allow_key(struct kms_key *key, const struct events_event_bus *bus)
{
    struct iam_principal *principals[] = { iam_service_principal("events.amazonaws.com"), NULL };
    struct value *resources[] = { string("*"), NULL };
    struct value *equal = object(
        (struct field[]){ { "kms:EncryptionContext:aws:events:event-bus:arn", bus->event_bus_arn }, END });

    kms_key_add_to_resource_policy(key,
        iam_statement_new(&(struct iam_statement_props){
            .sid = "Allow EventBridge to use kms operations",
            .actions = (const char *[]){ "kms:Decrypt", "kms:GenerateDataKey", "kms:ReEncrypt*", NULL },
            .resources = resources,
            .principals = principals,
            .conditions = object((struct field[]){ { "StringEquals", equal }, END }),
        }));
    kms_key_add_to_resource_policy(key,
        iam_statement_new(&(struct iam_statement_props){
            .sid = "Allow EventBridge to call kms:DescribeKey",
            .actions = (const char *[]){ "kms:DescribeKey", NULL },
            .resources = resources,
            .principals = principals,
        }));
}

static struct value *retention_days(struct construct *node, struct duration retention)
{
    int64_t whole = retention.milliseconds / MILLISECONDS_PER_DAY;

    if (retention.milliseconds != whole * MILLISECONDS_PER_DAY)
        diag_error(node, "'retention' must be whole days");
    return number((double)whole);
}

static struct value *pattern_value(struct construct *node, const struct events_event_pattern *pattern)
{
    struct value *rendered = object((struct field[]){ END });

    if (!pattern)
        diag_error(node, "an archive needs an 'event_pattern' of the events that it keeps");
    else
        event_pattern_merge(rendered, event_pattern_render(pattern), node);
    return value_length(rendered) ? rendered : NULL;
}

struct events_archive *events_archive_new(struct construct *scope, const char *id,
    struct events_event_bus *source_event_bus, const struct events_archive_props *props)
{
    struct events_archive *self = arena_alloc(construct_arena(scope), sizeof(*self));

    self->node = construct_new(scope, id, "events.Archive");
    if (props->kms_key)
        allow_key(props->kms_key, source_event_bus);
    self->resource = resource_new(self->node, "Archive", "AWS::Events::Archive",
        object((struct field[]){
            { "ArchiveName", props->archive_name },
            { "Description", string(props->description) },
            { "EventPattern", pattern_value(self->node, props->event_pattern) },
            { "KmsKeyIdentifier", props->kms_key ? props->kms_key->key_arn : string("") },
            { "RetentionDays", retention_days(self->node, props->retention) },
            { "SourceArn", source_event_bus->event_bus_arn },
            END,
        }));
    self->archive_arn = get_att(self->resource, "Arn");
    self->archive_name = ref(self->resource);
    return self;
}

struct events_archive *events_event_bus_archive(
    struct events_event_bus *bus, const char *id, const struct events_archive_props *props)
{
    struct events_archive *self = events_archive_new(bus->node, id, bus, props);

    if (!props->description)
        resource_set_property(
            self->resource, "Description", concatf("Event Archive for %v Event Bus", bus->event_bus_name));
    return self;
}
