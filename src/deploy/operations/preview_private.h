// SPDX-License-Identifier: MIT
#ifndef DEPLOY_OPERATIONS_PREVIEW_PRIVATE_H
#define DEPLOY_OPERATIONS_PREVIEW_PRIVATE_H

// The parts of a look at a stack: preview.c (templates, importers, drift) and preview_change_set.c.

#include "deploy/operations/preview.h"

// One of its open questions is answered; the last one ends the job.
void preview_settle(struct stack_job *job);

// Makes the change set, reads it and removes it: one question.
void preview_change_set(struct stack_job *job);
// Goes on with it after an upload.
void preview_uploaded(struct stack_job *job);

#endif
