// SPDX-License-Identifier: MIT
#include "deploy/explain/explain_private.h"

#include "awscli/stack_state.h"
#include "data/value.h"
#include "template/place.h"
#include "util/display.h"
#include "util/process/signals.h"

#include <stdarg.h>
#include <string.h>

enum { TURN_MS = 200, MAX_DEPTH = 6, LOG_LINES = 10 };

static explain_look *const looks[] = {
#define LOOK(name, function) [LOOK_##name] = function,
#include "deploy/explain/look.def"
#undef LOOK
};

// Waiting for one answer.

struct awaited_reply {
    struct arena *arena;
    bool is_answered;
    struct aws_reply reply;
};

static void on_answer(void *data, const struct aws_reply *reply)
{
    struct awaited_reply *question = data;

    question->is_answered = true;
    question->reply = (struct aws_reply){
        .outcome = reply->outcome,
        .answer = reply->answer ? value_copy(question->arena, reply->answer) : NULL,
        .code = arena_strdup(question->arena, reply->code),
        .message = arena_strdup(question->arena, reply->message),
    };
}

// What has been asked before, and has to be known to ask with the right credentials.
static void on_caller(void *data)
{
    *(bool *)data = true;
}

static void find_caller(struct stack_job *job)
{
    bool is_found = false;

    environment_find_caller(job->environment, on_caller, &is_found);
    while (!is_found && !signals_pending() && event_loop_run_once(job->deployment->queue, TURN_MS))
        continue;
}

static void wait_for(struct stack_job *job, const struct awaited_reply *question)
{
    while (
        !question->is_answered && !signals_pending() && event_loop_run_once(job->deployment->queue, TURN_MS))
        continue;
}

// "ecs", "describe-tasks" -> "ecs:DescribeTasks"
static const char *action_of(const char *const *arguments)
{
    char *action = arena_printf(value_arena(), "%s:%s", arguments[0], arguments[1]);
    char *to = action + strlen(arguments[0]) + 1;
    bool is_start = true;

    for (const char *from = arguments[1]; *from; from++) {
        if (*from != '-')
            *to++ = is_start && *from >= 'a' && *from <= 'z' ? (char)(*from - 'a' + 'A') : *from;
        is_start = *from == '-';
    }
    *to = '\0';
    return action;
}

static void note_failure(struct failure_inquiry *inquiry, const char *const *arguments, const char *what,
    const struct aws_reply *reply)
{
    if (reply->outcome == AWS_DENIED)
        inquiry_note(inquiry, "cannot see %s: %s is needed", what, action_of(arguments));
    else if (reply->outcome == AWS_UNKNOWN_CALL)
        inquiry_note(inquiry, "cannot see %s: the installed AWS CLI has no '%s %s'; a newer one has", what,
            arguments[0], arguments[1]);
    else
        inquiry_note(inquiry, "cannot see %s: %s", what, reply->message);
}

const struct value *inquiry_try(struct failure_inquiry *inquiry, const char *const *arguments,
    const struct value *input, const char *what, const char **ret_refusal)
{
    struct stack_job *job = inquiry->job;
    struct awaited_reply question = { .arena = value_arena() };
    bool is_cloudformation = strcmp(arguments[0], "cloudformation") == 0;

    event_loop_call(job->deployment->queue,
        &(struct aws_call){
            .target = is_cloudformation ? &job->environment->deploy : job_caller(job),
            .arguments = arguments,
            .input = input,
            .then = { on_answer, &question },
        });
    wait_for(job, &question);
    if (!question.is_answered)
        return NULL;
    if (question.reply.outcome == AWS_DONE)
        return question.reply.answer;
    if (question.reply.outcome == AWS_REFUSED && ret_refusal)
        *ret_refusal = question.reply.message;
    else
        note_failure(inquiry, arguments, what, &question.reply);
    return NULL;
}

const struct value *inquiry_ask(struct failure_inquiry *inquiry, const char *const *arguments,
    const struct value *input, const char *what)
{
    return inquiry_try(inquiry, arguments, input, what, NULL);
}

