// SPDX-License-Identifier: MIT
#include "deploy/gc/garbage_private.h"

#include "awscli/stack_state.h"
#include "data/json.h"
#include "data/value.h"
#include "util/display.h"
#include "util/strbuf.h"

#include <stdarg.h>
#include <string.h>
#include <time.h>

enum { DAY_SECONDS = 24 * 60 * 60 };

void garbage_fail(struct garbage *garbage, const char *format, ...)
{
    va_list arguments;

    if (garbage->problem)
        return;
    va_start(arguments, format);
    garbage->problem = display_vprintf(garbage->arena, format, arguments);
    va_end(arguments);
}

void garbage_settle(struct garbage *garbage)
{
    if (--garbage->open > 0)
        return;
    if (garbage->problem)
        garbage->ended(garbage->data, garbage);
    else
        garbage->next(garbage);
}

void garbage_ask(
    struct garbage *garbage, const char *const *arguments, struct value *input, struct aws_callback then)
{
    garbage->open++;
    event_loop_call(garbage->environment.queue,
        &(struct aws_call){
            .target = &garbage->environment.own, .arguments = arguments, .input = input, .then = then });
}

bool garbage_is_unused(const struct garbage_object *asset)
{
    return !asset->is_used && !asset->is_young;
}

// What the stacks use.

struct stack_question {
    struct garbage *garbage;
    const char *stack;
};

static struct aws_callback then_about(struct garbage *garbage, const char *stack, aws_callback_fn *function)
{
    struct stack_question *question = arena_alloc(garbage->arena, sizeof(*question));

    *question = (struct stack_question){ garbage, stack };
    return (struct aws_callback){ function, question };
}

static void add_uses(struct garbage *garbage, const struct value *value)
{
    STRBUF_AUTO text = STRBUF_INIT;

    json_write(&text, value, 0);
    asset_use_add(&garbage->use, text.data);
}

static bool is_gone(const struct aws_reply *reply)
{
    return reply->outcome == AWS_REFUSED &&
        (strstr(reply->message, "does not exist") || strcmp(reply->code, "ChangeSetNotFound") == 0);
}

static void on_template(void *data, const struct aws_reply *reply)
{
    const struct stack_question *question = data;

    if (reply->outcome == AWS_DONE)
        add_uses(question->garbage, object_get(reply->answer, "TemplateBody"));
    else if (!is_gone(reply))
        garbage_fail(
            question->garbage, "cannot see what stack '%s' uses: %-s", question->stack, aws_explain(reply));
    garbage_settle(question->garbage);
}

static void on_change_sets(void *data, const struct aws_reply *reply)
{
    const struct stack_question *question = data;
    struct garbage *garbage = question->garbage;
    const struct cloudformation cf = { garbage->environment.queue, &garbage->environment.own };
    const struct value *summaries = object_get(reply->answer, "Summaries");

    if (reply->outcome != AWS_DONE && !is_gone(reply))
        garbage_fail(
            garbage, "cannot see the change sets of stack '%s': %-s", question->stack, aws_explain(reply));
    for (size_t i = 0; i < value_length(summaries); i++) {
        const struct value *summary = array_at(summaries, i);
        const char *status = object_string(summary, "Status");

        // One that failed can never be executed.
        if (status && strcmp(status, "FAILED") == 0)
            continue;
        garbage->open++;
        get_change_set_template(&cf, object_string_or_empty(summary, "ChangeSetId"),
            then_about(garbage, question->stack, on_template));
    }
    garbage_settle(garbage);
}

static void ask_stack(struct garbage *garbage, const char *name, const struct value *description)
{
    const struct cloudformation cf = { garbage->environment.queue, &garbage->environment.own };

    add_uses(garbage, description); // assets may be named by parameters
    garbage->open++;
    list_change_sets(&cf, name, then_about(garbage, name, on_change_sets));
    // What is under review has nothing but change sets.
    if (strcmp(object_string_or_empty(description, "StackStatus"), "REVIEW_IN_PROGRESS") == 0)
        return;
    garbage->open++;
    get_template(&cf, name, then_about(garbage, name, on_template));
}

// What is in the bucket.

static bool is_young(const struct garbage *garbage, const char *modified)
{
    time_t limit = (time_t)(garbage->now - (int64_t)garbage->created_days * DAY_SECONDS);
    struct tm parts;
    char text[32];

    gmtime_r(&limit, &parts);
    strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &parts);
    return garbage->created_days > 0 && strncmp(modified, text, strlen(text)) > 0;
}

static void add_object(struct garbage *garbage, const struct value *entry)
{
    const char *key = object_string_or_empty(entry, "Key");
    const char *modified = object_string(entry, "LastModified");

    if (!asset_hash(value_arena(), key)) {
        garbage->other_count++;
        return;
    }
    garbage->objects[garbage->object_count++] = (struct garbage_object){
        .garbage = garbage,
        .key = arena_strdup(garbage->arena, key),
        .size = value_number(object_get(entry, "Size")),
        .modified = arena_strdup(garbage->arena, modified ? modified : ""),
        .is_young = is_young(garbage, modified ? modified : ""),
    };
}

