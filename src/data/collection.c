// SPDX-License-Identifier: MIT
#include "data/value.h"

#include "data/value_private.h"
#include "util/die.h"

#include <string.h>

enum { INDEXED_LENGTH = 24 }; // objects longer than this get a hash index

struct value *array(void)
{
    return value_make(VALUE_ARRAY);
}

static void *grow(void *items, uint32_t length, uint32_t capacity, size_t item_size)
{
    void *grown = arena_alloc(value_arena(), capacity * item_size);

    if (length)
        memcpy(grown, items, length * item_size);
    return grown;
}

struct value *array_of(struct value *const *items)
{
    size_t length = 0;

    while (items[length])
        length++;
    return array_n(items, length);
}

struct value *array_n(struct value *const *items, size_t length)
{
    struct value *value = array();

    if (length) {
        value->array.items = grow(NULL, 0, (uint32_t)length, sizeof(struct value *));
        value->array.capacity = (uint32_t)length;
    }
    for (size_t i = 0; i < length; i++)
        array_append(value, items[i]);
    return value;
}

struct value *strings(const char *const *texts)
{
    struct value *value;

    if (!texts)
        return NULL;
    for (value = array(); *texts; texts++)
        array_append(value, string(*texts));
    return value;
}

// The capacity for one more item than there are.
static uint32_t next_capacity(uint32_t capacity)
{
    return capacity ? capacity * 2 : 2;
}

void array_append(struct value *array, struct value *item)
{
    if (array->type != VALUE_ARRAY)
        BUG("an item appended to what is not an array");
    if (!item)
        return;
    if (array->array.length == array->array.capacity) {
        array->array.capacity = next_capacity(array->array.capacity);
        array->array.items =
            grow(array->array.items, array->array.length, array->array.capacity, sizeof(struct value *));
    }
    array->array.items[array->array.length++] = item;
}

void array_append_all(struct value *array, const struct value *items)
{
    for (size_t i = 0; i < value_length(items); i++)
        array_append(array, array_at(items, i));
}

static void reserve_fields(struct value *object, uint32_t capacity)
{
    object->object.fields =
        grow(object->object.fields, object->object.length, capacity, sizeof(struct field));
    object->object.capacity = capacity;
}

struct value *object(const struct field *fields)
{
    struct value *value = value_make(VALUE_OBJECT);
    uint32_t count = 0;

    for (const struct field *field = fields; field->key; field++)
        count += field->value != NULL;
    if (count)
        reserve_fields(value, count);
    for (; fields->key; fields++)
        object_set(value, fields->key, fields->value);
    return value;
}

static void index_field(struct value *object, size_t position)
{
    map_set(object->object.index, object->object.fields[position].key, (void *)(uintptr_t)(position + 1));
}

static void make_index(struct value *object)
{
    object->object.index = arena_alloc(value_arena(), sizeof(*object->object.index));
    map_init(object->object.index, value_arena());
    for (size_t i = 0; i < object->object.length; i++)
        index_field(object, i);
}

static struct field *find_field(const struct value *object, const char *key)
{
    if (!object || !key || object->type != VALUE_OBJECT)
        return NULL;
    if (object->object.index) {
        uintptr_t position = (uintptr_t)map_get(object->object.index, key);

        return position ? &object->object.fields[position - 1] : NULL;
    }
    for (size_t i = 0; i < object->object.length; i++) {
        const char *other = object->object.fields[i].key;

        if (*other == *key && strcmp(other, key) == 0)
            return &object->object.fields[i];
    }
    return NULL;
}

void object_append(struct value *object, const char *key, struct value *value)
{
    if (object->object.length == object->object.capacity)
        reserve_fields(object, next_capacity(object->object.capacity));
    object->object.fields[object->object.length++] = (struct field){ key, value };
    if (object->object.index)
        index_field(object, object->object.length - 1);
    else if (object->object.length > INDEXED_LENGTH)
        make_index(object);
}

void object_set(struct value *object, const char *key, struct value *value)
{
    struct field *field;

    if (object->type != VALUE_OBJECT)
        BUG("a field set in what is not an object");
    if (!value || !key)
        return;
    field = find_field(object, key);
    if (field) {
        field->value = value;
        return;
    }
    object_append(object, arena_strdup(value_arena(), key), value);
}

void object_remove(struct value *object, const char *key)
{
    struct field *field = find_field(object, key);
    size_t rest;

    if (!field)
        return;
    rest = object->object.length - (size_t)(field - object->object.fields) - 1;
    memmove(field, field + 1, rest * sizeof(*field));
    object->object.length--;
    if (object->object.index)
        make_index(object);
}

struct value *omit_empty(struct value *value)
{
    if (value)
        value->omit_empty = true;
    return value;
}

size_t value_length(const struct value *value)
{
    if (!value)
        return 0;
    if (value->type == VALUE_ARRAY)
        return value->array.length;
    return value->type == VALUE_OBJECT ? value->object.length : 0;
}

struct value *array_at(const struct value *array, size_t index)
{
    return array && array->type == VALUE_ARRAY && index < array->array.length ? array->array.items[index]
                                                                              : NULL;
}

const struct field *object_at(const struct value *object, size_t index)
{
    static const struct field nothing = { "", NULL };

    if (!object || object->type != VALUE_OBJECT || index >= object->object.length)
        return &nothing;
    return &object->object.fields[index];
}

struct value *object_get(const struct value *object, const char *key)
{
    const struct field *field = find_field(object, key);

    return field ? field->value : NULL;
}

const char *object_string(const struct value *object, const char *key)
{
    return value_string(object_get(object, key));
}

const char *object_string_or_empty(const struct value *object, const char *key)
{
    return value_string_or_empty(object_get(object, key));
}

struct value *object_get_path(const struct value *object, const char *const *keys)
{
    struct value *value = NULL;

    for (; *keys; keys++) {
        value = object_get(object, *keys);
        object = value;
    }
    return value;
}
