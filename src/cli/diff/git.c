// SPDX-License-Identifier: MIT
#include "cli/diff/source.h"

#include "data/value.h"
#include "template/template.h"
#include "util/process/process.h"
#include "util/strbuf.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

// Object names of a tree's files, in the order of diff_directory.files.
struct git_tree {
    const char **objects;
};

// Runs git and gives its output; its own last words on failure.
static struct process *run_git(const char *const *argv, const struct strbuf *input, struct error *err)
{
    struct process *process = process_run(
        &(struct process_options){
            .argv = argv, .input = input ? input->data : NULL, .input_length = input ? input->length : 0 },
        err);
    const char *text;

    if (!process || process->exit_status == 0)
        return process;
    text = process->error_output.data;
    error_set(err, "git: %.*s", (int)strcspn(text, "\n"), text);
    process_free(process);
    return NULL;
}

// "blob" or "tree"; NULL on error.
static const char *object_type(const char *object, struct error *err)
{
    PROCESS_AUTO *process = run_git(
        (const char *const[]){ "git", "cat-file", "-t", "--end-of-options", object, NULL }, NULL, err);

    if (!process)
        return NULL;
    return arena_strndup(value_arena(), process->output.data, strcspn(process->output.data, "\n"));
}

// "blob" after the mode; the name may hold anything.
static bool is_blob(const char *entry)
{
    const char *type = entry + strcspn(entry, " ");

    return strncmp(type, " blob ", strlen(" blob ")) == 0;
}

// One entry of `ls-tree -z`: "MODE TYPE OBJECT\tNAME".
static void add_entry(struct diff_directory *directory, struct git_tree *tree, const char *entry)
{
    const char *tab = strchr(entry, '\t');
    const char *object = tab;

    while (object && object > entry && object[-1] != ' ')
        object--;
    if (!tab || !is_blob(entry))
        return;
    tree->objects[directory->count] = arena_strndup(value_arena(), object, (size_t)(tab - object));
    directory->files[directory->count++] = arena_strdup(value_arena(), tab + 1);
}

static int list(
    const char *object, struct diff_directory *directory, struct git_tree *tree, struct error *err)
{
    PROCESS_AUTO *process = run_git((const char *const[]){ "git", "ls-tree", "-r", "-z", "--full-tree",
                                        "--end-of-options", object, NULL },
        NULL, err);
    size_t most = 1;

    if (!process)
        return -1;
    for (size_t i = 0; i < process->output.length; i++)
        most += process->output.data[i] == '\0';
    directory->files = arena_alloc(value_arena(), most * sizeof(*directory->files));
    tree->objects = arena_alloc(value_arena(), most * sizeof(*tree->objects));
    for (size_t at = 0; at < process->output.length; at += strlen(process->output.data + at) + 1)
        add_entry(directory, tree, process->output.data + at);
    return 0;
}

// One answer of `cat-file --batch`: "OBJECT TYPE SIZE\n", the content, "\n". Moves *at behind it.
static int read_content(const struct strbuf *output, size_t *at, struct strbuf *content, struct error *err)
{
    const char *start = output->data + *at;
    const char *line_end = *at < output->length ? memchr(start, '\n', output->length - *at) : NULL;
    const char *size_text;
    size_t size, rest;

    if (!line_end)
        return error_set(err, "git: an answer of 'cat-file' ends too early");
    for (size_text = line_end; size_text > start && size_text[-1] != ' ';)
        size_text--;
    size = strtoull(size_text, NULL, 10);
    rest = output->length - *at - (size_t)(line_end + 1 - start);
    if (size > rest || !is_blob(start))
        return error_set(err, "git: %.*s", (int)(line_end - start), start);
    strbuf_add(content, line_end + 1, size);
    *at += (size_t)(line_end + 1 - start) + size + 1;
    return 0;
}

static int read_objects(const struct diff_directory *directory, const size_t *places, size_t count,
    struct strbuf *contents, struct error *failures, struct error *err)
{
    const struct git_tree *tree = directory->data;
    STRBUF_AUTO names = STRBUF_INIT;
    struct process *process;
    size_t at = 0;
    int status = 0;

    (void)failures;
    for (size_t i = 0; i < count; i++)
        strbuf_addf(&names, "%s\n", tree->objects[places[i]]);
    process = run_git((const char *const[]){ "git", "cat-file", "--batch", NULL }, &names, err);
    if (!process)
        return -1;
    for (size_t i = 0; i < count && status == 0; i++)
        status = read_content(&process->output, &at, &contents[i], err);
    process_free(process);
    return status;
}

static int read_tree(const char *object, struct diff_templates *templates, struct error *err)
{
    struct git_tree tree = { 0 };
    struct diff_directory directory = { .name = object, .read = read_objects, .data = &tree };

    if (list(object, &directory, &tree, err) < 0)
        return -1;
    return diff_read_directory(&directory, templates, err);
}

static int read_blob(
    const char *object, const char *path, struct diff_templates *templates, struct error *err)
{
    PROCESS_AUTO *process = run_git(
        (const char *const[]){ "git", "cat-file", "--end-of-options", "blob", object, NULL }, NULL, err);
    struct value *template;

    if (!process)
        return -1;
    template = template_parse_noting(
        process->output.data, process->output.length, object, &templates->duplicates, err);
    if (!template)
        return -1;
    diff_templates_add(templates, path, template, NULL);
    templates->is_single_file = true;
    return 0;
}

int diff_read_git(
    const char *revision, const char *directory, struct diff_templates *templates, struct error *err)
{
    const char *colon = strchr(revision, ':');
    const char *path = colon ? colon + 1 : directory;
    size_t length = colon ? (size_t)(colon - revision) : strlen(revision);
    const char *object, *type;

    // From the working directory on, unless the path begins with a slash: then from the repository's top.
    object = *path == '/' ? arena_printf(value_arena(), "%.*s:%s", (int)length, revision, path + 1)
                          : arena_printf(value_arena(), "%.*s:./%s", (int)length, revision, path);
    type = object_type(object, err);
    if (!type)
        return -1;
    return strcmp(type, "tree") == 0 ? read_tree(object, templates, err)
                                     : read_blob(object, path, templates, err);
}
