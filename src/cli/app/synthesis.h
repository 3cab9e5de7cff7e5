// SPDX-License-Identifier: MIT
#ifndef CLI_APP_SYNTHESIS_H
#define CLI_APP_SYNTHESIS_H

// From the command line to an assembly in memory: reads context, builds the app, looks up what is missing and
// builds it again. The holder releases it.

#include "cdk/synth.h"
#include "cli/app/context.h"

struct cli;
struct selection;
struct template_findings;

struct synthesis {
    struct context context;
    struct app *app;
    struct assembly assembly;
};

#define SYNTHESIS_AUTO __attribute__((cleanup(synthesis_release))) struct synthesis

// Returns 0, or -1 when there were errors, which it has printed. What it looks up is saved in the project.
int synthesis_make(struct cli *cli, struct synthesis *synthesis);
// For commands that only look: what it looks up is not saved.
int synthesis_make_unsaved(struct cli *cli, struct synthesis *synthesis);
// As synthesis_make, and checks the templates; what is found is kept in the program's arena.
int synthesis_make_validated(
    struct cli *cli, struct synthesis *synthesis, struct template_findings *ret_findings);
// The same without looking anything up or saying what is missing, for those who want to know the
// configuration of a resource.
int synthesis_make_offline(struct cli *cli, struct synthesis *synthesis);
void synthesis_release(struct synthesis *synthesis);

// Whether everything that the selected stacks deploy is there; returns -1 when not, having printed what is
// missing.
// What is missing in the package of a function that is a zip archive; NULL: nothing is known to be.
const char *synthesis_package_lacks(const struct cli *cli, const char *function);

int synthesis_check_assets(
    const struct cli *cli, const struct synthesis *synthesis, const struct selection *selection);

// The directory to write to: that which is given, else what the CDK or the project says, else cdk.out.
int synthesis_output(
    const struct synthesis *synthesis, const char *given, const char **ret_output, struct error *err);

// Prints warnings and information on the selected stacks, or on everything when `selection` is NULL. Returns
// the number of warnings.
size_t synthesis_print_warnings(
    const struct cli *cli, const struct synthesis *synthesis, const struct selection *selection);
// The same of the app alone: about its context, which even who only looks may have mistyped.
void synthesis_print_app_warnings(const struct cli *cli, const struct synthesis *synthesis);

#endif
