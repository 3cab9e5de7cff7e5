// SPDX-License-Identifier: MIT
#include "cdk/synth.h"

#include "cdk/synth_private.h"
#include "data/json.h"
#include "util/die.h"
#include "util/file/file.h"
#include "util/process/signals.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

// The names of the files that the last synthesis wrote, a line each: what may be removed when it is no longer
// part of the assembly.
static const char list_file[] = "tango-infra.files";

enum { INITIAL_TEXT_SIZE = 64 * 1024, INITIAL_SCRATCH_SIZE = 256 * 1024 };

static const char manifest_file[] = "manifest.json";

// Everything is written under temporary names first and renamed when nothing can fail for lack of space any
// more.
struct assembly_output {
    const char *directory;
    DIR *opened; // the same, locked
    struct temporary_file *pending;
    size_t pending_count, pending_capacity;
    struct strbuf names;
    struct strbuf text; // of the file that is being made
};

static void output_release(struct assembly_output *output)
{
    for (size_t i = 0; i < output->pending_count; i++)
        temporary_file_abandon(&output->pending[i]);
    if (output->opened)
        closedir(output->opened);
    free(output->pending);
    strbuf_release(&output->names);
    strbuf_release(&output->text);
}

static char *path_in(const struct assembly_output *output, const char *name)
{
    struct strbuf path = STRBUF_INIT;

    strbuf_addf(&path, "%s/%s", output->directory, name);
    return strbuf_detach(&path);
}

static int add_pending(
    struct assembly_output *output, const char *path, const char *data, size_t length, struct error *err)
{
    struct temporary_file file;

    if (temporary_file_open(&file, path, 0666, err) < 0)
        return -1;
    if (output->pending_count == output->pending_capacity) {
        output->pending_capacity = output->pending_capacity ? output->pending_capacity * 2 : 16;
        output->pending = xrealloc(output->pending, output->pending_capacity * sizeof(*output->pending));
    }
    output->pending[output->pending_count++] = file;
    if (temporary_file_write(&file, data, length, err) < 0)
        return -1;
    return temporary_file_close(&output->pending[output->pending_count - 1], err);
}

static int add_if_changed(
    struct assembly_output *output, const char *name, const char *data, size_t length, struct error *err)
{
    char *path = path_in(output, name);
    int result = 0;

    if (!file_has_content(path, data, length))
        result = add_pending(output, path, data, length, err);
    free(path);
    return result;
}

static int add_file(
    struct assembly_output *output, const char *name, const char *data, size_t length, struct error *err)
{
    strbuf_addf(&output->names, "%s\n", name);
    return add_if_changed(output, name, data, length, err);
}

// Adds what was collected in output->text.
static int add_text(struct assembly_output *output, const char *name, struct error *err)
{
    int result = add_file(output, name, output->text.data, output->text.length, err);

    strbuf_reset(&output->text);
    return result;
}

static int add_assets(struct assembly_output *output, const struct stack *stack, struct error *err)
{
    for (size_t i = 0; i < stack->state->assets.length; i++) {
        const struct asset_entry *asset = stack->state->assets.items[i];
        char *path;
        int result;

        if (asset->problem)
            continue;
        path = path_in(output, asset->file_name);
        result = asset_write(asset, path, err);
        free(path);
        if (result < 0)
            return -1;
        strbuf_addf(&output->names, "%s\n", asset->file_name);
    }
    return 0;
}

static int add_stack(struct assembly_output *output, const struct assembly_stack *rendered, struct error *err)
{
    if (add_assets(output, rendered->stack, err) < 0 ||
        add_file(output, rendered->template_file, rendered->template_text, rendered->template_length, err) <
            0)
        return -1;
    asset_manifest_write(&output->text, rendered);
    return add_text(output, rendered->asset_manifest_file, err);
}

static int add_everything(struct assembly_output *output, const struct assembly *assembly, struct error *err)
{
    for (size_t i = 0; i < assembly->stack_count; i++)
        if (add_stack(output, &assembly->stacks[i], err) < 0)
            return -1;
    strbuf_addf(&output->text, "{\"version\":\"%s\"}", ASSEMBLY_SCHEMA_VERSION);
    if (add_text(output, "cdk.out", err) < 0)
        return -1;
    tree_json_write(&output->text, app_node(assembly->app));
    if (add_text(output, "tree.json", err) < 0)
        return -1;
    manifest_write(&output->text, assembly);
    if (add_text(output, manifest_file, err) < 0)
        return -1;
    return 0;
}

// The list of the files. The one that is there has been read.
static int add_list(struct assembly_output *output, const struct strbuf *old_names, struct error *err)
{
    char *path;
    int result;

    if (old_names->length && strcmp(output->names.data, old_names->data) == 0)
        return 0;
    path = path_in(output, list_file);
    result = add_pending(output, path, output->names.data, output->names.length, err);
    free(path);
    return result;
}

