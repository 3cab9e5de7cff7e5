// SPDX-License-Identifier: MIT
#include "parity/constructs/parity.h"

#include "cdk/app.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/synth.h"
#include "cdk/token.h"
#include "data/json.h"
#include "util/file/file.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GOLDEN_DIRECTORY TEST_DIRECTORY "/golden/constructs"

struct comparison {
    const char *name;
    int differences;
};

static bool is_hex_run(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!isdigit((unsigned char)text[i]) && !(text[i] >= 'a' && text[i] <= 'f'))
            return false;
    return true;
}

// The hash of an asset (64 hex digits) and that of a version of a function whose code is an asset depend on
// files and are not compared.
static void add_masked(struct strbuf *out, const char *text, bool mask_versions)
{
    static const char version[] = "CurrentVersion";
    const size_t version_length = sizeof(version) - 1;

    while (*text) {
        if (is_hex_run(text, 64)) {
            strbuf_add_string(out, "<hash>");
            text += 64;
        } else if (mask_versions && strncmp(text, version, version_length) == 0 &&
            strlen(text) >= version_length + 40 && is_hex_run(text + version_length + 8, 32)) {
            strbuf_add(out, text, version_length + 8);
            strbuf_add_string(out, "<hash>");
            text += version_length + 40;
        } else {
            strbuf_add_char(out, *text++);
        }
    }
}

static int compare_strings(const void *a, const void *b)
{
    return strcmp(value_string(*(struct value *const *)a), value_string(*(struct value *const *)b));
}

struct masking {
    bool versions;
    bool sort_items; // of the array itself
};

static struct value *masked(const struct value *value, struct masking masking);

static struct value *masked_array(const struct value *value, struct masking masking)
{
    size_t length = value_length(value);
    struct value **items = arena_alloc(value_arena(), (length + 1) * sizeof(*items));

    for (size_t i = 0; i < length; i++)
        items[i] = masked(array_at(value, i), (struct masking){ masking.versions, false });
    // The DependsOn of a container is a list of another kind.
    if (masking.sort_items && length && value_type(items[0]) == VALUE_STRING)
        qsort(items, length, sizeof(*items), compare_strings);
    return array_n(items, length);
}

static struct value *masked(const struct value *value, struct masking masking)
{
    STRBUF_AUTO text = STRBUF_INIT;
    struct value *copy;

    switch (value_type(value)) {
    case VALUE_STRING:
        add_masked(&text, value_string(value), masking.versions);
        return string(text.data);
    case VALUE_ARRAY:
        return masked_array(value, masking);
    case VALUE_OBJECT:
        copy = object((struct field[]){ END });
        for (size_t i = 0; i < value_length(value); i++) {
            const struct field *field = object_at(value, i);

            strbuf_reset(&text);
            add_masked(&text, field->key, masking.versions);
            masking.sort_items = strcmp(field->key, "DependsOn") == 0;
            object_set(copy, text.data, masked(field->value, masking));
        }
        return copy;
    default:
        return (struct value *)value;
    }
}

static void report(
    struct comparison *comparison, const char *path, const struct value *expected, const struct value *actual)
{
    struct strbuf texts[2] = { STRBUF_INIT, STRBUF_INIT };
    const struct value *values[2] = { expected, actual };

    for (int i = 0; i < 2; i++) {
        if (values[i])
            json_write(&texts[i], values[i], 0);
        else
            strbuf_add_string(&texts[i], "nothing");
    }
    printf("%s: %s: expected %.300s, got %.300s\n", comparison->name, path, texts[0].data, texts[1].data);
    for (int i = 0; i < 2; i++)
        strbuf_release(&texts[i]);
    comparison->differences++;
}

static void compare(
    struct comparison *comparison, const char *path, const struct value *expected, const struct value *actual)
{
    if (!expected || !actual || value_type(expected) != value_type(actual)) {
        report(comparison, path, expected, actual);
    } else if (value_type(expected) == VALUE_OBJECT) {
        for (size_t i = 0; i < value_length(expected); i++) {
            const struct field *field = object_at(expected, i);

            compare(comparison, arena_printf(value_arena(), "%s/%s", path, field->key), field->value,
                object_get(actual, field->key));
        }
        for (size_t i = 0; i < value_length(actual); i++) {
            const struct field *field = object_at(actual, i);

            if (!object_get(expected, field->key))
                report(
                    comparison, arena_printf(value_arena(), "%s/%s", path, field->key), NULL, field->value);
        }
    } else if (value_type(expected) == VALUE_ARRAY) {
        size_t longer =
            value_length(expected) > value_length(actual) ? value_length(expected) : value_length(actual);

        for (size_t i = 0; i < longer; i++)
            compare(comparison, arena_printf(value_arena(), "%s/%zu", path, i), array_at(expected, i),
                array_at(actual, i));
    } else if (!value_equal(expected, actual)) {
        report(comparison, path, expected, actual);
    }
}