static void on_objects(void *data, const struct aws_reply *reply)
{
    struct garbage *garbage = data;
    const struct value *contents = object_get(reply->answer, "Contents");

    if (reply->outcome != AWS_DONE)
        garbage_fail(garbage, "cannot list bucket '%s': %-s", garbage->bucket, aws_explain(reply));
    garbage->objects = arena_alloc(garbage->arena, value_length(contents) * sizeof(*garbage->objects));
    for (size_t i = 0; i < value_length(contents); i++)
        add_object(garbage, array_at(contents, i));
    garbage_settle(garbage);
}

static void on_tags(void *data, const struct aws_reply *reply)
{
    struct garbage_object *asset = data;
    struct garbage *garbage = asset->garbage;

    if (reply->outcome == AWS_DONE)
        asset->tags = value_copy(garbage->arena, object_get(reply->answer, "TagSet"));
    else if (strcmp(reply->code, "NoSuchKey") != 0) // somebody else may have deleted it
        garbage_fail(garbage, "cannot read the tags of '%s': %-s", asset->key, aws_explain(reply));
    garbage_settle(garbage);
}

static bool needs_tags(const struct garbage *garbage)
{
    return garbage->action == GARBAGE_TAG || garbage->action == GARBAGE_DELETE_TAGGED ||
        (garbage->action == GARBAGE_FULL && garbage->rollback_days > 0);
}

static void compare_objects(struct garbage *garbage)
{
    garbage->next = garbage_decide;
    garbage->open = 1;
    for (size_t i = 0; i < garbage->object_count; i++) {
        struct garbage_object *asset = &garbage->objects[i];

        asset->is_used = asset_use_has(&garbage->use, asset_hash(value_arena(), asset->key));
        if (!asset->is_young && needs_tags(garbage))
            garbage_ask(garbage, (const char *const[]){ "s3api", "get-object-tagging", NULL },
                object((struct field[]){
                    { "Bucket", string(garbage->bucket) }, { "Key", string(asset->key) }, END }),
                (struct aws_callback){ on_tags, asset });
    }
    garbage_settle(garbage);
}

// What stands.

static const char *find_bucket(const struct garbage *garbage)
{
    const struct value *outputs = object_get_path(
        garbage->environment.stacks, (const char *const[]){ garbage->stack, "Outputs", NULL });

    for (size_t i = 0; i < value_length(outputs); i++)
        if (strcmp(object_string_or_empty(array_at(outputs, i), "OutputKey"), "BucketName") == 0)
            return object_string(array_at(outputs, i), "OutputValue");
    return NULL;
}

// Such a stack may go back to what it was, with assets that its template no longer refers to.
static bool is_unsettled(const char *status)
{
    const struct stack_state *state = stack_state(status);

    return state->class == STACK_IN_PROGRESS || state->may_go_back;
}

static void check_settled(struct garbage *garbage)
{
    const struct value *stacks = garbage->environment.stacks;

    if (garbage->force || garbage->action == GARBAGE_PRINT || garbage->action == GARBAGE_TAG)
        return;
    for (size_t i = 0; i < value_length(stacks); i++) {
        const struct field *stack = object_at(stacks, i);
        const char *status = object_string_or_empty(stack->value, "StackStatus");

        if (is_unsettled(status))
            garbage_fail(garbage,
                "stack '%s' is %s: it may go back to assets that its template no longer refers to\n"
                "wait for it or bring it out of that state; --force deletes all the same",
                stack->key, status);
    }
}

static void look_through(struct garbage *garbage)
{
    const struct value *stacks = garbage->environment.stacks;

    garbage->stack_count = value_length(stacks);
    for (size_t i = 0; i < value_length(stacks); i++)
        ask_stack(garbage, object_at(stacks, i)->key, object_at(stacks, i)->value);
    add_uses(garbage, garbage->app_keys);
    garbage_ask(garbage, (const char *const[]){ "s3api", "list-objects-v2", NULL },
        object((struct field[]){ { "Bucket", string(garbage->bucket) },
            { "ExpectedBucketOwner", string(garbage->environment.account) }, END }),
        (struct aws_callback){ on_objects, garbage });
}

static void on_ready(struct environment *environment, void *data)
{
    struct garbage *garbage = data;

    garbage->open = 1;
    garbage->next = compare_objects;
    garbage->bucket = find_bucket(garbage);
    if (environment->problem)
        garbage_fail(garbage, "%-s", environment->problem);
    else if (!garbage->bucket)
        garbage_fail(garbage, "account %s in %s has no stack '%s' with a staging bucket\n'%s' makes it",
            environment->account, environment->region, garbage->stack,
            environment_bootstrap_command(environment));
    else
        check_settled(garbage);
    if (!garbage->problem)
        look_through(garbage);
    garbage_settle(garbage);
}

void garbage_start(struct garbage *garbage)
{
    garbage->arena = value_arena();
    garbage->now = time(NULL);
    garbage->stack = garbage->stack ? garbage->stack : "CDKToolkit";
    asset_use_init(&garbage->use, garbage->arena);
    environment_prepare(&garbage->environment, on_ready, garbage);
}
