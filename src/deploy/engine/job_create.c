// SPDX-License-Identifier: MIT
// Whether a stack is created by CreateStack instead of a change set, which has nothing to say about what
// there is not yet.
#include "deploy/engine/deployment_private.h"

#include "data/value.h"
#include "template/references.h"
#include "util/text/compare.h"

#include <string.h>

static bool has_output_exported_as(const struct value *description, const char *name)
{
    const struct value *outputs = object_get(description, "Outputs");

    for (size_t i = 0; i < value_length(outputs); i++)
        if (strings_equal(object_string(array_at(outputs, i), "ExportName"), name))
            return true;
    return false;
}

static bool is_exported(const struct stack_job *job, const char *name)
{
    const struct deployment *deployment = job->deployment;
    const struct value *stacks = job->environment->stacks;

    for (size_t i = 0; i < deployment->job_count; i++) {
        const struct stack_job *other = &deployment->jobs[i];

        if (other->environment == job->environment && job_has_ended(other) &&
            object_get(template_exports(other->stack->template), name))
            return true;
    }
    for (size_t i = 0; i < value_length(stacks); i++)
        if (has_output_exported_as(object_at(stacks, i)->value, name))
            return true;
    return false;
}

struct import_search {
    const struct stack_job *job;
    bool are_known;
};

static void on_reference(void *data, const struct template_reference *reference)
{
    struct import_search *imports = data;
    const char *name = reference->id ? NULL : value_string(reference->imports);

    if (!reference->id)
        imports->are_known &= name && is_exported(imports->job, name);
}

// An import that is not there makes a change set fail, but a creation only after it has begun.
static bool imports_are_known(const struct stack_job *job)
{
    struct import_search imports = { job, true };

    template_each_reference(object_get(job->stack->template, "Resources"), on_reference, &imports);
    template_each_reference(object_get(job->stack->template, "Outputs"), on_reference, &imports);
    return imports.are_known;
}

bool job_creates_directly(const struct stack_job *job)
{
    const struct deploy_options *options = job->deployment->options;

    // One under review can only be created by a change set.
    return options->creates_directly && job->is_new &&
        !strings_equal(job_status(job), "REVIEW_IN_PROGRESS") && !job->change.needs_change_set &&
        !options->import_existing_resources && !options->include_nested && imports_are_known(job);
}
