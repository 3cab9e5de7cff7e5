// SPDX-License-Identifier: MIT
#include "util/file.h"

#include "util/usage.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { SLOTS = 64 };

// Names that a signal handler must be able to read: a slot is filled after its file exists and emptied before
// its name is freed.
static _Atomic(char *) active[SLOTS];

void temporary_files_remove(void)
{
    for (int i = 0; i < SLOTS; i++) {
        char *name = atomic_load(&active[i]);

        if (name)
            unlink(name);
    }
}

static int take_slot(char *name)
{
    for (int i = 0; i < SLOTS; i++) {
        char *expected = NULL;

        if (atomic_compare_exchange_strong(&active[i], &expected, name))
            return i;
    }
    BUG("more than %d temporary files are open", SLOTS);
}

static void forget(struct temporary_file *file)
{
    atomic_store(&active[file->slot], NULL);
    free(file->name);
    free(file->path);
}

int temporary_file_open(struct temporary_file *file, const char *path, mode_t mode, struct error *err)
{
    static unsigned counter;
    struct strbuf name = STRBUF_INIT;

    strbuf_addf(&name, "%s.%ld.%u.tmp", path, (long)getpid(), counter++);
    *file = (struct temporary_file){ .name = strbuf_detach(&name), .path = xstrdup(path) };
    file->slot = take_slot(file->name);
    file->fd = open(file->name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode);
    if (file->fd >= 0)
        return 0;
    error_set_errno(err, "cannot write '%s'", path);
    forget(file);
    return -1;
}

void temporary_file_abandon(struct temporary_file *file)
{
    close(file->fd);
    unlink(file->name);
    forget(file);
}

int temporary_file_commit(struct temporary_file *file, struct error *err)
{
    if (close(file->fd) < 0 || rename(file->name, file->path) < 0) {
        error_set_errno(err, "cannot write '%s'", file->path);
        unlink(file->name);
        forget(file);
        return -1;
    }
    forget(file);
    return 0;
}
