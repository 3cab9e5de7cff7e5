// SPDX-License-Identifier: MIT
#include "diff/compare/branches.h"

#include "data/value.h"
#include "diff/compare/equal.h"
#include "diff/compare/intrinsic.h"
#include "util/array.h"
#include "util/strbuf.h"

#include <string.h>

// Of conditions in conditions, which may go in circles, and of decisions for one resource.
enum { MOST_LEVELS = 32, MOST_DECISIONS = 20000 };

bool branches_next(struct branches *branches)
{
    branches->choice++;
    return branches->choice < 1u << branches->atom_count;
}

static void use(struct branches *branches, const char *what, const char *name)
{
    const char *text = arena_printf(value_arena(), "%s %s", what, name);

    for (size_t i = 0; i < branches->used_count; i++)
        if (strcmp(branches->used[i], text) == 0)
            return;
    if (branches->used_count < ARRAY_SIZE(branches->used))
        branches->used[branches->used_count++] = text;
}

static bool atom(struct branches *branches, const char *text)
{
    for (size_t i = 0; i < branches->atom_count; i++)
        if (strcmp(branches->atoms[i], text) == 0)
            return branches->choice >> i & 1;
    if (branches->atom_count == BRANCH_ATOMS)
        branches->has_too_many = true;
    else
        branches->atoms[branches->atom_count++] = text;
    return false;
}

static const struct value *entry(
    const struct branches *branches, int side, const char *section, const char *name)
{
    return name ? object_get(object_get(branches->templates[side], section), name) : NULL;
}

static bool same(const struct value *before, const struct value *after)
{
    return before == after || (before && after && value_equal(before, after));
}

// The default of a parameter that both sides have, with other defaults; NULL: it stays a reference.
static const struct value *changed_default(const struct branches *branches, int side, const char *name)
{
    const struct value *ours = entry(branches, side, "Parameters", name);
    const struct value *theirs = entry(branches, !side, "Parameters", name);

    if (!ours || !theirs || same(object_get(ours, "Default"), object_get(theirs, "Default")))
        return NULL;
    return object_get(ours, "Default");
}

static struct value *split(const char *text)
{
    struct value *items = array();

    for (;;) {
        size_t length = strcspn(text, ",");

        array_append(items, string(arena_strndup(value_arena(), text, length)));
        if (!text[length])
            return items;
        text += length + 1;
    }
}

static struct value *resolve_reference(struct branches *branches, int side, const struct value *value)
{
    const char *name = value_string(object_at(value, 0)->value);
    const struct value *given = name ? changed_default(branches, side, name) : NULL;
    const char *type = object_string_or_empty(entry(branches, side, "Parameters", name), "Type");

    if (name && strcmp(name, "AWS::NoValue") == 0)
        return NULL;
    if (!given)
        return (struct value *)value;
    use(branches, "parameter", name);
    return strstr(type, "List") && value_string(given) ? split(value_string(given)) : (struct value *)given;
}

// "${Name}" of changed parameters.
static struct value *resolve_text(struct branches *branches, int side, const char *text)
{
    STRBUF_AUTO out = STRBUF_INIT;
    const char *start, *end;

    while ((start = strstr(text, "${")) && (end = strchr(start, '}'))) {
        const char *name = arena_strndup(value_arena(), start + 2, (size_t)(end - start - 2));
        const struct value *given = changed_default(branches, side, name);

        strbuf_add(&out, text, (size_t)(start - text));
        if (given)
            use(branches, "parameter", name);
        if (given)
            strbuf_add_string(&out, diff_intrinsic_text(given));
        else
            strbuf_add(&out, start, (size_t)(end + 1 - start));
        text = end + 1;
    }
    strbuf_add_string(&out, text);
    return string(out.data);
}

static struct value *resolve_sub(struct branches *branches, int side, const struct value *argument)
{
    const char *text = value_string(argument);
    struct value *resolved;

    if (text) {
        resolved = resolve_text(branches, side, text);
    } else if (value_string(array_at(argument, 0))) {
        resolved = array();
        array_append(resolved, resolve_text(branches, side, value_string(array_at(argument, 0))));
        if (array_at(argument, 1))
            array_append(resolved, branches_resolve(branches, side, array_at(argument, 1)));
    } else {
        resolved = (struct value *)argument;
    }
    return object((struct field[]){ { "Fn::Sub", resolved }, END });
}

static struct value *resolve_mapping(struct branches *branches, int side, const struct value *value)
{
    const struct value *argument = object_at(value, 0)->value, *found = NULL;
    struct value *resolved = array(), *item;
    const struct value *mapping;
    const char *name;

