// SPDX-License-Identifier: MIT
#include "cdk/construct.h"
#include "cdk/stack.h"
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
};

static const struct option options[] = {
    { "long", 'l', OPTION_FLAG(struct list_options, longer), .help = "show names and environments as well" },
    { "show-dependencies", 'd', OPTION_FLAG(struct list_options, dependencies),
        .help = "show which stacks each one depends on" },
    { "json", 'j', OPTION_FLAG(struct list_options, json), .help = "print JSON instead of YAML" },
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

static int run_list(struct cli *cli, const void *values, const struct string_list *operands)
{
    SYNTHESIS_AUTO synthesis;
    ERROR_AUTO err = ERROR_INIT;
    struct selection selection;

    if (synthesis_make_unsaved(cli, &synthesis) < 0)
        return EXIT_STATUS_FAILURE;
    synthesis_print_app_warnings(cli, &synthesis);
    if (stacks_select(&synthesis.assembly, operands, SELECT_UPSTREAM, &cli->arena, &selection, &err) < 0)
        return cli_error(cli, "%-s", err.message);
    print_stacks(&selection, values);
    return EXIT_STATUS_OK;
}

const struct command_body cmd_list = {
    .operands = { "STACK", 0, ANY_NUMBER, OPERAND_STACK },
    .options = options,
    .options_size = sizeof(struct list_options),
    .description =
        "Lists the stacks of the app, one name a line; with STACK those that match it and what they depend "
        "on.",
    .run = run_list,
};