// What is found.

void inquiry_note(struct failure_inquiry *inquiry, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    array_append(inquiry->explanation->notes, string(display_vprintf(value_arena(), format, arguments)));
    va_end(arguments);
}

struct value *inquiry_detail(struct failure_inquiry *inquiry, const char *title)
{
    struct value *lines = array();

    array_append(inquiry->explanation->details,
        object((struct field[]){ { "title", string(title) }, { "lines", lines }, END }));
    return lines;
}

void detail_addf(struct value *lines, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    array_append(lines, string(display_vprintf(value_arena(), format, arguments)));
    va_end(arguments);
}

static const char *what_failed(const struct explanation *explanation)
{
    if (explanation->construct)
        return explanation->construct;
    return *explanation->logical_id ? explanation->logical_id : explanation->stack;
}

static void find_construct(struct failure_inquiry *inquiry)
{
    struct explanation *explanation = inquiry->explanation;
    const struct cloud_stack *stack = inquiry->job->stack;

    explanation->construct =
        *explanation->logical_id ? cloud_stack_construct(stack, explanation->logical_id) : NULL;
    explanation->place =
        cloud_stack_place(stack, explanation->construct ? explanation->construct : stack->display_name);
}

void inquiry_deepen(
    struct failure_inquiry *inquiry, const char *logical_id, const char *type, const char *reason)
{
    struct explanation *explanation = inquiry->explanation;
    struct value *before = object((struct field[]){
        { "what", string(what_failed(explanation)) }, { "reason", string(explanation->reason) }, END });
    struct value *all = array_of((struct value *[]){ before, NULL });

    array_append_all(all, explanation->led_to);
    explanation->led_to = all;
    explanation->reason = arena_strdup(value_arena(), reason);
    if (!logical_id)
        return;
    explanation->logical_id = arena_strdup(value_arena(), logical_id);
    explanation->type = arena_strdup(value_arena(), type);
    find_construct(inquiry);
}

void inquiry_log(struct failure_inquiry *inquiry, const char *group, const char *stream, const char *title)
{
    const struct value *answer, *events;
    struct value *lines;

    if (!stream) {
        answer = inquiry_ask(inquiry, (const char *const[]){ "logs", "describe-log-streams", NULL },
            object(
                (struct field[]){ { "logGroupName", string(group) }, { "orderBy", string("LastEventTime") },
                    { "descending", boolean(true) }, { "limit", number(1) }, END }),
            arena_printf(value_arena(), "the log group %s", group));
        stream = object_string(array_at(object_get(answer, "logStreams"), 0), "logStreamName");
        if (!stream)
            return;
    }
    answer = inquiry_ask(inquiry, (const char *const[]){ "logs", "get-log-events", NULL },
        object((struct field[]){ { "logGroupName", string(group) }, { "logStreamName", string(stream) },
            { "limit", number(LOG_LINES) }, { "startFromHead", boolean(false) }, END }),
        arena_printf(value_arena(), "the log %s of %s", stream, group));
    events = object_get(answer, "events");
    if (!value_length(events))
        return;
    lines = inquiry_detail(inquiry, title);
    for (size_t i = 0; i < value_length(events); i++) {
        const char *message = object_string_or_empty(array_at(events, i), "message");

        detail_addf(lines, "%.*s", (int)strcspn(message, "\r\n"), message);
    }
}

// From the first failure to its root: each kind may know where to look for a deeper one.

static void add_circumstances(const struct failure_inquiry *inquiry)
{
    const struct explanation *explanation = inquiry->explanation;

    object_set(inquiry->captures, "stack", string(explanation->stack));
    object_set(inquiry->captures, "region", string(explanation->region));
    if (!object_get(inquiry->captures, "name"))
        object_set(inquiry->captures, "name", string(what_failed(explanation)));
}

