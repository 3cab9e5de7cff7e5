// SPDX-License-Identifier: MIT
#include "lsp/document/document.h"

#include "template/template.h"
#include "util/die.h"

#include <stdlib.h>
#include <string.h>

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// %00 stays as it is.
char *uri_path(const char *uri)
{
    static const char scheme[] = "file://";
    STRBUF_AUTO path = STRBUF_INIT;

    if (strncmp(uri, scheme, strlen(scheme)) != 0)
        return xstrdup(uri);
    for (const char *at = uri + strlen(scheme); *at; at++) {
        int high = *at == '%' ? hex_digit(at[1]) : -1, low = high >= 0 ? hex_digit(at[2]) : -1;

        if (low < 0 || high * 16 + low == 0) {
            strbuf_add_char(&path, *at);
            continue;
        }
        strbuf_add_char(&path, (char)(high * 16 + low));
        at += 2;
    }
    return strbuf_detach(&path);
}

struct document *document_new(const char *uri, const char *language)
{
    struct document *document = xcalloc(1, sizeof(*document));

    document->uri = xstrdup(uri);
    document->path = uri_path(uri);
    document->language = xstrdup(language);
    document->text = (struct strbuf)STRBUF_INIT;
    return document;
}

void document_free(struct document *document)
{
    free(document->uri);
    free(document->path);
    free(document->language);
    strbuf_release(&document->text);
    free(document);
}

void document_set_text(struct document *document, const char *text)
{
    strbuf_reset(&document->text);
    strbuf_add_string(&document->text, text);
    document->has_changed = true;
}

void document_replace(struct document *document, struct span span, const char *text)
{
    STRBUF_AUTO changed = STRBUF_INIT;
    const struct strbuf *before = &document->text;
    size_t end = span.end < span.start ? span.start : span.end;

    strbuf_grow(&changed, before->length + strlen(text));
    strbuf_add(&changed, before->data, span.start);
    strbuf_add_string(&changed, text);
    strbuf_add(&changed, before->data + end, before->length - end);
    strbuf_release(&document->text);
    document->text = changed;
    changed = (struct strbuf)STRBUF_INIT;
    document->has_changed = true;
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), end_length = strlen(end);

    return length >= end_length && strcmp(text + length - end_length, end) == 0;
}

bool document_is_json(const struct document *document)
{
    return template_is_json(document->text.data, document->text.length, document->path) ||
        (ends_with(document->path, ".json") || strncmp(document->language, "json", 4) == 0);
}

static bool has_any(const struct outline *root, const char *const *sections)
{
    for (; *sections; sections++)
        if (outline_get(root, *sections))
            return true;
    return false;
}

bool document_is_template(const struct document *document, const struct outline *root)
{
    static const char *const sections[] = { "AWSTemplateFormatVersion", "Resources", NULL };

    return document->text.length > OUTLINE_SIZE_LIMIT || strstr(document->language, "cloudformation") ||
        has_any(root, sections);
}

bool document_begins_template(const struct document *document, const struct outline *root)
{
    static const char *const sections[] = { "Conditions", "Mappings", "Outputs", "Parameters", "Transform",
        NULL };
    bool is_one_word = root->first == root->last && (!root->first || root->first->is_bare);

    return is_one_word || has_any(root, sections) || document_is_template(document, root);
}
