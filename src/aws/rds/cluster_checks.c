// SPDX-License-Identifier: MIT
// What a cluster refuses (cluster.js, validate-database-insights.js).
#include "aws/rds/rds_private.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/token.h"
#include "util/array.h"

#include <math.h>
#include <string.h>

enum {
    SERVERLESS_MAX_CAPACITY = 256,
    AUTO_PAUSE_MIN_SECONDS = 300,
    AUTO_PAUSE_MAX_SECONDS = 86400,
    ADVANCED_INSIGHT_RETENTION = 465,
};

bool cluster_check_required(struct construct *node, const struct rds_database_cluster_props *props)
{
    if (!props->vpc)
        diag_error(node, "a database cluster needs a VPC");
    if (!props->engine.family)
        diag_error(node, "a database cluster needs an engine");
    if (!props->writer)
        diag_error(node, "a database cluster needs a writer");
    return props->vpc && props->engine.family && props->writer;
}

static bool is_capacity_step(double capacity)
{
    return capacity * 2 == floor(capacity * 2);
}

static void check_capacity(struct construct *node, const struct rds_database_cluster_props *p)
{
    double min = count_or(p->serverless_v2_min_capacity, 0.5);
    double max = count_or(p->serverless_v2_max_capacity, 2);

    if (max < 1 || max > SERVERLESS_MAX_CAPACITY)
        diag_error(
            node, "'serverless_v2_max_capacity' is %g: it is between 1 and %d", max, SERVERLESS_MAX_CAPACITY);
    else if (min < 0 || min > SERVERLESS_MAX_CAPACITY)
        diag_error(
            node, "'serverless_v2_min_capacity' is %g: it is between 0 and %d", min, SERVERLESS_MAX_CAPACITY);
    else if (max < min)
        diag_error(node, "'serverless_v2_max_capacity' is %g, less than the minimum of %g", max, min);
    else if (!is_capacity_step(min) || !is_capacity_step(max))
        diag_error(node, "the capacity from %g to %g is not in steps of 0.5", min, max);
}

static void check_auto_pause(struct construct *node, const struct rds_database_cluster_props *p)
{
    int64_t seconds = duration_to_seconds(p->serverless_v2_auto_pause_duration);

    if (!p->serverless_v2_auto_pause_duration.given)
        return;
    if (!engine_can_auto_pause(&p->engine))
        diag_error(node,
            "%s cannot pause: choose a later version, or leave 'serverless_v2_auto_pause_duration' out",
            engine_description(&p->engine));
    else if (seconds < AUTO_PAUSE_MIN_SECONDS || seconds > AUTO_PAUSE_MAX_SECONDS)
        diag_error(node,
            "'serverless_v2_auto_pause_duration' is %lld seconds: it is between 5 minutes and 24 hours",
            (long long)seconds);
}

static void check_monitoring(struct construct *node, const struct rds_database_cluster_props *p)
{
    static const int64_t intervals[] = { 0, 1, 5, 10, 15, 30, 60 };
    int64_t seconds = duration_to_seconds(p->monitoring_interval);

    if (!p->monitoring_interval.given) {
        if (p->enable_cluster_level_enhanced_monitoring)
            diag_error(node, "enhanced monitoring of the cluster needs a 'monitoring_interval'");
        return;
    }
    for (size_t i = 0; i < ARRAY_SIZE(intervals); i++)
        if (intervals[i] == seconds)
            return;
    diag_error(
        node, "'monitoring_interval' is %lld seconds: it is 0, 1, 5, 10, 15, 30 or 60", (long long)seconds);
}

static void check_insights(struct construct *node, const struct rds_database_cluster_props *p)
{
    bool is_advanced = p->database_insights_mode == RDS_DATABASE_INSIGHTS_ADVANCED;

    if (p->enable_performance_insights == NO &&
        (p->performance_insight_retention || p->performance_insight_encryption_key || is_advanced))
        diag_error(node,
            "Performance Insights are turned off, but a retention, a key or the advanced mode of Database "
            "Insights is given");
    if (is_advanced && p->performance_insight_retention != ADVANCED_INSIGHT_RETENTION)
        diag_error(node,
            "the advanced mode of Database Insights needs a 'performance_insight_retention' of %d days",
            ADVANCED_INSIGHT_RETENTION);
}

static bool contains(const char *const *list, const char *text)
{
    for (; *list; list++)
        if (strcmp(*list, text) == 0)
            return true;
    return false;
}

static void check_log_exports(struct construct *node, const struct rds_database_cluster_props *p)
{
    for (const char *const *log = p->cloudwatch_logs_exports; log && *log; log++)
        if (!contains(engine_traits(&p->engine)->log_types, *log))
            diag_error(node, "%s has no log '%s' to export", engine_traits(&p->engine)->type, *log);
}

void cluster_check(struct construct *node, const struct rds_database_cluster_props *props)
{
    if (props->parameter_group && props->parameters)
        diag_error(node, "'parameter_group' and 'parameters' exclude each other: give one of them");
    check_insights(node, props);
    check_capacity(node, props);
    check_auto_pause(node, props);
    check_monitoring(node, props);
    check_log_exports(node, props);
}
