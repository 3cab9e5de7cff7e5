// SPDX-License-Identifier: MIT
#ifndef STACKS_CHECKS_H
#define STACKS_CHECKS_H

// What AWS, or the architecture, does not take of the settings: said at synthesis and not after ten minutes
// of a deployment.

struct construct;
struct settings;
struct value;

// Reports errors on `root`, all of them at once, each with the key, the reason and what to write instead.
// `context` is what the settings were read from: where a default comes from another key that is wrong, only
// that one is reported.
void tango_settings_check(
    const struct settings *settings, const struct value *context, struct construct *root);

#endif
