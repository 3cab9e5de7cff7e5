// SPDX-License-Identifier: MIT
#ifndef CDK_CONSTRUCT_H
#define CDK_CONSTRUCT_H

// The construct tree: every construct has an id that is unique in its scope, a path from the root, children,
// context, metadata, and dependencies on other constructs. Nothing here knows AWS. Constructs live in their
// app's arena.
//
// Constructors never fail. A mistake is reported on the construct (see diag.h) and synthesis then writes
// nothing.

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct construct;
struct stack;
struct value;

// `type` names the kind of construct in tree.json ("s3.Bucket"); a string constant. An id that the scope has
// already, or that is empty or holds tokens, is an error on the scope; "/" in an id becomes "--" (as in the
// constructs library).
struct construct *construct_new(struct construct *scope, const char *id, const char *type);

const char *construct_id(const struct construct *construct);
const char *construct_path(const struct construct *construct);        // "Stack/Vpc/Resource"; "" for the root
struct construct *construct_scope(const struct construct *construct); // NULL for the root
struct construct *construct_root(const struct construct *construct);
struct stack *construct_stack(
    const struct construct *construct); // the nearest stack around it or itself; NULL outside of stacks
struct arena *construct_arena(const struct construct *construct);
// The child with that id, or NULL.
struct construct *construct_child(const struct construct *construct, const char *id);
size_t construct_child_count(const struct construct *construct);
struct construct *construct_child_at(const struct construct *construct, size_t index);
// Where the program made it: "stacks/network.c:42", of the construct or the nearest scope that knows it.
// NULL: nobody does. Calls in stacks are recorded by macros that the build makes of the headers
// (cmake/constructor_places.cmake).
const char *construct_place(const struct construct *construct);
// Returns the scope, in which a construct with that id is about to be made at this place. A construct that is
// announced twice was made where that was said first.
struct construct *construct_at(struct construct *scope, const char *id, const char *place);
#define CONSTRUCT_PLACE __FILE__ ":" CONSTRUCT_TEXT(__LINE__)
#define CONSTRUCT_TEXT(line) CONSTRUCT_TEXT_OF(line)
#define CONSTRUCT_TEXT_OF(line) #line

// The resource that the construct stands for: its child "Resource", else "Default", else itself when it is
// one; or NULL.
struct resource *construct_default_child(const struct construct *construct);

// The struct that the construct is the node of (a struct ecs_cluster, say), for whoever finds it by its id.
// NULL unless its maker has set it.
void *construct_object(const struct construct *construct);
void construct_set_object(struct construct *construct, void *object);

// Every construct below and including `root`, parents first, children in the order of their making.
typedef void construct_visitor(struct construct *construct, void *data);
void construct_walk(struct construct *root, construct_visitor *visit, void *data);

// Context: a value set on the construct or the nearest scope above it that has the key. NULL when there is
// none.
struct value *construct_context(const struct construct *construct, const char *key);
void construct_set_context(struct construct *construct, const char *key, struct value *value);
bool construct_context_flag(
    const struct construct *construct, const char *key); // JSON true or the string "true"

// Metadata of the construct, which ends up in manifest.json under its path ("aws:cdk:..." types are the
// CDK's).
void construct_add_metadata(struct construct *construct, const char *type, struct value *data);

// Every resource in `construct` is deployed after every resource in `target`; across stacks, the stacks
// depend on each other.
void construct_add_dependency(struct construct *construct, struct construct *target);

// `validate` is called after aspects have run; it reports with diag_error.
void construct_add_validation(
    struct construct *construct, void (*validate)(struct construct *, void *data), void *data);

// A name that is unique in the app, from the path (CDK's Names.uniqueId): at most 255 letters and digits.
const char *names_unique_id(const struct construct *construct);
// As CDK's Names.uniqueResourceName: path from the stack's name on, joined by `separator`, at most max_length
// characters.
struct unique_resource_name_options {
    int max_length;                         // default 256
    const char *separator;                  // default ""
    const char *allowed_special_characters; // default none; a set of characters
    const char *prefix;                     // default ""
};
const char *names_unique_resource_name(
    const struct construct *construct, const struct unique_resource_name_options *options);

#endif
