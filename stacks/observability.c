// SPDX-License-Identifier: MIT
#include "aws/cloudwatch_actions.h"
#include "aws/cloudwatch_dashboard.h"
#include "aws/iam.h"
#include "aws/sns.h"
#include "stacks/stacks.h"

enum { ALARM_COUNT = 17 };

struct function_metrics {
    struct cloudwatch_metric *errors, *duration, *throttles, *invocations;
};

struct metrics {
    struct cloudwatch_metric *requests, *elb_5xx, *target_5xx, *latency_p50, *latency_p99, *healthy_hosts;
    struct cloudwatch_metric *ecs_cpu, *ecs_memory;
    struct cloudwatch_metric *db_connections, *db_cpu, *db_capacity, *db_read_latency, *db_write_latency;
    struct function_metrics publisher, audit;
    struct cloudwatch_metric *undelivered, *publisher_dlq, *audit_dlq;
    struct cloudwatch_metric *published, *retried, *failed, *pending, *outbox_age;
    struct cloudwatch_metric *written, *skipped, *duplicate, *rejected;
};

// A family of metrics: all of one namespace, about the same thing.
struct source {
    const char *namespace;
    const struct field *dimensions;
    struct duration period;
};

static struct cloudwatch_metric *metric(const struct source *source, const char *name, const char *statistic)
{
    return cloudwatch_metric_new(&(struct cloudwatch_metric_props){
        .namespace = source->namespace,
        .metric_name = name,
        .dimensions = source->dimensions,
        .statistic = statistic,
        .period = source->period,
    });
}

static void add_load_balancer_metrics(struct metrics *m, const struct app_stack *app)
{
    const struct field load_balancer[] = { { "LoadBalancer", app->alb->load_balancer_full_name }, END };
    const struct field target_group[] = {
        { "LoadBalancer", app->alb->load_balancer_full_name },
        { "TargetGroup", app->target_group->target_group_full_name },
        END,
    };
    const struct source elb = { "AWS/ApplicationELB", load_balancer, minutes(1) };
    const struct source hosts = { "AWS/ApplicationELB", target_group, minutes(1) };

    m->requests = metric(&elb, "RequestCount", "Sum");
    m->elb_5xx = metric(&elb, "HTTPCode_ELB_5XX_Count", "Sum");
    m->target_5xx = metric(&elb, "HTTPCode_Target_5XX_Count", "Sum");
    m->latency_p50 = metric(&elb, "TargetResponseTime", "p50");
    m->latency_p99 = metric(&elb, "TargetResponseTime", "p99");
    m->healthy_hosts = metric(&hosts, "HealthyHostCount", "Minimum");
}

static void add_service_metrics(struct metrics *m, const struct app_stack *app)
{
    const struct field service[] = {
        { "ClusterName", app->cluster->cluster_name },
        { "ServiceName", app->service->service_name },
        END,
    };
    const struct field cluster[] = { { "DBClusterIdentifier", app->database->cluster_identifier }, END };
    const struct source ecs = { "AWS/ECS", service, minutes(1) };
    const struct source db = { "AWS/RDS", cluster, minutes(1) };

    m->ecs_cpu = metric(&ecs, "CPUUtilization", "Average");
    m->ecs_memory = metric(&ecs, "MemoryUtilization", "Average");
    m->db_connections = metric(&db, "DatabaseConnections", "Average");
    m->db_cpu = metric(&db, "CPUUtilization", "Average");
    m->db_capacity = metric(&db, "ServerlessDatabaseCapacity", "Average");
    m->db_read_latency = metric(&db, "ReadLatency", "Average");
    m->db_write_latency = metric(&db, "WriteLatency", "Average");
}

static struct function_metrics function_metrics(const char *function)
{
    const struct field name[] = { { "FunctionName", string(function) }, END };
    const struct source lambda = { "AWS/Lambda", name, minutes(5) };

    return (struct function_metrics){
        .errors = metric(&lambda, "Errors", "Sum"),
        .duration = metric(&lambda, "Duration", "p99"),
        .throttles = metric(&lambda, "Throttles", "Sum"),
        .invocations = metric(&lambda, "Invocations", "Sum"),
    };
}

static struct cloudwatch_metric *queue_depth(const char *queue)
{
    const struct field name[] = { { "QueueName", string(queue) }, END };
    const struct source sqs = { "AWS/SQS", name, minutes(5) };

    return metric(&sqs, "ApproximateNumberOfMessagesVisible", "Maximum");
}

static void add_event_metrics(
    struct metrics *m, const struct settings *settings, const struct events_stack *events)
{
    // A rule of a custom bus reports under both dimensions together.
    const struct field rule[] = {
        { "EventBusName", string(settings->event_bus_name) },
        { "RuleName", string(events->audit_rule_name) },
        END,
    };
    const struct source delivery = { "AWS/Events", rule, minutes(5) };

