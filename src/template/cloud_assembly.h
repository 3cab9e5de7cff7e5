// SPDX-License-Identifier: MIT
#ifndef TEMPLATE_CLOUD_ASSEMBLY_H
#define TEMPLATE_CLOUD_ASSEMBLY_H

// A cloud assembly as a deployment needs it, read from its directory: whoever made it, this program or the
// CDK. Everything lives in the value arena that is current while it is read. Bucket names and role ARNs may
// hold the placeholders ${AWS::Partition}, ${AWS::AccountId} and ${AWS::Region}.

#include "util/error.h"

#include <stdbool.h>
#include <stddef.h>

struct strbuf;
struct value;

struct cloud_asset {
    const char *name;  // for people
    const char *path;  // of the file or directory
    const char *root;  // the directory that the path, and what links in it lead to, stay in; NULL: any
    const char *text;  // what it holds; NULL: what the file holds
    bool is_directory; // to be packed as a zip
    bool is_template;
    // What the asset must hash to: a template (whoever made it) by its bytes, everything else, which only
    // this program names by what can be computed again, by tree_hash or zip_content_hash. NULL: nobody knows.
    const char *hash;
    const char *bucket;
    const char *key;
    const char *region; // NULL: the stack's
    const char *role;   // that uploads; NULL: none
};

struct cloud_stack {
    const char *id;           // in the manifest
    const char *display_name; // by which people choose it
    const char *name;         // of the CloudFormation stack
    const char *account;      // NULL: that of the credentials
    const char *region;       // NULL: likewise
    const char *template_text;
    size_t template_length;
    const struct value *template;
    const struct value *tags;              // object of strings; may be NULL
    const struct value *notification_arns; // array; NULL: as they are
    bool termination_protection;
    const char *deploy_role;         // NULL: none
    const char *execution_role;      // likewise; CloudFormation's
    const char *lookup_role;         // likewise; reads what is in the account
    const char *bootstrap_parameter; // NULL: no bootstrap is needed
    int bootstrap_version;
    const struct cloud_asset *template_asset; // the template in the bucket; NULL: it has none
    struct cloud_asset *assets;               // without the template
    size_t asset_count;
    const struct value *metadata; // construct paths and what is said about them
    const struct value *places;   // where the program made constructs, by path (app_places); NULL: not known
    struct cloud_stack **dependencies;
    size_t dependency_count;
    size_t index;
};

struct cloud_assembly {
    const char *directory;
    struct cloud_stack *stacks; // in an order that respects dependencies
    size_t stack_count;
};

int cloud_assembly_read(const char *directory, struct cloud_assembly *ret_assembly, struct error *err);
// The same of an assembly in memory. `file` adds the text of one of its files to `out` and returns -1 where
// there is no such file; `source` is handed to it and is not needed any more when this returns. The files of
// its assets other than templates are not there.
typedef int cloud_assembly_file(const void *source, const char *name, struct strbuf *out);
int cloud_assembly_of(
    cloud_assembly_file *file, const void *source, struct cloud_assembly *ret_assembly, struct error *err);

// The construct path of a logical id, or NULL.
const char *cloud_stack_construct(const struct cloud_stack *stack, const char *logical_id);
// Of those below a path, such as that of a nested stack, whose logical ids are its own.
const char *cloud_stack_construct_below(
    const struct cloud_stack *stack, const char *path, const char *logical_id);

// The names that the template exports, as far as they are plain text; values are those of their outputs.
const struct value *template_exports(const struct value *template);

#endif
