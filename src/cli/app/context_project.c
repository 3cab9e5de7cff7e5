// SPDX-License-Identifier: MIT
#include "cli/app/context.h"
#include "cli/core/json_file.h"
#include "data/value.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

const char context_project_file[] = "cdk.context.json";

static void close_fd(const int *fd)
{
    if (*fd >= 0)
        close(*fd);
}

static void apply(struct value *values, const struct value *changes)
{
    for (size_t i = 0; i < value_length(changes); i++) {
        const struct field *field = object_at(changes, i);

        if (value_type(field->value) == VALUE_NULL)
            object_remove(values, field->key);
        else
            object_set(values, field->key, field->value);
    }
}

// The directory is locked, not the file: a rename would leave others with a lock on the file that is gone.
int context_project_update(const struct value *changes, struct error *err)
{
    __attribute__((cleanup(close_fd))) int directory = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    struct value *values;

    if (directory < 0 || flock(directory, LOCK_EX) < 0)
        return error_set_errno(err, "cannot lock the directory of '%s'", context_project_file);
    if (json_file_read(context_project_file, &values, err) < 0)
        return -1;
    apply(values, changes);
    return json_file_write(context_project_file, values, err);
}
