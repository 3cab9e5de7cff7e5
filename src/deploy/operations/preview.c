// SPDX-License-Identifier: MIT
#include "deploy/operations/preview_private.h"

#include "awscli/stack_state.h"
#include "data/value.h"
#include "deploy/engine/deployment_private.h"

#include <string.h>

void preview_settle(struct stack_job *job)
{
    struct preview *preview = job->own;

    if (--preview->open == 0 && !job_has_ended(job))
        job_finish(job, JOB_DONE);
}

// Templates: of the stack, then of its nested stacks, level by level.

struct preview_query {
    struct stack_job *job;
    const char *path;  // of the nested stack; "" for the stack itself
    const char *stack; // name or id
};

static struct preview_query *new_query(struct stack_job *job, const char *path, const char *stack)
{
    struct arena *arena = job->deployment->arena;
    struct preview_query *query = arena_alloc(arena, sizeof(*query));

    *query = (struct preview_query){ job, path, arena_strdup(arena, stack) };
    return query;
}

// The logical id of a path right below `parent`; NULL when it is not there.
static const char *child_id(const char *path, const char *parent)
{
    size_t length = strlen(parent);

    if (strncmp(path, parent, length) != 0)
        return NULL;
    path += length;
    if (length && *path++ != '/')
        return NULL;
    return strchr(path, '/') ? NULL : path;
}

static bool has_children(const struct preview *preview, const char *parent)
{
    for (size_t i = 0; i < value_length(preview->nested); i++)
        if (child_id(object_at(preview->nested, i)->key, parent))
            return true;
    return false;
}

static void on_nested_template(void *data, const struct aws_reply *reply);

static void ask_nested(const struct preview_query *parent, const struct value *summaries)
{
    struct stack_job *job = parent->job;
    struct preview *preview = job->own;

    for (size_t i = 0; i < value_length(preview->nested); i++) {
        const char *path = object_at(preview->nested, i)->key;
        const char *id = child_id(path, parent->path);
        const char *stack = id ? summary_physical_id(summaries, id) : NULL;

        if (!stack || !*stack)
            continue;
        preview->open++;
        get_template(
            &job->cf, stack, (struct aws_callback){ on_nested_template, new_query(job, path, stack) });
    }
}

static void on_resources(void *data, const struct aws_reply *reply)
{
    const struct preview_query *query = data;

    if (reply->outcome == AWS_DONE)
        ask_nested(query, object_get(reply->answer, "StackResourceSummaries"));
    else if (!job_has_ended(query->job))
        job_fail_reply(query->job, "cannot see its nested stacks", reply);
    preview_settle(query->job);
}

static void find_below(struct preview_query *query)
{
    struct stack_job *job = query->job;
    struct preview *preview = job->own;

    if (!has_children(preview, query->path) || job->deployment->is_stopping)
        return;
    preview->open++;
    list_stack_resources(&job->cf, query->stack, (struct aws_callback){ on_resources, query });
}

static bool says_missing(const struct aws_reply *reply)
{
    return reply->outcome == AWS_REFUSED && strstr(reply->message, "does not exist");
}

// A stack under review has an empty template, or none.
static const struct value *copy_template(const struct stack_job *job, const struct aws_reply *reply)
{
    const struct value *body = object_get(reply->answer, "TemplateBody");
    const char *text = value_string(body);

    if (text ? !*text : !value_length(body))
        return NULL;
    return value_copy(job->deployment->arena, body);
}

static void keep_nested(const struct preview_query *query, const struct value *template)
{
    struct preview *preview = query->job->own;
    VALUE_ARENA_SCOPE(query->job->deployment->arena);

    object_set(preview->nested, query->path, (struct value *)template);
}

static void on_nested_template(void *data, const struct aws_reply *reply)
{
    struct preview_query *query = data;

    if (reply->outcome == AWS_DONE) {
        keep_nested(query, copy_template(query->job, reply));
        find_below(query);
    } else if (!says_missing(reply) && !job_has_ended(query->job)) {
        job_fail_reply(query->job, "cannot get the template of a nested stack", reply);
    }
    preview_settle(query->job);
}

// Exports that vanish: stacks of other apps may use them.

struct vanishing_export {
    struct stack_job *job;
    const char *name;
};

// Where nobody may be asked, what the app's own stacks import has to do.
static void on_imports(void *data, const struct aws_reply *reply)
{
    const struct vanishing_export *export = data;
    struct preview *preview = export->job->own;
    struct arena *before = value_arena_use(export->job->deployment->arena);

    if (reply->outcome == AWS_DONE)
        object_set(preview->importers, export->name,
            value_copy(value_arena(), object_get(reply->answer, "Imports")));
    value_arena_use(before);
    preview_settle(export->job);
}

static void ask_importers(struct stack_job *job)
{
    struct preview *preview = job->own;
    const struct value *exports = template_exports(preview->template);
    const struct value *wanted = template_exports(job->stack->template);

    for (size_t i = 0; i < value_length(exports) && !job->deployment->is_stopping; i++) {
        struct vanishing_export *export;
        const char *name = object_at(exports, i)->key;

        if (object_get(wanted, name))
            continue;
        export = arena_alloc(job->deployment->arena, sizeof(*export));
        *export = (struct vanishing_export){ job, arena_strdup(job->deployment->arena, name) };
        preview->open++;
        list_imports(&job->cf, export->name, (struct aws_callback){ on_imports, export });
    }
}

static void note_kept_defaults(struct stack_job *job)
{
    const struct preview *preview = job->own;

    if (value_type(preview->template) != VALUE_OBJECT)
        return;
    job->current_template = preview->template;
    job_note_kept_defaults(job);
}

static void on_template(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;
    struct preview *preview = job->own;

    if (reply->outcome == AWS_DONE) {
        preview->template = copy_template(job, reply);
        note_kept_defaults(job);
        ask_importers(job);
        find_below(new_query(job, "", job->stack->name));
    } else if (!says_missing(reply)) {
        job_fail_reply(job, "cannot get the deployed template", reply);
    }
    preview_settle(job);
}

static void on_drift(void *data, struct drift *drift)
{
    (void)drift;
    preview_settle(data);
}

static void detect_drift(struct stack_job *job)
{
    VALUE_ARENA_SCOPE(job->deployment->arena);

    job->drift = arena_alloc(value_arena(), sizeof(*job->drift));
    *job->drift = (struct drift){ .cf = job->cf, .stack = job_stack_id(job), .ended = on_drift, .data = job };
    drift_detect(job->drift);
}

// Stacks that there are not have no template.
static void query_template(struct stack_job *job)
{
    struct preview *preview = job->own;

    job_take_current(job);
    preview->open = 1;
    get_template(&job->cf, job->stack->name, (struct aws_callback){ on_template, job });
}

static void query_and_ask(struct stack_job *job)
{
    struct preview *preview = job->own;

    job_take_current(job);
    if (stack_next_action(job_status(job)) == STACK_CREATE) {
        job_finish(job, JOB_UNCHANGED);
        return;
    }
    query_template(job);
    if (preview->wants_drift) {
        preview->open++;
        detect_drift(job);
    }
    if (preview->change_set) {
        preview->open++;
        preview_change_set(job);
    }
}

const struct job_operation template_operation = {
    .verb = "diff",
    .may_lack_stacks = true,
    .handle = query_template,
};

const struct job_operation preview_operation = {
    .verb = "diff",
    .handle = query_and_ask,
    .uploaded = preview_uploaded,
};
