// SPDX-License-Identifier: MIT
#include "util/file/file.h"

#include "util/die.h"
#include "util/file/file_tree.h"
#include "util/random.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { SLOTS = 4096, NUMBERS = 32 };

// Names that a signal handler must be able to read: a slot is filled before its file exists, with a name that
// is nobody else's, and emptied before the name is freed.
static _Atomic(char *) active[SLOTS];

void temporary_files_remove(void)
{
    for (int i = 0; i < SLOTS; i++) {
        char *name = atomic_load(&active[i]);

        if (name)
            tree_remove(name);
    }
}

int temporary_name_register(char *name)
{
    static int last;

    for (int tries = 0; tries < SLOTS; tries++) {
        char *expected = NULL;

        last = (last + 1) % SLOTS;
        if (atomic_compare_exchange_strong(&active[last], &expected, name))
            return last;
    }
    BUG("more than %d temporary files are open", SLOTS);
}

void temporary_name_forget(int slot)
{
    atomic_store(&active[slot], NULL);
}

static void forget(struct temporary_file *file)
{
    temporary_name_forget(file->slot);
    free(file->name);
    free(file->path);
}

// One system call is enough for many names.
void temporary_name_add(struct strbuf *name)
{
    static uint64_t numbers[NUMBERS];
    static size_t left;

    if (left == 0) {
        random_fill(numbers, sizeof(numbers));
        left = NUMBERS;
    }
    strbuf_addf(name, ".%016" PRIx64 ".tmp", numbers[--left]);
}

int temporary_file_open(struct temporary_file *file, const char *path, mode_t mode, struct error *err)
{
    struct strbuf name = STRBUF_INIT;

    strbuf_add_string(&name, path);
    temporary_name_add(&name);
    *file = (struct temporary_file){ .name = strbuf_detach(&name), .path = xstrdup(path) };
    file->slot = temporary_name_register(file->name);
    file->fd = open(file->name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
    if (file->fd >= 0)
        return 0;
    error_set_errno(err, "cannot write '%s'", path);
    forget(file);
    return -1;
}

int temporary_file_write(struct temporary_file *file, const void *data, size_t length, struct error *err)
{
    return descriptor_write(file->fd, file->path, data, length, err);
}

int temporary_file_close(struct temporary_file *file, struct error *err)
{
    int fd = file->fd;

    file->fd = -1;
    return fd < 0 || close(fd) == 0 ? 0 : error_set_errno(err, "cannot write '%s'", file->path);
}

void temporary_file_abandon(struct temporary_file *file)
{
    if (file->fd >= 0)
        close(file->fd);
    unlink(file->name);
    forget(file);
}

int temporary_file_commit(struct temporary_file *file, struct error *err)
{
    int result = temporary_file_close(file, err);

    if (result == 0 && rename(file->name, file->path) < 0)
        result = error_set_errno(err, "cannot write '%s'", file->path);
    if (result < 0)
        unlink(file->name);
    forget(file);
    return result;
}
