// SPDX-License-Identifier: MIT
#include "cli/core/cli.h"
#include "cli/core/command.h"
#include "cli/diff/output.h"
#include "cli/diff/source.h"
#include "cli/stacks/target_stacks.h"
#include "cli/validate/gate.h"
#include "data/value.h"
#include "util/die.h"
#include "util/process/signals.h"
#include "util/terminal.h"

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
static const char git[] = "git:";

struct diff_cli_options {
    struct target_options target;
    const char *baseline;
    bool synth_baseline;
    const char *template;
    struct string_list formats;
    bool drift;
    bool change_set;
    bool import_existing;
    bool strict;
    bool security_only;
    bool summary;
    int context_lines;
    bool fail;
    const char *fail_on;
    enum toggle validation;
};

static const char *const fail_choices[] = { any_change, broadening, destructive, NULL };

static const struct option options[] = {
    { "app", 'a', OPTION_STRING(struct diff_cli_options, target.app), .argument = "DIR",
        .help = "take the cloud assembly in this directory instead of synthesizing" },
    { "baseline", 'b', OPTION_STRING(struct diff_cli_options, baseline), .argument = "DIR",
        .completes = COMPLETES_BASELINE,
        .help = "compare with this assembly directory, or with templates of git: git:REF[:PATH]" },
    { "synth-baseline", 0, OPTION_FLAG(struct diff_cli_options, synth_baseline),
        .help = "of --baseline git:REF: synthesize that revision in a temporary worktree, with its own app" },
    { "template", 't', OPTION_STRING(struct diff_cli_options, template), .argument = "FILE",
        .help = "compare the one given stack with this template, JSON or YAML" },
    { "format", 'f', OPTION_LIST(struct diff_cli_options, formats), .argument = "FORMAT[=FILE]",
        .choices = diff_format_names, .completes = COMPLETES_FORMAT_AND_FILE,
        .help = "print the result so, or write it so into FILE; may be given again" },
    { "exclusively", 'e', OPTION_FLAG(struct diff_cli_options, target.exclusively),
        .help = "look only at the given stacks, not at those they depend on" },
    { "change-set", 0, OPTION_FLAG(struct diff_cli_options, change_set),
        .help = "ask CloudFormation for change sets as well; they are removed again" },
    { "drift", 0, OPTION_FLAG(struct diff_cli_options, drift),
        .help = "ask CloudFormation as well what others have changed since the stacks were deployed" },
    { "import-existing-resources", 0, OPTION_FLAG(struct diff_cli_options, import_existing),
        .help = "in change sets, take over resources that exist under the names in the template" },
    { "strict", 0, OPTION_FLAG(struct diff_cli_options, strict),
        .help = "show metadata and hashes of assets too, and compare text as text" },
    { "security-only", 0, OPTION_FLAG(struct diff_cli_options, security_only),
        .help = "show only what changes permissions" },
    { "summary", 0, OPTION_FLAG(struct diff_cli_options, summary), .help = "show one line a stack" },
    { "context-lines", 0, OPTION_INTEGER(struct diff_cli_options, context_lines), .argument = "N",
        .help = "show N equal lines around changes in lists (3)", .minimum = 1,
        .maximum = CONTEXT_LINES_LIMIT },
    VALIDATION_OPTION(struct diff_cli_options),
    { "fail", 0, OPTION_FLAG(struct diff_cli_options, fail),
        .help = "exit with 2 when there are differences" },
    { "fail-on", 0, OPTION_CHOICE(struct diff_cli_options, fail_on), .argument = "KIND",
        .choices = fail_choices,
        .help =
            "exit with 2 when there are differences of this kind: any-change, broadening (of permissions) or "
            "destructive (replaced or removed resources)" },
    OPTION_END,
};

// The two sides.
struct sides {
    struct diff_templates before, after;
    bool deployed;
    bool is_refused; // CloudFormation would not make the change
};

static bool exists(const char *path)
{
    return access(path, F_OK) == 0;
}

// Which no stack is called.
static bool is_path(const char *operand)
{
    return strchr(operand, '.') && !strpbrk(operand, "!*?[{");
}

// `diff A B` of files or directories needs no app. One of them may be missing.
static bool names_two_paths(const struct diff_cli_options *given, const struct string_list *operands)
{
    const char *const *names = operands->items;

    if (operands->count != 2 || given->baseline || given->template || given->target.app)
        return false;
    if (exists(names[0]) != exists(names[1]))
        return is_path(names[0]) || is_path(names[1]) || strchr(names[0], '/') || strchr(names[1], '/');
    return exists(names[0]) || is_path(names[0]) || is_path(names[1]);
}

