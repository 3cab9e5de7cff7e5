// SPDX-License-Identifier: MIT
#include "validate/validate.h"

#include "data/value.h"
#include "template/template.h"
#include "util/error.h"
#include "validate/engine/validator.h"

#include <stdlib.h>
#include <string.h>

// "NAME:LINE:COLUMN: message", or a message without a place.
static struct report_entry parse_message(const struct template_source *source, const char *text)
{
    struct report_entry entry = { .rule = validate_rule_find("E0000"), .pointer = "" };
    size_t name = strlen(source->name);
    char *end;

    entry.message = arena_strdup(value_arena(), text);
    if (strncmp(text, source->name, name) != 0 || text[name] != ':')
        return entry;
    entry.line = strtoul(text + name + 1, &end, 10);
    entry.column = *end == ':' ? strtoul(end + 1, &end, 10) : 0;
    if (strncmp(end, ": ", 2) == 0)
        entry.message = arena_strdup(value_arena(), end + 2);
    return entry;
}

static const struct value *read_source(
    struct validator *validator, const struct template_source *source, struct string_list *duplicates)
{
    ERROR_AUTO err = ERROR_INIT;
    const struct value *template = source->template;
    struct report_entry entry;

    if (!template)
        template = template_parse_any(source->text, source->length, source->name, duplicates, &err);
    if (template)
        return template;
    entry = parse_message(source, err.message);
    validator_add_report(validator, &entry);
    return NULL;
}

void validate_template(const struct template_source *source, const struct validate_options *options,
    struct template_findings *findings)
{
    struct string_list duplicates = { 0 };
    struct validator validator;

    validator_init(&validator, source, options);
    validator.root.value = read_source(&validator, source, &duplicates);
    for (size_t i = 0; i < duplicates.count; i++) {
        struct report_entry entry = parse_message(source, duplicates.items[i]);

        validator_add_report(&validator, &entry);
    }
    if (validator.root.value) {
        validator_index(&validator);
        validator_run(&validator);
    }
    validator_collect(&validator, findings);
}
