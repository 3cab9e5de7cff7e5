// SPDX-License-Identifier: MIT
#ifndef DIFF_RENDER_FORMAT_H
#define DIFF_RENDER_FORMAT_H

// A comparison as text of some kind.

#include "diff/diff.h"
#include "util/display.h"
#include "util/strbuf.h"

enum { DIFF_MARKDOWN_LIMIT = 65536 }; // bytes that a GitHub comment may have, at most

// What changes, drawn by whoever can: text of the format that it is for. NULL: there is none.
struct diff_picture {
    const char *html, *style; // of a page, and what it needs of CSS
    const char *note;         // in its place, where it could not be drawn
    const char *mermaid;      // a flowchart for Markdown
};

struct diff_format_options {
    bool color;         // of a terminal
    size_t width;       // of a terminal, that tables have to fit; 0: none, and cells break at 60 columns
    bool security_only; // permissions and nothing else
    bool summary;       // the lines that sum up, and nothing else
    bool strict;        // how it was compared: says whether more could be shown
    size_t context;     // equal lines around changes in lists
    struct diff_picture picture;
};

void diff_write_text(struct display *out, const struct diff *diff, const struct diff_format_options *options);
// As docs/diff.schema.json describes it.
void diff_write_json(struct strbuf *out, const struct diff *diff, const struct diff_format_options *options);
// For a pull request's comment: never longer than DIFF_MARKDOWN_LIMIT, with a note where something is
// missing.
void diff_write_markdown(
    struct strbuf *out, const struct diff *diff, const struct diff_format_options *options);
// One page that needs nothing else.
void diff_write_html(struct strbuf *out, const struct diff *diff, const struct diff_format_options *options);

// Parts that the formats share.

// "2 replaced, 1 added; broadens permissions; ..."
void diff_write_summary(struct strbuf *out, const struct diff_summary *summary);
// By a cent at least.
bool diff_changes_cost(const struct diff_summary *summary);
// What stands behind a resource's name: impact, data at stake, moves; without a leading blank.
void diff_write_remarks(struct strbuf *out, const struct diff_resource *resource);
// "[+]" and so on
const char *diff_kind_tag(enum diff_kind kind);
// "Path LogicalId", or the id alone
const char *diff_resource_title(const struct diff_resource *resource);
// "export X (output Y) is removed; imported by A, B: ..."
void diff_write_export(struct strbuf *out, const struct diff_export *export);
bool diff_stack_has_differences(const struct diff_stack *stack, const struct diff_format_options *options);
// There is more to say about it than one line.
bool diff_stack_is_shown(const struct diff_stack *stack, const struct diff_format_options *options);

#endif
