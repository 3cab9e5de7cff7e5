// SPDX-License-Identifier: MIT
#include "diff/render/tree.h"

#include "data/json.h"
#include "data/value.h"
#include "diff/compare/embedded.h"
#include "diff/compare/equal.h"
#include "diff/compare/policy.h"
#include "util/map.h"
#include "util/strbuf.h"
#include "util/text/utf8.h"

#include <string.h>

enum { INLINE_LIMIT = 100 }; // characters of a value that stays on its line

static const struct diff_equality loose = { .strict = false };

// `text` is kept.
static void add_line(struct diff_tree *tree, const char *branches, enum diff_mark mark, const char *text)
{
    tree->items = arena_grow(value_arena(), tree->items, tree->count, &tree->capacity, sizeof(*tree->items));
    tree->items[tree->count++] = (struct diff_tree_line){ branches, mark, text };
}

static const char *joined(const char *first, const char *second, const char *third)
{
    size_t lengths[] = { strlen(first), strlen(second), strlen(third) };
    char *text = arena_alloc(value_arena(), lengths[0] + lengths[1] + lengths[2] + 1);

    memcpy(text, first, lengths[0]);
    memcpy(text + lengths[0], second, lengths[1]);
    memcpy(text + lengths[0] + lengths[1], third, lengths[2]);
    return text;
}

static const char *branch(const char *indent, bool is_last)
{
    return joined(indent, " ", is_last ? "└─ " : "├─ ");
}

static const char *below(const char *indent, bool is_last)
{
    return joined(indent, " ", is_last ? "   " : "│  ");
}

static const char *json_of(const struct value *value, int indent)
{
    STRBUF_AUTO text = STRBUF_INIT;

    if (value_type(value) == VALUE_STRING && !strchr(value_string(value), '\n'))
        return value_string(value);
    json_write_unicode(&text, value, indent);
    return arena_strdup(value_arena(), text.data);
}

static void add_lines(struct diff_tree *tree, const char *indent, enum diff_mark mark, const char *text)
{
    while (*text) {
        size_t length = strcspn(text, "\n");

        add_line(tree, indent, mark, arena_strndup(value_arena(), text, length));
        text += length + (text[length] == '\n');
    }
}

// "label: value", or the value on lines of its own where it is long.
static void add_value(struct diff_tree *tree, const char *indent, bool is_last, enum diff_mark mark,
    const char *label, const struct value *value)
{
    const char *text = json_of(value, 0);
    const struct value *embedded;
    size_t first_line;

    if (utf8_length(text) <= INLINE_LIMIT) {
        add_line(tree, branch(indent, is_last), mark, *label ? joined(label, ": ", text) : text);
        return;
    }
    embedded = diff_embedded_json(value);
    text = json_of(embedded ? embedded : value, 2);
    first_line = *label ? 0 : strcspn(text, "\n");
    add_line(tree, branch(indent, is_last), mark,
        *label ? joined(label, ":", "") : arena_strndup(value_arena(), text, first_line));
    text += first_line + (text[first_line] == '\n');
    add_lines(tree, below(indent, is_last), mark, text);
}

// JSON on lines without the commas at their ends, so that a line does not change when another one follows it.
static const char *json_lines(const struct value *value)
{
    STRBUF_AUTO text = STRBUF_INIT;

    for (const char *c = json_of(value, 2); *c; c++)
        if (c[0] != ',' || c[1] != '\n')
            strbuf_add_char(&text, *c);
    return arena_strdup(value_arena(), text.data);
}

static void add_text_diff(struct diff_tree *tree, const char *indent, const char *before, const char *after)
{
    struct diff_text_lines lines = { 0 };

    diff_text(&lines, before, after, tree->context);
    for (size_t i = 0; i < lines.count; i++)
        add_line(tree, below(indent, true), lines.items[i].mark, lines.items[i].text);
}

static struct map keys_of(const struct value *statements)
{
    struct map keys;

    map_init(&keys, value_arena());
    for (size_t i = 0; i < value_length(statements); i++)
        map_set(&keys, diff_statement_key(array_at(statements, i)), (void *)1);
    return keys;
}

struct pair {
    const char *key;
    const struct value *before, *after;
};

