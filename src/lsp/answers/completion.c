// SPDX-License-Identifier: MIT
// What may stand at the cursor, and how it is written there.
#include "data/value.h"
#include "lsp/answers/candidates.h"

#include <string.h>

// What is replaced, in the text without the word that stands for the cursor.
struct completion_target {
    struct span span; // without quotes
    char quote;
    bool is_closed; // the quote at the end is there
    bool is_json;
    bool is_key;    // of an object, or about to become one
    bool has_colon; // behind the key
};

static const char *word_between(const struct inquiry *inquiry, size_t start, size_t end)
{
    return arena_strndup(inquiry->arena, inquiry->document->text.data + start, end > start ? end - start : 0);
}

// With a word at the offset, which is taken out of the target again.
static struct document document_with_word(const struct inquiry *inquiry)
{
    struct document marked = *inquiry->document;
    const struct strbuf *text = &inquiry->document->text;

    marked.text = (struct strbuf)STRBUF_INIT;
    strbuf_grow(&marked.text, text->length + 1);
    strbuf_add(&marked.text, text->data, inquiry->offset);
    strbuf_add_char(&marked.text, '_');
    strbuf_add(&marked.text, text->data + inquiry->offset, text->length - inquiry->offset);
    return marked;
}

// Whether nothing but blanks and dashes are before the place on its line.
static bool is_at_line_start(const struct inquiry *inquiry, size_t offset)
{
    const char *text = inquiry->document->text.data;

    while (offset && strchr(" \t-", text[offset - 1]) && text[offset - 1])
        offset--;
    return offset == 0 || text[offset - 1] == '\n';
}

static struct completion_target target_of(const struct inquiry *marked, const struct template_place *place)
{
    const struct outline *node = place->node;
    bool is_key = place->at_key && !place->is_first_key;
    struct completion_target target = {
        .span = is_key ? node->key_span : node->span,
        .quote = is_key ? node->key_quote : node->quote,
        .is_json = document_is_json(marked->document),
        .is_key = place->at_key,
        .has_colon = is_key && !node->is_bare,
    };
    const struct strbuf *text = &marked->document->text;

    target.is_closed =
        target.quote && target.span.end < text->length && text->data[target.span.end] == target.quote;
    target.span.end--; // the word that stands for the cursor
    return target;
}

static const char *short_form(const char *function)
{
    return strncmp(function, "Fn::", 4) == 0 ? function + 4 : function;
}

static bool needs_quotes(const char *word)
{
    return !*word || strchr("!&*%@`{}[]|>#'\"-?:, ", *word) || strstr(word, ": ") || strstr(word, " #");
}

static const char *written_key(
    const struct inquiry *inquiry, const struct completion_target *target, const struct candidate *candidate)
{
    if (target->has_colon || (target->quote && !target->is_json))
        return candidate->name;
    if (target->is_json)
        return arena_printf(inquiry->arena, "\"%s\": ", candidate->name);
    return arena_printf(
        inquiry->arena, "%s:%s", candidate->name, candidate->form == FORM_CONTAINER ? "" : " ");
}

static const char *written_reference(
    const struct inquiry *inquiry, bool is_json, const struct candidate *candidate)
{
    struct arena *arena = inquiry->arena;
    const char *id = candidate->name, *attribute = candidate->attribute;

    if (is_json)
        return attribute ? arena_printf(arena, "{\"Fn::GetAtt\": [\"%s\", \"%s\"]}", id, attribute)
                         : arena_printf(arena, "{\"Ref\": \"%s\"}", id);
    return attribute ? arena_printf(arena, "!GetAtt %s.%s", id, attribute)
                     : arena_printf(arena, "!Ref %s", id);
}

// NULL: it cannot be written there.
static const char *written_value(
    const struct inquiry *inquiry, const struct completion_target *target, const struct candidate *candidate)
{
    struct arena *arena = inquiry->arena;
    const char *name = candidate->name;

    switch (candidate->form) {
    case FORM_FUNCTION:
        if (target->quote)
            return NULL;
        return target->is_json ? arena_printf(arena, "{\"%s\": }", name)
                               : arena_printf(arena, "!%s ", short_form(name));
    case FORM_REFERENCE:
        return target->quote ? NULL : written_reference(inquiry, target->is_json, candidate);
    case FORM_LITERAL:
        return name;
    default:
        return !target->quote && (target->is_json || needs_quotes(name)) ? arena_printf(arena, "\"%s\"", name)
                                                                         : name;
    }
}

