// SPDX-License-Identifier: MIT
#include "diagram/diagram.h"

#include "cli/core/cli.h"
#include "cli/core/command.h"
#include "cli/core/result_format.h"
#include "cli/diff/source.h"
#include "cli/stacks/target_stacks.h"
#include "data/value.h"
#include "diagram/render/render.h"
#include "util/die.h"

#include <stdlib.h>
#include <string.h>

struct diagram_command {
    struct target_options target;
    struct string_list formats;
    struct string_list templates;
    const char *level;
};

static const char *const levels[] = {
    [DIAGRAM_STACKS] = "stack", [DIAGRAM_CONSTRUCTS] = "construct", [DIAGRAM_RESOURCES] = "resource", NULL
};

enum { DOT, MERMAID, SVG, HTML };

static const char *const format_names[] = {
    [DOT] = "dot", [MERMAID] = "mermaid", [SVG] = "svg", [HTML] = "html", NULL
};

static const struct option options[] = {
    { "app", 'a', OPTION_STRING(struct diagram_command, target.app), .argument = "DIR",
        .help = "take the cloud assembly in this directory, whoever made it, instead of synthesizing" },
    { "template", 't', OPTION_LIST(struct diagram_command, templates), .argument = "FILE",
        .help = "draw this template, JSON or YAML, instead of the app; may be given again" },
    { "format", 'f', OPTION_LIST(struct diagram_command, formats), .argument = "FORMAT[=FILE]",
        .choices = format_names, .completes = COMPLETES_FORMAT_AND_FILE,
        .help = "draw it so, or write it so into FILE; may be given again" },
    { "level", 'l', OPTION_CHOICE(struct diagram_command, level), .argument = "LEVEL", .choices = levels,
        .help = "what a box is (construct)" },
    { "exclusively", 'e', OPTION_FLAG(struct diagram_command, target.exclusively),
        .help = "draw only the given stacks, not those they depend on" },
    OPTION_END,
};

static enum diagram_level level_of(const char *name)
{
    enum diagram_level level = DIAGRAM_CONSTRUCTS;

    for (size_t i = 0; name && levels[i]; i++)
        if (strcmp(levels[i], name) == 0)
            level = (enum diagram_level)i;
    return level;
}

static int render(size_t format, const struct diagram *diagram, struct strbuf *out, struct error *err)
{
    switch (format) {
    case MERMAID:
        diagram_write_mermaid(out, diagram);
        return 0;
    case SVG:
        return diagram_write_svg(out, diagram, false, err);
    case HTML:
        return diagram_write_html(out, diagram, err);
    default:
        diagram_write_dot(out, diagram);
        return 0;
    }
}

// All pictures are there before one is written.
static int write_all(const struct result_formats *formats, const struct diagram *diagram, struct error *err)
{
    struct strbuf *texts = xcalloc(formats->count, sizeof(*texts));
    int result = 0;

    for (size_t i = 0; i < formats->count; i++)
        texts[i] = (struct strbuf)STRBUF_INIT;
    for (size_t i = 0; i < formats->count && result == 0; i++)
        result = render(formats->items[i].format, diagram, &texts[i], err);
    for (size_t i = 0; i < formats->count && result == 0; i++)
        result = result_write(&formats->items[i], &texts[i], err);
    for (size_t i = 0; i < formats->count; i++)
        strbuf_release(&texts[i]);
    free(texts);
    return result;
}

static int draw(const struct cli *cli, const struct diagram_command *given,
    const struct result_formats *formats, const struct diff_templates *templates)
{
    struct diagram_template *inputs = arena_alloc(value_arena(), (templates->count + 1) * sizeof(*inputs));
    struct diagram diagram;
    ERROR_AUTO err = ERROR_INIT;

    for (size_t i = 0; i < templates->left_out_count; i++)
        cli_error(cli, "%-s; '%s' is left out", templates->left_out[i].message, templates->left_out[i].name);
    for (size_t i = 0; i < templates->count; i++)
        inputs[i] = (struct diagram_template){ .name = templates->items[i].name,
            .template = templates->items[i].template,
            .paths = templates->items[i].paths };
    diagram_build(inputs, templates->count, level_of(given->level), &diagram);
    if (write_all(formats, &diagram, &err) < 0)
        return cli_error(cli, "%-s", err.message);
    return templates->left_out_count ? EXIT_STATUS_FAILURE : EXIT_STATUS_OK;
}

// Files, or all of an assembly, which may have others in it (aws-cdk: a Stage).
static int draw_paths(const struct cli *cli, const struct diagram_command *given,
    const struct string_list *paths, const struct result_formats *formats)
{
    struct diff_templates templates = { 0 };
    ERROR_AUTO err = ERROR_INIT;

    for (size_t i = 0; i < paths->count; i++)
        if (diff_read_path(paths->items[i], &templates, &err) < 0)
            return cli_error(cli, "%-s", err.message);
    return draw(cli, given, formats, &templates);
}

static int draw_app(struct cli *cli, const struct diagram_command *given, const struct string_list *operands,
    const struct result_formats *formats)
{
    const struct target_need need = {
        .extend = SELECT_UPSTREAM, .read_only = true, .in_memory = true, .offline = true
    };
    struct diff_templates templates = { 0 };
    TARGET_STACKS_AUTO target;
    ERROR_AUTO err = ERROR_INIT;
    int status = target_stacks_open(cli, &given->target, operands, &need, &target);

    if (status != 0)
        return status;
    if (diff_read_app(&target, &templates, &err) < 0)
        return cli_error(cli, "%-s", err.message);
    return draw(cli, given, formats, &templates);
}

static int check_options(const struct diagram_command *given, const struct string_list *operands,
    struct result_formats *formats, struct error *err)
{
    if (given->templates.count && (given->target.app || operands->count))
        return error_set(err, "'--template' is drawn instead of an app: '%s' goes without it",
            given->target.app ? "--app" : operands->items[0]);
    return result_formats_parse("--format", &given->formats, format_names, formats, err);
}

static int run_diagram(struct cli *cli, const void *values, const struct string_list *operands)
{
    const struct diagram_command *given = values;
    struct result_formats formats;
    ERROR_AUTO err = ERROR_INIT;

    if (check_options(given, operands, &formats, &err) < 0)
        return cli_usage_error(cli, "%-s", err.message);
    if (given->templates.count)
        return draw_paths(cli, given, &given->templates, &formats);
    if (given->target.app && !operands->count)
        return draw_paths(
            cli, given, &(struct string_list){ (const char *[]){ given->target.app }, 1, 1 }, &formats);
    return draw_app(cli, given, operands, &formats);
}

const struct command_body cmd_diagram = {
    .operands = { "STACK", 0, ANY_NUMBER, OPERAND_STACK },
    .options = options,
    .options_size = sizeof(struct diagram_command),
    .description =
        "Draws the architecture: a frame for each stack, in it what runs, stores and routes, and between "
        "these the traffic that security groups allow, with its ports, the events (notifications, rules, "
        "subscriptions, dead letters, actions of alarms), the access that IAM policies give, and "
        "references.\n\n"
        "dot, the default, is the language of Graphviz, mermaid that of diagrams in Markdown. svg and html "
        "are laid out by Graphviz, which must be installed.\n\n"
        "Roles, policies, log groups, subnets and the like belong to what they are for, and many alarms are "
        "one box; with --level resource every resource is one.",
    .run = run_diagram,
};
