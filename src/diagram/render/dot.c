// SPDX-License-Identifier: MIT
#include "diagram/render/render.h"

#include "data/value.h"
#include "report/html_page.h"
#include "util/display.h"

#include <string.h>

// Graphviz ("DOT Language", "Node, Edge and Graph Attributes", "Class attribute"). Colors are those of the
// light; the SVG's style has others for the dark, found by class, or by color where there is no class.

enum { COLUMN_HEIGHT = 4 };

// A string in quotes: there a backslash ends nothing when it is doubled.
static void add_quoted(struct strbuf *out, const char *text)
{
    DISPLAY_AUTO visible = DISPLAY_INIT;

    display_add_string(&visible, text);
    strbuf_add_char(out, '"');
    for (text = visible.shown.data; *text; text++) {
        if (*text == '"' || *text == '\\')
            strbuf_add_char(out, '\\');
        strbuf_add_char(out, *text);
    }
    strbuf_add_char(out, '"');
}

// Text in an HTML-like label, where a backslash begins an escape, too: "\N" is the node's name.
static void add_label_text(struct strbuf *out, const char *text)
{
    const char *backslash;

    while ((backslash = strchr(text, '\\'))) {
        html_escape(out, arena_strndup(value_arena(), text, (size_t)(backslash - text)));
        strbuf_add_string(out, "\\\\");
        text = backslash + 1;
    }
    html_escape(out, text);
}

static void add_class(struct strbuf *out, const char *kind, enum diagram_change change, bool shows_changes)
{
    strbuf_addf(out, " class=\"%s%s%s\"", kind, shows_changes ? " " : "",
        shows_changes ? diagram_change_name(change) : "");
}

static void add_outside(struct strbuf *out, const struct diagram_node *node)
{
    strbuf_add_string(out, " shape=box style=\"rounded,filled\" margin=\"0.22,0.1\" label=<<b>");
    add_label_text(out, node->name);
    strbuf_add_string(out, "</b>");
    if (*node->type) {
        strbuf_add_string(out, "<br/><font point-size=\"10\" color=\"#57606a\">");
        add_label_text(out, node->type);
        strbuf_add_string(out, "</font>");
    }
    strbuf_add_string(out, ">");
}

// A bar in the color of the group, the name, and below it the type.
static void add_card(struct strbuf *out, const struct diagram_node *node)
{
    strbuf_addf(out,
        " label=<<table border=\"0\" cellborder=\"0\" cellspacing=\"0\" cellpadding=\"1\">"
        "<tr><td rowspan=\"2\" width=\"5\" bgcolor=\"%s\"></td><td rowspan=\"2\" width=\"5\"></td>"
        "<td align=\"left\"><b>",
        diagram_group_color(node->group));
    add_label_text(out, node->name);
    strbuf_add_string(out,
        "</b></td><td rowspan=\"2\" width=\"4\"></td></tr><tr><td align=\"left\"><font point-size=\"10\" color=\"#57606a\">");
    add_label_text(out, node->type);
    strbuf_add_string(out, "</font></td></tr></table>>");
}

static void add_node(
    struct strbuf *out, const struct diagram *diagram, const struct diagram_node *node, const char *indent)
{
    strbuf_add_string(out, indent);
    add_quoted(out, node->key);
    strbuf_add_string(out, " [");
    add_class(out, diagram_group_name(node->group), node->change, diagram->shows_changes);
    if (node->group == DIAGRAM_OUTSIDE)
        add_outside(out, node);
    else
        add_card(out, node);
    strbuf_add_string(out, "];\n");
}

static bool is_isolated(const struct diagram *diagram, size_t node)
{
    for (size_t i = 0; i < diagram->edge_count; i++) {
        const struct diagram_edge *edge = &diagram->edges[i];

        if ((!edge->from.is_stack && edge->from.index == node) ||
            (!edge->to.is_stack && edge->to.index == node))
            return false;
    }
    return true;
}

// What nothing is connected to stands in columns instead of one long row.
static void stack_isolated(struct strbuf *out, const struct diagram *diagram, size_t stack)
{
    const char *above = NULL;
    size_t height = 0;

    for (size_t i = 0; i < diagram->node_count; i++) {
        if (diagram->nodes[i].stack != stack || !is_isolated(diagram, i))
            continue;
        if (above && height % COLUMN_HEIGHT) {
            strbuf_add_string(out, "    ");
            add_quoted(out, above);
            strbuf_add_string(out, " -> ");
            add_quoted(out, diagram->nodes[i].key);
            strbuf_add_string(out, " [style=invis];\n");
        }
        above = diagram->nodes[i].key;
        height++;
    }
}