static void look_for_root(struct failure_inquiry *inquiry)
{
    struct explanation *explanation = inquiry->explanation;
    const struct failure_kind *before = NULL;

    for (int depth = 0; depth < MAX_DEPTH && !signals_pending(); depth++) {
        const char *reason = explanation->reason;
        const struct failure_kind *kind = failure_kind_of(explanation->type, reason, inquiry->captures);

        if (kind)
            explanation->kind = kind;
        if (!kind || kind == before || !looks[kind->look])
            return;
        before = kind;
        looks[kind->look](inquiry);
        if (explanation->reason == reason)
            return;
    }
}

static void finish(struct failure_inquiry *inquiry)
{
    struct explanation *explanation = inquiry->explanation;

    add_circumstances(inquiry);
    if (!explanation->kind)
        return;
    explanation->meaning = failure_text(explanation->kind->meaning, inquiry->captures);
    explanation->advice = failure_text(explanation->kind->advice, inquiry->captures);
}

// What the job knows.

static const char *what_became_of(const struct stack_job *job)
{
    const char *status = job->final_status ? job->final_status : job_status(job);

    if (!status)
        return "the stack does not exist";
    return job_state_advice(job, status);
}

static bool take_history(const struct stack_job *job, struct explanation *explanation)
{
    const struct history_event *cause = job->history ? history_cause(job->history) : NULL;

    if (!cause)
        return false;
    explanation->logical_id = cause->event.is_stack ? "" : cause->event.logical_id;
    explanation->physical_id = cause->event.physical_id;
    explanation->type = cause->event.type;
    explanation->reason = cause->event.reason;
    explanation->construct = *cause->path ? cause->path : NULL;
    return true;
}

static bool take_monitor(const struct stack_job *job, struct explanation *explanation)
{
    const struct failure_cause *cause = &job->monitor.cause;

    if (job->stage != JOB_FAILED || !job->is_monitored || !cause->reason)
        return false;
    explanation->logical_id = cause->logical_id;
    explanation->physical_id = cause->physical_id;
    explanation->type = cause->type;
    explanation->reason = cause->reason;
    return true;
}

// What AWS answered to a call. Of ours only what is one of the kinds: the rest says itself what to do.
static bool take_problem(const struct stack_job *job, struct explanation *explanation)
{
    if (job->stage != JOB_FAILED || !job->problem)
        return false;
    explanation->reason = job->failed_change_set
        ? job->change.refusal
        : arena_strndup(value_arena(), job->problem, strcspn(job->problem, "\n"));
    return job->failed_change_set ||
        failure_kind_of("", explanation->reason, object((struct field[]){ END })) != NULL;
}

const struct explanation *explain_job(struct stack_job *job)
{
    VALUE_ARENA_SCOPE(job->deployment->arena);
    struct explanation *explanation = arena_alloc(value_arena(), sizeof(*explanation));
    struct failure_inquiry inquiry = { .job = job, .explanation = explanation };
    int attempts = job->deployment->queue->attempts;

    *explanation = (struct explanation){
        .stack = job->stack->display_name,
        .account = job->environment->account,
        .region = job->environment->region,
        .logical_id = "",
        .physical_id = "",
        .type = "",
        .led_to = array(),
        .details = array(),
        .notes = array(),
    };
    if (job->deployment->queue->is_closed ||
        (!take_history(job, explanation) && !take_monitor(job, explanation) &&
            !take_problem(job, explanation)))
        return NULL;
    inquiry.captures = explanation->captures = object((struct field[]){ END });
    inquiry.change_set = job->failed_change_set;
    if (job->failed_note)
        inquiry_note(&inquiry, "%s", job->failed_note);
    job->deployment->queue->attempts = 2; // nothing depends on it
    if (!explanation->construct)
        find_construct(&inquiry);
    else
        explanation->place = cloud_stack_place(job->stack, explanation->construct);
    find_caller(job);
    look_for_root(&inquiry);
    finish(&inquiry);
    explanation->rest = what_became_of(job);
    job->deployment->queue->attempts = attempts;
    return explanation;
}
