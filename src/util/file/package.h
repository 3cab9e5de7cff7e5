// SPDX-License-Identifier: MIT
#ifndef UTIL_FILE_PACKAGE_H
#define UTIL_FILE_PACKAGE_H

// What stands beside a package, for whoever uses it:
//
//     NAME.zip          the package
//     NAME.zip.twin     the same again, read-only, for others to link
//     NAME.zip.sha256   the hash of the content (zip_content_hash), in hexadecimal: it saves reading
//     megabytes
//
// Each is replaced as a whole, in this order. So the hash counts unless the package is newer, and the twin is
// what the hash was written for unless the twin is newer.
//
// A copy of a package can be a hard link to the twin, which takes neither time nor space. Why that is safe:
// - A package that is built again brings a new twin, another file under the same name: what is linked stays.
// - A package that is written to in place is another file than the twin: what is linked stays.
// - A link that is written to in place (its permissions forbid that, but root may) is the twin too, which is
// then newer
//   than the hash, and no longer linked; the package is another file. Only other links to the same twin
//   change too.

#include "util/digest.h"
#include "util/error.h"

#include <stdbool.h>

// Writes the twin and the hash of a package that is written already.
int package_finish(const char *path, const char *hash, struct error *err);
// The hash beside the package; false: there is none that counts.
bool package_hash(const char *path, char hex[SHA256_HEX_SIZE]);
// The first of `needs`, which end with NULL, that no file's name in the package begins with; NULL: there is
// none such, or the package is not a zip archive that can be read.
const char *package_lacks(const char *path, const char *const *needs);
// Makes `target` a link to the twin, if the package has one, and the hash beside it counts and is this one.
// False, and nothing done, where that cannot be had: another file system, one without links, a target that
// exists, a file of somebody else's...
bool package_link(const char *path, const char *hash, const char *target);

#endif
