// SPDX-License-Identifier: MIT
#ifndef UTIL_FILE_UNZIP_H
#define UTIL_FILE_UNZIP_H

// Reading zip archives: what all files of one hold together is at most UNZIP_LIMIT, more is an error.

#include "util/digest.h"
#include "util/error.h"
#include "util/strbuf.h"

// What a package of a Lambda function may hold (Lambda quotas: "Deployment package (.zip file archive)
// size").
#define UNZIP_LIMIT ((size_t)250 << 20)

// Unpacks every file below the directory, which exists, with its permission bits. A name that leads out of
// the directory and anything but files and directories are errors; what was unpacked until then stays.
int unzip_all(const char *path, const char *directory, struct error *err);

// The zip_content_hash (util/file/zip.h) of an archive of zip_write.
int unzip_content_hash(const char *path, char hex[SHA256_HEX_SIZE], struct error *err);

// Appends the content of one file.
int unzip_file(const char *path, const char *name, struct strbuf *content, struct error *err);

#endif
