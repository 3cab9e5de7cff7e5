// SPDX-License-Identifier: MIT
#include "lsp/answers/inquiry.h"

#include "data/value.h"

struct value *inquiry_define(const struct inquiry *inquiry)
{
    struct name_reference reference;
    struct template_place place;
    bool at_key;
    const struct outline *node = outline_at(inquiry->root, inquiry->offset, &at_key);

    place = place_of(node, at_key, inquiry->arena);
    if (!reference_at(inquiry, &place, &reference) || !reference.target)
        return NULL;
    return location_value(inquiry, reference.target->key_span);
}
