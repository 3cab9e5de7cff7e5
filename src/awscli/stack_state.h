// SPDX-License-Identifier: MIT
#ifndef AWSCLI_STACK_STATE_H
#define AWSCLI_STACK_STATE_H

// What is known about each state of a CloudFormation stack (CloudFormation user guide: "Stack status codes"),
// in one table.

#include <stdbool.h>
#include <stddef.h>

// What a deployment has to do with a stack that is in the state.
enum stack_next_action {
    STACK_CREATE,          // there is none, or nothing but change sets
    STACK_UPDATE,          // it exists and can be updated
    STACK_WAIT,            // an operation is in progress
    STACK_DELETE_FIRST,    // its creation failed and was rolled back; only deletion is possible
    STACK_ROLL_BACK_FIRST, // an operation failed and was left where it stopped
    STACK_RESUME_ROLLBACK, // rolling back an update failed
    STACK_UNRECOVERABLE,   // nothing that is safe to do without asking
};

enum stack_state_class {
    STACK_STABLE,      // what an operation is meant to end in
    STACK_ROLLED_BACK, // an operation failed, and what it did was taken back
    STACK_FAILED,      // an operation failed and stopped there
    STACK_IN_PROGRESS,
    STACK_NOT_THERE, // deleted, or only reserved by a change set
};

struct stack_state {
    const char *name;
    enum stack_state_class class;
    enum stack_next_action next_action;
    bool is_ending;   // nothing of it will be left
    bool may_go_back; // to what it was before its last operation
    // For people; NULL: nothing to say. In `advice` "@" is the program's name and "$" the stack's.
    const char *advice;         // what to do about a stack that is found in it
    const char *after_failure;  // what to do where an operation has just failed and ended in it
    const char *not_cancelable; // why there is no update to cancel
    const char *no_rollback;    // why there is nothing to roll back
};

// Never NULL: a state that AWS has added since is waited for where its name says that something is in
// progress, and is left alone otherwise. A name of NULL: there is no stack.
const struct stack_state *stack_state(const char *name);
// The rows of the table; NULL behind the last one.
const struct stack_state *stack_state_at(size_t index);

enum stack_next_action stack_next_action(const char *name);

// Of a resource or stack alike: resources have states of their own.
bool status_is_in_progress(const char *name);
bool status_is_failed(const char *name);

#endif
