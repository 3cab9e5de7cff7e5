// SPDX-License-Identifier: MIT
#include "util/text/pattern.h"

#include "util/die.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

// A backtracking matcher that walks the pattern as it stands: no compilation and no memory of its own
// (glibc's regcomp frees twice when memory runs out). Patterns are the program's own, so it need not be fast
// on hostile ones.

struct subject {
    const char *start;
    bool ignore_case;
};

// A part of the pattern: [start, end).
struct part {
    const char *start;
    const char *end;
};

// One atom and how often it may stand.
struct item {
    struct part atom;
    int minimum;
    int maximum;
};

// What has to match behind the end of a group's alternative: the group again, then the rest of the pattern.
struct rest {
    const struct item *item;
    int count; // of the group's matches so far
    const char *text;
    struct part after;
    const struct rest *outer; // NULL: nothing has to
};

static bool match_alternatives(
    const struct subject *subject, struct part part, const char *text, const struct rest *rest);

static const char *bracket_end(const char *at)
{
    at += at[1] == '^' ? 2 : 1;
    at += *at == ']';
    while (*at && *at != ']')
        at++;
    return at + 1;
}

static const char *atom_end(const char *at);

static const char *group_end(const char *at)
{
    for (at++; *at != ')'; at = atom_end(at))
        if (!*at)
            BUG("a group without an end");
    return at + 1;
}

static const char *atom_end(const char *at)
{
    switch (*at) {
    case '(':
        return group_end(at);
    case '[':
        return bracket_end(at);
    case '\\':
        return at + 2;
    default:
        return at + 1;
    }
}

static const char *read_bounds(const char *at, struct item *item)
{
    char *end;

    item->minimum = (int)strtol(at + 1, &end, 10);
    item->maximum = item->minimum;
    if (*end == ',') {
        item->maximum = end[1] == '}' ? INT_MAX : (int)strtol(end + 1, &end, 10);
        end += *end == ',';
    }
    if (*end != '}')
        BUG("bounds without an end in '%s'", at);
    return end + 1;
}

// Reads the item at the beginning of the part and moves the part behind it.
static struct item add_item(struct part *part)
{
    struct item item = { { part->start, atom_end(part->start) }, 1, 1 };
    const char *at = item.atom.end;

    if (at < part->end && strchr("*+?", *at)) {
        item.minimum = *at == '+';
        item.maximum = *at == '?' ? 1 : INT_MAX;
        at++;
    } else if (at < part->end && *at == '{') {
        at = read_bounds(at, &item);
    }
    part->start = at;
    return item;
}

static bool is_same(const struct subject *subject, char a, char b)
{
    return a == b || (subject->ignore_case && tolower((unsigned char)a) == tolower((unsigned char)b));
}

static bool is_in_range(char c, char first, char last)
{
    return (unsigned char)c >= (unsigned char)first && (unsigned char)c <= (unsigned char)last;
}

static bool bracket_has(const struct subject *subject, struct part bracket, char c)
{
    bool negated = bracket.start[1] == '^';
    char other = c;
    bool found = false;

    if (subject->ignore_case)
        other = (char)(islower((unsigned char)c) ? toupper((unsigned char)c) : tolower((unsigned char)c));
    for (const char *at = bracket.start + 1 + negated; at < bracket.end - 1; at++) {
        const char *last = at[1] == '-' && at + 2 < bracket.end - 1 ? at + 2 : at;

        found = found || is_in_range(c, *at, *last) || is_in_range(other, *at, *last);
        at = last;
    }
    return found != negated;
}

static bool atom_has(const struct subject *subject, struct part atom, char c)
{
    if (!c)
        return false;
    switch (*atom.start) {
    case '.':
        return true;
    case '[':
        return bracket_has(subject, atom, c);
    case '\\':
        return is_same(subject, atom.start[1], c);
    default:
        return is_same(subject, *atom.start, c);
    }
}

static bool match_sequence(
    const struct subject *subject, struct part part, const char *text, const struct rest *rest);

// An atom of one character: as many as there are, then fewer.
static bool match_characters(const struct subject *subject, const struct item *item, struct part after,
    const char *text, const struct rest *rest)
{
    int count = 0;

    while (count < item->maximum && atom_has(subject, item->atom, text[count]))
        count++;
    for (; count >= item->minimum; count--)
        if (match_sequence(subject, after, text + count, rest))
            return true;
    return false;
}

static bool match_group(const struct subject *subject, const struct rest *group, const char *text)
{
    const struct part inside = { group->item->atom.start + 1, group->item->atom.end - 1 };
    bool moved = group->count == 0 || text != group->text; // else it would match nothing for ever
    const struct rest again = { group->item, group->count + 1, text, group->after, group->outer };

    if (group->count < group->item->maximum && moved && match_alternatives(subject, inside, text, &again))
        return true;
    return (group->count >= group->item->minimum || !moved) &&
        match_sequence(subject, group->after, text, group->outer);
}

static bool match_sequence(
    const struct subject *subject, struct part part, const char *text, const struct rest *rest)
{
    struct item item;

    if (part.start == part.end)
        return !rest || match_group(subject, rest, text);
    if (*part.start == '^' || *part.start == '$') {
        bool holds = *part.start == '^' ? text == subject->start : !*text;

        return holds && match_sequence(subject, (struct part){ part.start + 1, part.end }, text, rest);
    }
    item = add_item(&part);
    if (*item.atom.start == '(')
        return match_group(subject, &(struct rest){ &item, 0, NULL, part, rest }, text);
    return match_characters(subject, &item, part, text, rest);
}

static bool match_alternatives(
    const struct subject *subject, struct part part, const char *text, const struct rest *rest)
{
    const char *start = part.start;

    for (const char *at = start;; at = atom_end(at)) {
        if (at < part.end && *at != '|')
            continue;
        if (match_sequence(subject, (struct part){ start, at }, text, rest))
            return true;
        if (at >= part.end)
            return false;
        start = at + 1;
    }
}

static bool matches(const char *text, const char *pattern, bool ignore_case)
{
    const struct subject subject = { text, ignore_case };
    const struct part whole = { pattern, pattern + strlen(pattern) };

    for (;; text++) {
        if (match_alternatives(&subject, whole, text, NULL))
            return true;
        if (!*text)
            return false;
    }
}

bool text_matches(const char *text, const char *pattern)
{
    return matches(text, pattern, false);
}

bool text_matches_ignoring_case(const char *text, const char *pattern)
{
    return matches(text, pattern, true);
}
