// SPDX-License-Identifier: MIT
#include "validate/engine/suppress.h"
#include "validate/engine/validator.h"

#include "data/value.h"
#include "template/location.h"

#include <stdlib.h>
#include <string.h>

// Bytes. A template may be one line of megabytes with thousands of findings.
enum { LONGEST_SHOWN_LINE = 1000 };

// The text that findings are in, with where its lines begin and its values are.
struct located_text {
    const char *text, *end;
    const struct location *root; // NULL: not known
    const char **lines;
    size_t line_count;
    const struct suppressing_comments *comments;
};

static void split_lines(struct located_text *text)
{
    size_t capacity = 0;

    for (const char *at = text->text; at; at = memchr(at, '\n', (size_t)(text->end - at))) {
        at += text->line_count && *at == '\n';
        text->lines =
            arena_grow(value_arena(), text->lines, text->line_count, &capacity, sizeof(*text->lines));
        text->lines[text->line_count++] = at;
    }
}

static struct located_text locate_text(const struct template_source *source)
{
    struct located_text text = { .text = source->text };

    if (!source->text)
        return text;
    text.end = source->text + source->length;
    text.root = location_read(source->text, source->length, source->name);
    split_lines(&text);
    text.comments = suppressing_comments_find(value_arena(), text.lines, text.line_count, text.end);
    return text;
}

static const char *line_at(const struct located_text *text, size_t line)
{
    const char *start;
    size_t length;

    if (!line || line > text->line_count)
        return NULL;
    start = text->lines[line - 1];
    length = line < text->line_count ? (size_t)(text->lines[line] - start) : (size_t)(text->end - start);
    while (length && strchr("\r\n", start[length - 1]))
        length--;
    return length > LONGEST_SHOWN_LINE ? NULL : arena_strndup(value_arena(), start, length);
}

// A container is shown by its key; what has none, and goes on for lines, by its first character.
static struct finding_range find_range(const struct located_text *text, const struct report_entry *entry)
{
    const struct location *location;
    const struct text_range *range;
    bool is_exact;

    if (entry->line)
        return (struct finding_range){ entry->line, entry->column, entry->line, entry->column + 1 };
    if (!text->root)
        return (struct finding_range){ 0 };
    location = location_find(text->root, entry->pointer, &is_exact);
    range = location->key && (entry->at_key || location->kind != LOCATION_SCALAR) ? &location->key_range
                                                                                  : &location->range;
    if (range->end_line > range->line)
        return (struct finding_range){ range->line, range->column, range->line, range->column + 1 };
    return (struct finding_range){ range->line, range->column, range->end_line, range->end_column };
}

static void add_finding(struct template_findings *findings, const struct template_finding *finding)
{
    findings->items = arena_grow(
        value_arena(), findings->items, findings->count, &findings->capacity, sizeof(*findings->items));
    findings->items[findings->count++] = *finding;
    findings->errors += finding->severity == SEVERITY_ERROR;
    findings->warnings += finding->severity == SEVERITY_WARNING;
    findings->infos += finding->severity == SEVERITY_INFO;
}

static int compare_sizes(size_t a, size_t b)
{
    return a < b ? -1 : a > b;
}

// By place, then by rule.
static int compare_findings(const void *a, const void *b)
{
    const struct template_finding *left = a, *right = b;
    int order = compare_sizes(left->range.line, right->range.line);

    if (!order)
        order = compare_sizes(left->range.column, right->range.column);
    if (!order)
        order = strcmp(left->pointer, right->pointer);
    return order ? order : strcmp(left->id, right->id);
}

static const char *construct_path(const struct template_resource *resource)
{
    return resource ? object_string(object_get(resource->node->value, "Metadata"), "aws:cdk:path") : NULL;
}

static bool is_suppressed(const struct validator *validator, const struct report_entry *entry,
    const struct located_text *text, size_t line)
{
    const char *id = entry->rule->id;

    return metadata_suppresses(validator->root.value, id) ||
        (entry->resource && metadata_suppresses(entry->resource->node->value, id)) ||
        (text->root && suppressing_comments_have(text->comments, line, id));
}

void validator_collect(const struct validator *validator, struct template_findings *findings)
{
    size_t before = findings->count;
    struct located_text text;

    if (!validator->report_count)
        return;
    text = locate_text(validator->source);
    for (size_t i = 0; i < validator->report_count; i++) {
        const struct report_entry *entry = &validator->reports[i];
        struct template_finding finding = {
            .rule = entry->rule,
            .id = entry->id ? entry->id : entry->rule->id,
            .severity = entry->id ? entry->severity : entry->rule->severity,
            .file = validator->source->name,
            .range = find_range(&text, entry),
            .pointer = entry->pointer,
            .message = entry->message,
            .resource = entry->resource ? entry->resource->id : NULL,
            .construct = construct_path(entry->resource),
        };

        if (is_suppressed(validator, entry, &text, finding.range.line))
            continue;
        finding.line = line_at(&text, finding.range.line);
        add_finding(findings, &finding);
    }
    if (findings->count > before)
        qsort(findings->items + before, findings->count - before, sizeof(*findings->items), compare_findings);
}
