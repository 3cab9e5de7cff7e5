// SPDX-License-Identifier: MIT
// Text to a template, and that to diagrams of every level, alone and beside itself as a nested stack.
#include "harness.h"

#include "data/value.h"
#include "diagram/diagram.h"
#include "diagram/render/render.h"
#include "template/template.h"
#include "util/die.h"

#include <string.h>

static void check_text(const struct strbuf *text)
{
    for (size_t i = 0; i < text->length; i++)
        if ((unsigned char)text->data[i] < 0x20 && text->data[i] != '\n')
            BUG("a control character in '%s'", text->data);
}

static void draw(const struct value *template)
{
    const struct diagram_template templates[] = { { .name = "A", .template = template },
        { .name = "A/B", .template = template } };

    for (enum diagram_level level = DIAGRAM_STACKS; level <= DIAGRAM_RESOURCES; level++) {
        struct diagram one, two, both;
        STRBUF_AUTO dot = STRBUF_INIT;
        STRBUF_AUTO mermaid = STRBUF_INIT;

        diagram_build(templates, 1, level, &one);
        diagram_build(templates, 2, level, &two);
        diagram_merge(&one, &two, &both);
        diagram_write_dot(&dot, &both);
        diagram_keep_changes(&both);
        diagram_write_mermaid(&mermaid, &both);
        check_text(&dot);
        check_text(&mermaid);
        if (strstr(mermaid.data, "```"))
            BUG("the flowchart ends its block: '%s'", mermaid.data);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = ARENA_INIT;
    struct arena *before = value_arena_use(&arena);
    ERROR_AUTO err = ERROR_INIT;
    const struct value *template = template_parse((const char *)data, size, "input.template", &err);

    // Aliases make much out of little.
    if (template && arena.allocated < 1000 * 1000)
        draw(template);
    value_arena_use(before);
    arena_release(&arena);
    return 0;
}
