// SPDX-License-Identifier: MIT
#include "validate/engine/validator.h"

#include "util/die.h"
#include "util/display.h"
#include "util/strbuf.h"

#include <stdarg.h>
#include <stdint.h>
#include <string.h>

static bool begins_with_any(const char *id, const struct string_list *prefixes)
{
    for (size_t i = 0; i < prefixes->count; i++)
        if (strncmp(id, prefixes->items[i], strlen(prefixes->items[i])) == 0)
            return true;
    return false;
}

static bool options_select(const struct validate_options *options, const struct rule *rule)
{
    if (begins_with_any(rule->id, &options->ignore))
        return false;
    if (begins_with_any(rule->id, &options->include))
        return true;
    return rule->severity != SEVERITY_INFO;
}

bool rule_is_on(const struct validator *validator, const char *id)
{
    const struct rule *rule;

    if (!validator->options->ignore.count && !validator->options->include.count && *id != 'I')
        return true;
    rule = validate_rule_find(id);
    if (!rule)
        BUG("there is no rule '%s'", id);
    return options_select(validator->options, rule);
}

static void add_segment(struct strbuf *out, const char *text)
{
    strbuf_add_char(out, '/');
    for (; *text; text++) {
        if (*text == '~' || *text == '/')
            strbuf_add_string(out, *text == '~' ? "~0" : "~1");
        else
            strbuf_add_char(out, *text);
    }
}

void validator_add_pointer(struct strbuf *out, const struct node *node)
{
    if (!node->parent)
        return;
    validator_add_pointer(out, node->parent);
    if (node->key)
        add_segment(out, node->key);
    else
        strbuf_addf(out, "/%zu", node->index);
}

void validator_add_report(struct validator *validator, const struct report_entry *entry)
{
    const char *key;

    if (!options_select(validator->options, entry->rule))
        return;
    key = arena_printf(validator->arena, "%s %s %s", entry->id ? entry->id : entry->rule->id, entry->pointer,
        entry->message);
    if (map_set(&validator->reported, key, (void *)(uintptr_t)1))
        return;
    validator->reports = arena_grow(validator->arena, validator->reports, validator->report_count,
        &validator->report_capacity, sizeof(*validator->reports));
    validator->reports[validator->report_count++] = *entry;
}

__attribute__((format(printf, 5, 0))) static void report_at(struct validator *validator, const char *id,
    const struct node *node, bool at_key, const char *format, va_list arguments)
{
    const struct rule *rule = validate_rule_find(id);
    STRBUF_AUTO pointer = STRBUF_INIT;

    if (!rule)
        BUG("there is no rule '%s'", id);
    if (!options_select(validator->options, rule))
        return;
    validator_add_pointer(&pointer, node);
    validator_add_report(validator,
        &(struct report_entry){
            .rule = rule,
            .pointer = arena_strdup(validator->arena, pointer.data),
            .message = display_vprintf(validator->arena, format, arguments),
            .resource = node_resource(validator, node),
            .at_key = at_key,
        });
}

void report(struct validator *validator, const char *id, const struct node *node, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    report_at(validator, id, node, false, format, arguments);
    va_end(arguments);
}

void report_key(struct validator *validator, const char *id, const struct node *node, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    report_at(validator, id, node, true, format, arguments);
    va_end(arguments);
}