static const char *label_of(
    const struct inquiry *inquiry, const struct completion_target *target, const struct candidate *candidate)
{
    if (candidate->form == FORM_REFERENCE)
        return written_reference(inquiry, target->is_json, candidate);
    if (candidate->form == FORM_FUNCTION && !target->is_json)
        return arena_printf(inquiry->arena, "!%s", short_form(candidate->name));
    return candidate->name;
}

// The quotes are replaced too where a colon comes behind them.
static struct span replaced(const struct completion_target *target, bool is_key)
{
    struct span span = target->span;

    if (is_key && target->is_json && target->quote && !target->has_colon) {
        span.start--;
        span.end += target->is_closed;
    }
    return span;
}

static struct value *item_of(const struct inquiry *inquiry, const struct completion_target *target,
    const struct candidate *candidate, struct value *ranges[2])
{
    bool is_key = candidate->form == FORM_KEY || candidate->form == FORM_CONTAINER;
    const char *text =
        is_key ? written_key(inquiry, target, candidate) : written_value(inquiry, target, candidate);
    const char *label = label_of(inquiry, target, candidate);
    bool with_quote = is_key && target->is_json && target->quote && !target->has_colon;

    if (!text || (is_key && target->is_json && !target->is_key))
        return NULL;
    return object((struct field[]){
        { "label", string(label) },
        { "kind", number(candidate->kind) },
        { "detail", candidate->detail ? string(candidate->detail) : NULL },
        { "sortText", stringf("%c%s", candidate->comes_first ? '0' : '1', label) },
        { "filterText", with_quote ? stringf("\"%s\"", label) : NULL },
        { "textEdit",
            object((struct field[]){ { "range", ranges[is_key] }, { "newText", string(text) }, END }) },
        END,
    });
}

static struct value *items_of(const struct inquiry *inquiry, const struct completion_target *target,
    const struct candidate_list *candidates)
{
    // Most items have the same range.
    struct value *ranges[2] = { range_value(inquiry, replaced(target, false)),
        range_value(inquiry, replaced(target, true)) };
    struct value *items = array();

    for (size_t i = 0; i < candidates->count; i++)
        array_append(items, item_of(inquiry, target, &candidates->items[i], ranges));
    return object((struct field[]){
        { "isIncomplete", boolean(candidates->is_incomplete) },
        { "items", items },
        END,
    });
}

// Whether there is something to complete: a word, of a template.
static bool is_completed(const struct inquiry *marked, const struct template_place *place)
{
    // The word has become a part of what it stands in, but not of a comment.
    struct span span = place->at_key && !place->is_first_key ? place->node->key_span : place->node->span;
    bool is_word = (place->at_key || place->node->kind == OUTLINE_SCALAR) && span.start <= marked->offset &&
        span.end > marked->offset;

    return is_word && document_begins_template(marked->document, marked->root);
}

// In the text of Fn::Sub it is only the name. False: there is none.
static bool target_narrow(
    const struct inquiry *marked, const struct template_place *place, struct completion_target *target)
{
    if (place->kind != PLACE_SUBSTITUTION || place->at_key)
        return true;
    if (!substitution_at(marked, place->node->span, &target->span))
        return false;
    target->span.end--;
    target->quote = '"'; // names stand there as they are
    return true;
}

static struct value *items_at(const struct inquiry *inquiry, const struct inquiry *marked,
    const struct template_place *place, const struct completion_target *target)
{
    const char *written = word_between(marked, target->span.start, marked->offset);
    const struct candidate_list candidates =
        candidates_of(marked, place, written, is_at_line_start(marked, target->span.start));

    return items_of(inquiry, target, &candidates);
}

struct value *inquiry_complete(const struct inquiry *inquiry)
{
    struct document document = document_with_word(inquiry);
    struct inquiry marked = inquiry_new(inquiry->host, inquiry->client, &document);
    struct value *answer = NULL;
    bool at_key;
    const struct outline *node;
    struct template_place place;

    marked.offset = inquiry->offset;
    node = outline_at(marked.root, marked.offset, &at_key);
    place = place_of(node, at_key, inquiry->arena);
    if (is_completed(&marked, &place)) {
        struct completion_target target = target_of(&marked, &place);

        answer = target_narrow(&marked, &place, &target) ? items_at(inquiry, &marked, &place, &target) : NULL;
    }
    strbuf_release(&document.text);
    return answer;
}
