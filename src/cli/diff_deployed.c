// SPDX-License-Identifier: MIT
#include "cli/diff_source.h"

#include "cdk/json.h"
#include "cdk/stack.h"
#include "cdk/synth.h"
#include "cdk/value.h"
#include "cli/aws.h"
#include "cli/select.h"
#include "template/template.h"
#include "util/process.h"

#include <string.h>

enum { AT_ONCE = 8 }; // AWS CLIs side by side: each is a process of 100 MB

struct fetch {
    const struct aws *aws;
    const struct selection *selection;
    struct diff_templates *templates;
    struct process_loop loop;
    size_t next; // stack to start with
};

static int start(struct fetch *fetch, struct error *err)
{
    const struct stack *stack = fetch->selection->stacks[fetch->next]->stack;
    const char *region = value_string(value_if_literal(stack->region));
    struct aws aws = *fetch->aws;

    if (region)
        aws.region = region;
    return aws_start(&aws, &fetch->loop,
        (const char *const[]){ "cloudformation", "get-template", "--stack-name", stack->name,
            "--template-stage", "Original", NULL },
        &fetch->templates->items[fetch->next++], err);
}

static bool says_missing(const struct process *process)
{
    return process->exit_status != 0 && strstr(process->error_output.data, "ValidationError") &&
        strstr(process->error_output.data, "does not exist");
}

// JSON comes as it is, YAML as text; a stack that was never created has none.
static int take_body(struct diff_template *template, const struct value *body, struct error *err)
{
    const char *name = arena_printf(value_arena(), "deployed template of '%s'", template->name);
    const char *text = value_string(body);
    STRBUF_AUTO json = STRBUF_INIT;

    if (!body || (text && !*text))
        return 0;
    if (!text)
        json_write(&json, body, 0);
    template->template =
        template_parse(text ? text : json.data, text ? strlen(text) : json.length, name, err);
    return template->template ? 0 : -1;
}

static int take(const struct process *process, struct error *err)
{
    struct diff_template *template = process->data;
    const struct value *answer;
    ERROR_AUTO reason = ERROR_INIT;

    if (says_missing(process))
        return 0;
    if (aws_answer(process, &answer, &reason) < 0)
        return error_set(err, "cannot get the deployed template of '%s': %s", template->name, reason.message);
    return take_body(template, object_get(answer, "TemplateBody"), err);
}

static int run(struct fetch *fetch, struct error *err)
{
    size_t running = 0;

    for (;;) {
        PROCESS_AUTO *process = NULL;

        while (fetch->next < fetch->selection->count && running < AT_ONCE) {
            if (start(fetch, err) < 0)
                return -1;
            running++;
        }
        process = process_loop_next(&fetch->loop, PROCESS_NO_TIMEOUT);
        if (!process)
            return 0;
        running--;
        if (take(process, err) < 0)
            return -1;
    }
}

int diff_read_deployed(const struct aws *aws, const struct selection *selection,
    struct diff_templates *templates, struct error *err)
{
    struct fetch fetch = { .aws = aws, .selection = selection, .templates = templates };
    int status;

    for (size_t i = 0; i < selection->count; i++)
        diff_templates_add(templates, selection->stacks[i]->stack->artifact_id, NULL, NULL);
    status = run(&fetch, err);
    process_loop_release(&fetch.loop);
    return status;
}
