// SPDX-License-Identifier: MIT
#ifndef TEMPLATE_PLACE_H
#define TEMPLATE_PLACE_H

// Where the source of an app makes a construct: "stacks/network.c:42" of this program,
// "/app/lib/shop.ts:12:5" of an app of the CDK that was synthesized with --debug, which records stack traces
// in the manifest.

struct cloud_stack;

// Of the construct with that path, or of the nearest one around it whose place is known; NULL: nobody knows.
const char *cloud_stack_place(const struct cloud_stack *stack, const char *construct);

#endif
