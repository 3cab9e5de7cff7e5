// SPDX-License-Identifier: MIT
// Exports in use that a change would remove, or give another value: CloudFormation refuses both, at the end
// of the update, and rolls it back.
#include "deploy/engine/deployment_private.h"

#include "data/value.h"
#include "diff/compare/intrinsic.h"
#include "diff/diff.h"
#include "template/references.h"
#include "template/template.h"
#include "util/array.h"
#include "util/strbuf.h"
#include "util/text/compare.h"

#include <string.h>

// What becomes of an export that is not the same in both templates.
enum export_fate {
    EXPORT_GOES,
    EXPORT_REPLACED, // it has the value of a resource that is replaced
    EXPORT_CHANGES,
    EXPORT_UNKNOWN, // it is written otherwise; whether its value is another one is known only at deployment
    EXPORT_SAME,
};

struct touched_export {
    struct stack_job *job;
    const char *name;
    const char *output;
    enum export_fate fate;
    const struct diff_stack *diff;
};

static struct stack_job *job_named(const struct stack_job *job, const char *stack)
{
    for (size_t i = 0; i < job->deployment->job_count; i++) {
        struct stack_job *other = &job->deployment->jobs[i];

        if (other->environment == job->environment && strcmp(other->stack->name, stack) == 0)
            return other;
    }
    return NULL;
}

static const char *names_of(const struct value *importers)
{
    STRBUF_AUTO names = STRBUF_INIT;

    for (size_t i = 0; i < value_length(importers); i++)
        strbuf_addf(&names, "%s'%s'", i ? ", " : "", value_string_or_empty(array_at(importers, i)));
    return arena_strdup(value_arena(), names.data);
}

const char *job_export_in_use(
    const struct stack_job *job, const struct weakening *weakening, const struct value *importers)
{
    return arena_printf(job->deployment->arena,
        "its export '%s' would %s, but is still in use by %s\n"
        "deploy what uses it first, without the use ('tango-infra deploy --exclusively'), or keep the export "
        "for this deployment",
        weakening->export, weakening->is_change ? "get another value" : "be removed", names_of(importers));
}

enum { NAMED_RESOURCES = 5 };

static const char *replaced_resources(const struct stack_job *job, const struct diff_stack *diff)
{
    STRBUF_AUTO text = STRBUF_INIT;
    size_t count = 0;

    for (size_t i = 0; i < diff->resource_count; i++) {
        const struct diff_resource *resource = &diff->resources[i];
        const char *construct = cloud_stack_construct(job->stack, resource->id);

        if (resource->impact != DIFF_REPLACE || resource->is_consequence)
            continue;
        if (count++ < NAMED_RESOURCES)
            strbuf_addf(&text, "%s%s (%s)", text.length ? ", " : "", construct ? construct : resource->id,
                resource->type ? resource->type : "?");
    }
    if (count > NAMED_RESOURCES)
        strbuf_addf(&text, " and %zu more", count - NAMED_RESOURCES);
    return arena_strdup(value_arena(), text.data);
}

// CloudFormation user guide, "Fn::ImportValue": the value of an export cannot be changed while it is
// imported. What imports it cannot be deployed first either: it would have to use what is not there yet.
static void fail_replaced(
    struct stack_job *job, const struct touched_export *export, const struct value *importers)
{
    job_fail(job,
        "the change would replace %s\nits export '%s' is in use by '%s', so that CloudFormation refuses it: this "
        "cannot be changed once it is deployed; put the setting back, or deploy another environment",
        replaced_resources(job, export->diff), export->name, value_string(array_at(importers, 0)));
}

