// SPDX-License-Identifier: MIT
#ifndef CDK_PREREQUISITE_H
#define CDK_PREREQUISITE_H

// What must be there before an app's stacks can be deployed, and that no stack of it creates: one table, from
// which the checks of 'doctor', those of 'deploy' and the documentation come. What exactly is needed (which
// image, which keys of a secret) is read from the synthesized templates; a row says what to do when it is
// missing.

struct prerequisite {
    // What is checked, as deploy/preflight/preflight.h names it: "repository", "image", "secret", ...
    const char *kind;
    const char *description; // lower case, no full stop; for documentation
    // A command or what to do, in which ${...} stands for what is needed: see preflight.h for the names.
    const char *fix;
};

#define PREREQUISITE_END                                                                                     \
    {                                                                                                        \
        .kind = NULL                                                                                         \
    }

#endif
