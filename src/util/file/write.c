// SPDX-License-Identifier: MIT
#include "util/file/file.h"

#include "util/array.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_LINKS = 40 };

int descriptor_write(int fd, const char *path, const void *data, size_t length, struct error *err)
{
    const char *at = data;

    while (length > 0) {
        ssize_t count = write(fd, at, length);

        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return error_set_errno(err, "cannot write '%s'", path);
        at += count;
        length -= (size_t)count;
    }
    return 0;
}

// The number of the descriptor that a path names; -1: none.
static int own_descriptor(const char *path)
{
    static const char *const directories[] = { "/dev/fd/", "/proc/self/fd/", "/proc/thread-self/fd/" };

    for (size_t i = 0; i < ARRAY_SIZE(directories); i++) {
        size_t length = strlen(directories[i]);
        const char *number = path + length;

        if (strncmp(path, directories[i], length) == 0 && *number && strlen(number) < 10 &&
            number[strspn(number, "0123456789")] == '\0')
            return atoi(number);
    }
    return -1;
}

// With its "/"; 0: the current one.
static size_t directory_length(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? (size_t)(slash - path) + 1 : 0;
}

// As the kernel does where fs.protected_symlinks is set: in a directory that everybody may write to, a link
// counts only when it belongs to the caller or to the directory's owner.
static int check_owner(const char *link, const struct stat *status, struct error *err)
{
    STRBUF_AUTO name = STRBUF_INIT;
    struct stat directory;

    strbuf_add(&name, link, directory_length(link));
    if (status->st_uid == geteuid() || stat(name.length ? name.data : ".", &directory) < 0)
        return 0;
    if ((directory.st_mode & (S_ISVTX | S_IWOTH)) != (S_ISVTX | S_IWOTH) ||
        directory.st_uid == status->st_uid)
        return 0;
    return error_set(err, "cannot write '%s': another user has put this symbolic link there", link);
}

static int follow_link(struct strbuf *path, struct error *err)
{
    char link[PATH_MAX];
    ssize_t length = readlink(path->data, link, sizeof(link));

    if (length < 0)
        return error_set_errno(err, "cannot read the symbolic link '%s'", path->data);
    strbuf_truncate(path, length && *link == '/' ? 0 : directory_length(path->data));
    strbuf_add(path, link, (size_t)length);
    return 0;
}

// Follows the symbolic links at the end of `path`, up to a file or to one of our descriptors.
static int resolve(struct strbuf *path, int *ret_descriptor, struct error *err)
{
    for (int links = 0; links <= MAX_LINKS; links++) {
        struct stat status;

        *ret_descriptor = own_descriptor(path->data);
        if (*ret_descriptor >= 0 || lstat(path->data, &status) < 0 || !S_ISLNK(status.st_mode))
            return 0;
        if (check_owner(path->data, &status, err) < 0 || follow_link(path, err) < 0)
            return -1;
    }
    return error_set(err, "cannot write '%s': too many symbolic links", path->data);
}

// Takes the descriptor.
static int write_and_close(int fd, const char *path, const void *data, size_t length, struct error *err)
{
    int result;

    if (fd < 0)
        return error_set_errno(err, "cannot write '%s'", path);
    result = descriptor_write(fd, path, data, length, err);
    if (close(fd) < 0 && result == 0)
        result = error_set_errno(err, "cannot write '%s'", path);
    return result;
}

// What is in the buffer of standard output comes before what goes there directly.
static int write_descriptor(
    int descriptor, const char *path, const void *data, size_t length, struct error *err)
{
    fflush(stdout);
    return write_and_close(fcntl(descriptor, F_DUPFD_CLOEXEC, 0), path, data, length, err);
}

// The mode of the new file is never wider than that of the file that it replaces.
static int keep_mode(struct temporary_file *file, const struct stat *replaced, struct error *err)
{
    struct stat own;

    if (fstat(file->fd, &own) < 0)
        return error_set_errno(err, "cannot write '%s'", file->path);
    if ((own.st_uid != replaced->st_uid || own.st_gid != replaced->st_gid) &&
        fchown(file->fd, replaced->st_uid, replaced->st_gid) < 0 && errno != EPERM)
        return error_set_errno(err, "cannot change the owner of '%s'", file->path);
    if (fchmod(file->fd, replaced->st_mode & 07777) < 0)
        return error_set_errno(err, "cannot change the mode of '%s'", file->path);
    return 0;
}

// `replaced`: NULL when there is no file yet.
static int write_regular(const char *path, const void *data, size_t length, mode_t mode,
    const struct stat *replaced, struct error *err)
{
    struct temporary_file file;

    if (temporary_file_open(&file, path, replaced ? replaced->st_mode & 0777 : mode, err) < 0)
        return -1;
    if ((replaced && keep_mode(&file, replaced, err) < 0) ||
        temporary_file_write(&file, data, length, err) < 0) {
        temporary_file_abandon(&file);
        return -1;
    }
    return temporary_file_commit(&file, err);
}

int file_write(const char *path, const void *data, size_t length, mode_t mode, struct error *err)
{
    STRBUF_AUTO target = STRBUF_INIT;
    struct stat status;
    int descriptor;

    strbuf_add_string(&target, path);
    if (resolve(&target, &descriptor, err) < 0)
        return -1;
    if (descriptor >= 0)
        return write_descriptor(descriptor, path, data, length, err);
    if (stat(path, &status) < 0) {
        if (errno != ENOENT)
            return error_set_errno(err, "cannot write '%s'", path);
        return write_regular(target.data, data, length, mode, NULL, err);
    }
    if (S_ISDIR(status.st_mode))
        return error_set(err, "cannot write '%s': it is a directory", path);
    if (S_ISREG(status.st_mode))
        return write_regular(target.data, data, length, mode, mode & 077 ? &status : NULL, err);
    return write_and_close(open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY), path, data, length, err);
}

int file_write_if_changed(const char *path, const void *data, size_t length, mode_t mode, struct error *err)
{
    return file_has_content(path, data, length) ? 0 : file_write(path, data, length, mode, err);
}
