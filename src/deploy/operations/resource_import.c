// SPDX-License-Identifier: MIT
#include "deploy/operations/resource_import.h"

#include "awscli/stack_state.h"
#include "data/json.h"
#include "data/value.h"
#include "deploy/engine/deployment_private.h"
#include "template/returned_template.h"
#include "template/template.h"

#include <string.h>

static struct resource_import *import_of(const struct stack_job *job)
{
    return (struct resource_import *)(void *)job->deployment->options;
}

// Looking.

static bool is_for_people(const char *key)
{
    return strcmp(key, "Metadata") == 0;
}

static bool resource_is_same(const struct value *stands, const struct value *wanted)
{
    const struct value *both[] = { stands, wanted };

    for (size_t side = 0; side < 2; side++)
        for (size_t i = 0; i < value_length(both[side]); i++) {
            const char *key = object_at(both[side], i)->key;

            if (!is_for_people(key) && !returned_equals(object_get(stands, key), object_get(wanted, key)))
                return false;
        }
    return true;
}

static void compare_import(struct stack_job *job)
{
    struct resource_import *import = import_of(job);
    VALUE_ARENA_SCOPE(job->deployment->arena);
    const struct value *stands = template_resources(import->current);
    const struct value *wanted = object_get(job->stack->template, "Resources");
    struct value *additions = array();
    struct value *others = array();

    for (size_t i = 0; i < value_length(wanted); i++) {
        const struct field *resource = object_at(wanted, i);
        const struct value *known = object_get(stands, resource->key);

        if (!known)
            array_append(additions, string(resource->key));
        else if (!resource_is_same(known, resource->value))
            array_append(others, string(resource->key));
    }
    for (size_t i = 0; i < value_length(stands); i++)
        if (!object_get(wanted, object_at(stands, i)->key))
            array_append(others, string(object_at(stands, i)->key));
    import->additions = additions;
    import->others = others;
}

static void keep_identifiers(struct resource_import *import, const struct value *summaries)
{
    struct value *all = object((struct field[]){ END });

    for (size_t i = 0; i < value_length(summaries); i++) {
        const struct value *summary = array_at(summaries, i);
        const struct value *ways = object_get(summary, "ResourceIdentifiers");
        struct value *list = array();

        // "A,B": both together.
        for (size_t j = 0; j < value_length(ways); j++) {
            struct value *names = array();

            for (const char *text = value_string_or_empty(array_at(ways, j)); *text; text += *text == ',') {
                size_t length = strcspn(text, ",");

                array_append(names, string_n(text, length));
                text += length;
            }
            array_append(list, names);
        }
        object_set(all, object_string(summary, "ResourceType"), list);
    }
    import->identifiers = all;
}

const struct value *import_identifiers(const struct resource_import *import, const char *type)
{
    const struct value *ways = object_get(import->identifiers, type);

    return value_length(ways) ? ways : NULL;
}

static void on_summary(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;
    struct arena *before;

    if (reply->outcome != AWS_DONE) {
        job_fail_reply(job, "cannot see by what its new resources are known", reply);
        return;
    }
    before = value_arena_use(job->deployment->arena);
    keep_identifiers(import_of(job), object_get(reply->answer, "ResourceIdentifierSummaries"));
    value_arena_use(before);
    job_finish(job, JOB_DONE);
}

// A template of nothing but the types says all that has to be known, and is never too long.
static void ask_identifiers(struct stack_job *job)
{
    const struct value *wanted = object_get(job->stack->template, "Resources");
    const struct value *additions = import_of(job)->additions;
    struct value *types = object((struct field[]){ END });
    STRBUF_AUTO text = STRBUF_INIT;

    if (!value_length(additions)) {
        job_finish(job, JOB_UNCHANGED);
        return;
    }
    for (size_t i = 0; i < value_length(additions); i++) {
        const char *type = object_string(object_get(wanted, value_string(array_at(additions, i))), "Type");

        if (type)
            object_set(types, value_string(stringf("R%zu", i)),
                object((struct field[]){ { "Type", string(type) }, END }));
    }
    json_write(&text, object((struct field[]){ { "Resources", types }, END }), 0);
    get_template_summary(&job->cf, text.data, (struct aws_callback){ on_summary, job });
}

