// SPDX-License-Identifier: MIT
#ifndef CLI_VALIDATE_SETTINGS_H
#define CLI_VALIDATE_SETTINGS_H

// What is set for every run of `validate` in a directory: cfn-lint's file .cfnlintrc (also .cfnlintrc.yaml
// and .cfnlintrc.yml), in the home directory and in the current one. Its keys ignore_checks, include_checks
// and regions are taken; what the command line says is added.

#include "util/error.h"
#include "validate/validate.h"

// Adds to what the options hold already, in the current value arena. `directory` takes the place of the
// current one; NULL: that.
int validate_settings_read(struct validate_options *options, const char *directory, struct error *err);

// Names of regions that are none, with a suggestion.
int validate_regions_check(const struct string_list *regions, struct error *err);

#endif
