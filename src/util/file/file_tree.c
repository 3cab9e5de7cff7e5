// SPDX-License-Identifier: MIT
#include "util/file/file_tree.h"

#include "util/digest.h"
#include "util/file/file.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEPTH_LIMIT = 64, READ_SIZE = 64 * 1024 };

struct tree_reader {
    struct arena *arena;
    struct tree *tree;
    struct error *err;
};

static int read_path(const struct tree_reader *reader, const char *path, const char *name, int depth);

static int is_entry(const struct dirent *entry)
{
    return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

static int compare_names(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int read_directory(const struct tree_reader *reader, const char *path, const char *name, int depth)
{
    struct dirent **entries;
    int count = scandir(path, &entries, is_entry, compare_names);
    int result = 0;

    if (count < 0)
        return error_set_errno(reader->err, "cannot read the directory '%s'", path);
    for (int i = 0; i < count; i++) {
        const char *child = arena_printf(reader->arena, "%s/%s", path, entries[i]->d_name);
        const char *child_name =
            arena_printf(reader->arena, "%s%s%s", name, *name ? "/" : "", entries[i]->d_name);

        if (result == 0)
            result = read_path(reader, child, child_name, depth + 1);
        free(entries[i]);
    }
    free(entries);
    return result;
}

static int add_path(const struct tree_reader *reader, const char *path, const char *name,
    const struct stat *status, int depth)
{
    struct tree *tree = reader->tree;

    if (S_ISDIR(status->st_mode)) {
        if (depth > DEPTH_LIMIT)
            return error_set(
                reader->err, "cannot read '%s': more than %d directories deep", path, DEPTH_LIMIT);
        return read_directory(reader, path, name, depth);
    }
    if (!S_ISREG(status->st_mode))
        return error_set(reader->err, "cannot read '%s': neither a file nor a directory", path);
    tree->files = arena_grow(reader->arena, tree->files, tree->count, &tree->capacity, sizeof(*tree->files));
    tree->files[tree->count++] = (struct tree_file){ name, path, status->st_mode & S_IXUSR };
    return 0;
}

static int read_path(const struct tree_reader *reader, const char *path, const char *name, int depth)
{
    struct stat status;

    if (stat(path, &status) < 0)
        return error_set_errno(reader->err, "cannot read '%s'", path);
    return add_path(reader, path, name, &status, depth);
}

int tree_read(const char *path, struct arena *arena, struct tree *ret_tree, struct error *err)
{
    struct tree tree = { 0 };
    struct tree_reader reader = { arena, &tree, err };
    const char *slash = strrchr(path, '/');
    struct stat status;

    if (stat(path, &status) < 0)
        return error_set_errno(err, "cannot read '%s'", path);
    tree.is_directory = S_ISDIR(status.st_mode);
    if (add_path(&reader, path, tree.is_directory ? "" : slash ? slash + 1 : path, &status, 0) < 0)
        return -1;
    *ret_tree = tree;
    return 0;
}

static void close_fd(const int *fd)
{
    if (*fd >= 0)
        close(*fd);
}

static int hash_content(struct sha256_ctx *context, const char *path, struct error *err)
{
    __attribute__((cleanup(close_fd))) int fd = file_open_regular(path, err);
    uint8_t data[READ_SIZE];
    ssize_t count;

    if (fd < 0)
        return -1;
    while ((count = read(fd, data, sizeof(data))) != 0) {
        if (count < 0 && errno != EINTR)
            return error_set_errno(err, "cannot read '%s'", path);
        if (count > 0)
            sha256_update(context, (size_t)count, data);
    }
    return 0;
}

int tree_hash(const struct tree *tree, char hex[65], struct error *err)
{
    struct sha256_ctx all;

    sha256_init(&all);
    for (size_t i = 0; i < tree->count; i++) {
        const struct tree_file *file = &tree->files[i];
        uint8_t digest[SHA256_DIGEST_SIZE];
        struct sha256_ctx content;

        sha256_init(&content);
        if (hash_content(&content, file->path, err) < 0)
            return -1;
        sha256_digest(&content, sizeof(digest), digest);
        // With its closing NUL, so that no name can be taken for a part of another.
        if (tree->is_directory)
            sha256_update(&all, strlen(file->name) + 1, (const uint8_t *)file->name);
        sha256_update(&all, 1, (const uint8_t *)(file->executable ? "x" : "-"));
        sha256_update(&all, sizeof(digest), digest);
    }
    sha256_hex_final(&all, hex);
    return 0;
}

static int copy_file(const struct tree_file *file, const char *target, struct error *err)
{
    return file_copy(file->path, target, file->executable ? 0777 : 0666, err);
}

static int copy_files(const struct tree *tree, const char *directory, struct error *err)
{
    for (size_t i = 0; i < tree->count; i++) {
        STRBUF_AUTO target = STRBUF_INIT;
        const char *slash = strrchr(tree->files[i].name, '/');

        strbuf_addf(&target, "%s/", directory);
        if (slash)
            strbuf_add(&target, tree->files[i].name, (size_t)(slash - tree->files[i].name));
        if (directory_make(target.data, err) < 0)
            return -1;
        strbuf_reset(&target);
        strbuf_addf(&target, "%s/%s", directory, tree->files[i].name);
        if (copy_file(&tree->files[i], target.data, err) < 0)
            return -1;
    }
    return 0;
}

static int copy_to_staging(
    const struct tree *tree, const char *staging, const char *target, struct error *err)
{
    if (mkdir(staging, 0777) < 0)
        return error_set_errno(err, "cannot make the directory '%s'", staging);
    if (copy_files(tree, staging, err) < 0)
        return -1;
    if (rename(staging, target) == 0)
        return 0;
    // Another process was faster: the name says that its copy has the same content.
    if (errno == EEXIST || errno == ENOTEMPTY)
        return 0;
    return error_set_errno(err, "cannot write '%s'", target);
}

static int copy_directory(const struct tree *tree, const char *target, struct error *err)
{
    STRBUF_AUTO staging = STRBUF_INIT;
    int slot;
    int result;

    strbuf_add_string(&staging, target);
    temporary_name_add(&staging);
    slot = temporary_name_register(staging.data);
    result = copy_to_staging(tree, staging.data, target, err);
    tree_remove(staging.data);
    temporary_name_forget(slot);
    return result;
}

int tree_copy(const struct tree *tree, const char *target, struct error *err)
{
    if (access(target, F_OK) == 0)
        return 0;
    return tree->is_directory ? copy_directory(tree, target, err) : copy_file(&tree->files[0], target, err);
}
