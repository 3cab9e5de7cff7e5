// SPDX-License-Identifier: MIT
#include "cli/diff/picture.h"

#include "data/value.h"
#include "diagram/diagram.h"
#include "diagram/render/render.h"

enum {
    // So many boxes and bytes are readable in a comment.
    MERMAID_NODES = 60,
    MERMAID_LIMIT = 16384,
    // Of more than so much, a page shows the stacks.
    PAGE_NODES = 250,
    PAGE_EDGES = 750,
};

static enum diagram_change change_of(const struct diff_resource *resource)
{
    if (resource->kind == DIFF_ADDED)
        return DIAGRAM_ADDED;
    if (resource->kind == DIFF_REMOVED)
        return DIAGRAM_REMOVED;
    switch (resource->impact) {
    case DIFF_NO_CHANGE:
        return DIAGRAM_SAME;
    case DIFF_REPLACE:
    case DIFF_MAY_REPLACE:
        return DIAGRAM_REPLACED;
    default:
        return DIAGRAM_CHANGED;
    }
}

static const struct map *changes_of(const struct diff_stack *stack)
{
    struct map *changes = arena_alloc(value_arena(), sizeof(*changes));

    map_init(changes, value_arena());
    for (size_t i = 0; i < stack->resource_count; i++)
        map_set(changes, stack->resources[i].id, diagram_change_mark(change_of(&stack->resources[i])));
    return changes;
}

static void build(const struct diff *diff, enum diagram_level level, struct diagram *ret_diagram)
{
    struct diagram_template *before = arena_alloc(value_arena(), (diff->count + 1) * sizeof(*before));
    struct diagram_template *after = arena_alloc(value_arena(), (diff->count + 1) * sizeof(*after));
    struct diagram was, is;

    for (size_t i = 0; i < diff->count; i++) {
        const struct diff_stack *stack = &diff->stacks[i];

        after[i] = (struct diagram_template){
            .name = stack->name, .template = stack->after, .paths = stack->paths, .changes = changes_of(stack)
        };
        before[i] = after[i];
        before[i].template = stack->before;
    }
    diagram_build(before, diff->count, level, &was);
    diagram_build(after, diff->count, level, &is);
    diagram_merge(&was, &is, ret_diagram);
}

void diff_picture_for_html(const struct diff *diff, struct diff_picture *picture)
{
    STRBUF_AUTO html = STRBUF_INIT;
    STRBUF_AUTO svg = STRBUF_INIT;
    ERROR_AUTO err = ERROR_INIT;
    struct diagram diagram;

    if (!diff->different)
        return;
    build(diff, DIAGRAM_CONSTRUCTS, &diagram);
    if (diagram.node_count > PAGE_NODES || diagram.edge_count > PAGE_EDGES)
        build(diff, DIAGRAM_STACKS, &diagram);
    if (!diagram.node_count)
        return;
    if (diagram_write_svg(&svg, &diagram, true, &err) < 0) {
        picture->note =
            arena_printf(value_arena(), "There is no picture of the architecture: %s", err.message);
        return;
    }
    diagram_write_legend(&html, &diagram);
    strbuf_addf(&html, "<div class=\"picture\">\n%s</div>\n", svg.data);
    picture->html = arena_strdup(value_arena(), html.data);
    picture->style = diagram_page_style;
}

void diff_picture_for_markdown(const struct diff *diff, struct diff_picture *picture)
{
    STRBUF_AUTO mermaid = STRBUF_INIT;
    struct diagram diagram;

    if (!diff->different)
        return;
    build(diff, DIAGRAM_CONSTRUCTS, &diagram);
    diagram_keep_changes(&diagram);
    if (!diagram.node_count || diagram.node_count > MERMAID_NODES)
        return;
    diagram_write_mermaid(&mermaid, &diagram);
    if (mermaid.length <= MERMAID_LIMIT)
        picture->mermaid = arena_strdup(value_arena(), mermaid.data);
}
