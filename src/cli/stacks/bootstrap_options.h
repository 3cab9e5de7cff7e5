// SPDX-License-Identifier: MIT
#ifndef CLI_STACKS_BOOTSTRAP_OPTIONS_H
#define CLI_STACKS_BOOTSTRAP_OPTIONS_H

// What the command bootstrap is given, and what that means for the stack.

#include "cli/stacks/target_stacks.h"

struct bootstrap_settings;

struct bootstrap_command {
    struct target_options target;
    bool yes;
    bool show_template;
    bool json;
    const char *qualifier;
    struct string_list trusted;
    struct string_list trusted_for_lookup;
    struct string_list untrusted;
    struct string_list policies;
    const char *bucket;
    const char *key;
    enum toggle customer_key;
    const char *boundary;
    enum toggle public_access_block;
    enum toggle protection;
    struct string_list tags;
    const char *stack;
    bool force;
};

// Lists may be given piecewise or with commas. Says what is wrong with the options.
int bootstrap_settings_read(const struct bootstrap_command *given, const struct target_stacks *target,
    struct bootstrap_settings *ret, struct error *err);

#endif
