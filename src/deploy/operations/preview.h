// SPDX-License-Identifier: MIT
#ifndef DEPLOY_OPERATIONS_PREVIEW_H
#define DEPLOY_OPERATIONS_PREVIEW_H

// Looking at what is deployed and at what CloudFormation would make of a change, without changing anything:
// a plan of deployment.h. Each job's `own` is a struct preview, which the holder provides before
// deployment_start; what is found lives in the deployment's arena. A change set is made for a stack that
// stands and for no other, and is removed whatever happens: until the queue has nothing left to do, also
// after deployment_stop.

#include "deploy/engine/deployment.h"

struct preview {
    const char *change_set; // the name of one to be made; NULL: none
    bool wants_drift;       // the job has it then
    struct value
        *nested; // an object of paths of nested stacks ("Outer/Inner"); their templates are filled in
    // Found:
    const struct value *template; // an object, or text where it is YAML; NULL: there is no such stack
    // Of exports that the new template no longer has: names of the stacks that import them.
    struct value *importers;
    const struct value *changes; // of the change set, empty where nothing would change; NULL: there was none
    const char *problem;         // why not
    bool is_refused;             // and CloudFormation would not deploy that either
    // Its own:
    size_t open; // questions
    const struct upload *upload;
    int64_t poll_ms;
    int removals; // tries
};

extern const struct job_operation template_operation; // templates only
extern const struct job_operation preview_operation;  // with change sets and drift

#endif
