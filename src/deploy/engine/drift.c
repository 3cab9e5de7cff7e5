// SPDX-License-Identifier: MIT
#include "deploy/engine/drift.h"

#include "data/value.h"
#include "deploy/engine/environment.h"
#include "util/array.h"
#include "util/clock.h"

#include <string.h>

enum {
    FIRST_INTERVAL_MS = 400,
    LONGEST_INTERVAL_MS = 5000,
    PATIENCE_MS = 15 * 60 * 1000,
};

// Leaves no trace in a deployed stack, so that neither the CDK nor this counts it.
static const char metadata_type[] = "AWS::CDK::Metadata";

static const struct {
    const char *name; // in the API
    enum drift_status status;
} statuses[] = {
    { "IN_SYNC", DRIFT_IN_SYNC },
    { "MODIFIED", DRIFT_MODIFIED },
    { "DELETED", DRIFT_DELETED },
};

const char *drift_status_name(enum drift_status status)
{
    static const char *const names[] = {
        [DRIFT_IN_SYNC] = "in sync",
        [DRIFT_MODIFIED] = "modified",
        [DRIFT_DELETED] = "deleted",
        [DRIFT_NOT_CHECKED] = "not checked",
    };

    return names[status];
}

// The first problem is the one that is told.
static void fail_drift(struct drift *drift, const char *text)
{
    if (!drift->problem)
        drift->problem = arena_strdup(drift->arena, text);
}

static enum drift_status status_of(const char *name)
{
    for (size_t i = 0; i < ARRAY_SIZE(statuses); i++)
        if (strcmp(statuses[i].name, name) == 0)
            return statuses[i].status;
    return DRIFT_NOT_CHECKED;
}

static const struct value *found_about(const struct drift *drift, const char *logical_id)
{
    for (size_t i = 0; i < value_length(drift->found); i++)
        if (strcmp(object_string_or_empty(array_at(drift->found, i), "LogicalResourceId"), logical_id) == 0)
            return array_at(drift->found, i);
    return NULL;
}

static void read_properties(
    const struct drift *drift, const struct value *differences, struct drifted_resource *resource)
{
    resource->property_count = value_length(differences);
    resource->properties =
        arena_alloc(drift->arena, resource->property_count * sizeof(*resource->properties));
    for (size_t i = 0; i < resource->property_count; i++) {
        const struct value *difference = array_at(differences, i);

        resource->properties[i] = (struct drifted_property){
            .path = object_string_or_empty(difference, "PropertyPath"),
            .expected = object_string_or_empty(difference, "ExpectedValue"),
            .actual = object_string_or_empty(difference, "ActualValue"),
            .kind = object_string_or_empty(difference, "DifferenceType"),
        };
    }
}

static void read_resource(struct drift *drift, const struct value *summary)
{
    struct drifted_resource *resource = &drift->resources[drift->resource_count++];
    const struct value *found = found_about(drift, object_string_or_empty(summary, "LogicalResourceId"));

    *resource = (struct drifted_resource){
        .logical_id = object_string_or_empty(summary, "LogicalResourceId"),
        .physical_id = object_string_or_empty(summary, "PhysicalResourceId"),
        .type = object_string_or_empty(summary, "ResourceType"),
        .status = status_of(object_string_or_empty(found, "StackResourceDriftStatus")),
        .reason = object_string_or_empty(found, "DriftStatusReason"),
    };
    read_properties(drift, object_get(found, "PropertyDifferences"), resource);
    drift->drifted += resource->status == DRIFT_MODIFIED || resource->status == DRIFT_DELETED;
    drift->not_checked += resource->status == DRIFT_NOT_CHECKED;
}

static void settle(struct drift *drift)
{
    if (--drift->open)
        return;
    drift->resources = arena_alloc(drift->arena, value_length(drift->listed) * sizeof(*drift->resources));
    for (size_t i = 0; i < value_length(drift->listed); i++) {
        const struct value *summary = array_at(drift->listed, i);

        if (strcmp(object_string_or_empty(summary, "ResourceType"), metadata_type) != 0 &&
            strcmp(object_string_or_empty(summary, "ResourceStatus"), "DELETE_COMPLETE") != 0)
            read_resource(drift, summary);
    }
    drift->ended(drift->data, drift);
}

