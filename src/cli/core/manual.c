// SPDX-License-Identifier: MIT
#include "cli/core/cli.h"
#include "cli/core/command.h"

#include <ctype.h>
#include <string.h>

// Text as roff wants it: its own control characters escaped, dashes as typed, empty lines as paragraphs.
static void add_text(struct strbuf *out, const char *text)
{
    bool line_start = true;

    for (; *text; text++) {
        if (line_start && (*text == '.' || *text == '\''))
            strbuf_add_string(out, "\\&");
        if (line_start && *text == '\n')
            strbuf_add_string(out, ".PP");
        if (*text == '\\')
            strbuf_add_string(out, "\\e");
        else if (*text == '-')
            strbuf_add_string(out, "\\-");
        else
            strbuf_add_char(out, *text);
        line_start = *text == '\n';
    }
}

static void add_bold(struct strbuf *out, const char *text)
{
    strbuf_add_string(out, "\\fB");
    add_text(out, text);
    strbuf_add_string(out, "\\fR");
}

static void add_options(struct strbuf *out, const struct option *options)
{
    for (; options->name; options++) {
        STRBUF_AUTO spelling = STRBUF_INIT;

        option_spell(&spelling, options);
        strbuf_add_string(out, ".TP\n");
        add_bold(out, spelling.data + strspn(spelling.data, " "));
        strbuf_add_char(out, '\n');
        add_text(out, options->help);
        for (const char *const *choice = options->choices; choice && *choice; choice++) {
            strbuf_add_string(out, choice == options->choices ? ": " : ", ");
            add_text(out, *choice);
        }
        strbuf_add_char(out, '\n');
    }
}

static void add_synopsis(struct strbuf *out, const struct cli *cli, const struct command *command)
{
    STRBUF_AUTO operands = STRBUF_INIT;

    operands_spell(&operands, &command->body->operands);
    add_text(out, cli->definition->name);
    strbuf_addf(out, " %s%s ", command->name, command->body->options ? " [OPTION...]" : "");
    add_text(out, operands.data);
    strbuf_add_char(out, '\n');
}

static void add_description(struct strbuf *out, const struct command *command)
{
    if (*command->alias)
        strbuf_addf(out, "Also called %s.\n.PP\n", command->alias);
    add_text(out, command->body->description);
    strbuf_add_char(out, '\n');
}

static void add_command(struct strbuf *out, const struct cli *cli, const struct command *command)
{
    strbuf_add_string(out, ".SS ");
    add_synopsis(out, cli, command);
    add_description(out, command);
    if (command->body->options)
        add_options(out, command->body->options);
}

// `command`: NULL for the page of the whole program.
static void add_title(struct strbuf *out, const struct cli *cli, const struct command *command)
{
    STRBUF_AUTO name = STRBUF_INIT;

    strbuf_addf(&name, "%s%s%s", cli->definition->name, command ? "-" : "", command ? command->name : "");
    strbuf_add_string(out, ".TH ");
    for (const char *c = name.data; *c; c++)
        strbuf_add_char(out, (char)toupper((unsigned char)*c));
    strbuf_addf(out, " 1 \"\" \"%s %s\"\n.SH NAME\n", cli->definition->name, TANGO_VERSION);
    add_text(out, name.data);
    strbuf_add_string(out, " \\- ");
    add_text(out, command ? command->summary : cli->definition->summary);
    strbuf_add_string(out, "\n.SH SYNOPSIS\n");
}

struct manual_entry {
    const char *name; // NULL: the end
    const char *text;
};

static const struct manual_entry files[] = {
    { "cdk.json", "settings of the project and, under \"context\", context values" },
    { "cdk.context.json", "context values that were looked up" },
    { "~/.cdk.json", "the same as cdk.json for a user; the project's values win" },
    { "cdk.out", "where synth writes the cloud assembly" },
    { NULL, NULL },
};

static const struct manual_entry variables[] = {
    { "CDK_OUTDIR",
        "set by the CDK when it runs this program as its app: where the assembly goes; nothing is then "
        "printed to standard output, no file with context is read, and nothing is looked up" },
    { "CDK_CONTEXT_JSON, CONTEXT_OVERFLOW_LOCATION_ENV",
        "context values, as JSON and as the name of a JSON file; they win over all others" },
    { "NO_COLOR", "when set, there are no colors" },
    { "CI", "when set, progress is shown as lines, also on a terminal" },
    { "AWS_PROFILE, AWS_REGION and others", "as the AWS CLI takes them" },
    { "TANGO_AWS_TIMEOUT",
        "seconds that one call of the AWS CLI may take before it is ended and tried again; the default is "
        "90" },
    { NULL, NULL },
};

static void add_entries(struct strbuf *out, const char *title, const struct manual_entry *entries)
{
    strbuf_addf(out, ".SH %s\n", title);
    for (; entries->name; entries++) {
        strbuf_add_string(out, ".TP\n");
        add_bold(out, entries->name);
        strbuf_add_char(out, '\n');
        add_text(out, entries->text);
        strbuf_add_char(out, '\n');
    }
}

static void add_exit_status(struct strbuf *out)
{
    strbuf_add_string(out,
        ".SH EXIT STATUS\n"
        "0: success; 1: failure; 2: the command line is wrong; 128 + n: ended by signal n.\n");
}

static void add_program_page(struct strbuf *out, const struct cli *cli)
{
    add_title(out, cli, NULL);
    add_bold(out, cli->definition->name);
    strbuf_add_string(out, " [OPTION...] COMMAND [OPTION...] [OPERAND...]\n.SH COMMANDS\n");
    for (const struct command *command = commands; command->name; command++)
        add_command(out, cli, command);
    strbuf_add_string(out, ".SH OPTIONS OF EVERY COMMAND\n");
    add_options(out, global_options);
    add_entries(out, "FILES", files);
    add_entries(out, "ENVIRONMENT", variables);
    add_exit_status(out);
}

static void add_examples(struct strbuf *out, const struct command *command)
{
    bool any = false;

    for (const struct example *example = examples; example->command; example++) {
        if (strcmp(example->command, command->name) != 0)
            continue;
        strbuf_addf(out, "%s.TP\n", any ? "" : ".SH EXAMPLES\n");
        add_bold(out, example->line);
        strbuf_add_char(out, '\n');
        add_text(out, example->summary);
        strbuf_add_char(out, '\n');
        any = true;
    }
}

static void add_command_page(struct strbuf *out, const struct cli *cli, const struct command *command)
{
    add_title(out, cli, command);
    add_synopsis(out, cli, command);
    strbuf_add_string(out, ".SH DESCRIPTION\n");
    add_description(out, command);
    strbuf_add_string(out, ".SH OPTIONS\n");
    if (command->body->options)
        add_options(out, command->body->options);
    strbuf_add_string(out, ".PP\nThe options of every command are in ");
    add_bold(out, cli->definition->name);
    strbuf_add_string(out, "(1).\n");
    add_examples(out, command);
    add_exit_status(out);
    strbuf_add_string(out, ".SH SEE ALSO\n");
    add_bold(out, cli->definition->name);
    strbuf_add_string(out, "(1), for the options of every command, files and environment variables\n");
}

void help_manual(struct strbuf *out, const struct cli *cli, const struct command *command)
{
    if (command)
        add_command_page(out, cli, command);
    else
        add_program_page(out, cli);
}
