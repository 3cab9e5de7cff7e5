// SPDX-License-Identifier: MIT
#include "cli/app/synthesis.h"

#include "cdk/asset.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/stack.h"
#include "cli/app/aws.h"
#include "cli/app/lookup.h"
#include "cli/app/select.h"
#include "cli/core/cli.h"
#include "data/value.h"
#include "util/file/package.h"
#include "validate/validate.h"

#include <stdlib.h>

static void print_diag(const struct cli *cli, const struct diag *diag)
{
    static const char *const names[] = {
        [DIAG_INFO] = "Info", [DIAG_WARNING] = "Warning", [DIAG_ERROR] = "Error"
    };
    const char *path = construct_path(diag->construct);

    cli_diag(cli, diag->level, "[%s%s%s] %-s", names[diag->level], *path ? " at /" : "", path, diag->message);
}

static void print_errors(const struct cli *cli, const struct app *app)
{
    size_t count = app_diag_count(app, DIAG_ERROR);

    for (size_t i = 0; i < app_diag_total(app); i++)
        if (app_diag_at(app, i)->level == DIAG_ERROR)
            print_diag(cli, app_diag_at(app, i));
    cli_error(cli, "%zu error%s; nothing was written", count, count == 1 ? "" : "s");
}

const char *synthesis_package_lacks(const struct cli *cli, const char *function)
{
    const struct app_functions *functions = cli->definition->functions;

    return package_lacks(functions->package(function), functions->needs(function));
}

static bool check_packages(const struct cli *cli)
{
    const struct app_functions *functions = cli->definition->functions;
    bool complete = true;

    for (const char *const *name = functions ? functions->names : NULL; name && *name; name++) {
        const char *missing = synthesis_package_lacks(cli, *name);

        if (missing)
            cli_error(cli, "'%s' cannot work: it lacks '%s...'", functions->package(*name), missing);
        complete &= !missing;
    }
    return complete;
}

static int explain_packages(const struct cli *cli)
{
    cli_info(cli,
        "in the source tree, 'cmake --build build/release --target packages' builds the packages of the "
        "functions; TANGO_FUNCTIONS names another directory with them; '--no-bundling' does without them");
    return -1;
}

int synthesis_check_assets(
    const struct cli *cli, const struct synthesis *synthesis, const struct selection *selection)
{
    bool complete = true;

    if (!check_packages(cli))
        return explain_packages(cli);
    for (size_t i = 0; i < selection->count; i++)
        complete &= stack_check_assets(selection->stacks[i]->stack);
    // The CDK CLI reads the errors from the manifest, and heeds those of the stacks that it works on.
    if (complete || cli_is_cdk_app())
        return 0;
    print_errors(cli, synthesis->app);
    return explain_packages(cli);
}

static bool is_selected(const struct selection *selection, const struct construct *construct)
{
    const struct stack *stack = construct_stack(construct);

    return !selection || !stack || selection_has(selection, stack);
}

size_t synthesis_print_warnings(
    const struct cli *cli, const struct synthesis *synthesis, const struct selection *selection)
{
    size_t warnings = 0;

    for (size_t i = 0; i < app_diag_total(synthesis->app); i++) {
        const struct diag *diag = app_diag_at(synthesis->app, i);

        if (!is_selected(selection, diag->construct))
            continue;
        print_diag(cli, diag);
        warnings += diag->level == DIAG_WARNING;
    }
    return warnings;
}

void synthesis_print_app_warnings(const struct cli *cli, const struct synthesis *synthesis)
{
    synthesis_print_warnings(cli, synthesis, &(struct selection){ 0 });
}

static void warn_of_placeholders(const struct cli *cli, const struct value *missing)
{
    for (size_t i = 0; i < value_length(missing); i++)
        cli_warning(cli, "context '%s' is not known and is not looked up: placeholders are used instead",
            object_string_or_empty(array_at(missing, i), "key"));
}

static int look_up(const struct cli *cli, struct synthesis *synthesis, bool saves, struct error *err)
{
    struct aws aws;
    struct value *found;

    if (aws_init(&aws, cli, &synthesis->context, err) < 0)
        return -1;
    cli_info(
        cli, "Looking up availability zones%s...", saves ? "" : ", which only 'synth' and 'deploy' save");
    if (lookup_missing(&aws, synthesis->assembly.missing, &found, err) < 0)
        return -1;
    if (saves && context_project_update(found, err) < 0)
        return -1;
    context_add(&synthesis->context, found);
    return 0;
}

