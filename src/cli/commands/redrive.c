// SPDX-License-Identifier: MIT
#include "deploy/operations/redrive.h"
#include "cdk/dead_letters.h"
#include "cli/core/cli.h"
#include "cli/core/command.h"
#include "cli/core/prompt.h"
#include "cli/core/table.h"
#include "cli/stacks/query.h"
#include "data/value.h"
#include "deploy/engine/deployment.h"
#include "util/die.h"
#include "util/display.h"
#include "util/text/columns.h"
#include "util/timestamp.h"

#include <stdio.h>
#include <string.h>

enum { ERROR_COLUMNS = 500 }; // of what a function may have said at any length

struct redrive_command {
    struct target_options target;
    int max;
    bool dry_run;
    bool yes;
};

static const struct option options[] = {
    { "max", 'n', OPTION_INTEGER(struct redrive_command, max), .argument = "N", .minimum = 1,
        .maximum = 1000000, .help = "send at most N messages; the default is as many as there are" },
    { "dry-run", 0, OPTION_FLAG(struct redrive_command, dry_run), .help = "only show what is in the queue" },
    { "yes", 'y', OPTION_FLAG(struct redrive_command, yes), .help = "do not ask" },
    TARGET_IN_MEMORY_OPTIONS(struct redrive_command),
    OPTION_END,
};

struct redrive_run {
    struct cli *cli;
    const struct redrive_command *given;
    const struct dead_letters *letters;
    struct redrive redrive;
    size_t left; // messages that may still be received
    size_t failed;
};

static const struct dead_letters *find_letters(const struct cli *cli, const char *name)
{
    for (const struct dead_letters *row = cli->definition->dead_letters; row && row->name; row++)
        if (strcmp(row->name, name) == 0)
            return row;
    return NULL;
}

static int unknown_letters(const struct cli *cli, const char *name)
{
    STRBUF_AUTO names = STRBUF_INIT;

    for (const struct dead_letters *row = cli->definition->dead_letters; row && row->name; row++)
        strbuf_addf(&names, "%s%s", names.length ? ", " : "", row->name);
    return cli_usage_error(cli, "there are no dead letters of '%s'%s%s", name,
        names.length ? "\nthere are those of " : "", names.data);
}

// The physical id of the construct at this path below its stack; NULL when it is not deployed.
static const char *physical_id(const struct deployment *deployment, const char *path)
{
    for (size_t i = 0; i < deployment->job_count; i++) {
        const struct stack_job *job = &deployment->jobs[i];
        const char *wanted = arena_printf(value_arena(), "%s/%s/Resource", job->stack->display_name, path);

        for (size_t j = 0; j < value_length(job->removal.resources); j++) {
            const struct value *resource = array_at(job->removal.resources, j);
            const char *construct =
                cloud_stack_construct(job->stack, object_string_or_empty(resource, "LogicalResourceId"));

            if (construct && strcmp(construct, wanted) == 0)
                return object_string(resource, "PhysicalResourceId");
        }
    }
    return NULL;
}

static int find_resources(struct redrive_run *run, struct stack_query *query)
{
    const char *queue = physical_id(&query->deployment, run->letters->queue);
    const char *target = physical_id(&query->deployment, run->letters->target);
    const struct stack_job *job = query->deployment.jobs;

    for (size_t i = 0; i < query->deployment.job_count; i++)
        if (value_length(query->deployment.jobs[i].removal.resources))
            job = &query->deployment.jobs[i];
    if (!queue || !target)
        return cli_error(run->cli, "%s is not deployed in %s of account %s",
            queue ? run->letters->target : run->letters->queue, job->environment->region,
            job->environment->account);
    run->redrive =
        (struct redrive){ .queue = &query->target.queue, .target = job_caller(job), .queue_url = queue };
    if (run->letters->source == DEAD_LETTERS_OF_FUNCTION)
        run->redrive.function = target;
    else
        run->redrive.event_bus = target;
    return 0;
}

// Showing.

static const char *shortened(const char *text)
{
    char *start = arena_strdup(value_arena(), text);

    text_truncate(start, ERROR_COLUMNS);
    return strlen(start) == strlen(text) ? text : arena_printf(value_arena(), "%s...", start);
}

static void show_messages(const struct redrive_message *messages, size_t count)
{
    struct table table = { .arena = value_arena(), .columns = 4 };
    char time[32];

    for (size_t i = 0; i < count; i++) {
        const struct redrive_message *one = &messages[i];
        const char *error = one->problem ? one->problem : *one->error ? one->error : "-";

        table_add(&table,
            (const char *[]){ timestamp_text(time, sizeof(time), one->sent_at), one->id,
                *one->type ? one->type : "-", shortened(display_printf(value_arena(), "%s", error)) });
    }
    table_print(&table);
    fflush(stdout);
}

static const char *destination(const struct redrive_run *run)
{
    return arena_printf(value_arena(), run->redrive.function ? "function '%s'" : "event bus '%s'",
        run->redrive.function ? run->redrive.function : run->redrive.event_bus);
}

