// SPDX-License-Identifier: MIT
#ifndef CLI_STACKS_QUERY_H
#define CLI_STACKS_QUERY_H

// Looking at deployed stacks without changing them: what the commands that ask and report have in common.
// Without operands they look at every stack of the app; they take stacks that others have made, too. The
// holder releases it.

#include "cli/stacks/progress.h"
#include "cli/stacks/target_stacks.h"
#include "deploy/engine/deployment.h"

struct stack_query {
    struct cli *cli;
    struct target_stacks target;
    bool is_named;          // stacks were asked for by name, so that one that is not there is a mistake
    bool tolerates_missing; // one of the app, even so: the result says that it is not there
    struct deploy_options options;
    struct progress progress;
    struct deployment deployment;
};

#define STACK_QUERY_AUTO __attribute__((cleanup(stack_query_release))) struct stack_query

// Asks AWS, and says on standard error what could not be seen. Returns 0, or the exit status when that is all
// that can be said; *ret_query is to be released in either case.
int stack_query_open(struct cli *cli, const struct target_options *options,
    const struct string_list *operands, const struct job_operation *operation, struct stack_query *query);
// `given`: what the operation needs; profile and region are filled in.
int stack_query_open_with(struct cli *cli, const struct target_options *options,
    const struct string_list *operands, const struct job_operation *operation,
    const struct deploy_options *given, struct stack_query *query);
void stack_query_release(struct stack_query *query);

// EXIT_STATUS_FAILURE when something could not be seen, or a stack that was asked for is not there; says so.
int stack_query_status(const struct stack_query *query);

// Says that a stack does not exist, and which one may be meant.
void print_missing(const struct cli *cli, const struct cloud_assembly *assembly, const struct stack_job *job);

// The construct path, or else the logical id.
const char *resource_name(const struct stack_job *job, const char *logical_id);

#endif
