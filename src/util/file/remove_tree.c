// SPDX-License-Identifier: MIT
#include "util/file/file_tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum {
    BUFFER_SIZE = 4096,
    DEPTH_LIMIT = 100,
    PASSES = 3 // a directory may not list all of its entries while they go away
};

static void remove_at(int parent, const char *name, int depth);

// opendir would take memory, which a signal handler must not.
static void empty(int directory, int depth)
{
    _Alignas(struct dirent64) char buffer[BUFFER_SIZE];
    ssize_t length;

    while ((length = getdents64(directory, buffer, sizeof(buffer))) > 0) {
        for (ssize_t at = 0; at < length;) {
            const struct dirent64 *entry = (const struct dirent64 *)(buffer + at);

            if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
                remove_at(directory, entry->d_name, depth);
            at += entry->d_reclen;
        }
    }
}

static void remove_at(int parent, const char *name, int depth)
{
    int directory;

    if (unlinkat(parent, name, 0) == 0 || errno == ENOENT || depth > DEPTH_LIMIT)
        return;
    directory = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (directory < 0)
        return;
    for (int pass = 0; pass < PASSES && unlinkat(parent, name, AT_REMOVEDIR) < 0; pass++) {
        lseek(directory, 0, SEEK_SET);
        empty(directory, depth + 1);
    }
    unlinkat(parent, name, AT_REMOVEDIR);
    close(directory);
}

void tree_remove(const char *path)
{
    int error = errno;

    remove_at(AT_FDCWD, path, 0);
    errno = error;
}
