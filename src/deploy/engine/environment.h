// SPDX-License-Identifier: MIT
#ifndef DEPLOY_ENGINE_ENVIRONMENT_H
#define DEPLOY_ENGINE_ENVIRONMENT_H

// An account and region that stacks go to: whose credentials are used there, whether it is bootstrapped, and
// what stands in it. As the CDK does, it takes on the roles that the bootstrap made, and goes on with the
// caller's own credentials where it may not. Where the account is the caller's, whichever that is, what can
// be asked without the role is asked at once. The value arena that is current at environment_init keeps what
// it finds.

#include "awscli/cloudformation.h"
#include "deploy/engine/looks.h"
#include "template/cloud_assembly.h"

#include <stdbool.h>

struct environment {
    struct event_loop *queue;
    const char *profile; // the caller's; NULL: default
    const char *account; // NULL until it is known, unless it is given
    const char *region;
    const char *partition;
    // Placeholders are still in these:
    const char *deploy_role;         // NULL: none
    const char *bootstrap_parameter; // NULL: no bootstrap is needed
    int needed_version;
    bool skips_stacks;    // nobody wants to know what stands in it
    bool may_lack_stacks; // it is no problem where that may not be asked

    // Known once it is ready:
    struct aws_target own;
    bool is_own_account;  // the caller's own credentials are of the account
    bool is_caller_known; // whether that is known yet
    struct aws_target deploy;
    struct value *stacks; // name: description, of every stack
    const char *problem;  // NULL: all is well
    struct looks looks;   // at its stacks

    // Its own:
    struct arena *arena;
    struct aws_credentials deploy_credentials;
    void (*ready)(struct environment *environment, void *data);
    void *ready_data;
    int open;                         // questions
    bool lacks_version, lacks_stacks; // nobody has been asked for them, or who was may not say
    bool guesses;                     // asks as the caller, before it is known which role there is
};

// Calls `ready` in the end, with environment->problem set when it cannot be used. The fields of the first
// group are given.
void environment_prepare(
    struct environment *environment, void (*ready)(struct environment *environment, void *data), void *data);

// With placeholders filled in; NULL gives NULL.
const char *environment_expand(const struct environment *environment, const char *text);

// Finds out whether the caller's own credentials are of the account (is_own_account), where that is not known
// yet, and calls `then`.
void environment_find_caller(struct environment *environment, void (*then)(void *data), void *data);

// Takes on a role; the reply has its credentials.
void environment_assume(struct environment *environment, const char *role, struct aws_callback then);
// Reads the reply of that; false when there are no credentials in it.
bool environment_read_credentials(const struct environment *environment, const struct aws_reply *reply,
    struct aws_credentials *ret_credentials);

// The command that makes or updates the bootstrap, for hints: "tango-infra bootstrap aws://ACCOUNT/REGION",
// with the profile where there is one. In the current value arena.
const char *environment_bootstrap_command(const struct environment *environment);

// What a reply means for the user, with what mends it. In the current value arena.
const char *aws_explain(const struct aws_reply *reply);

// A copy that lives in `arena`.
struct value *value_copy(struct arena *arena, const struct value *value);

#endif
