// SPDX-License-Identifier: MIT
#include "rows.h"

#include <math.h>
#include <string.h>

static uint32_t id_of(const struct text *text)
{
    return text ? text->id : 0;
}

struct words {
    struct arena *arena;
    uint32_t *items;
    size_t count, capacity;
};

static void words_add(struct words *words, uint32_t word)
{
    words->items =
        arena_grow(words->arena, words->items, words->count, &words->capacity, sizeof(*words->items));
    words->items[words->count++] = word;
}

uint32_t rows_list(struct rows *rows, const struct texts *texts)
{
    struct words words = { .arena = &rows->arena };

    for (size_t i = 0; i < texts->count; i++)
        words_add(&words, texts->items[i]->id);
    return pool_add(&rows->lists, words.items, words.count);
}

static uint32_t range_row(struct rows *rows, struct schema_range range)
{
    uint32_t words[RANGE_WORDS];

    memcpy(words, &range.minimum, sizeof(range.minimum));
    memcpy(words + RANGE_WORDS / 2, &range.maximum, sizeof(range.maximum));
    return pool_add(&rows->ranges, words, RANGE_WORDS);
}

static uint32_t type_row(struct rows *rows, const struct type *type);

static uint32_t target_of(struct rows *rows, const struct type *type)
{
    struct words members = { .arena = &rows->arena };

    if (type->kind == SCHEMA_OBJECT)
        return type->object->row;
    if (type->kind == SCHEMA_ARRAY || type->kind == SCHEMA_MAP)
        return type_row(rows, type->child);
    if (type->kind != SCHEMA_UNION)
        return 0;
    for (const struct type *member = type->child; member; member = member->next)
        words_add(&members, type_row(rows, member));
    return pool_add(&rows->lists, members.items, members.count);
}

static uint32_t type_row(struct rows *rows, const struct type *type)
{
    const uint32_t words[TYPE_WORDS] = {
        type->kind,
        target_of(rows, type),
        id_of(type->name),
        rows_list(rows, &type->allowed),
        id_of(type->pattern),
        range_row(rows, type->range),
    };

    return pool_add(&rows->types, words, TYPE_WORDS);
}

static uint32_t extra_row(struct rows *rows, const struct property *property)
{
    const uint32_t words[EXTRA_WORDS] = { id_of(property->default_value),
        rows_list(rows, &property->refers) };

    return pool_add(&rows->extras, words, EXTRA_WORDS);
}

static uint32_t property_row(struct rows *rows, const struct property *property)
{
    const uint32_t words[PROPERTY_WORDS] = {
        property->name->id,
        type_row(rows, property->type),
        extra_row(rows, property),
        property->flags,
        property->replacement,
        property->scrutiny,
    };

    return pool_add(&rows->properties, words, PROPERTY_WORDS);
}

static uint32_t object_row(struct rows *rows, const struct object *object)
{
    struct words words = { .arena = &rows->arena };

    for (size_t i = 0; i < object->count; i++)
        words_add(&words, property_row(rows, &object->properties[i]));
    return pool_add(&rows->objects, words.items, words.count);
}

static void start(struct rows *rows)
{
    const uint32_t none[EXTRA_WORDS] = { 0 };

    *rows = (struct rows){ .arena = ARENA_INIT };
    pool_init(&rows->lists, &rows->arena);
    pool_init(&rows->extras, &rows->arena);
    pool_init(&rows->ranges, &rows->arena);
    pool_init(&rows->types, &rows->arena);
    pool_init(&rows->properties, &rows->arena);
    pool_init(&rows->objects, &rows->arena);
    // Row 0 of these stands for none.
    pool_add(&rows->lists, NULL, 0);
    pool_add(&rows->extras, none, EXTRA_WORDS);
    range_row(rows, (struct schema_range){ -INFINITY, INFINITY });
}

static void each_object(struct rows *rows, struct model *model, void (*visit)(struct rows *, struct object *))
{
    for (size_t i = 0; i < model->count; i++) {
        struct resource *resource = &model->resources[i];

        visit(rows, &resource->properties);
        visit(rows, &resource->attributes);
        for (size_t j = 0; j < resource->nested_count; j++)
            visit(rows, &resource->nested[j]);
    }
}

static void compute(struct rows *rows, struct object *object)
{
    object->next_row = object_row(rows, object);
}

static void commit(struct rows *rows, struct object *object)
{
    (void)rows;
    object->row = object->next_row;
}

// Nested types may contain themselves. So at first all of them count as equal, and each round tells those
// apart whose properties are told apart already, until a round finds nothing new (as in the minimization of
// an automaton). Numbers then are those of the round before, since both go by first appearance.
void rows_make(struct rows *rows, struct model *model)
{
    size_t before;

    start(rows);
    do {
        before = rows->objects.count;
        arena_release(&rows->arena);
        start(rows);
        each_object(rows, model, compute);
        each_object(rows, model, commit);
    } while (rows->objects.count != before);
}
