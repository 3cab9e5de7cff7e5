// SPDX-License-Identifier: MIT
#ifndef CDK_CONTEXT_KEYS_H
#define CDK_CONTEXT_KEYS_H

// The CDK's own context keys, the feature flags among them: which are implemented here, and which change the
// CDK's templates and not these (context_keys.def).

struct construct;
struct value;

// One warning on `root` that names every key of `context` that would change a template of the CDK and changes
// none here: those that are known to, and those that nobody here has heard of. A flag that is off changes
// nothing.
void context_keys_check(const struct value *context, struct construct *root);

#endif
