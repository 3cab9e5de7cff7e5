// SPDX-License-Identifier: MIT
#include "cli/stacks/outputs.h"
#include "cli/core/cli.h"
#include "cli/core/command.h"
#include "cli/core/document.h"
#include "cli/core/table.h"
#include "cli/stacks/query.h"
#include "data/value.h"
#include "deploy/operations/secret_outputs.h"
#include "util/die.h"
#include "util/display.h"
#include "util/text/shell.h"
#include "util/text/suggest.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

struct outputs_command {
    struct target_options target;
    const char *format;
    bool json;
    const char *key;
    bool secrets;
};

static const char *const formats[] = { "table", "json", "env", NULL };

static const struct option options[] = {
    { "format", 0, OPTION_CHOICE(struct outputs_command, format), .argument = "FORMAT", .choices = formats,
        .help = "how to print them; the default is table" },
    { "json", 'j', OPTION_FLAG(struct outputs_command, json), .help = "the same as --format json" },
    { "key", 'k', OPTION_STRING(struct outputs_command, key), .argument = "KEY",
        .completes = COMPLETES_OUTPUT_KEY,
        .help = "print the value of the output with this key or export name alone, as it is" },
    { "show-secrets", 0, OPTION_FLAG(struct outputs_command, secrets),
        .help = "print also what is made of parameters marked NoEcho" },
    TARGET_IN_MEMORY_OPTIONS(struct outputs_command),
    OPTION_END,
};

// One output of one stack.
struct stack_output {
    const struct stack_job *job;
    const char *key;
    const char *value;
    const char *export_name; // "": none
    const char *description; // likewise
    bool is_secret;
};

struct output_list {
    struct stack_output *items;
    size_t count;
};

// The last of the table, which are left out where nothing is in them; their number.
enum { COLUMN_EXPORT = 3, COLUMN_DESCRIPTION, COLUMNS };

static bool is_secret(const struct stack_job *job, const char *key)
{
    return stack_has_hidden_parameters(job->current) && output_is_secret(job->current_template, key);
}

static void collect_outputs(const struct stack_query *query, struct output_list *list)
{
    struct arena *arena = value_arena();
    size_t capacity = 0;

    for (size_t i = 0; i < query->deployment.job_count; i++) {
        const struct stack_job *job = &query->deployment.jobs[i];
        size_t count;
        const struct value **outputs = outputs_sorted(job->stage == JOB_DONE ? job->current : NULL, &count);

        for (size_t j = 0; j < count; j++) {
            const char *key = object_string_or_empty(outputs[j], "OutputKey");

            list->items = arena_grow(arena, list->items, list->count, &capacity, sizeof(*list->items));
            list->items[list->count++] = (struct stack_output){
                .job = job,
                .key = key,
                .value = object_string_or_empty(outputs[j], "OutputValue"),
                .export_name = object_string_or_empty(outputs[j], "ExportName"),
                .description = object_string_or_empty(outputs[j], "Description"),
                .is_secret = is_secret(job, key),
            };
        }
    }
}

static size_t count_columns(const struct output_list *list)
{
    size_t columns = COLUMN_EXPORT;

    for (size_t i = 0; i < list->count; i++)
        if (*list->items[i].description)
            return COLUMNS;
        else if (*list->items[i].export_name)
            columns = COLUMN_DESCRIPTION;
    return columns;
}

static void print_table(const struct output_list *list, bool secrets)
{
    static const char *const headings[COLUMNS] = { "STACK", "KEY", "VALUE", "EXPORT", "DESCRIPTION" };
    struct table table = { .arena = value_arena(), .columns = count_columns(list), .headings = headings };

    for (size_t i = 0; i < list->count; i++) {
        const struct stack_output *output = &list->items[i];

        table_add(&table,
            (const char *const[]){ output->job->stack->display_name, output->key,
                output->is_secret && !secrets ? "****" : output->value, output->export_name,
                output->description });
    }
    table_print(&table);
}

static void print_json(const struct output_list *list, bool secrets)
{
    struct value *all = object((struct field[]){ END });

    for (size_t i = 0; i < list->count; i++) {
        const struct stack_output *output = &list->items[i];
        const char *stack = output->job->stack->name;

        if (!object_get(all, stack))
            object_set(all, stack, object((struct field[]){ END }));
        if (!output->is_secret || secrets)
            object_set(object_get(all, stack), output->key, string(output->value));
    }
    document_print(all, true);
}

// POSIX, "Base Definitions", 3.216: Name.
static bool is_name(const char *text)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";

    return *text && strchr(letters, *text) &&
        !text[strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789")];
}

// The name of the stack, so that no output is taken for PATH or IFS. It has hyphens, which no variable may
// have.
static const char *variable_of(const struct stack_output *output)
{
    STRBUF_AUTO name = STRBUF_INIT;

    for (const char *c = output->job->stack->name; *c; c++)
        strbuf_add_char(&name, *c == '-' ? '_' : *c);
    strbuf_addf(&name, "_%s", output->key);
    return arena_strdup(value_arena(), name.data);
}

// POSIX, "Base Definitions", 8.1: names with lower case letters are for applications. Those without belong to
// shells, loaders and tools (LD_PRELOAD, PROMPT_COMMAND, GIT_SSH_COMMAND), and so do a few others.
static bool is_taken(const char *name)
{
    static const char npm[] = "npm_config_", proxy[] = "_proxy";
    size_t length = strlen(name), ending = strlen(proxy);

    return !strpbrk(name, "abcdefghijklmnopqrstuvwxyz") || strncasecmp(name, npm, strlen(npm)) == 0 ||
        (length > ending && strcasecmp(name + length - ending, proxy) == 0) ||
        strcmp(name, "auto_resume") == 0;
}

