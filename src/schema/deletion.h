// SPDX-License-Identifier: MIT
#ifndef SCHEMA_DELETION_H
#define SCHEMA_DELETION_H

// What becomes of the data when a resource is deleted or replaced.

#include <stdbool.h>

struct value;

// Whether a resource of this type holds data that its template cannot make again. `resource` is as it is in
// the template and may be NULL: an instance of a database cluster holds none, because they are the cluster's.
bool resource_holds_data(const char *type, const struct value *resource);

// "Delete", "Retain", "RetainExceptOnCreate" or "Snapshot": its DeletionPolicy, or what CloudFormation does
// without one (CloudFormation: DeletionPolicy attribute).
const char *resource_deletion_policy(const char *type, const struct value *resource);
// Its UpdateReplacePolicy; without one, "Delete" (CloudFormation: UpdateReplacePolicy attribute).
const char *resource_replace_policy(const struct value *resource);
bool policy_retains(const char *policy);

#endif
