// SPDX-License-Identifier: MIT
#ifndef DEPLOY_ENGINE_DRIFT_H
#define DEPLOY_ENGINE_DRIFT_H

// What has become of a deployed stack's resources outside of CloudFormation (CloudFormation user guide:
// "Detect unmanaged configuration changes to stacks and resources with drift detection"). The holder owns the
// struct, which must stay where it is until it has ended; several of them go on side by side in one queue.
// What is found lives in the value arena that is current at drift_detect.

#include "awscli/cloudformation.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum drift_status {
    DRIFT_IN_SYNC,
    DRIFT_MODIFIED,
    DRIFT_DELETED,
    DRIFT_NOT_CHECKED, // CloudFormation cannot for this type, or could not this time
};

struct drifted_property {
    const char *path;     // "/Tags/0/Value"
    const char *expected; // "" where there should be nothing; JSON where it is no plain text
    const char *actual;   // likewise
    const char *kind;     // "ADD", "REMOVE" or "NOT_EQUAL"
};

struct drifted_resource {
    const char *logical_id;
    const char *physical_id;
    const char *type;
    enum drift_status status;
    const char *reason; // why it was not checked; "" when nobody says
    struct drifted_property *properties;
    size_t property_count;
};

struct drift {
    struct cloudformation cf;
    const char *stack; // its name or id
    void (*ended)(void *data, struct drift *drift);
    void *data;
    // Known when it has ended:
    const char *problem; // why not everything could be found out; NULL: all is well
    struct drifted_resource *resources;
    size_t resource_count;
    size_t drifted;     // of them
    size_t not_checked; // likewise
    // Its own:
    struct arena *arena;
    const struct value *listed; // the stack's resources
    struct value *found;        // what was found out about them
    const char *detection;      // its id
    int64_t deadline, interval_ms;
    size_t open; // questions
};

// Begins; cf, stack, ended and data are given in `drift`, the rest is zero.
void drift_detect(struct drift *drift);

// As in messages: "in sync", "modified", "deleted", "not checked".
const char *drift_status_name(enum drift_status status);

#endif
