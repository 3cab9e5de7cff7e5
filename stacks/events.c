// SPDX-License-Identifier: MIT
#include "aws/logs.h"
#include "stacks/functions.h"
#include "stacks/stacks.h"

// What the publisher names as the source of its events.
#define EVENT_SOURCE "app.outbox"

static struct sqs_queue *dead_letters(
    const struct events_stack *self, const struct settings *settings, const char *id, const char *name)
{
    return sqs_queue_new(self->stack.node, id,
        &(struct sqs_queue_props){
            .queue_name = string(name),
            .retention_period = days(14),
            // But not when the stack's creation fails: a second try would meet what the first has left.
            .removal_policy = tango_removal_policy(settings, REMOVAL_POLICY_RETAIN_ON_UPDATE_OR_DELETE),
            .enforce_ssl = true,
            .encryption = SQS_ENCRYPTION_SQS_MANAGED,
        });
}

struct surroundings {
    const struct settings *settings;
    const struct network_stack *network;
    const struct app_stack *app;
};

// What the two functions differ in before their other props.
struct database_client {
    const char *id;
    const char *group_id;
    const char *ingress_id;
    const char *purpose;
    const char *package;
    int log_retention_days;
    const struct field *environment; // besides what both have
};

static struct ec2_security_group *client_security_group(
    const struct events_stack *self, const struct surroundings *around, const struct database_client *client)
{
    struct ec2_security_group *group = ec2_security_group_new(self->stack.node, client->group_id,
        &(struct ec2_security_group_props){
            .vpc = around->network->vpc, .description = client->purpose, .allow_all_outbound = YES });

    tango_open_postgres(self->stack.node, client->ingress_id, around->app->database_access.security_group_id,
        group->security_group_id,
        arena_printf(value_arena(), "%s to %s", client->purpose, around->app->database_access.name));
    return group;
}

// A function in the private subnets that reaches the database.
static struct lambda_function *database_client_new(const struct events_stack *self,
    const struct surroundings *around, const struct database_client *client,
    struct lambda_function_props props)
{
    struct ec2_security_group *group = client_security_group(self, around, client);
    const struct app_stack *app = around->app;
    struct lambda_function *function;

    props.runtime = LAMBDA_RUNTIME_PROVIDED_AL2023;
    props.architecture = LAMBDA_X86_64;
    props.handler = "bootstrap";
    props.code.asset = function_package(client->package);
    props.vpc = around->network->vpc;
    props.vpc_subnets = &(struct ec2_subnet_selection){ .type = EC2_SUBNET_PRIVATE_WITH_EGRESS };
    props.security_groups = (struct ec2_security_group *[]){ group, NULL };
    props.log_group = logs_log_group_new(self->stack.node, arena_printf(value_arena(), "%sLogs", client->id),
        &(struct logs_log_group_props){ .retention = (enum logs_retention)client->log_retention_days });
    props.logging_format = LAMBDA_LOGGING_JSON;
    props.environment = object((struct field[]){
        { "DATABASE_SECRET_ARN", app->database_secret->secret_arn },
        { "RDS_PROXY_HOST", app->database_access.host },
        { "PGSSLROOTCERT", string(app->database_access.authorities) },
        { "METRICS_ENVIRONMENT", string(around->settings->resource_prefix) },
        END,
    });
    for (const struct field *field = client->environment; field->key; field++)
        object_set(props.environment, field->key, field->value);
    function = lambda_function_new(self->stack.node, client->id, &props);
    secretsmanager_secret_grant_read(app->database_secret, function->grant_principal);
    return function;
}

static void add_publisher(struct events_stack *self, const struct surroundings *around)
{
    const struct settings *settings = around->settings;
    const int concurrency = settings->publisher_reserved_concurrency;
    const struct database_client client = {
        .id = "EventPublisher",
        .group_id = "EventPublisherSG",
        .ingress_id = "LambdaToDbIngress",
        .purpose = "Event publisher",
        .package = "event-publisher",
        .log_retention_days = settings->log_retention_days,
        .environment =
            (struct field[]){
                { "EVENT_BUS_NAME", self->bus->event_bus_name },
                { "BATCH_SIZE", string("100") },
                { "MAX_ATTEMPTS", string("10") },
                { "EVENT_MAX_BYTES", stringf("%d", settings->event_max_bytes) },
                { "PUBLISHER_DLQ_URL", self->publisher_dlq->queue_url },
                END,
            },
    };

    // The dead letter queue is for events that are given up. A run that failed is nothing to keep: the next
    // one is a minute away.
    self->publisher = database_client_new(self, around, &client,
        (struct lambda_function_props){
            .function_name = string(self->publisher_name),
            .description = "Publishes outbox events to EventBridge",
            .memory_size = 128,
            .timeout = seconds(60),
            // Taken from the account's quota, which is 10 in a new account: only where it is asked for.
            .reserved_concurrent_executions = concurrency ? count(concurrency) : (struct count){ 0 },
        });
    events_event_bus_grant_put_events_to(self->bus, self->publisher->grant_principal, NULL);
    sqs_queue_grant_send_messages(self->publisher_dlq, self->publisher->grant_principal);
    events_rule_new(self->stack.node, "EventPublisherSchedule",
        &(struct events_rule_props){
            .rule_name = string(tango_resource_name(settings, "event-publisher-schedule")),
            .description = "Polls the outbox every minute",
            .schedule = events_schedule_rate(minutes(1)),
            .targets =
                (struct events_target *[]){ events_target_lambda_function(self->publisher, NULL), NULL },
        });
}

