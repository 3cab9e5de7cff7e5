// SPDX-License-Identifier: MIT
#ifndef DEPLOY_OPERATIONS_DESTROY_H
#define DEPLOY_OPERATIONS_DESTROY_H

// What becomes of resources whose stack is destroyed.

struct value;

enum fate {
    FATE_DELETED,
    FATE_DATA_LOST, // deleted, and it holds data
    FATE_SNAPSHOT,  // deleted after a snapshot is made
    FATE_RETAINED,  // left alone, without a stack
};

// Of a resource in a template.
enum fate resource_deletion_effect(const struct value *resource);

#endif
