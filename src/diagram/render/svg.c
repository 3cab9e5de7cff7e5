// SPDX-License-Identifier: MIT
#include "diagram/render/render.h"

#include "util/array.h"
#include "util/process/process.h"

#include <stdlib.h>
#include <string.h>

enum { LAYOUT_LIMIT_MS = 120000 };

static const double pixels_a_point = 4.0 / 3, smallest_scale = 0.55;

// What Graphviz gives classes is found by them, and the rest by its color.
static const char picture_style[] =
    "<style>\n"
    ".architecture { --ink: #1f2328; --dim: #57606a; --card: #ffffff; --paper: #ffffff; --frame: #f6f8fa; --edge: #d0d7de;\n"
    "  --outline: #afb8c1; --traffic: #0969da; --event: #bf3989; --access: #57606a; --reference: #6e7781;\n"
    "  --new: #1a7f37; --gone: #cf222e; --new-card: #dafbe1; --gone-card: #ffebe9; --new-version: #bc4c00;\n"
    "  --new-version-card: #ffe2cc; --modified: #9a6700; --modified-card: #fff8c5; }\n"
    "@media (prefers-color-scheme: dark) { .architecture { --ink: #e6edf3; --dim: #9198a1; --card: #0d1117;\n"
    "  --paper: #0d1117; --frame: #161b22; --edge: #30363d; --outline: #484f58; --traffic: #58a6ff; --event: #f778ba;\n"
    "  --access: #9198a1; --reference: #848d97; --new: #3fb950; --gone: #f85149; --new-card: #12261e;\n"
    "  --gone-card: #2d1316; --new-version: #f0883e; --new-version-card: #341a00; --modified: #d29922;\n"
    "  --modified-card: #272115; } }\n"
    ".architecture text { fill: var(--ink); }\n"
    ".architecture text[fill=\"#57606a\"] { fill: var(--dim); }\n"
    ".architecture .paper { fill: var(--paper); }\n"
    ".architecture .stack > path { fill: var(--frame); stroke: var(--edge); }\n"
    ".architecture .node > path { fill: var(--card); stroke: var(--outline); }\n"
    ".architecture .edge > path { stroke: var(--c); }\n"
    ".architecture .edge > polygon { stroke: var(--c); fill: var(--c); }\n"
    ".architecture .edge > text { fill: var(--c); paint-order: stroke; stroke: var(--frame); stroke-width: 3px;"
    " stroke-linejoin: round; }\n"
    ".architecture .traffic { --c: var(--traffic); } .architecture .event { --c: var(--event); }\n"
    ".architecture .access { --c: var(--access); } .architecture .reference { --c: var(--reference); }\n"
    ".architecture .node.same polygon { fill: var(--outline); }\n"
    ".architecture .edge.same { --c: var(--outline); }\n"
    ".architecture .same text { fill: var(--dim); }\n"
    ".architecture .added { --c: var(--new); --b: var(--new-card); }\n"
    ".architecture .removed { --c: var(--gone); --b: var(--gone-card); }\n"
    ".architecture .replaced { --c: var(--new-version); --b: var(--new-version-card); }\n"
    ".architecture .changed { --c: var(--modified); --b: var(--modified-card); }\n"
    ".architecture .node.added > path, .architecture .node.removed > path, .architecture .node.replaced > path,"
    " .architecture .node.changed > path { stroke: var(--c); fill: var(--b); stroke-width: 2px; }\n"
    ".architecture .node.added polygon, .architecture .node.removed polygon, .architecture .node.replaced "
    "polygon, .architecture .node.changed polygon { fill: var(--c); }\n"
    ".architecture .edge.added > path, .architecture .edge.removed > path, .architecture .edge.changed > path "
    "{ stroke-width: 2.2px; }\n"
    ".architecture .node.removed text { text-decoration: line-through; }\n"
    "</style>\n";

static int lay_out(const struct diagram *diagram, struct strbuf *svg, struct error *err)
{
    STRBUF_AUTO dot = STRBUF_INIT;
    struct process_options options = {
        .argv = (const char *const[]){ "dot", "-Tsvg", NULL },
        .debian_package = "graphviz",
        .timeout_ms = LAYOUT_LIMIT_MS,
    };
    PROCESS_AUTO *process = NULL;

    diagram_write_dot(&dot, diagram);
    options.input = dot.data;
    options.input_length = dot.length;
    process = process_run(&options, err);
    if (!process)
        return -1;
    if (process->timed_out)
        return error_set(err,
            "'dot' has not laid out %zu boxes in %d s\n"
            "choose fewer stacks or a higher level; the formats dot and mermaid need no layout",
            diagram->node_count, LAYOUT_LIMIT_MS / 1000);
    if (process->exit_status != 0)
        return error_set(err, "'dot' failed with exit status %d: %.*s", process->exit_status,
            (int)strcspn(process->error_output.data, "\n"), process->error_output.data);
    strbuf_add(svg, process->output.data, process->output.length);
    return 0;
}

// The value of an attribute of the first <svg>, up to its unit.
static double attribute_of(const char *svg, const char *name)
{
    const char *found = strstr(svg, name);

    return found ? strtod(found + strlen(name), NULL) : 0;
}

static const char *skip(const char *text, const char *until)
{
    const char *found = strstr(text, until);

    return found ? found + strlen(until) : NULL;
}

// As wide as its place in a page, but not wider than drawn, and not narrower than can be read.
static void add_start(struct strbuf *out, const char *svg, bool is_inline)
{
    static const char view[] = " viewBox=\"";
    const char *box = strstr(svg, view);
    double width = attribute_of(svg, "<svg width=\"") * pixels_a_point;
    double height = attribute_of(svg, " height=\"") * pixels_a_point;
    int length = box ? (int)strcspn(box + strlen(view), "\"<>") : 0;

    strbuf_addf(out,
        "<svg class=\"architecture\" role=\"img\" aria-label=\"Architecture\" width=\"%.0f\" height=\"%.0f\" "
        "viewBox=\"%.*s\"",
        width, height, length, box ? box + strlen(view) : "");
    if (is_inline)
        strbuf_addf(out, " style=\"min-width: %.0fpx\">\n", width * smallest_scale);
    else
        strbuf_add_string(out, " xmlns=\"http://www.w3.org/2000/svg\">\n");
    strbuf_add_string(out, picture_style);
    if (!is_inline)
        strbuf_add_string(out, "<rect class=\"paper\" width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
}

// Without comments, which say the same as titles, and without titles that are of no use to people.
static void add_body(struct strbuf *out, const char *body)
{
    static const char *const left_out[] = { "<!--", "<title>cluster_" };

    while (*body) {
        size_t length = strcspn(body, "\n");
        bool is_kept = true;

        length += body[length] == '\n';
        for (size_t i = 0; i < ARRAY_SIZE(left_out); i++)
            is_kept &= strncmp(body, left_out[i], strlen(left_out[i])) != 0;
        if (is_kept)
            strbuf_add(out, body, length);
        body += length;
    }
}

int diagram_write_svg(struct strbuf *out, const struct diagram *diagram, bool is_inline, struct error *err)
{
    STRBUF_AUTO svg = STRBUF_INIT;
    const char *start, *body;

    if (lay_out(diagram, &svg, err) < 0)
        return -1;
    start = strstr(svg.data, "<svg ");
    body = start ? skip(start, ">\n") : NULL;
    if (!body)
        return error_set(err, "'dot' has written no SVG");
    add_start(out, start, is_inline);
    add_body(out, body);
    return 0;
}
