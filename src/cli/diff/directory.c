// SPDX-License-Identifier: MIT
#include "cli/diff/source.h"

#include "data/json.h"
#include "data/value.h"
#include "template/template.h"
#include "util/array.h"
#include "util/die.h"
#include "util/file/file.h"
#include "util/file/file_tree.h"
#include "util/map.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *const extensions[] = { ".template.json", ".template.yaml", ".template.yml", ".template",
    ".json", ".yaml", ".yml" };

// CloudFormation quotas: an account has at most 2,000 stacks in a region.
enum { NESTING_LIMIT = 20, NESTED_LIMIT = 2000 };
enum { EXTENSIONS = ARRAY_SIZE(extensions) };

// The length without the extension; 0 when a template has no such name.
static size_t stem_length(const char *file)
{
    size_t length = strlen(file);

    for (size_t i = 0; i < EXTENSIONS; i++) {
        size_t extension = strlen(extensions[i]);

        if (length > extension && strcmp(file + length - extension, extensions[i]) == 0)
            return length - extension;
    }
    return 0;
}

static const char *stem(const char *file)
{
    size_t length = stem_length(file);

    return length ? arena_strndup(value_arena(), file, length) : file;
}

// A file of a directory, and the stack whose template it is.
struct chosen {
    size_t place;
    const char *name;
    const char *owner;         // the stack that it is nested in; NULL: none
    const char *prefix;        // of files that it names
    const struct value *paths; // construct paths by logical id
};

struct choice {
    struct chosen *items;
    size_t count, capacity;
};

static void choose(struct choice *choice, struct chosen chosen)
{
    choice->items =
        arena_grow(value_arena(), choice->items, choice->count, &choice->capacity, sizeof(*choice->items));
    choice->items[choice->count++] = chosen;
}

struct contents {
    struct strbuf *items;
    struct error *failures;
    size_t count;
};

static void release_contents(struct contents *contents)
{
    for (size_t i = 0; i < contents->count; i++) {
        strbuf_release(&contents->items[i]);
        error_release(&contents->failures[i]);
    }
    free(contents->items);
    free(contents->failures);
}

static int read_contents(const struct diff_directory *directory, const struct choice *choice,
    struct contents *contents, struct error *err)
{
    size_t *places = arena_alloc(value_arena(), (choice->count + 1) * sizeof(*places));

    *contents = (struct contents){ xcalloc(choice->count + 1, sizeof(struct strbuf)),
        xcalloc(choice->count + 1, sizeof(struct error)), choice->count };
    for (size_t i = 0; i < choice->count; i++) {
        contents->items[i] = (struct strbuf)STRBUF_INIT;
        places[i] = choice->items[i].place;
    }
    return directory->read(directory, places, choice->count, contents->items, contents->failures, err);
}

static const char *file_name(const struct diff_directory *directory, size_t place)
{
    return arena_printf(value_arena(), "%s/%s", directory->name, directory->files[place]);
}

// Stacks in a stack, whose templates lie in the assembly as well (aws-cdk: nested-stack-helpers.ts).
static void choose_nested(
    struct choice *nested, const struct map *places, const struct chosen *outer, const struct value *template)
{
    const struct value *resources = template_resources(template);

    for (size_t i = 0; i < value_length(resources); i++) {
        const struct field *resource = object_at(resources, i);
        const char *type = object_string(resource->value, "Type");
        const char *file = object_string(object_get(resource->value, "Metadata"), "aws:asset:path");
        uintptr_t place;

        if (!type || strcmp(type, "AWS::CloudFormation::Stack") != 0 || !file)
            continue;
        place = (uintptr_t)map_get(places, arena_printf(value_arena(), "%s%s", outer->prefix, file));
        if (place)
            choose(nested,
                (struct chosen){
                    .place = place - 1,
                    .name = arena_printf(value_arena(), "%s/%s", outer->name, resource->key),
                    .owner = outer->owner ? outer->owner : outer->name,
                    .prefix = outer->prefix,
                });
    }
}

static void leave_out(struct diff_templates *templates, const struct chosen *chosen, const char *message)
{
    templates->left_out = arena_grow(value_arena(), templates->left_out, templates->left_out_count,
        &templates->left_out_capacity, sizeof(*templates->left_out));
    templates->left_out[templates->left_out_count++] =
        (struct diff_left_out){ chosen->name, chosen->owner, arena_strdup(value_arena(), message) };
}

// `places` is given for an assembly, where every file that is chosen has to be a template.
static int read_choice(const struct diff_directory *directory, const struct choice *choice,
    const struct map *places, struct diff_templates *templates, struct choice *nested, struct error *err)
{
    __attribute__((cleanup(release_contents))) struct contents contents = { 0 };

    if (read_contents(directory, choice, &contents, err) < 0)
        return -1;
    for (size_t i = 0; i < choice->count; i++) {
        const struct strbuf *text = &contents.items[i];
        struct error *failure = &contents.failures[i];
        struct value *template = NULL;

        if (!failure->message && !places && !memmem(text->data, text->length, "Resources", 9))
            continue;
        if (!failure->message)
            template = template_parse_noting(text->data, text->length,
                file_name(directory, choice->items[i].place), &templates->duplicates, failure);
        if (!template) {
            leave_out(templates, &choice->items[i], failure->message);
            continue;
        }
        diff_templates_add(templates, choice->items[i].name, template, choice->items[i].paths);
        templates->items[templates->count - 1].owner = choice->items[i].owner;
        if (places)
            choose_nested(nested, places, &choice->items[i], template);
    }
    return 0;
}

// Templates that are nested in themselves would never end, and a few that are in each other many times not
// soon.
static int read_levels(const struct diff_directory *directory, struct choice choice, const struct map *places,
    struct diff_templates *templates, struct error *err)
{
    size_t count = 0;

