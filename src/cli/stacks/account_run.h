// SPDX-License-Identifier: MIT
#ifndef CLI_STACKS_ACCOUNT_RUN_H
#define CLI_STACKS_ACCOUNT_RUN_H

// What every command that changes something in an account does once it knows its stacks: a deployment is made
// and started, shown by its progress, and followed to its end or to the first interrupt. Then nothing new is
// started, what was made for nothing is taken away, and updates in progress are cancelled if somebody at a
// terminal says so, else left to CloudFormation. The second interrupt ends the program and its children at
// once.

struct deployment;
struct deployment_props;
struct progress;

// `progress` is initialized and its observer complete; the caller releases the deployment. Returns
// EXIT_STATUS_OK when it ran to its end, whatever came out, else 128 and the signal.
int account_run(
    struct progress *progress, struct deployment *deployment, const struct deployment_props *props);

#endif
