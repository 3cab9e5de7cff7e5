// SPDX-License-Identifier: MIT
#include "cdk/value.h"
#include "cli/aws.h"
#include "cli/cli.h"
#include "cli/command.h"
#include "cli/diff_output.h"
#include "cli/diff_source.h"
#include "cli/select.h"
#include "cli/synthesis.h"
#include "util/terminal.h"
#include "util/usage.h"

#include <string.h>
#include <unistd.h>

enum {
    EXIT_STATUS_DIFFERENT = 2,
    CONTEXT_LINES = 3,
    CONTEXT_LINES_LIMIT = 10000,
};

static const char any_change[] = "any-change";
static const char broadening[] = "broadening";
static const char destructive[] = "destructive";

struct diff_cli_options {
    const char *baseline;
    const char *template;
    struct text_list formats;
    bool exclusively;
    bool strict;
    bool security_only;
    bool summary;
    int context_lines;
    bool fail;
    const char *fail_on;
};

static const char *const fail_choices[] = { any_change, broadening, destructive, NULL };

static const struct option options[] = {
    { "baseline", 'b', OPTION_TEXT(struct diff_cli_options, baseline), .argument = "DIR",
        .help = "compare with this assembly folder, or with templates of git: git:REF[:PATH]" },
    { "template", 't', OPTION_TEXT(struct diff_cli_options, template), .argument = "FILE",
        .help = "compare the one given stack with this template, JSON or YAML" },
    { "format", 'f', OPTION_LIST(struct diff_cli_options, formats), .argument = "FORMAT[=FILE]",
        .help = "text, json, markdown or html; may be given again with a FILE" },
    { "exclusively", 'e', OPTION_FLAG(struct diff_cli_options, exclusively),
        .help = "look only at the given stacks, not at those they depend on" },
    { "strict", 0, OPTION_FLAG(struct diff_cli_options, strict),
        .help = "show metadata and hashes of assets too, and compare text as text" },
    { "security-only", 0, OPTION_FLAG(struct diff_cli_options, security_only),
        .help = "show only what changes permissions" },
    { "summary", 0, OPTION_FLAG(struct diff_cli_options, summary), .help = "show one line a stack" },
    { "context-lines", 0, OPTION_INTEGER(struct diff_cli_options, context_lines), .argument = "N",
        .help = "show N equal lines around changes in lists (3)", .minimum = 1,
        .maximum = CONTEXT_LINES_LIMIT },
    { "fail", 0, OPTION_FLAG(struct diff_cli_options, fail),
        .help = "exit with 2 when there are differences" },
    { "fail-on", 0, OPTION_CHOICE(struct diff_cli_options, fail_on), .argument = "KIND",
        .choices = fail_choices,
        .help =
            "exit with 2 when there are differences of this kind: any-change, broadening (of permissions) "
            "or destructive (replaced or removed resources)" },
    OPTION_END,
};

// The two sides.
struct sides {
    struct diff_templates before, after;
    bool deployed;
};

static bool exists(const char *path)
{
    return access(path, F_OK) == 0;
}

// `diff A B` of files or folders needs no app.
static bool names_two_paths(const struct diff_cli_options *given, const struct text_list *operands)
{
    return operands->count == 2 && !given->baseline && !given->template && exists(operands->items[0]) &&
        exists(operands->items[1]);
}

static int read_baseline(const struct diff_cli_options *given, const struct context *context,
    struct sides *sides, struct error *err)
{
    const char *output = NULL;

    if (strncmp(given->baseline, "git:", 4) != 0)
        return diff_read_path(given->baseline, &sides->before, err);
    if (context_setting_text(context, "output", &output, err) < 0)
        return -1;
    return diff_read_git(given->baseline + 4, output ? output : "cdk.out", &sides->before, err);
}

static int read_template(const struct diff_cli_options *given, const struct selection *selection,
    struct sides *sides, struct error *err)
{
    if (selection->count != 1)
        return error_set(err,
            "'--template' compares one stack, and %zu are selected; name one, with '--exclusively'",
            selection->count);
    return diff_read_path(given->template, &sides->before, err);
}

static int read_before(const struct cli *cli, const struct diff_cli_options *given,
    const struct context *context, const struct selection *selection, struct sides *sides, struct error *err)
{
    struct aws aws = { 0 };

    if (given->baseline)
        return read_baseline(given, context, sides, err);
    if (given->template)
        return read_template(given, selection, sides, err);
    sides->deployed = true;
    if (aws_init(&aws, cli, context, err) < 0)
        return -1;
    return diff_read_deployed(&aws, selection, &sides->before, err);
}

