// SPDX-License-Identifier: MIT
#include "aws/elbv2/elbv2_private.h"

#include <string.h>

static struct elbv2_attribute *find(const struct elbv2_attributes *attributes, const char *key)
{
    for (size_t i = 0; i < attributes->length; i++)
        if (strcmp(attributes->items[i].key, key) == 0)
            return &attributes->items[i];
    return NULL;
}

void elbv2_attributes_set(struct elbv2_attributes *attributes, const char *key, struct value *value)
{
    struct elbv2_attribute *present = find(attributes, key);

    if (present) {
        present->value = value;
        return;
    }
    attributes->items = arena_grow(value_arena(), attributes->items, attributes->length,
        &attributes->capacity, sizeof(*attributes->items));
    attributes->items[attributes->length++] =
        (struct elbv2_attribute){ arena_strdup(value_arena(), key), value };
}

static struct value *produce(void *data)
{
    const struct elbv2_attributes *attributes = data;
    struct value *list = omit_empty(array());

    for (size_t i = 0; i < attributes->length; i++)
        if (attributes->items[i].value)
            array_append(list,
                object((struct field[]){
                    { "Key", string(attributes->items[i].key) },
                    { "Value", attributes->items[i].value },
                    END,
                }));
    return list;
}

struct value *elbv2_attributes_value(struct elbv2_attributes *attributes)
{
    return lazy(produce, attributes);
}
