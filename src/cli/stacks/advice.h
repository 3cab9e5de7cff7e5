// SPDX-License-Identifier: MIT
#ifndef CLI_STACKS_ADVICE_H
#define CLI_STACKS_ADVICE_H

// Advice about stacks that a command found in a state in which it cannot go on. The states themselves, and
// what each is advised, are a table: awscli/stack_state.h.

struct cli;
struct stack_job;

// What to do about the state that a stack is in, with the commands that do it; NULL when nothing is.
const char *stack_advice(const struct cli *cli, const struct stack_job *job);

#endif
