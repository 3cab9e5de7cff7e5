// SPDX-License-Identifier: MIT
#include "util/file/package.h"

#include "util/file/file.h"

#include <fcntl.h>
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

static bool is_newer(const struct stat *file, const struct stat *than)
{
    return file->st_mtim.tv_sec != than->st_mtim.tv_sec ? file->st_mtim.tv_sec > than->st_mtim.tv_sec
                                                        : file->st_mtim.tv_nsec > than->st_mtim.tv_nsec;
}

static bool read_line(const char *path, char hex[SHA256_HEX_SIZE], struct stat *ret_status)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
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