// What is compared with instead of what is deployed; NULL: nothing.
static const char *substitute(const struct diff_cli_options *given, const struct string_list *operands)
{
    if (names_two_paths(given, operands))
        return operands->items[0];
    return given->baseline ? "--baseline" : given->template ? "--template" : NULL;
}

static int check_options(
    const struct diff_cli_options *given, const struct string_list *operands, struct error *err)
{
    const char *other = substitute(given, operands);
    bool names_revision = given->baseline && strncmp(given->baseline, git, strlen(git)) == 0;

    if (given->baseline && given->template)
        return error_set(err, "'--baseline' and '--template' exclude each other");
    if ((given->change_set || given->drift) && other)
        return error_set(err, "'--%s' asks about what is deployed, which '%s' replaces",
            given->change_set ? "change-set" : "drift", other);
    if (given->import_existing && !given->change_set)
        return error_set(err, "'--import-existing-resources' is about change sets: it needs '--change-set'");
    if (names_revision && !strcspn(given->baseline + strlen(git), ":"))
        return error_set(err, "'%s' names no revision: git:REF or git:REF:PATH", given->baseline);
    if (given->synth_baseline && !(names_revision && !strchr(given->baseline + strlen(git), ':')))
        return error_set(err, "'--synth-baseline' needs '--baseline git:REF', without a path");
    return 0;
}

static int read_revision(
    const char *revision, const char *directory, struct diff_templates *templates, struct error *err)
{
    ERROR_AUTO of_git = ERROR_INIT;

    if (diff_read_git(revision, directory, templates, &of_git) == 0)
        return 0;
    if (strchr(revision, ':') || !strstr(of_git.message, "does not exist in"))
        return error_set(err, "%-s", of_git.message);
    return error_set(err,
        "%-s\n'--synth-baseline' synthesizes a revision that has no assembly, in a temporary worktree",
        of_git.message);
}

static int read_baseline(const struct cli *cli, const struct diff_cli_options *given,
    const struct context *context, struct sides *sides, struct error *err)
{
    const char *revision = given->baseline + strlen(git);
    const char *output = NULL;

    if (strncmp(given->baseline, git, strlen(git)) != 0)
        return diff_read_path(given->baseline, &sides->before, err);
    if (given->synth_baseline)
        return diff_read_revision(cli, revision, &sides->before, err);
    if (context_setting_text(context, "output", &output, err) < 0)
        return -1;
    return read_revision(revision, output ? output : "cdk.out", &sides->before, err);
}

static size_t count_chosen(const struct target_stacks *target)
{
    size_t count = 0;

    for (size_t i = 0; i < target->assembly.stack_count; i++)
        count += target->chosen[i];
    return count;
}

static int read_files(const struct cli *cli, const struct diff_cli_options *given,
    const struct string_list *operands, const struct target_stacks *target, struct sides *sides,
    struct error *err)
{
    if (given->template)
        return diff_read_path(given->template, &sides->before, err);
    if (read_baseline(cli, given, &target->synthesis.context, sides, err) < 0)
        return -1;
    // A baseline has stacks that nobody asked for.
    if (operands->count)
        diff_templates_copy(&sides->before, &sides->after);
    return 0;
}

// Returns 0, or the exit status after saying what is wrong.
static int read_app(struct cli *cli, const struct diff_cli_options *given, const struct string_list *operands,
    struct target_stacks *target, struct sides *sides)
{
    const struct diff_questions questions = {
        .drift = given->drift, .change_sets = given->change_set, .imports_existing = given->import_existing
    };
    ERROR_AUTO err = ERROR_INIT;