    for (size_t i = 0; i < value_length(argument) && value_type(argument) == VALUE_ARRAY; i++)
        if ((item = branches_resolve(branches, side, array_at(argument, i))))
            array_append(resolved, item);
    name = value_string(array_at(resolved, 0));
    mapping = entry(branches, side, "Mappings", name);
    if (value_string(array_at(resolved, 1)) && value_string(array_at(resolved, 2)))
        found = object_get(
            object_get(mapping, value_string(array_at(resolved, 1))), value_string(array_at(resolved, 2)));
    if (mapping && !same(mapping, entry(branches, !side, "Mappings", name))) {
        use(branches, "mapping", name);
        array_append(resolved, (struct value *)mapping);
    }
    return found ? (struct value *)found : object((struct field[]){ { "Fn::FindInMap", resolved }, END });
}

static bool decide(struct branches *branches, int side, const struct value *condition);

static bool decide_name(struct branches *branches, int side, const char *name)
{
    const struct value *condition = entry(branches, side, "Conditions", name);
    bool holds;

    // A loop or a macro makes it.
    if (!condition)
        return atom(branches,
            arena_printf(value_arena(), "%s of %s", name,
                diff_intrinsic_text(object_get(branches->templates[side], "Conditions"))));
    if (branches->level == MOST_LEVELS || branches->decided == MOST_DECISIONS) {
        branches->has_too_many = true;
        return false;
    }
    branches->level++;
    branches->decided++;
    holds = decide(branches, side, condition);
    branches->level--;
    return holds;
}

static bool decide_equals(struct branches *branches, int side, const struct value *argument)
{
    const struct value *left = branches_resolve(branches, side, array_at(argument, 0));
    const struct value *right = branches_resolve(branches, side, array_at(argument, 1));
    const char *texts[] = { diff_scalar_text(left), diff_scalar_text(right) };

    if (texts[0] && texts[1])
        return strcmp(texts[0], texts[1]) == 0;
    texts[0] = diff_intrinsic_text(left);
    texts[1] = diff_intrinsic_text(right);
    if (strcmp(texts[0], texts[1]) > 0) {
        const char *last = texts[0];

        texts[0] = texts[1];
        texts[1] = last;
    }
    return atom(branches, arena_printf(value_arena(), "%s = %s", texts[0], texts[1]));
}

static bool decide(struct branches *branches, int side, const struct value *condition)
{
    const struct value *argument;
    const char *function = diff_function(condition, &argument);
    bool is_and = function && strcmp(function, "Fn::And") == 0;

    if (!function && value_length(condition) == 1 && object_get(condition, "Condition")) {
        argument = object_get(condition, "Condition");
        function = "Condition";
    }
    if (!function)
        return atom(branches, diff_intrinsic_text(condition));
    if (strcmp(function, "Condition") == 0 && value_string(argument))
        return decide_name(branches, side, value_string(argument));
    if (strcmp(function, "Fn::Equals") == 0)
        return decide_equals(branches, side, argument);
    if (strcmp(function, "Fn::Not") == 0)
        return !decide(branches, side, array_at(argument, 0));
    if (!is_and && strcmp(function, "Fn::Or") != 0)
        return atom(branches, diff_intrinsic_text(condition));
    for (size_t i = 0; i < value_length(argument); i++)
        if (decide(branches, side, array_at(argument, i)) != is_and)
            return !is_and;
    return is_and;
}

bool branches_condition(struct branches *branches, int side, const char *name)
{
    if (!name)
        return true;
    use(branches, "condition", name);
    return decide_name(branches, side, name);
}

static struct value *resolve_inside(struct branches *branches, int side, const struct value *value)
{
    struct value *resolved, *item;

    if (value_type(value) == VALUE_ARRAY) {
        resolved = array();
        for (size_t i = 0; i < value_length(value); i++)
            if ((item = branches_resolve(branches, side, array_at(value, i))))
                array_append(resolved, item);
        return resolved;
    }
    resolved = object((struct field[]){ END });
    for (size_t i = 0; i < value_length(value); i++)
        if ((item = branches_resolve(branches, side, object_at(value, i)->value)))
            object_set(resolved, object_at(value, i)->key, item);
    return resolved;
}

struct value *branches_resolve(struct branches *branches, int side, const struct value *value)
{
    const struct value *argument;
    const char *function = diff_function(value, &argument);

    if (function && strcmp(function, "Ref") == 0)
        return resolve_reference(branches, side, value);
    if (function && strcmp(function, "Fn::Sub") == 0)
        return resolve_sub(branches, side, argument);
    if (function && strcmp(function, "Fn::FindInMap") == 0)
        return resolve_mapping(branches, side, value);
    if (function && strcmp(function, "Fn::If") == 0 && value_string(array_at(argument, 0))) {
        bool holds = branches_condition(branches, side, value_string(array_at(argument, 0)));

        return branches_resolve(branches, side, array_at(argument, holds ? 1 : 2));
    }
    if (value_type(value) == VALUE_ARRAY || value_type(value) == VALUE_OBJECT)
        return resolve_inside(branches, side, value);
    return (struct value *)value;
}
