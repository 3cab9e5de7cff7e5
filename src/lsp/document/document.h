// SPDX-License-Identifier: MIT
#ifndef LSP_DOCUMENT_DOCUMENT_H
#define LSP_DOCUMENT_DOCUMENT_H

// The documents that the client has open, with the text as it is there.

#include "lsp/document/outline.h"
#include "util/strbuf.h"

struct document {
    char *uri;
    char *path;     // of a file: that of the URI; else the URI
    char *language; // as the client calls it: "yaml", "json", ...
    struct strbuf text;
    double version;
    bool has_version;
    bool has_changed;  // since it was checked
    bool has_findings; // that the client shows
    struct document *next;
};

// "file:///a%20b" to "/a b"; what is no file stays as it is. The caller frees it.
char *uri_path(const char *uri);

struct document *document_new(const char *uri, const char *language);
void document_free(struct document *document);
void document_set_text(struct document *document, const char *text);
// Puts the text in the place of what is there; an end before the start is taken for the start.
void document_replace(struct document *document, struct span span, const char *text);
bool document_is_json(const struct document *document);
// Whether it is a template, and not some other JSON or YAML.
bool document_is_template(const struct document *document, const struct outline *root);
// Whether it is about to become one: nothing is there yet, or one of its sections.
bool document_begins_template(const struct document *document, const struct outline *root);

#endif
