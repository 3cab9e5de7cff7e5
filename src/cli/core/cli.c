// SPDX-License-Identifier: MIT
#include "cli/core/cli.h"

#include "cli/app/environment_file.h"
#include "cli/core/command.h"
#include "data/value.h"
#include "util/die.h"
#include "util/display.h"
#include "util/process/signals.h"
#include "util/terminal.h"
#include "util/text/shell.h"

#include <errno.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const struct option global_options[] = {
    { "context", 'c', OPTION_LIST(struct global_options, context), .argument = "KEY=VALUE",
        .completes = COMPLETES_CONTEXT, .help = "set a context value; one that is JSON is taken as parsed" },
    { "env", 0, OPTION_LIST(struct global_options, environments), .argument = "NAME",
        .completes = COMPLETES_ENVIRONMENT,
        .help =
            "use the context, account and region of environments/NAME.json; several, or all, for commands "
            "that show them side by side" },
    { "profile", 0, OPTION_STRING(struct global_options, profile), .argument = "NAME",
        .completes = COMPLETES_PROFILE, .help = "use this profile of the AWS CLI" },
    { "region", 0, OPTION_STRING(struct global_options, region), .argument = "REGION",
        .help = "call AWS in this region when nothing else says which" },
    { "lookups", 0, OPTION_TOGGLE(struct global_options, lookups), .shown_negated = true,
        .help = "do not ask AWS for missing context; placeholders are used instead" },
    { "path-metadata", 0, OPTION_TOGGLE(struct global_options, path_metadata),
        .help = "put the construct path into every resource's metadata" },
    { "asset-metadata", 0, OPTION_TOGGLE(struct global_options, asset_metadata),
        .help = "put asset locations into the metadata of resources that use them" },
    { "color", 0, OPTION_TOGGLE(struct global_options, color), .shown_negated = true,
        .help = "print no colors; without a terminal, or with NO_COLOR set, there are none" },
    { "ci", 0, OPTION_TOGGLE(struct global_options, ci),
        .help = "show progress as lines, as for a log; the default when CI is set" },
    { "verbose", 'v', OPTION_COUNT(struct global_options, verbose), .help = "print debug messages" },
    { "help", 'h', OPTION_FLAG(struct global_options, help), .help = "show help" },
    { "version", 0, OPTION_FLAG(struct global_options, version), .help = "print the version" },
    OPTION_END,
};

bool cli_is_cdk_app(void)
{
    const char *directory = getenv("CDK_OUTDIR");

    return directory && *directory;
}

static void add_option(struct strbuf *out, const char *name, const char *value)
{
    strbuf_addf(out, " %s ", name);
    shell_add_word(out, value);
}

const char *cli_invocation(const struct cli *cli)
{
    STRBUF_AUTO text = STRBUF_INIT;

    strbuf_add_string(&text, cli->definition->name);
    for (size_t i = 0; i < cli->globals.context.count; i++)
        add_option(&text, "-c", cli->globals.context.items[i]);
    if (cli->environment)
        add_option(&text, "--env", cli->environment);
    if (cli->globals.profile)
        add_option(&text, "--profile", cli->globals.profile);
    if (cli->globals.region)
        add_option(&text, "--region", cli->globals.region);
    return arena_strdup(value_arena(), text.data);
}

const char *cli_stack_operand(const struct cli *cli, const char *name)
{
    STRBUF_AUTO text = STRBUF_INIT;

    shell_add_word(&text, name);
    if (cli->app)
        add_option(&text, "--app", cli->app);
    return arena_strdup(value_arena(), text.data);
}

static bool is_ci(void)
{
    const char *ci = getenv("CI");

    return ci && *ci && strcmp(ci, "false") != 0 && strcmp(ci, "0") != 0;
}

static int fail_usage(const struct cli *cli, const struct error *err)
{
    return cli_usage_error(cli, "%-s", err->message);
}

static int run_help(struct cli *cli, const struct command *command)
{
    STRBUF_AUTO text = STRBUF_INIT;
    int width = terminal_width(STDOUT_FILENO);

    if (command)
        help_command(&text, cli, command, width);
    else
        help_program(&text, cli, width);
    print_data(text.data, text.length);
    return EXIT_STATUS_OK;
}

static bool check_operands(
    const struct cli *cli, const struct command *command, const struct string_list *given)
{
    const struct operands *operands = &command->body->operands;
    int count = (int)given->count;
    STRBUF_AUTO usage = STRBUF_INIT;

    if (count >= operands->minimum && (operands->maximum == ANY_NUMBER || count <= operands->maximum))
        return true;
    help_usage(&usage, cli, command);
    if (count < operands->minimum)
        cli_error(cli, "'%s' needs a %s\n%-s", command->name, operands->name, usage.data);
    else
        cli_error(
            cli, "'%s' does not take '%s'\n%-s", command->name, given->items[operands->maximum], usage.data);
    return false;
}

