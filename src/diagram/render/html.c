// SPDX-License-Identifier: MIT
#include "diagram/render/render.h"

#include "report/html_page.h"

const char diagram_page_style[] =
    ".picture { overflow-x: auto; margin: 1rem 0; }\n"
    ".picture svg { display: block; max-width: 100%; height: auto; }\n"
    ".legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; color: var(--faint); font-size: .85em; "
    "padding: 0; }\n"
    ".legend span { white-space: nowrap; }\n"
    ".legend i { display: inline-block; width: 1.6rem; margin-right: .4rem; vertical-align: middle; "
    "border-top: 2px solid var(--c); }\n"
    ".legend i.box { width: .7rem; height: .7rem; border: 0; background: var(--c); border-radius: 2px; }\n"
    ".legend i.event { border-top-style: dashed; } .legend i.reference { border-top-style: dotted; }\n"
    ".legend i.access { border-top-width: 1px; }\n"
    ".legend .traffic { --c: #0969da; } .legend .event { --c: #bf3989; }\n"
    ".legend .access { --c: #6e7781; } .legend .reference { --c: #8c959f; }\n"
    ".legend.changes i { --c: var(--faint); }\n"
    ".legend .compute { --c: #ed7100; } .legend .storage { --c: #7aa116; }\n"
    ".legend .database { --c: #c925d1; } .legend .network { --c: #8c4fff; }\n"
    ".legend .integration { --c: #e7157b; } .legend .security { --c: #dd344c; }\n"
    ".legend .management { --c: #0d99a8; } .legend .other { --c: #8c959f; }\n"
    ".legend i.added { --c: var(--added); } .legend i.removed { --c: var(--removed); }\n"
    ".legend i.replaced { --c: #e16f24; } .legend i.changed { --c: var(--changed); }\n"
    ".edges td { overflow-wrap: anywhere; }\n";

static const char *const meanings[] = {
    [DIAGRAM_TRAFFIC] = "Traffic, with its ports or paths",
    [DIAGRAM_EVENT] = "Events",
    [DIAGRAM_ACCESS] = "Access by IAM policies",
    [DIAGRAM_REFERENCE] = "References",
};

static bool has_relation(const struct diagram *diagram, enum diagram_relation relation)
{
    for (size_t i = 0; i < diagram->edge_count; i++)
        if (diagram->edges[i].relation == relation)
            return true;
    return false;
}

static bool has_group(const struct diagram *diagram, enum diagram_group group)
{
    for (size_t i = 0; i < diagram->node_count; i++)
        if (diagram->nodes[i].group == group)
            return true;
    return false;
}

void diagram_write_legend(struct strbuf *out, const struct diagram *diagram)
{
    strbuf_addf(out, "<p class=\"legend%s\">\n", diagram->shows_changes ? " changes" : "");
    for (enum diagram_relation relation = 0; relation < DIAGRAM_RELATIONS; relation++)
        if (has_relation(diagram, relation))
            strbuf_addf(out, "<span><i class=\"%s\"></i>%s</span>\n", diagram_relation_name(relation),
                meanings[relation]);
    for (enum diagram_group group = 0; group < DIAGRAM_OUTSIDE && !diagram->shows_changes; group++)
        if (diagram->level != DIAGRAM_STACKS && has_group(diagram, group))
            strbuf_addf(out, "<span><i class=\"box %s\"></i>%s</span>\n", diagram_group_name(group),
                diagram_group_name(group));
    for (enum diagram_change change = DIAGRAM_CHANGED; diagram->shows_changes && change < DIAGRAM_CHANGES;
         change++)
        strbuf_addf(out, "<span><i class=\"box %s\"></i>%s</span>\n", diagram_change_name(change),
            diagram_change_name(change));
    strbuf_add_string(out, "</p>\n");
}

static void add_cell(struct strbuf *out, const char *text)
{
    strbuf_add_string(out, "<td>");
    html_escape(out, text);
    strbuf_add_string(out, "</td>");
}

static void add_table(struct strbuf *out, const struct diagram *diagram, enum diagram_relation relation)
{
    if (!has_relation(diagram, relation))
        return;
    strbuf_addf(out,
        "<details class=\"edges\"%s>\n<summary>%s</summary>\n"
        "<table>\n<tr><th>From</th><th>To</th><th></th></tr>\n",
        relation <= DIAGRAM_EVENT ? " open" : "", meanings[relation]);
    for (size_t i = 0; i < diagram->edge_count; i++) {
        const struct diagram_edge *edge = &diagram->edges[i];

        if (edge->relation != relation)
            continue;
        strbuf_add_string(out, "<tr>");
        add_cell(out, diagram_end_title(diagram, &edge->from));
        add_cell(out, diagram_end_title(diagram, &edge->to));
        add_cell(out, edge->label);
        strbuf_add_string(out, "</tr>\n");
    }
    strbuf_add_string(out, "</table>\n</details>\n");
}

int diagram_write_html(struct strbuf *out, const struct diagram *diagram, struct error *err)
{
    STRBUF_AUTO picture = STRBUF_INIT;
    STRBUF_AUTO style = STRBUF_INIT;

    if (diagram_write_svg(&picture, diagram, true, err) < 0)
        return -1;
    strbuf_addf(&style, "body { max-width: 100rem; }\n%s", diagram_page_style);
    html_page_begin(out, "Architecture", style.data);
    strbuf_add_string(out, "<h1>Architecture</h1>\n");
    diagram_write_legend(out, diagram);
    strbuf_add_string(out, "<div class=\"picture\">\n");
    strbuf_add(out, picture.data, picture.length);
    strbuf_add_string(out, "</div>\n");
    for (enum diagram_relation relation = 0; relation < DIAGRAM_RELATIONS; relation++)
        add_table(out, diagram, relation);
    html_page_end(out);
    return 0;
}
