// SPDX-License-Identifier: MIT
#ifndef AWSCLI_STACK_STATE_H
#define AWSCLI_STACK_STATE_H

// What each state of a CloudFormation stack means (CloudFormation user guide: "Stack status codes") and what
// a deployment has to do with a stack that is in it.

#include <stdbool.h>

enum stack_next_action {
    STACK_CREATE,          // there is none, or nothing but change sets
    STACK_UPDATE,          // it stands
    STACK_WAIT,            // somebody works on it
    STACK_DELETE_FIRST,    // its creation failed and was rolled back; only deletion is possible
    STACK_ROLL_BACK_FIRST, // an operation failed and was left where it stopped
    STACK_RESUME_ROLLBACK, // undoing an update failed
    STACK_UNRECOVERABLE,   // nothing that is safe to do without asking
};

// NULL: there is no stack. A status that AWS has invented since then is waited for or left alone.
enum stack_next_action stack_next_action(const char *status);

// Whether somebody is deleting it, or undoing its creation.
bool stack_status_is_ending(const char *status);

// Of a resource or stack alike.
bool status_is_in_progress(const char *name);
bool status_is_failed(const char *name);
// What an operation on a stack is meant to end in.
bool status_is_success(const char *name);

#endif
