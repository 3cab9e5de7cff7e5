// SPDX-License-Identifier: MIT
#ifndef CLI_CORE_JSON_FILE_H
#define CLI_CORE_JSON_FILE_H

// JSON files with an object in them, as the CDK reads and writes them, but a duplicate key is an error.

#include "util/error.h"

struct value;

// A file that does not exist gives an empty object.
int json_file_read(const char *path, struct value **ret_object, struct error *err);
// It has to exist.
int json_file_read_required(const char *path, struct value **ret_object, struct error *err);
// Two blanks a level, a line break at the end; as file_write.
int json_file_write(const char *path, const struct value *object, struct error *err);

#endif
