// SPDX-License-Identifier: MIT
#ifndef CLI_STACKS_TARGET_STACKS_H
#define CLI_STACKS_TARGET_STACKS_H

// The stacks that a command works on, for every command that talks to AWS: the app's assembly, freshly
// synthesized or taken from a directory, which of its stacks are meant, and how to reach AWS. The holder
// releases it.

#include "awscli/event_loop.h"
#include "cli/app/select.h"
#include "cli/app/synthesis.h"
#include "cli/core/options.h"
#include "template/cloud_assembly.h"

struct cli;

// Options of these commands, a part of their own struct.
struct target_options {
    const char *app;
    const char *output;
    bool all;
    bool exclusively;
    struct string_list asset_accounts; // see TARGET_ASSET_ACCOUNTS
};

// Rows for a command's table, whose options have them in the field `target`.
#define TARGET_OPTIONS_WITH(type, help_on_output)                                                            \
    { "app", 'a', OPTION_STRING(type, target.app), .argument = "DIR",                                        \
        .help = "take the cloud assembly in this directory instead of synthesizing" },                       \
    {                                                                                                        \
        "output", 'o', OPTION_STRING(type, target.output), .argument = "DIR", .help = help_on_output         \
    }
// Of a command that deploys what it synthesizes.
#define TARGET_OPTIONS(type)                                                                                 \
    TARGET_OPTIONS_WITH(type, "write the assembly into this directory instead of cdk.out")
// Of one with `in_memory`.
#define TARGET_IN_MEMORY_OPTIONS(type)                                                                       \
    TARGET_OPTIONS_WITH(type, "write the assembly into this directory; without it, nothing is written")
#define TARGET_ALL(type)                                                                                     \
    {                                                                                                        \
        "all", 0, OPTION_FLAG(type, target.all), .help = "every stack"                                       \
    }

// For commands that upload: deploy_options.asset_accounts, whose form target_stacks_open checks.
#define TARGET_ASSET_ACCOUNTS(type)                                                                          \
    {                                                                                                        \
        "asset-account", 0, OPTION_LIST(type, target.asset_accounts),                                        \
            .argument = "ACCOUNT", .help = "upload assets to this account, too, where the assembly says so"  \
    }

// What the command does with the stacks.
struct target_need {
    enum select_extend extend; // which other stacks belong to them
    bool assets;               // what they deploy has to be there
    bool read_only;            // without operands it means every stack
    // A name that no stack of the app has is that of a stack that somebody else has made, in the environment
    // of the app's first one.
    bool accepts_unknown;
    bool in_memory; // nothing is written, unless an output directory is given
    bool offline;   // how to reach AWS is left to target_stacks_find_aws
};

struct target_stacks {
    struct synthesis synthesis;
    struct cloud_assembly assembly;
    bool is_in_memory;   // the assembly; else it lies in its directory
    bool *chosen;        // one for each stack of the assembly
    const char *profile; // NULL: default
    const char *region;  // of stacks that say none; NULL: nobody says
    struct event_loop queue;
};

#define TARGET_STACKS_AUTO __attribute__((cleanup(target_stacks_release))) struct target_stacks

// Returns 0, or the exit status after saying what is wrong. Without operands and --all there must be just one
// stack, unless the command only looks.
int target_stacks_open(struct cli *cli, const struct target_options *options,
    const struct string_list *operands, const struct target_need *need, struct target_stacks *target);
// Profile and region. Returns 0, or the exit status after saying what is wrong.
int target_stacks_find_aws(struct cli *cli, struct target_stacks *target);
void target_stacks_release(struct target_stacks *target);

#endif