    m->publisher = function_metrics(events->publisher_name);
    m->audit = function_metrics(events->audit_consumer_name);
    m->undelivered = metric(&delivery, "InvocationsFailedToBeSentToDlq", "Sum");
    m->publisher_dlq = queue_depth(events->publisher_dlq_name);
    m->audit_dlq = queue_depth(events->audit_dlq_name);
}

// What the functions themselves write (embedded metric format).
static void add_own_metrics(struct metrics *m, const struct settings *settings)
{
    struct value *environment = string(settings->resource_prefix);
    const struct field publisher[] = { { "Service", string("event-publisher") },
        { "Environment", environment }, END };
    const struct field consumer[] = { { "Service", string("audit-consumer") }, { "Environment", environment },
        END };
    const struct source outbox = { "Tango/Events", publisher, minutes(5) };
    const struct source audit_log = { "Tango/Events", consumer, minutes(5) };

    m->published = metric(&outbox, "EventsPublished", "Sum");
    m->retried = metric(&outbox, "EventsRetried", "Sum");
    m->failed = metric(&outbox, "EventsFailed", "Sum");
    m->pending = metric(&outbox, "EventsPending", "Maximum");
    m->outbox_age = metric(&outbox, "OldestPendingAge", "Maximum");
    m->written = metric(&audit_log, "EventsWritten", "Sum");
    m->skipped = metric(&audit_log, "EventsSkipped", "Sum");
    m->duplicate = metric(&audit_log, "EventsDuplicate", "Sum");
    m->rejected = metric(&audit_log, "EventsRejected", "Sum");
}

static struct cloudwatch_metric *error_rate(const struct metrics *m)
{
    return cloudwatch_math_expression_new(&(struct cloudwatch_math_expression_props){
        .expression = "(elb5xx + target5xx) / requests * 100",
        .using_metrics =
            (struct cloudwatch_variable[]){
                { "elb5xx", m->elb_5xx },
                { "target5xx", m->target_5xx },
                { "requests", m->requests },
                { 0 },
            },
        .period = minutes(1),
    });
}

enum alarm_comparison { ABOVE, AT_LEAST_ONE, BELOW };

struct alarm_row {
    const char *id;
    const char *name;
    const char *description;
    struct cloudwatch_metric *metric;
    double threshold;
    int evaluation_periods;
    enum alarm_comparison comparison;
};

static const enum cloudwatch_comparison_operator operators[] = {
    [ABOVE] = CLOUDWATCH_GREATER_THAN_THRESHOLD,
    [AT_LEAST_ONE] = CLOUDWATCH_GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    [BELOW] = CLOUDWATCH_LESS_THAN_THRESHOLD,
};

static struct cloudwatch_alarm *alarm_new(struct construct *scope, const struct settings *settings,
    const struct alarm_row *row, const struct sns_topic *topic)
{
    struct cloudwatch_alarm *alarm = cloudwatch_alarm_new(scope, row->id,
        &(struct cloudwatch_alarm_props){
            .metric = row->metric,
            .alarm_name = string(tango_resource_name(settings, row->name)),
            .alarm_description = row->description,
            .comparison_operator = operators[row->comparison],
            .threshold = count(row->threshold),
            .evaluation_periods = row->evaluation_periods,
            // No data means that nothing happens, which is only bad where something has to be there.
            .treat_missing_data = row->comparison == BELOW ? CLOUDWATCH_MISSING_DATA_BREACHING
                                                           : CLOUDWATCH_MISSING_DATA_NOT_BREACHING,
        });

    cloudwatch_alarm_add_alarm_action(alarm, cloudwatch_actions_sns(topic));
    cloudwatch_alarm_add_ok_action(alarm, cloudwatch_actions_sns(topic));
    return alarm;
}

