// SPDX-License-Identifier: MIT
#ifndef CLI_STACKS_IMPORT_MAPPING_H
#define CLI_STACKS_IMPORT_MAPPING_H

// Which resources are imported, and as what: an object of logical ids and what identifies each, as the CDK
// writes it to files: { "BucketX": { "BucketName": "photos" } }.

#include "util/error.h"

#include <stdbool.h>

struct cli;
struct cloud_stack;
struct resource_import;
struct value;

// Takes from `given` what is new in the stack; says what is left out.
int import_mapping_check(const struct cli *cli, const struct resource_import *import,
    const struct cloud_stack *stack, const struct value *given, struct value **ret_mapping,
    struct error *err);

// Asks at the terminal; with `yes` it takes what the template tells, and asks nothing.
struct value *import_mapping_ask(
    const struct cli *cli, const struct resource_import *import, const struct cloud_stack *stack, bool yes);

// "BucketName=photos, Region=x", in the current arena.
const char *identifier_text(const struct value *identifier);

// The construct path of a resource and its type: "Stack/Photos/Resource (AWS::S3::Bucket)".
const char *import_resource_name(const struct cloud_stack *stack, const char *logical_id);

#endif
