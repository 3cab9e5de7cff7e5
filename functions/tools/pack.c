// SPDX-License-Identifier: MIT
// pack ZIP MANIFEST: packs the files that the manifest names, one "MODE NAME PATH" a line (mode in octal),
// and writes what util/file/package.h says beside it.
#include "util/die.h"
#include "util/file/file.h"
#include "util/file/package.h"
#include "util/file/zip.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct zip_entry parse_line(char *line)
{
    char *end, *name, *path;
    struct zip_entry entry = { .mode = (mode_t)strtoul(line, &end, 8) };

    if (*end != ' ' || !(name = strtok(end, " ")) || !(path = strtok(NULL, "")))
        die("the manifest's line \"%s\" is not \"MODE NAME PATH\"", line);
    entry.name = name;
    entry.path = path;
    return entry;
}

static size_t parse_manifest(char *text, struct zip_entry **ret)
{
    size_t count = 0;

    for (char *next, *line = text; *line; line = next) {
        next = line + strcspn(line, "\n");
        if (*next)
            *next++ = '\0';
        *ret = xrealloc(*ret, (count + 1) * sizeof(**ret));
        (*ret)[count++] = parse_line(line);
    }
    return count;
}

static int pack(const char *zip, const char *manifest, struct error *err)
{
    STRBUF_AUTO text = STRBUF_INIT;
    struct zip_entry *entries = NULL;
    char hash[SHA256_HEX_SIZE];
    size_t count;
    int status;

    if (file_read(manifest, &text, err) < 0)
        return -1;
    count = parse_manifest(text.data, &entries);
    status = zip_content_hash(entries, count, hash, err);
    if (status == 0)
        status = zip_write(zip, entries, count, err);
    if (status == 0)
        status = package_finish(zip, hash, err);
    free(entries);
    return status;
}

int main(int argc, char **argv)
{
    ERROR_AUTO err = ERROR_INIT;

    if (argc != 3) {
        fputs("usage: pack ZIP MANIFEST\n", stderr);
        return EXIT_STATUS_USAGE;
    }
    if (pack(argv[1], argv[2], &err) < 0)
        die("%s", err.message);
    return EXIT_STATUS_OK;
}
