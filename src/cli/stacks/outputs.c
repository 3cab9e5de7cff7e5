// SPDX-License-Identifier: MIT
#include "cli/stacks/outputs.h"

#include "data/json.h"
#include "data/value.h"
#include "deploy/engine/deployment.h"
#include "deploy/operations/secret_outputs.h"
#include "util/file/file.h"

#include <stdio.h>
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

void outputs_print(const struct stack_job *job)
{
    const struct value *outputs = outputs_of(job->current);

    if (!stands(job))
        return;
    for (size_t i = 0; i < value_length(outputs); i++) {
        const struct field *output = object_at(outputs, i);

        printf("%s.%s = %s\n", job->stack->name, output->key,
            is_secret(job, output->key) ? "****" : value_string_or_empty(output->value));
    }
    printf("%s\n", object_string_or_empty(job->current, "StackId"));
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