// Sending.

static void give_back(struct redrive_run *run, const struct redrive_message *messages, size_t count)
{
    for (size_t i = 0; i < count; i++)
        redrive_give_back(&run->redrive, &messages[i]);
}

static bool may_send(const struct redrive_run *run, size_t count)
{
    if (run->given->yes)
        return true;
    if (prompt_is_possible())
        return prompt_yes("Send %s%zu back to %s, the first one as a sample?",
            run->given->max ? "at most " : "about ", count, destination(run));
    cli_error(run->cli, "there is no terminal to ask whether to send them back; --yes does not ask");
    return false;
}

// Returns -1 when the first message of all fails: the rest would too.
static int send_batch(struct redrive_run *run, const struct redrive_message *messages, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct redrive_message *one = &messages[i];
        ERROR_AUTO err = ERROR_INIT;

        if (one->problem) {
            cli_warning(run->cli, "message %s stays in the queue: %-s", one->id, one->problem);
            run->redrive.kept++;
            continue;
        }
        if (redrive_send(&run->redrive, one, &err) == 0)
            continue;
        cli_error(run->cli, "message %s stays in the queue: %-s", one->id, err.message);
        run->failed++;
        if (!run->redrive.sent) {
            give_back(run, messages + i, count - i);
            return -1;
        }
    }
    return 0;
}

static int report_redrive(const struct redrive_run *run)
{
    cli_info(run->cli, "%zu sent back to %s", run->redrive.sent, destination(run));
    if (!run->failed && !run->redrive.kept)
        return EXIT_STATUS_OK;
    return cli_error(run->cli, "%zu stay in the queue", run->failed + run->redrive.kept);
}

static int next_batch(struct redrive_run *run, struct redrive_message **ret_messages, size_t *ret_count)
{
    ERROR_AUTO err = ERROR_INIT;

    *ret_count = 0;
    if (run->left && redrive_receive(&run->redrive, run->left, ret_messages, ret_count, &err) < 0)
        return cli_error(run->cli, "cannot receive messages: %-s", err.message);
    run->left -= *ret_count < run->left ? *ret_count : run->left;
    return 0;
}

static int send_all(struct redrive_run *run)
{
    struct redrive_message *messages;
    size_t count, planned = run->left;

    if (next_batch(run, &messages, &count) != 0)
        return EXIT_STATUS_FAILURE;
    show_messages(messages, count);
    if (run->given->dry_run || !count) {
        give_back(run, messages, count);
        return EXIT_STATUS_OK;
    }
    if (!may_send(run, planned)) {
        give_back(run, messages, count);
        return EXIT_STATUS_FAILURE;
    }
    while (count) {
        if (send_batch(run, messages, count) < 0)
            return cli_error(run->cli, "the first message fails, so no other one was sent");
        if (next_batch(run, &messages, &count) != 0)
            return EXIT_STATUS_FAILURE;
    }
    return report_redrive(run);
}

static int redrive(struct redrive_run *run)
{
    ERROR_AUTO err = ERROR_INIT;

    if (redrive_count(&run->redrive, &err) < 0)
        return cli_error(run->cli, "cannot see the queue %s: %-s", run->redrive.queue_url, err.message);
    cli_info(run->cli, "about %zu message%s in %s", run->redrive.waiting,
        run->redrive.waiting == 1 ? "" : "s", run->redrive.queue_url);
    run->left = run->redrive.waiting;
    if (run->given->max && (size_t)run->given->max < run->left)
        run->left = (size_t)run->given->max;
    return send_all(run);
}

static int run_redrive(struct cli *cli, const void *values, const struct string_list *operands)
{
    const struct redrive_command *given = values;
    struct redrive_run run = { .cli = cli, .given = given, .letters = find_letters(cli, operands->items[0]) };
    struct stack_query query;
    int status;

    if (!run.letters)
        return unknown_letters(cli, operands->items[0]);
    status = stack_query_open(cli, &given->target, &(struct string_list){ 0 }, &queues_operation, &query);
    query.tolerates_missing = true;
    if (status == 0)
        status = stack_query_status(&query);
    if (status == 0)
        status = find_resources(&run, &query);
    if (status == 0)
        status = redrive(&run);
    stack_query_release(&query);
    return status;
}

const struct command_body cmd_redrive = {
    .operands = { "NAME", 1, 1, OPERAND_DEAD_LETTERS },
    .options = options,
    .options_size = sizeof(struct redrive_command),
    .description = "Sends what is in a dead letter queue back to where it came from: 'audit' invokes the "
                   "consumer of the audit log with each event again, 'publisher' sends events that were "
                   "given up to the event bus. Shows the first messages, asks, and sends one as a sample: "
                   "where that fails, no other one is sent. A message is deleted once it has arrived; what "
                   "fails again, or is of no use, stays in the queue. The receivers take a message that "
                   "comes twice as one.",
    .run = run_redrive,
};
