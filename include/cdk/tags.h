// SPDX-License-Identifier: MIT
#ifndef CDK_TAGS_H
#define CDK_TAGS_H

// Tags on everything in a scope that can have them, stacks included, each in the form that its resource type
// wants (CDK's Tags).

#include <stdbool.h>

struct construct;

struct tag_options {
    const char *const *include_resource_types; // ends with NULL; default: all
    const char *const
        *exclude_resource_types;    // ends with NULL; default: none. "aws:cdk:stack" stands for stacks
    int priority;                   // default 100 (200 to remove); the higher one wins
    bool not_to_launched_instances; // of auto scaling groups
};

// `options` may be NULL.
void tags_add(struct construct *scope, const char *key, const char *value, const struct tag_options *options);
void tags_remove(struct construct *scope, const char *key, const struct tag_options *options);

#endif
