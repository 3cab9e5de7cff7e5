// SPDX-License-Identifier: MIT
#include "cli/core/cli.h"
#include "cli/core/command.h"
#include "cli/core/completion.h"

#include <string.h>

// What zsh's _arguments takes as special in a description.
static const char special[] = "[]:\\";

static void add_description(struct strbuf *out, const char *text)
{
    completion_quote(out, text, special);
}

// ":NAME:ACTION" for an option's value.
static void add_value(struct strbuf *out, const struct option *option)
{
    const char *argument = option->argument ? option->argument : "VALUE";

    if (!option_takes_value(option))
        return;
    strbuf_addf(out, "':%s:", argument);
    if (strcmp(argument, "DIR") == 0)
        strbuf_add_string(out, "_files -/");
    else if (strcmp(argument, "FILE") == 0)
        strbuf_add_string(out, "_files");
    else if (option->choices) {
        strbuf_add_char(out, '(');
        for (const char *const *choice = option->choices; *choice; choice++)
            strbuf_addf(out, "%s%s", choice == option->choices ? "" : " ", *choice);
        strbuf_add_char(out, ')');
    }
    strbuf_add_char(out, '\'');
}

static void add_option(struct strbuf *out, const struct option *option)
{
    const char *no = option->shown_negated ? "no-" : "";
    bool repeats = option->type == OPTION_TYPE_LIST || option->type == OPTION_TYPE_COUNT;

    strbuf_add_string(out, " \\\n        ");
    if (repeats)
        strbuf_add_string(out, "'*'");
    if (option->letter)
        strbuf_addf(out, "{-%c,--%s%s}", option->letter, no, option->name);
    else
        strbuf_addf(out, "--%s%s", no, option->name);
    strbuf_add_string(out, "'['");
    add_description(out, option->help);
    strbuf_add_string(out, "']'");
    add_value(out, option);
}

static void add_options(struct strbuf *out, const struct option *options)
{
    for (; options && options->name; options++)
        add_option(out, options);
}

static void add_operands(struct strbuf *out, const char *program, const struct operands *operands)
{
    if (!operands->name)
        return;
    strbuf_addf(out, " \\\n        '*:%s:", operands->name);
    if (operands->kind == OPERAND_STACK)
        strbuf_addf(out, "($('%s' list 2>/dev/null))", program);
    if (operands->kind == OPERAND_COMMAND || operands->kind == OPERAND_SHELL)
        strbuf_add_char(out, '(');
    for (const struct command *c = commands; operands->kind == OPERAND_COMMAND && c->name; c++)
        strbuf_addf(out, "%s ", c->name);
    for (const char *const *shell = completion_shells; operands->kind == OPERAND_SHELL && *shell; shell++)
        strbuf_addf(out, "%s ", *shell);
    if (operands->kind == OPERAND_COMMAND || operands->kind == OPERAND_SHELL)
        strbuf_add_char(out, ')');
    strbuf_add_char(out, '\'');
}

static void add_command(struct strbuf *out, const char *program, const struct command *command)
{
    strbuf_addf(out, "    %s%s%s) _arguments", command->name, *command->alias ? "|" : "", command->alias);
    add_options(out, command->body->options);
    add_options(out, global_options);
    add_operands(out, program, &command->body->operands);
    strbuf_add_string(out, " ;;\n");
}

void completion_zsh(struct strbuf *out, const char *program)
{
    STRBUF_AUTO function = STRBUF_INIT;

    completion_function_name(&function, program);
    strbuf_addf(out, "#compdef %s\n_%s()\n{\n", program, function.data);
    strbuf_add_string(out,
        "    local curcontext=$curcontext state line\n    typeset -A opt_args\n"
        "    local -a commands=(");
    for (const struct command *command = commands; command->name; command++) {
        strbuf_addf(out, "\n        %s:", command->name);
        add_description(out, command->summary);
    }
    strbuf_add_string(out, "\n    )\n    _arguments -C");
    add_options(out, global_options);
    strbuf_add_string(out,
        " \\\n        '1:command:->command' '*::operand:->operand' && return\n"
        "    [[ $state == command ]] && { _describe command commands; return }\n"
        "    case $words[1] in\n");
    for (const struct command *command = commands; command->name; command++)
        add_command(out, program, command);
    // In a directory of $fpath the file itself is the function; sourced, it only defines one.
    strbuf_addf(out, "    esac\n}\nif [[ $funcstack[1] == _%s ]]; then _%s \"$@\"; else compdef _%s %s; fi\n",
        program, function.data, function.data, program);
}
