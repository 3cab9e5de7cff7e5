// SPDX-License-Identifier: MIT
#include "util/file/unzip.h"

#include "util/file/file.h"

#include <minizip/unzip.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { LONGEST_NAME = 1024 };

static void close_archive(unzFile *archive)
{
    if (*archive)
        unzClose(*archive);
}
#define ARCHIVE_AUTO __attribute__((cleanup(close_archive))) unzFile

// minizip's zopen64_file; `opaque` is the error.
static voidpf open_file(voidpf opaque, const void *path, int mode)
{
    int fd = file_open_regular(path, opaque);

    (void)mode;
    return fd < 0 ? NULL : fdopen(fd, "rb");
}

static unzFile open_archive(const char *path, struct error *err)
{
    zlib_filefunc64_def functions;
    unzFile archive;

    fill_fopen64_filefunc(&functions);
    functions.zopen64_file = open_file;
    functions.opaque = err;
    archive = unzOpen2_64(path, &functions);
    if (!archive && !err->message)
        error_set(err, "'%s' is no zip archive", path);
    return archive;
}

// Reads the archive's current file; its checksum is looked at when it is closed. `left` is what all files
// together may still hold, whatever the archive says of their sizes.
static int read_current(
    unzFile archive, const char *name, size_t *left, struct strbuf *content, struct error *err)
{
    enum { AT_ONCE = 64 * 1024 };
    size_t start = content->length;
    int count;

    if (unzOpenCurrentFile(archive) != UNZ_OK)
        return error_set(err, "'%s' in the archive is damaged", name);
    do {
        if (content->length - start > *left)
            return error_set(err, "what is in the archive is larger than %zu MiB", UNZIP_LIMIT >> 20);
        strbuf_grow(content, AT_ONCE);
        count = unzReadCurrentFile(archive, content->data + content->length, AT_ONCE);
        if (count > 0)
            strbuf_truncate(content, content->length + (size_t)count);
    } while (count > 0);
    if (unzCloseCurrentFile(archive) != UNZ_OK || count < 0)
        return error_set(err, "'%s' in the archive is damaged", name);
    *left -= content->length - start;
    return 0;
}

static bool stays_inside(const char *name)
{
    if (!*name || *name == '/')
        return false;
    for (const char *part = name; *part; part += strspn(part, "/")) {
        size_t length = strcspn(part, "/");

        if (length == 2 && strncmp(part, "..", 2) == 0)
            return false;
        part += length;
    }
    return true;
}

static int make_parent(const char *path, struct error *err)
{
    STRBUF_AUTO parent = STRBUF_INIT;

    strbuf_add(&parent, path, (size_t)(strrchr(path, '/') - path));
    return directory_make(parent.data, err);
}

static int write_entry(
    unzFile archive, const char *name, mode_t mode, const char *directory, size_t *left, struct error *err)
{
    STRBUF_AUTO content = STRBUF_INIT;
    STRBUF_AUTO target = STRBUF_INIT;
    bool is_directory = name[strlen(name) - 1] == '/';

    strbuf_addf(&target, "%s/%s", directory, name);
    if (is_directory)
        return directory_make(target.data, err);
    if (mode & S_IFMT && !S_ISREG(mode))
        return error_set(err, "'%s' in the archive is no regular file", name);
    if (read_current(archive, name, left, &content, err) < 0 || make_parent(target.data, err) < 0)
        return -1;
    return file_write(target.data, content.data, content.length, mode & 0777 ? mode & 0777 : 0644, err);
}

static int unpack_current(unzFile archive, const char *directory, size_t *left, struct error *err)
{
    char name[LONGEST_NAME] = "";
    unz_file_info64 info;

    if (unzGetCurrentFileInfo64(archive, &info, name, sizeof(name), NULL, 0, NULL, 0) != UNZ_OK)
        return error_set(err, "the archive is damaged");
    if (info.size_filename >= sizeof(name) || !stays_inside(name))
        return error_set(err, "'%.80s' is no name for a file in an archive", name);
    return write_entry(archive, name, (mode_t)(info.external_fa >> 16), directory, left, err);
}

int unzip_all(const char *path, const char *directory, struct error *err)
{
    ARCHIVE_AUTO archive = open_archive(path, err);
    size_t left = UNZIP_LIMIT;
    int next;

    if (!archive)
        return -1;
    for (next = unzGoToFirstFile(archive); next == UNZ_OK; next = unzGoToNextFile(archive))
        if (unpack_current(archive, directory, &left, err) < 0)
            return -1;
    return next == UNZ_END_OF_LIST_OF_FILE ? 0 : error_set(err, "the archive '%s' is damaged", path);
}

static int list_current(unzFile archive, size_t *left, struct strbuf *listing, struct error *err)
{
    char name[LONGEST_NAME] = "", digest[SHA256_HEX_SIZE];
    STRBUF_AUTO content = STRBUF_INIT;
    unz_file_info64 info;

    if (unzGetCurrentFileInfo64(archive, &info, name, sizeof(name), NULL, 0, NULL, 0) != UNZ_OK ||
        info.size_filename >= sizeof(name))
        return error_set(err, "the archive is damaged");
    if (read_current(archive, name, left, &content, err) < 0)
        return -1;
    sha256_hex(content.data, content.length, digest);
    strbuf_addf(listing, "%04o %s %s\n", (unsigned)(info.external_fa >> 16) & 07777, digest, name);
    return 0;
}

// zip_write has sorted the entries already.
int unzip_content_hash(const char *path, char hex[SHA256_HEX_SIZE], struct error *err)
{
    ARCHIVE_AUTO archive = open_archive(path, err);
    STRBUF_AUTO listing = STRBUF_INIT;
    size_t left = UNZIP_LIMIT;
    int next;

    if (!archive)
        return -1;
    for (next = unzGoToFirstFile(archive); next == UNZ_OK; next = unzGoToNextFile(archive))
        if (list_current(archive, &left, &listing, err) < 0)
            return -1;
    if (next != UNZ_END_OF_LIST_OF_FILE)
        return error_set(err, "the archive '%s' is damaged", path);
    sha256_hex(listing.data, listing.length, hex);
    return 0;
}

int unzip_file(const char *path, const char *name, struct strbuf *content, struct error *err)
{
    enum { EXACT_CASE = 1 };
    ARCHIVE_AUTO archive = open_archive(path, err);
    size_t left = UNZIP_LIMIT;

    if (!archive)
        return -1;
    if (unzLocateFile(archive, name, EXACT_CASE) != UNZ_OK)
        return error_set(err, "there is no '%s' in '%s'", name, path);
    return read_current(archive, name, &left, content, err);
}
