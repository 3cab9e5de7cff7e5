// SPDX-License-Identifier: MIT
#ifndef CLI_APP_CONTEXT_H
#define CLI_APP_CONTEXT_H

// Context values and project settings from everywhere they may stand. A later one of these wins, as in the
// CDK (aws-cdk: user-configuration.ts; aws-cdk-lib: App.loadContext):
//
//     ~/.cdk.json "context"    cdk.context.json    cdk.json "context"    environments/NAME.json (--env)    -c
//     CDK_CONTEXT_JSON and its overflow file
//
// Objects of the files are merged deeply, key by key; an environment, -c and CDK_CONTEXT_JSON replace a key's
// value. When the CDK runs the program as its app, it has read its files already and they are left out; what
// it has from cdk.json does not win over the environment then either.

#include "util/error.h"
#include "util/toggle.h"

#include <stdbool.h>
#include <stddef.h>

struct cli;
struct value;

extern const char context_project_file[]; // cdk.context.json: the one that is written

enum { CONTEXT_FILES = 4, CONTEXT_GIVEN = 2 };

struct context_source {
    const char *name;     // as it is shown: "~/.cdk.json"; "": there is none
    struct value *values; // an object
};

struct context {
    struct value *values; // what the app gets
    // Those of files alone, the strongest first.
    struct context_source files[CONTEXT_FILES];
    struct context_source given[CONTEXT_GIVEN]; // and beside files, the strongest first
    bool lookups;                               // whether missing context may be looked up
    struct value *settings;                     // of cdk.json over ~/.cdk.json, everything but "context"
};

// Values live in the current value arena.
int context_load(const struct cli *cli, struct context *ret_context, struct error *err);

// Where the value of a key comes from, as it is shown; NULL: from nowhere, or it is null, which counts as not
// given.
const char *context_source_of(const struct context *context, const char *key);

// Gives a value as the command line would.
void context_set(struct context *context, const char *key, struct value *value);

// What a file has in "context": an empty object where it has nothing. `file` is its name in messages.
int context_of_file(
    const char *file, const struct value *content, struct value **ret_values, struct error *err);

// Adds values that were looked up. They go into the current value arena.
void context_add(struct context *context, const struct value *found);

// A setting of cdk.json or ~/.cdk.json; NULL when there is none. One of another type is an error.
int context_setting_text(
    const struct context *context, const char *name, const char **ret_text, struct error *err);

// Likewise, one of `choices`, which end with NULL.
int context_setting_choice(const struct context *context, const char *name, const char *const *choices,
    const char **ret_choice, struct error *err);

// Likewise, true or false, for an option that is not given.
int context_setting_toggle(
    const struct context *context, const char *name, enum toggle *given, struct error *err);

// The rules of good practice that templates are checked by; whether there are any. `given` is what the
// command line says, NULL for nothing.
extern const char *const policy_names[]; // ends with NULL
int context_policy(const struct context *context, const char *given, bool *ret_policy, struct error *err);

// Sets every key of `changes` in cdk.context.json and removes those that are null there; everything else in
// the file stays as it is.
int context_project_update(const struct value *changes, struct error *err);

#endif
