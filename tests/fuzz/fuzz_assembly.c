// SPDX-License-Identifier: MIT
// Text to a cloud assembly in memory: the files follow each other, each ended by a NUL, the manifest first.
// Names do not matter: every file but the manifest is the next one.
#include "harness.h"

#include "data/value.h"
#include "template/cloud_assembly.h"
#include "util/die.h"
#include "util/strbuf.h"

#include <stdlib.h>
#include <string.h>

struct files {
    const char *text, *rest, *end;
    size_t asked;
};

static int file_of(const void *source, const char *name, struct strbuf *out)
{
    struct files *files = (struct files *)source;
    const char *end;

    // Each stack may ask for all of them again.
    if (strcmp(name, "manifest.json") != 0 && ++files->asked > 64)
        return -1;
    if (files->rest >= files->end)
        files->rest = files->text;
    end = memchr(files->rest, '\0', (size_t)(files->end - files->rest));
    end = end ? end : files->end;
    strbuf_add(out, files->rest, (size_t)(end - files->rest));
    files->rest = end < files->end ? end + 1 : end;
    return 0;
}

// What a deployment looks at.
static void use(const struct cloud_assembly *assembly)
{
    for (size_t i = 0; i < assembly->stack_count; i++) {
        const struct cloud_stack *stack = &assembly->stacks[i];
        size_t length = strlen(stack->id) + strlen(stack->name) + strlen(stack->display_name);

        for (size_t j = 0; j < stack->asset_count; j++)
            length += strlen(stack->assets[j].name) + strlen(stack->assets[j].path) +
                strlen(stack->assets[j].bucket) + strlen(stack->assets[j].key);
        for (size_t j = 0; j < stack->dependency_count; j++)
            if (stack->dependencies[j]->index >= i)
                BUG("a stack comes before one that it depends on");
        if (length == SIZE_MAX)
            BUG("no end");
        cloud_stack_construct(stack, "A");
        template_exports(stack->template);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = ARENA_INIT;
    struct arena *before = value_arena_use(&arena);
    struct cloud_assembly assembly;
    ERROR_AUTO err = ERROR_INIT;
    char *text = malloc(size + 1);
    struct files files = { text, text, text + size, 0 };

    if (!text)
        return 0;
    memcpy(text, data, size);
    if (size && cloud_assembly_of(file_of, &files, &assembly, &err) == 0)
        use(&assembly);
    else if (size && !err.message)
        BUG("no assembly and no error");
    free(text);
    value_arena_use(before);
    arena_release(&arena);
    return 0;
}
