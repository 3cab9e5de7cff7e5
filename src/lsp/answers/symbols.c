// SPDX-License-Identifier: MIT
// The sections of a template and what they declare.
#include "lsp/answers/inquiry.h"

#include "data/value.h"
#include "util/array.h"

#include <string.h>

// Of the protocol.
enum symbol_kind {
    SYMBOL_NAMESPACE = 3,
    SYMBOL_CLASS = 5,
    SYMBOL_PROPERTY = 7,
    SYMBOL_FIELD = 8,
    SYMBOL_VARIABLE = 13,
    SYMBOL_CONSTANT = 14,
    SYMBOL_BOOLEAN = 17,
    SYMBOL_EVENT = 24,
};

static const struct {
    const char *section;
    enum symbol_kind members; // 0: they are none
} sections[] = {
    { "AWSTemplateFormatVersion", 0 },
    { "Conditions", SYMBOL_BOOLEAN },
    { "Description", 0 },
    { "Globals", SYMBOL_PROPERTY },
    { "Mappings", SYMBOL_CONSTANT },
    { "Metadata", SYMBOL_PROPERTY },
    { "Outputs", SYMBOL_FIELD },
    { "Parameters", SYMBOL_VARIABLE },
    { "Resources", SYMBOL_CLASS },
    { "Rules", SYMBOL_EVENT },
    { "Transform", 0 },
};

static struct span whole_of(const struct outline *node)
{
    size_t end = node->span.end > node->key_span.end ? node->span.end : node->key_span.end;

    return (struct span){ node->key_span.start, end };
}

static struct value *symbol(const struct inquiry *inquiry, const struct outline *node, enum symbol_kind kind,
    const char *container, struct value *children)
{
    const char *type = outline_get_text(node, "Type");
    // A name may not be empty.
    struct value *name = string(*node->key ? node->key : "\"\"");

    if (!inquiry->client->nests_symbols)
        return object((struct field[]){
            { "name", name },
            { "kind", number(kind) },
            { "location", location_value(inquiry, whole_of(node)) },
            { "containerName", container ? string(container) : NULL },
            END,
        });
    return object((struct field[]){
        { "name", name },
        { "detail", type ? string(type) : NULL },
        { "kind", number(kind) },
        { "range", range_value(inquiry, whole_of(node)) },
        { "selectionRange", range_value(inquiry, node->key_span) },
        { "children", children },
        END,
    });
}

static void add_section(
    const struct inquiry *inquiry, struct value *all, const struct outline *section, enum symbol_kind kind)
{
    bool nests = inquiry->client->nests_symbols;
    struct value *members = nests ? array() : all;
    // What is in a list comes behind what it is in.
    struct value *own = nests ? NULL : symbol(inquiry, section, SYMBOL_NAMESPACE, NULL, NULL);

    array_append(all, own);
    for (const struct outline *child = section->first; child && kind; child = child->next)
        if (child->key && section->kind == OUTLINE_OBJECT)
            array_append(members, symbol(inquiry, child, kind, section->key, NULL));
    if (nests)
        array_append(all, symbol(inquiry, section, SYMBOL_NAMESPACE, NULL, members));
}

struct value *inquiry_symbols(const struct inquiry *inquiry)
{
    struct value *all = array();

    if (!document_is_template(inquiry->document, inquiry->root))
        return all;
    for (const struct outline *child = inquiry->root->first; child; child = child->next)
        for (size_t i = 0; i < ARRAY_SIZE(sections); i++)
            if (child->key && strcmp(child->key, sections[i].section) == 0)
                add_section(inquiry, all, child, sections[i].members);
    return all;
}
