// SPDX-License-Identifier: MIT
#ifndef CDK_ELEMENT_PRIVATE_H
#define CDK_ELEMENT_PRIVATE_H

// What constructs contribute to a template: one entry of a section each (CDK's CfnElement).

#include "cdk/construct_private.h"
#include "cdk/resource.h"

enum element_kind { ELEMENT_RESOURCE, ELEMENT_OUTPUT, ELEMENT_PARAMETER, ELEMENT_RULE };

struct element {
    enum element_kind kind;
    struct construct *node;
    const char *logical_id;   // once made or overridden
    struct value *definition; // the entry; of a resource made when synthesis first asks for it
};

struct resource {
    struct element element;
    const char *type;
    struct value *properties;
    struct value *metadata; // NULL: none
    const char *deletion_policy;
    const char *update_replace_policy;
    LIST(struct resource *) depends_on;
    bool (*wanted)(void *data);
    void *wanted_data;
    resource_make_id *late_id;
    void *late_id_data;
};

void element_init(
    struct element *element, enum element_kind kind, struct construct *node, struct value *definition);
struct element *element_new(struct construct *scope, const char *id, const char *type, enum element_kind kind,
    struct value *definition);

const char *element_section(const struct element *element); // "Resources", ...
const char *element_logical_id(struct element *element);
// Whether it is in the template at all.
bool element_is_wanted(const struct element *element);
// The template entry, still symbolic. After the first call, which is at synthesis when aspects have run and
// dependencies are known, changes to a resource no longer show.
struct value *element_definition(struct element *element);

static inline struct resource *element_resource(struct element *element)
{
    return element && element->kind == ELEMENT_RESOURCE ? (struct resource *)element : NULL;
}

#endif
