// SPDX-License-Identifier: MIT
#include "cli/core/cli.h"
#include "cli/core/command.h"
#include "cli/core/document.h"
#include "cli/core/prompt.h"
#include "cli/stacks/environments.h"
#include "data/value.h"
#include "deploy/gc/garbage.h"
#include "util/die.h"
#include "util/display.h"
#include "util/process/signals.h"
#include "util/text/human.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct gc_command {
    struct target_options target;
    const char *action;
    const char *rollback_days;
    const char *created_days;
    const char *stack;
    bool yes;
    enum toggle confirm;
    bool force;
    bool json;
};

enum { GC_FORMAT = 1 }; // version of the JSON

// In the order of enum garbage_action.
static const char *const actions[] = { "full", "print", "tag", "delete-tagged", NULL };

static const struct option options[] = {
    { "action", 0, OPTION_CHOICE(struct gc_command, action), .argument = "WHAT", .choices = actions,
        .help = "full, the default: tag what is unused, delete what has been tagged for long enough; or only "
                "one of these; print only looks" },
    { "rollback-buffer-days", 0, OPTION_STRING(struct gc_command, rollback_days), .argument = "DAYS",
        .help = "delete what has been tagged for so long; the default is 0: at once" },
    { "created-buffer-days", 0, OPTION_STRING(struct gc_command, created_days), .argument = "DAYS",
        .help = "leave alone what is younger; the default is 1" },
    { "bootstrap-stack-name", 0, OPTION_STRING(struct gc_command, stack), .alias = "toolkit-stack-name",
        .argument = "NAME", .help = "stack that made the bucket; the default is CDKToolkit" },
    { "yes", 'y', OPTION_FLAG(struct gc_command, yes), .help = "do not ask" },
    { "confirm", 0, OPTION_TOGGLE(struct gc_command, confirm), .shown_negated = true, .help = "likewise" },
    { "force", 'f', OPTION_FLAG(struct gc_command, force),
        .help = "delete even while stacks change, or may go back to what they were" },
    { "json", 'j', OPTION_FLAG(struct gc_command, json), .help = "print JSON" },
    TARGET_IN_MEMORY_OPTIONS(struct gc_command),
    OPTION_END,
};

static int read_days(const char *option, const char *text, int *ret_days, struct error *err)
{
    size_t length = text ? strlen(text) : 0;

    if (!text)
        return 0;
    if (!length || length > 5 || strspn(text, "0123456789") != length)
        return error_set(err, "'--%s %s' is not a number of days", option, text);
    *ret_days = atoi(text);
    return 0;
}

static enum garbage_action action_from_name(const char *name)
{
    int i = 0;

    while (name && strcmp(actions[i], name) != 0)
        i++;
    return (enum garbage_action)i;
}

struct gc_run {
    struct cli *cli;
    const struct gc_command *given;
    size_t problems;
    struct value *environments; // for JSON
};

static void describe_garbage(const struct gc_run *run, const struct garbage *garbage)
{
    struct garbage_sum unused = garbage_unused(garbage);
    char size[32];

    cli_info(run->cli, "%s: %zu asset%s, %zu of them unused (%s), after a look at %zu stack%s",
        garbage->bucket, garbage->object_count, plural(garbage->object_count), unused.count,
        human_bytes(size, sizeof(size), unused.size), garbage->stack_count, plural(garbage->stack_count));
    if (garbage->other_count)
        cli_info(run->cli, "%zu object%s not named as assets are, and left alone", garbage->other_count,
            garbage->other_count == 1 ? " is" : "s are");
}

static bool confirm(void *data, const struct garbage *garbage)
{
    const struct gc_run *run = data;
    struct garbage_sum sum = garbage_sum(garbage, GARBAGE_DELETE);
    char size[32];

    if (run->given->yes || run->given->confirm == NO)
        return true;
    describe_garbage(run, garbage);
    if (!prompt_is_possible()) {
        cli_error(run->cli, "there is no terminal to ask whether to delete %zu asset%s; --yes does not ask",
            sum.count, plural(sum.count));
        return false;
    }
    return prompt_yes("Delete %zu asset%s (%s) from %s?", sum.count, plural(sum.count),
        human_bytes(size, sizeof(size), sum.size), garbage->bucket);
}

