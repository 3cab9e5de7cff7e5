// SPDX-License-Identifier: MIT
#ifndef CLI_STACKS_INTERRUPT_H
#define CLI_STACKS_INTERRUPT_H

// Running a deployment to its end, or to the first interrupt: then nothing new is started, what was made for
// nothing is taken away, and updates that run are cancelled if somebody at a terminal says so, else left to
// CloudFormation. The second interrupt ends the program and its children at once.

struct cli;
struct deployment;
struct progress;

// Returns EXIT_STATUS_OK when it ran to its end, else 128 and the signal.
int interruptible_run(const struct cli *cli, struct progress *progress, struct deployment *deployment);

#endif