static void add_stack(struct strbuf *out, const struct diagram *diagram, size_t stack)
{
    bool is_open = false;

    for (size_t i = 0; i < diagram->node_count; i++) {
        if (diagram->nodes[i].stack != stack)
            continue;
        if (!is_open) {
            strbuf_addf(
                out, "  subgraph cluster_%zu {\n    class=\"stack\";\n    margin=14;\n    label=<<b>", stack);
            add_label_text(out, diagram->stacks[stack]);
            strbuf_add_string(out, "</b>>;\n");
        }
        is_open = true;
        add_node(out, diagram, &diagram->nodes[i], "    ");
    }
    stack_isolated(out, diagram, stack);
    if (is_open)
        strbuf_add_string(out, "  }\n");
}

// An edge to a stack ends at its frame, but has to be drawn to a node in it.
static const struct diagram_node *node_at(const struct diagram *diagram, const struct diagram_end *end)
{
    if (!end->is_stack)
        return &diagram->nodes[end->index];
    for (size_t i = 0; i < diagram->node_count; i++)
        if (diagram->nodes[i].stack == end->index)
            return &diagram->nodes[i];
    return NULL;
}

static const char *edge_style(enum diagram_relation relation)
{
    static const char *const styles[] = {
        [DIAGRAM_TRAFFIC] = "penwidth=1.7 color=\"#0969da\" fontcolor=\"#0969da\"",
        [DIAGRAM_EVENT] = "penwidth=1.4 style=dashed color=\"#bf3989\" fontcolor=\"#bf3989\"",
        [DIAGRAM_ACCESS] = "penwidth=1 arrowhead=vee color=\"#6e7781\" fontcolor=\"#6e7781\" weight=0.5",
        [DIAGRAM_REFERENCE] =
            "penwidth=1.2 style=dotted arrowhead=vee color=\"#8c959f\" fontcolor=\"#8c959f\" weight=0.2",
    };

    return styles[relation];
}

static void add_edge(struct strbuf *out, const struct diagram *diagram, const struct diagram_edge *edge)
{
    const struct diagram_node *from = node_at(diagram, &edge->from), *to = node_at(diagram, &edge->to);

    if (!from || !to)
        return;
    strbuf_add_string(out, "  ");
    add_quoted(out, from->key);
    strbuf_add_string(out, " -> ");
    add_quoted(out, to->key);
    strbuf_add_string(out, " [");
    add_class(out, diagram_relation_name(edge->relation), edge->change, diagram->shows_changes);
    strbuf_addf(out, " %s", edge_style(edge->relation));
    if (edge->from.is_stack)
        strbuf_addf(out, " ltail=cluster_%zu", edge->from.index);
    if (edge->to.is_stack)
        strbuf_addf(out, " lhead=cluster_%zu constraint=false", edge->to.index);
    if (*edge->label) {
        strbuf_add_string(out, " label=");
        add_quoted(out, edge->label);
    }
    strbuf_add_string(out, "];\n");
}

void diagram_write_dot(struct strbuf *out, const struct diagram *diagram)
{
    strbuf_add_string(out,
        "digraph architecture {\n"
        "  graph [rankdir=TB newrank=true compound=true bgcolor=transparent pad=0.2 nodesep=0.18 ranksep=0.4\n"
        "    fontname=\"Helvetica,Arial,sans-serif\" fontsize=13 fontcolor=\"#1f2328\"\n"
        "    style=\"rounded,filled\" color=\"#d0d7de\" fillcolor=\"#f6f8fa\" labeljust=l];\n"
        "  node [shape=box style=\"rounded,filled\" color=\"#afb8c1\" fillcolor=\"#ffffff\" margin=\"0.09,0.06\"\n"
        "    fontname=\"Helvetica,Arial,sans-serif\" fontsize=12 fontcolor=\"#1f2328\"];\n"
        "  edge [fontname=\"Helvetica,Arial,sans-serif\" fontsize=10 arrowsize=0.7];\n");
    for (size_t i = 0; i < diagram->node_count; i++)
        if (diagram->nodes[i].stack == DIAGRAM_NO_STACK)
            add_node(out, diagram, &diagram->nodes[i], "  ");
    for (size_t i = 0; i < diagram->stack_count; i++)
        add_stack(out, diagram, i);
    for (size_t i = 0; i < diagram->edge_count; i++)
        add_edge(out, diagram, &diagram->edges[i]);
    strbuf_add_string(out, "}\n");
}