static void print_sum(
    const struct gc_run *run, const struct garbage *garbage, enum garbage_decision decision, const char *verb)
{
    struct garbage_sum sum = garbage_sum(garbage, decision);
    char size[32];

    if (sum.count)
        cli_info(run->cli, "%s %zu asset%s (%s)", verb, sum.count, plural(sum.count),
            human_bytes(size, sizeof(size), sum.size));
}

static void print_keys(const struct garbage *garbage)
{
    char size[32];

    for (size_t i = 0; i < garbage->object_count; i++)
        if (garbage_is_unused(&garbage->objects[i]))
            print("%s  %s  %s\n", garbage->objects[i].key, garbage->objects[i].modified,
                human_bytes(size, sizeof(size), garbage->objects[i].size));
    fflush(stdout);
}

static struct value *sum_json(struct garbage_sum sum)
{
    return object(
        (struct field[]){ { "count", number((double)sum.count) }, { "bytes", number(sum.size) }, END });
}

static struct value *keys_json(const struct garbage *garbage)
{
    struct value *keys = array();

    for (size_t i = 0; i < garbage->object_count; i++) {
        const struct garbage_object *one = &garbage->objects[i];

        if (garbage_is_unused(one))
            array_append(keys,
                object((struct field[]){
                    { "key", string(one->key) },
                    { "modified", string(one->modified) },
                    { "bytes", number(one->size) },
                    END,
                }));
    }
    return keys;
}

// Of what could not be seen to its end there is only the problem.
static struct value *garbage_json(const struct garbage *garbage)
{
    bool is_done = !garbage->problem && !garbage->is_declined;

    return object((struct field[]){
        { "account", string(garbage->environment.account) },
        { "region", string(garbage->environment.region) },
        { "problem", garbage->is_declined ? string("nothing was deleted") : string(garbage->problem) },
        { "bucket", string(garbage->bucket) },
        { "assets", is_done ? number((double)garbage->object_count) : NULL },
        { "otherObjects", is_done ? number((double)garbage->other_count) : NULL },
        { "stacks", is_done ? number((double)garbage->stack_count) : NULL },
        { "unused", is_done ? keys_json(garbage) : NULL },
        { "deleted", is_done ? sum_json(garbage_sum(garbage, GARBAGE_DELETE)) : NULL },
        { "tagged", is_done ? sum_json(garbage_sum(garbage, GARBAGE_MARK)) : NULL },
        { "untagged", is_done ? sum_json(garbage_sum(garbage, GARBAGE_UNMARK)) : NULL },
        END,
    });
}

static void on_ended(void *data, struct garbage *garbage)
{
    struct gc_run *run = data;

    if (run->given->json) {
        VALUE_ARENA_SCOPE(&run->cli->arena);
        array_append(run->environments, value_copy(&run->cli->arena, garbage_json(garbage)));
    }
    if (garbage->problem || garbage->is_declined) {
        run->problems++;
        if (garbage->problem)
            cli_error(run->cli, "%-s", garbage->problem);
        else
            cli_info(run->cli, "nothing was deleted");
        return;
    }
    describe_garbage(run, garbage);
    if (garbage->action == GARBAGE_PRINT && !run->given->json)
        print_keys(garbage);
    print_sum(run, garbage, GARBAGE_DELETE, "deleted");
    print_sum(run, garbage, GARBAGE_MARK, "tagged as unused");
    print_sum(run, garbage, GARBAGE_UNMARK, "in use again, and no longer tagged:");
}

static struct value *keys_of(const struct cloud_assembly *assembly)
{
    struct value *keys = array();