static int read_app(struct cli *cli, const struct diff_cli_options *given, const struct text_list *operands,
    struct synthesis *synthesis, struct sides *sides, struct error *err)
{
    enum select_extend extend = given->exclusively || given->template ? SELECT_EXACTLY : SELECT_UPSTREAM;
    struct selection selection;

    if (given->baseline && given->template)
        return error_set(err, "'--baseline' and '--template' exclude each other");
    if (stacks_select(&synthesis->assembly, operands, extend, &cli->arena, &selection, err) < 0 ||
        read_before(cli, given, &synthesis->context, &selection, sides, err) < 0 ||
        diff_read_assembly(&selection, &sides->after, err) < 0)
        return -1;
    // A baseline has stacks that nobody asked for.
    if (operands->count)
        diff_templates_keep(&sides->before, &sides->after);
    return 0;
}

static bool fails(const struct diff_cli_options *given, const struct diff *diff)
{
    if (!given->fail_on)
        return given->fail && diff->different > 0;
    if (strcmp(given->fail_on, broadening) == 0)
        return diff->summary.broadening;
    if (strcmp(given->fail_on, destructive) == 0)
        return diff->summary.destructive;
    return diff->different > 0;
}

static int compare(const struct cli *cli, const struct diff_cli_options *given, const struct sides *sides,
    const struct diff_outputs *outputs)
{
    const struct diff_options how = {
        .schema = &diff_schema_cloudformation, .strict = given->strict, .deployed = sides->deployed
    };
    const struct diff_format_options look = {
        .color = cli->globals.color == TOGGLE_DEFAULT ? terminal_has_color(STDOUT_FILENO)
                                                      : cli->globals.color == YES,
        .security_only = given->security_only,
        .summary = given->summary,
        .strict = given->strict,
        .context = given->context_lines ? (size_t)given->context_lines : CONTEXT_LINES,
    };
    ERROR_AUTO err = ERROR_INIT;
    struct diff diff;
    size_t count;
    const struct diff_input *inputs = diff_pair(&sides->before, &sides->after, &count);

    diff_compare(inputs, count, &how, &diff);
    if (diff_outputs_write(outputs, &diff, &look, &err) < 0)
        return cli_error(cli, "%s", err.message);
    return fails(given, &diff) ? EXIT_STATUS_DIFFERENT : EXIT_STATUS_OK;
}

static int diff_paths(const struct cli *cli, const struct diff_cli_options *given,
    const struct text_list *paths, const struct diff_outputs *outputs)
{
    struct sides sides = { 0 };
    ERROR_AUTO err = ERROR_INIT;

    if (diff_read_path(paths->items[0], &sides.before, &err) < 0 ||
        diff_read_path(paths->items[1], &sides.after, &err) < 0)
        return cli_error(cli, "%s", err.message);
    return compare(cli, given, &sides, outputs);
}

static int diff_app(struct cli *cli, const struct diff_cli_options *given, const struct text_list *operands,
    const struct diff_outputs *outputs)
{
    SYNTHESIS_AUTO synthesis;
    struct sides sides = { 0 };
    ERROR_AUTO err = ERROR_INIT;

    if (synthesis_make(cli, &synthesis) < 0)
        return EXIT_STATUS_FAILURE;
    if (read_app(cli, given, operands, &synthesis, &sides, &err) < 0)
        return cli_error(cli, "%s", err.message);
    return compare(cli, given, &sides, outputs);
}

static int run(struct cli *cli, const void *values, const struct text_list *operands)
{
    const struct diff_cli_options *given = values;
    struct diff_outputs outputs;
    ERROR_AUTO err = ERROR_INIT;

    if (diff_outputs_parse(&given->formats, &outputs, &err) < 0)
        return cli_error(cli, "%s", err.message);
    return names_two_paths(given, operands) ? diff_paths(cli, given, operands, &outputs)
                                            : diff_app(cli, given, operands, &outputs);
}

const struct command_body cmd_diff = {
    .operands = { "STACK", 0, ANY_NUMBER, OPERAND_STACK },
    .options = options,
    .options_size = sizeof(struct diff_cli_options),
    .description =
        "Shows what a change does: to resources, with the impact on each, to permissions, exports and data. "
        "The "
        "app as it is now is compared with what is deployed, with a folder or a git revision (--baseline), "
        "or "
        "with one template (--template).\n\n"
        "'diff A B' compares two template files or two folders of them, whoever made them.\n\n"
        "The exit status is 0, or 2 where --fail or --fail-on ask for it; 1 means an error and nothing else.",
    .run = run,
};
