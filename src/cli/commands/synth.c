// SPDX-License-Identifier: MIT
#include "cdk/app.h"
#include "cdk/construct.h"
#include "cdk/resource.h"
#include "cdk/stack.h"
#include "cli/app/environment_table.h"
#include "cli/app/select.h"
#include "cli/app/synthesis.h"
#include "cli/core/cli.h"
#include "cli/core/command.h"
#include "cli/validate/gate.h"
#include "cli/validate/locate.h"
#include "data/json.h"
#include "data/value.h"
#include "data/yaml.h"
#include "template/cloud_assembly.h"
#include "util/die.h"
#include "util/display.h"
#include "util/file/file.h"
#include "validate/validate.h"

struct synth_options {
    const char *output;
    bool quiet;
    bool json;
    bool exclusively;
    bool strict;
    enum toggle bundling;
    enum toggle validation;
    struct string_list tables;
};

static const struct option options[] = {
    { "output", 'o', OPTION_STRING(struct synth_options, output), .argument = "DIR",
        .help = "write the assembly into this directory instead of cdk.out" },
    { "quiet", 'q', OPTION_FLAG(struct synth_options, quiet),
        .help = "print no template and no summary, only warnings and errors" },
    { "json", 'j', OPTION_FLAG(struct synth_options, json), .help = "print the template as JSON, not YAML" },
    { "exclusively", 'e', OPTION_FLAG(struct synth_options, exclusively),
        .help = "look only at the given stacks, not at those they depend on" },
    { "bundling", 0, OPTION_TOGGLE(struct synth_options, bundling), .shown_negated = true,
        .help = "do without the packages of Lambda functions that are not built" },
    VALIDATION_OPTION(struct synth_options),
    { "strict", 0, OPTION_FLAG(struct synth_options, strict), .help = "fail when there are warnings" },
    ENVIRONMENT_TABLE_OPTION(struct synth_options),
    OPTION_END,
};

static void print_template(const struct assembly_stack *rendered, bool json)
{
    STRBUF_AUTO text = STRBUF_INIT;
    ERROR_AUTO err = ERROR_INIT;
    const struct value *template;

    if (json) {
        print_data_json(rendered->template_text, rendered->template_length);
        print("\n");
        return;
    }
    template = json_parse(rendered->template_text, rendered->template_length, rendered->template_file, &err);
    if (!template)
        BUG("%s", err.message);
    yaml_write(&text, template);
    print_data(text.data, text.length);
}

static void report_synth(const struct cli *cli, const struct synth_options *given,
    const struct synthesis *synthesis, const struct selection *selection, const char *output)
{
    size_t count = synthesis->assembly.stack_count;

    if (given->quiet || cli_is_cdk_app() || cli->environments.count > 1)
        return;
    if (selection->single)
        print_template(selection->single, given->json);
    else
        cli_info(cli, "Synthesized %zu stack%s to %s", count, count == 1 ? "" : "s", output);
}

// Where several environments are synthesized each has a directory of its own in the one that is given.
static int find_output(const struct cli *cli, const struct synth_options *given,
    const struct synthesis *synthesis, const char **ret_output, struct error *err)
{
    if (synthesis_output(synthesis, given->output, ret_output, err) < 0)
        return -1;
    if (cli->environments.count < 2)
        return 0;
    if (directory_make(*ret_output, err) < 0)
        return -1;
    *ret_output = arena_printf(value_arena(), "%s/%s", *ret_output, cli->environment);
    return 0;
}

static int write(const struct cli *cli, const struct synth_options *given, const struct synthesis *synthesis,
    const struct selection *selection, struct error *err)
{
    const char *output;

    if (synthesis_print_warnings(cli, synthesis, selection) && given->strict)
        return error_set(
            err, "there are warnings, and '--strict' takes them for errors; nothing was written");
    if (find_output(cli, given, synthesis, &output, err) < 0)
        return -1;
    if (assembly_write(&synthesis->assembly, output, err) < 0)
        return -1;
    report_synth(cli, given, synthesis, selection, output);
    return 0;
}

static void locate(const struct synthesis *synthesis, struct template_findings *findings)
{
    const struct value *places = findings->count ? app_places(synthesis->app) : NULL;

    for (size_t i = 0; i < synthesis->assembly.stack_count && findings->count; i++) {
        const struct assembly_stack *rendered = &synthesis->assembly.stacks[i];
        const char *name = construct_path(rendered->stack->node);
        const struct cloud_stack stack = {
            .display_name = name, .metadata = assembly_stack_metadata(rendered), .places = places
        };

        findings_locate(findings, name, &stack);
    }
}

