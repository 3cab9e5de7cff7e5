// SPDX-License-Identifier: MIT
#include "validate/properties/regex.h"

#include "util/array.h"
#include "util/strbuf.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum {
    SLOTS = 8192,         // a power of two, more than twice the patterns of the schema that one program meets
    LONGEST = 4000,       // characters of a pattern that is translated
    TRIES = 16,           // slots that a pattern may be in
    MATCH_LIMIT = 100000, // steps of one match
    DEPTH_LIMIT = 5000,   // of a match, in frames
    HEAP_LIMIT = 16 * 1024 // KiB
};

// Found by the pattern's address. `code` is NULL for one that cannot be compiled.
struct compiled {
    const char *pattern;
    pcre2_code *code;
};

static _Atomic(struct compiled *) slots[SLOTS];

static pcre2_code *compile_as_it_is(const char *pattern)
{
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    pcre2_code *code;
    int error;
    PCRE2_SIZE offset;

    if (!context)
        return NULL;
    // Ranges of halves of surrogate pairs, which no text has.
    pcre2_set_compile_extra_options(context, PCRE2_EXTRA_ALLOW_SURROGATE_ESCAPES);
    code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED,
        PCRE2_UTF | PCRE2_UCP | PCRE2_ALT_BSUX | PCRE2_NO_UTF_CHECK, &error, &offset, context);
    pcre2_compile_context_free(context);
    return code;
}

// Where a set is; ranges cannot begin with \w, but others take "-" for itself then.
struct translation {
    struct strbuf out;
    bool in_set;
    bool behind_class; // such as \w
};

// Java's names of sets of characters; 0 when it is none of those.
static size_t translate_property(struct translation *to, const char *at)
{
    static const char *const names[][2] = { { "\\p{Print}", "[:print:]" }, { "\\p{Graph}", "[:graph:]" } };

    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        if (strncmp(at, names[i][0], strlen(names[i][0])) == 0) {
            strbuf_addf(&to->out, to->in_set ? "%s" : "[%s]", names[i][1]);
            to->behind_class = true;
            return strlen(names[i][0]);
        }
    }
    return 0;
}

static size_t translate_escape(struct translation *to, const char *at)
{
    size_t length = translate_property(to, at);

    if (length)
        return length;
    to->behind_class = at[1] && strchr("wWdDsSpP", at[1]);
    length = at[1] ? 2 : 1;
    if ((at[1] == 'p' || at[1] == 'P') && at[2] == '{')
        length = strcspn(at, "}") + 1;
    strbuf_add(&to->out, at, length);
    return length;
}

static size_t translate_character(struct translation *to, const char *at)
{
    if (*at == '\\')
        return translate_escape(to, at);
    if (to->in_set && to->behind_class && *at == '-' && at[1] != ']')
        strbuf_add_char(&to->out, '\\');
    to->behind_class = false;
    if (*at == '[' && !to->in_set)
        to->in_set = true;
    else if (*at == ']')
        to->in_set = false;
    strbuf_add_char(&to->out, *at);
    return 1;
}

static pcre2_code *compile(const char *pattern)
{
    pcre2_code *code = compile_as_it_is(pattern);
    struct translation to = { .out = STRBUF_INIT };

    if (code)
        return code;
    for (const char *at = pattern; *at && strlen(pattern) < LONGEST;)
        at += translate_character(&to, at);
    code = compile_as_it_is(to.out.data);
    strbuf_release(&to.out);
    return code;
}

static size_t slot_of(const char *pattern)
{
    return (size_t)(((uintptr_t)pattern * 11400714819323198485U) >> 32);
}

static struct compiled *compiled_new(const char *pattern)
{
    struct compiled *compiled = malloc(sizeof(*compiled));

    if (compiled)
        *compiled = (struct compiled){ pattern, compile(pattern) };
    return compiled;
}

static void compiled_free(struct compiled *compiled)
{
    if (compiled)
        pcre2_code_free(compiled->code);
    free(compiled);
}

// NULL when there is no room left; *ret_made is one that belongs to the caller then.
static const struct compiled *find(const char *pattern, struct compiled **ret_made)
{
    struct compiled *made = NULL;

    for (size_t i = 0; i < TRIES; i++) {
        _Atomic(struct compiled *) *slot = &slots[(slot_of(pattern) + i) & (SLOTS - 1)];
        struct compiled *present = atomic_load(slot);

        if (!present) {
            if (!made)
                made = compiled_new(pattern);
            // Another thread may have been faster; then its entry is looked at.
            if (made && atomic_compare_exchange_strong(slot, &present, made))
                return made;
        }
        if (present && present->pattern == pattern) {
            compiled_free(made);
            return present;
        }
    }
    *ret_made = made ? made : compiled_new(pattern);
    return *ret_made;
}

static int match(const pcre2_code *code, const char *text, uint32_t options)
{
    pcre2_match_data *data = pcre2_match_data_create(1, NULL);
    pcre2_match_context *context = pcre2_match_context_create(NULL);
    int result = PCRE2_ERROR_NOMEMORY;

    if (data && context) {
        pcre2_set_match_limit(context, MATCH_LIMIT);
        pcre2_set_depth_limit(context, DEPTH_LIMIT);
        pcre2_set_heap_limit(context, HEAP_LIMIT);
        result = pcre2_match(code, (PCRE2_SPTR)text, strlen(text), 0, options, data, context);
    }
    pcre2_match_context_free(context);
    pcre2_match_data_free(data);
    return result;
}

static enum regex_result result_of(int result)
{
    if (result >= 0)
        return REGEX_MATCH;
    return result == PCRE2_ERROR_NOMATCH ? REGEX_NO_MATCH : REGEX_UNDECIDED;
}

static enum regex_result search(const struct compiled *compiled, const char *text, uint32_t options)
{
    return result_of(
        compiled && compiled->code ? match(compiled->code, text, options) : PCRE2_ERROR_NOMEMORY);
}

enum regex_result regex_search(const char *pattern, const char *text)
{
    struct compiled *made = NULL;
    enum regex_result result = search(find(pattern, &made), text, 0);

    compiled_free(made);
    return result;
}

static enum regex_result search_once(const char *pattern, const char *text, uint32_t options)
{
    struct compiled *made = compiled_new(pattern);
    enum regex_result result = search(made, text, options);

    compiled_free(made);
    return result;
}

enum regex_result regex_search_once(const char *pattern, const char *text)
{
    return search_once(pattern, text, 0);
}

enum regex_result regex_begins(const char *pattern, const char *text)
{
    return search_once(pattern, text, PCRE2_ANCHORED);
}
