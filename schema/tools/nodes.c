// SPDX-License-Identifier: MIT
#include "nodes.h"

#include "data/json.h"
#include "data/value.h"
#include "util/strbuf.h"

#include <stdlib.h>
#include <string.h>

// One schema on its way into a row.
struct making {
    struct nodes *nodes;
    const struct constraint_type *type;
};

struct pair {
    uint32_t first, second;
};

struct pairs {
    struct arena *arena;
    struct pair *items;
    size_t count, capacity;
};

static uint32_t node_row(struct making *making, const struct value *schema);

static void pairs_add(struct pairs *pairs, uint32_t first, uint32_t second)
{
    pairs->items =
        arena_grow(pairs->arena, pairs->items, pairs->count, &pairs->capacity, sizeof(*pairs->items));
    pairs->items[pairs->count++] = (struct pair){ first, second };
}

static int compare_pairs(const void *a, const void *b)
{
    uint32_t x = ((const struct pair *)a)->first;
    uint32_t y = ((const struct pair *)b)->first;

    return (x > y) - (x < y);
}

// Names are in order, and so are keywords; a list (of nodes without names) keeps its own.
static uint32_t pairs_row(struct pool *pool, struct pairs *pairs, bool sort)
{
    if (sort && pairs->count)
        qsort(pairs->items, pairs->count, sizeof(*pairs->items), compare_pairs);
    return pool_add(pool, (const uint32_t *)pairs->items, 2 * pairs->count);
}

static struct text *text_of(struct making *making, const char *data)
{
    return model_text(making->nodes->constraints->model, data, strlen(data));
}

static uint32_t string_id(struct making *making, const char *data)
{
    return text_of(making, data)->id;
}

// A scalar as it is compared: strings and numbers alike as their characters; anything else as JSON.
static struct text *value_text(struct making *making, const struct value *value)
{
    STRBUF_AUTO json = STRBUF_INIT;

    if (value_type(value) == VALUE_STRING)
        return text_of(making, value_string(value));
    json_write(&json, value, 0);
    return text_of(making, json.data);
}

static uint32_t strings_row(struct making *making, const struct value *value)
{
    struct texts texts = { 0 };
    bool is_list = value_type(value) == VALUE_ARRAY;

    for (size_t i = 0; i < (is_list ? value_length(value) : 1); i++)
        texts_add(making->nodes->constraints->model, &texts,
            value_text(making, is_list ? array_at(value, i) : value));
    return rows_list(making->nodes->rows, &texts);
}

static uint32_t number_row(struct making *making, const struct value *value)
{
    uint32_t words[NUMBER_WORDS];
    double number = value_number(value);

    if (value_type(value) != VALUE_NUMBER)
        model_fail("'%s' has a bound that is no number", making->type->type->data);
    memcpy(words, &number, sizeof(number));
    return pool_add(&making->nodes->numbers, words, NUMBER_WORDS);
}

static uint32_t type_bit(struct making *making, const char *name)
{
    for (uint32_t bit = SCHEMA_JSON_ARRAY; bit <= SCHEMA_JSON_STRING; bit <<= 1)
        if (strcmp(schema_json_type_name(bit), name) == 0)
            return bit;
    model_fail("'%s' has an unknown type '%s'", making->type->type->data, name);
}

static uint32_t types_of(struct making *making, const struct value *value)
{
    uint32_t types = 0;

    if (value_type(value) != VALUE_ARRAY)
        return type_bit(making, value_string_or_empty(value));
    for (size_t i = 0; i < value_length(value); i++)
        types |= type_bit(making, value_string_or_empty(array_at(value, i)));
    return types;
}

// Of objects by name the parts that `make` makes, of a list its nodes.
static uint32_t parts_row(struct making *making, const struct value *value,
    uint32_t (*make)(struct making *making, const struct value *value))
{
    struct pairs pairs = { .arena = &making->nodes->arena };
    bool is_list = value_type(value) == VALUE_ARRAY;

    for (size_t i = 0; i < value_length(value); i++) {
        if (is_list)
            pairs_add(&pairs, 0, make(making, array_at(value, i)));
        else
            pairs_add(&pairs, string_id(making, object_at(value, i)->key),
                make(making, object_at(value, i)->value));
    }
    return pairs_row(&making->nodes->parts, &pairs, !is_list);
}

static uint32_t reference_row(struct making *making, const char *name)
{
    for (size_t i = 0; i < making->type->definition_count; i++)
        if (strcmp(making->type->definitions[i].name, name) == 0)
            return making->type->definitions[i].row;
    model_fail("'%s' has no definition '%s'", making->type->type->data, name);
}

