// SPDX-License-Identifier: MIT
#include "util/arena.h"

#include "util/die.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    FIRST_CHUNK = 16 * 1024,
    LARGEST_CHUNK = 1024 * 1024,
};

void arena_release(struct arena *arena)
{
    while (arena->chunks) {
        struct arena_chunk *next = arena->chunks->next;

        free(arena->chunks);
        arena->chunks = next;
    }
    arena->allocated = 0;
}

void arena_reset(struct arena *arena)
{
    struct arena_chunk *newest = arena->chunks;

    if (!newest)
        return;
    arena->chunks = newest->next;
    arena_release(arena);
    *newest = (struct arena_chunk){ .size = newest->size };
    arena->chunks = newest;
}

static void add_chunk(struct arena *arena, size_t at_least)
{
    size_t size = arena->chunks ? arena->chunks->size * 2 : FIRST_CHUNK;
    struct arena_chunk *chunk;

    if (size > LARGEST_CHUNK)
        size = LARGEST_CHUNK;
    if (size < at_least)
        size = at_least;
    chunk = xmalloc(sizeof(*chunk) + size);
    *chunk = (struct arena_chunk){ .next = arena->chunks, .size = size };
    arena->chunks = chunk;
}

void *arena_allocate_slowly(struct arena *arena, size_t size)
{
    if (size > SIZE_MAX - ARENA_ALIGNMENT)
        die("out of memory");
    add_chunk(arena, size + ARENA_ALIGNMENT);
    return arena_allocate(arena, size);
}

void *arena_memdup(struct arena *arena, const void *data, size_t size)
{
    void *memory = arena_allocate(arena, size);

    return size ? memcpy(memory, data, size) : memory;
}

char *arena_strdup(struct arena *arena, const char *text)
{
    return arena_memdup(arena, text, strlen(text) + 1);
}

char *arena_strndup(struct arena *arena, const char *text, size_t length)
{
    size_t actual = strnlen(text, length);
    char *copy = arena_allocate(arena, actual + 1);

    memcpy(copy, text, actual);
    copy[actual] = '\0';
    return copy;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    char *text;

    va_start(arguments, format);
    text = arena_vprintf(arena, format, arguments);
    va_end(arguments);
    return text;
}

char *arena_vprintf(struct arena *arena, const char *format, va_list arguments)
{
    char short_text[256];
    va_list copy;
    char *text;
    int length;

    va_copy(copy, arguments);
    length = vsnprintf(short_text, sizeof(short_text), format, copy);
    va_end(copy);
    if (length < 0)
        BUG("cannot format '%s'", format);
    text = arena_allocate(arena, (size_t)length + 1);
    if ((size_t)length < sizeof(short_text))
        return memcpy(text, short_text, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    return text;
}

void *arena_grow(struct arena *arena, void *items, size_t length, size_t *capacity, size_t item_size)
{
    void *grown;

    if (length < *capacity)
        return items;
    *capacity = *capacity ? *capacity * 2 : 4;
    grown = arena_alloc(arena, *capacity * item_size);
    if (length)
        memcpy(grown, items, length * item_size);
    return grown;
}
