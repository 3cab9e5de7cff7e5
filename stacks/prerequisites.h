// SPDX-License-Identifier: MIT
#ifndef STACKS_PREREQUISITES_H
#define STACKS_PREREQUISITES_H

// What an account must have before Tango's stacks can be deployed there: the table behind 'doctor', the
// checks of 'deploy', and docs/first-deployment.md.

#include "cdk/prerequisite.h"

extern const struct prerequisite tango_prerequisites[]; // ends with PREREQUISITE_END

#endif