static void on_listed(void *data, const struct aws_reply *reply)
{
    struct drift *drift = data;

    if (reply->outcome != AWS_DONE)
        fail_drift(drift, aws_explain(reply));
    else
        drift->listed = value_copy(drift->arena, object_get(reply->answer, "StackResourceSummaries"));
    settle(drift);
}

static void on_found(void *data, const struct aws_reply *reply)
{
    struct drift *drift = data;
    const char *next = object_string(reply->answer, "NextToken");
    const struct value *page = object_get(reply->answer, "StackResourceDrifts");
    struct arena *before;

    if (reply->outcome != AWS_DONE) {
        fail_drift(drift, aws_explain(reply));
        settle(drift);
        return;
    }
    before = value_arena_use(drift->arena);
    array_append_all(drift->found, value_copy(drift->arena, page));
    value_arena_use(before);
    if (next)
        describe_stack_resource_drifts(
            &drift->cf, drift->stack, next, (struct aws_callback){ on_found, drift });
    else
        settle(drift);
}

static void detect(void *data);

// False when it has taken too long.
static bool ask_again(struct drift *drift, aws_timer_fn *function)
{
    if (clock_ms() > drift->deadline)
        return false;
    event_loop_after(drift->cf.queue, drift->interval_ms, function, drift);
    drift->interval_ms += drift->interval_ms / 2;
    if (drift->interval_ms > LONGEST_INTERVAL_MS)
        drift->interval_ms = LONGEST_INTERVAL_MS;
    return true;
}

static void ask_drift(void *data);

// What a detection found before it failed is there as well.
static void on_status(void *data, const struct aws_reply *reply)
{
    struct drift *drift = data;
    const char *status = object_string_or_empty(reply->answer, "DetectionStatus");

    if (reply->outcome != AWS_DONE)
        fail_drift(drift, aws_explain(reply));
    else if (strcmp(status, "DETECTION_IN_PROGRESS") == 0 && ask_again(drift, ask_drift))
        return;
    else if (strcmp(status, "DETECTION_FAILED") == 0)
        fail_drift(drift, object_string_or_empty(reply->answer, "DetectionStatusReason"));
    else if (strcmp(status, "DETECTION_COMPLETE") != 0)
        fail_drift(drift, "CloudFormation did not come to an end with it");
    if (reply->outcome == AWS_DONE)
        describe_stack_resource_drifts(
            &drift->cf, drift->stack, NULL, (struct aws_callback){ on_found, drift });
    else
        settle(drift);
}

static void ask_drift(void *data)
{
    struct drift *drift = data;

    describe_stack_drift_detection_status(
        &drift->cf, drift->detection, (struct aws_callback){ on_status, drift });
}

// Somebody else's detection has to end first; its answer would do, but it does not say its id.
static void on_detecting(void *data, const struct aws_reply *reply)
{
    struct drift *drift = data;

    if (reply->outcome == AWS_DONE) {
        drift->detection =
            arena_strdup(drift->arena, object_string_or_empty(reply->answer, "StackDriftDetectionId"));
        ask_drift(drift);
        return;
    }
    if (reply->outcome == AWS_REFUSED && strstr(reply->message, "already in progress") &&
        ask_again(drift, detect))
        return;
    fail_drift(drift, aws_explain(reply));
    settle(drift);
}

static void detect(void *data)
{
    struct drift *drift = data;

    detect_stack_drift(&drift->cf, drift->stack, (struct aws_callback){ on_detecting, drift });
}

void drift_detect(struct drift *drift)
{
    drift->arena = value_arena();
    drift->found = array();
    drift->deadline = clock_ms() + PATIENCE_MS;
    drift->interval_ms = FIRST_INTERVAL_MS;
    drift->open = 2;
    list_stack_resources(&drift->cf, drift->stack, (struct aws_callback){ on_listed, drift });
    detect(drift);
}