// What is found outlives the app that asked for it.
static int look_up_for_next(struct cli *cli, struct synthesis *synthesis, bool saves)
{
    ERROR_AUTO err = ERROR_INIT;
    struct arena *app_arena = value_arena_use(&cli->arena);
    int status = look_up(cli, synthesis, saves, &err);

    value_arena_use(app_arena);
    if (status < 0)
        cli_error(cli, "cannot look up missing context: %-s\n'--no-lookups' continues with placeholders",
            err.message);
    return status;
}

struct template_check {
    struct cli *cli;
    struct template_findings *findings;
    struct validate_options options;
};

static void check_template(const struct stack *stack, const struct value *template, void *data)
{
    const struct template_check *check = data;
    const struct template_source source = { .name = construct_path(stack->node), .template = template };
    struct template_findings found = { 0 };

    if (!object_get(template, "Resources")) // nothing is deployed
        return;
    validate_template(&source, &check->options, &found);
    template_findings_add(&check->cli->arena, check->findings, &found);
}

// `findings` NULL: nothing is checked.
static int build(struct cli *cli, struct synthesis *synthesis, struct template_findings *findings)
{
    struct template_check check = { .cli = cli, .findings = findings };
    ERROR_AUTO err = ERROR_INIT;

    if (findings && context_policy(&synthesis->context, NULL, &check.options.policy, &err) < 0) {
        cli_error(cli, "%-s", err.message);
        return -1;
    }
    app_free(synthesis->app);
    synthesis->app = cli->definition->build(synthesis->context.values);
    if (findings)
        *findings = (struct template_findings){ 0 };
    if (app_synth_visiting(synthesis->app, findings ? check_template : NULL, &check, &synthesis->assembly))
        return 0;
    print_errors(cli, synthesis->app);
    return -1;
}

static int make_offline(struct cli *cli, struct synthesis *synthesis, struct template_findings *findings)
{
    ERROR_AUTO err = ERROR_INIT;

    *synthesis = (struct synthesis){ 0 };
    if (context_load(cli, &synthesis->context, &err) < 0) {
        cli_error(cli, "%-s", err.message);
        return -1;
    }
    return build(cli, synthesis, findings);
}

int synthesis_make_offline(struct cli *cli, struct synthesis *synthesis)
{
    return make_offline(cli, synthesis, NULL);
}

static int make(struct cli *cli, struct synthesis *synthesis, bool saves, struct template_findings *findings)
{
    if (make_offline(cli, synthesis, findings) < 0)
        return -1;
    // Every round finds what the app missed, so none can miss the same again.
    while (value_length(synthesis->assembly.missing)) {
        if (!synthesis->context.lookups) {
            warn_of_placeholders(cli, synthesis->assembly.missing);
            return 0;
        }
        if (look_up_for_next(cli, synthesis, saves) < 0 || build(cli, synthesis, findings) < 0)
            return -1;
    }
    return 0;
}

int synthesis_make(struct cli *cli, struct synthesis *synthesis)
{
    return make(cli, synthesis, true, NULL);
}

int synthesis_make_unsaved(struct cli *cli, struct synthesis *synthesis)
{
    return make(cli, synthesis, false, NULL);
}

int synthesis_make_validated(
    struct cli *cli, struct synthesis *synthesis, struct template_findings *ret_findings)
{
    return make(cli, synthesis, true, ret_findings);
}

int synthesis_output(
    const struct synthesis *synthesis, const char *given, const char **ret_output, struct error *err)
{
    const char *of_cdk = getenv("CDK_OUTDIR");

    if (context_setting_text(&synthesis->context, "output", ret_output, err) < 0)
        return -1;
    if (!*ret_output)
        *ret_output = "cdk.out";
    if (of_cdk && *of_cdk)
        *ret_output = of_cdk;
    if (given)
        *ret_output = given;
    return **ret_output ? 0 : error_set(err, "the name of the output directory is empty");
}

void synthesis_release(struct synthesis *synthesis)
{
    app_free(synthesis->app);
    synthesis->app = NULL;
}
