// SPDX-License-Identifier: MIT
#ifndef CDK_CONSTRUCT_PRIVATE_H
#define CDK_CONSTRUCT_PRIVATE_H

// The inside of constructs, stacks and the app, for the core only.

#include "cdk/app.h"
#include "cdk/aspect.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/stack.h"
#include "cdk/token.h"
#include "util/map.h"

struct element;
struct tags;

struct metadata_entry {
    const char *type;
    struct value *data;
};

struct aspect_application {
    aspect_visit *visit;
    void *data;
    int priority;
};

struct validation {
    void (*validate)(struct construct *, void *data);
    void *data;
};

struct policy_suppression {
    const char *id, *reason;
};

struct announced_place {
    const struct construct *scope;
    const char *id;
    const char *place;
};

// A growing array in the app's arena.
#define LIST(type)                                                                                           \
    struct {                                                                                                 \
        type *items;                                                                                         \
        size_t length, capacity;                                                                             \
    }
#define LIST_APPEND(arena, list, ...)                                                                        \
    ((list)->items =                                                                                         \
            arena_grow((arena), (list)->items, (list)->length, &(list)->capacity, sizeof(*(list)->items)),   \
        (list)->items[(list)->length++] = (__VA_ARGS__))

struct construct {
    const char *id;
    const char *path;
    const char *type;
    const char *place; // where it was made; NULL: in the construct library
    struct app *app;
    struct construct *scope;
    struct stack *stack;     // the nearest one, or itself
    struct element *element; // what it contributes to the template; NULL for a mere grouping
    LIST(struct construct *) children;
    struct map *child_index; // by id, once there are many
    struct value *context;
    LIST(struct metadata_entry) metadata;
    LIST(struct aspect_application) aspects;
    LIST(struct construct *) dependencies;
    LIST(struct validation) validations;
    LIST(struct policy_suppression) suppressions;
    void *object;      // see construct_object
    struct tags *tags; // of what can have tags; NULL otherwise
};

struct app {
    struct arena arena;
    struct arena *previous_arena;
    struct construct *root;
    LIST(struct diag) diags;
    LIST(struct stack *) stacks;
    LIST(struct announced_place) places; // of constructs that are not made yet
    struct value *missing;               // context that was asked for and is not there
    unsigned dependency_searches;
    struct map asset_sources; // from paths to the first asset_entry that is made of them
    bool strength_reported;   // that context has a reference strength that is none
};

// The environment's parts when they are known, else NULL.
struct stack_data {
    const char *account;
    const char *region;
    const char *description;
    bool termination_protection;
    const char *qualifier;
    struct value *notification_arns;
    LIST(struct stack *) dependencies;
    unsigned last_search; // for cycles that came by here
    LIST(struct asset_entry *) assets;
    struct map exports;      // by logical id and attribute: the export's name
    struct map publications; // likewise: the name of the output that weak references read
    struct map logical_ids;  // to the element that has it
};

#endif
