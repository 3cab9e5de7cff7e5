// SPDX-License-Identifier: MIT
#ifndef SCHEMA_TOOLS_IAM_MODEL_H
#define SCHEMA_TOOLS_IAM_MODEL_H

// schema/iam.txt in memory. Everything lives in the arena of `strings`.

#include "../model.h"

struct iam_use {
    struct text *resource;
    size_t number; // of the resource
    bool is_required;
    struct texts keys;
};

struct iam_action {
    struct text *name;
    uint32_t level;
    struct iam_use *uses;
    size_t use_count, use_capacity;
    struct texts keys;
};

struct iam_resource {
    struct text *name;
    struct texts arns, keys;
};

struct iam_key {
    struct text *name, *type;
};

struct iam_service {
    struct text *prefix, *name;
    size_t first_action, first_resource, first_key;
};

struct iam_model {
    struct model strings;
    struct texts sources;
    struct iam_service *services; // the first one has the global keys and no prefix
    size_t service_count, service_capacity;
    struct iam_action *actions;
    size_t action_count, action_capacity;
    struct iam_resource *resources;
    size_t resource_count, resource_capacity;
    struct iam_key *keys;
    size_t key_count, key_capacity;
};

// Dies on what it does not understand, with file and line.
void iam_read(struct iam_model *model, const char *path, const char *content);

#endif
