// SPDX-License-Identifier: MIT
#ifndef CDK_SYNTH_PRIVATE_H
#define CDK_SYNTH_PRIVATE_H

// The passes of synthesis and the files of an assembly, for the core only.

#include "cdk/asset_private.h"
#include "cdk/stack_private.h"
#include "cdk/synth.h"
#include "util/strbuf.h"

// The cloud assembly schema that is declared: the first of version 2, which every CDK CLI of version 2 reads.
#define ASSEMBLY_SCHEMA_VERSION "15.0.0"

// Checks names, ids and counts against CloudFormation's quotas.
void limits_check(struct stack *stack);
void limits_check_template(struct stack *stack, size_t length);

// The content of an assembly's files.
void manifest_write(struct strbuf *out, const struct assembly *assembly);
void asset_manifest_write(struct strbuf *out, const struct assembly_stack *stack);
void tree_json_write(struct strbuf *out, struct construct *root);

#endif
