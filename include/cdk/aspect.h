// SPDX-License-Identifier: MIT
#ifndef CDK_ASPECT_H
#define CDK_ASPECT_H

// A function that visits every construct in a scope at the beginning of synthesis (CDK's Aspects).

struct construct;

// The CDK's AspectPriority: lower runs first.
enum { ASPECT_MUTATING = 200, ASPECT_DEFAULT = 500, ASPECT_READONLY = 1000 };

typedef void aspect_visit(struct construct *construct, void *data);

void aspect_add(struct construct *scope, aspect_visit *visit, void *data, int priority);

#endif