static uint32_t keyword_value(struct making *making, enum schema_keyword keyword, const struct value *value)
{
    switch (schema_keyword_form(keyword)) {
    case SCHEMA_FORM_N:
        return keyword == SCHEMA_KEYWORD_REF ? reference_row(making, value_string_or_empty(value))
                                             : node_row(making, value);
    case SCHEMA_FORM_M:
    case SCHEMA_FORM_A:
        return parts_row(making, value, node_row);
    case SCHEMA_FORM_L:
        return parts_row(making, value, strings_row);
    case SCHEMA_FORM_S:
        return strings_row(making, value);
    case SCHEMA_FORM_T:
        return value_text(making, value)->id;
    case SCHEMA_FORM_NUMBER:
        return number_row(making, value);
    case SCHEMA_FORM_TYPES:
        return types_of(making, value);
    case SCHEMA_FORM_NOTHING:
        break;
    }
    return 0;
}

static enum schema_keyword keyword_find(struct making *making, const char *name)
{
    for (enum schema_keyword keyword = 0; keyword < SCHEMA_KEYWORD_COUNT; keyword++)
        if (strcmp(schema_keyword_name(keyword), name) == 0)
            return keyword;
    model_fail("'%s' has an unknown keyword '%s'", making->type->type->data, name);
}

static uint32_t node_row(struct making *making, const struct value *schema)
{
    struct pairs pairs = { .arena = &making->nodes->arena };

    if (value_type(schema) == VALUE_BOOLEAN && !value_boolean(schema))
        pairs_add(&pairs, SCHEMA_KEYWORD_NEVER, 0);
    else if (value_type(schema) != VALUE_OBJECT && value_type(schema) != VALUE_BOOLEAN)
        model_fail("'%s' has a schema that is no object", making->type->type->data);
    for (size_t i = 0; value_type(schema) == VALUE_OBJECT && i < value_length(schema); i++) {
        enum schema_keyword keyword = keyword_find(making, object_at(schema, i)->key);
        const struct value *value = object_at(schema, i)->value;

        if (schema_keyword_form(keyword) != SCHEMA_FORM_NOTHING || value_boolean(value))
            pairs_add(&pairs, keyword, keyword_value(making, keyword, value));
    }
    return pairs_row(&making->nodes->nodes, &pairs, true);
}

static void start(struct nodes *nodes, struct constraints *constraints, struct rows *rows)
{
    *nodes = (struct nodes){ .arena = ARENA_INIT, .constraints = constraints, .rows = rows };
    pool_init(&nodes->nodes, &nodes->arena);
    pool_init(&nodes->parts, &nodes->arena);
    pool_init(&nodes->numbers, &nodes->arena);
}

// One round; whether a definition has another number now.
static bool number_all(struct nodes *nodes)
{
    const struct constraint_type none = { .type = &(struct text){ .data = "%schema" } };
    struct making making_named = { nodes, &none };
    bool changed = false;

    for (size_t i = 0; i < nodes->constraints->named_count; i++)
        nodes->constraints->named[i].row = node_row(&making_named, nodes->constraints->named[i].schema);
    for (size_t i = 0; i < nodes->constraints->count; i++) {
        struct constraint_type *type = &nodes->constraints->types[i];
        struct making making = { nodes, type };

        for (size_t j = 0; j < type->definition_count; j++)
            type->definitions[j].next_row = node_row(&making, type->definitions[j].schema);
        for (size_t j = 0; j < type->rule_count; j++)
            type->rules[j].row = node_row(&making, type->rules[j].schema);
    }
    for (size_t i = 0; i < nodes->constraints->count; i++) {
        struct constraint_type *type = &nodes->constraints->types[i];

        for (size_t j = 0; j < type->definition_count; j++) {
            changed |= type->definitions[j].row != type->definitions[j].next_row;
            type->definitions[j].row = type->definitions[j].next_row;
        }
    }
    return changed;
}

void nodes_note_strings(struct constraints *constraints)
{
    struct rows rows = { .arena = ARENA_INIT };
    struct nodes nodes;

    pool_init(&rows.lists, &rows.arena);
    start(&nodes, constraints, &rows);
    number_all(&nodes);
    arena_release(&nodes.arena);
    arena_release(&rows.arena);
    for (size_t i = 0; i < constraints->count; i++)
        for (size_t j = 0; j < constraints->types[i].definition_count; j++)
            constraints->types[i].definitions[j].row = 0;
}

// Definitions refer to each other and may contain themselves: as in rows_make, all count as equal at first
// and each round tells more of them apart, until the numbers stay the same.
void nodes_make(struct nodes *nodes, struct constraints *constraints, struct rows *rows)
{
    start(nodes, constraints, rows);
    while (number_all(nodes)) {
        arena_release(&nodes->arena);
        start(nodes, constraints, rows);
    }
}
