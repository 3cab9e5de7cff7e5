// SPDX-License-Identifier: MIT
#include "deploy/engine/history.h"

#include "awscli/stack_state.h"
#include "data/value.h"
#include "deploy/engine/environment.h"
#include "util/timestamp.h"

#include <stdlib.h>
#include <string.h>

enum { EVENTS_AT_FIRST = 200, MAX_EVENTS = 100000 };

static const char nested_type[] = "AWS::CloudFormation::Stack";

// The stack itself, or one that is nested in it.
struct history_source {
    struct history_source *next;
    struct history *history;
    const char *stack;  // its id
    const char *prefix; // of the paths of what is in it
    bool is_nested;
    bool has_constructs; // prefix is a construct path
    int wanted;          // events
    bool is_asked;
};

static void ask_history(struct history_source *source);

static bool is_known(const struct history *history, const char *stack)
{
    for (const struct history_source *source = history->sources; source; source = source->next)
        if (strcmp(source->stack, stack) == 0)
            return true;
    return false;
}

static struct history_source *add_source(struct history *history, const char *stack)
{
    struct history_source *source = arena_alloc(history->arena, sizeof(*source));

    *source = (struct history_source){
        .next = history->sources,
        .history = history,
        .stack = arena_strdup(history->arena, stack),
        .prefix = "",
        .wanted = EVENTS_AT_FIRST,
    };
    history->sources = source;
    history->open++;
    return source;
}

// "App/Nested.NestedStack/Nested.NestedStackResource" is the resource that stands for what is below
// "App/Nested" (aws-cdk-lib: nested-stack.ts). Without such a path, the logical ids themselves make one.
static void find_prefix(struct history_source *source, const char *path)
{
    static const char ending[] = ".NestedStack/";
    const char *end = strstr(path, ending);

    for (const char *next = end; next; next = strstr(next + 1, ending))
        end = next;
    source->has_constructs = end;
    source->prefix = end ? arena_strndup(source->history->arena, path, (size_t)(end - path))
                         : arena_strdup(source->history->arena, path);
}

static const char *path_of(const struct history_source *source, const struct stack_event *event)
{
    const struct history *history = source->history;
    const char *construct = NULL;

    if (event->is_stack)
        return "";
    if (!source->is_nested || source->has_constructs)
        construct = cloud_stack_construct_below(history->cloud, source->prefix, event->logical_id);
    if (construct)
        return construct;
    return *source->prefix ? arena_printf(history->arena, "%s/%s", source->prefix, event->logical_id)
                           : event->logical_id;
}

// A nested stack is also a resource, whose events say the same as the stack's own.
static void add_event(struct history_source *source, const struct value *value)
{
    struct history *history = source->history;
    struct history_event *added;
    struct stack_event event;

    stack_event_read(value, &event);
    if (source->is_nested && event.is_stack)
        return;
    history->events = arena_grow(
        history->arena, history->events, history->count, &history->capacity, sizeof(*history->events));
    added = &history->events[history->count];
    *added = (struct history_event){
        .event = event,
        .time = timestamp_parse(event.time),
        .path = path_of(source, &event),
        .is_consequence = stack_event_is_consequence(&event),
        .sequence = history->count,
    };
    history->count++;
    if (strcmp(event.type, nested_type) == 0 && !event.is_stack &&
        strncmp(event.physical_id, "arn:", 4) == 0 && !is_known(history, event.physical_id)) {
        struct history_source *nested = add_source(history, event.physical_id);

        nested->is_nested = true;
        find_prefix(nested, added->path);
    }
}

// How many of the newest events belong to the last operations. An operation begins after an event of the
// stack that says that nothing is in progress. -1 when the beginning is further back.
static int count_operations(const struct history *history, const struct value *events, bool is_complete)
{
    size_t operations = 0;
    bool is_inside = false;

    for (int i = 0; i < (int)value_length(events); i++) {
        struct stack_event event;

        stack_event_read(array_at(events, (size_t)i), &event);
        if (!event.is_stack)
            continue;
        if (status_is_in_progress(event.status)) {
            is_inside = true;
        } else if (is_inside) {
            if (++operations == history->operations)
                return i;
            is_inside = false;
        }
    }
    return is_complete ? (int)value_length(events) : -1;
}

