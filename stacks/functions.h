// SPDX-License-Identifier: MIT
#ifndef STACKS_FUNCTIONS_H
#define STACKS_FUNCTIONS_H

// Where the packages of the Lambda functions are.

// The folder or zip of the function under functions/; lives in the current arena.
const char *function_package(const char *name);

// The event types that the audit consumer keeps, sorted; ends with NULL.
extern const char *const audit_event_types[];

#endif
