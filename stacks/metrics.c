// SPDX-License-Identifier: MIT
// What is measured of the stacks.
#include "stacks/observability.h"

#include <string.h>

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
    const struct source insights = { "ECS/ContainerInsights", service, minutes(1) };
    const struct source db = { "AWS/RDS", cluster, minutes(1) };

    m->ecs_cpu = metric(&ecs, "CPUUtilization", "Average");
    m->ecs_memory = metric(&ecs, "MemoryUtilization", "Average");
    m->tasks_desired = metric(&insights, "DesiredTaskCount", "Average");
    m->tasks_running = metric(&insights, "RunningTaskCount", "Average");
    m->db_connections = metric(&db, "DatabaseConnections", "Average");
    m->db_cpu = metric(&db, "CPUUtilization", "Average");
    m->db_capacity = metric(&db, "ServerlessDatabaseCapacity", "Average");
    m->db_utilization = metric(&db, "ACUUtilization", "Average");
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

// CloudFront's metrics are in us-east-1 and nowhere else.
static struct cloudwatch_metric *error_rate(struct cloudfront_distribution *distribution)
{
    return cloudfront_distribution_metric(distribution, "5xxErrorRate",
        &(struct cloudwatch_metric_props){
            .dimensions =
                (struct field[]){
                    { "DistributionId", distribution->distribution_id },
                    { "Region", string("Global") },
                    END,
                },
        });
}

static struct cloudwatch_metric *days_to_expiry(const char *certificate_arn)
{
    const struct field certificate[] = { { "CertificateArn", string(certificate_arn) }, END };
    const struct source acm = { "AWS/CertificateManager", certificate, days(1) };

    return tango_is_given(certificate_arn) ? metric(&acm, "DaysToExpiry", "Minimum") : NULL;
}

// With more alarms than the basic ones only: a reference would keep what it refers to from being replaced.
static void add_delivery_metrics(struct metrics *m, const struct observed *observed)
{
    const struct settings *settings = observed->settings;

    if (!tango_has_full_alarms(settings))
        return;
    m->certificate_days = days_to_expiry(settings->certificate_arn);
    if (strcmp(settings->region, "us-east-1") != 0)
        return;
    m->frontend_5xx = error_rate(observed->frontend->distribution);
    m->media_5xx = error_rate(observed->media->distribution);
    m->frontend_certificate_days = days_to_expiry(settings->frontend_certificate_arn);
}

void tango_metrics_init(struct metrics *metrics, const struct observed *observed)
{
    *metrics = (struct metrics){ 0 };
    add_load_balancer_metrics(metrics, observed->app);
    add_service_metrics(metrics, observed->app);
    add_event_metrics(metrics, observed->settings, observed->events);
    add_own_metrics(metrics, observed->settings);
    add_delivery_metrics(metrics, observed);
}
