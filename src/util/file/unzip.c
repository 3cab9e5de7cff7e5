// SPDX-License-Identifier: MIT
#include "util/file/unzip.h"

#include "util/file/file.h"

#include <minizip/unzip.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>

enum { LONGEST_NAME = 1024 };

static void close_archive(unzFile *archive)
{
    if (*archive)
        unzClose(*archive);
}
#define ARCHIVE_AUTO __attribute__((cleanup(close_archive))) unzFile

static unzFile open_archive(const char *path, struct error *err)
{
    unzFile archive = unzOpen64(path);

    if (!archive)
        error_set(err, "'%s' is not there or no zip archive", path);
    return archive;
}

// Reads the archive's current file; its checksum is looked at when it is closed.
static int read_current(unzFile archive, struct strbuf *content)
{
    enum { AT_ONCE = 64 * 1024 };
    int count;

    if (unzOpenCurrentFile(archive) != UNZ_OK)
        return -1;
    do {
        strbuf_grow(content, AT_ONCE);
        count = unzReadCurrentFile(archive, content->data + content->length, AT_ONCE);
        if (count > 0)
            strbuf_truncate(content, content->length + (size_t)count);
    } while (count > 0);
    return unzCloseCurrentFile(archive) == UNZ_OK && count == 0 ? 0 : -1;
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
    unzFile archive, const char *name, mode_t mode, const char *directory, struct error *err)
{
    STRBUF_AUTO content = STRBUF_INIT;
    STRBUF_AUTO target = STRBUF_INIT;
    bool is_directory = name[strlen(name) - 1] == '/';

    strbuf_addf(&target, "%s/%s", directory, name);
    if (is_directory)
        return directory_make(target.data, err);
    if (mode & S_IFMT && !S_ISREG(mode))
        return error_set(err, "'%s' in the archive is no regular file", name);
    if (read_current(archive, &content) < 0)
        return error_set(err, "'%s' in the archive is damaged", name);
    if (make_parent(target.data, err) < 0)
        return -1;
    return file_write(target.data, content.data, content.length, mode & 0777 ? mode & 0777 : 0644, err);
}

static int unpack_current(unzFile archive, const char *directory, struct error *err)
{
    char name[LONGEST_NAME] = "";
    unz_file_info64 info;

    if (unzGetCurrentFileInfo64(archive, &info, name, sizeof(name), NULL, 0, NULL, 0) != UNZ_OK)
        return error_set(err, "the archive is damaged");
    if (info.size_filename >= sizeof(name) || !stays_inside(name))
        return error_set(err, "'%.80s' is no name for a file in an archive", name);
    return write_entry(archive, name, (mode_t)(info.external_fa >> 16), directory, err);
}

int unzip_all(const char *path, const char *directory, struct error *err)
{
    ARCHIVE_AUTO archive = open_archive(path, err);
    int next;

    if (!archive)
        return -1;
    for (next = unzGoToFirstFile(archive); next == UNZ_OK; next = unzGoToNextFile(archive))
        if (unpack_current(archive, directory, err) < 0)
            return -1;
    return next == UNZ_END_OF_LIST_OF_FILE ? 0 : error_set(err, "the archive '%s' is damaged", path);
}

static int list_current(unzFile archive, struct strbuf *listing)
{
    char name[LONGEST_NAME] = "", digest[SHA256_HEX_SIZE];
    STRBUF_AUTO content = STRBUF_INIT;
    unz_file_info64 info;

    if (unzGetCurrentFileInfo64(archive, &info, name, sizeof(name), NULL, 0, NULL, 0) != UNZ_OK ||
        info.size_filename >= sizeof(name) || read_current(archive, &content) < 0)
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
    int next;

    if (!archive)
        return -1;
    for (next = unzGoToFirstFile(archive); next == UNZ_OK; next = unzGoToNextFile(archive))
        if (list_current(archive, &listing) < 0)
            return error_set(err, "the archive '%s' is damaged", path);
    if (next != UNZ_END_OF_LIST_OF_FILE)
        return error_set(err, "the archive '%s' is damaged", path);
    sha256_hex(listing.data, listing.length, hex);
    return 0;
}

int unzip_file(const char *path, const char *name, struct strbuf *content, struct error *err)
{
    enum { EXACT_CASE = 1 };
    ARCHIVE_AUTO archive = open_archive(path, err);

    if (!archive)
        return -1;
    if (unzLocateFile(archive, name, EXACT_CASE) != UNZ_OK)
        return error_set(err, "there is no '%s' in '%s'", name, path);
    if (read_current(archive, content) < 0)
        return error_set(err, "'%s' in '%s' is damaged", name, path);
    return 0;
}
