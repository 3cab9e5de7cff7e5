// SPDX-License-Identifier: MIT
#include "aws/events.h"
#include "aws/kms.h"
#include "aws/sqs.h"
#include "parity/constructs/events_samples.h"
#include "parity/constructs/parity.h"

static void text_output(struct stack *stack, const char *id, struct value *value)
{
    output_new(stack->node, id, &(struct output_props){ .value = value });
}

static void bus(struct stack *stack)
{
    struct construct *node = stack->node;

    events_event_bus_new(node, "Default", NULL);
    events_event_bus_new(node, "Named",
        &(struct events_event_bus_props){ .event_bus_name = string("orders.v1"), .description = "Orders" });
    events_event_bus_new(node, "Partner",
        &(struct events_event_bus_props){
            .event_source_name = string("aws.partner/example.com/acme/orders"),
        });
    events_event_bus_new(node, "Full",
        &(struct events_event_bus_props){
            .dead_letter_queue = queue_of(stack, "DeadLetters"),
            .kms_key = kms_key_from_arn(node, "Key", string("arn:aws:kms:eu-west-1:123456789012:key/k")),
            .log_detail = YES,
            .log_level = EVENTS_LOG_ERROR,
        });
    events_event_bus_new(node, "Quiet", &(struct events_event_bus_props){ .log_level = EVENTS_LOG_OFF });
}

static void bus_key(struct stack *stack)
{
    struct kms_key *key = kms_key_new(stack->node, "Key", &(struct kms_key_props){ 0 });

    events_event_bus_new(stack->node, "Bus",
        &(struct events_event_bus_props){ .event_bus_name = string("sealed"), .kms_key = key });
}

static void bus_grants(struct stack *stack)
{
    static const char ec2[] = "ec2.amazonaws.com";
    struct events_event_bus *self = events_event_bus_new(stack->node, "Bus", NULL);

    events_event_bus_grant_put_events_to(self, role_of(stack, "Role", ec2)->principal, NULL);
    events_event_bus_grant_put_events_to(events_event_bus_from_name(stack->node, "ByName", string("shared")),
        role_of(stack, "Second", ec2)->principal, NULL);
    events_event_bus_grant_put_events_to(events_event_bus_from_arn(stack->node, "ByArn",
                                             string("arn:aws:events:eu-west-1:123456789012:event-bus/other")),
        role_of(stack, "Third", ec2)->principal, NULL);
    events_grant_all_put_events(stack->node, role_of(stack, "Fourth", ec2)->principal);
    text_output(stack, "Name", self->event_bus_name);
    text_output(stack, "Arn", self->event_bus_arn);
}

static struct value *outside_organization(void)
{
    struct value *not_equal =
        object((struct field[]){ { "aws:PrincipalOrgID", string("o-1234567890") }, END });

    return object((struct field[]){ { "StringNotEquals", not_equal }, END });
}

static void bus_policy(struct stack *stack)
{
    struct events_event_bus *self = events_event_bus_new(stack->node, "Bus", NULL);

    events_event_bus_add_to_resource_policy(self,
        iam_statement_new(&(struct iam_statement_props){
            .sid = "Partner",
            .principals = (struct iam_principal *[]){ iam_account_principal(string("210987654321")), NULL },
            .actions = (const char *[]){ "events:PutEvents", "events:PutRule", NULL },
            .resources = (struct value *[]){ self->event_bus_arn, NULL },
        }));
    events_event_bus_add_to_resource_policy(self,
        iam_statement_new(&(struct iam_statement_props){
            .sid = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            .effect = IAM_DENY,
            .principals = (struct iam_principal *[]){ iam_star_principal(), NULL },
            .actions = (const char *[]){ "events:PutEvents", NULL },
            .resources = (struct value *[]){ string("*"), NULL },
            .conditions = outside_organization(),
        }));
    events_event_bus_grant_put_events_to(self, iam_service_principal("s3.amazonaws.com"), "Storage");
}

static void archive(struct stack *stack)
{
    struct events_event_bus *self = events_event_bus_new(stack->node, "Bus", NULL);

    events_event_bus_archive(self, "Week",
        &(struct events_archive_props){
            .event_pattern =
                &(struct events_event_pattern){
                    .source = one("tango"),
                    .account = array_of((struct value *[]){ stack->account, NULL }),
                },
            .retention = days(7),
            .archive_name = string("week"),
        });
    events_event_bus_archive(self, "Described",
        &(struct events_archive_props){
            .event_pattern = &(struct events_event_pattern){ .detail_type = one("a") },
            .description = "All of a",
        });
    events_archive_new(stack->node, "Own",
        events_event_bus_from_name(stack->node, "Shared", string("shared")),
        &(struct events_archive_props){
            .event_pattern = &(struct events_event_pattern){ .source = one("tango") },
            .kms_key = kms_key_new(stack->node, "Key", &(struct kms_key_props){ 0 }),
        });
}

int main(int argc, char **argv)
{
    static const struct parity_case cases[] = {
        { "events-bus-kinds", bus },
        { "events-bus-key", bus_key },
        { "events-bus-grants", bus_grants },
        { "events-bus-policy", bus_policy },
        { "events-bus-archive", archive },
        { NULL, NULL },
    };

    return parity_main("events-bus", cases, argc, argv);
}
