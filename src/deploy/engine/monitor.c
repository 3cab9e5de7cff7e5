// SPDX-License-Identifier: MIT
#include "deploy/engine/monitor.h"

#include "awscli/stack_state.h"
#include "data/value.h"
#include "deploy/engine/environment.h"
#include "util/array.h"
#include "util/clock.h"
#include "util/display.h"
#include "util/timestamp.h"

#include <stdio.h>
#include <string.h>

enum {
    FIRST_INTERVAL_MS = 400,
    LONGEST_INTERVAL_MS = 4000,
    EVENTS_AT_FIRST = 100,
    MAX_EVENTS = 100000,
    QUIET_BEFORE_CHECK = 12,  // answers without news after which the stack itself is asked
    MAX_QUIET = 60,           // after which an operation that has not begun never will
    QUIET_WITHOUT_TOKENS = 2, // when no event says which operation it is of, the stack is asked this early
    CLOCK_DIFFERENCE_MS = 5 * 60 * 1000, // between this machine and CloudFormation, at most
};

void stack_event_read(const struct value *value, struct stack_event *ret_event)
{
    *ret_event = (struct stack_event){
        .id = object_string_or_empty(value, "EventId"),
        .time = object_string_or_empty(value, "Timestamp"),
        .logical_id = object_string_or_empty(value, "LogicalResourceId"),
        .physical_id = object_string_or_empty(value, "PhysicalResourceId"),
        .type = object_string_or_empty(value, "ResourceType"),
        .status = object_string_or_empty(value, "ResourceStatus"),
        .reason = object_string_or_empty(value, "ResourceStatusReason"),
        .token = object_string_or_empty(value, "ClientRequestToken"),
    };
    ret_event->is_stack = strcmp(ret_event->physical_id, object_string_or_empty(value, "StackId")) == 0;
}

// Whether an operation that somebody asked for begins with this event.
static bool begins_operation(const struct stack_event *event)
{
    static const char *const beginnings[] = { "CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS",
        "DELETE_IN_PROGRESS", "IMPORT_IN_PROGRESS" };

    if (!event->is_stack)
        return false;
    for (size_t i = 0; i < ARRAY_SIZE(beginnings); i++)
        if (strcmp(event->status, beginnings[i]) == 0)
            return true;
    return status_is_in_progress(event->status) && strcmp(event->reason, "User Initiated") == 0;
}

bool stack_event_is_consequence(const struct stack_event *event)
{
    return strstr(event->reason, "ancelled") || strstr(event->reason, "anceled");
}

static void ask_events(void *data);

static void end(struct monitor *monitor, const char *status, const struct aws_reply *reply)
{
    monitor->ended(monitor->data, status, reply);
}

static void end_unbegun(struct monitor *monitor)
{
    end(monitor, NULL,
        &(struct aws_reply){ AWS_REFUSED, NULL, "", "CloudFormation did not start the operation" });
}

static struct monitored_resource *resource_of(struct monitor *monitor, const struct stack_event *event)
{
    struct monitored_resource *resource;

    for (size_t i = 0; i < monitor->resource_count; i++)
        if (strcmp(monitor->resources[i].logical_id, event->logical_id) == 0)
            return &monitor->resources[i];
    monitor->resources = arena_grow(&monitor->arena, monitor->resources, monitor->resource_count,
        &monitor->resource_capacity, sizeof(*monitor->resources));
    resource = &monitor->resources[monitor->resource_count++];
    *resource = (struct monitored_resource){
        .logical_id = arena_strdup(&monitor->arena, event->logical_id),
        .type = arena_strdup(&monitor->arena, event->type),
    };
    return resource;
}

static void note_cause(struct monitor *monitor, const struct stack_event *event)
{
    if (monitor->cause.reason || stack_event_is_consequence(event))
        return;
    monitor->cause = (struct failure_cause){
        .logical_id = event->is_stack ? "" : arena_strdup(&monitor->arena, event->logical_id),
        .physical_id = arena_strdup(&monitor->arena, event->physical_id),
        .type = arena_strdup(&monitor->arena, event->type),
        .reason = arena_strdup(&monitor->arena, event->reason),
    };
}

static void note_stack(struct monitor *monitor, const struct stack_event *event)
{
    bool rolls_back = strstr(event->status, "ROLLBACK");

    snprintf(monitor->last_status, sizeof(monitor->last_status), "%s", event->status);
    if (rolls_back && !monitor->is_rolling_back)
        monitor->resources_done = 0;
    monitor->is_rolling_back |= rolls_back;
    // A stack may fail without any of its resources: an export that is in use, an import that is not there.
    if ((rolls_back || status_is_failed(event->status)) && *event->reason &&
        strcmp(event->reason, "User Initiated") != 0)
        note_cause(monitor, event);
    else if (strncmp(event->reason, "Delete canceled", strlen("Delete canceled")) == 0)
        monitor->cause = (struct failure_cause){ "", "", "", arena_strdup(&monitor->arena, event->reason) };
}

