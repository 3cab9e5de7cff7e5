// SPDX-License-Identifier: MIT
#ifndef STACKS_OBSERVABILITY_H
#define STACKS_OBSERVABILITY_H

// The parts of the Observability stack: what is measured (stacks/metrics.c), when it is an alarm
// (stacks/alarms.c), and, in stacks/observability.c, what shows them and tells people.

#include "aws/cloudwatch.h"
#include "stacks/stacks.h"

struct sns_topic;

struct function_metrics {
    struct cloudwatch_metric *errors, *duration, *throttles, *invocations;
};

struct metrics {
    struct cloudwatch_metric *requests, *elb_5xx, *target_5xx, *latency_p50, *latency_p99, *healthy_hosts;
    struct cloudwatch_metric *ecs_cpu, *ecs_memory, *tasks_desired, *tasks_running;
    struct cloudwatch_metric *db_connections, *db_cpu, *db_capacity, *db_utilization;
    struct cloudwatch_metric *db_read_latency, *db_write_latency;
    struct function_metrics publisher, audit;
    struct cloudwatch_metric *undelivered, *publisher_dlq, *audit_dlq;
    struct cloudwatch_metric *published, *retried, *failed, *pending, *outbox_age;
    struct cloudwatch_metric *written, *skipped, *duplicate, *rejected;
    // NULL where nothing is known of it in the stack's region.
    struct cloudwatch_metric *frontend_5xx, *media_5xx, *certificate_days, *frontend_certificate_days;
};

// What the Observability stack looks at.
struct observed {
    const struct settings *settings;
    const struct media_stack *media;
    const struct app_stack *app;
    const struct frontend_stack *frontend;
    const struct events_stack *events;
};

void tango_metrics_init(struct metrics *metrics, const struct observed *observed);

// Makes the alarms that the settings ask for; each tells the topic. Returns them, in the order in which a
// dashboard shows them, up to a NULL.
struct cloudwatch_alarm *const *tango_alarms_new(struct construct *scope, const struct settings *settings,
    const struct metrics *metrics, const struct sns_topic *topic);

#endif
