// SPDX-License-Identifier: MIT
#include "cdk/value.h"

#include "cdk/json.h"
#include "cdk/unit.h"
#include "cdk/value_private.h"
#include "util/strbuf.h"
#include "util/usage.h"

#include <stdint.h>
#include <string.h>

enum { INDEXED_LENGTH = 24 }; // objects longer than this get a hash index

static _Thread_local struct arena *current;

struct arena *value_arena_use(struct arena *arena)
{
    struct arena *previous = current;

    current = arena;
    return previous;
}

struct arena *value_arena(void)
{
    if (!current)
        BUG("no arena to make values in");
    return current;
}

static struct value *make(enum value_type type)
{
    struct value *value = arena_alloc(value_arena(), sizeof(*value));

    value->type = type;
    return value;
}

struct value *null(void)
{
    return make(VALUE_NULL);
}

struct value *boolean(bool truth)
{
    struct value *value = make(VALUE_BOOLEAN);

    value->boolean = truth;
    return value;
}

struct value *number(double n)
{
    struct value *value = make(VALUE_NUMBER);

    value->number = n;
    return value;
}

// Takes text that lives in the arena already.
static struct value *string_in_arena(const char *text)
{
    struct value *value = make(VALUE_STRING);

    value->string = text;
    return value;
}

struct value *string(const char *text)
{
    return text ? string_in_arena(arena_strdup(value_arena(), text)) : NULL;
}

struct value *string_n(const char *text, size_t length)
{
    return string_in_arena(arena_strndup(value_arena(), text, length));
}

struct value *stringf(const char *format, ...)
{
    va_list arguments;
    struct value *value;

    va_start(arguments, format);
    value = string_in_arena(arena_vprintf(value_arena(), format, arguments));
    va_end(arguments);
    return value;
}

struct value *array(void)
{
    return make(VALUE_ARRAY);
}

struct value *array_of(struct value *const *items)
{
    struct value *value = array();

    for (; *items; items++)
        array_append(value, *items);
    return value;
}

