// SPDX-License-Identifier: MIT
#ifndef DEPLOY_ENGINE_KNOWN_TEMPLATE_H
#define DEPLOY_ENGINE_KNOWN_TEMPLATE_H

// Which template a stack was found with, as of when CloudFormation last changed it: then GetTemplate need not
// be asked whether it is still that one. Kept in the user's cache folder, a small file for each stack, which
// may be removed at any time. What cannot be read or written there counts as not known.

#include <stdbool.h>

struct stack_job;

// Whether job->current is known to have the template of job->stack.
bool known_template_stands(const struct stack_job *job);
// That it has it.
void known_template_note(const struct stack_job *job);
void known_template_forget(const struct stack_job *job);

#endif
