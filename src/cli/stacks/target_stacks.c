// SPDX-License-Identifier: MIT
#include "cli/stacks/target_stacks.h"

#include "cdk/app.h"
#include "cdk/asset.h"
#include "cli/app/aws.h"
#include "cli/core/cli.h"
#include "data/value.h"
#include "util/die.h"
#include "util/strbuf.h"
#include "util/text/glob.h"

#include <stdlib.h>
#include <string.h>

static int check_assets(struct cli *cli, const struct synthesis *synthesis,
    const struct string_list *operands, const struct target_need *need)
{
    struct selection selection;
    ERROR_AUTO err = ERROR_INIT;

    if (!need->assets)
        return 0;
    if (stacks_select(&synthesis->assembly, operands, need->extend, &cli->arena, &selection, &err) < 0)
        return cli_error(cli, "%-s", err.message);
    return synthesis_check_assets(cli, synthesis, &selection) < 0 ? EXIT_STATUS_FAILURE : 0;
}

static int file_of_assembly(const void *assembly, const char *name, struct strbuf *out)
{
    return assembly_file(assembly, name, out);
}

static const struct value *places_of(struct cli *cli, const struct synthesis *synthesis)
{
    VALUE_ARENA_SCOPE(&cli->arena);

    return app_places(synthesis->app);
}

// The assembly does not hold them, nor do those of the CDK.
static void add_places(struct target_stacks *target, const struct value *places)
{
    for (size_t i = 0; i < target->assembly.stack_count; i++)
        target->assembly.stacks[i].places = places;
}

// What follows needs only what is copied.
static int keep_in_memory(struct cli *cli, struct target_stacks *target)
{
    struct arena *of_app = value_arena_use(&cli->arena);
    ERROR_AUTO err = ERROR_INIT;
    int status = cloud_assembly_of(file_of_assembly, &target->synthesis.assembly, &target->assembly, &err);

    add_places(target, places_of(cli, &target->synthesis));
    value_arena_use(of_app);
    synthesis_release(&target->synthesis);
    target->is_in_memory = true;
    return status < 0 ? cli_error(cli, "%-s", err.message) : 0;
}

static int synthesize(struct cli *cli, const struct target_options *options,
    const struct string_list *operands, const struct target_need *need, struct target_stacks *target)
{
    bool in_memory = need->in_memory && !options->output;
    ERROR_AUTO err = ERROR_INIT;
    const struct value *places;
    const char *output;
    int status =
        in_memory ? synthesis_make_unsaved(cli, &target->synthesis) : synthesis_make(cli, &target->synthesis);

    if (status < 0 || check_assets(cli, &target->synthesis, operands, need) != 0)
        return EXIT_STATUS_FAILURE;
    if (in_memory && !need->assets)
        synthesis_print_app_warnings(cli, &target->synthesis);
    else
        synthesis_print_warnings(cli, &target->synthesis, NULL);
    if (in_memory)
        return keep_in_memory(cli, target);
    if (synthesis_output(&target->synthesis, options->output, &output, &err) < 0 ||
        assembly_write(&target->synthesis.assembly, output, &err) < 0)
        return cli_error(cli, "%-s", err.message);
    // What follows needs only what was written.
    places = places_of(cli, &target->synthesis);
    synthesis_release(&target->synthesis);
    if (cloud_assembly_read(output, &target->assembly, &err) < 0)
        return cli_error(cli, "%-s", err.message);
    add_places(target, places);
    return 0;
}

static int read_assembly(struct cli *cli, const struct target_options *options, struct target_stacks *target)
{
    ERROR_AUTO err = ERROR_INIT;

    if (context_load(cli, &target->synthesis.context, &err) < 0 ||
        cloud_assembly_read(options->app, &target->assembly, &err) < 0)
        return cli_error(cli, "%-s", err.message);
    return 0;
}

static struct selectable *cloud_assembly_selectables(const struct cloud_assembly *assembly)
{
    struct arena *arena = value_arena();
    struct selectable *items = arena_alloc(arena, assembly->stack_count * sizeof(*items));

    for (size_t i = 0; i < assembly->stack_count; i++) {
        const struct cloud_stack *stack = &assembly->stacks[i];
        size_t *dependencies = arena_alloc(arena, stack->dependency_count * sizeof(*dependencies));

        for (size_t j = 0; j < stack->dependency_count; j++)
            dependencies[j] = stack->dependencies[j]->index;
        items[i] = (struct selectable){ stack->display_name, dependencies, stack->dependency_count };
    }
    return items;
}

static int refuse_to_guess(const struct cli *cli, const struct cloud_assembly *assembly)
{
    STRBUF_AUTO names = STRBUF_INIT;

    for (size_t i = 0; i < assembly->stack_count; i++)
        strbuf_addf(&names, "%s%s", i ? " " : "", assembly->stacks[i].display_name);
    return cli_usage_error(cli,
        "this app has several stacks: name those to use (globs are supported), or give --all\nthere are %s",
        names.data);
}

// The display name of the stack that has this CloudFormation name; NULL when there is none.
static const char *name_in_app(const struct cloud_assembly *assembly, const char *name)
{
    for (size_t i = 0; i < assembly->stack_count; i++)
        if (strcmp(assembly->stacks[i].name, name) == 0)
            return assembly->stacks[i].display_name;
    return NULL;
}

static bool matches_any(const struct cloud_assembly *assembly, const char *pattern)
{
    for (size_t i = 0; i < assembly->stack_count; i++)
        if (glob_match(pattern, assembly->stacks[i].display_name))
            return true;
    return false;
}