void parity_print_errors(const struct app *app, const char *name)
{
    for (size_t i = 0; i < app_diag_total(app); i++) {
        const struct diag *diag = app_diag_at(app, i);

        if (diag->level == DIAG_ERROR)
            printf("%s: error on '%s': %s\n", name, construct_path(diag->construct), diag->message);
    }
}

static int compare_masked(
    const char *name, const struct value *expected, const struct value *actual, struct masking masking)
{
    struct comparison comparison = { name, 0 };

    compare(&comparison, "", masked(expected, masking), masked(actual, masking));
    return comparison.differences;
}

int parity_compare(const char *name, const struct value *expected, const struct value *actual)
{
    return compare_masked(name, expected, actual, (struct masking){ .versions = true });
}

struct value *parity_templates(const struct assembly *assembly)
{
    struct value *templates = object((struct field[]){ END });
    ERROR_AUTO err = ERROR_INIT;

    for (size_t i = 0; i < assembly->stack_count; i++)
        object_set(templates, assembly->stacks[i].stack->name,
            json_parse(
                assembly->stacks[i].template_text, assembly->stacks[i].template_length, "template", &err));
    return templates;
}

static struct value *read_golden(const char *name, struct error *err)
{
    const char *path = arena_printf(value_arena(), GOLDEN_DIRECTORY "/%s.json", name);
    STRBUF_AUTO text = STRBUF_INIT;

    return file_read(path, &text, err) < 0 ? NULL : json_parse(text.data, text.length, path, err);
}

static bool run_case(const struct parity_case *parity_case)
{
    struct arena arena = ARENA_INIT;
    struct arena *previous = value_arena_use(&arena);
    ERROR_AUTO err = ERROR_INIT;
    struct value *golden = read_golden(parity_case->name, &err);
    struct assembly assembly;
    int differences = 1;
    struct app *app;

    if (!golden) {
        printf("%s: %s\n", parity_case->name, err.message);
        value_arena_use(previous);
        arena_release(&arena);
        return false;
    }
    app = app_new(&(struct app_props){ .context = object_get(golden, "context") });
    parity_case->build(stack_new(app_node(app), "Case",
        &(struct stack_props){
            .account = value_string(object_get(object_get(golden, "env"), "account")),
            .region = value_string(object_get(object_get(golden, "env"), "region")),
        }));
    if (app_synth(app, &assembly))
        differences =
            compare_masked(parity_case->name, object_get(golden, "templates"), parity_templates(&assembly),
                (struct masking){ .versions = !value_boolean(object_get(golden, "exactVersions")) });
    parity_print_errors(app, parity_case->name);
    app_free(app);
    value_arena_use(previous);
    arena_release(&arena);
    return differences == 0;
}

static const struct parity_case *find_case(const struct parity_case *cases, const char *name, size_t length)
{
    for (; cases->name; cases++)
        if (strlen(cases->name) == length && strncmp(cases->name, name, length) == 0)
            return cases;
    return NULL;
}

// Goldens of the service that no case stands for.
static int count_orphans(const char *service, const struct parity_case *cases)
{
    DIR *directory = opendir(GOLDEN_DIRECTORY);
    int orphans = 0;

    for (const struct dirent *entry; directory && (entry = readdir(directory));) {
        size_t length = strlen(entry->d_name);

        if (length < 5 || strcmp(entry->d_name + length - 5, ".json") != 0 ||
            strncmp(entry->d_name, service, strlen(service)) != 0 || entry->d_name[strlen(service)] != '-')
            continue;
        if (!find_case(cases, entry->d_name, length - 5)) {
            printf("%s: there is no case for this golden\n", entry->d_name);
            orphans++;
        }
    }
    if (directory)
        closedir(directory);
    return orphans;
}

int parity_main(const char *service, const struct parity_case *cases, int argc, char **argv)
{
    int failed = count_orphans(service, cases), passed = 0;

    for (const struct parity_case *parity_case = cases; parity_case->name; parity_case++) {
        bool wanted = argc < 2;

        for (int i = 1; i < argc; i++)
            wanted |= strcmp(argv[i], parity_case->name) == 0;
        if (!wanted)
            continue;
        if (run_case(parity_case))
            passed++;
        else
            failed++;
    }
    printf("%s: %d passed, %d failed\n", service, passed, failed);
    return failed || !passed ? 1 : 0;
}