    for (size_t level = 0; choice.count; level++) {
        struct choice nested = { 0 };

        count += level ? choice.count : 0;

        if (level > NESTING_LIMIT)
            return error_set(err, "%s: stacks are nested more than %d deep", directory->name, NESTING_LIMIT);
        if (count > NESTED_LIMIT)
            return error_set(
                err, "%s: more than %d stacks are nested in others", directory->name, NESTED_LIMIT);
        if (read_choice(directory, &choice, places, templates, &nested, err) < 0)
            return -1;
        choice = nested;
    }
    return 0;
}

static int choose_of_manifest(const struct diff_directory *directory, const struct map *places,
    const char *prefix, struct choice *choice, struct error *err);

static int choose_of_artifact(const struct diff_directory *directory, const struct map *places,
    const char *prefix, const struct field *artifact, struct choice *choice, struct error *err)
{
    const char *type = object_string(artifact->value, "type");
    const struct value *properties = object_get(artifact->value, "properties");
    const char *file = object_string(properties, "templateFile");
    const char *nested = object_string(properties, "directoryName");
    uintptr_t place;

    if (type && strcmp(type, "cdk:cloud-assembly") == 0 && nested)
        return choose_of_manifest(
            directory, places, arena_printf(value_arena(), "%s%s/", prefix, nested), choice, err);
    if (!type || strcmp(type, "aws:cloudformation:stack") != 0 || !file)
        return 0;
    place = (uintptr_t)map_get(places, arena_printf(value_arena(), "%s%s", prefix, file));
    if (!place)
        return error_set(err, "%s/%smanifest.json: there is no '%s'", directory->name, prefix, file);
    choose(choice,
        (struct chosen){
            .place = place - 1,
            .name = artifact->key,
            .prefix = prefix,
            .paths = diff_paths_of_metadata(object_get(artifact->value, "metadata")),
        });
    return 0;
}

static int choose_of_manifest(const struct diff_directory *directory, const struct map *places,
    const char *prefix, struct choice *choice, struct error *err)
{
    const char *name = arena_printf(value_arena(), "%smanifest.json", prefix);
    uintptr_t place = (uintptr_t)map_get(places, name);
    const struct value *artifacts;
    const struct value *manifest;
    STRBUF_AUTO text = STRBUF_INIT;
    ERROR_AUTO failure = ERROR_INIT;

    if (!place)
        return error_set(err, "%s: there is no '%s'", directory->name, name);
    if (directory->read(directory, (size_t[]){ place - 1 }, 1, &text, &failure, err) < 0)
        return -1;
    if (failure.message)
        return error_set(err, "%-s", failure.message);
    manifest = json_parse(text.data, text.length, file_name(directory, place - 1), err);
    if (!manifest)
        return -1;
    artifacts = object_get(manifest, "artifacts");
    for (size_t i = 0; i < value_length(artifacts) && value_type(artifacts) == VALUE_OBJECT; i++)
        if (choose_of_artifact(directory, places, prefix, object_at(artifacts, i), choice, err) < 0)
            return -1;
    return 0;
}

int diff_read_directory(
    const struct diff_directory *directory, struct diff_templates *templates, struct error *err)
{
    struct choice choice = { 0 };
    struct map places;
    bool is_assembly;

    map_init(&places, value_arena());
    for (size_t i = 0; i < directory->count; i++)
        map_set(&places, directory->files[i], (void *)(uintptr_t)(i + 1));
    is_assembly = map_get(&places, "manifest.json") != NULL;
    if (is_assembly && choose_of_manifest(directory, &places, "", &choice, err) < 0)
        return -1;
    for (size_t i = 0; i < directory->count && !is_assembly; i++)
        if (stem_length(directory->files[i]))
            choose(&choice, (struct chosen){ .place = i, .name = stem(directory->files[i]) });
    if (read_levels(directory, choice, is_assembly ? &places : NULL, templates, err) < 0)
        return -1;
    if (!templates->count && templates->left_out_count)
        return error_set(err, "%-s", templates->left_out[0].message);
    return templates->count ? 0 : error_set(err, "%s: there are no templates in it", directory->name);
}

static int read_from_disk(const struct diff_directory *directory, const size_t *places, size_t count,
    struct strbuf *contents, struct error *failures, struct error *err)
{
    size_t total = 0;

    for (size_t i = 0; i < count; i++) {
        file_read_limited(
            file_name(directory, places[i]), TEMPLATE_SIZE_LIMIT + 1, &contents[i], &failures[i]);
        total += contents[i].length;
        if (total > FILE_READ_LIMIT)
            return error_set(err, "%s: its templates are larger than %zu MiB together", directory->name,
                FILE_READ_LIMIT >> 20);
    }
    return 0;
}

static int read_directory(const char *path, struct diff_templates *templates, struct error *err)
{
    struct diff_directory directory = { .name = path, .read = read_from_disk };
    struct tree tree;

    if (tree_read(path, value_arena(), &tree, err) < 0)
        return -1;
    directory.files = arena_alloc(value_arena(), (tree.count + 1) * sizeof(*directory.files));
    for (; directory.count < tree.count; directory.count++)
        directory.files[directory.count] = tree.files[directory.count].name;
    return diff_read_directory(&directory, templates, err);
}

int diff_read_path(const char *path, struct diff_templates *templates, struct error *err)
{
    const char *slash = strrchr(path, '/');
    struct value *template;
    struct stat status;

    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        return read_directory(path, templates, err);
    template = template_read(path, &templates->duplicates, err);
    if (!template)
        return -1;
    diff_templates_add(templates, stem(slash ? slash + 1 : path), template, NULL);
    templates->is_single_file = true;
    return 0;
}