static void weaken(struct stack_job *job, const struct touched_export *export, const struct value *importers)
{
    struct arena *arena = job->deployment->arena;
    struct weakening model = { NULL, export->name, export->output, export->fate == EXPORT_CHANGES, NULL };

    for (size_t i = 0; i < value_length(importers); i++)
        if (!job_named(job, value_string_or_empty(array_at(importers, i)))) {
            job_fail(job, "%s", job_export_in_use(job, &model, importers));
            return;
        }
    for (size_t i = 0; i < value_length(importers); i++) {
        struct weakening *weakening = arena_memdup(arena, &model, sizeof(model));

        weakening->importer = job_named(job, value_string_or_empty(array_at(importers, i)));
        weakening->next = job->exports.weakenings;
        job->exports.weakenings = weakening;
    }
}

static void note_importers(
    struct stack_job *job, const struct touched_export *export, const struct value *importers)
{
    if (!value_length(importers))
        return;
    if (export->fate == EXPORT_REPLACED)
        fail_replaced(job, export, importers);
    else if (export->fate == EXPORT_UNKNOWN)
        job_note(job,
            "its export '%s', which %s imports, is written otherwise now: where that gives another value, "
            "CloudFormation refuses the change",
            export->name, names_of(importers));
    else
        weaken(job, export, importers);
}

static void on_imports(void *data, const struct aws_reply *reply)
{
    const struct touched_export *export = data;
    struct stack_job *job = export->job;

    job->exports.open_exports--;
    if (job_has_ended(job))
        return;
    if (reply->outcome != AWS_DONE && !strstr(reply->message, "is not imported by any stack")) {
        job_fail_reply(job, "cannot see who uses its exports", reply);
        return;
    }
    note_importers(job, export, object_get(reply->answer, "Imports"));
    if (!job_has_ended(job) && !job->exports.open_exports)
        job_publish(job);
}

static void ask(const struct touched_export *model)
{
    struct arena *arena = model->job->deployment->arena;
    struct touched_export *export = arena_memdup(arena, model, sizeof(*model));

    export->name = arena_strdup(arena, model->name);
    export->output = arena_strdup(arena, model->output);
    export->job->exports.open_exports++;
    list_imports(&export->job->cf, export->name, (struct aws_callback){ on_imports, export });
}

// Who imports them is not known yet: as if somebody did.
static struct value *every_export(const struct stack_job *job)
{
    const struct value *outputs = object_get(job->current, "Outputs");
    struct value *exports = object((struct field[]){ END });

    for (size_t i = 0; i < value_length(outputs); i++) {
        const char *name = object_string(array_at(outputs, i), "ExportName");

        if (name)
            object_set(exports, name, strings((const char *[]){ "", NULL }));
    }
    return exports;
}

static const struct diff_stack *compare(const struct stack_job *job)
{
    struct arena *before = value_arena_use(job->deployment->arena);
    const struct diff_input input = {
        .name = job->stack->display_name,
        .before = job->current_template,
        .after = job->stack->template,
        .importers = every_export(job),
    };
    struct diff *diff = arena_alloc(value_arena(), sizeof(*diff));

    diff_compare(&input, 1, &(struct diff_options){ .deployed = true }, diff);
    value_arena_use(before);
    return &diff->stacks[0];
}

// The value that an export will have.

// As text with "${...}" for what is referred to.
static const char *expression(const struct value *value)
{
    const char *substituted = value_length(value) == 1 ? object_string(value, "Fn::Sub") : NULL;

    return substituted ? substituted : diff_intrinsic_text(value);
}

static const char *output_value(const struct stack_job *job, const char *output)
{
    const struct value *outputs = object_get(job->current, "Outputs");

    for (size_t i = 0; output && i < value_length(outputs); i++)
        if (strings_equal(object_string(array_at(outputs, i), "OutputKey"), output))
            return object_string(array_at(outputs, i), "OutputValue");
    return NULL;
}

// What another output, or the same one, has shown of a reference.
static const char *shown_by_output(const struct stack_job *job, const char *reference)
{
    const struct value *outputs = object_get(job->current_template, "Outputs");

    for (size_t i = 0; i < value_length(outputs); i++)
        if (strcmp(expression(object_get(object_at(outputs, i)->value, "Value")), reference) == 0)
            return output_value(job, object_at(outputs, i)->key);
    return NULL;
}

