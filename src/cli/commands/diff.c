// SPDX-License-Identifier: MIT
#include "cli/app/environment_table.h"
#include "cli/core/cli.h"
#include "cli/core/command.h"
#include "cli/diff/comparison.h"
#include "cli/diff/output.h"
#include "cli/diff/source.h"
#include "cli/stacks/target_stacks.h"
#include "cli/validate/gate.h"
#include "data/value.h"
#include "util/die.h"
#include "util/process/signals.h"

#include <string.h>
#include <unistd.h>

enum {
    EXIT_STATUS_DIFFERENT = 2,
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
    struct string_list tables;
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
    ENVIRONMENT_TABLE_OPTION(struct diff_cli_options),
    OPTION_END,
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

static int check_options(const struct cli *cli, const struct diff_cli_options *given,
    const struct string_list *operands, struct error *err)
{
    const char *other = substitute(given, operands);
    bool names_revision = given->baseline && strncmp(given->baseline, git, strlen(git)) == 0;

    if (given->template && cli->environments.count > 1)
        return error_set(
            err, "'--template' is of one environment, and %zu are named", cli->environments.count);
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

// What 'synth' has written of several environments: a directory in it of each.
static const char *of_environment(const struct cli *cli, const char *directory)
{
    return cli->environments.count < 2 ? directory
                                       : arena_printf(value_arena(), "%s/%s", directory, cli->environment);
}

static int read_baseline(const struct cli *cli, const struct diff_cli_options *given,
    const struct context *context, struct diff_sides *sides, struct error *err)
{
    const char *revision = given->baseline + strlen(git);
    const char *output = NULL;

    if (strncmp(given->baseline, git, strlen(git)) != 0)
        return diff_read_path(of_environment(cli, given->baseline), &sides->before, err);
    if (given->synth_baseline)
        return diff_read_revision(cli, revision, &sides->before, err);
    if (context_setting_text(context, "output", &output, err) < 0)
        return -1;
    return read_revision(revision, of_environment(cli, output ? output : "cdk.out"), &sides->before, err);
}

static size_t count_chosen(const struct target_stacks *target)
{
    size_t count = 0;

    for (size_t i = 0; i < target->assembly.stack_count; i++)
        count += target->chosen[i];
    return count;
}

static int read_files(const struct cli *cli, const struct diff_cli_options *given,
    const struct string_list *operands, const struct target_stacks *target, struct diff_sides *sides,
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
    struct target_stacks *target, struct diff_sides *sides)
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

// Prints the comparison; `status` is what there is to say already.
static int finish(const struct cli *cli, const struct diff_cli_options *given, const struct diff *diff,
    const struct result_formats *formats, int status)
{
    const struct diff_look look = { .security_only = given->security_only,
        .summary = given->summary,
        .strict = given->strict,
        .context_lines = given->context_lines };
    ERROR_AUTO err = ERROR_INIT;

    if (diff_print(cli, diff, &look, formats, &err) < 0)
        return cli_error(cli, "%-s", err.message);
    return status == EXIT_STATUS_OK && fails(given, diff) ? EXIT_STATUS_DIFFERENT : status;
}

static int diff_paths(const struct cli *cli, const struct diff_cli_options *given,
    const struct string_list *paths, const struct result_formats *formats)
{
    struct diff_sides sides = { 0 };
    ERROR_AUTO err = ERROR_INIT;
    struct diff diff;
    int status;

    if (cli->environments.count)
        return cli_usage_error(cli, "'--env' is for what the app makes, and files are compared");
    if (diff_read_path(paths->items[0], &sides.before, &err) < 0 ||
        diff_read_path(paths->items[1], &sides.after, &err) < 0)
        return cli_error(cli, "%-s", err.message);
    status = diff_sides_compare(cli, &sides, NULL, given->strict, &diff);
    return finish(cli, given, &diff, formats, status);
}

// Of the environment that is at work. Returns 0 and the comparison, or the exit status: with
// EXIT_STATUS_FAILURE the comparison may lack something, or there may be none (*ret_diff is empty then).
static int compare_app(struct cli *cli, const struct diff_cli_options *given,
    const struct string_list *operands, const char **ret_prefix, struct diff *ret_diff)
{
    const struct target_need need = {
        .extend = given->template ? SELECT_EXACTLY : SELECT_UPSTREAM,
        .read_only = true,
        .in_memory = true,
        .offline = true,
    };
    const char *environment = cli->environments.count > 1 ? cli->environment : NULL;
    struct diff_sides sides = { 0 };
    TARGET_STACKS_AUTO target;
    size_t errors;
    int status;

    *ret_diff = (struct diff){ 0 };
    status = target_stacks_open(cli, &given->target, operands, &need, &target);

    // What is wrong with them does not keep anybody from seeing what changes.
    if (status == 0 && validation_is_on(cli, given->validation))
        status = validation_check_target(cli, &target, &errors);
    if (status == 0)
        status = read_app(cli, given, operands, &target, &sides);
    if (status != 0)
        return status;
    *ret_prefix = environment_prefix(cli, &target.synthesis.context);
    return diff_sides_compare(cli, &sides, environment, given->strict, ret_diff);
}

struct environment_diff {
    const struct diff_cli_options *given;
    const struct string_list *operands;
    struct diff *diff;
    int status; // the worst
};

static int diff_environment(struct cli *cli, struct environment_row *row, void *data)
{
    struct environment_diff *work = data;
    struct diff diff;
    int status = compare_app(cli, work->given, work->operands, &row->prefix, &diff);

    if (status != EXIT_STATUS_OK)
        work->status = status;
    diff_add(work->diff, &diff);
    return status == EXIT_STATUS_OK || diff.count ? 0 : -1;
}

static int diff_environments(struct cli *cli, const struct diff_cli_options *given,
    const struct string_list *operands, const struct result_formats *formats)
{
    struct diff diff = { 0 };
    struct environment_diff work = { given, operands, &diff, EXIT_STATUS_OK };
    struct result_formats table_formats;
    struct environment_table table;
    int status = environment_table_formats_parse(cli, &given->tables, &table_formats);

    if (status != EXIT_STATUS_OK)
        return status;
    environment_table_make(cli, diff_environment, &work, &table);
    status = finish(cli, given, &diff, formats, work.status);
    diff_fill_table(&table, &diff);
    // Behind text for people, but not beside a result for programs.
    return environment_table_finish(
        cli, &table, &table_formats, given->tables.count || result_formats_are_text(formats), status);
}

static int diff_app(struct cli *cli, const struct diff_cli_options *given, const struct string_list *operands,
    const struct result_formats *formats)
{
    const char *prefix;
    struct diff diff;
    int status;

    if (cli->environments.count > 1 || given->tables.count)
        return diff_environments(cli, given, operands, formats);
    status = compare_app(cli, given, operands, &prefix, &diff);
    return status == EXIT_STATUS_OK || diff.count ? finish(cli, given, &diff, formats, status) : status;
}

static int run_diff(struct cli *cli, const void *values, const struct string_list *operands)
{
    const struct diff_cli_options *given = values;
    struct result_formats formats;
    ERROR_AUTO err = ERROR_INIT;

    if (check_options(cli, given, operands, &err) < 0 ||
        result_formats_parse("--format", &given->formats, diff_format_names, &formats, &err) < 0)
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
        "Of several environments (--env) each is compared, and a table sums up.\n\n"
        "The exit status is 0, or 2 where --fail or --fail-on ask for it; 1 means an error and nothing else.",
    .takes_environments = true,
    .run = run_diff,
};