static int count_since(const struct history *history, const struct value *events, bool is_complete)
{
    for (int i = 0; i < (int)value_length(events); i++) {
        int64_t time = timestamp_parse(object_string_or_empty(array_at(events, (size_t)i), "Timestamp"));

        if (time < history->since)
            return i;
    }
    return is_complete ? (int)value_length(events) : -1;
}

int history_compare_times(const struct history_event *a, const struct history_event *b)
{
    int order = (a->time > b->time) - (a->time < b->time);

    // The text has more digits than milliseconds need.
    return order ? order : strcmp(a->event.time, b->event.time);
}

static int compare_history_events(const void *a, const void *b)
{
    const struct history_event *left = a;
    const struct history_event *right = b;
    int order = history_compare_times(left, right);

    return order ? order : (left->sequence > right->sequence) - (left->sequence < right->sequence);
}

static void settle(struct history *history)
{
    if (--history->open)
        return;
    if (history->count)
        qsort(history->events, history->count, sizeof(*history->events), compare_history_events);
    history->ended(history->data, history);
}

static void consume_history_events(struct history_source *source, const struct value *events, int count)
{
    struct history *history = source->history;
    const struct value *kept = value_copy(history->arena, events);

    if (!source->is_nested && count)
        history->since =
            timestamp_parse(object_string_or_empty(array_at(kept, (size_t)count - 1), "Timestamp"));
    for (int i = count - 1; i >= 0; i--)
        add_event(source, array_at(kept, (size_t)i));
}

static void ask_nested(struct history *history)
{
    for (struct history_source *source = history->sources; source; source = source->next)
        if (!source->is_asked)
            ask_history(source);
}

static void on_events(void *data, const struct aws_reply *reply)
{
    struct history_source *source = data;
    struct history *history = source->history;
    const struct value *events = object_get(reply->answer, "StackEvents");
    bool is_complete = !object_get(reply->answer, "NextToken");
    int count;

    if (reply->outcome != AWS_DONE) {
        if (!history->problem)
            history->problem = arena_strdup(history->arena, aws_explain(reply));
        settle(history);
        return;
    }
    count = source->is_nested ? count_since(history, events, is_complete)
                              : count_operations(history, events, is_complete);
    if (count < 0 && source->wanted < MAX_EVENTS) {
        source->wanted *= 4;
        ask_history(source);
        return;
    }
    consume_history_events(source, events, count < 0 ? (int)value_length(events) : count);
    ask_nested(history);
    settle(history);
}

static void ask_history(struct history_source *source)
{
    source->is_asked = true;
    describe_stack_events(
        &source->history->cf, source->stack, source->wanted, (struct aws_callback){ on_events, source });
}

void history_read(struct history *history)
{
    history->arena = value_arena();
    ask_history(add_source(history, history->stack));
}

static bool is_failed_resource(const struct history_event *event)
{
    return status_is_failed(event->event.status) && !event->is_consequence && !event->event.is_stack &&
        strcmp(event->event.type, nested_type) != 0;
}

// A stack may fail without any of its resources: an export that is in use, an import that is not there.
static bool is_failed_stack(const struct history_event *event)
{
    return event->event.is_stack && *event->event.reason &&
        (status_is_failed(event->event.status) || strstr(event->event.status, "ROLLBACK")) &&
        strcmp(event->event.reason, "User Initiated") != 0;
}

static const struct history_event *find(
    const struct history *history, bool (*matches)(const struct history_event *event))
{
    for (size_t i = 0; i < history->count; i++)
        if (matches(&history->events[i]))
            return &history->events[i];
    return NULL;
}

const struct history_event *history_cause(const struct history *history)
{
    const struct history_event *resource = find(history, is_failed_resource);

    return resource ? resource : find(history, is_failed_stack);
}