// `reference` with its braces; NULL: not known.
static const char *known_value(const struct stack_job *job, const char *reference)
{
    const struct {
        const char *name, *value;
    } known[] = { { "${AWS::AccountId}", job->environment->account },
        { "${AWS::Region}", job->environment->region }, { "${AWS::Partition}", job->environment->partition },
        { "${AWS::StackName}", job->stack->name }, { "${AWS::StackId}", job_stack_id(job) } };
    const char *name = arena_strndup(value_arena(), reference + 2, strlen(reference) - 3);

    for (size_t i = 0; i < ARRAY_SIZE(known); i++)
        if (strcmp(known[i].name, reference) == 0)
            return known[i].value;
    if (object_get(object_get(job->stack->template, "Parameters"), name))
        return job_parameter_value(job, name);
    return shown_by_output(job, reference);
}

// NULL: not known before it is deployed.
static const char *evaluate(const struct stack_job *job, const char *text)
{
    STRBUF_AUTO result = STRBUF_INIT;

    if (*text == '{' || *text == '[')
        return NULL;
    while (*text) {
        const char *end = strncmp(text, "${", 2) == 0 ? strchr(text, '}') : NULL;
        const char *value =
            end ? known_value(job, arena_strndup(value_arena(), text, (size_t)(end - text) + 1)) : NULL;

        if (end && !value)
            return NULL;
        strbuf_add(&result, end ? value : text, end ? strlen(value) : 1);
        text = end ? end + 1 : text + 1;
    }
    return arena_strdup(value_arena(), result.data);
}

struct replaced_search {
    const struct diff_stack *diff;
    bool is_found;
};

static void found_reference(void *data, const struct template_reference *reference)
{
    struct replaced_search *search = data;

    for (size_t i = 0; reference->id && i < search->diff->resource_count; i++)
        search->is_found |= search->diff->resources[i].impact == DIFF_REPLACE &&
            strcmp(search->diff->resources[i].id, reference->id) == 0;
}

static enum export_fate fate_of(
    const struct stack_job *job, const struct diff_stack *diff, const struct diff_export *export)
{
    const struct value *before = object_get(template_exports(job->current_template), export->name);
    const struct value *after = object_get(template_exports(job->stack->template), export->name);
    struct replaced_search search = { diff, false };
    const char *deployed = output_value(job, export->output);
    const char *value = evaluate(job, expression(after));

    template_each_reference(after, found_reference, &search);
    if (search.is_found)
        return EXPORT_REPLACED;
    if (value && deployed)
        return strcmp(value, deployed) == 0 ? EXPORT_SAME : EXPORT_CHANGES;
    return strcmp(expression(before), expression(after)) == 0 ? EXPORT_SAME : EXPORT_UNKNOWN;
}

void job_find_importers(struct stack_job *job)
{
    const struct value *outputs = object_get(job->current, "Outputs");
    const struct value *wanted = template_exports(job->stack->template);
    const struct diff_stack *diff = compare(job);

    if (job_fails_at_a_name(job, diff) || job_fails_at_addresses(job, diff))
        return;
    for (size_t i = 0; i < value_length(outputs); i++) {
        const struct value *output = array_at(outputs, i);
        const char *name = object_string(output, "ExportName");

        if (name && !object_get(wanted, name))
            ask(&(struct touched_export){
                job, name, object_string_or_empty(output, "OutputKey"), EXPORT_GOES, diff });
    }
    for (size_t i = 0; i < diff->export_count; i++) {
        const struct diff_export *export = &diff->exports[i];
        enum export_fate fate = export->kind == DIFF_CHANGED ? fate_of(job, diff, export) : EXPORT_SAME;

        if (fate != EXPORT_SAME)
            ask(&(struct touched_export){ job, export->name, export->output, fate, diff });
    }
}
