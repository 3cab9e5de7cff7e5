// SPDX-License-Identifier: MIT
#include "cli/core/cli.h"
#include "cli/core/command.h"
#include "cli/core/completion.h"

#include <string.h>

// What a backslash must stand before inside of fish's single quotes.
static const char special[] = "\\'";

static void begin_script(struct strbuf *out, const char *program, const struct command *command)
{
    strbuf_addf(out, "complete -c %s", program);
    if (command)
        strbuf_addf(out, " -n '__fish_seen_subcommand_from %s%s%s'", command->name,
            *command->alias ? " " : "", command->alias);
}

static void add_value(struct strbuf *out, const struct option *option)
{
    const char *argument = option->argument ? option->argument : "";

    if (!option_takes_value(option))
        return;
    if (strcmp(argument, "DIR") == 0) {
        strbuf_add_string(out, " -x -a '(__fish_complete_directories)'");
    } else if (strcmp(argument, "FILE") == 0) {
        strbuf_add_string(out, " -r -F");
    } else {
        strbuf_add_string(out, " -x");
        for (const char *const *choice = option->choices; choice && *choice; choice++)
            strbuf_addf(
                out, "%s%s%s", choice == option->choices ? " -a '" : " ", *choice, choice[1] ? "" : "'");
    }
}

static void add_options(
    struct strbuf *out, const char *program, const struct command *command, const struct option *options)
{
    for (; options && options->name; options++) {
        begin_script(out, program, command);
        if (options->letter)
            strbuf_addf(out, " -s %c", options->letter);
        strbuf_addf(out, " -l %s%s", options->shown_negated ? "no-" : "", options->name);
        add_value(out, options);
        strbuf_add_string(out, " -d ");
        completion_quote(out, options->help, special);
        strbuf_add_char(out, '\n');
    }
}

static void add_operands(struct strbuf *out, const char *program, const struct command *command)
{
    enum operand_kind kind = command->body->operands.kind;

    if (kind == OPERAND_OTHER)
        return;
    begin_script(out, program, command);
    strbuf_add_string(out, " -a '");
    if (kind == OPERAND_STACK)
        strbuf_addf(out, "(%s list 2>/dev/null)", program);
    for (const struct command *c = commands; kind == OPERAND_COMMAND && c->name; c++)
        strbuf_addf(out, "%s ", c->name);
    for (const char *const *shell = completion_shells; kind == OPERAND_SHELL && *shell; shell++)
        strbuf_addf(out, "%s ", *shell);
    strbuf_add_string(out, "'\n");
}

void completion_fish(struct strbuf *out, const char *program)
{
    strbuf_addf(out, "# fish completion for %s\ncomplete -c %s -f\n", program, program);
    add_options(out, program, NULL, global_options);
    for (const struct command *command = commands; command->name; command++) {
        strbuf_addf(out, "complete -c %s -n __fish_use_subcommand -a %s -d ", program, command->name);
        completion_quote(out, command->summary, special);
        strbuf_add_char(out, '\n');
        add_options(out, program, command, command->body->options);
        add_operands(out, program, command);
    }
}