// One of the two sides is NULL.
static void add_one_sided(struct diff_tree *tree, const char *indent, bool is_last, const struct pair *pair)
{
    if (pair->before)
        add_value(tree, indent, is_last, DIFF_MARK_REMOVED, pair->key, pair->before);
    else
        add_value(tree, indent, is_last, DIFF_MARK_ADDED, pair->key, pair->after);
}

static size_t missing(
    const struct value *statements, const struct value *others, struct pair *pairs, bool are_removed)
{
    struct map keys = keys_of(others);
    size_t count = 0;

    for (size_t i = 0; i < value_length(statements); i++) {
        const struct value *statement = array_at(statements, i);

        if (!map_get(&keys, diff_statement_key(statement)))
            pairs[count++] =
                (struct pair){ "", are_removed ? statement : NULL, are_removed ? NULL : statement };
    }
    return count;
}

static void add_statement_diff(
    struct diff_tree *tree, const char *indent, const struct value *before, const struct value *after)
{
    size_t most = value_length(before) + value_length(after), count;
    struct pair *pairs = arena_alloc(value_arena(), (most + 1) * sizeof(*pairs));

    count = missing(before, after, pairs, true);
    count += missing(after, before, pairs + count, false);
    for (size_t i = 0; i < count; i++)
        add_one_sided(tree, indent, i + 1 == count, &pairs[i]);
    if (!count)
        add_line(tree, branch(indent, true), DIFF_MARK_CHANGED, "the same statements, written differently");
}

static void add_diff(
    struct diff_tree *tree, const char *indent, const struct value *before, const struct value *after);

static const char *label(const char *key)
{
    return joined(".", key, "");
}

// The fields that differ, those of `before` first.
static size_t differing(const struct value *before, const struct value *after, struct pair *pairs)
{
    size_t count = 0;

    for (size_t i = 0; i < value_length(before); i++) {
        const struct field *field = object_at(before, i);
        const struct value *other = object_get(after, field->key);

        if (!diff_equal(field->value, other, &loose))
            pairs[count++] = (struct pair){ label(field->key), field->value, other };
    }
    for (size_t i = 0; i < value_length(after); i++)
        if (!object_get(before, object_at(after, i)->key))
            pairs[count++] =
                (struct pair){ label(object_at(after, i)->key), NULL, object_at(after, i)->value };
    return count;
}

// The items that differ of two lists of one length.
static size_t differing_items(const struct value *before, const struct value *after, struct pair *pairs)
{
    size_t count = 0;

    for (size_t i = 0; i < value_length(before); i++)
        if (!diff_equal(array_at(before, i), array_at(after, i), &loose))
            pairs[count++] = (struct pair){ arena_printf(value_arena(), "[%zu]", i), array_at(before, i),
                array_at(after, i) };
    return count;
}

static void add_key_values(struct diff_tree *tree, const char *indent, const struct pair *pairs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool is_last = i + 1 == count;

        if (!pairs[i].before || !pairs[i].after) {
            add_one_sided(tree, indent, is_last, &pairs[i]);
            continue;
        }
        add_line(tree, branch(indent, is_last), DIFF_MARK_CHANGED, joined(pairs[i].key, ":", ""));
        add_diff(tree, below(indent, is_last), pairs[i].before, pairs[i].after);
    }
    if (!count)
        add_line(tree, branch(indent, true), DIFF_MARK_CHANGED, "the same, written differently");
}

static void add_parts_diff(
    struct diff_tree *tree, const char *indent, const struct value *before, const struct value *after)
{
    size_t most = value_length(before) + value_length(after);
    struct pair *pairs = arena_alloc(value_arena(), (most + 1) * sizeof(*pairs));

    if (value_type(before) == VALUE_OBJECT)
        add_key_values(tree, indent, pairs, differing(before, after, pairs));
    else
        add_key_values(tree, indent, pairs, differing_items(before, after, pairs));
}

static bool both(const struct value *before, const struct value *after, enum value_type type)
{
    return value_type(before) == type && value_type(after) == type;
}

static bool has_lines(const struct value *value)
{
    return value_type(value) == VALUE_STRING && strchr(value_string(value), '\n');
}

static bool is_composite(const struct value *value)
{
    return value_type(value) == VALUE_OBJECT || value_type(value) == VALUE_ARRAY;
}

static bool is_list_of_composites(const struct value *value)
{
    for (size_t i = 0; i < value_length(value); i++)
        if (!is_composite(array_at(value, i)))
            return false;
    return value_length(value) > 0;
}

