// SPDX-License-Identifier: MIT
#include "cli/app/aws.h"

#include "awscli/aws_cli.h"
#include "cli/app/context.h"
#include "cli/core/cli.h"
#include "data/value.h"
#include "util/array.h"
#include "util/process/process.h"
#include "util/strbuf.h"

#include <stdlib.h>
#include <string.h>

enum { TIMEOUT_MS = 60 * 1000, CONFIGURE_TIMEOUT_MS = 30 * 1000 };

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

static void show_command(const struct aws *aws, const char *const *arguments)
{
    STRBUF_AUTO line = STRBUF_INIT;

    for (; *arguments; arguments++)
        strbuf_addf(&line, " %s", *arguments);
    strbuf_add_string(&line, " --output json");
    if (aws->profile)
        strbuf_addf(&line, " --profile %s", aws->profile);
    if (aws->region)
        strbuf_addf(&line, " --region %s", aws->region);
    cli_debug(aws->cli, "Running: aws%s", line.data);
}

int aws_start(const struct aws *aws, struct process_loop *loop, const char *const *arguments, void *data,
    struct error *err)
{
    const struct aws_target target = { .profile = aws->profile, .region = aws->region };

    show_command(aws, arguments);
    return aws_cli_start(loop,
        &(struct aws_cli_call){
            .target = &target, .arguments = arguments, .timeout_ms = TIMEOUT_MS, .data = data },
        err);
}

int aws_answer(const struct process *process, const struct value **ret_answer, struct error *err)
{
    struct aws_reply reply;

    aws_cli_read(process, &reply);
    *ret_answer = reply.answer;
    if (reply.outcome == AWS_DONE)
        return 0;
    return error_set(err, "%s%s%s", reply.code, *reply.code ? ": " : "", reply.message);
}

// What the profile says.
static const char *configured_region(const struct aws *aws)
{
    const char *argv[] = { "aws", "configure", "get", "region", aws->profile ? "--profile" : NULL,
        aws->profile, NULL };
    ERROR_AUTO ignored = ERROR_INIT;
    bool is_option = aws->profile && *aws->profile == '-';
    PROCESS_AUTO *process = is_option
        ? NULL
        : process_run(
              &(struct process_options){ .argv = argv, .timeout_ms = CONFIGURE_TIMEOUT_MS }, &ignored);
    size_t length = process && process->exit_status == 0 ? strcspn(process->output.data, "\r\n") : 0;

    return length ? arena_strndup(value_arena(), process->output.data, length) : NULL;
}

const char *aws_default_region(const struct aws *aws)
{
    static const char *const variables[] = { "AWS_REGION", "AWS_DEFAULT_REGION" };

    if (aws->region)
        return aws->region;
    for (size_t i = 0; i < ARRAY_SIZE(variables); i++) {
        const char *region = getenv(variables[i]);

        if (region && *region)
            return region;
    }
    return configured_region(aws);
}
