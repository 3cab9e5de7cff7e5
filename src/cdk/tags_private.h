// SPDX-License-Identifier: MIT
#ifndef CDK_TAGS_PRIVATE_H
#define CDK_TAGS_PRIVATE_H

// The tags of one taggable construct (CDK's TagManager), for the core only.

#include "cdk/construct.h"
#include "cdk/tags.h"

// Makes the construct taggable if the resource type is, with the tags among `properties` as its initial ones.
void tags_init_for_resource(struct construct *node, const char *type, const struct value *properties);
void tags_init_for_stack(struct construct *node, const struct value *initial);

// The property that the resource type keeps its tags in; NULL when the construct cannot have tags.
const char *tags_property_name(const struct construct *node);
// In the form that the type wants, sorted by key; NULL when there are none.
struct value *tags_render(const struct construct *node);
// As an object of strings; NULL when there are none.
struct value *tags_values(const struct construct *node);

#endif
