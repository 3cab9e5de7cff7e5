// SPDX-License-Identifier: MIT
#include "cli/validate/rules.h"

#include "cli/core/cli.h"
#include "cli/core/table.h"
#include "util/die.h"
#include "util/display.h"
#include "util/text/suggest.h"
#include "validate/validate.h"

#include <stdio.h>

void validate_rules_print(struct cli *cli)
{
    struct table table = { .arena = &cli->arena, .columns = 3 };
    const struct rule **rules;
    size_t count = validate_rules(&cli->arena, &rules);
    DISPLAY_AUTO text = DISPLAY_INIT;

    for (size_t i = 0; i < count; i++)
        table_add(&table,
            (const char *const[]){ rules[i]->id, severity_name(rules[i]->severity), rules[i]->title });
    table_write(&table, &text);
    display_print(&text, stdout);
}

static int fail_unknown(const struct cli *cli, const char *id)
{
    struct suggestion suggestion = SUGGESTION_FOR(id);
    struct arena arena = ARENA_INIT;
    const struct rule **rules;
    size_t count = validate_rules(&arena, &rules);

    for (size_t i = 0; i < count; i++)
        suggestion_consider(&suggestion, rules[i]->id);
    arena_release(&arena);
    if (suggestion.best)
        return cli_usage_error(cli, "there is no rule '%s'; did you mean '%s'?", id, suggestion.best);
    return cli_usage_error(cli, "there is no rule '%s'; --list-rules shows all of them", id);
}

int validate_rule_explain(const struct cli *cli, const char *id)
{
    const struct rule *rule = validate_rule_find(id);

    if (!rule)
        return fail_unknown(cli, id);
    print("%s (%s): %s\n\nWhy: %s\nFix: %s\nSource: %s\n", rule->id, severity_name(rule->severity),
        rule->title, rule->why, rule->fix, rule->source);
    return EXIT_STATUS_OK;
}