static void add_audit_consumer(struct events_stack *self, const struct surroundings *around)
{
    const struct database_client client = {
        .id = "AuditConsumer",
        .group_id = "AuditLambdaSG",
        .ingress_id = "AuditLambdaToDbIngress",
        .purpose = "Audit consumer",
        .package = "audit-consumer",
        .log_retention_days = around->settings->audit_log_retention_days,
        .environment = (struct field[]){ { "AUDIT_EVENT_SOURCE", string(EVENT_SOURCE) }, END },
    };
    struct events_target *target;

    self->audit_consumer = database_client_new(self, around, &client,
        (struct lambda_function_props){
            .function_name = string(self->audit_consumer_name),
            .description = "Writes audit log entries from domain events",
            .memory_size = 128,
            .timeout = seconds(30),
            .dead_letter_queue = self->audit_dlq,
            .async_invoke.retry_attempts = count(2),
        });
    target = events_target_lambda_function(self->audit_consumer,
        &(struct events_target_options){ .dead_letter_queue = self->audit_dlq, .retry_attempts = count(3) });
    events_rule_new(self->stack.node, "AuditEventRule",
        &(struct events_rule_props){
            .rule_name = string(self->audit_rule_name),
            .description = "Routes audit events to the audit consumer",
            .event_bus = self->bus,
            // Whoever else may put events on the bus does not write the audit log.
            .event_pattern =
                &(struct events_event_pattern){
                    .source = strings((const char *[]){ EVENT_SOURCE, NULL }),
                    .detail_type = function_audit_event_types(),
                },
            .targets = (struct events_target *[]){ target, NULL },
        });
}

static void add_archive(const struct events_stack *self, const struct settings *settings)
{
    const struct events_event_pattern everything = {
        .account = array_of((struct value *[]){ self->stack.account, NULL }),
    };

    if (settings->event_archive_days)
        events_event_bus_archive(self->bus, "Archive",
            &(struct events_archive_props){
                .description = "What was on the bus, to be replayed",
                .retention = days(settings->event_archive_days),
                .event_pattern = &everything,
            });
}

// Rights of their own are not enough: everyone else is refused.
static void restrict_publishers(const struct events_stack *self, const struct settings *settings)
{
    struct value *publishers = array();
    struct value *elsewhere;

    if (!settings->bus_policy)
        return;
    array_append(publishers, self->publisher->role->role_arn);
    for (size_t i = 0; i < value_length(settings->bus_policy); i++)
        array_append(publishers, array_at(settings->bus_policy, i));
    elsewhere = object((struct field[]){ { "aws:PrincipalArn", publishers }, END });
    events_event_bus_add_to_resource_policy(self->bus,
        iam_statement_new(&(struct iam_statement_props){
            .sid = "OnlyPublishers",
            .effect = IAM_DENY,
            .principals = (struct iam_principal *[]){ iam_any_principal(), NULL },
            .actions = (const char *[]){ "events:PutEvents", NULL },
            .resources = (struct value *[]){ self->bus->event_bus_arn, NULL },
            .conditions = object((struct field[]){ { "ArnNotLike", elsewhere }, END }),
        }));
}

static void add_outputs(const struct events_stack *self, const struct settings *settings)
{
    struct construct *scope = self->stack.node;

    tango_output(
        scope, settings, "EventBusName", self->bus->event_bus_name, "EventBusName", "Event bus name");
    tango_output(scope, settings, "EventBusArn", self->bus->event_bus_arn, "EventBusArn", "Event bus ARN");
    tango_output(scope, settings, "DLQUrl", self->publisher_dlq->queue_url, "EventsDLQUrl",
        "Dead letter queue of the publisher");
    tango_output(scope, settings, "AuditDLQUrl", self->audit_dlq->queue_url, "AuditDLQUrl",
        "Dead letter queue of the audit consumer");
    tango_output(scope, settings, "AuditLambdaArn", self->audit_consumer->function_arn, "AuditConsumerArn",
        "Audit consumer ARN");
    tango_output(scope, settings, "PublisherLambdaArn", self->publisher->function_arn, "EventPublisherArn",
        "Event publisher ARN");
}

void events_stack_init(struct events_stack *self, struct construct *scope, const struct settings *settings,
    const struct network_stack *network, const struct app_stack *app)
{
    const struct stack_props props = tango_stack_props(
        settings, "Tango events: EventBridge bus, outbox publisher, audit consumer, dead letter queues");
    const struct surroundings around = { settings, network, app };

    stack_init(&self->stack, scope, tango_name(settings, "Events"), &props);
    self->publisher_name = tango_resource_name(settings, "event-publisher");
    self->audit_consumer_name = tango_resource_name(settings, "audit-consumer");
    self->audit_rule_name = tango_resource_name(settings, "audit-event-rule");
    self->publisher_dlq_name = tango_resource_name(settings, "events-publisher-dlq");
    self->audit_dlq_name = tango_resource_name(settings, "audit-dlq");
    self->bus = events_event_bus_new(self->stack.node, "TangoEventBus",
        &(struct events_event_bus_props){ .event_bus_name = string(settings->event_bus_name) });
    self->publisher_dlq = dead_letters(self, settings, "EventPublisherDLQ", self->publisher_dlq_name);
    self->audit_dlq = dead_letters(self, settings, "AuditDLQ", self->audit_dlq_name);
    add_publisher(self, &around);
    add_audit_consumer(self, &around);
    add_archive(self, settings);
    restrict_publishers(self, settings);
    add_outputs(self, settings);
}
