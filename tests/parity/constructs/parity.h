// SPDX-License-Identifier: MIT
#ifndef TESTS_PARITY_H
#define TESTS_PARITY_H

// Compares what our constructs synthesize with the templates that aws-cdk-lib made (golden/<case>.json, see
// generate.js).

#include "cdk/stack.h"

struct parity_case {
    const char *name;                   // the golden's; begins with the service's name and a hyphen
    void (*build)(struct stack *stack); // what cases/<service>.js does, in C; the stack is "Case"
};

// Runs the cases (to the one with a NULL name), or only those named in argv; every difference is printed. A
// golden of the service without a case, or a case without a golden, is a failure too. Returns the exit
// status.
int parity_main(const char *service, const struct parity_case *cases, int argc, char **argv);

#endif