static void on_template(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;
    struct arena *arena = job->deployment->arena;
    const struct value *body = object_get(reply->answer, "TemplateBody");
    struct arena *before;
    ERROR_AUTO err = ERROR_INIT;

    if (reply->outcome != AWS_DONE) {
        job_fail_reply(job, "cannot read the template that is deployed", reply);
        return;
    }
    before = value_arena_use(arena);
    // A template in YAML is given as text.
    import_of(job)->current = value_type(body) == VALUE_STRING
        ? template_parse(value_string(body), strlen(value_string(body)), job->stack->name, &err)
        : value_copy(arena, body);
    value_arena_use(before);
    if (!import_of(job)->current) {
        job_fail(job, "cannot read the template that is deployed: %-s", err.message);
        return;
    }
    if (!template_resources(import_of(job)->current)) {
        job_fail(
            job, "a macro makes the resources of the template that is deployed: nothing can be added to it");
        return;
    }
    compare_import(job);
    ask_identifiers(job);
}

// Whether the stack can take anything in; if not, the job has ended.
static bool can_take(struct stack_job *job)
{
    enum stack_next_action next_action;

    job_take_current(job);
    next_action = stack_next_action(job_status(job));
    job->is_new = next_action == STACK_CREATE;
    if (next_action == STACK_CREATE || next_action == STACK_UPDATE)
        return true;
    job_fail(job, "it is %s, and resources can be imported only into an existing stack", job_status(job));
    return false;
}

static void query_import(struct stack_job *job)
{
    if (!can_take(job))
        return;
    if (!job->is_new) {
        get_template(&job->cf, job_stack_id(job), (struct aws_callback){ on_template, job });
        return;
    }
    compare_import(job);
    ask_identifiers(job);
}

const struct job_operation import_query_operation = {
    .verb = "look at",
    .doing = "looking",
    .is_unordered = true,
    .handle = query_import,
};

// Importing. Tags, protection and topics stay as they are: only resources may come in.

static void copy_settings(struct stack_job *job)
{
    VALUE_ARENA_SCOPE(job->deployment->arena);

    if (!job->is_new)
        import_of(job)->options.tags = job_current_tags(job);
}

static bool has_resource(const struct value *summaries, const char *id)
{
    for (size_t i = 0; i < value_length(summaries); i++)
        if (strcmp(object_string_or_empty(array_at(summaries, i), "LogicalResourceId"), id) == 0)
            return true;
    return false;
}

static void on_resources(void *data, const struct aws_reply *reply)
{
    struct stack_job *job = data;
    const struct value *wanted = import_of(job)->options.resources_to_import;
    const struct value *summaries = object_get(reply->answer, "StackResourceSummaries");
    bool is_complete = true;

    if (reply->outcome != AWS_DONE) {
        job_fail_reply(job, "cannot see what was imported", reply);
        return;
    }
    for (size_t i = 0; i < value_length(wanted); i++)
        is_complete &=
            has_resource(summaries, object_string_or_empty(array_at(wanted, i), "LogicalResourceId"));
    if (is_complete)
        job_finish(job, JOB_DONE);
    else
        job_publish(job);
}

// When it is looked at again, the import may have been made already: the answer that said so got lost.
static void handle_import(struct stack_job *job)
{
    if (!can_take(job))
        return;
    copy_settings(job);
    if (job->rounds && !job->is_new)
        list_stack_resources(&job->cf, job_stack_id(job), (struct aws_callback){ on_resources, job });
    else
        job_publish(job);
}

const struct job_operation import_operation = {
    .verb = "import into",
    .doing = "importing",
    .needs_bootstrap = true,
    .handle = handle_import,
    .change = job_change,
    .uploaded = job_uploaded,
};
