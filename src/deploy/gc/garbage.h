// SPDX-License-Identifier: MIT
#ifndef DEPLOY_GC_GARBAGE_H
#define DEPLOY_GC_GARBAGE_H

// Assets that nobody uses any more, in the staging bucket of one environment: found, marked, deleted. In use
// is what the template or a pending change set of any stack of the account and region refers to, whatever
// state that is in, and what the app at hand refers to. What is marked with the CDK's tag since long enough
// may be deleted (aws-cdk: garbage-collector.ts). Where anything cannot be seen, nothing is deleted.
// Everything lives in the value arena that is current at garbage_start.

#include "deploy/engine/environment.h"
#include "deploy/gc/asset_use.h"

#include <stdbool.h>
#include <stdint.h>

enum garbage_action {
    GARBAGE_FULL,          // mark what is unused, delete what has been unused for long enough
    GARBAGE_PRINT,         // only look
    GARBAGE_TAG,           // only mark
    GARBAGE_DELETE_TAGGED, // only delete what has been marked
};

enum garbage_decision { GARBAGE_KEEP, GARBAGE_MARK, GARBAGE_UNMARK, GARBAGE_DELETE };

struct garbage;

struct garbage_object {
    struct garbage *garbage;
    const char *key;
    double size;          // bytes
    const char *modified; // ISO 8601
    bool is_used;
    bool is_young;            // too young to be told unused
    const struct value *tags; // NULL: not asked for
    enum garbage_decision decision;
};

struct garbage {
    // Given; of the environment the fields that environment_prepare wants.
    struct environment environment;
    const char *stack; // that made the bucket. Default: "CDKToolkit"
    enum garbage_action action;
    int rollback_days;            // that something has to be marked before it is deleted
    int created_days;             // that something has to be old before it is looked at
    bool force;                   // also while stacks change, or may go back to what they were
    const struct value *app_keys; // texts with hashes that the app at hand uses
    // Whether to delete what is marked so.
    bool (*confirm)(void *data, const struct garbage *garbage);
    void (*ended)(void *data, struct garbage *garbage);
    void *data;

    // Known when it has ended:
    const char *problem; // NULL: all is well
    const char *bucket;
    struct garbage_object *objects; // the assets
    size_t object_count;
    size_t other_count; // objects that are no assets, which are left alone
    size_t stack_count;
    bool is_declined;

    // Its own:
    struct arena *arena;
    struct asset_use use;
    int open;
    void (*next)(struct garbage *garbage); // when no question is open any more
    int64_t now;                           // seconds since 1970
};

void garbage_start(struct garbage *garbage);

struct garbage_sum {
    size_t count;
    double size; // bytes
};

struct garbage_sum garbage_sum(const struct garbage *garbage, enum garbage_decision decision);
// Of those that are unused, and old enough.
struct garbage_sum garbage_unused(const struct garbage *garbage);
bool garbage_is_unused(const struct garbage_object *object);

#endif
