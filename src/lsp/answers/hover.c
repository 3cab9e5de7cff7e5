// SPDX-License-Identifier: MIT
// What stands at the cursor.
#include "lsp/answers/inquiry.h"

#include "data/value.h"
#include "util/display.h"

#include <string.h>

static struct value *content_of(const struct inquiry *inquiry, const struct display *text)
{
    const char *lines = text->shown.data;

    if (!inquiry->client->takes_markdown)
        return object((struct field[]){ { "kind", string("plaintext") }, { "value", string(lines) }, END });
    // Four, since what is shown may have three in it.
    return object((struct field[]){
        { "kind", string("markdown") },
        { "value", stringf("````text\n%s\n````", lines) },
        END,
    });
}

static void describe(const struct inquiry *inquiry, struct display *out,
    const struct schema_resource *resource, const char *path, const struct schema_property *property)
{
    inquiry->host->describe(inquiry->host->data, out, resource, path, property, inquiry->arena);
}

static void add_text(struct display *out, const struct outline *object, const char *key)
{
    const char *text = outline_get_text(object, key);

    if (text)
        display_addf(out, "  %s: %s\n", key, text);
}

// A resource, parameter or other declaration by its key.
static void describe_declaration(
    const struct inquiry *inquiry, struct display *out, const struct outline *target)
{
    const char *section = target->parent && target->parent->key ? target->parent->key : "";
    const char *type = outline_get_text(target, "Type");

    display_addf(out, "%s (%s)\n", target->key, *section ? section : "variable");
    if (strcmp(section, "Resources") == 0 && type && schema_resource_find(type)) {
        describe(inquiry, out, schema_resource_find(type), NULL, NULL);
        return;
    }
    add_text(out, target, "Type");
    add_text(out, target, "Default");
    add_text(out, target, "Description");
    if (target->text)
        display_addf(out, "  %s\n", target->text);
}

static void describe_reference(
    const struct inquiry *inquiry, struct display *out, const struct name_reference *reference)
{
    const char *type = outline_get_text(reference->target, "Type");
    const struct schema_resource *resource = type ? schema_resource_find(type) : NULL;
    const struct schema_property *attribute = reference->attribute
        ? schema_object_find(schema_resource_attributes(resource), reference->attribute)
        : NULL;

    if (attribute)
        describe(inquiry, out, resource, reference->attribute, attribute);
    else if (reference->target)
        describe_declaration(inquiry, out, reference->target);
}

static struct span describe_place(
    const struct inquiry *inquiry, struct display *out, const struct template_place *place)
{
    const struct outline *node = place->node;
    struct name_reference reference;

    if (reference_at(inquiry, place, &reference)) {
        describe_reference(inquiry, out, &reference);
        return reference.span;
    }
    if (place->kind == PLACE_TYPE && node->text && schema_resource_find(node->text))
        describe(inquiry, out, schema_resource_find(node->text), NULL, NULL);
    else if (place->kind == PLACE_NAME && place->at_key)
        describe_declaration(inquiry, out, node);
    else if (place->property && place->resource && (place->at_key || node->kind == OUTLINE_SCALAR))
        describe(inquiry, out, place->resource, place->path, place->property);
    return place->at_key ? node->key_span : node->span;
}

struct value *inquiry_hover(const struct inquiry *inquiry)
{
    DISPLAY_AUTO text = DISPLAY_INIT;
    struct template_place place;
    struct span span;
    bool at_key;
    const struct outline *node = outline_at(inquiry->root, inquiry->offset, &at_key);

    place = place_of(node, at_key, inquiry->arena);
    span = describe_place(inquiry, &text, &place);
    if (!text.shown.length)
        return NULL;
    return object((struct field[]){
        { "contents", content_of(inquiry, &text) },
        { "range", range_value(inquiry, span) },
        END,
    });
}
