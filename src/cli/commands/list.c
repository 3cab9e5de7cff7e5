// SPDX-License-Identifier: MIT
#include "cdk/construct.h"
#include "cdk/stack.h"
#include "cli/app/environment_table.h"
#include "cli/app/select.h"
#include "cli/app/synthesis.h"
#include "cli/core/cli.h"
#include "cli/core/command.h"
#include "cli/core/document.h"
#include "data/value.h"
#include "util/die.h"
#include "util/display.h"

struct list_options {
    bool longer;
    bool json;
    bool dependencies;
    struct string_list tables;
};

static const struct option options[] = {
    { "long", 'l', OPTION_FLAG(struct list_options, longer), .help = "show names and environments as well" },
    { "show-dependencies", 'd', OPTION_FLAG(struct list_options, dependencies),
        .help = "show which stacks each one depends on" },
    { "json", 'j', OPTION_FLAG(struct list_options, json), .help = "print JSON instead of YAML" },
    ENVIRONMENT_TABLE_OPTION(struct list_options),
    OPTION_END,
};

static const char *or_unknown(const struct value *value, const char *unknown)
{
    const char *text = value_string(value);

    return text ? text : unknown;
}

static struct value *environment(const struct stack *stack)
{
    const char *account = or_unknown(stack->account, "unknown-account");
    const char *region = or_unknown(stack->region, "unknown-region");

    return object((struct field[]){
        { "account", string(account) },
        { "region", string(region) },
        { "name", stringf("aws://%s/%s", account, region) },
        END,
    });
}

// Down to the ground, as the CDK lists them (aws-cdk: stack-collection.ts).
static struct value *dependencies(const struct stack *stack)
{
    struct value *list = array();

    for (size_t i = 0; i < stack_dependency_count(stack); i++) {
        const struct stack *target = stack_dependency_at(stack, i);

        array_append(list,
            object((struct field[]){
                { "id", string(construct_path(target->node)) },
                { "dependencies", dependencies(target) },
                END,
            }));
    }
    return list;
}

static struct value *describe_entry(const struct stack *stack, const struct list_options *given)
{
    return object((struct field[]){
        { "id", string(construct_path(stack->node)) },
        { "name", given->longer ? string(stack->name) : NULL },
        { "environment", given->longer ? environment(stack) : NULL },
        { "dependencies", given->dependencies ? dependencies(stack) : NULL },
        END,
    });
}

static void print_stacks(const struct selection *selection, const struct list_options *given)
{
    struct value *list = array();

    for (size_t i = 0; i < selection->count; i++) {
        const struct stack *stack = selection->stacks[i]->stack;

        if (given->longer || given->dependencies)
            array_append(list, describe_entry(stack, given));
        else
            array_append(list, string(construct_path(stack->node)));
    }
    if (given->longer || given->dependencies || given->json) {
        document_print(list, given->json);
        return;
    }
    for (size_t i = 0; i < value_length(list); i++)
        print("%s\n", value_string(array_at(list, i)));
}

static int select_stacks(struct cli *cli, const struct string_list *operands, struct synthesis *synthesis,
    struct selection *selection)
{
    ERROR_AUTO err = ERROR_INIT;

    if (synthesis_make_unsaved(cli, synthesis) < 0)
        return -1;
    synthesis_print_app_warnings(cli, synthesis);
    if (stacks_select(&synthesis->assembly, operands, SELECT_UPSTREAM, &cli->arena, selection, &err) == 0)
        return 0;
    cli_error(cli, "%-s", err.message);
    return -1;
}

struct environment_listing {
    const struct string_list *operands;
    struct environment_table *table;
};

static int list_environment(struct cli *cli, struct environment_row *row, void *data)
{
    const struct environment_listing *listing = data;
    SYNTHESIS_AUTO synthesis;
    struct selection selection;
    struct arena *of_app;

    if (select_stacks(cli, listing->operands, &synthesis, &selection) < 0)
        return -1;
    of_app = value_arena_use(&cli->arena);
    row->prefix = environment_prefix(cli, &synthesis.context);
    for (size_t i = 0; i < selection.count; i++) {
        const struct stack *stack = selection.stacks[i]->stack;

        environment_table_set(listing->table, row->environment, construct_path(stack->node), stack->name,
            object((struct field[]){ { "environment", environment(stack) }, END }));
    }
    value_arena_use(of_app);
    return 0;
}

static int list_environments(
    struct cli *cli, const struct list_options *given, const struct string_list *operands)
{
    struct environment_table table;
    struct result_formats formats;
    struct string_list tables = given->tables;
    int status;

    if (given->json && !tables.count)
        string_list_add(&tables, &cli->arena, "json");
    status = environment_table_formats_parse(cli, &tables, &formats);
    if (status != EXIT_STATUS_OK)
        return status;
    status = environment_table_make(
        cli, list_environment, &(struct environment_listing){ operands, &table }, &table);
    return environment_table_finish(cli, &table, &formats, true, status);
}

static int run_list(struct cli *cli, const void *values, const struct string_list *operands)
{
    const struct list_options *given = values;
    SYNTHESIS_AUTO synthesis = { 0 };
    struct selection selection;

    if (cli->environments.count > 1 || given->tables.count)
        return list_environments(cli, given, operands);
    if (select_stacks(cli, operands, &synthesis, &selection) < 0)
        return EXIT_STATUS_FAILURE;
    print_stacks(&selection, given);
    return EXIT_STATUS_OK;
}

const struct command_body cmd_list = {
    .operands = { "STACK", 0, ANY_NUMBER, OPERAND_STACK },
    .options = options,
    .options_size = sizeof(struct list_options),
    .description =
        "Lists the stacks of the app, one name a line; with STACK those that match it and what they depend "
        "on. Of several environments (--env) it prints a table of the stacks' names.",
    .takes_environments = true,
    .run = run_list,
};
