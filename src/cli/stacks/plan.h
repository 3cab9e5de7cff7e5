// SPDX-License-Identifier: MIT
#ifndef CLI_STACKS_PLAN_H
#define CLI_STACKS_PLAN_H

// What a dry run has found out, for people: in which order stacks change, what in each of them, which files
// are uploaded, and about how long it takes.

struct deployment;
struct value;

// Prints to standard output what the jobs of dry_run_operation have found.
void plan_print(const struct deployment *deployment);
// The same for programs, as docs/deploy.md describes it; in the current value arena.
struct value *plan_json(const struct deployment *deployment);

#endif
