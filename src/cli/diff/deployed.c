// SPDX-License-Identifier: MIT
#include "cli/diff/source.h"

#include "cli/core/cli.h"
#include "cli/stacks/target_stacks.h"
#include "data/json.h"
#include "data/value.h"
#include "deploy/operations/preview.h"
#include "template/template.h"
#include "util/die.h"
#include "util/process/signals.h"
#include "util/random.h"

#include <string.h>

enum { TURN_MS = 200 };

struct deployed_query {
    struct cli *cli;
    const struct diff_questions *questions;
    const struct diff_templates *app;
    struct diff_templates *templates;
    struct deployment deployment;
    struct preview *previews;
};

static void on_note(void *data, struct stack_job *job, const char *text)
{
    const struct deployed_query *query = data;

    cli_warning(query->cli, "%s: %s", job->stack->display_name, text);
}

// JSON comes as it is, YAML as text.
static int add_template(struct diff_templates *templates, const char *name, const struct value *body,
    const struct diff_template *rest, struct error *err)
{
    const char *source = arena_printf(value_arena(), "deployed template of '%s'", name);
    const char *text = value_string(body);
    const struct value *template = NULL;
    STRBUF_AUTO json = STRBUF_INIT;

    if (body && !text)
        json_write(&json, body, 0);
    if (body) {
        template = template_parse_noting(
            text ? text : json.data, text ? strlen(text) : json.length, source, &templates->duplicates, err);
        if (!template)
            return -1;
    }
    diff_templates_add(templates, name, template, NULL);
    templates->items[templates->count - 1].owner = rest->owner;
    templates->items[templates->count - 1].settings = rest->settings;
    templates->items[templates->count - 1].wanted_settings = rest->wanted_settings;
    templates->items[templates->count - 1].importers = rest->importers;
    templates->items[templates->count - 1].changes = rest->changes;
    templates->items[templates->count - 1].drifts = rest->drifts;
    templates->items[templates->count - 1].note = rest->note;
    return 0;
}

static int add_nested(struct diff_templates *templates, const struct stack_job *job,
    const struct value *nested, struct error *err)
{
    for (size_t i = 0; i < value_length(nested); i++) {
        const struct field *field = object_at(nested, i);
        const char *name = arena_printf(value_arena(), "%s/%s", job->stack->id, field->key);
        const struct value *body = value_type(field->value) == VALUE_NULL ? NULL : field->value;

        if (add_template(templates, name, body, &(struct diff_template){ .owner = job->stack->id }, err) < 0)
            return -1;
    }
    return 0;
}

static struct value *describe_properties(const struct drifted_resource *resource)
{
    struct value *list = array();

    for (size_t i = 0; i < resource->property_count; i++)
        array_append(list,
            object((struct field[]){
                { "PropertyPath", string(resource->properties[i].path) },
                { "ExpectedValue", string(resource->properties[i].expected) },
                { "ActualValue", string(resource->properties[i].actual) },
                END,
            }));
    return list;
}

// What has drifted, in the API's names.
static struct value *describe_drift(const struct drift *drift)
{
    struct value *list = array();

    for (size_t i = 0; drift && i < drift->resource_count; i++) {
        const struct drifted_resource *resource = &drift->resources[i];

        if (resource->status != DRIFT_MODIFIED && resource->status != DRIFT_DELETED)
            continue;
        array_append(list,
            object((struct field[]){
                { "LogicalResourceId", string(resource->logical_id) },
                { "ResourceType", string(resource->type) },
                { "StackResourceDriftStatus",
                    string(resource->status == DRIFT_DELETED ? "DELETED" : "MODIFIED") },
                { "PropertyDifferences", describe_properties(resource) },
                END,
            }));
    }
    return list;
}

static const char *note_of(const struct preview *preview, const struct stack_job *job)
{
    const char *drift = job->drift ? job->drift->problem : NULL;

    if (!drift)
        return preview->problem;
    drift = arena_printf(value_arena(), "its drift cannot be determined: %s", drift);
    return preview->problem ? arena_printf(value_arena(), "%s; %s", preview->problem, drift) : drift;
}

