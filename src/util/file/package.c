// SPDX-License-Identifier: MIT
#include "util/file/package.h"

#include "util/die.h"
#include "util/file/file.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void path_beside(struct strbuf *path, const char *package, const char *suffix)
{
    strbuf_reset(path);
    strbuf_addf(path, "%s%s", package, suffix);
}

static void twin_path(struct strbuf *path, const char *package)
{
    path_beside(path, package, ".twin");
}

static void hash_path(struct strbuf *path, const char *package)
{
    path_beside(path, package, ".sha256");
}

int package_finish(const char *package, const char *hash, struct error *err)
{
    STRBUF_AUTO path = STRBUF_INIT;
    STRBUF_AUTO line = STRBUF_INIT;

    twin_path(&path, package);
    if (file_copy(package, path.data, 0444, err) < 0)
        return -1;
    hash_path(&path, package);
    strbuf_addf(&line, "%s\n", hash);
    return file_write(path.data, line.data, line.length, 0644, err);
}

// The end of central directory record, and headers in the central directory (APPNOTE.TXT 4.3.12 and 4.3.16).
enum { END_SIZE = 22, HEADER_SIZE = 46, DIRECTORY_MAX = 1 << 20 };

static uint32_t little_endian(const unsigned char *at, int bytes)
{
    return bytes ? at[0] | little_endian(at + 1, bytes - 1) << 8 : 0;
}

// Of an archive without a comment, as packages are.
static unsigned char *read_directory(int fd, size_t *ret_size)
{
    unsigned char end[END_SIZE];
    struct stat status;
    unsigned char *directory;

    if (fstat(fd, &status) < 0 || status.st_size < END_SIZE ||
        pread(fd, end, END_SIZE, status.st_size - END_SIZE) != END_SIZE || memcmp(end, "PK\5\6", 4) != 0)
        return NULL;
    *ret_size = little_endian(end + 12, 4);
    if (!*ret_size || *ret_size > DIRECTORY_MAX)
        return NULL;
    directory = xmalloc(*ret_size);
    if (pread(fd, directory, *ret_size, little_endian(end + 16, 4)) == (ssize_t)*ret_size)
        return directory;
    free(directory);
    return NULL;
}

static bool directory_has(const unsigned char *directory, size_t size, const char *prefix)
{
    size_t length = strlen(prefix);

    for (size_t at = 0; at + HEADER_SIZE <= size && memcmp(directory + at, "PK\1\2", 4) == 0;) {
        const unsigned char *header = directory + at;
        size_t name_length = little_endian(header + 28, 2);

        at += HEADER_SIZE + name_length + little_endian(header + 30, 2) + little_endian(header + 32, 2);
        if (at <= size && name_length >= length && memcmp(header + HEADER_SIZE, prefix, length) == 0)
            return true;
    }
    return false;
}

const char *package_lacks(const char *path, const char *const *needs)
{
    ERROR_AUTO ignored = ERROR_INIT;
    int fd = file_open_regular(path, &ignored);
    size_t size;
    unsigned char *directory = fd < 0 ? NULL : read_directory(fd, &size);

    while (directory && *needs && directory_has(directory, size, *needs))
        needs++;
    if (fd >= 0)
        close(fd);
    if (!directory)
        return NULL;
    free(directory);
    return *needs;
}

static bool is_newer(const struct stat *file, const struct stat *than)
{
    return file->st_mtim.tv_sec != than->st_mtim.tv_sec ? file->st_mtim.tv_sec > than->st_mtim.tv_sec
                                                        : file->st_mtim.tv_nsec > than->st_mtim.tv_nsec;
}

static bool read_line(const char *path, char hex[SHA256_HEX_SIZE], struct stat *ret_status)
{
    ERROR_AUTO ignored = ERROR_INIT;
    int fd = file_open_regular(path, &ignored);
    bool is_hash;

    if (fd < 0)
        return false;
    is_hash = fstat(fd, ret_status) == 0 && read(fd, hex, SHA256_HEX_SIZE) == SHA256_HEX_SIZE &&
        hex[SHA256_HEX_SIZE - 1] == '\n';
    close(fd);
    hex[SHA256_HEX_SIZE - 1] = '\0';
    return is_hash && strspn(hex, "0123456789abcdef") == SHA256_HEX_SIZE - 1;
}

// Also looks at the package and at the file with its hash.
static bool read_hash(
    const char *package, char hex[SHA256_HEX_SIZE], struct stat *ret_package, struct stat *ret_hash)
{
    STRBUF_AUTO path = STRBUF_INIT;

    hash_path(&path, package);
    return read_line(path.data, hex, ret_hash) && stat(package, ret_package) == 0 &&
        !is_newer(ret_package, ret_hash);
}

bool package_hash(const char *package, char hex[SHA256_HEX_SIZE])
{
    struct stat status, of_hash;

    return read_hash(package, hex, &status, &of_hash);
}

bool package_link(const char *package, const char *hash, const char *target)
{
    STRBUF_AUTO path = STRBUF_INIT;
    char present[SHA256_HEX_SIZE];
    struct stat status, of_hash, twin;

    twin_path(&path, package);
    return read_hash(package, present, &status, &of_hash) && strcmp(present, hash) == 0 &&
        lstat(path.data, &twin) == 0 && S_ISREG(twin.st_mode) && twin.st_size == status.st_size &&
        !is_newer(&twin, &of_hash) && linkat(AT_FDCWD, path.data, AT_FDCWD, target, 0) == 0;
}
