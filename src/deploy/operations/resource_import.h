// SPDX-License-Identifier: MIT
#ifndef DEPLOY_OPERATIONS_RESOURCE_IMPORT_H
#define DEPLOY_OPERATIONS_RESOURCE_IMPORT_H

// Bringing resources that exist under the care of a stack (CloudFormation user guide: "Import AWS resources
// into a CloudFormation stack"). First import_query_operation finds out what is new in the template and by
// which properties CloudFormation would know each of it; then import_operation imports what was chosen, and
// nothing else: the template that is sent is the one that stands, with these resources added. Values live in
// the deployment's arena.

#include "deploy/engine/deployment.h"

struct resource_import {
    struct deploy_options options; // the first: the plans find the rest by it
    // Known after the look:
    const struct value *current;     // the template that stands; empty: there is no stack
    const struct value *additions;   // array: logical ids that are new
    const struct value *others;      // array: logical ids that are otherwise than they stand, or gone
    const struct value *identifiers; // object: type to array of arrays of property names
};

extern const struct job_operation import_query_operation;
extern const struct job_operation import_operation;

// The properties that identify resources of a type, one array for each way to do so; NULL: it cannot be
// imported.
const struct value *import_identifiers(const struct resource_import *import, const char *type);

// Logical ids of resources of the stack with text that cannot be sent back as it is: CloudFormation returns
// it with a
// '?' for every character beyond ASCII, and the app has other text there. An array, of `stack`'s app.
const struct value *import_garbled(const struct resource_import *import, const struct cloud_stack *stack);

// The stack for import_operation. `mapping` is an object of logical ids and their identifiers, as the CDK
// writes it to files; `directory` is where a template that is too long to be sent along is written. Sets the
// options too.
int import_prepare(struct resource_import *import, const struct cloud_stack *stack,
    const struct value *mapping, const char *directory, struct cloud_stack *ret_stack, struct error *err);

#endif