// Both have parts, and it is clear which belong together.
static bool have_same_shape(const struct value *before, const struct value *after)
{
    if (both(before, after, VALUE_OBJECT))
        return !value_is_intrinsic(before) && !value_is_intrinsic(after);
    return both(before, after, VALUE_ARRAY) && value_length(before) == value_length(after) &&
        is_list_of_composites(before) && is_list_of_composites(after);
}

static bool is_short(const struct value *value)
{
    return utf8_length(json_of(value, 0)) <= INLINE_LIMIT;
}

static void add_plain_diff(
    struct diff_tree *tree, const char *indent, const struct value *before, const struct value *after)
{
    bool has_composite = is_composite(before) || is_composite(after);

    if (both(before, after, VALUE_ARRAY) && diff_is_statement_list(before) && diff_is_statement_list(after)) {
        add_statement_diff(tree, indent, before, after);
    } else if (have_same_shape(before, after)) {
        add_parts_diff(tree, indent, before, after);
    } else if (has_lines(before) && has_lines(after)) {
        add_text_diff(tree, indent, value_string(before), value_string(after));
    } else if (has_composite && (!is_short(before) || !is_short(after))) {
        add_text_diff(tree, indent, json_lines(before), json_lines(after));
    } else {
        add_value(tree, indent, false, DIFF_MARK_REMOVED, "", before);
        add_value(tree, indent, true, DIFF_MARK_ADDED, "", after);
    }
}

static void add_diff(
    struct diff_tree *tree, const char *indent, const struct value *before, const struct value *after)
{
    const struct value *before_json = diff_embedded_json(before);
    const struct value *after_json = before_json ? diff_embedded_json(after) : NULL;

    if (after_json)
        add_plain_diff(tree, indent, before_json, after_json);
    else
        add_plain_diff(tree, indent, before, after);
}

void diff_tree_values(struct diff_tree *tree, const struct value *before, const struct value *after)
{
    if (before && after)
        add_diff(tree, "", before, after);
    else if (before)
        add_value(tree, "", true, DIFF_MARK_REMOVED, "", before);
    else if (after)
        add_value(tree, "", true, DIFF_MARK_ADDED, "", after);
}

static const char *remark(const struct diff_change *change)
{
    const char *because = !change->because ? ""
        : change->from_change_set
        ? arena_printf(value_arena(), " (changes with %s)", change->because)
        : arena_printf(value_arena(), " (changes because %s is replaced)", change->because);
    const char *asset = change->is_asset ? " (only the hash of an asset)" : "";
    const char *impact = change->impact == DIFF_REPLACE ? " (requires replacement)"
        : change->impact == DIFF_MAY_REPLACE            ? " (may cause replacement)"
                                                        : "";
    const char *source = change->from_change_set ? " (says CloudFormation's change set)" : "";

    return arena_printf(value_arena(), "%s%s%s%s", because, asset, impact, source);
}

static void add_change(struct diff_tree *tree, const struct diff_change *change, bool is_last)
{
    const char *label = arena_printf(value_arena(), "%s%s", change->name, remark(change));

    if (change->kind == DIFF_ADDED) {
        add_value(tree, "", is_last, DIFF_MARK_ADDED, label, change->after);
    } else if (change->kind == DIFF_REMOVED) {
        add_value(tree, "", is_last, DIFF_MARK_REMOVED, label, change->before);
    } else {
        add_line(tree, branch("", is_last), DIFF_MARK_CHANGED, label);
        if (change->before != change->after && !change->is_asset)
            add_diff(tree, below("", is_last), change->before, change->after);
    }
}

static void add_content(struct diff_tree *tree, const struct value *resource)
{
    const struct value *properties = object_get(resource, "Properties");
    size_t count = value_length(properties);

    if (value_type(properties) != VALUE_OBJECT)
        return;
    for (size_t i = 0; i < count; i++) {
        const struct field *field = object_at(properties, i);

        add_value(tree, "", i + 1 == count, DIFF_MARK_ADDED, field->key, field->value);
    }
}

void diff_tree_resource(struct diff_tree *tree, const struct diff_resource *resource)
{
    if (resource->kind == DIFF_ADDED)
        add_content(tree, resource->after);
    for (size_t i = 0; i < resource->changes.count; i++)
        add_change(tree, &resource->changes.items[i], i + 1 == resource->changes.count);
}