static void add_alarms(struct construct *scope, const struct settings *settings, const struct metrics *m,
    const struct sns_topic *topic, struct cloudwatch_alarm **alarms)
{
    const struct alarm_row rows[ALARM_COUNT] = {
        { "HighErrorRateAlarm", "high-error-rate", "More than 5% of API requests fail with a 5xx",
            error_rate(m), 5, 2, ABOVE },
        { "HighLatencyAlarm", "high-latency", "API p99 latency is above 2 seconds", m->latency_p99, 2, 3,
            ABOVE },
        { "UnhealthyHostsAlarm", "unhealthy-hosts", "No healthy task behind the load balancer",
            m->healthy_hosts, 1, 2, BELOW },
        { "EcsHighCpuAlarm", "ecs-high-cpu", "ECS service CPU is above 85%", m->ecs_cpu, 85, 3, ABOVE },
        { "EcsHighMemoryAlarm", "ecs-high-memory", "ECS service memory is above 85%", m->ecs_memory, 85, 3,
            ABOVE },
        { "DbHighCpuAlarm", "db-high-cpu", "Aurora CPU is above 80%", m->db_cpu, 80, 3, ABOVE },
        { "DbHighConnectionsAlarm", "db-high-connections", "More than 500 database connections",
            m->db_connections, 500, 2, ABOVE },
        { "PublisherLambdaErrorAlarm", "event-publisher-errors", "The event publisher fails",
            m->publisher.errors, 1, 1, AT_LEAST_ONE },
        { "PublisherLambdaThrottleAlarm", "event-publisher-throttles", "The event publisher is throttled",
            m->publisher.throttles, 1, 1, AT_LEAST_ONE },
        // Nothing else notices a timer that is off: no run is no error.
        { "PublisherSilentAlarm", "event-publisher-silent", "The event publisher has not run for 10 minutes",
            m->publisher.invocations, 1, 2, BELOW },
        { "OutboxAgeAlarm", "outbox-age", "Events wait in the outbox for more than 10 minutes", m->outbox_age,
            600, 1, ABOVE },
        { "EventsFailedAlarm", "events-failed", "Events were given up after their last attempt", m->failed, 1,
            1, AT_LEAST_ONE },
        { "AuditLambdaErrorAlarm", "audit-consumer-errors", "The audit consumer fails", m->audit.errors, 1, 1,
            AT_LEAST_ONE },
        { "AuditLambdaThrottleAlarm", "audit-consumer-throttles", "The audit consumer is throttled",
            m->audit.throttles, 1, 1, AT_LEAST_ONE },
        // FailedInvocations does not count what goes to a dead letter queue, and every target that can lose
        // something has one.
        { "EventBridgeUndeliveredAlarm", "eventbridge-undelivered",
            "EventBridge can reach neither a target nor its dead letter queue", m->undelivered, 1, 1,
            AT_LEAST_ONE },
        { "PublisherDlqAlarm", "events-publisher-dlq-depth",
            "Events that were given up wait in the dead letter queue", m->publisher_dlq, 1, 1, AT_LEAST_ONE },
        { "AuditDlqAlarm", "audit-dlq-depth", "Failed audit events wait in the dead letter queue",
            m->audit_dlq, 1, 1, AT_LEAST_ONE },
    };

    for (int i = 0; i < ALARM_COUNT; i++)
        alarms[i] = alarm_new(scope, settings, &rows[i], topic);
}

#define METRICS(...) ((struct cloudwatch_metric *const[]){ __VA_ARGS__, NULL })
#define ROW(...) ((struct cloudwatch_widget *const[]){ __VA_ARGS__, NULL })

static struct cloudwatch_widget *graph(const char *title, int width, struct cloudwatch_metric *const *left,
    const struct cloudwatch_y_axis *left_y_axis, struct cloudwatch_metric *const *right)
{
    return cloudwatch_graph_widget_new(&(struct cloudwatch_graph_widget_props){
        .title = title,
        .width = width,
        .height = 6,
        .left = left,
        .left_y_axis = left_y_axis,
        .right = right,
    });
}

static void add_api_rows(struct cloudwatch_dashboard *dashboard, const struct metrics *m)
{
    static const struct cloudwatch_y_axis percent = { "Percent", { true, 0 }, { true, 100 }, TOGGLE_DEFAULT };
    static const struct cloudwatch_y_axis in_seconds = { .label = "Seconds", .min = { true, 0 } };
    static const struct cloudwatch_y_axis hosts = { .label = "Hosts", .min = { true, 0 } };

    cloudwatch_dashboard_add_widgets(dashboard,
        ROW(graph("API Request Rate", 8, METRICS(m->requests), NULL, NULL),
            graph("API Error Rate (5xx)", 8, METRICS(m->elb_5xx, m->target_5xx), NULL, NULL),
            graph("API Latency", 8, METRICS(m->latency_p50, m->latency_p99), &in_seconds, NULL)));
    cloudwatch_dashboard_add_widgets(dashboard,
        ROW(graph("ECS CPU Utilization", 8, METRICS(m->ecs_cpu), &percent, NULL),
            graph("ECS Memory Utilization", 8, METRICS(m->ecs_memory), &percent, NULL),
            graph("Healthy Host Count", 8, METRICS(m->healthy_hosts), &hosts, NULL)));
    cloudwatch_dashboard_add_widgets(dashboard,
        ROW(graph("Database Connections", 6, METRICS(m->db_connections), NULL, NULL),
            graph("Database CPU", 6, METRICS(m->db_cpu), &percent, NULL),
            graph("Aurora Serverless Capacity (ACU)", 6, METRICS(m->db_capacity), NULL, NULL),
            graph(
                "Database Latency", 6, METRICS(m->db_read_latency, m->db_write_latency), &in_seconds, NULL)));
}

