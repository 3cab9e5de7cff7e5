// SPDX-License-Identifier: MIT
#ifndef STACKS_FUNCTIONS_H
#define STACKS_FUNCTIONS_H

// What the stacks need to know of the Lambda functions under functions/.

struct value;

// Their names; ends with NULL.
extern const char *const function_names[];

// The package of a function: NAME.zip in the directory that the environment variable TANGO_FUNCTIONS names
// (or, there only, a directory NAME), else among the packages that were built or installed with the program.
// Lives in the current arena; need not exist.
const char *function_package(const char *name);

// What the names of files in the package begin with, without which the function cannot work; ends with NULL.
const char *const *function_package_needs(const char *name);

// The program that runs a handler of a Node.js function on this machine: NAME.local.js among the packages
// that were built or installed with the program. Likewise.
const char *function_runner(const char *name);

// The types of the events that the audit consumer keeps, sorted: an array, from
// functions/audit-consumer/audit-schema.yaml.
struct value *function_audit_event_types(void);

#endif