    for (size_t i = 0; i < assembly->stack_count; i++) {
        const struct cloud_stack *stack = &assembly->stacks[i];

        for (size_t j = 0; j < stack->asset_count; j++)
            array_append(keys, string(stack->assets[j].key));
        if (stack->template_asset)
            array_append(keys, string(stack->template_asset->key));
    }
    return keys;
}

// One after the other where questions are asked; each of them by itself has enough to do side by side.
static int collect_garbage(struct gc_run *run, struct target_stacks *target,
    const struct environment_list *environments, const struct garbage *settings)
{
    struct garbage *all = arena_alloc(value_arena(), environments->count * sizeof(*all));
    struct value *app_keys = keys_of(&target->assembly);

    run->environments = array();
    signals_note_first();
    for (size_t i = 0; i < environments->count; i++) {
        struct garbage *garbage = &all[i];

        *garbage = *settings;
        garbage->environment = (struct environment){
            .queue = &target->queue,
            .profile = target->profile,
            .account = environments->items[i].account,
            .region = environments->items[i].region,
        };
        garbage->app_keys = app_keys;
        garbage_start(garbage);
        while (event_loop_run_once(&target->queue, 1000) && !signals_pending())
            ;
        if (signals_pending())
            return 128 + signals_pending();
    }
    if (run->given->json)
        document_print(object((struct field[]){
                           { "version", number(GC_FORMAT) }, { "environments", run->environments }, END }),
            true);
    return run->problems ? EXIT_STATUS_FAILURE : EXIT_STATUS_OK;
}

static int run_gc(struct cli *cli, const void *values, const struct string_list *operands)
{
    const struct gc_command *given = values;
    struct gc_run run = { .cli = cli, .given = given };
    struct garbage settings = {
        .stack = given->stack,
        .action = action_from_name(given->action),
        .created_days = 1,
        .force = given->force,
        .confirm = confirm,
        .ended = on_ended,
        .data = &run,
    };
    TARGET_STACKS_AUTO target = { 0 };
    struct environment_list environments = { 0 };
    ERROR_AUTO err = ERROR_INIT;
    int status;

    if (read_days("rollback-buffer-days", given->rollback_days, &settings.rollback_days, &err) < 0 ||
        read_days("created-buffer-days", given->created_days, &settings.created_days, &err) < 0)
        return cli_usage_error(cli, "%-s", err.message);
    status = environments_open_app(cli, &given->target, operands, &target, &environments);
    if (status != 0)
        return status;
    if (!settings.stack &&
        context_setting_text(&target.synthesis.context, "toolkitStackName", &settings.stack, &err) < 0)
        return cli_error(cli, "%-s", err.message);
    return collect_garbage(&run, &target, &environments, &settings);
}

const struct command_body cmd_gc = {
    .operands = { "ENVIRONMENT", 0, ANY_NUMBER, OPERAND_ENVIRONMENT },
    .options = options,
    .options_size = sizeof(struct gc_command),
    .description =
        "Deletes from the staging bucket of an account and region the assets that nobody uses any more. In "
        "use is what any stack there refers to, in its template or in a pending change set, whatever state "
        "it is in and whoever made it, and what the app at hand refers to. Where something cannot be seen, "
        "nothing is deleted. What is deleted remains as an old version for as long as the bucket keeps "
        "those, 30 days.\n\n"
        "ENVIRONMENT is aws://ACCOUNT/REGION; without one, the environments of the app's stacks are cleaned. "
        "With --rollback-buffer-days, what is unused is only tagged (aws-cdk:isolated, as the CDK does), and "
        "deleted by a later run once the tag is that old; what has come into use again loses it.\n\n"
        "--json prints { version: 1, environments: [{ account, region, problem, bucket, assets, otherObjects, stacks, "
        "unused: [{ key, modified, bytes }], deleted, tagged, untagged: { count, bytes } }] }.",
    .run = run_gc,
};