static void note_resource(struct monitor *monitor, const struct stack_event *event)
{
    struct monitored_resource *resource = resource_of(monitor, event);
    bool was_open = status_is_in_progress(resource->status);

    if (strcmp(resource->status, event->status) != 0)
        resource->since = clock_ms();
    snprintf(resource->status, sizeof(resource->status), "%s", event->status);
    if (was_open && !status_is_in_progress(event->status))
        monitor->resources_done++;
    if (status_is_failed(event->status))
        note_cause(monitor, event);
}

static void consume_event(struct monitor *monitor, const struct stack_event *event)
{
    snprintf(monitor->last_seen, sizeof(monitor->last_seen), "%s", event->id);
    monitor->has_begun = true;
    monitor->quiet = 0;
    monitor->interval_ms = FIRST_INTERVAL_MS;
    if (event->is_stack)
        note_stack(monitor, event);
    else
        note_resource(monitor, event);
    monitor->event(monitor->data, event);
}

static bool is_beginning(const struct monitor *monitor, const struct stack_event *event)
{
    if (monitor->token)
        return strcmp(event->token, monitor->token) == 0;
    return begins_operation(event);
}

// How many of the newest events are news: those after the last one seen; at first those from the operation's
// beginning on. -1 when more events have to be asked for.
static int count_news(const struct monitor *monitor, const struct value *events, bool is_complete)
{
    int news = 0;

    for (int i = 0; i < (int)value_length(events); i++) {
        struct stack_event event;

        stack_event_read(array_at(events, (size_t)i), &event);
        if (monitor->has_begun && strcmp(event.id, monitor->last_seen) == 0)
            return i;
        if (is_beginning(monitor, &event)) {
            news = i + 1;
            if (!monitor->has_begun && !monitor->token)
                return news;
        } else if (!monitor->has_begun && monitor->token && news) {
            return news;
        }
    }
    if (is_complete)
        return monitor->has_begun ? (int)value_length(events) : news;
    return !monitor->has_begun && monitor->token && !news ? 0 : -1;
}

// Not every endpoint tells which operation an event is of (moto does not). Then the newest operation is the
// one that was asked for, provided that it did not begin long before that.
static bool follows_newest(struct monitor *monitor)
{
    if (!monitor->newest_untold || monitor->newest_untold < monitor->asked_at - CLOCK_DIFFERENCE_MS)
        return false;
    monitor->token = NULL;
    return true;
}

static void on_look(void *data, const struct value *description, const struct aws_reply *reply);

static void look_later(struct monitor *monitor, int64_t delay_ms)
{
    monitor->look.stack = monitor->stack;
    monitor->look.seen = on_look;
    monitor->look.data = monitor;
    looks_add(monitor->looks, &monitor->look, delay_ms);
}

static bool looks_only(const struct monitor *monitor)
{
    return monitor->skips_events || monitor->is_blind;
}

// Whether the stack is in another state than before, so that the operation has begun.
static bool has_moved(const struct monitor *monitor, const struct value *description)
{
    static const char *const keys[] = { "StackStatus", "LastUpdatedTime", "DeletionTime" };

    for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
        if (strcmp(object_string_or_empty(monitor->before, keys[i]),
                object_string_or_empty(description, keys[i])) != 0)
            return true;
    return false;
}

// The events name the cause of a failure. Where they cannot be read, the stack's reason has to do.
static void end_as_seen(struct monitor *monitor, const struct value *description)
{
    const char *status = object_string_or_empty(description, "StackStatus");
    const char *reason = object_string_or_empty(description, "StackStatusReason");

    monitor->description = value_copy(&monitor->arena, description);
    if (stack_state(status)->class == STACK_STABLE) {
        end(monitor, status, NULL);
    } else if (!monitor->is_blind) {
        monitor->ended_as = object_string(monitor->description, "StackStatus");
        ask_events(monitor);
    } else {
        if (*reason && !monitor->cause.reason)
            monitor->cause = (struct failure_cause){ "", "", "", arena_strdup(&monitor->arena, reason) };
        end(monitor, status, NULL);
    }
}

static void wait_longer(struct monitor *monitor)
{
    monitor->interval_ms += monitor->interval_ms / 3;
    if (monitor->interval_ms > LONGEST_INTERVAL_MS)
        monitor->interval_ms = LONGEST_INTERVAL_MS;
}

static void look_on(struct monitor *monitor, const struct value *description)
{
    const char *status = object_string_or_empty(description, "StackStatus");

    wait_longer(monitor);
    monitor->has_begun |= status_is_in_progress(status) || has_moved(monitor, description);
    if (!status_is_in_progress(status) && strcmp(status, "REVIEW_IN_PROGRESS") != 0 && monitor->has_begun) {
        end_as_seen(monitor, description);
    } else if (monitor->has_begun || ++monitor->quiet % QUIET_BEFORE_CHECK) {
        look_later(monitor, monitor->interval_ms);
    } else if (!monitor->is_blind) {
        monitor->skips_events = false;
        ask_events(monitor);
    } else if (status_is_failed(status)) {
        end_as_seen(monitor, description);
    } else {
        end_unbegun(monitor);
    }
}

