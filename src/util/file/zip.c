// SPDX-License-Identifier: MIT
#include "util/file/zip.h"

#include "util/die.h"
#include "util/file/file.h"

#include <minizip/zip.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MADE_BY_UNIX (3 << 8 | 20)
#define NAME_IS_UTF8 (1 << 11)
#define REGULAR_FILE 0100000
#define DOS_1980_01_01 (1 << 5 | 1) // year 0, month 1, day 1 in the upper half

static int compare_names(const void *a, const void *b)
{
    return strcmp(((const struct zip_entry *)a)->name, ((const struct zip_entry *)b)->name);
}

static int check_names(const struct zip_entry *sorted, size_t count, struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        if (!*sorted[i].name || *sorted[i].name == '/')
            return error_set(err, "'%s' is no name for a file in an archive", sorted[i].name);
        if (i && strcmp(sorted[i - 1].name, sorted[i].name) == 0)
            return error_set(err, "'%s' appears twice in the archive", sorted[i].name);
    }
    return 0;
}

// A sorted copy, which the caller frees; NULL with an error when a name is wrong.
static struct zip_entry *sort_entries(const struct zip_entry *entries, size_t count, struct error *err)
{
    struct zip_entry *sorted = xcalloc(count + 1, sizeof *sorted);
    if (count) {
        memcpy(sorted, entries, count * sizeof *sorted);
        qsort(sorted, count, sizeof *sorted, compare_names);
    }
    if (check_names(sorted, count, err) == 0)
        return sorted;
    free(sorted);
    return NULL;
}

static int write_entry(zipFile zip, const struct zip_entry *entry, struct error *err)
{
    STRBUF_AUTO content = STRBUF_INIT;
    zip_fileinfo info = {
        .dosDate = (uLong)DOS_1980_01_01 << 16,
        .external_fa = (uLong)(REGULAR_FILE | (entry->mode & 07777)) << 16,
    };
    if (file_read(entry->path, &content, err) < 0)
        return -1;
    if (content.length > UINT32_MAX)
        return error_set(err, "'%s' is too large for the archive", entry->path);
    if (zipOpenNewFileInZip4(zip, entry->name, &info, NULL, 0, NULL, 0, NULL, Z_DEFLATED, Z_BEST_COMPRESSION,
            0, -MAX_WBITS, DEF_MEM_LEVEL, Z_DEFAULT_STRATEGY, NULL, 0, MADE_BY_UNIX,
            NAME_IS_UTF8) != ZIP_OK ||
        zipWriteInFileInZip(zip, content.data, (unsigned)content.length) != ZIP_OK ||
        zipCloseFileInZip(zip) != ZIP_OK)
        return error_set(err, "cannot add '%s' to the archive", entry->name);
    return 0;
}

static int write_entries(const char *path, const struct zip_entry *sorted, size_t count, struct error *err)
{
    int status = 0;
    zipFile zip = zipOpen64(path, APPEND_STATUS_CREATE);
    if (!zip)
        return error_set(err, "cannot write the archive '%s'", path);
    for (size_t i = 0; i < count && status == 0; i++)
        status = write_entry(zip, &sorted[i], err);
    if (zipClose(zip, NULL) != ZIP_OK && status == 0)
        status = error_set(err, "cannot write the archive '%s'", path);
    return status;
}

int zip_write(const char *path, const struct zip_entry *entries, size_t count, struct error *err)
{
    struct temporary_file file;
    struct zip_entry *sorted = sort_entries(entries, count, err);
    if (!sorted)
        return -1;
    int status = temporary_file_open(&file, path, 0644, err);
    if (status == 0) {
        status = write_entries(file.name, sorted, count, err);
        if (status == 0)
            status = temporary_file_commit(&file, err);
        else
            temporary_file_abandon(&file);
    }
    free(sorted);
    return status;
}

int zip_content_hash(
    const struct zip_entry *entries, size_t count, char hex[SHA256_HEX_SIZE], struct error *err)
{
    STRBUF_AUTO listing = STRBUF_INIT;
    struct zip_entry *sorted = sort_entries(entries, count, err);
    int status = sorted ? 0 : -1;
    for (size_t i = 0; i < count && status == 0; i++) {
        STRBUF_AUTO content = STRBUF_INIT;
        char digest[SHA256_HEX_SIZE];
        status = file_read(sorted[i].path, &content, err);
        sha256_hex(content.data, content.length, digest);
        strbuf_addf(&listing, "%04o %s %s\n", (unsigned)sorted[i].mode & 07777, digest, sorted[i].name);
    }
    free(sorted);
    if (status == 0)
        sha256_hex(listing.data, listing.length, hex);
    return status;
}
