// SPDX-License-Identifier: MIT
#include "stacks/observability.h"
#include "aws/cloudwatch_dashboard.h"
#include "aws/iam.h"
#include "aws/sns.h"

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

// The topic's policy lets a service publish, about this account alone.
static void allow_publish(
    struct sns_topic *topic, const struct stack *stack, const char *sid, const char *service)
{
    struct value *own_account = object((struct field[]){ { "aws:SourceAccount", stack->account }, END });

    sns_topic_add_to_resource_policy(topic,
        iam_statement_new(&(struct iam_statement_props){
            .sid = sid,
            .principals = (struct iam_principal *[]){ iam_service_principal(service), NULL },
            .actions = (const char *[]){ "sns:Publish", NULL },
            .resources = (struct value *[]){ topic->topic_arn, NULL },
            .conditions = object((struct field[]){ { "StringEquals", own_account }, END }),
        }));
}

static struct sns_topic *topic_new(const struct stack *stack, const struct settings *settings)
{
    struct sns_topic *topic = sns_topic_new(stack->node, "AlarmTopic",
        &(struct sns_topic_props){
            .topic_name = string(settings->alarm_topic_name),
            .display_name = string("Tango infrastructure alarms"),
            .enforce_ssl = true,
        });

    // A topic policy replaces SNS's default one, which is what lets alarms publish: say it explicitly.
    allow_publish(topic, stack, "AlarmsPublish", "cloudwatch.amazonaws.com");
    if (tango_is_given(settings->alarm_email))
        sns_topic_add_subscription(topic, sns_email_subscription(string(settings->alarm_email), NULL));
    return topic;
}

static struct value *budget_notification(const char *type, int percent, const struct sns_topic *topic)
{
    struct value *subscriber = object((struct field[]){
        { "Address", topic->topic_arn },
        { "SubscriptionType", string("SNS") },
        END,
    });

    return object((struct field[]){
        { "Notification",
            object((struct field[]){
                { "ComparisonOperator", string("GREATER_THAN") },
                { "NotificationType", string(type) },
                { "Threshold", number(percent) },
                { "ThresholdType", string("PERCENTAGE") },
                END,
            }) },
        { "Subscribers", array_of((struct value *[]){ subscriber, NULL }) },
        END,
    });
}

// Unnamed: with other subscribers CloudFormation makes a second one before the first goes.
static void add_budget(const struct stack *stack, double amount, struct sns_topic *topic)
{
    struct value *limit =
        object((struct field[]){ { "Amount", number(amount) }, { "Unit", string("USD") }, END });

    allow_publish(topic, stack, "BudgetsPublish", "budgets.amazonaws.com");
    resource_new(stack->node, "MonthlyBudget", "AWS::Budgets::Budget",
        object((struct field[]){
            { "Budget",
                object((struct field[]){
                    { "BudgetLimit", limit },
                    { "BudgetType", string("COST") },
                    { "TimeUnit", string("MONTHLY") },
                    END,
                }) },
            { "NotificationsWithSubscribers",
                array_of((struct value *[]){ budget_notification("ACTUAL", 80, topic),
                    budget_notification("FORECASTED", 100, topic), NULL }) },
            END,
        }));
}

void observability_stack_init(struct observability_stack *self, struct construct *scope,
    const struct settings *settings, const struct tango *tango)
{
    const struct observed observed = { settings, &tango->media, &tango->app, &tango->frontend,
        &tango->events };
    const struct stack_props props =
        tango_stack_props(settings, "Tango observability: dashboard, alarms, notifications");
    struct cloudwatch_alarm *const *alarms;
    struct sns_topic *topic;
    struct metrics m;

    stack_init(&self->stack, scope, tango_name(settings, "Observability"), &props);
    scope = self->stack.node;
    topic = topic_new(&self->stack, settings);
    tango_metrics_init(&m, &observed);
    alarms = tango_alarms_new(scope, settings, &m, topic);
    if (settings->monthly_budget > 0)
        add_budget(&self->stack, settings->monthly_budget, topic);
    add_dashboard(scope, settings, &m, alarms);
    tango_output(scope, settings, "DashboardUrl",
        concatf("https://%v.console.aws.amazon.com/cloudwatch/home?region=%v#dashboards:name=%s",
            self->stack.region, self->stack.region, settings->dashboard_name),
        NULL, "CloudWatch dashboard");
    tango_output(
        scope, settings, "AlarmTopicArn", topic->topic_arn, "AlarmTopicArn", "Topic that alarms notify");
}