struct value *array_n(struct value *const *items, size_t length)
{
    struct value *value = array();

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

static void *grow(void *items, uint32_t length, uint32_t capacity, size_t item_size)
{
    void *grown = arena_alloc(value_arena(), capacity * item_size);

    if (length)
        memcpy(grown, items, length * item_size);
    return grown;
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
    struct value *value = make(VALUE_OBJECT);
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
    if (!object || object->type != VALUE_OBJECT)
        return NULL;
    if (object->object.index) {
        uintptr_t position = (uintptr_t)map_get(object->object.index, key);

        return position ? &object->object.fields[position - 1] : NULL;
    }
    for (size_t i = 0; i < object->object.length; i++)
        if (strcmp(object->object.fields[i].key, key) == 0)
            return &object->object.fields[i];
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
    if (!value)
        return;
    field = find_field(object, key);
    if (field) {
        field->value = value;
        return;
    }
    if (object->object.length == object->object.capacity)
        reserve_fields(object, next_capacity(object->object.capacity));
    object->object.fields[object->object.length++] =
        (struct field){ arena_strdup(value_arena(), key), value };
    if (object->object.index)
        index_field(object, object->object.length - 1);
    else if (object->object.length > INDEXED_LENGTH)
        make_index(object);
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

struct value *concat(struct value *const *parts)
{
    return fn_join("", array_of(parts));
}

static void append_text(struct value *parts, const char *text, size_t length)
{
    if (length)
        array_append(parts, string_n(text, length));
}

// Empty text leaves no trace, as in JavaScript's templates.
static void append_part(struct value *parts, struct value *part)
{
    const char *text = value_string(part);

    if (!text || *text)
        array_append(parts, part);
}

struct value *concatf(const char *format, ...)
{
    struct value *parts = array();
    va_list arguments;
    const char *percent;

    va_start(arguments, format);
    for (; (percent = strchr(format, '%')); format = percent + 2) {
        append_text(parts, format, (size_t)(percent - format));
        switch (percent[1]) {
        case 's':
            append_part(parts, string(va_arg(arguments, const char *)));
            break;
        case 'v':
            append_part(parts, va_arg(arguments, struct value *));
            break;
        case 'd':
            array_append(parts, stringf("%d", va_arg(arguments, int)));
            break;
        case '%':
            append_text(parts, "%", 1);
            break;
        default:
            BUG("'%%%c' in a concatf format", percent[1]);
        }
    }
    append_text(parts, format, strlen(format));
    va_end(arguments);
    return fn_join("", parts);
}

struct value *json_text(struct value *content)
{
    struct value *value = make(VALUE_JSON);

    value->json = content;
    return value;
}

struct value *lazy(struct value *(*produce)(void *data), void *data)
{
    struct value *value = make(VALUE_LAZY);

    value->lazy = arena_alloc(value_arena(), sizeof(*value->lazy));
    *value->lazy = (struct lazy_value){ .produce = produce, .data = data, .arena = value_arena() };
    return value;
}

struct value *value_force(struct value *value)
{
    if (!value->lazy->is_made) {
        struct arena *previous = value_arena_use(value->lazy->arena);

        value->lazy->is_made = true;
        value->lazy->made = value->lazy->produce(value->lazy->data);
        value_arena_use(previous);
    }
    return value->lazy->made;
}

struct value *get_att(const struct resource *resource, const char *attribute)
{
    struct value *value = make(VALUE_REFERENCE);

    value->reference.target = resource;
    value->reference.attribute = attribute ? arena_strdup(value_arena(), attribute) : NULL;
    return value;
}

struct value *ref(const struct resource *resource)
{
    return get_att(resource, NULL);
}

struct value *get_att_list(const struct resource *resource, const char *attribute)
{
    struct value *value = get_att(resource, attribute);

    value->is_list = true;
    return value;
}

struct value *across_environments(struct value *reference, struct value *elsewhere)
{
    reference->reference.elsewhere = elsewhere;
    return reference;
}

enum value_type value_type(const struct value *value)
{
    return value ? value->type : VALUE_NULL;
}

bool value_is_intrinsic(const struct value *value)
{
    const char *key;

    if (!value || value->type != VALUE_OBJECT || value->object.length != 1)
        return false;
    key = value->object.fields[0].key;
    return strcmp(key, "Ref") == 0 || strncmp(key, "Fn::", 4) == 0;
}

// A join of literals is a literal: concatf is handy for those as well.
static bool join_is_literal(const struct value *value)
{
    const struct value *list = value->join.list;

    if (list->type != VALUE_ARRAY)
        return false;
    for (size_t i = 0; i < list->array.length; i++)
        if (!value_is_literal(list->array.items[i]))
            return false;
    return true;
}

bool value_is_literal(const struct value *value)
{
    if (!value || value->type < VALUE_REFERENCE)
        return !value_is_intrinsic(value);
    return value->type == VALUE_JOIN && join_is_literal(value);
}

struct value *value_if_literal(struct value *value)
{
    return value_is_literal(value) ? value : NULL;
}

// The text of a join whose parts are all literal.
static const char *joined_text(const struct value *value)
{
    const struct value *list = value->join.list;
    STRBUF_AUTO text = STRBUF_INIT;

    for (size_t i = 0; i < list->array.length; i++) {
        const char *part = value_string(list->array.items[i]);

        if (i)
            strbuf_add_string(&text, value->join.delimiter);
        if (part)
            strbuf_add_string(&text, part);
        else
            json_write(&text, list->array.items[i], 0);
    }
    return arena_strdup(value_arena(), text.data);
}

const char *value_string(const struct value *value)
{
    if (value && value->type == VALUE_STRING)
        return value->string;
    if (value && value->type == VALUE_JOIN && join_is_literal(value))
        return joined_text(value);
    return NULL;
}

double value_number(const struct value *value)
{
    return value && value->type == VALUE_NUMBER ? value->number : 0;
}

bool value_boolean(const struct value *value)
{
    return value && value->type == VALUE_BOOLEAN && value->boolean;
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
    if (!object || object->type != VALUE_OBJECT || index >= object->object.length)
        return NULL;
    return &object->object.fields[index];
}

struct value *object_get(const struct value *object, const char *key)
{
    const struct field *field = find_field(object, key);

    return field ? field->value : NULL;
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

const struct resource *reference_target(const struct value *reference)
{
    return value_type(reference) == VALUE_REFERENCE ? reference->reference.target : NULL;
}

const char *reference_attribute(const struct value *reference)
{
    return value_type(reference) == VALUE_REFERENCE ? reference->reference.attribute : NULL;
}

struct value *count_value(struct count given)
{
    return given.given ? number(given.number) : NULL;
}

struct value *seconds_value(struct duration given)
{
    return given.given ? number((double)given.milliseconds / 1000) : NULL;
}

struct value *minutes_value(struct duration given)
{
    return given.given ? number((double)given.milliseconds / 60000) : NULL;
}

struct value *days_value(struct duration given)
{
    return given.given ? number((double)given.milliseconds / 86400000) : NULL;
}
