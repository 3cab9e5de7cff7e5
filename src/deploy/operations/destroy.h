// SPDX-License-Identifier: MIT
#ifndef DEPLOY_OPERATIONS_DESTROY_H
#define DEPLOY_OPERATIONS_DESTROY_H

// What becomes of resources whose stack is destroyed.

#include <stdbool.h>

struct value;

enum deletion_effect {
    EFFECT_DELETED,
    EFFECT_DATA_LOST, // deleted, and it holds data
    EFFECT_SNAPSHOT,  // deleted after a snapshot is made
    EFFECT_RETAINED,  // left alone, without a stack
};

// Of a resource in a template.
enum deletion_effect resource_deletion_effect(const struct value *resource);

// Whether it is a bucket that is emptied before it is deleted.
bool resource_is_emptied(const struct value *resource);

struct stack_job;

// Whether a function of the template runs at the edge: it can be deleted only hours after its distribution,
// when CloudFront has deleted its replicas (Lambda developer guide: "Deleting Lambda@Edge functions and
// replicas").
bool function_is_at_edge(const struct value *template, const char *logical_id);

// Looks for everything that would stop the deletion half way: protections, exports that stacks import which
// stay, and buckets that hold something and are not emptied. Ends in JOB_BLOCKED, or fails the job. The
// template and the resources that are deployed are known.
void destroy_check(struct stack_job *job);

#endif
