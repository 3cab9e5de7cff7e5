// SPDX-License-Identifier: MIT
#include "util/file/file.h"

#include "util/die.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { READ_SIZE = 16 * 1024, LARGEST_GUESS = 16 * 1024 * 1024 };

// A pipe, FIFO or device can go on for ever; a file says how large it is, but can be made of nothing.
static size_t limit_of(const struct stat *status)
{
    return S_ISREG(status->st_mode) ? FILE_READ_LIMIT : STREAM_READ_LIMIT;
}

static void close_fd(const int *fd)
{
    if (*fd >= 0)
        close(*fd);
}

struct input {
    int fd; // does not block
    bool is_fifo;
    bool has_writer; // has been seen; it may take its time
};

// A FIFO is at its end before its first writer, too.
static bool waits_for_writer(const struct input *input)
{
    struct pollfd event = { .fd = input->fd, .events = POLLIN };

    return input->is_fifo && !input->has_writer && poll(&event, 1, FIFO_WAIT_MS) >= 0 &&
        (event.revents & (POLLIN | POLLHUP)) != POLLHUP;
}

// As read, but waits; ETIMEDOUT when nobody opens a FIFO for writing.
static ssize_t read_some(struct input *input, void *data, size_t size)
{
    bool has_waited = false;

    for (;;) {
        ssize_t count = read(input->fd, data, size);

        if (count < 0 && errno == EAGAIN) {
            input->has_writer = true;
            poll(&(struct pollfd){ .fd = input->fd, .events = POLLIN }, 1, -1);
        } else if (count == 0 && has_waited && !input->has_writer) {
            errno = ETIMEDOUT;
            return -1;
        } else if (count == 0 && waits_for_writer(input)) {
            has_waited = true;
        } else if (count >= 0 || errno != EINTR) {
            input->has_writer |= count > 0;
            return count;
        }
    }
}

static int fail_read(const char *path, struct error *err)
{
    if (errno == ETIMEDOUT)
        return error_set(err, "cannot read '%s': nobody writes to this FIFO", path);
    return error_set_errno(err, "cannot read '%s'", path);
}

// `limit` 0: no more than any file may have, and an error beyond.
static int read_all(int fd, const char *path, size_t limit, struct strbuf *content, struct error *err)
{
    struct input input = { .fd = fd };
    bool is_error = !limit;
    size_t start = content->length;
    struct stat status;

    if (fstat(fd, &status) < 0)
        return error_set_errno(err, "cannot read '%s'", path);
    if (S_ISDIR(status.st_mode))
        return error_set(err, "cannot read '%s': it is a directory", path);
    input.is_fifo = S_ISFIFO(status.st_mode);
    if (is_error)
        limit = limit_of(&status) + 1;
    if (S_ISREG(status.st_mode) && status.st_size < LARGEST_GUESS)
        strbuf_grow(content, (size_t)status.st_size + 1);
    for (;;) {
        size_t rest = limit - (content->length - start), room;
        ssize_t count;

        if (content->capacity - content->length < 2)
            strbuf_grow(content, READ_SIZE);
        room = content->capacity - content->length - 1;
        count = read_some(&input, content->data + content->length, room < rest ? room : rest);
        if (count < 0)
            return fail_read(path, err);
        if (count == 0)
            return 0;
        strbuf_truncate(content, content->length + (size_t)count);
        if (is_error && content->length - start == limit)
            return error_set(err, "cannot read '%s': it is larger than %zu MiB", path, (limit - 1) >> 20);
    }
}

static int read_if_exists(
    const char *path, size_t limit, struct strbuf *content, bool *ret_found, struct error *err)
{
    __attribute__((cleanup(close_fd))) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

    *ret_found = fd >= 0;
    if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
        return 0;
    if (fd < 0)
        return error_set_errno(err, "cannot read '%s'", path);
    return read_all(fd, path, limit, content, err);
}

int file_read_if_exists(const char *path, struct strbuf *content, bool *ret_found, struct error *err)
{
    return read_if_exists(path, 0, content, ret_found, err);
}

int file_read_limited(const char *path, size_t limit, struct strbuf *content, struct error *err)
{
    bool found;

    if (read_if_exists(path, limit, content, &found, err) < 0)
        return -1;
    return found ? 0 : error_set(err, "cannot read '%s': there is no such file", path);
}

int file_read(const char *path, struct strbuf *content, struct error *err)
{
    return file_read_limited(path, 0, content, err);
}

// Shares the blocks where the file system can, and copies inside the kernel where it cannot. Leaves both
// files at the first byte that it did not copy: two file systems, or one that knows neither.
static void copy_in_kernel(int source, int target)
{
    enum { STEP = 1 << 30 };

    while (copy_file_range(source, NULL, target, NULL, STEP, 0) > 0)
        continue;
}

static int copy_content(int fd, const char *source, struct temporary_file *target, struct error *err)
{
    char data[64 * 1024];
    ssize_t count;

    copy_in_kernel(fd, target->fd);
    while ((count = read(fd, data, sizeof(data))) != 0) {
        if (count < 0 && errno != EINTR)
            return error_set_errno(err, "cannot read '%s'", source);
        if (count > 0 && temporary_file_write(target, data, (size_t)count, err) < 0)
            return -1;
    }
    return 0;
}

int file_open_regular(const char *path, struct error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat status;

    if (fd < 0 || fstat(fd, &status) < 0)
        error_set_errno(err, "cannot read '%s'", path);
    else if (!S_ISREG(status.st_mode))
        error_set(err, "cannot read '%s': it is no regular file", path);
    else
        return fd;
    close_fd(&fd);
    return -1;
}

int file_copy(const char *source, const char *target, mode_t mode, struct error *err)
{
    __attribute__((cleanup(close_fd))) int fd = file_open_regular(source, err);
    struct temporary_file file;

    if (fd < 0)
        return -1;
    if (temporary_file_open(&file, target, mode, err) < 0)
        return -1;
    if (copy_content(fd, source, &file, err) < 0) {
        temporary_file_abandon(&file);
        return -1;
    }
    return temporary_file_commit(&file, err);
}

bool file_has_content(const char *path, const void *data, size_t length)
{
    // Neither follows a link nor waits for whoever writes to a pipe.
    __attribute__((cleanup(close_fd))) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    struct stat status;
    const char *expected = data;
    size_t compared = 0;

    if (fd < 0 || fstat(fd, &status) < 0 || !S_ISREG(status.st_mode) || (size_t)status.st_size != length)
        return false;
    while (compared < length) {
        char present[READ_SIZE];
        ssize_t count = read(fd, present, sizeof(present));

        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0 || (size_t)count > length - compared ||
            memcmp(present, expected + compared, (size_t)count) != 0)
            return false;
        compared += (size_t)count;
    }
    return true;
}

int directory_make(const char *path, struct error *err)
{
    STRBUF_AUTO part = STRBUF_INIT;
    struct stat status;

    for (const char *end = path; *end;) {
        end += strspn(end, "/");
        end += strcspn(end, "/");
        strbuf_reset(&part);
        strbuf_add(&part, path, (size_t)(end - path));
        if (mkdir(part.data, 0777) < 0 && errno != EEXIST && errno != EISDIR)
            return error_set_errno(err, "cannot make the directory '%s'", part.data);
    }
    if (stat(path, &status) < 0)
        return error_set_errno(err, "cannot use the directory '%s'", path);
    return S_ISDIR(status.st_mode) ? 0 : error_set(err, "'%s' is not a directory", path);
}
