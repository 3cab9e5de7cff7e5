// SPDX-License-Identifier: MIT
#include "deploy/explain/explain_private.h"

#include "data/value.h"
#include "template/place.h"
#include "util/process/signals.h"

#include <string.h>

enum { TURN_MS = 200, MAX_HOOKS = 3, MAX_OPERATIONS = 3 };

// What failed first in a nested stack; its own nested ones are read with it.

static void on_history(void *data, struct history *history)
{
    (void)history;
    *(bool *)data = true;
}

static const struct history_event *read_cause(
    struct failure_inquiry *inquiry, const char *nested, size_t operations)
{
    struct stack_job *job = inquiry->job;
    struct history *history = arena_alloc(value_arena(), sizeof(*history));
    bool is_read = false;

    *history = (struct history){
        .cf = job->cf,
        .stack = nested,
        .cloud = job->stack,
        .operations = operations,
        .ended = on_history,
        .data = &is_read,
    };
    history_read(history);
    while (!is_read && !signals_pending() && event_loop_run_once(job->deployment->queue, TURN_MS))
        continue;
    if (is_read && history->problem && operations == 1)
        inquiry_note(inquiry, "cannot see the events of the nested stack: %-s", history->problem);
    return is_read ? history_cause(history) : NULL;
}

// After it has failed, it may have been rolled back and deleted with its parent: its last operations are
// those.
void look_nested(struct failure_inquiry *inquiry)
{
    struct explanation *explanation = inquiry->explanation;
    const char *nested = object_string(inquiry->captures, "nested");
    const struct history_event *cause = NULL;

    if (!nested || strncmp(nested, "arn:", 4) != 0)
        return;
    for (size_t operations = 1; !cause && operations <= MAX_OPERATIONS && !signals_pending(); operations++)
        cause = read_cause(inquiry, nested, operations);
    if (!cause || strcmp(cause->event.reason, explanation->reason) == 0)
        return;
    inquiry_deepen(inquiry, cause->event.logical_id, cause->event.type, cause->event.reason);
    explanation->physical_id = cause->event.physical_id;
    explanation->construct = *cause->path ? cause->path : NULL;
    explanation->place = cloud_stack_place(
        inquiry->job->stack, *cause->path ? cause->path : inquiry->job->stack->display_name);
}

// CloudFormation API reference, "DescribeEvents" and "OperationEvent": the failed events of an operation.

static const struct value *ask_events(struct failure_inquiry *inquiry)
{
    const char *change_set = inquiry->change_set;
    const struct value *answer =
        inquiry_ask(inquiry, (const char *const[]){ "cloudformation", "describe-events", NULL },
            object((struct field[]){
                { "StackName", change_set ? NULL : string(job_stack_id(inquiry->job)) },
                { "ChangeSetName", string(change_set) },
                { "Filters", object((struct field[]){ { "FailedEvents", boolean(true) }, END }) },
                END,
            }),
            "what CloudFormation found");

    return object_get(answer, "OperationEvents");
}

static const struct value *failed_events(struct failure_inquiry *inquiry)
{
    if (!inquiry->job->failed_events)
        inquiry->job->failed_events = ask_events(inquiry);
    return inquiry->job->failed_events;
}

static const char *text_of(const struct value *event)
{
    const char *reason = object_string(event, "ValidationStatusReason");

    if (!reason)
        reason = object_string(event, "HookStatusReason");
    return reason ? reason : object_string_or_empty(event, "ResourceStatusReason");
}

static bool is_of(const struct value *event, const char *type)
{
    return strcmp(object_string_or_empty(event, "EventType"), type) == 0;
}

// What may stop the operation, before what only warns.
static bool is_warning(const struct value *event)
{
    return strcmp(object_string_or_empty(event, "ValidationFailureMode"), "WARN") == 0 ||
        strcmp(object_string_or_empty(event, "HookFailureMode"), "WARN") == 0;
}

static const struct value *first_of(const struct value *events, const char *type)
{
    const struct value *found = NULL;

    for (size_t i = 0; i < value_length(events); i++) {
        const struct value *event = array_at(events, i);

        if (is_of(event, type) && *text_of(event) && (!found || (is_warning(found) && !is_warning(event))))
            found = event;
    }
    return found;
}

static void list_findings(struct failure_inquiry *inquiry, const struct value *events)
{
    struct value *lines = inquiry_detail(inquiry, "what CloudFormation found");

    for (size_t i = 0; i < value_length(events); i++) {
        const struct value *event = array_at(events, i);
        const char *path = object_string(event, "ValidationPath");
        const char *id = object_string_or_empty(event, "LogicalResourceId");
        const char *construct = cloud_stack_construct(inquiry->job->stack, id);

        if (is_of(event, "VALIDATION_ERROR"))
            detail_addf(lines, "%s (%s): %s%s%s%s", construct ? construct : id,
                object_string_or_empty(event, "ValidationName"), text_of(event), path ? " at " : "",
                path ? path : "", is_warning(event) ? ", a warning" : "");
    }
}

