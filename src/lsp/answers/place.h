// SPDX-License-Identifier: MIT
#ifndef LSP_ANSWERS_PLACE_H
#define LSP_ANSWERS_PLACE_H

// What a place in a template is for: which words may stand there, and what they mean.

#include "lsp/document/outline.h"
#include "schema/schema.h"
#include "validate/vocabulary.h"

enum place_kind {
    PLACE_UNKNOWN,
    PLACE_WORD,               // one of a vocabulary
    PLACE_TYPE,               // of a resource
    PLACE_RESOURCE,           // the logical id of one
    PLACE_REFERENCE,          // what Ref takes: a resource or a parameter
    PLACE_ATTRIBUTE,          // of a resource
    PLACE_RESOURCE_ATTRIBUTE, // "Resource.Attribute"
    PLACE_SUBSTITUTION,       // a text with "${Name}" or "${Resource.Attribute}" in it
    PLACE_CONDITION,          // the name of one
    PLACE_MAPPING,            // the name of one
    PLACE_MAPPING_KEY,
    PLACE_VALUE, // of a property, or of anything that takes functions
    PLACE_LOGIC, // a function of conditions
    PLACE_NAME,  // that is declared here; only at a key
};

struct template_place {
    enum place_kind kind;
    enum vocabulary vocabulary; // PLACE_WORD
    const struct outline *node;
    bool at_key;                            // it is about a key, else about the value
    bool is_first_key;                      // that is to come where the node's value is
    const struct schema_resource *resource; // that it is in; NULL: of no type that is known
    const struct schema_object *object;     // the properties that an object here has; NULL: none
    const struct schema_property *property; // that the key names, or the value is of; NULL: none
    const struct schema_type *type;         // of the value; NULL: any
    const char *path;                       // of the property: "CorsRules.MaxAge"
    const struct outline *function;         // that it is an argument of; NULL: none
    bool takes_functions;
};

// `node` and `at_key` are what outline_at() gives. The result lives in the arena.
struct template_place place_of(const struct outline *node, bool at_key, struct arena *arena);

// What is declared: place_find(root, "Resources", "Bucket"); NULL: there is none.
const struct outline *place_find(const struct outline *root, const char *section, const char *name);
// The schema of the type of that resource; NULL: it is not known.
const struct schema_resource *place_resource_schema(const struct outline *root, const char *id);

#endif
