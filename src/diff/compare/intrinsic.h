// SPDX-License-Identifier: MIT
#ifndef DIFF_COMPARE_INTRINSIC_H
#define DIFF_COMPARE_INTRINSIC_H

// Intrinsic functions as text for people: "${Resource.Attribute}" for references, joined text for Fn::Join,
// JSON for what has no such form (@aws-cdk/cloudformation-diff: render-intrinsics.ts).

struct value;

// The value with every function in it turned into such text; what is AWS::NoValue is dropped, and gives NULL.
struct value *diff_render_intrinsics(const struct value *value);

// One value as text: scalars as they are, functions rendered, the rest as JSON. Lives in the arena.
const char *diff_intrinsic_text(const struct value *value);

#endif
