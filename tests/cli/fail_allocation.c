// SPDX-License-Identifier: MIT
// Preloaded into a program, makes its allocation number FAIL_ALLOCATION fail; with FAIL_ALLOCATION_ON, every
// one from there. The file named by FAIL_ALLOCATION_MARK appears when that happened.
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

// glibc's own, under the names that preloading does not replace.
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static long count;

static void mark(void)
{
    const char *path = getenv("FAIL_ALLOCATION_MARK");
    int fd = path ? open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644) : -1;

    if (fd >= 0)
        close(fd);
}

static int fails(void)
{
    const char *text = getenv("FAIL_ALLOCATION");
    long number = text ? atol(text) : 0;

    count++;
    if (!number || count < number || (count > number && !getenv("FAIL_ALLOCATION_ON")))
        return 0;
    if (count == number)
        mark();
    errno = ENOMEM;
    return 1;
}

void *malloc(size_t size)
{
    return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t number, size_t size)
{
    return fails() ? NULL : __libc_calloc(number, size);
}

void *realloc(void *memory, size_t size)
{
    return fails() ? NULL : __libc_realloc(memory, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return fails() ? NULL : __libc_memalign(alignment, size);
}

int posix_memalign(void **ret_memory, size_t alignment, size_t size)
{
    if (fails())
        return ENOMEM;
    *ret_memory = __libc_memalign(alignment, size);
    return *ret_memory ? 0 : ENOMEM;
}
