// SPDX-License-Identifier: MIT
#include "diff/compare/lines.h"

#include "data/value.h"
#include "util/die.h"
#include "util/map.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

// Myers, "An O(ND) Difference Algorithm and Its Variations", given up at a distance beyond which a difference
// helps no reader.
enum { DISTANCE_LIMIT = 200 };

struct text_side {
    const char **lines;
    uintptr_t *ids; // equal for equal lines
    size_t count;
};

struct texts {
    struct text_side before, after;
    size_t start; // equal lines at the beginning
    size_t end;   // and at the end
    struct map ids;
};

static struct text_side split(struct map *ids, const char *text)
{
    struct text_side side = { 0 };
    size_t count = 1;

    for (const char *c = text; *c; c++)
        count += *c == '\n';
    side.lines = arena_alloc(value_arena(), count * sizeof(*side.lines));
    side.ids = arena_alloc(value_arena(), count * sizeof(*side.ids));
    while (side.count < count) {
        size_t length = strcspn(text, "\n");
        const char *line = arena_strndup(value_arena(), text, length);
        uintptr_t id = (uintptr_t)map_get(ids, line);

        if (!id) {
            id = ids->length + 1;
            map_set(ids, line, (void *)id);
        }
        side.lines[side.count] = line;
        side.ids[side.count++] = id;
        text += length + (text[length] == '\n');
    }
    return side;
}

static void trim(struct texts *texts)
{
    size_t shorter = texts->before.count < texts->after.count ? texts->before.count : texts->after.count;

    while (texts->start < shorter && texts->before.ids[texts->start] == texts->after.ids[texts->start])
        texts->start++;
    while (texts->end < shorter - texts->start &&
        texts->before.ids[texts->before.count - texts->end - 1] ==
            texts->after.ids[texts->after.count - texts->end - 1])
        texts->end++;
}

static void add_text_line(struct diff_text_lines *out, enum diff_mark mark, const char *text)
{
    out->items = arena_grow(value_arena(), out->items, out->count, &out->capacity, sizeof(*out->items));
    out->items[out->count++] = (struct diff_text_line){ mark, text };
}

// The part between what is equal at both ends.
struct middle {
    const uintptr_t *before, *after;
    int before_count, after_count;
    int width;  // of a row of `reach`
    int *reach; // row d, diagonal k: the furthest line of `before` with d edits
};

static int *reach_at(const struct middle *middle, int distance, int diagonal)
{
    return &middle->reach[distance * middle->width + diagonal + DISTANCE_LIMIT + 1];
}

static bool comes_from_above(const struct middle *middle, int distance, int diagonal)
{
    return diagonal == -distance ||
        (diagonal != distance &&
            *reach_at(middle, distance - 1, diagonal - 1) < *reach_at(middle, distance - 1, diagonal + 1));
}

static int step(const struct middle *middle, int distance, int diagonal)
{
    int x = 0;

    if (distance)
        x = comes_from_above(middle, distance, diagonal) ? *reach_at(middle, distance - 1, diagonal + 1)
                                                         : *reach_at(middle, distance - 1, diagonal - 1) + 1;
    while (x < middle->before_count && x - diagonal < middle->after_count &&
        middle->before[x] == middle->after[x - diagonal])
        x++;
    *reach_at(middle, distance, diagonal) = x;
    return x;
}

// The number of edits; -1 when they are too many.
static int search(const struct middle *middle)
{
    int limit = middle->before_count + middle->after_count;

    for (int distance = 0; distance <= limit && distance <= DISTANCE_LIMIT; distance++)
        for (int diagonal = -distance; diagonal <= distance; diagonal += 2) {
            int x = step(middle, distance, diagonal);

            if (x >= middle->before_count && x - diagonal >= middle->after_count)
                return distance;
        }
    return -1;
}

// Which lines stay, from the end to the start of the path.
static void trace(const struct middle *middle, int distance, bool *removed, bool *added)
{
    int x = middle->before_count, y = middle->after_count;

    for (; distance > 0; distance--) {
        int diagonal = x - y;
        bool above = comes_from_above(middle, distance, diagonal);
        int from = *reach_at(middle, distance - 1, above ? diagonal + 1 : diagonal - 1);
        int from_y = from - (above ? diagonal + 1 : diagonal - 1);

        if (above)
            added[from_y] = true;
        else
            removed[from] = true;
        x = from;
        y = from_y;
    }
}

