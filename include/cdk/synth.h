// SPDX-License-Identifier: MIT
#ifndef CDK_SYNTH_H
#define CDK_SYNTH_H

// From an app to a cloud assembly: first in memory (for diff, list, and a look at the errors), then into a
// directory.

#include "cdk/app.h"
#include "util/error.h"

#include <stdbool.h>
#include <stddef.h>

struct stack;
struct strbuf;
struct value;

struct assembly_stack {
    struct stack *stack;
    const char *template_text; // JSON
    size_t template_length;
    const char *template_hash;       // SHA-256
    const char *template_file;       // name in the assembly
    const char *asset_manifest_file; // likewise
};

struct assembly {
    struct app *app;
    struct assembly_stack *stacks; // in the order of construction
    size_t stack_count;
    struct value *missing; // array of missing context, empty when there is none
};

// Runs every pass of synthesis; errors are in the app's diags. Returns false when there is any, and then
// *ret_assembly is not set. The assembly lives as long as the app.
bool app_synth(struct app *app, struct assembly *ret_assembly);

// The same, and hands every template to `visit` as a value before its text is written. The value is gone
// afterwards, with all that the visitor makes in the current arena of values.
typedef void template_visitor(const struct stack *stack, const struct value *template, void *data);
bool app_synth_visiting(struct app *app, template_visitor *visit, void *data, struct assembly *ret_assembly);

// Writes the assembly. Each file appears whole or not at all, unchanged ones are not touched, files of an
// earlier assembly of this program that are no longer part of it are removed, and the directory is locked
// against other writers meanwhile.
int assembly_write(const struct assembly *assembly, const char *directory, struct error *err);

// Adds the text of one of its files to `out`, as it would be written: the manifest, a template or an asset
// manifest. Returns -1 when there is no such file.
int assembly_file(const struct assembly *assembly, const char *name, struct strbuf *out);

// What the manifest says about the stack's constructs: an object of paths and lists of entries.
struct value *assembly_stack_metadata(const struct assembly_stack *rendered);

#endif