    if (given->template && count_chosen(target) != 1)
        return cli_usage_error(cli,
            "'--template' compares one stack, and %zu are selected; name one, with '--exclusively'",
            count_chosen(target));
    sides->deployed = !given->baseline && !given->template;
    if (diff_read_app(target, &sides->after, &err) < 0)
        return cli_error(cli, "%-s", err.message);
    if (sides->deployed)
        return diff_read_deployed(cli, target, &questions, &sides->after, &sides->before, &sides->is_refused);
    if (read_files(cli, given, operands, target, sides, &err) == 0)
        return 0;
    return signals_pending() ? 128 + signals_pending() : cli_error(cli, "%-s", err.message);
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

// Both sides may come from the same file.
static void warn_of_duplicates(const struct cli *cli, const struct sides *sides)
{
    const struct string_list *before = &sides->before.duplicates, *after = &sides->after.duplicates;

    for (size_t i = 0; i < before->count; i++)
        cli_warning(cli, "%s; the last one counts", before->items[i]);
    for (size_t i = 0; i < after->count; i++)
        if (!string_list_has(before, after->items[i]))
            cli_warning(cli, "%s; the last one counts", after->items[i]);
}

// Returns whether anything was left out.
static void report_left_out(const struct cli *cli, const struct diff_templates *templates)
{
    for (size_t i = 0; i < templates->left_out_count; i++)
        cli_error(cli, "%-s; '%s' is left out", templates->left_out[i].message, templates->left_out[i].name);
}

static int compare_sides(const struct cli *cli, const struct diff_cli_options *given,
    const struct sides *sides, const struct result_formats *formats)
{
    const struct diff_options how = { .strict = given->strict, .deployed = sides->deployed };
    const struct diff_format_options look = {
        .color = cli->globals.color == TOGGLE_DEFAULT ? terminal_has_color(STDOUT_FILENO)
                                                      : cli->globals.color == YES,
        .width = (size_t)terminal_line_width(STDOUT_FILENO),
        .security_only = given->security_only,
        .summary = given->summary,
        .strict = given->strict,
        .context = given->context_lines ? (size_t)given->context_lines : CONTEXT_LINES,
    };
    ERROR_AUTO err = ERROR_INIT;
    struct diff diff;
    size_t count;
    const struct diff_input *inputs = diff_pair(&sides->before, &sides->after, &count);

    warn_of_duplicates(cli, sides);
    diff_compare(inputs, count, &how, &diff);
    if (diff_outputs_write(formats, &diff, &look, &err) < 0)
        return cli_error(cli, "%-s", err.message);
    report_left_out(cli, &sides->before);
    report_left_out(cli, &sides->after);
    if (sides->before.left_out_count || sides->after.left_out_count || sides->is_refused)
        return EXIT_STATUS_FAILURE;
    return fails(given, &diff) ? EXIT_STATUS_DIFFERENT : EXIT_STATUS_OK;
}

static int diff_paths(const struct cli *cli, const struct diff_cli_options *given,
    const struct string_list *paths, const struct result_formats *formats)
{
    struct sides sides = { 0 };
    ERROR_AUTO err = ERROR_INIT;

    if (diff_read_path(paths->items[0], &sides.before, &err) < 0 ||
        diff_read_path(paths->items[1], &sides.after, &err) < 0)
        return cli_error(cli, "%-s", err.message);
    return compare_sides(cli, given, &sides, formats);
}

static int diff_app(struct cli *cli, const struct diff_cli_options *given, const struct string_list *operands,
    const struct result_formats *formats)
{
    const struct target_need need = {
        .extend = given->template ? SELECT_EXACTLY : SELECT_UPSTREAM,
        .read_only = true,
        .in_memory = true,
        .offline = true,
    };
    struct sides sides = { 0 };
    TARGET_STACKS_AUTO target;
    int status = target_stacks_open(cli, &given->target, operands, &need, &target);

    // What is wrong with them does not keep anybody from seeing what changes.
    if (status == 0 && validation_is_on(cli, given->validation))
        validation_check_target(cli, &target);
    if (status == 0)
        status = read_app(cli, given, operands, &target, &sides);
    return status == 0 ? compare_sides(cli, given, &sides, formats) : status;
}

static int run_diff(struct cli *cli, const void *values, const struct string_list *operands)
{
    const struct diff_cli_options *given = values;
    struct result_formats formats;
    ERROR_AUTO err = ERROR_INIT;

    if (check_options(given, operands, &err) < 0 ||
        result_formats_parse(&given->formats, diff_format_names, &formats, &err) < 0)
        return cli_usage_error(cli, "%-s", err.message);
    return names_two_paths(given, operands) ? diff_paths(cli, given, operands, &formats)
                                            : diff_app(cli, given, operands, &formats);
}

const struct command_body cmd_diff = {
    .operands = { "STACK", 0, ANY_NUMBER, OPERAND_STACK_OR_FILE },
    .options = options,
    .options_size = sizeof(struct diff_cli_options),
    .description =
        "Shows what a change does: to resources, with the impact on each, to permissions, exports and data. "
        "The app as it is now is compared with what is deployed, with a directory or a git revision "
        "(--baseline), or with one template (--template). --change-set asks CloudFormation what it would do "
        "with the change: its word counts where it differs.\n\n"
        "'diff A B' compares two template files or two directories of them, whoever made them.\n\n"
        "The exit status is 0, or 2 where --fail or --fail-on ask for it; 1 means an error and nothing else.",
    .run = run_diff,
};