static void mark_middle(const struct texts *texts, bool *removed, bool *added)
{
    struct middle middle = {
        .before = texts->before.ids + texts->start,
        .after = texts->after.ids + texts->start,
        .before_count = (int)(texts->before.count - texts->start - texts->end),
        .after_count = (int)(texts->after.count - texts->start - texts->end),
        .width = 2 * DISTANCE_LIMIT + 3,
    };
    int rows = middle.before_count + middle.after_count, distance;

    rows = (rows < DISTANCE_LIMIT ? rows : DISTANCE_LIMIT) + 1;
    middle.reach = xcalloc((size_t)rows * (size_t)middle.width, sizeof(int));
    distance = search(&middle);
    if (distance >= 0) {
        trace(&middle, distance, removed + texts->start, added + texts->start);
    } else {
        memset(removed + texts->start, true, (size_t)middle.before_count);
        memset(added + texts->start, true, (size_t)middle.after_count);
    }
    free(middle.reach);
}

// All lines of both, marked.
static void merge(
    struct diff_text_lines *all, const struct texts *texts, const bool *removed, const bool *added)
{
    size_t i = 0, j = 0;

    while (i < texts->before.count || j < texts->after.count) {
        if (i < texts->before.count && removed[i]) {
            add_text_line(all, DIFF_MARK_REMOVED, texts->before.lines[i++]);
        } else if (j < texts->after.count && added[j]) {
            add_text_line(all, DIFF_MARK_ADDED, texts->after.lines[j++]);
        } else {
            add_text_line(all, DIFF_MARK_SAME, texts->before.lines[i++]);
            j++;
        }
    }
}

static bool is_change(const struct diff_text_line *line)
{
    return line->mark != DIFF_MARK_SAME;
}

// Where the hunk that begins with a change at `first` ends.
static size_t hunk_end(const struct diff_text_lines *all, size_t first, size_t context)
{
    size_t last = first, i;

    for (i = first; i < all->count && i <= last + 2 * context + 1; i++)
        if (is_change(&all->items[i]))
            last = i;
    return last + 1 + context < all->count ? last + 1 + context : all->count;
}

struct position {
    size_t before, after; // lines passed so far
};

static void pass(struct position *position, const struct diff_text_line *line)
{
    position->before += line->mark != DIFF_MARK_ADDED;
    position->after += line->mark != DIFF_MARK_REMOVED;
}

static void write_hunk(struct diff_text_lines *out, const struct diff_text_lines *all, size_t start,
    size_t end, struct position *position)
{
    struct position first = *position;
    size_t heading = out->count;

    add_text_line(out, DIFF_MARK_HUNK, NULL);
    for (size_t i = start; i < end; i++) {
        pass(position, &all->items[i]);
        add_text_line(out, all->items[i].mark, all->items[i].text);
    }
    out->items[heading].text = arena_printf(value_arena(), "@@ -%zu,%zu +%zu,%zu @@",
        first.before + (position->before > first.before), position->before - first.before,
        first.after + (position->after > first.after), position->after - first.after);
}

static void write_hunks(struct diff_text_lines *out, const struct diff_text_lines *all, size_t context)
{
    struct position position = { 0, 0 };
    size_t passed = 0;

    for (size_t i = 0; i < all->count; i++) {
        size_t start, end;

        if (!is_change(&all->items[i]))
            continue;
        start = i > passed + context ? i - context : passed;
        for (; passed < start; passed++)
            pass(&position, &all->items[passed]);
        end = hunk_end(all, i, context);
        write_hunk(out, all, start, end, &position);
        passed = end;
        i = end - 1;
    }
}

void diff_text(struct diff_text_lines *out, const char *before, const char *after, size_t context)
{
    struct diff_text_lines all = { 0 };
    struct texts texts = { .start = 0 };
    bool *removed, *added;

    map_init(&texts.ids, value_arena());
    texts.before = split(&texts.ids, before);
    texts.after = split(&texts.ids, after);
    trim(&texts);
    removed = arena_alloc(value_arena(), texts.before.count);
    added = arena_alloc(value_arena(), texts.after.count);
    mark_middle(&texts, removed, added);
    merge(&all, &texts, removed, added);
    write_hunks(out, &all, context);
}
