// SPDX-License-Identifier: MIT
// Random edits of the six templates: every one is found, none is invented, and the JSON output turns what was
// before into what is after.
#include "data/json.h"
#include "data/value.h"
#include "diff/diff.h"
#include "diff/render/format.h"
#include "util/array.h"
#include "util/display.h"
#include "util/file/file.h"
#include "util/strbuf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ROUNDS = 300, EDITS = 6 };

static uint64_t state;

// SplitMix64
static size_t random_below(size_t limit)
{
    uint64_t z = (state += 0x9E3779B97F4A7C15U);

    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return (z ^ (z >> 31)) % limit;
}

static struct value *parse(const char *text, size_t length)
{
    ERROR_AUTO err = ERROR_INIT;
    struct value *value = json_parse(text, length, "test", &err);

    if (!value)
        fail_msg("%s", err.message);
    return value;
}

static struct value *copy(const struct value *value)
{
    STRBUF_AUTO text = STRBUF_INIT;

    json_write(&text, value, 0);
    return parse(text.data, text.length);
}

static struct value *read_templates(void)
{
    STRBUF_AUTO text = STRBUF_INIT;
    ERROR_AUTO err = ERROR_INIT;

    if (file_read(TEST_DIRECTORY "/golden/stacks/default.json", &text, &err) < 0)
        fail_msg("%s", err.message);
    return object_get(parse(text.data, text.length), "templates");
}

// Changes one value somewhere inside; gives what to put in its place.
static struct value *edit_value(struct value *value, size_t number)
{
    size_t length = value_length(value);
    struct value *edited;

    if (value_type(value) == VALUE_OBJECT && length && random_below(4)) {
        const struct field *field = object_at(value, random_below(length));

        object_set(value, field->key, edit_value(field->value, number));
        return value;
    }
    if (value_type(value) != VALUE_ARRAY || !length)
        return stringf("edit %zu", number);
    edited = array();
    if (random_below(2)) {
        // One item more, somewhere.
        size_t at = random_below(length + 1);

        for (size_t i = 0; i <= length; i++) {
            if (i == at)
                array_append(edited, stringf("edit %zu", number));
            array_append(edited, array_at(value, i));
        }
        return edited;
    }
    for (size_t i = 0, at = random_below(length); i < length; i++)
        array_append(edited, i == at ? edit_value(array_at(value, i), number) : array_at(value, i));
    return edited;
}

struct edit {
    const char *section;
    const char *name;
    enum diff_kind kind;
};

static void edit_resource(struct value *resource, size_t number)
{
    struct value *properties = object_get(resource, "Properties");

    switch (random_below(4)) {
    case 0:
        object_set(resource, "DeletionPolicy", stringf("Edit%zu", number));
        return;
    case 1:
        object_set(resource, "DependsOn", stringf("Edit%zu", number));
        return;
    case 2:
        if (value_length(properties)) {
            object_remove(properties, object_at(properties, random_below(value_length(properties)))->key);
            return;
        }
        // fall through
    default:
        if (!properties) {
            properties = object((struct field[]){ END });
            object_set(resource, "Properties", properties);
        }
        if (value_length(properties) && random_below(3)) {
            const struct field *field = object_at(properties, random_below(value_length(properties)));

            object_set(properties, field->key, edit_value(field->value, number));
        } else {
            object_set(properties, arena_printf(value_arena(), "Edit%zu", number), stringf("%zu", number));
        }
    }
}

static bool is_taken(const struct edit *edits, size_t count, const char *section, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(edits[i].section, section) == 0 && strcmp(edits[i].name, name) == 0)
            return true;
    return false;
}

// An edit of something that has not been edited yet.
static struct edit edit_template(struct value *template, const struct edit *edits, size_t count)
{
    static const char *const sections[] = { "Resources", "Resources", "Resources", "Outputs", "Parameters",
        "Conditions", "Mappings" };
    const char *section = sections[random_below(ARRAY_SIZE(sections))];
    struct value *entries = object_get(template, section);
    struct edit edit = { .section = section, .kind = (enum diff_kind)random_below(3) };