static void add_event_rows(struct cloudwatch_dashboard *dashboard, const struct metrics *m)
{
    cloudwatch_dashboard_add_widgets(dashboard,
        ROW(graph("Event Publisher Lambda", 6, METRICS(m->publisher.invocations, m->publisher.errors), NULL,
                METRICS(m->publisher.duration)),
            graph("Audit Consumer Lambda", 6, METRICS(m->audit.invocations, m->audit.errors), NULL,
                METRICS(m->audit.duration)),
            graph("EventBridge Delivery", 6, METRICS(m->undelivered), NULL, NULL),
            graph("Dead Letter Queues", 6, METRICS(m->publisher_dlq, m->audit_dlq), NULL, NULL)));
    cloudwatch_dashboard_add_widgets(dashboard,
        ROW(graph("Outbox", 8, METRICS(m->pending), NULL, METRICS(m->outbox_age)),
            graph("Published Events", 8, METRICS(m->published, m->retried, m->failed), NULL, NULL),
            graph("Audit Log", 8, METRICS(m->written, m->skipped, m->duplicate, m->rejected), NULL, NULL)));
}

static void add_dashboard(struct construct *scope, const struct settings *settings, const struct metrics *m,
    struct cloudwatch_alarm *const *alarms)
{
    struct cloudwatch_dashboard *dashboard = cloudwatch_dashboard_new(scope, "TangoDashboard",
        &(struct cloudwatch_dashboard_props){ .dashboard_name = string(settings->dashboard_name) });

    add_api_rows(dashboard, m);
    add_event_rows(dashboard, m);
    cloudwatch_dashboard_add_widgets(dashboard,
        ROW(cloudwatch_alarm_status_widget_new(&(struct cloudwatch_alarm_status_widget_props){
            .title = "Alarm Status", .alarms = alarms, .width = 24, .height = 4 })));
}

static struct sns_topic *topic_new(const struct stack *stack, const struct settings *settings)
{
    struct sns_topic *topic = sns_topic_new(stack->node, "AlarmTopic",
        &(struct sns_topic_props){
            .topic_name = string(settings->alarm_topic_name),
            .display_name = string("Tango infrastructure alarms"),
            .enforce_ssl = true,
        });
    struct value *own_account = object((struct field[]){ { "aws:SourceAccount", stack->account }, END });

    // A topic policy replaces SNS's default one, which is what lets alarms publish: say it explicitly.
    sns_topic_add_to_resource_policy(topic,
        iam_statement_new(&(struct iam_statement_props){
            .sid = "AlarmsPublish",
            .principals =
                (struct iam_principal *[]){ iam_service_principal("cloudwatch.amazonaws.com"), NULL },
            .actions = (const char *[]){ "sns:Publish", NULL },
            .resources = (struct value *[]){ topic->topic_arn, NULL },
            .conditions = object((struct field[]){ { "StringEquals", own_account }, END }),
        }));
    if (tango_is_given(settings->alarm_email))
        sns_topic_add_subscription(topic, sns_email_subscription(string(settings->alarm_email), NULL));
    return topic;
}

void observability_stack_init(struct observability_stack *self, struct construct *scope,
    const struct settings *settings, const struct app_stack *app, const struct events_stack *events)
{
    const struct stack_props props =
        tango_stack_props(settings, "Tango observability: dashboard, alarms, notifications");
    struct cloudwatch_alarm *alarms[ALARM_COUNT + 1] = { NULL };
    struct sns_topic *topic;
    struct metrics m;

    stack_init(&self->stack, scope, tango_name(settings, "Observability"), &props);
    scope = self->stack.node;
    topic = topic_new(&self->stack, settings);
    add_load_balancer_metrics(&m, app);
    add_service_metrics(&m, app);
    add_event_metrics(&m, settings, events);
    add_own_metrics(&m, settings);
    add_alarms(scope, settings, &m, topic, alarms);
    add_dashboard(scope, settings, &m, alarms);
    tango_output(scope, settings, "DashboardUrl",
        concatf("https://%v.console.aws.amazon.com/cloudwatch/home?region=%v#dashboards:name=%s",
            self->stack.region, self->stack.region, settings->dashboard_name),
        NULL, "CloudWatch dashboard");
    tango_output(
        scope, settings, "AlarmTopicArn", topic->topic_arn, "AlarmTopicArn", "Topic that alarms notify");
}
