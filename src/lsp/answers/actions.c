// SPDX-License-Identifier: MIT
// What a message proposes ("did you mean 'Queue'?") as a change of the text.
#include "lsp/answers/inquiry.h"

#include "data/value.h"

#include <string.h>

static const char marker[] = "did you mean '";

// The last text in quotes before `end`; NULL: there is none.
static const char *quoted_before(const struct inquiry *inquiry, const char *message, const char *end)
{
    const char *close = end, *open;

    while (close > message && close[-1] != '\'')
        close--;
    if (close == message)
        return NULL;
    open = --close;
    while (open > message && open[-1] != '\'')
        open--;
    return open > message ? arena_strndup(inquiry->arena, open, (size_t)(close - open)) : NULL;
}

// Where the word is in the lines that the message is about; false: it is not there.
static bool find_word(
    const struct inquiry *inquiry, struct span range, const char *word, struct span *ret_span)
{
    const struct strbuf *whole = &inquiry->document->text;
    const char *text = whole->data + range.start, *found;
    size_t length = strlen(word);

    while (range.end < whole->length && whole->data[range.end] != '\n')
        range.end++;
    found = range.end > range.start ? memmem(text, range.end - range.start, word, length) : NULL;
    if (!found || !length)
        return false;
    ret_span->start = (size_t)(found - inquiry->document->text.data);
    ret_span->end = ret_span->start + length;
    return true;
}

static struct value *edit_of(const struct inquiry *inquiry, struct span span, const char *text)
{
    struct value *change =
        object((struct field[]){ { "range", range_value(inquiry, span) }, { "newText", string(text) }, END });
    struct value *changes = object((struct field[]){
        { inquiry->document->uri, array_of((struct value *[]){ change, NULL }) },
        END,
    });

    return object((struct field[]){ { "changes", changes }, END });
}

static struct value *action_of(const struct inquiry *inquiry, struct value *diagnostic)
{
    const char *message = object_string_or_empty(diagnostic, "message"), *meant = strstr(message, marker);
    const char *wrong = meant ? quoted_before(inquiry, message, meant) : NULL;
    const char *end = meant ? strchr(meant + strlen(marker), '\'') : NULL;
    struct span range, span;
    char *right;

    if (!wrong || !end)
        return NULL;
    meant += strlen(marker);
    right = arena_strndup(inquiry->arena, meant, (size_t)(end - meant));
    range = span_of(&inquiry->lines, inquiry->client->units, object_get(diagnostic, "range"));
    if (!find_word(inquiry, range, wrong, &span))
        return NULL;
    return object((struct field[]){
        { "title", stringf("Change to '%s'", right) },
        { "kind", string("quickfix") },
        { "diagnostics", array_of((struct value *[]){ diagnostic, NULL }) },
        { "isPreferred", boolean(true) },
        { "edit", edit_of(inquiry, span, right) },
        END,
    });
}

struct value *inquiry_act(const struct inquiry *inquiry, const struct value *diagnostics)
{
    struct value *all = array();

    if (!inquiry->client->has_code_actions || value_type(diagnostics) != VALUE_ARRAY)
        return all;
    for (size_t i = 0; i < value_length(diagnostics); i++)
        array_append(all, action_of(inquiry, array_at(diagnostics, i)));
    return all;
}
