// SPDX-License-Identifier: MIT
#ifndef TESTS_PARITY_H
#define TESTS_PARITY_H

// Compares what our constructs synthesize with the templates that aws-cdk-lib made
// (tests/golden/constructs/<case>.json, see generate.js).

#include "cdk/stack.h"

struct parity_case {
    const char *name;                   // the golden's; begins with the service's name and a hyphen
    void (*build)(struct stack *stack); // what cases/<service>.js does, in C; the stack is "Case"
};

// Runs the cases (to the one with a NULL name), or only those named in argv; every difference is printed. A
// golden of the service without a case, or a case without a golden, is a failure too. Returns the exit
// status.
int parity_main(const char *service, const struct parity_case *cases, int argc, char **argv);

// The parts, for other comparisons with what aws-cdk-lib made.

struct app;
struct assembly;
struct value;

// Prints each difference behind `name` and returns their number. Hashes of assets and function versions, and
// the order of DependsOn, do not count.
int parity_compare(const char *name, const struct value *expected, const struct value *actual);
// The templates of an assembly as an object, by stack name.
struct value *parity_templates(const struct assembly *assembly);
void parity_print_errors(const struct app *app, const char *name);

#endif