static int choose_environments(struct cli *cli, const struct command *command)
{
    ERROR_AUTO err = ERROR_INIT;

    if (environments_choose(&cli->globals.environments, &cli->arena, &cli->environments, &err) < 0)
        return fail_usage(cli, &err);
    if (cli->environments.count > 1 && !command->body->takes_environments)
        return cli_usage_error(cli, "'%s' is for one environment at a time, and %zu are named", command->name,
            cli->environments.count);
    if (cli->environments.count == 1)
        cli->environment = cli->environments.items[0];
    return EXIT_STATUS_OK;
}

static int run_command(struct cli *cli, const struct command *command, const char *const *arguments)
{
    const struct command_body *body = command->body;
    ERROR_AUTO err = ERROR_INIT;
    void *options = arena_alloc(&cli->arena, body->options_size);
    // A command's own option of the same name comes first.
    const struct option_set sets[] = { { global_options, &cli->globals }, { body->options, options } };
    const struct option_set own_first[] = { sets[1], sets[0] };
    struct option_parser parser = { &cli->arena, body->options ? own_first : sets, body->options ? 2 : 1,
        arguments, { 0 }, command->name };

    if (options_parse(&parser, false, &err) < 0)
        return fail_usage(cli, &err);
    cli->color = cli->globals.color == TOGGLE_DEFAULT ? cli->color : cli->globals.color == YES;
    cli->ci = toggle_or(cli->globals.ci, is_ci());
    if (cli->globals.help)
        return run_help(cli, command);
    if (!check_operands(cli, command, &parser.operands) ||
        choose_environments(cli, command) != EXIT_STATUS_OK)
        return EXIT_STATUS_USAGE;
    return body->run(cli, options, &parser.operands);
}

static int run_without_command(struct cli *cli)
{
    STRBUF_AUTO text = STRBUF_INIT;

    if (cli->globals.version)
        return run_command(cli, command_find("version"), (const char *const[]){ NULL });
    if (cli->globals.help)
        return run_help(cli, NULL);
    if (cli_is_cdk_app())
        return run_command(cli, command_find("synth"), (const char *const[]){ NULL });
    help_program(&text, cli, terminal_width(STDERR_FILENO));
    print_text_lines(stderr, text.data, text.length);
    return EXIT_STATUS_USAGE;
}

static int run_arguments(struct cli *cli, const char *const *arguments)
{
    const struct option_set sets[] = { { global_options, &cli->globals } };
    struct option_parser parser = { &cli->arena, sets, 1, arguments, { 0 }, NULL };
    const struct command *command;
    ERROR_AUTO err = ERROR_INIT;

    if (options_parse(&parser, true, &err) < 0)
        return fail_usage(cli, &err);
    if (!*parser.arguments)
        return run_without_command(cli);
    command = command_find(*parser.arguments);
    if (!command)
        return command_unknown(cli, *parser.arguments);
    return run_command(cli, command, parser.arguments + 1);
}

// A result that did not arrive is a failure, also when the reader went away or the disk is full.
static int flush_results(const struct cli *cli, int status)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    if (errno == EPIPE)
        return 128 + SIGPIPE;
    cli_error(cli, "cannot write to standard output: %s", strerror(errno));
    return status == EXIT_STATUS_OK ? EXIT_STATUS_FAILURE : status;
}

// A run is short: memory that is given back is wanted again, and asking for it in small pieces takes time.
static void keep_memory(void)
{
#ifdef __GLIBC__
    mallopt(M_TOP_PAD, 2 * 1024 * 1024);
    mallopt(M_MMAP_THRESHOLD, 32 * 1024 * 1024);
    mallopt(M_TRIM_THRESHOLD, 64 * 1024 * 1024);
#endif
}

int cli_main(const struct app_definition *definition, int argc, char *const *argv)
{
    struct cli cli = { .definition = definition, .color = terminal_has_color(STDERR_FILENO) };
    struct arena *arena_before = value_arena_use(&cli.arena);
    int status;

    keep_memory();
    signals_install();
    status = argc > 0 ? run_arguments(&cli, (const char *const *)argv + 1) : run_without_command(&cli);
    status = flush_results(&cli, status);
    value_arena_use(arena_before);
    arena_release(&cli.arena);
    return status;
}
