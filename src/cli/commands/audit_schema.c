// SPDX-License-Identifier: MIT
#include "cli/audit_schema/audit.h"
#include "cli/core/cli.h"
#include "cli/core/command.h"
#include "util/die.h"
#include "util/display.h"
#include "util/file/file.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

struct audit_options {
    bool check;
    const char *from_django;
    const char *database;
    const char *output;
    const char *schema;
};

static const struct option options[] = {
    { "check", 0, OPTION_FLAG(struct audit_options, check),
        .help =
            "compare the schema with what was generated from it: the sources of the build, the pattern of "
            "the rule that synth makes, and the consumer in its package; with --from-django: compare with "
            "that file only, and change nothing" },
    { "from-django", 0, OPTION_STRING(struct audit_options, from_django), .argument = "FILE",
        .help = "bring the schema's event types up to date with the generated_schema.py that the backend's "
                "'manage.py generate_audit_schema' writes, and compare the columns" },
    { "database", 0, OPTION_STRING(struct audit_options, database), .argument = "URL",
        .help = "compare the schema with the columns of a live PostgreSQL (psql asks it); '-' reads the URL "
                "from standard input" },
    { "output", 'o', OPTION_STRING(struct audit_options, output), .argument = "DIR",
        .help = "generate into this directory instead of that of the build" },
    { "schema", 0, OPTION_STRING(struct audit_options, schema), .argument = "FILE",
        .help = "the schema; the default is functions/audit-consumer/audit-schema.yaml" },
    OPTION_END,
};

// What a run is about.
struct audit {
    struct cli *cli;
    const struct audit_options *given;
    const char *path;
    struct audit_schema schema;
    struct display differences; // one a line
    int count;
    struct error err;
};

// Takes what a comparison returns; false when it could not be made.
static bool consume_differences(struct audit *audit, int differences)
{
    if (differences < 0)
        cli_error(audit->cli, "%-s", audit->err.message);
    else
        audit->count += differences;
    return differences >= 0;
}

static bool compare_generated(struct audit *audit)
{
    struct display *out = &audit->differences;

    return consume_differences(audit, audit_check_generated(audit->cli, &audit->schema, out)) &&
        consume_differences(audit, audit_check_rule(audit->cli, &audit->schema, out, &audit->err)) &&
        consume_differences(audit, audit_check_package(audit->cli, &audit->schema, out, &audit->err));
}

static bool compare_django(struct audit *audit)
{
    const char *path = audit->given->from_django;
    STRBUF_AUTO python = STRBUF_INIT;

    if (file_read(path, &python, &audit->err) < 0)
        return consume_differences(audit, -1);
    return consume_differences(
        audit, audit_compare_django(&audit->schema, path, python.data, &audit->differences, &audit->err));
}

static bool compare_database(struct audit *audit)
{
    return consume_differences(audit,
        audit_check_database(
            audit->cli, &audit->schema, audit->given->database, &audit->differences, &audit->err));
}

static bool compare_models(struct audit *audit)
{
    const struct audit_options *given = audit->given;

    bool generated = given->check && !given->from_django;

    return (!generated || compare_generated(audit)) && (!given->from_django || compare_django(audit)) &&
        (!given->database || compare_database(audit));
}

static int report_audit_schema(struct audit *audit)
{
    display_print(&audit->differences, stdout);
    if (!audit->count) {
        cli_info(audit->cli, "'%s': no differences", audit->path);
        return EXIT_STATUS_OK;
    }
    return cli_error(
        audit->cli, "%d difference%s of '%s'", audit->count, audit->count == 1 ? "" : "s", audit->path);
}

static bool update(struct audit *audit)
{
    bool changed;

    if (!audit->given->from_django || audit->given->check)
        return true;
    if (!consume_differences(
            audit, audit_update(audit->path, audit->given->from_django, &changed, &audit->err)))
        return false;
    if (changed)
        cli_info(audit->cli, "Updated %s; the build makes the rest of it", audit->path);
    return true;
}

static int generate(struct audit *audit)
{
    const char *directory =
        audit->given->output ? audit->given->output : audit_generated_directory(audit->cli);
    struct stat status;

    if (!audit->given->output && stat(directory, &status) < 0)
        return cli_error(audit->cli, "there is no '%s': name a directory with '--output'", directory);
    if (audit_write_generated(&audit->schema, directory, &audit->err) < 0)
        return cli_error(audit->cli, "%-s", audit->err.message);
    cli_info(audit->cli, "Generated audit_schema.c and audit_event_types.h in %s", directory);
    return EXIT_STATUS_OK;
}

static int work(struct audit *audit, bool generating)
{
    if (!update(audit))
        return EXIT_STATUS_FAILURE;
    if (audit_schema_read(&audit->schema, audit->path, &audit->err) < 0)
        return cli_error(audit->cli, "%-s", audit->err.message);
    if (generating)
        return generate(audit);
    return compare_models(audit) ? report_audit_schema(audit) : EXIT_STATUS_FAILURE;
}

static const char *usage_mistake(const struct audit_options *given, const struct string_list *operands)
{
    bool comparing = given->check || given->from_django || given->database;

    if (operands->count && strcmp(operands->items[0], "generate") != 0)
        return "the only thing to do that has a name is 'generate'";
    if (operands->count && comparing)
        return "'generate' goes with none of '--check', '--from-django' and '--database'";
    if (!operands->count && !comparing)
        return "say what to do: 'generate', '--check', '--from-django' or '--database'";
    if (!operands->count && given->output)
        return "'--output' goes with 'generate'";
    return NULL;
}

static int run_audit_schema(struct cli *cli, const void *values, const struct string_list *operands)
{
    const struct audit_options *given = values;
    const struct app_functions *functions = cli->definition->functions;
    const char *mistake = usage_mistake(given, operands);
    struct audit audit = { .cli = cli, .given = given, .differences = DISPLAY_INIT };
    int status;

    if (mistake)
        return cli_usage_error(cli, "%s", mistake);
    if (!functions || !functions->audit_schema)
        return cli_error(cli, "the app has no audit log");
    audit.path = given->schema ? given->schema : functions->audit_schema;
    status = work(&audit, operands->count > 0);
    audit_schema_release(&audit.schema);
    display_release(&audit.differences);
    error_release(&audit.err);
    return status;
}

const struct command_body cmd_audit_schema = {
    .operands = { "generate", 0, 1, OPERAND_OTHER },
    .options = options,
    .options_size = sizeof(struct audit_options),
    .description =
        "Works on the schema of the audit log: one YAML file that lists the table's columns, where their "
        "values come from, and the types of the events that belong there. The build makes the consumer's SQL "
        "and the pattern of its rule from it; 'generate' does that part of the build by itself.\n\n"
        "Comparisons print each difference on a line of its own and fail when there is any.",
    .run = run_audit_schema,
};
