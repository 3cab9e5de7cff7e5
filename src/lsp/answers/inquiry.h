// SPDX-License-Identifier: MIT
#ifndef LSP_ANSWERS_INQUIRY_H
#define LSP_ANSWERS_INQUIRY_H

// What a client asks about a document, and the answers. Everything lives in the arena of values that is
// current while the question is answered.

#include "lsp/answers/place.h"
#include "lsp/document/document.h"
#include "lsp/document/text.h"
#include "lsp/lsp.h"

struct template_findings;

// What the client can do, and what was agreed on with it.
struct client {
    enum text_units units;
    bool takes_markdown;        // in hovers
    bool nests_symbols;         // else they come as a list
    bool has_code_actions;      // as literals, not only as commands
    bool answers_configuration; // it can be asked for settings
};

struct inquiry {
    const struct lsp_host *host;
    const struct client *client;
    const struct document *document;
    struct text_lines lines;
    const struct outline *root;
    size_t offset;
    struct arena *arena;
};

// Of the document; the offset is 0.
struct inquiry inquiry_new(
    const struct lsp_host *host, const struct client *client, const struct document *document);

struct value *position_value(struct text_cursor *cursor);
struct value *range_value(const struct inquiry *inquiry, struct span span);
struct value *location_value(const struct inquiry *inquiry, struct span span);
// Of a position of the protocol; what is none is the start.
size_t offset_of(const struct text_lines *lines, enum text_units units, const struct value *position);
struct span span_of(const struct text_lines *lines, enum text_units units, const struct value *range);

// A name in a template that refers to a declaration.
struct name_reference {
    struct span span; // of the name, with its attribute
    const char *name;
    const char *attribute;        // NULL: none
    const struct outline *target; // the declaration; NULL: there is none
};

// The one at the place, of which the offset is the inquiry's; false: there is none.
bool reference_at(
    const struct inquiry *inquiry, const struct template_place *place, struct name_reference *ret_reference);
// The text between "${" and the offset, up to "}" or the end of what is a name; false: the offset is in none.
bool substitution_at(const struct inquiry *inquiry, struct span text, struct span *ret_span);

// The answers; NULL: there is nothing to say.
struct value *inquiry_hover(const struct inquiry *inquiry);
struct value *inquiry_define(const struct inquiry *inquiry);
struct value *inquiry_symbols(const struct inquiry *inquiry);
// Reads the document as it would be with a word at the offset.
struct value *inquiry_complete(const struct inquiry *inquiry);
// What can be done about the diagnostics that the client shows.
struct value *inquiry_act(const struct inquiry *inquiry, const struct value *diagnostics);

// The findings as diagnostics.
struct value *inquiry_diagnostics(const struct inquiry *inquiry, const struct template_findings *findings);

#endif
