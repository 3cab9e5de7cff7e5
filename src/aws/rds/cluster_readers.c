// SPDX-License-Identifier: MIT
// Warnings about readers that are no good stand-in for the writer (validateClusterInstances and
// validateReaderInstance in cluster.js).
#include "aws/rds/rds_private.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "util/array.h"
#include "util/strbuf.h"

#include <stdio.h>
#include <string.h>

// Memory in GiB of an "xlarge" instance.
static const struct {
    const char *class;
    double memory;
} xlarge_memory[] = {
    { "m5", 16 },
    { "m5d", 16 },
    { "m6g", 16 },
    { "t4g", 16 },
    { "t3", 16 },
    { "m4", 16 },
    { "r6g", 32 },
    { "r5", 32 },
    { "r5b", 32 },
    { "r5d", 32 },
    { "r4", 30.5 },
    { "x2g", 64 },
    { "x1e", 122 },
    { "x1", 61 },
    { "z1d", 32 },
};

// Whether serverless instances of that capacity can be as large as "r6g.2xlarge"; yes where that is not
// known.
static bool serverless_can_match(const char *instance_type, double max_capacity)
{
    const char *size = strchr(instance_type, '.');
    double multiple = 1;

    if (!size || !strstr(size, "xlarge"))
        return true;
    if (strcmp(size, ".xlarge") != 0 && sscanf(size, ".%lf", &multiple) != 1)
        return true;
    for (size_t i = 0; i < ARRAY_SIZE(xlarge_memory); i++) {
        size_t length = strlen(xlarge_memory[i].class);

        if ((size_t)(size - instance_type) == length &&
            !strncmp(instance_type, xlarge_memory[i].class, length))
            return xlarge_memory[i].memory * multiple <= max_capacity * 2;
    }
    return true;
}

static bool is_serverless(const struct rds_cluster_instance *instance)
{
    return !instance->instance_type;
}

// Serverless readers of the first two tiers are scaled with the writer.
static void check_scaling(struct construct *node, const struct rds_database_cluster_props *p,
    const struct rds_cluster_instance *reader)
{
    int tier = instance_promotion_tier(reader);

    if (tier < 2 && is_serverless(reader) && !is_serverless(p->writer) &&
        !serverless_can_match(p->writer->instance_type, count_or(p->serverless_v2_max_capacity, 2)))
        diag_warning(node,
            "the serverless reader '%s' of promotion tier %d cannot be as large as the writer (%s): raise "
            "'serverless_v2_max_capacity'",
            reader->id, tier, p->writer->instance_type);
}

struct summary {
    int first_tier;           // the tier with the lowest number: of failover targets
    bool serverless_in_first; // tier
    bool has_provisioned;
    bool has_serverless;
    struct strbuf other_sizes; // of provisioned readers
};

static void summarize(const struct rds_database_cluster_props *p, struct summary *summary)
{
    for (const struct rds_cluster_instance *reader = p->readers; reader->id; reader++) {
        int tier = instance_promotion_tier(reader);

        if (reader == p->readers || tier < summary->first_tier)
            summary->first_tier = tier;
    }
    for (const struct rds_cluster_instance *reader = p->readers; reader->id; reader++) {
        if (is_serverless(reader)) {
            summary->has_serverless = true;
            if (instance_promotion_tier(reader) == summary->first_tier)
                summary->serverless_in_first = true;
            continue;
        }
        summary->has_provisioned = true;
        if (is_serverless(p->writer) || strcmp(reader->instance_type, p->writer->instance_type) != 0)
            strbuf_addf(&summary->other_sizes, "%s%s", summary->other_sizes.length ? ", " : "",
                reader->instance_type);
    }
}

static void warn(
    struct construct *node, const struct rds_database_cluster_props *p, const struct summary *summary)
{
    if (summary->has_serverless && !summary->has_provisioned) {
        if (summary->first_tier > 1)
            diag_warning(node,
                "no serverless reader is scaled with the writer, so that none may be able to take over from "
                "it: set 'scale_with_writer' for one");
        return;
    }
    if (summary->serverless_in_first && summary->first_tier > 1)
        diag_warning(node,
            "serverless readers of promotion tier %d are first to take over from the writer, but are not "
            "scaled with it",
            summary->first_tier);
    if (summary->other_sizes.length && !is_serverless(p->writer))
        diag_warning(node, "readers may take over from the writer (%s) with another instance type: %s",
            p->writer->instance_type, summary->other_sizes.data);
}

void cluster_check_readers(
    struct rds_database_cluster *cluster, const struct rds_database_cluster_props *props)
{
    struct summary summary = { .other_sizes = STRBUF_INIT };

    if (!props->readers || !props->readers->id)
        return;
    for (const struct rds_cluster_instance *reader = props->readers; reader->id; reader++)
        check_scaling(cluster->node, props, reader);
    summarize(props, &summary);
    warn(cluster->node, props, &summary);
    strbuf_release(&summary.other_sizes);
}
