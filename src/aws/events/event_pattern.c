// SPDX-License-Identifier: MIT
#include "aws/events/events_private.h"

#include "cdk/construct.h"
#include "cdk/diag.h"

struct value *event_pattern_render(const struct events_event_pattern *pattern)
{
    return object((struct field[]){
        { "version", pattern->version },
        { "id", pattern->id },
        { "detail-type", pattern->detail_type },
        { "source", pattern->source },
        { "account", pattern->account },
        { "time", pattern->time },
        { "region", pattern->region },
        { "resources", pattern->resources },
        { "detail", pattern->detail },
        END,
    });
}

static void report_mistakes(const struct value *value, struct construct *construct)
{
    const char *mistake = object_string(value, match_mistake);

    if (mistake) {
        diag_error(construct, "%s", mistake);
        return;
    }
    for (size_t i = 0; i < value_length(value); i++)
        report_mistakes(
            value_type(value) == VALUE_ARRAY ? array_at(value, i) : object_at(value, i)->value, construct);
}

static bool has(const struct value *array, const struct value *item)
{
    for (size_t i = 0; i < value_length(array); i++)
        if (value_equal(array_at(array, i), item))
            return true;
    return false;
}

static struct value *united(const struct value *a, const struct value *b)
{
    const struct value *const sources[] = { a, b };
    struct value *all = array();

    for (size_t s = 0; s < 2; s++)
        for (size_t i = 0; i < value_length(sources[s]); i++)
            if (!has(all, array_at(sources[s], i)))
                array_append(all, array_at(sources[s], i));
    return all;
}

static struct value *copy_object(const struct value *original)
{
    struct value *copy = object((struct field[]){ END });

    for (size_t i = 0; i < value_length(original); i++)
        object_set(copy, object_at(original, i)->key, object_at(original, i)->value);
    return copy;
}

static void merge_objects(struct value *into, const struct value *pattern, struct construct *construct);

static struct value *merge_field(
    const char *key, const struct value *before, struct value *added, struct construct *construct)
{
    struct value *merged;

    if (value_type(added) != VALUE_ARRAY && value_type(added) != VALUE_OBJECT) {
        diag_error(construct, "field '%s' of an event pattern must be an array", key);
        return NULL;
    }
    if (!before)
        return added;
    if (value_type(before) != value_type(added)) {
        diag_error(construct,
            "field '%s' of an event pattern is once an array and once an object, which cannot be merged",
            key);
        return NULL;
    }
    if (value_type(added) == VALUE_ARRAY)
        return united(before, added);
    merged = copy_object(before);
    merge_objects(merged, added, construct);
    return merged;
}

static void merge_objects(struct value *into, const struct value *pattern, struct construct *construct)
{
    for (size_t i = 0; i < value_length(pattern); i++) {
        const struct field *field = object_at(pattern, i);

        object_set(
            into, field->key, merge_field(field->key, object_get(into, field->key), field->value, construct));
    }
}

void event_pattern_merge(struct value *into, const struct value *pattern, struct construct *construct)
{
    report_mistakes(pattern, construct);
    merge_objects(into, pattern, construct);
}
