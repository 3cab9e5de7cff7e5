// SPDX-License-Identifier: MIT
// Lists of violations, and which of several is told.
#include "validate/properties/judge.h"

#include "util/arena.h"

#include <stdarg.h>

static size_t depth_of(const struct node *node)
{
    size_t depth = 0;

    for (; node->parent; node = node->parent)
        depth++;
    return depth;
}

void violation_add(struct judge *judge, struct violations *found, const struct violation *violation)
{
    struct violation *kept;

    found->items = arena_grow(validator_arena(judge->validator), found->items, found->count, &found->capacity,
        sizeof(*found->items));
    kept = &found->items[found->count++];
    *kept = *violation;
    kept->node = node_copy(judge->validator, violation->node);
    kept->depth = depth_of(violation->node);
}

void violation_addf(struct judge *judge, struct violations *found, enum schema_keyword keyword,
    const struct node *node, const char *format, ...)
{
    va_list arguments;
    const char *message;

    va_start(arguments, format);
    message = arena_vprintf(validator_arena(judge->validator), format, arguments);
    va_end(arguments);
    violation_add(judge, found, &(struct violation){ .keyword = keyword, .node = node, .message = message });
}

void violations_add_all(struct judge *judge, struct violations *found, const struct violations *more)
{
    if (judge->purpose != JUDGE_TELL)
        found->count += more->count;
    for (size_t i = 0; i < more->count && judge->purpose == JUDGE_TELL; i++) {
        found->items = arena_grow(validator_arena(judge->validator), found->items, found->count,
            &found->capacity, sizeof(*found->items));
        found->items[found->count++] = more->items[i];
    }
    found->undecided |= more->undecided;
}

static bool is_weak(const struct violation *violation)
{
    return violation->keyword == SCHEMA_KEYWORD_ANY_OF || violation->keyword == SCHEMA_KEYWORD_ONE_OF;
}

// How relevant one is, as jsonschema.exceptions.by_relevance orders them: less deep before deeper, those of
// alternatives behind others, those of another type before those of the right one.
static int compare_relevance(const struct violation *a, const struct violation *b)
{
    if (a->depth != b->depth)
        return a->depth < b->depth ? 1 : -1;
    if (is_weak(a) != is_weak(b))
        return is_weak(a) ? -1 : 1;
    return (int)b->matches_type - (int)a->matches_type;
}

static const struct violation *most_relevant(const struct violations *found)
{
    const struct violation *best = NULL;

    for (size_t i = 0; i < found->count; i++)
        if (!best || compare_relevance(&found->items[i], best) > 0)
            best = &found->items[i];
    return best;
}

// NULL when the two least relevant are as relevant as each other.
static const struct violation *least_relevant(const struct violations *found)
{
    const struct violation *least = NULL;
    bool is_tie = false;

    for (size_t i = 0; i < found->count; i++) {
        int order = least ? compare_relevance(&found->items[i], least) : -1;

        is_tie = order == 0 || (is_tie && order > 0);
        if (order < 0)
            least = &found->items[i];
    }
    return is_tie ? NULL : least;
}

// In alternatives the deepest says most: there the value was meant to be that one.
const struct violation *violations_best(const struct violations *found)
{
    const struct violation *best = most_relevant(found);

    while (best && best->inside && best->inside->count) {
        const struct violation *deeper = least_relevant(best->inside);

        if (!deeper)
            return best;
        best = deeper;
    }
    return best;
}

const char *violation_id(const struct violation *violation)
{
    static const char *const ids[SCHEMA_KEYWORD_COUNT] = {
        [SCHEMA_KEYWORD_ANY_OF] = "E3017",
        [SCHEMA_KEYWORD_DATA_EXCLUSIVE_MINIMUM] = "E3034",
        [SCHEMA_KEYWORD_DATA_MINIMUM] = "E3034",
        [SCHEMA_KEYWORD_DATA_PATTERN] = "E3031",
        [SCHEMA_KEYWORD_DEPENDENT_EXCLUDED] = "E3020",
        [SCHEMA_KEYWORD_DEPENDENT_REQUIRED] = "E3021",
        [SCHEMA_KEYWORD_ENUM] = "E3030",
        [SCHEMA_KEYWORD_ENUM_CASE_INSENSITIVE] = "E3030",
        [SCHEMA_KEYWORD_EXCLUSIVE_MAXIMUM] = "E3034",
        [SCHEMA_KEYWORD_EXCLUSIVE_MINIMUM] = "E3034",
        [SCHEMA_KEYWORD_MAX_ITEMS] = "E3032",
        [SCHEMA_KEYWORD_MAX_LENGTH] = "E3033",
        [SCHEMA_KEYWORD_MAXIMUM] = "E3034",
        [SCHEMA_KEYWORD_MIN_ITEMS] = "E3032",
        [SCHEMA_KEYWORD_MIN_LENGTH] = "E3033",
        [SCHEMA_KEYWORD_MINIMUM] = "E3034",
        [SCHEMA_KEYWORD_ONE_OF] = "E3018",
        [SCHEMA_KEYWORD_PATTERN] = "E3031",
        [SCHEMA_KEYWORD_PREFIX_ITEMS] = "E3008",
        [SCHEMA_KEYWORD_REQUIRED] = "E3003",
        [SCHEMA_KEYWORD_REQUIRED_OR] = "E3058",
        [SCHEMA_KEYWORD_REQUIRED_XOR] = "E3014",
        [SCHEMA_KEYWORD_TYPE] = "E3012",
        [SCHEMA_KEYWORD_UNIQUE_ITEMS] = "E3037",
    };

    if (violation->id)
        return violation->id;
    return ids[violation->keyword] ? ids[violation->keyword] : "E3002";
}
