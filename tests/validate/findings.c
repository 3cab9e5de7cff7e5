// SPDX-License-Identifier: MIT
#include "validate/findings.h"

#include "data/value.h"
#include "util/strbuf.h"
#include "validate/validate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *with_double_quotes(const char *template)
{
    char *copy = arena_strdup(value_arena(), template);

    for (char *at = copy; *template == '{' && *at; at++)
        if (*at == '\'')
            *at = '"';
    return copy;
}

static bool is_wanted(const char *id, const char *rules)
{
    while (rules && *rules) {
        size_t length = strcspn(rules, ",");

        if (strncmp(id, rules, length) == 0)
            return true;
        rules += length + (rules[length] == ',');
    }
    return !rules;
}

// What is off by default counts where it is named.
static void include_rules(struct string_list *include, const char *rules)
{
    while (rules && *rules) {
        size_t length = strcspn(rules, ",");

        string_list_add(include, value_arena(), arena_strndup(value_arena(), rules, length));
        rules += length + (rules[length] == ',');
    }
}

static void check_case(const struct finding_case *test, const char *rules)
{
    struct arena arena = ARENA_INIT;
    VALUE_ARENA_SCOPE(&arena);
    const char *text = with_double_quotes(test->template);
    struct template_findings findings = { 0 };
    struct validate_options options = { 0 };
    STRBUF_AUTO found = STRBUF_INIT;

    include_rules(&options.include, rules);
    validate_template(&(struct template_source){ .name = "template", .text = text, .length = strlen(text) },
        &options, &findings);
    for (size_t i = 0; i < findings.count; i++)
        if (is_wanted(findings.items[i].rule->id, rules))
            strbuf_addf(&found, "%s%s %s", found.length ? "\n" : "", findings.items[i].rule->id,
                findings.items[i].pointer);
    if (strcmp(found.data, test->findings) != 0) {
        for (size_t i = 0; i < findings.count; i++)
            print_message("%s: %s\n", findings.items[i].rule->id, findings.items[i].message);
        print_message("--- in\n%s\n--- found\n%s\n--- wanted\n%s\n", text, found.data, test->findings);
        arena_release(&arena);
        fail();
    }
    arena_release(&arena);
}

void check_findings(const struct finding_case *cases, size_t count, const char *rules)
{
    for (size_t i = 0; i < count; i++)
        check_case(&cases[i], rules);
}
