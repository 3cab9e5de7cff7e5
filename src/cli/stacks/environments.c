// SPDX-License-Identifier: MIT
#include "cli/stacks/environments.h"

#include "cli/app/aws.h"
#include "cli/core/cli.h"
#include "data/value.h"
#include "util/die.h"

#include <string.h>

static bool same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static void add_environment(struct environment_list *environments, const char *account, const char *region)
{
    for (size_t i = 0; i < environments->count; i++)
        if (same(environments->items[i].account, account) && same(environments->items[i].region, region))
            return;
    environments->items[environments->count++] = (struct bootstrap_environment){ account, region };
}

bool account_is_valid(const char *text, size_t length)
{
    return length == 12 && strspn(text, "0123456789") >= 12;
}

static int read_environment(const char *text, struct environment_list *environments, struct error *err)
{
    static const char beginning[] = "aws://";
    const char *account = text + strlen(beginning);
    size_t length;

    if (strncmp(text, beginning, strlen(beginning)) != 0)
        return error_set(err, "'%s' is not of the form aws://ACCOUNT/REGION", text);
    length = strcspn(account, "/");
    if (!account_is_valid(account, length) || !account[length] || !account[length + 1] ||
        strchr(account + length + 1, '/'))
        return error_set(
            err, "'%s' is not of the form aws://ACCOUNT/REGION, with an account of 12 digits", text);
    add_environment(environments, arena_strndup(value_arena(), account, length), account + length + 1);
    return 0;
}

static int read_environments(
    const struct cli *cli, const struct string_list *operands, struct environment_list *environments)
{
    ERROR_AUTO err = ERROR_INIT;

    environments->items = arena_alloc(value_arena(), operands->count * sizeof(*environments->items));
    environments->count = 0;
    for (size_t i = 0; i < operands->count; i++)
        if (read_environment(operands->items[i], environments, &err) < 0)
            return cli_usage_error(cli, "%-s", err.message);
    return 0;
}

int environments_open(struct cli *cli, const struct string_list *operands, struct target_stacks *target,
    struct environment_list *environments)
{
    int status = read_environments(cli, operands, environments);
    ERROR_AUTO err = ERROR_INIT;
    struct aws aws;

    *target = (struct target_stacks){ 0 };
    event_loop_init(&target->queue);
    if (status != 0)
        return status;
    if (context_load(cli, &target->synthesis.context, &err) < 0 ||
        aws_init(&aws, cli, &target->synthesis.context, &err) < 0)
        return cli_error(cli, "%-s", err.message);
    target->profile = aws.profile;
    return 0;
}

int environments_open_app(struct cli *cli, const struct target_options *options,
    const struct string_list *operands, struct target_stacks *target, struct environment_list *environments)
{
    const struct string_list none = { 0 };
    struct target_options all = *options;
    int status = read_environments(cli, operands, environments);

    *target = (struct target_stacks){ 0 };
    event_loop_init(&target->queue);
    if (status != 0)
        return status;
    all.all = true;
    status = target_stacks_open(
        cli, &all, &none, &(struct target_need){ .extend = SELECT_EXACTLY, .in_memory = true }, target);
    if (status != 0 || operands->count)
        return status;
    environments->items =
        arena_alloc(value_arena(), target->assembly.stack_count * sizeof(*environments->items));
    for (size_t i = 0; i < target->assembly.stack_count; i++) {
        const struct cloud_stack *stack = &target->assembly.stacks[i];

        add_environment(environments, stack->account, stack->region ? stack->region : target->region);
    }
    return 0;
}
