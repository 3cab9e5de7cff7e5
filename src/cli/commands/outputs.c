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
#include "util/text/suggest.h"

#include <stdio.h>
#include <string.h>

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
        .help = "print the value of this output alone, as it is" },
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
    bool is_secret;
};

struct output_list {
    struct stack_output *items;
    size_t count;
};

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
        const struct value *outputs = job->stage == JOB_DONE ? outputs_of(job->current) : NULL;

        for (size_t j = 0; j < value_length(outputs); j++) {
            const struct field *output = object_at(outputs, j);

            list->items = arena_grow(arena, list->items, list->count, &capacity, sizeof(*list->items));
            list->items[list->count++] = (struct stack_output){ job, output->key,
                value_string_or_empty(output->value), is_secret(job, output->key) };
        }
    }
}

static void print_table(const struct output_list *list, bool secrets)
{
    struct table table = { .arena = value_arena(), .columns = 3 };

    for (size_t i = 0; i < list->count; i++) {
        const struct stack_output *output = &list->items[i];

        table_add(&table,
            (const char *const[]){ output->job->stack->display_name, output->key,
                output->is_secret && !secrets ? "****" : printable(table.arena, output->value) });
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

// In single quotes everything is itself but for the quote (POSIX, "Shell Command Language", 2.2.2).
static void print_quoted(const char *text)
{
    putchar('\'');
    for (; *text; text++)
        if (*text == '\'')
            fputs("'\\''", stdout);
        else
            putchar(*text);
    putchar('\'');
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

static int print_env(const struct cli *cli, const struct output_list *list, bool secrets)
{
    for (size_t i = 0; i < list->count; i++)
        if (!is_name(variable_of(&list->items[i])))
            return cli_error(cli, "output '%s' of stack '%s' is no name that a variable of a shell can have",
                printable(value_arena(), list->items[i].key), list->items[i].job->stack->display_name);
    for (size_t i = 0; i < list->count; i++) {
        const struct stack_output *output = &list->items[i];

        if (output->is_secret && !secrets)
            continue;
        printf("%s=", variable_of(output));
        print_quoted(output->value);
        putchar('\n');
    }
    return EXIT_STATUS_OK;
}

static int print_key(const struct cli *cli, const struct output_list *list, const char *key)
{
    struct suggestion suggestion = SUGGESTION_FOR(key);
    const struct stack_output *found = NULL;

    for (size_t i = 0; i < list->count; i++) {
        const struct stack_output *output = &list->items[i];

        suggestion_consider(&suggestion, output->key);
        if (strcmp(output->key, key) != 0)
            continue;
        if (found)
            return cli_error(cli, "'%s' and '%s' both have an output '%s'; name the stack",
                found->job->stack->display_name, output->job->stack->display_name, key);
        found = output;
    }
    if (!found && suggestion.best)
        return cli_error(cli, "there is no output '%s'; did you mean '%s'?", key, suggestion.best);
    if (!found)
        return cli_error(cli, "there is no output '%s'", key);
    puts(found->value);
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

static int print(const struct stack_query *query, const struct output_list *list, const char *format,
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
    STACK_QUERY_AUTO query;
    int status = stack_query_open(cli, &given->target, operands, &outputs_operation, &query);
    int printed;

    if (status != 0)
        return status;
    status = stack_query_status(&query);
    collect_outputs(&query, &list);
    if (status != EXIT_STATUS_OK && (given->key || !list.count))
        return status;
    if (given->key)
        return print_key(cli, &list, given->key);
    printed = print(&query, &list, format, given);
    return status == EXIT_STATUS_OK ? printed : status;
}

const struct command_body cmd_outputs = {
    .operands = { "STACK", 0, ANY_NUMBER, OPERAND_STACK },
    .options = options,
    .options_size = sizeof(struct outputs_command),
    .description =
        "Shows the outputs of deployed stacks: those of the app, or those that match STACK, which may also "
        "be the CloudFormation name of a stack that the app does not have.\n\n"
        "--format env prints assignments for a shell (eval \"$(... outputs STACK --format env)\"); each "
        "name begins with that of its stack: Stack_Output. Outputs that are made of parameters marked "
        "NoEcho are not shown unless --show-secrets or --key asks for them.",
    .run = run_outputs,
};