// Like mistakes that the app finds itself, those in templates keep anything from being written.
static int make(struct cli *cli, const struct synth_options *given, struct synthesis *synthesis)
{
    struct template_findings findings;

    if (!validation_is_on(cli, given->validation))
        return synthesis_make(cli, synthesis);
    if (synthesis_make_validated(cli, synthesis, &findings) < 0)
        return -1;
    locate(synthesis, &findings);
    if (!validation_print(cli, &findings))
        return 0;
    cli_error(cli, "%zu error%s; nothing was written\n'--no-validation' writes it all the same",
        findings.errors, findings.errors == 1 ? "" : "s");
    return -1;
}

static int synthesize(struct cli *cli, const struct synth_options *given, const struct string_list *operands,
    struct synthesis *synthesis)
{
    ERROR_AUTO err = ERROR_INIT;
    struct selection selection;

    if (make(cli, given, synthesis) < 0)
        return EXIT_STATUS_FAILURE;
    if (stacks_select(&synthesis->assembly, operands, given->exclusively ? SELECT_EXACTLY : SELECT_UPSTREAM,
            &cli->arena, &selection, &err) < 0)
        return cli_error(cli, "%-s", err.message);
    if (given->bundling != NO && synthesis_check_assets(cli, synthesis, &selection) < 0)
        return EXIT_STATUS_FAILURE;
    if (write(cli, given, synthesis, &selection, &err) < 0)
        return cli_error(cli, "%-s", err.message);
    return EXIT_STATUS_OK;
}

static void count_resource(struct construct *construct, void *data)
{
    const struct resource *resource = construct_default_child(construct);

    *(size_t *)data += resource && resource_node(resource) == construct;
}

struct environment_synth {
    const struct synth_options *given;
    const struct string_list *operands;
    struct environment_table *table;
};

static int synth_environment(struct cli *cli, struct environment_row *row, void *data)
{
    const struct environment_synth *work = data;
    SYNTHESIS_AUTO synthesis;
    struct arena *of_app;

    if (synthesize(cli, work->given, work->operands, &synthesis) != EXIT_STATUS_OK)
        return -1;
    of_app = value_arena_use(&cli->arena);
    row->prefix = environment_prefix(cli, &synthesis.context);
    for (size_t i = 0; i < synthesis.assembly.stack_count; i++) {
        const struct assembly_stack *stack = &synthesis.assembly.stacks[i];
        size_t count = 0;

        construct_walk(stack->stack->node, count_resource, &count);
        environment_table_set(work->table, row->environment, construct_path(stack->stack->node),
            arena_printf(&cli->arena, "%zu", count),
            object((struct field[]){ { "resources", number((double)count) }, END }));
    }
    value_arena_use(of_app);
    return 0;
}

static int synth_environments(
    struct cli *cli, const struct synth_options *given, const struct string_list *operands)
{
    struct environment_table table;
    struct result_formats formats;
    int status = environment_table_formats_parse(cli, &given->tables, &formats);

    if (status != EXIT_STATUS_OK)
        return status;
    status = environment_table_make(
        cli, synth_environment, &(struct environment_synth){ given, operands, &table }, &table);
    return environment_table_finish(cli, &table, &formats, !given->quiet || given->tables.count, status);
}

static int run_synth(struct cli *cli, const void *values, const struct string_list *operands)
{
    const struct synth_options *given = values;
    SYNTHESIS_AUTO synthesis = { 0 };

    if (cli->environments.count > 1 || given->tables.count)
        return synth_environments(cli, given, operands);
    return synthesize(cli, given, operands, &synthesis);
}

const struct command_body cmd_synth = {
    .operands = { "STACK", 0, ANY_NUMBER, OPERAND_STACK },
    .options = options,
    .options_size = sizeof(struct synth_options),
    .description =
        "Synthesizes the CloudFormation templates of all stacks and writes them, with their assets and metadata, into a cloud assembly, which the CDK CLI reads too.\n\n"
        "When STACK matches a single stack, its template is printed. STACK is a name or a glob; !STACK excludes.\n\n"
        "Of several environments (--env) each is written into a directory of its name in the output directory, and a "
        "table is printed.",
    .takes_environments = true,
    .run = run_synth,
};
