// SPDX-License-Identifier: MIT
#include "diagram/render/render.h"

#include "util/display.h"

#include <string.h>

// Mermaid ("Flowcharts - Basic Syntax"). Text stands in quotes, and whatever could mean something there, to
// Markdown or to HTML is an entity code ("#34;").

static void add_text(struct strbuf *out, const char *text)
{
    DISPLAY_AUTO visible = DISPLAY_INIT;

    display_add_string(&visible, text);
    for (text = visible.shown.data; *text; text++) {
        if (strchr("\"#;&<>`\\%{}[]()|@$~*_^", *text))
            strbuf_addf(out, "#%d;", *text);
        else
            strbuf_add_char(out, *text);
    }
}

static void add_node(struct strbuf *out, const struct diagram *diagram, size_t index, const char *indent)
{
    const struct diagram_node *node = &diagram->nodes[index];

    strbuf_addf(out, "%sn%zu%s\"<b>", indent, index, node->group == DIAGRAM_OUTSIDE ? "([" : "[");
    add_text(out, node->name);
    strbuf_add_string(out, "</b>");
    if (*node->type) {
        strbuf_add_string(out, "<br/><small>");
        add_text(out, node->type);
        strbuf_add_string(out, "</small>");
    }
    strbuf_addf(out, "\"%s:::%s\n", node->group == DIAGRAM_OUTSIDE ? "])" : "]",
        diagram->shows_changes ? diagram_change_name(node->change) : diagram_group_name(node->group));
}

static void add_stack(struct strbuf *out, const struct diagram *diagram, size_t stack)
{
    bool is_open = false;

    for (size_t i = 0; i < diagram->node_count; i++) {
        if (diagram->nodes[i].stack != stack)
            continue;
        if (!is_open) {
            strbuf_addf(out, "  subgraph s%zu[\"", stack);
            add_text(out, diagram->stacks[stack]);
            strbuf_add_string(out, "\"]\n");
        }
        is_open = true;
        add_node(out, diagram, i, "    ");
    }
    if (is_open)
        strbuf_add_string(out, "  end\n");
}

static void add_edge(struct strbuf *out, const struct diagram *diagram, const struct diagram_edge *edge)
{
    static const char *const arrows[] = {
        [DIAGRAM_TRAFFIC] = "==>",
        [DIAGRAM_EVENT] = "-->",
        [DIAGRAM_ACCESS] = "-.->",
        [DIAGRAM_REFERENCE] = "-.->",
    };
    bool says_change = diagram->shows_changes && edge->change != DIAGRAM_SAME;

    strbuf_addf(out, "  %c%zu %s", edge->from.is_stack ? 's' : 'n', edge->from.index, arrows[edge->relation]);
    if (*edge->label || says_change) {
        strbuf_add_string(out, "|\"");
        add_text(out, edge->label);
        strbuf_addf(out, "%s%s\"|", *edge->label && says_change ? " " : "",
            says_change ? diagram_change_name(edge->change) : "");
    }
    strbuf_addf(out, " %c%zu\n", edge->to.is_stack ? 's' : 'n', edge->to.index);
}

// Fill colors go with light and dark text alike where only the frame is colored.
static void add_classes(struct strbuf *out, const struct diagram *diagram)
{
    static const char *const changes[] = {
        [DIAGRAM_SAME] = "stroke:#8c959f",
        [DIAGRAM_CHANGED] = "stroke:#bf8700,stroke-width:3px",
        [DIAGRAM_REPLACED] = "stroke:#e16f24,stroke-width:4px",
        [DIAGRAM_ADDED] = "stroke:#2da44e,stroke-width:3px",
        [DIAGRAM_REMOVED] = "stroke:#cf222e,stroke-width:3px,stroke-dasharray:5 3",
    };

    for (size_t i = 0; i < DIAGRAM_GROUPS && !diagram->shows_changes; i++)
        strbuf_addf(out, "  classDef %s stroke:%s,stroke-width:2px\n",
            diagram_group_name((enum diagram_group)i), diagram_group_color((enum diagram_group)i));
    for (size_t i = 0; i < DIAGRAM_CHANGES && diagram->shows_changes; i++)
        strbuf_addf(out, "  classDef %s %s\n", diagram_change_name((enum diagram_change)i), changes[i]);
}

void diagram_write_mermaid(struct strbuf *out, const struct diagram *diagram)
{
    strbuf_add_string(out, "flowchart LR\n");
    for (size_t i = 0; i < diagram->node_count; i++)
        if (diagram->nodes[i].stack == DIAGRAM_NO_STACK)
            add_node(out, diagram, i, "  ");
    for (size_t i = 0; i < diagram->stack_count; i++)
        add_stack(out, diagram, i);
    for (size_t i = 0; i < diagram->edge_count; i++)
        add_edge(out, diagram, &diagram->edges[i]);
    add_classes(out, diagram);
}
