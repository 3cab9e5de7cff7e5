// SPDX-License-Identifier: MIT
#include "cdk/names.h"

#include "cdk/construct_private.h"
#include "util/digest.h"
#include "util/strbuf.h"

#include <ctype.h>
#include <string.h>

enum { HASH_LENGTH = 8, HUMAN_LENGTH = 240, ID_LENGTH = 255, NAME_LENGTH = 256 };

static bool is_alphanumeric(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static void add_allowed(struct strbuf *out, const char *text, const char *allowed)
{
    for (; *text; text++)
        if (is_alphanumeric(*text) || strchr(allowed, *text))
            strbuf_add_char(out, *text);
}

static void add_hash(struct strbuf *out, const char *const *components, size_t count)
{
    char hex[MD5_HEX_SIZE];
    STRBUF_AUTO path = STRBUF_INIT;

    for (size_t i = 0; i < count; i++) {
        if (i)
            strbuf_add_char(&path, '/');
        strbuf_add_string(&path, components[i]);
    }
    md5_hex(path.data, path.length, hex);
    for (int i = 0; i < HASH_LENGTH; i++)
        strbuf_add_char(out, (char)toupper((unsigned char)hex[i]));
}

static bool ends_with(const char *text, const char *suffix)
{
    size_t length = strlen(text), suffix_length = strlen(suffix);

    return length >= suffix_length && strcmp(text + length - suffix_length, suffix) == 0;
}

// What people see of the components: without "Resource", and without one that its predecessor ends with.
static void add_human(struct strbuf *out, const char *const *components, size_t count, const char *separator,
    const char *allowed)
{
    const char *previous = NULL;

    for (size_t i = 0; i < count; i++) {
        size_t start = out->length;

        if (previous && ends_with(previous, components[i]))
            continue;
        previous = components[i];
        if (strcmp(components[i], "Resource") == 0)
            continue;
        add_allowed(out, components[i], allowed);
        if (out->length > start)
            strbuf_add_string(out, separator);
    }
}

static size_t without_default(const char *const *components, size_t count, const char **kept)
{
    size_t kept_count = 0;

    for (size_t i = 0; i < count; i++)
        if (strcmp(components[i], "Default") != 0)
            kept[kept_count++] = components[i];
    return kept_count;
}

const char *names_make_unique_id(struct arena *arena, const char *const *components, size_t count)
{
    const char **kept = arena_alloc(arena, count * sizeof(*kept));
    STRBUF_AUTO id = STRBUF_INIT;

    count = without_default(components, count, kept);
    if (count == 1) {
        add_allowed(&id, kept[0], "");
        if (id.length <= ID_LENGTH)
            return arena_strdup(arena, id.data);
        strbuf_reset(&id);
    }
    add_human(&id, kept, count, "", "");
    if (id.length > HUMAN_LENGTH)
        strbuf_truncate(&id, HUMAN_LENGTH);
    add_hash(&id, kept, count);
    return arena_strdup(arena, id.data);
}

const char *const *names_components(
    const struct construct *construct, const struct construct *ancestor, size_t *ret_count)
{
    const char **components;
    size_t count = 0;

    for (const struct construct *at = construct; at != ancestor && at->scope; at = at->scope)
        count++;
    components = arena_alloc(construct_arena(construct), (count + 1) * sizeof(*components));
    *ret_count = count;
    for (const struct construct *at = construct; count > 0; at = at->scope)
        components[--count] = at->id;
    return components;
}

void names_check_id(struct construct *construct, const char *const *components, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(components[i], "Default") != 0)
            return;
    diag_error(construct, "an id cannot be made of 'Default' alone: give the construct another id");
}

const char *names_unique_id(const struct construct *construct)
{
    size_t count;
    const char *const *components = names_components(construct, NULL, &count);

    if (count)
        names_check_id((struct construct *)construct, components, count);
    return count ? names_make_unique_id(construct_arena(construct), components, count) : "";
}

// Keeps both ends when the text is too long.
static void cut_middle(struct strbuf *text, size_t length)
{
    size_t half = length / 2;

    memmove(text->data + half, text->data + text->length - half, half);
    strbuf_truncate(text, half * 2);
}

static const char *resource_name(struct arena *arena, const char *const *components, size_t count,
    const struct unique_resource_name_options *options)
{
    const char *separator = options->separator ? options->separator : "";
    const char *allowed = options->allowed_special_characters ? options->allowed_special_characters : "";
    size_t longest = options->max_length ? (size_t)options->max_length : NAME_LENGTH;
    STRBUF_AUTO name = STRBUF_INIT;

    strbuf_add_string(&name, options->prefix ? options->prefix : "");
    if (count == 1) {
        size_t prefix_length = name.length;

        add_allowed(&name, components[0], allowed);
        if (name.length <= longest)
            return arena_strdup(arena, name.data);
        strbuf_truncate(&name, prefix_length);
    }
    add_human(&name, components, count, separator, allowed);
    if (name.length > longest - HASH_LENGTH)
        cut_middle(&name, longest - HASH_LENGTH);
    add_hash(&name, components, count);
    return arena_strdup(arena, name.data);
}

const char *names_unique_resource_name(
    const struct construct *construct, const struct unique_resource_name_options *options)
{
    struct arena *arena = construct_arena(construct);
    // A stack whose own name is made has none yet.
    const char *stack_name = construct->stack ? construct->stack->name : NULL;
    const struct construct *stack = stack_name ? construct->stack->node : NULL;
    size_t below, count = 0;
    const char *const *components = names_components(construct, stack, &below);
    const char **kept = arena_alloc(arena, (below + 1) * sizeof(*kept));

    if (!stack && !below)
        return "";
    if (stack)
        kept[count++] = stack_name;
    for (size_t i = 0; i < below; i++)
        kept[count++] = components[i];
    names_check_id((struct construct *)construct, kept, count);
    count = without_default(kept, count, kept);
    return resource_name(arena, kept, count, options);
}

// ICU's root collation as far as ids and paths need it: punctuation in this order, then digits, then letters
// regardless of case; where nothing else differs, lower case comes first.
static int weight(unsigned char c)
{
    static const char punctuation[] = " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$";
    const char *at = strchr(punctuation, c);

    if (isalpha(c))
        return 512 + tolower(c);
    if (isdigit(c))
        return 256 + c;
    return at ? (int)(at - punctuation) : 128 + c;
}

int names_locale_compare(const char *a, const char *b)
{
    int tie = 0;

    for (; *a && *b; a++, b++) {
        unsigned char x = (unsigned char)*a, y = (unsigned char)*b;

        if (weight(x) != weight(y))
            return weight(x) - weight(y);
        if (!tie && x != y)
            tie = islower(x) ? -1 : 1;
    }
    if (*a || *b)
        return *a ? 1 : -1;
    return tie;
}
