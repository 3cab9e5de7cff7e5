// SPDX-License-Identifier: MIT
#include "cli/core/cli.h"
#include "cli/core/command.h"

#include <string.h>

enum {
    WIDEST = 100,    // lines longer than this are hard to read
    NARROWEST = 40,  // and a terminal narrower than this cannot be helped
    NAME_COLUMN = 2, // where names begin
    TEXT_COLUMN = 30 // and what is said about them
};

static const char *skip_blanks(const char *text)
{
    return text + strspn(text, " ");
}

// How much of `text` fits into `room` columns, cut between words. A word that is too long stays whole.
static size_t line_length(const char *text, size_t room)
{
    size_t length = 0;

    for (size_t i = 0;; i++) {
        bool at_end = text[i] == '\0' || text[i] == '\n';

        if (text[i] == ' ' || at_end) {
            if (i > room && length)
                return length;
            length = i;
        }
        if (at_end)
            return length;
    }
}

// Adds paragraphs, wrapped and indented; the first line begins where the buffer's last line ends.
static void add_wrapped(struct strbuf *out, const char *text, size_t indent, int width)
{
    size_t right = (size_t)(width > WIDEST ? WIDEST : width < NARROWEST ? NARROWEST : width);
    size_t room = right > indent + NARROWEST / 2 ? right - indent : NARROWEST / 2;

    while (*text) {
        size_t length = line_length(text, room);

        strbuf_add(out, text, length);
        strbuf_add_char(out, '\n');
        text += length;
        text += *text == '\n';
        text = skip_blanks(text);
        if (*text == '\n')
            continue;
        if (*text)
            strbuf_add_repeated(out, ' ', indent);
    }
}

// "  name              text", on two lines when the name is long.
static void add_row(struct strbuf *out, const char *name, const char *text, int width)
{
    size_t used = NAME_COLUMN + strlen(name);

    strbuf_add_repeated(out, ' ', NAME_COLUMN);
    strbuf_add_string(out, name);
    if (used + 2 > TEXT_COLUMN) {
        strbuf_add_char(out, '\n');
        used = 0;
    }
    strbuf_add_repeated(out, ' ', TEXT_COLUMN - used);
    add_wrapped(out, text, TEXT_COLUMN, width);
}

void option_spell(struct strbuf *out, const struct option *option)
{
    if (option->letter)
        strbuf_addf(out, "-%c, ", option->letter);
    else
        strbuf_add_string(out, "    ");
    strbuf_addf(out, "--%s%s", option->shown_negated ? "no-" : "", option->name);
    if (option_takes_value(option))
        strbuf_addf(out, " %s", option->argument ? option->argument : "VALUE");
}

static void add_options(struct strbuf *out, const struct option *options, int width)
{
    for (; options->name; options++) {
        STRBUF_AUTO name = STRBUF_INIT;
        STRBUF_AUTO text = STRBUF_INIT;

        option_spell(&name, options);
        strbuf_add_string(&text, options->help);
        for (const char *const *choice = options->choices; choice && *choice; choice++)
            strbuf_addf(&text, "%s%s", choice == options->choices ? ": " : ", ", *choice);
        add_row(out, name.data, text.data, width);
    }
}

void operands_spell(struct strbuf *out, const struct operands *operands)
{
    bool optional = operands->minimum == 0;
    bool many = operands->maximum == ANY_NUMBER;

    if (operands->name)
        strbuf_addf(
            out, "%s%s%s%s", optional ? "[" : "", operands->name, many ? "..." : "", optional ? "]" : "");
}

void help_usage(struct strbuf *out, const struct cli *cli, const struct command *command)
{
    strbuf_addf(out, "usage: %s %s", cli->definition->name, command->name);
    if (command->body->options)
        strbuf_add_string(out, " [OPTION...]");
    if (command->body->operands.name)
        strbuf_add_char(out, ' ');
    operands_spell(out, &command->body->operands);
}

static void add_examples(struct strbuf *out, const struct command *command, int width)
{
    bool any = false;

    for (const struct example *example = examples; example->command; example++) {
        if (strcmp(example->command, command->name) != 0)
            continue;
        strbuf_addf(out, "%s  %s\n", any ? "" : "\nExamples:\n", example->line);
        strbuf_add_repeated(out, ' ', 2 * NAME_COLUMN + 2);
        add_wrapped(out, example->summary, 2 * NAME_COLUMN + 2, width);
        any = true;
    }
}

void help_options(struct strbuf *out, int width)
{
    strbuf_add_string(out, "Options of every command, in front of it or behind:\n");
    add_options(out, global_options, width);
}

void help_command(struct strbuf *out, const struct cli *cli, const struct command *command, int width)
{
    help_usage(out, cli, command);
    if (*command->alias)
        strbuf_addf(out, "\nalias: %s", command->alias);
    strbuf_add_string(out, "\n\n");
    add_wrapped(out, command->body->description, 0, width);
    if (command->body->options) {
        strbuf_add_string(out, "\nOptions:\n");
        add_options(out, command->body->options, width);
    }
    add_examples(out, command, width);
    strbuf_addf(out,
        "\nThe options of every command (--context, --profile, --region...): '%s help options'\n",
        cli->definition->name);
}

void help_program(struct strbuf *out, const struct cli *cli, int width)
{
    const char *name = cli->definition->name;

    strbuf_addf(out, "usage: %s [OPTION...] COMMAND [OPTION...] [OPERAND...]\n\n", name);
    add_wrapped(out, cli->definition->summary, 0, width);
    strbuf_add_string(out, "\nCommands:\n");
    for (const struct command *command = commands; command->name; command++) {
        STRBUF_AUTO title = STRBUF_INIT;

        strbuf_addf(&title, "%s%s%s", command->name, *command->alias ? ", " : "", command->alias);
        add_row(out, title.data, command->summary, width);
    }
    strbuf_add_string(out, "\nOptions:\n");
    add_options(out, global_options, width);
    strbuf_addf(out, "\n'%s help COMMAND' explains a command, with examples.\n", name);
}
