// SPDX-License-Identifier: MIT
#ifndef TEMPLATE_ASSEMBLY_PATH_H
#define TEMPLATE_ASSEMBLY_PATH_H

// Where the files of a cloud assembly may lie: below its directory, links followed. An assembly that is
// nested in another (aws-cdk: a Stage) keeps its assets in the outermost one, which all of them may lie in
// then.

#include "util/error.h"

// The directory of the outermost assembly, with links resolved, in the current value arena; NULL where
// `directory` is not there.
const char *assembly_root(const char *directory);

// An error when the path leads out of the root. One that does not exist leads nowhere: who reads it says so.
int assembly_check_path(const char *root, const char *path, struct error *err);

#endif
