// SPDX-License-Identifier: MIT
#ifndef DIAGRAM_RENDER_RENDER_H
#define DIAGRAM_RENDER_RENDER_H

// A diagram as text: for Graphviz, for Mermaid, and as a picture that Graphviz has laid out.

#include "diagram/diagram.h"
#include "util/error.h"
#include "util/strbuf.h"

// The language of Graphviz. What the nodes and edges are is also in classes of the SVG that it makes.
void diagram_write_dot(struct strbuf *out, const struct diagram *diagram);

// A flowchart of Mermaid, without the fence around it in Markdown.
void diagram_write_mermaid(struct strbuf *out, const struct diagram *diagram);

// An <svg> that is readable in the light and in the dark, laid out by `dot`, which must be installed.
// `is_inline`: for a page of HTML; else a file of its own, with a background.
int diagram_write_svg(struct strbuf *out, const struct diagram *diagram, bool is_inline, struct error *err);

// A page with the picture, its legend, and all edges as tables.
int diagram_write_html(struct strbuf *out, const struct diagram *diagram, struct error *err);

// Parts of a page.
extern const char diagram_page_style[];
void diagram_write_legend(struct strbuf *out, const struct diagram *diagram);

#endif
