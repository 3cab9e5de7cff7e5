// SPDX-License-Identifier: MIT
#include "cli/stacks/outputs.h"

#include "data/json.h"
#include "data/value.h"
#include "deploy/engine/deployment.h"
#include "deploy/operations/secret_outputs.h"
#include "util/display.h"
#include "util/file/file.h"

#include <stdlib.h>
#include <string.h>

enum { INDENT = 2, ONLY_OWNER = 0600 };

static int compare_keys(const void *a, const void *b)
{
    const struct value *const *left = a;
    const struct value *const *right = b;

    return strcmp(object_string_or_empty(*left, "OutputKey"), object_string_or_empty(*right, "OutputKey"));
}

const struct value **outputs_sorted(const struct value *description, size_t *ret_count)
{
    const struct value *list = object_get(description, "Outputs");
    size_t count = value_length(list);
    const struct value **sorted = arena_alloc(value_arena(), (count + 1) * sizeof(*sorted));

    for (size_t i = 0; i < count; i++)
        sorted[i] = array_at(list, i);
    qsort(sorted, count, sizeof(struct value *), compare_keys);
    *ret_count = count;
    return sorted;
}

static struct value *outputs_of(const struct value *description)
{
    struct value *outputs = object((struct field[]){ END });
    size_t count;
    const struct value **sorted = outputs_sorted(description, &count);

    for (size_t i = 0; i < count; i++)
        object_set(outputs, object_string(sorted[i], "OutputKey"), object_get(sorted[i], "OutputValue"));
    return outputs;
}

static bool stands(const struct stack_job *job)
{
    return job->stage == JOB_DONE || job->stage == JOB_UNCHANGED;
}

// The template is the one that was deployed by now.
static bool is_secret(const struct stack_job *job, const char *key)
{
    return stack_has_hidden_parameters(job->current) && output_is_secret(job->stack->template, key);
}

// Made for another stack's reference, with the name that the CDK gives to its export (aws-cdk-lib:
// core/lib/private/refs.ts).
static bool is_generated_export(const struct value *output)
{
    static const char prefix[] = "ExportsOutput";
    const char *key = object_string_or_empty(output, "OutputKey");
    const char *colon = strrchr(object_string_or_empty(output, "ExportName"), ':');

    return strncmp(key, prefix, strlen(prefix)) == 0 && colon && strcmp(colon + 1, key) == 0;
}

bool outputs_print(const struct stack_job *job)
{
    size_t count;
    const struct value **outputs = outputs_sorted(job->current, &count);

    if (!stands(job))
        return false;
    for (size_t i = 0; i < count && job->stage != JOB_UNCHANGED; i++) {
        const char *key = object_string_or_empty(outputs[i], "OutputKey");

        if (!is_generated_export(outputs[i]))
            print("%s.%s = %s\n", job->stack->name, key,
                is_secret(job, key) ? "****" : object_string_or_empty(outputs[i], "OutputValue"));
    }
    print("%s\n", object_string_or_empty(job->current, "StackId"));
    return true;
}

int outputs_write(const struct deployment *deployment, const char *path, struct error *err)
{
    struct value *all = object((struct field[]){ END });
    STRBUF_AUTO text = STRBUF_INIT;

    for (size_t i = 0; i < deployment->job_count; i++)
        if (stands(&deployment->jobs[i]))
            object_set(all, deployment->jobs[i].stack->name, outputs_of(deployment->jobs[i].current));
    json_write_unicode(&text, all, INDENT);
    strbuf_add_char(&text, '\n');
    return file_write(path, text.data, text.length, ONLY_OWNER, err);
}