// Sorts out the operands that are names of stacks that others have made.
static void split_operands(const struct cloud_assembly *assembly, const struct string_list *operands,
    struct string_list *patterns, struct string_list *others)
{
    struct arena *arena = value_arena();

    for (size_t i = 0; i < operands->count; i++) {
        const char *operand = operands->items[i];
        const char *display_name = name_in_app(assembly, operand);

        if (strpbrk(operand, "!*?[{") || matches_any(assembly, operand))
            string_list_add(patterns, arena, operand);
        else
            string_list_add(display_name ? patterns : others, arena, display_name ? display_name : operand);
    }
}

static void add_others(
    const struct cli *cli, const struct string_list *others, struct cloud_assembly *assembly)
{
    const struct cloud_stack *model = assembly->stack_count ? &assembly->stacks[0] : NULL;
    size_t count = assembly->stack_count + others->count;
    struct cloud_stack *stacks = arena_alloc(value_arena(), count * sizeof(*stacks));

    for (size_t i = 0; i < assembly->stack_count; i++) {
        stacks[i] = assembly->stacks[i];
        for (size_t j = 0; j < stacks[i].dependency_count; j++)
            stacks[i].dependencies[j] = &stacks[stacks[i].dependencies[j]->index];
    }
    for (size_t i = assembly->stack_count; i < count; i++) {
        const char *name = others->items[i - assembly->stack_count];
        const char *region = cli->globals.region;

        stacks[i] = (struct cloud_stack){ .id = name, .display_name = name, .name = name, .index = i };
        if (model) {
            stacks[i].account = model->account;
            stacks[i].region = region ? region : model->region;
            stacks[i].deploy_role = model->deploy_role;
        }
    }
    assembly->stacks = stacks;
    assembly->stack_count = count;
}

static int select_stacks(struct cli *cli, const struct target_options *options,
    const struct string_list *operands, const struct target_need *need, struct target_stacks *target)
{
    struct cloud_assembly *assembly = &target->assembly;
    enum select_extend extend = options->exclusively ? SELECT_EXACTLY : need->extend;
    size_t in_app = assembly->stack_count;
    struct string_list patterns = { 0 };
    struct string_list others = { 0 };
    ERROR_AUTO err = ERROR_INIT;
    enum stack_choice *choices;

    if (!operands->count && !options->all && !need->read_only && assembly->stack_count > 1)
        return refuse_to_guess(cli, assembly);
    if (need->accepts_unknown)
        split_operands(assembly, operands, &patterns, &others);
    else
        patterns = *operands;
    choices = arena_alloc(value_arena(), (in_app + others.count) * sizeof(*choices));
    if ((patterns.count || !others.count) &&
        names_select(cloud_assembly_selectables(assembly), in_app, &patterns, extend, choices, &err) < 0)
        return cli_error(cli, "%-s", err.message);
    add_others(cli, &others, assembly);
    target->chosen = arena_alloc(value_arena(), assembly->stack_count * sizeof(*target->chosen));
    for (size_t i = 0; i < assembly->stack_count; i++)
        target->chosen[i] = i >= in_app || choices[i] != NOT_CHOSEN;
    return 0;
}

int target_stacks_find_aws(struct cli *cli, struct target_stacks *target)
{
    ERROR_AUTO err = ERROR_INIT;
    bool is_needed = false;
    struct aws aws;

    if (aws_init(&aws, cli, &target->synthesis.context, &err) < 0)
        return cli_error(cli, "%-s", err.message);
    target->profile = aws.profile;
    for (size_t i = 0; i < target->assembly.stack_count; i++)
        is_needed |= !target->assembly.stacks[i].region;
    if (!is_needed)
        return 0;
    target->region = aws_default_region(&aws);
    if (!target->region)
        return cli_error(cli,
            "there is no region for stacks that say none\n"
            "--region, AWS_REGION or 'aws configure' gives one");
    return 0;
}

static void on_retry(void *data, const char *operation, const char *message, int64_t delay_ms)
{
    cli_debug(data, "%s: %s; trying again in %.1f s", operation, message, (double)delay_ms / 1000);
}

// Twelve digits (IAM's documentation, "AWS account identifiers").
static int check_accounts(struct cli *cli, const struct string_list *accounts)
{
    for (size_t i = 0; i < accounts->count; i++) {
        if (strlen(accounts->items[i]) == 12 && strspn(accounts->items[i], "0123456789") == 12)
            continue;
        return cli_usage_error(
            cli, "--asset-account: '%s' is no account id: those have 12 digits", accounts->items[i]);
    }
    return 0;
}

int target_stacks_open(struct cli *cli, const struct target_options *options,
    const struct string_list *operands, const struct target_need *need, struct target_stacks *target)
{
    int status = check_accounts(cli, &options->asset_accounts);

    cli->app = options->app;
    *target = (struct target_stacks){ 0 };
    event_loop_init(&target->queue);
    target->queue.retrying = on_retry;
    target->queue.retrying_data = cli;
    if (status != 0)
        return status;
    if (options->app && cli->environment)
        return cli_usage_error(cli,
            "'--env' is for what the app makes: the assembly in '%s' (--app) is made already", options->app);
    if (options->all && operands->count)
        return cli_usage_error(cli, "name stacks, or give --all: '%s' is one of all", operands->items[0]);
    status =
        options->app ? read_assembly(cli, options, target) : synthesize(cli, options, operands, need, target);
    if (status == 0)
        status = select_stacks(cli, options, operands, need, target);
    if (status == 0 && !need->offline)
        status = target_stacks_find_aws(cli, target);
    return status;
}

void target_stacks_release(struct target_stacks *target)
{
    event_loop_release(&target->queue);
    synthesis_release(&target->synthesis);
}