// An output that is no variable of its own, with the reason; NULL: there is none.
static const char *unfit_for_env(const struct output_list *list, const struct stack_output **ret_output)
{
    for (size_t i = 0; i < list->count; i++) {
        const char *name = variable_of(&list->items[i]);

        *ret_output = &list->items[i];
        if (!is_name(name))
            return "is no name that a variable of a shell can have";
        if (is_taken(name))
            return arena_printf(value_arena(),
                "would be the variable %s, whose name is for shells and their programs; take --format json",
                name);
        for (size_t j = 0; j < i; j++)
            if (strcmp(variable_of(&list->items[j]), name) == 0)
                return arena_printf(
                    value_arena(), "would be the variable %s, as another one is; name the stacks", name);
    }
    return NULL;
}

static int print_env(const struct cli *cli, const struct output_list *list, bool secrets)
{
    STRBUF_AUTO text = STRBUF_INIT;
    const struct stack_output *unfit;
    const char *problem = unfit_for_env(list, &unfit);

    if (problem)
        return cli_error(
            cli, "output '%s' of stack '%s' %s", unfit->key, unfit->job->stack->display_name, problem);
    for (size_t i = 0; i < list->count; i++) {
        const struct stack_output *output = &list->items[i];

        if (output->is_secret && !secrets)
            continue;
        strbuf_addf(&text, "%s=", variable_of(output));
        shell_add_quoted(&text, output->value);
        strbuf_add_char(&text, '\n');
    }
    print_data(text.data, text.length);
    return EXIT_STATUS_OK;
}

static int fail_unknown_key(const struct cli *cli, const struct output_list *list, const char *key)
{
    struct suggestion suggestion = SUGGESTION_FOR(key);

    for (size_t i = 0; i < list->count; i++) {
        suggestion_consider(&suggestion, list->items[i].key);
        suggestion_consider(&suggestion, list->items[i].export_name);
    }
    if (suggestion.best)
        return cli_error(cli, "there is no output '%s'; did you mean '%s'?", key, suggestion.best);
    return cli_error(cli, "there is no output '%s'", key);
}

// Within a stack a key has precedence over an export name.
static int print_key(const struct cli *cli, const struct output_list *list, const char *key)
{
    const struct stack_output *found = NULL;

    for (size_t i = 0; i < list->count; i++) {
        const struct stack_output *output = &list->items[i];
        bool has_key = strcmp(output->key, key) == 0;

        if (!has_key && strcmp(output->export_name, key) != 0)
            continue;
        if (found && found->job != output->job)
            return cli_error(cli, "'%s' and '%s' both have an output '%s'; name the stack",
                found->job->stack->display_name, output->job->stack->display_name, key);
        if (!found || has_key)
            found = output;
    }
    if (!found)
        return fail_unknown_key(cli, list, key);
    print_data_value(found->value, strlen(found->value));
    print("\n");
    return EXIT_STATUS_OK;
}

static void warn_of_secrets(const struct cli *cli, const struct output_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].is_secret)
            cli_warning(cli,
                "%s.%s is made of a parameter marked NoEcho and left out; --show-secrets prints it",
                list->items[i].job->stack->display_name, list->items[i].key);
}

static int print_outputs(const struct stack_query *query, const struct output_list *list, const char *format,
    const struct outputs_command *given)
{
    if (!given->secrets && strcmp(format, "table") != 0)
        warn_of_secrets(query->cli, list);
    if (strcmp(format, "json") == 0)
        print_json(list, given->secrets);
    else if (strcmp(format, "env") == 0)
        return print_env(query->cli, list, given->secrets);
    else if (list->count)
        print_table(list, given->secrets);
    else
        cli_info(query->cli, "there are no outputs");
    return EXIT_STATUS_OK;
}

static int run_outputs(struct cli *cli, const void *values, const struct string_list *operands)
{
    const struct outputs_command *given = values;
    const char *format = given->json ? "json" : given->format ? given->format : "table";
    struct output_list list = { 0 };
    STACK_QUERY_AUTO query = { 0 };
    int status, printed;

    if (given->json && given->format && strcmp(given->format, "json") != 0)
        return cli_usage_error(cli, "'--json' and '--format %s' exclude each other", given->format);
    status = stack_query_open(cli, &given->target, operands, &outputs_operation, &query);
    if (status != 0)
        return status;
    status = stack_query_status(&query);
    collect_outputs(&query, &list);
    if (status != EXIT_STATUS_OK && (given->key || !list.count))
        return status;
    if (given->key)
        return print_key(cli, &list, given->key);
    printed = print_outputs(&query, &list, format, given);
    return status == EXIT_STATUS_OK ? printed : status;
}

const struct command_body cmd_outputs = {
    .operands = { "STACK", 0, ANY_NUMBER, OPERAND_STACK },
    .options = options,
    .options_size = sizeof(struct outputs_command),
    .description =
        "Shows the outputs of deployed stacks: those of the app, or those that match STACK, which may also "
        "be the CloudFormation name of a stack that the app does not have. --key takes the key of an output "
        "or the name under which it is exported.\n\n"
        "--format env prints assignments for a shell (eval \"$(... outputs STACK --format env)\"); each "
        "name begins with that of its stack: Stack_Output. Outputs that are made of parameters marked "
        "NoEcho are not shown unless --show-secrets or --key asks for them.",
    .run = run_outputs,
};