static void check_status(struct monitor *monitor, const struct value *description)
{
    const char *status = object_string_or_empty(description, "StackStatus");

    if (monitor->has_begun && !status_is_in_progress(status))
        end(monitor, status, NULL);
    else if (!monitor->has_begun && !status_is_in_progress(status) && follows_newest(monitor))
        ask_events(monitor);
    else if (!monitor->has_begun && monitor->quiet >= MAX_QUIET)
        end_unbegun(monitor);
    else
        event_loop_after(monitor->cf.queue, monitor->interval_ms, ask_events, monitor);
}

static void on_look(void *data, const struct value *description, const struct aws_reply *reply)
{
    struct monitor *monitor = data;

    if (reply->outcome == AWS_REFUSED)
        end(monitor, "DELETE_COMPLETE", NULL);
    else if (reply->outcome != AWS_DONE)
        end(monitor, NULL, reply);
    else if (looks_only(monitor))
        look_on(monitor, description);
    else
        check_status(monitor, description);
}

static void go_on(struct monitor *monitor, int news)
{
    const char *status = monitor->last_status;

    if (monitor->ended_as) {
        end(monitor, monitor->ended_as, NULL);
        return;
    }
    if (news && *status && !status_is_in_progress(status) && strcmp(status, "REVIEW_IN_PROGRESS") != 0) {
        end(monitor, status, NULL);
        return;
    }
    if (!news)
        wait_longer(monitor);
    if (!news && ++monitor->quiet % (monitor->newest_untold ? QUIET_WITHOUT_TOKENS : QUIET_BEFORE_CHECK) == 0)
        look_later(monitor, 0);
    else
        event_loop_after(monitor->cf.queue, monitor->interval_ms, ask_events, monitor);
}

// When the newest operation began, in ms since 1970; 0: the events tell which operations they are of, or
// there is none.
static int64_t newest_without_token(const struct value *events)
{
    int64_t newest = 0;

    for (size_t i = 0; i < value_length(events); i++) {
        struct stack_event event;

        stack_event_read(array_at(events, i), &event);
        if (*event.token)
            return 0;
        if (!newest && begins_operation(&event))
            newest = timestamp_parse(event.time);
    }
    return newest;
}

// What goes on does not depend on who may read its events.
static void follow_blindly(struct monitor *monitor, const struct aws_reply *reply)
{
    struct arena scratch = ARENA_INIT;

    if (reply->outcome != AWS_DENIED && reply->outcome != AWS_TRANSIENT) {
        end(monitor, NULL, reply);
        return;
    }
    monitor->is_blind = true;
    monitor->note(monitor->data,
        display_printf(
            &scratch, "its events cannot be read, only its state is followed: %s", reply->message));
    arena_release(&scratch);
    monitor->ended_as = NULL;
    look_later(monitor, 0);
}

static void on_events(void *data, const struct aws_reply *reply)
{
    struct monitor *monitor = data;
    const struct value *events = object_get(reply->answer, "StackEvents");
    int news;

    if (reply->outcome != AWS_DONE) {
        follow_blindly(monitor, reply);
        return;
    }
    // It has begun for those who look, but no event of it has been seen yet.
    monitor->has_begun &= *monitor->last_seen != '\0';
    news = count_news(monitor, events, !object_get(reply->answer, "NextToken"));
    if (news < 0 && monitor->wanted < MAX_EVENTS) {
        monitor->wanted *= 4;
        ask_events(monitor);
        return;
    }
    for (int i = news - 1; i >= 0; i--) {
        struct stack_event event;

        stack_event_read(array_at(events, (size_t)i), &event);
        consume_event(monitor, &event);
    }
    monitor->wanted = EVENTS_AT_FIRST;
    monitor->newest_untold = monitor->has_begun ? 0 : newest_without_token(events);
    go_on(monitor, news);
}

static void ask_events(void *data)
{
    struct monitor *monitor = data;

    describe_stack_events(
        &monitor->cf, monitor->stack, monitor->wanted, (struct aws_callback){ on_events, monitor });
}

void monitor_start(struct monitor *monitor)
{
    monitor->wanted = EVENTS_AT_FIRST;
    monitor->interval_ms = FIRST_INTERVAL_MS;
    monitor->asked_at = timestamp_now();
    monitor->stack = arena_strdup(&monitor->arena, monitor->stack);
    if (monitor->token)
        monitor->token = arena_strdup(&monitor->arena, monitor->token);
    if (monitor->skips_events)
        look_later(monitor, 0);
    else
        ask_events(monitor);
}

void monitor_release(struct monitor *monitor)
{
    arena_release(&monitor->arena);
}

const struct monitored_resource *monitor_waits_for(const struct monitor *monitor)
{
    const struct monitored_resource *longest = NULL;

    for (size_t i = 0; i < monitor->resource_count; i++) {
        const struct monitored_resource *resource = &monitor->resources[i];

        if (status_is_in_progress(resource->status) && (!longest || resource->since < longest->since))
            longest = resource;
    }
    return longest;
}