void look_operation_events(struct failure_inquiry *inquiry)
{
    const struct value *events = failed_events(inquiry);
    const struct value *first = first_of(events, "VALIDATION_ERROR");

    if (first)
        list_findings(inquiry, events);
    else
        first = first_of(events, "HOOK_INVOCATION_ERROR");
    if (!first)
        first = first_of(events, "PROVISIONING_ERROR");
    if (first)
        inquiry_deepen(inquiry, object_string_or_empty(first, "LogicalResourceId"),
            object_string_or_empty(first, "ResourceType"), text_of(first));
}

// Hooks. CloudFormation API reference, "ListHookResults" and "GetHookResult": annotations say what is wrong
// and what to do.

static void add_annotations(struct failure_inquiry *inquiry, const char *id, const char *type)
{
    const struct value *answer =
        inquiry_ask(inquiry, (const char *const[]){ "cloudformation", "get-hook-result", NULL },
            object((struct field[]){ { "HookResultId", string(id) }, END }), "what the hook found");
    const struct value *annotations = object_get(answer, "Annotations");
    struct value *lines =
        answer ? inquiry_detail(inquiry, arena_printf(value_arena(), "hook %s", type)) : NULL;

    if (!value_length(annotations) && answer)
        detail_addf(lines, "%s", object_string_or_empty(answer, "HookStatusReason"));
    for (size_t i = 0; i < value_length(annotations); i++) {
        const struct value *one = array_at(annotations, i);
        const char *remedy = object_string(one, "RemediationMessage");
        const char *link = object_string(one, "RemediationLink");

        detail_addf(lines, "%s: %s%s%s%s%s", object_string_or_empty(one, "AnnotationName"),
            object_string_or_empty(one, "StatusMessage"), remedy ? ". " : "", remedy ? remedy : "",
            link ? " " : "", link ? link : "");
    }
}

static const struct value *list_results(struct failure_inquiry *inquiry)
{
    const char *target = inquiry->change_set ? inquiry->change_set : job_stack_id(inquiry->job);
    const struct value *answer =
        inquiry_ask(inquiry, (const char *const[]){ "cloudformation", "list-hook-results", NULL },
            object((struct field[]){ { "TargetType", string(inquiry->change_set ? "CHANGE_SET" : "STACK") },
                { "TargetId", string(target) }, END }),
            "what the hook found");

    return object_get(answer, "HookResults");
}

void look_hooks(struct failure_inquiry *inquiry)
{
    const struct value *event = first_of(failed_events(inquiry), "HOOK_INVOCATION_ERROR");
    const struct value *results = list_results(inquiry);
    size_t shown = 0;

    for (size_t i = 0; i < value_length(results) && shown < MAX_HOOKS; i++) {
        const struct value *one = array_at(results, i);

        if (!strstr(object_string_or_empty(one, "Status"), "FAILED"))
            continue;
        shown++;
        add_annotations(
            inquiry, object_string_or_empty(one, "HookResultId"), object_string_or_empty(one, "TypeName"));
    }
    if (event) {
        object_set(inquiry->captures, "hooks", string(object_string_or_empty(event, "HookType")));
        inquiry_deepen(inquiry, object_string_or_empty(event, "LogicalResourceId"),
            object_string_or_empty(event, "ResourceType"), text_of(event));
    }
}

// Before the change set is taken away again.

struct change_set_search {
    struct stack_job *job;
    void (*then)(struct stack_job *job);
};

static void on_failed_events(void *data, const struct aws_reply *reply)
{
    struct change_set_search *search = data;
    struct stack_job *job = search->job;

    if (reply->outcome == AWS_DONE)
        job->failed_events = value_copy(job->deployment->arena, object_get(reply->answer, "OperationEvents"));
    else if (reply->outcome == AWS_DENIED)
        job->failed_note = "cannot see what CloudFormation found: cloudformation:DescribeEvents is needed";
    else if (reply->outcome == AWS_UNKNOWN_CALL)
        job->failed_note =
            "cannot see what CloudFormation found: the installed AWS CLI has no 'cloudformation "
            "describe-events'; a newer one has";
    search->then(job);
}

void explain_change_set(struct stack_job *job, void (*then)(struct stack_job *job))
{
    struct change_set_search *search = arena_alloc(job->deployment->arena, sizeof(*search));

    *search = (struct change_set_search){ job, then };
    job->failed_change_set = job->change.change_set;
    event_loop_call(job->deployment->queue,
        &(struct aws_call){
            .target = &job->environment->deploy,
            .arguments = (const char *const[]){ "cloudformation", "describe-events", NULL },
            .input = object((struct field[]){
                { "ChangeSetName", string(job->change.change_set) },
                { "Filters", object((struct field[]){ { "FailedEvents", boolean(true) }, END }) },
                END,
            }),
            .then = { on_failed_events, search },
        });
}
