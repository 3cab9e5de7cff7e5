// SPDX-License-Identifier: MIT
#ifndef STACKS_FUNCTIONS_H
#define STACKS_FUNCTIONS_H

// What the stacks need to know of the Lambda functions under functions/.

struct value;

// The folder or zip of a function's package; lives in the current arena.
const char *function_package(const char *name);

// The types of the events that the audit consumer keeps, sorted: an array, from
// functions/audit-consumer/audit-schema.yaml.
struct value *function_audit_event_types(void);

#endif
