// SPDX-License-Identifier: MIT
// Names that refer to what the template declares.
#include "lsp/answers/inquiry.h"

#include <string.h>

static bool is_name_character(char c)
{
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || (c && strchr(".:_-", c));
}

bool substitution_at(const struct inquiry *inquiry, struct span text, struct span *ret_span)
{
    const char *bytes = inquiry->document->text.data;
    struct span span = { inquiry->offset, inquiry->offset };

    while (span.start > text.start && is_name_character(bytes[span.start - 1]))
        span.start--;
    if (span.start < text.start + 2 || memcmp(bytes + span.start - 2, "${", 2) != 0)
        return false;
    while (span.end < text.end && is_name_character(bytes[span.end]))
        span.end++;
    *ret_span = span;
    return true;
}

static const char *word_of(const struct inquiry *inquiry, struct span span)
{
    return arena_strndup(inquiry->arena, inquiry->document->text.data + span.start, span.end - span.start);
}

// "Name" or "Name.Attribute".
static void split(const struct inquiry *inquiry, struct name_reference *reference)
{
    const char *dot = strchr(reference->name, '.');

    if (!dot)
        return;
    reference->attribute = dot + 1;
    reference->name = arena_strndup(inquiry->arena, reference->name, (size_t)(dot - reference->name));
}

static const struct outline *find_declaration(const struct inquiry *inquiry, const char *name)
{
    const struct outline *resource = place_find(inquiry->root, "Resources", name);

    return resource ? resource : place_find(inquiry->root, "Parameters", name);
}

static bool find_substitution(
    const struct inquiry *inquiry, const struct template_place *place, struct name_reference *reference)
{
    const struct outline *own;

    if (!substitution_at(inquiry, place->node->span, &reference->span))
        return false;
    reference->name = word_of(inquiry, reference->span);
    own = outline_get(outline_item(place->function, 1), reference->name);
    if (own) {
        reference->target = own;
        return true;
    }
    split(inquiry, reference);
    reference->target = find_declaration(inquiry, reference->name);
    return true;
}

// The argument of Fn::FindInMap before this one is the mapping, or the first key.
static const struct outline *find_mapping_key(
    const struct inquiry *inquiry, const struct template_place *place)
{
    const struct outline *list = place->node->parent, *name = outline_item(list, 0);
    const struct outline *key = outline_item(list, 1);
    const struct outline *mapping =
        name && name->text ? place_find(inquiry->root, "Mappings", name->text) : NULL;

    if (place->node->index == 1)
        return outline_get(mapping, place->node->text);
    if (key && key->text)
        return outline_get(outline_get(mapping, key->text), place->node->text);
    // The first key is only known at deployment: the second one is that of the first that has it.
    for (const struct outline *child = mapping ? mapping->first : NULL; child; child = child->next)
        if (outline_get(child, place->node->text))
            return outline_get(child, place->node->text);
    return NULL;
}

static const struct outline *find_target(
    const struct inquiry *inquiry, const struct template_place *place, struct name_reference *reference)
{
    const struct outline *first;

    switch (place->kind) {
    case PLACE_RESOURCE:
        return place_find(inquiry->root, "Resources", reference->name);
    case PLACE_REFERENCE:
        return find_declaration(inquiry, reference->name);
    case PLACE_RESOURCE_ATTRIBUTE:
        split(inquiry, reference);
        return place_find(inquiry->root, "Resources", reference->name);
    case PLACE_ATTRIBUTE:
        first = outline_item(place->node->parent, 0);
        reference->attribute = reference->name;
        reference->name = first && first->text ? first->text : "";
        return place_find(inquiry->root, "Resources", reference->name);
    case PLACE_CONDITION:
        return place_find(inquiry->root, "Conditions", reference->name);
    case PLACE_MAPPING:
        return place_find(inquiry->root, "Mappings", reference->name);
    case PLACE_MAPPING_KEY:
        return find_mapping_key(inquiry, place);
    default:
        return NULL;
    }
}

bool reference_at(
    const struct inquiry *inquiry, const struct template_place *place, struct name_reference *ret_reference)
{
    static const unsigned kinds = 1U << PLACE_RESOURCE | 1U << PLACE_REFERENCE | 1U << PLACE_ATTRIBUTE |
        1U << PLACE_RESOURCE_ATTRIBUTE | 1U << PLACE_CONDITION | 1U << PLACE_MAPPING |
        1U << PLACE_MAPPING_KEY;

    *ret_reference = (struct name_reference){ .name = place->node->text };
    if (place->at_key || !place->node->text)
        return false;
    if (place->kind == PLACE_SUBSTITUTION)
        return find_substitution(inquiry, place, ret_reference);
    if (!(kinds >> place->kind & 1))
        return false;
    ret_reference->span = place->node->span;
    ret_reference->target = find_target(inquiry, place, ret_reference);
    return true;
}
