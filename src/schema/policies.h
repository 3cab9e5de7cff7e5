// SPDX-License-Identifier: MIT
#ifndef SCHEMA_POLICIES_H
#define SCHEMA_POLICIES_H

// Properties that hold policy documents of IAM: which kind of policy, and what AWS demands of its documents
// that differs from one property to another.

#include <stdbool.h>
#include <stddef.h>

enum schema_policy_kind {
    SCHEMA_POLICY_ANY,        // documents somewhere in the value; which kind is not known
    SCHEMA_POLICY_HOLDER,     // of properties that hold documents
    SCHEMA_POLICY_IDENTITY,   // says what those may do that have it
    SCHEMA_POLICY_RESOURCE,   // says who may do what with the resource
    SCHEMA_POLICY_REPOSITORY, // the same of a repository of images, which need not name it
    SCHEMA_POLICY_TRUST,      // says who may become the role
};

struct schema_policy {
    const char *type; // NULL: of every type
    const char *path; // names with dots, below Properties; without `type` a name at any depth
    enum schema_policy_kind kind;
    const char *services; // prefixes of the actions that it may name, with blanks between; NULL: any
    size_t limit;         // of the document's characters; 0: not known
    bool blanks_count;    // for the limit
    bool names_resources; // each statement needs a resource, whose ARN is checked
    bool is_open;         // where there is none, everything is allowed
};

extern const struct schema_policy schema_policies[];
extern const size_t schema_policy_count;

// NULL: it holds none.
const struct schema_policy *schema_policy_find(const char *type, const char *path);

#endif