static int consume_job(struct deployed_query *query, const struct stack_job *job, bool *ret_refused)
{
    const struct preview *preview = job->own;
    const struct diff_template rest = { .settings = job_settings(job),
        .wanted_settings = job_wanted_settings(job),
        .importers = preview->importers,
        .changes = preview->changes,
        .drifts = describe_drift(job->drift),
        .note = note_of(preview, job) };
    ERROR_AUTO err = ERROR_INIT;

    if (job->stage == JOB_FAILED)
        return cli_error(query->cli, "%s: %-s", job->stack->display_name, job->problem);
    if (job->stage == JOB_SKIPPED)
        return EXIT_STATUS_FAILURE;
    if (preview->is_refused) {
        cli_error(query->cli, "%s: %-s", job->stack->display_name, preview->problem);
        *ret_refused = true;
    }
    if (add_template(query->templates, job->stack->id, preview->template, &rest, &err) < 0 ||
        add_nested(query->templates, job, preview->nested, &err) < 0)
        return cli_error(query->cli, "%-s", err.message);
    return 0;
}

static int consume_all(struct deployed_query *query, bool *ret_refused)
{
    int status = 0;

    *ret_refused = false;
    for (size_t i = 0; i < query->deployment.job_count; i++)
        if (consume_job(query, &query->deployment.jobs[i], ret_refused) != 0)
            status = EXIT_STATUS_FAILURE;
    return status;
}

// Of the stack's own nested stacks in the app; what only the deployed stack has goes with its resource.
static struct value *nested_in(const struct deployed_query *query, const struct cloud_stack *stack)
{
    struct value *nested = object((struct field[]){ END });

    for (size_t i = 0; i < query->app->count; i++) {
        const struct diff_template *template = &query->app->items[i];

        if (template->owner && strcmp(template->owner, stack->id) == 0)
            object_set(nested, template->name + strlen(stack->id) + 1, null());
    }
    return nested;
}

static void prepare(struct deployed_query *query)
{
    const char *change_set = NULL;
    char token[RANDOM_TOKEN_SIZE];

    // A name of its own: others may look at the same time.
    random_token(token);
    if (query->questions->change_sets)
        change_set = arena_printf(value_arena(), "tango-infra-diff-%s", token);
    query->previews = arena_alloc(value_arena(), query->deployment.job_count * sizeof(*query->previews));
    for (size_t i = 0; i < query->deployment.job_count; i++) {
        struct stack_job *job = &query->deployment.jobs[i];

        query->previews[i] = (struct preview){
            .change_set = change_set,
            .wants_drift = query->questions->drift,
            .nested = nested_in(query, job->stack),
            .importers = object((struct field[]){ END }),
        };
        job->own = &query->previews[i];
    }
}

// An interrupt waits for change sets to be removed.
static int run_comparison(struct deployed_query *query)
{
    bool was_interrupted = false;

    if (query->questions->change_sets)
        signals_note_first();
    deployment_start(&query->deployment);
    while (event_loop_run_once(query->deployment.queue, TURN_MS)) {
        if (!signals_pending() || was_interrupted)
            continue;
        was_interrupted = true;
        cli_info(query->cli, "Removing change sets...");
        deployment_stop(&query->deployment);
    }
    return was_interrupted ? 128 + signals_pending() : 0;
}

int diff_read_deployed(struct cli *cli, struct target_stacks *target, const struct diff_questions *questions,
    const struct diff_templates *app, struct diff_templates *templates, bool *ret_refused)
{
    struct deployed_query query = { .cli = cli, .questions = questions, .app = app, .templates = templates };
    const struct deploy_observer observer = { .note = on_note, .data = &query };
    struct deploy_options options = { 0 };
    int status = target_stacks_find_aws(cli, target);

    if (status != 0)
        return status;
    options = (struct deploy_options){
        .profile = target->profile,
        .default_region = target->region,
        .import_existing_resources = questions->imports_existing,
    };
    deployment_init(&query.deployment,
        &(struct deployment_props){
            .operation =
                questions->change_sets || questions->drift ? &preview_operation : &template_operation,
            .loop = &target->queue,
            .assembly = &target->assembly,
            .chosen = target->chosen,
            .options = &options,
        },
        &observer);
    prepare(&query);
    status = run_comparison(&query);
    if (status == 0)
        status = consume_all(&query, ret_refused);
    deployment_release(&query.deployment);
    return status;
}