int assembly_file(const struct assembly *assembly, const char *name, struct strbuf *out)
{
    if (strcmp(name, manifest_file) == 0) {
        manifest_write(out, assembly);
        return 0;
    }
    for (size_t i = 0; i < assembly->stack_count; i++) {
        const struct assembly_stack *rendered = &assembly->stacks[i];

        if (strcmp(name, rendered->template_file) == 0) {
            strbuf_add(out, rendered->template_text, rendered->template_length);
            return 0;
        }
        if (strcmp(name, rendered->asset_manifest_file) == 0) {
            asset_manifest_write(out, rendered);
            return 0;
        }
    }
    return -1;
}

// What would make a rename fail, before the first one is done.
static int check_targets(const struct assembly_output *output, struct error *err)
{
    for (size_t i = 0; i < output->pending_count; i++) {
        struct stat status;
        const char *path = output->pending[i].path;

        if (lstat(path, &status) == 0 && S_ISDIR(status.st_mode))
            return error_set(err, "cannot write '%s': it is a directory", path);
    }
    return 0;
}

static int rename_all(struct assembly_output *output, struct error *err)
{
    for (size_t i = 0; i < output->pending_count; i++)
        if (temporary_file_commit(&output->pending[i], err) < 0) {
            memmove(output->pending, output->pending + i + 1,
                (output->pending_count - i - 1) * sizeof(*output->pending));
            output->pending_count -= i + 1;
            return -1;
        }
    output->pending_count = 0;
    return 0;
}

static int commit(struct assembly_output *output, struct error *err)
{
    int result = check_targets(output, err);

    if (result < 0)
        return -1;
    signals_hold();
    result = rename_all(output, err);
    signals_release();
    return result;
}

// A directory under a temporary name, left by a synthesis that was killed. Nobody else is at work: the
// directory is locked.
static bool is_left_over(const char *name)
{
    size_t length = strlen(name);

    return strncmp(name, "asset.", 6) == 0 && length > 4 && strcmp(name + length - 4, ".tmp") == 0;
}

static void remove_entry(const struct assembly_output *output, const char *name)
{
    char *path = path_in(output, name);

    tree_remove(path);
    free(path);
}

static void remove_left_over(const struct assembly_output *output)
{
    for (const struct dirent *entry; (entry = readdir(output->opened));)
        if (is_left_over(entry->d_name))
            remove_entry(output, entry->d_name);
}

// Only plain names that an earlier synthesis listed are touched, so a list that somebody edited cannot reach
// beyond the directory.
static void remove_stale(const struct assembly_output *output, char *old_names)
{
    char *new_names = arena_strdup(value_arena(), output->names.data);
    char *rest = NULL;
    struct map written;

    map_init(&written, value_arena());
    for (char *name = strtok_r(new_names, "\n", &rest); name; name = strtok_r(NULL, "\n", &rest))
        map_set(&written, name, name);
    rest = NULL;
    for (char *name = strtok_r(old_names, "\n", &rest); name; name = strtok_r(NULL, "\n", &rest))
        if (!strchr(name, '/') && *name != '.' && !map_get(&written, name))
            remove_entry(output, name);
}

static int write_locked(struct assembly_output *output, const struct assembly *assembly, struct error *err)
{
    STRBUF_AUTO old_names = STRBUF_INIT;
    char *list_path = path_in(output, list_file);
    bool found;
    int result = file_read_if_exists(list_path, &old_names, &found, err);

    free(list_path);
    remove_left_over(output);
    if (result < 0 || add_everything(output, assembly, err) < 0 || add_list(output, &old_names, err) < 0 ||
        commit(output, err) < 0)
        return -1;
    remove_stale(output, old_names.data);
    return 0;
}

static int open_locked(struct assembly_output *output, struct error *err)
{
    output->opened = opendir(output->directory);
    if (!output->opened) {
        if (directory_make(output->directory, err) < 0)
            return -1;
        output->opened = opendir(output->directory);
    }
    if (!output->opened || flock(dirfd(output->opened), LOCK_EX) < 0)
        return error_set_errno(err, "cannot lock the directory '%s'", output->directory);
    return 0;
}

int assembly_write(const struct assembly *assembly, const char *directory, struct error *err)
{
    __attribute__((cleanup(output_release))) struct assembly_output output = {
        .directory = directory, .names = STRBUF_INIT, .text = STRBUF_INIT
    };
    struct arena scratch = ARENA_INIT;
    struct arena *previous;
    int result;

    if (open_locked(&output, err) < 0)
        return -1;
    arena_borrow(&scratch, &assembly->app->arena, INITIAL_SCRATCH_SIZE);
    strbuf_grow(&output.text, INITIAL_TEXT_SIZE - 1);
    previous = value_arena_use(&scratch);
    result = write_locked(&output, assembly, err);
    value_arena_use(previous);
    arena_release(&scratch);
    return result;
}
