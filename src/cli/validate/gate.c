// SPDX-License-Identifier: MIT
#include "cli/validate/gate.h"

#include "cli/core/cli.h"
#include "cli/stacks/target_stacks.h"
#include "cli/validate/locate.h"
#include "data/value.h"
#include "validate/validate.h"

bool validation_is_on(const struct cli *cli, enum toggle given)
{
    return cli->definition->checks_templates && given != NO;
}

static enum diag_level level_of(enum severity severity)
{
    static const enum diag_level levels[] = { DIAG_ERROR, DIAG_WARNING, DIAG_INFO };

    return levels[severity];
}

static void print_finding(const struct cli *cli, const struct template_finding *finding)
{
    static const char *const names[] = { "Error", "Warning", "Info" };
    enum severity severity = finding->severity;

    if (finding->construct)
        cli_diag(cli, level_of(severity), "[%s at /%s] %s [%s]%s%s", names[severity], finding->construct,
            finding->message, finding->id, finding->place ? " made at " : "",
            finding->place ? finding->place : "");
    else
        cli_diag(cli, level_of(severity), "[%s in %s at %s] %s [%s]", names[severity], finding->file,
            *finding->pointer ? finding->pointer : "/", finding->message, finding->id);
}

size_t validation_print(const struct cli *cli, const struct template_findings *findings)
{
    for (size_t i = 0; i < findings->count; i++)
        print_finding(cli, &findings->items[i]);
    return findings->errors;
}

int validation_check_target(struct cli *cli, const struct target_stacks *target, size_t *ret_errors)
{
    struct validate_options options = { 0 };
    struct template_findings all = { 0 };
    struct arena scratch = ARENA_INIT;
    ERROR_AUTO err = ERROR_INIT;
    VALUE_ARENA_SCOPE(&scratch);

    if (context_policy(&target->synthesis.context, NULL, &options.policy, &err) < 0)
        return cli_error(cli, "%-s", err.message);
    for (size_t i = 0; i < target->assembly.stack_count; i++) {
        const struct cloud_stack *stack = &target->assembly.stacks[i];
        const struct template_source source = { .name = stack->id, .template = stack->template };
        struct template_findings found = { 0 };

        if (!target->chosen[i] || !object_get(stack->template, "Resources"))
            continue; // nothing is deployed
        validate_template(&source, &options, &found);
        findings_locate(&found, source.name, stack);
        template_findings_add(&cli->arena, &all, &found);
        arena_reset(&scratch);
    }
    validation_print(cli, &all);
    arena_release(&scratch);
    *ret_errors = all.errors;
    return 0;
}