    if (!entries) {
        entries = object((struct field[]){ END });
        object_set(template, section, entries);
    }
    if (edit.kind != DIFF_ADDED && value_length(entries))
        edit.name = arena_strdup(value_arena(), object_at(entries, random_below(value_length(entries)))->key);
    if (!edit.name || is_taken(edits, count, section, edit.name)) {
        edit.kind = DIFF_ADDED;
        edit.name = arena_printf(value_arena(), "Edit%zu", count);
    }
    if (edit.kind == DIFF_REMOVED)
        object_remove(entries, edit.name);
    else if (edit.kind == DIFF_ADDED)
        object_set(entries, edit.name,
            object((struct field[]){ { "Type", stringf("Edit::Edit::Edit%zu", count) }, END }));
    else if (strcmp(section, "Resources") == 0)
        edit_resource(object_get(entries, edit.name), count);
    else
        object_set(entries, edit.name, edit_value(object_get(entries, edit.name), count));
    return edit;
}

static const char *key_of(const char *section, const char *name, enum diff_kind kind)
{
    return arena_printf(value_arena(), "%s %s %s", section, name, diff_kind_name(kind));
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

struct keys {
    const char *items[4096];
    size_t count;
};

static void add_key(struct keys *keys, const char *key)
{
    assert_true(keys->count < 4096);
    keys->items[keys->count++] = key;
}

static const char *joined(struct keys *keys)
{
    STRBUF_AUTO text = STRBUF_INIT;

    qsort(keys->items, keys->count, sizeof(*keys->items), compare_texts);
    for (size_t i = 0; i < keys->count; i++)
        strbuf_addf(&text, "%s\n", keys->items[i]);
    return arena_strdup(value_arena(), text.data);
}

static const char *found_edits(const struct diff_stack *stack)
{
    static const struct {
        enum diff_section section;
        const char *key;
    } sections[] = { { DIFF_OUTPUTS, "Outputs" }, { DIFF_PARAMETERS, "Parameters" },
        { DIFF_CONDITIONS, "Conditions" }, { DIFF_MAPPINGS, "Mappings" } };
    static struct keys keys;
    size_t others = 0;

    keys.count = 0;
    for (size_t s = 0; s < ARRAY_SIZE(sections); s++)
        for (size_t i = 0; i < stack->sections[sections[s].section].count; i++) {
            const struct diff_change *change = &stack->sections[sections[s].section].items[i];

            add_key(&keys, key_of(sections[s].key, change->name, change->kind));
            others++;
        }
    for (size_t i = 0; i < stack->resource_count; i++)
        if (!stack->resources[i].is_consequence)
            add_key(&keys, key_of("Resources", stack->resources[i].id, stack->resources[i].kind));
    assert_int_equal(stack->summary.differences, others + stack->resource_count);
    return joined(&keys);
}

static const char *made_edits(const struct edit *edits, size_t count)
{
    static struct keys keys;

    keys.count = 0;
    for (size_t i = 0; i < count; i++)
        add_key(&keys, key_of(edits[i].section, edits[i].name, edits[i].kind));
    return joined(&keys);
}

// RFC 6902, what of it the output uses.

static struct value *apply(struct value *target, const char *path, const char *op, struct value *value);

static struct value *apply_to_array(
    struct value *target, size_t index, const char *rest, const char *op, struct value *value)
{
    struct value *items = array();

    for (size_t i = 0; i <= value_length(target); i++) {
        struct value *item = array_at(target, i);

        if (i != index)
            array_append(items, item);
        else if (*rest)
            array_append(items, apply(item, rest, op, value));
        else if (strcmp(op, "remove") != 0) {
            array_append(items, value);
            if (strcmp(op, "add") == 0)
                array_append(items, item);
        }
    }
    return items;
}

static const char *unescape(const char *name, size_t length)
{
    STRBUF_AUTO text = STRBUF_INIT;

    for (size_t i = 0; i < length; i++) {
        if (name[i] == '~')
            strbuf_add_char(&text, name[++i] == '0' ? '~' : '/');
        else
            strbuf_add_char(&text, name[i]);
    }
    return arena_strdup(value_arena(), text.data);
}

static struct value *apply(struct value *target, const char *path, const char *op, struct value *value)
{
    size_t length = strcspn(path + 1, "/");
    const char *rest = path + 1 + length;
    const char *key;

    if (!*path)
        return value;
    if (value_type(target) == VALUE_ARRAY)
        return apply_to_array(target, strtoull(path + 1, NULL, 10), rest, op, value);
    key = unescape(path + 1, length);
    if (*rest)
        object_set(target, key, apply(object_get(target, key), rest, op, value));
    else if (strcmp(op, "remove") == 0)
        object_remove(target, key);
    else
        object_set(target, key, value);
    return target;
}

static void assert_patch(const struct diff *diff, const struct value *before, const struct value *after)
{
    const struct diff_format_options options = { .strict = true, .context = 3 };
    struct value *patched = copy(before);
    STRBUF_AUTO text = STRBUF_INIT;
    const struct value *patch;

    diff_write_json(&text, diff, &options);
    patch = object_get(array_at(object_get(parse(text.data, text.length), "stacks"), 0), "patch");
    for (size_t i = 0; i < value_length(patch); i++) {
        const struct value *operation = array_at(patch, i);

        patched = apply(patched, value_string(object_get(operation, "path")),
            value_string(object_get(operation, "op")), object_get(operation, "value"));
    }
    if (!value_equal(patched, after))
        fail_msg("the patch does not give what is after");
}

// Every format takes whatever comes.
static void write_all(const struct diff *diff)
{
    const struct diff_format_options options = { .color = true, .context = 1 };
    DISPLAY_AUTO display = DISPLAY_INIT;
    STRBUF_AUTO text = STRBUF_INIT;

    diff_write_text(&display, diff, &options);
    diff_write_html(&text, diff, &options);
    strbuf_reset(&text);
    diff_write_markdown(&text, diff, &options);
    assert_true(text.length <= DIFF_MARKDOWN_LIMIT);
}

static void check(const struct value *before, bool strict)
{
    const struct diff_options options = { .strict = strict };
    struct value *after = copy(before);
    struct edit edits[EDITS];
    size_t count = 1 + random_below(EDITS);
    struct diff_input input = { .name = "S", .before = before, .after = after };
    struct diff diff;

    for (size_t i = 0; i < count; i++)
        edits[i] = edit_template(after, edits, i);
    diff_compare(&input, 1, &options, &diff);
    assert_string_equal(found_edits(&diff.stacks[0]), made_edits(edits, count));
    assert_patch(&diff, before, after);
    write_all(&diff);
}

static void finds_every_edit(void **unused)
{
    struct arena arena = ARENA_INIT;
    struct value *templates;

    (void)unused;
    value_arena_use(&arena);
    templates = read_templates();
    for (size_t round = 0; round < ROUNDS; round++) {
        struct arena own = ARENA_INIT;

        state = round;
        value_arena_use(&own);
        check(object_at(templates, round % value_length(templates))->value, true);
        value_arena_use(NULL);
        arena_release(&own);
    }
    arena_release(&arena);
}

static void finds_nothing_in_the_same(void **unused)
{
    struct arena arena = ARENA_INIT;
    struct value *templates;

    (void)unused;
    value_arena_use(&arena);
    templates = read_templates();
    for (size_t i = 0; i < value_length(templates); i++) {
        const struct value *template = object_at(templates, i)->value;
        struct diff_input input = { .name = "S", .before = template, .after = copy(template) };

        for (int strict = 0; strict < 2; strict++) {
            const struct diff_options options = { .strict = strict };
            struct diff diff;

            diff_compare(&input, 1, &options, &diff);
            assert_int_equal(diff.different, 0);
            assert_int_equal(diff.summary.differences, 0);
            assert_false(diff.summary.security);
            assert_false(diff.summary.destructive);
        }
    }
    value_arena_use(NULL);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_every_edit),
        cmocka_unit_test(finds_nothing_in_the_same),
    };

    return cmocka_run_group_tests_name("diff/random", tests, NULL, NULL);
}
