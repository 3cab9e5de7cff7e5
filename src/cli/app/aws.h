// SPDX-License-Identifier: MIT
#ifndef CLI_APP_AWS_H
#define CLI_APP_AWS_H

// Questions to AWS, through the AWS CLI, side by side.

#include "util/error.h"
#include "util/process/process.h"

struct cli;
struct context;
struct value;

struct aws {
    const struct cli *cli; // for messages
    const char *profile;   // NULL: as the AWS CLI finds it
    const char *region;    // likewise
};

// From the command line, else from cdk.json.
int aws_init(struct aws *aws, const struct cli *cli, const struct context *context, struct error *err);

// Where nothing else says which: the region of the command line or cdk.json, else that of the environment,
// else what the AWS CLI's configuration has for the profile. NULL: none.
const char *aws_default_region(const struct aws *aws);

// Starts "aws ARGUMENTS..." with profile and region; `arguments` ends with NULL.
int aws_start(const struct aws *aws, struct process_loop *loop, const char *const *arguments, void *data,
    struct error *err);

// The answer of a process that has ended; on failure the code and the message of AWS, or what the AWS CLI
// said last.
int aws_answer(const struct process *process, const struct value **ret_answer, struct error *err);

#endif
