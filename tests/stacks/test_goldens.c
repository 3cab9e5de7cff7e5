// SPDX-License-Identifier: MIT
// The six stacks under every context set equal what the reference app makes of them with aws-cdk-lib
// (tests/parity/make-goldens.js).
#include "cdk/app.h"
#include "cdk/synth.h"
#include "cdk/synth_private.h"
#include "data/json.h"
#include "data/value.h"
#include "parity/constructs/parity.h"
#include "stacks/stacks.h"
#include "util/file/file.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GOLDEN_DIRECTORY TEST_DIRECTORY "/golden/stacks"

static int compare_texts(const void *a, const void *b)
{
    return strcmp(value_string(*(struct value *const *)a), value_string(*(struct value *const *)b));
}

static struct value *sorted(const struct value *texts)
{
    size_t length = value_length(texts);
    struct value **items = arena_alloc(value_arena(), (length + 1) * sizeof(*items));

    for (size_t i = 0; i < length; i++)
        items[i] = array_at(texts, i);
    qsort(items, length, sizeof(*items), compare_texts);
    return array_n(items, length);
}

// What the goldens keep of the manifest.
static struct value *artifacts_of(const struct assembly *assembly, struct error *err)
{
    struct value *view = object((struct field[]){ END });
    STRBUF_AUTO text = STRBUF_INIT;
    const struct value *artifacts;

    manifest_write(&text, assembly);
    artifacts = object_get(json_parse(text.data, text.length, "manifest.json", err), "artifacts");
    for (size_t i = 0; i < assembly->stack_count; i++) {
        const char *id = assembly->stacks[i].stack->artifact_id;
        const struct value *artifact = object_get(artifacts, id);
        const struct value *properties = object_get(artifact, "properties");

        object_set(view, id,
            object((struct field[]){
                { "environment", object_get(artifact, "environment") },
                { "dependencies", sorted(object_get(artifact, "dependencies")) },
                { "tags", object_get(properties, "tags") },
                { "terminationProtection", object_get(properties, "terminationProtection") },
                END,
            }));
    }
    return view;
}

static int compare_set(const char *file, struct error *err)
{
    const char *path = arena_printf(value_arena(), GOLDEN_DIRECTORY "/%s", file);
    STRBUF_AUTO text = STRBUF_INIT;
    struct assembly assembly;
    struct value *golden;
    int differences = 1;
    struct app *app;

    if (file_read(path, &text, err) < 0 || !(golden = json_parse(text.data, text.length, path, err)))
        return 1;
    app = tango_new(object_get(golden, "context"));
    if (app_synth(app, &assembly)) {
        differences = parity_compare(file, object_get(golden, "templates"), parity_templates(&assembly));
        differences += parity_compare(file, object_get(golden, "artifacts"), artifacts_of(&assembly, err));
    }
    parity_print_errors(app, file);
    app_free(app);
    return differences;
}

int main(int argc, char **argv)
{
    DIR *directory = opendir(GOLDEN_DIRECTORY);
    int passed = 0, failed = 0;

    for (const struct dirent *entry; directory && (entry = readdir(directory));) {
        struct arena arena = ARENA_INIT;
        ERROR_AUTO err = ERROR_INIT;

        if (!strstr(entry->d_name, ".json") || (argc > 1 && !strstr(entry->d_name, argv[1])))
            continue;
        value_arena_use(&arena);
        if (compare_set(entry->d_name, &err) == 0)
            passed++;
        else
            failed++;
        if (err.message)
            printf("%s: %s\n", entry->d_name, err.message);
        value_arena_use(NULL);
        arena_release(&arena);
    }
    if (directory)
        closedir(directory);
    printf("stacks: %d passed, %d failed\n", passed, failed);
    return failed || !passed ? 1 : 0;
}
