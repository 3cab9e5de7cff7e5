// SPDX-License-Identifier: MIT
#ifndef UTIL_FILE_ZIP_H
#define UTIL_FILE_ZIP_H

// Reproducible zip archives: the same names, modes and contents give the same bytes. Entries are sorted by
// name, dated 1980-01-01, and carry no extra fields.

#include "util/digest.h"
#include "util/error.h"

#include <sys/types.h>

struct zip_entry {
    const char *name; // in the archive: relative, with '/'
    const char *path; // of the file with the content
    mode_t mode;      // permission bits
};

// Writes the archive under a temporary name and renames it. Entries may come in any order, but no name twice.
int zip_write(const char *path, const struct zip_entry *entries, size_t count, struct error *err);

// SHA-256 of the sorted listing, a line "MODE SHA-256 NAME" an entry: what the archive contains, however it
// is packed.
int zip_content_hash(
    const struct zip_entry *entries, size_t count, char hex[SHA256_HEX_SIZE], struct error *err);

#endif
