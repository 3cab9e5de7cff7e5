// SPDX-License-Identifier: MIT
#include "diff/compare/compare.h"

#include "data/value.h"
#include "util/map.h"
#include "util/strbuf.h"

#include <string.h>

// A resource that is removed here and one of the same content that is added there are taken for the same one,
// moved or renamed: unless there are several of that content. What moves together refers to itself, so a
// reference to something that moves is compared as a reference to its counterpart, once that is known.

enum { ROUNDS = 8 };

struct mover {
    struct diff_resource *resource;
    struct content *content;
    const char *counterpart; // what references to it are compared as; NULL: not known yet
};

struct movers {
    struct mover *items;
    size_t count;
    struct map *by_id; // of each stack, in the order of stacks
    size_t pairs;
};

// Resources of one content.
struct content {
    struct mover *removed, *added; // the last ones
    size_t removed_count, added_count;
};

static bool is_mover(const struct diff_resource *resource)
{
    return resource->kind != DIFF_CHANGED && resource->type;
}

static struct movers collect_movers(const struct diff *diff)
{
    struct movers movers = { 0 };
    size_t most = 0;

    for (size_t i = 0; i < diff->count; i++)
        most += diff->stacks[i].resource_count;
    movers.items = arena_alloc(value_arena(), (most + 1) * sizeof(*movers.items));
    movers.by_id = arena_alloc(value_arena(), (diff->count + 1) * sizeof(*movers.by_id));
    for (size_t i = 0; i < diff->count; i++) {
        struct diff_stack *stack = &diff->stacks[i];

        map_init(&movers.by_id[i], value_arena());
        for (size_t j = 0; j < stack->resource_count; j++) {
            if (!is_mover(&stack->resources[j]))
                continue;
            movers.items[movers.count].resource = &stack->resources[j];
            map_set(&movers.by_id[i], stack->resources[j].id, &movers.items[movers.count++]);
        }
    }
    return movers;
}

static const char *reference_name(const struct map *by_id, const char *id)
{
    const struct mover *mover = map_get(by_id, id);

    if (!mover)
        return id;
    return mover->counterpart ? mover->counterpart : "?";
}

static struct value *abstract(const struct value *value, const struct map *by_id);

static struct value *abstract_attribute(const struct value *argument, const struct map *by_id)
{
    struct value *list;

    if (value_type(argument) != VALUE_ARRAY || !value_string(array_at(argument, 0)))
        return (struct value *)argument;
    list = array_of(
        (struct value *[]){ string(reference_name(by_id, value_string(array_at(argument, 0)))), NULL });
    for (size_t i = 1; i < value_length(argument); i++)
        array_append(list, array_at(argument, i));
    return list;
}

static struct value *abstract_field(const struct field *field, const struct map *by_id)
{
    if (strcmp(field->key, "Ref") == 0 && value_string(field->value))
        return string(reference_name(by_id, value_string(field->value)));
    if (strcmp(field->key, "Fn::GetAtt") == 0)
        return abstract_attribute(field->value, by_id);
    return abstract(field->value, by_id);
}

static struct value *abstract(const struct value *value, const struct map *by_id)
{
    struct value *copy;

    if (value_type(value) == VALUE_ARRAY) {
        copy = array();
        for (size_t i = 0; i < value_length(value); i++)
            array_append(copy, abstract(array_at(value, i), by_id));
        return copy;
    }
    if (value_type(value) != VALUE_OBJECT)
        return (struct value *)value;
    copy = object((struct field[]){ END });
    for (size_t i = 0; i < value_length(value); i++)
        object_set(copy, object_at(value, i)->key, abstract_field(object_at(value, i), by_id));
    return copy;
}

// Everything but what names the resource itself and its neighbours.
static void write_content(
    struct strbuf *text, const struct mover *mover, const struct map *by_id, const char *scope)
{
    const struct diff_resource *resource = mover->resource;
    struct value *content = abstract(resource->before ? resource->before : resource->after, by_id);

    object_remove(content, "Metadata");
    object_remove(content, "DependsOn");
    strbuf_reset(text);
    strbuf_addf(text, "%s\n", scope);
    diff_canonical(text, content);
}

static void add_to_content(struct map *contents, const char *text, struct mover *mover)
{
    struct content *content = map_get(contents, text);

    if (!content) {
        content = arena_alloc(value_arena(), sizeof(*content));
        map_set(contents, arena_strdup(value_arena(), text), content);
    }
    mover->content = content;
    if (mover->resource->kind == DIFF_REMOVED) {
        content->removed = mover;
        content->removed_count++;
    } else {
        content->added = mover;
        content->added_count++;
    }
}

static void sort_by_content(const struct diff *diff, struct movers *movers, bool across)
{
    struct arena scratch = ARENA_INIT; // what is made only for its text would take more than all that stays
    STRBUF_AUTO text = STRBUF_INIT;
    struct map contents;

    map_init(&contents, value_arena());
    for (size_t i = 0; i < movers->count; i++) {
        struct mover *mover = &movers->items[i];
        const struct diff_stack *stack = mover->resource->stack;
        struct arena *before;

        if (mover->counterpart)
            continue;
        before = value_arena_use(&scratch);
        write_content(&text, mover, &movers->by_id[stack - diff->stacks], across ? "" : stack->name);
        value_arena_use(before);
        arena_reset(&scratch);
        add_to_content(&contents, text.data, mover);
    }
    arena_release(&scratch);
}

static bool pair(struct movers *movers)
{
    size_t pairs_before = movers->pairs;

    for (size_t i = 0; i < movers->count; i++) {
        struct mover *removed = &movers->items[i], *added;
        const struct content *content = removed->content;

        if (removed->counterpart || removed->resource->kind != DIFF_REMOVED || content->removed_count != 1 ||
            content->added_count != 1)
            continue;
        added = content->added;
        added->resource->moved = removed->resource;
        removed->resource->moved = added->resource;
        added->counterpart = removed->counterpart = arena_printf(value_arena(), "=%zu", movers->pairs++);
    }
    return movers->pairs > pairs_before;
}

static bool has_both_kinds(const struct movers *movers)
{
    bool removed = false, added = false;

    for (size_t i = 0; i < movers->count; i++) {
        removed |= movers->items[i].resource->kind == DIFF_REMOVED;
        added |= movers->items[i].resource->kind == DIFF_ADDED;
    }
    return removed && added;
}

// Within a stack first.
void diff_find_moves(struct diff *diff)
{
    struct movers movers = collect_movers(diff);

    if (!has_both_kinds(&movers))
        return;
    for (int across = 0; across <= (diff->count > 1); across++) {
        for (int round = 0; round < ROUNDS; round++) {
            sort_by_content(diff, &movers, across);
            if (!pair(&movers))
                break;
        }
    }
}
