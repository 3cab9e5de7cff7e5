// SPDX-License-Identifier: MIT
#ifndef TEMPLATE_ASSEMBLY_SHAPE_H
#define TEMPLATE_ASSEMBLY_SHAPE_H

// Whether the files of a cloud assembly have the shape that its readers count on (aws-cdk:
// cloud-assembly-schema). `name` is the file's, for the message.

#include "util/error.h"

struct value;

// The manifest: that of the assembly, and what it says about stacks.
int assembly_check_manifest(const struct value *manifest, const char *name, struct error *err);
int assembly_check_asset_manifest(const struct value *manifest, const char *name, struct error *err);
int assembly_check_template(const struct value *template, const char *name, struct error *err);

#endif
