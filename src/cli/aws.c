// SPDX-License-Identifier: MIT
#include "cli/aws.h"

#include "cdk/json.h"
#include "cdk/value.h"
#include "cli/cli.h"
#include "cli/context.h"

#include <string.h>

enum { TIMEOUT_MS = 60 * 1000 };

int aws_init(struct aws *aws, const struct cli *cli, const struct context *context, struct error *err)
{
    aws->cli = cli;
    if (context_setting_text(context, "profile", &aws->profile, err) < 0 ||
        context_setting_text(context, "region", &aws->region, err) < 0)
        return -1;
    if (cli->globals.profile)
        aws->profile = cli->globals.profile;
    if (cli->globals.region)
        aws->region = cli->globals.region;
    return 0;
}

static void show(const struct cli *cli, const struct text_list *argv)
{
    STRBUF_AUTO line = STRBUF_INIT;

    for (size_t i = 0; i < argv->count; i++)
        strbuf_addf(&line, "%s%s", i ? " " : "", argv->items[i]);
    cli_debug(cli, "Running: %s", line.data);
}

int aws_start(const struct aws *aws, struct process_loop *loop, const char *const *arguments, void *data,
    struct error *err)
{
    static const char *const environment[] = { "AWS_PAGER=", NULL };
    struct arena arena = ARENA_INIT;
    struct text_list argv = { 0 };
    int status;

    text_list_add(&argv, &arena, "aws");
    for (; *arguments; arguments++)
        text_list_add(&argv, &arena, *arguments);
    text_list_add(&argv, &arena, "--output");
    text_list_add(&argv, &arena, "json");
    if (aws->profile) {
        text_list_add(&argv, &arena, "--profile");
        text_list_add(&argv, &arena, aws->profile);
    }
    if (aws->region) {
        text_list_add(&argv, &arena, "--region");
        text_list_add(&argv, &arena, aws->region);
    }
    show(aws->cli, &argv);
    text_list_add(&argv, &arena, NULL);
    status = process_start(loop,
        &(struct process_options){
            .argv = argv.items, .environment = environment, .timeout_ms = TIMEOUT_MS, .data = data },
        err);
    arena_release(&arena);
    return status;
}

// The AWS CLI says what matters on the last line that is not empty.
static int fail(const struct process *process, struct error *err)
{
    const char *text = process->error_output.data;
    const char *end = text + process->error_output.length;
    const char *start;

    while (end > text && strchr("\r\n \t", end[-1]))
        end--;
    for (start = end; start > text && start[-1] != '\n';)
        start--;
    if (start == end)
        return error_set(err, "'aws' ended with status %d", process->exit_status);
    return error_set(err, "%.*s", (int)(end - start), start);
}

int aws_answer(const struct process *process, struct value **ret_answer, struct error *err)
{
    if (process->timed_out)
        return error_set(err, "'aws' did not answer within %d seconds", TIMEOUT_MS / 1000);
    if (process->exit_status != 0)
        return fail(process, err);
    *ret_answer = json_parse(process->output.data, process->output.length, "answer of 'aws'", err);
    return *ret_answer ? 0 : -1;
}
