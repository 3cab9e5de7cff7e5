// SPDX-License-Identifier: MIT
#include "util/arena.h"

#include "util/die.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum {
    ALIGNMENT = _Alignof(struct arena_chunk),
    FIRST_CHUNK = 16 * 1024,
    LARGEST_CHUNK = 2 * 1024 * 1024, // a huge page
};

void arena_release(struct arena *arena)
{
    while (arena->chunks) {
        struct arena_chunk *next = arena->chunks->next;

        if (!arena->chunks->is_borrowed)
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
    *newest = (struct arena_chunk){ .size = newest->size, .is_borrowed = newest->is_borrowed };
    arena->chunks = newest;
}

// The largest chunks are huge pages where the system has some to give: one page fault instead of hundreds.
static void *chunk_memory(size_t size)
{
    void *memory;

    if (size != LARGEST_CHUNK)
        return xmalloc(size);
    memory = aligned_alloc(size, size);
    if (!memory)
        die("out of memory");
#ifdef MADV_HUGEPAGE
    madvise(memory, size, MADV_HUGEPAGE);
#endif
    return memory;
}

// `size` counts the chunk's own fields.
static void add_chunk(struct arena *arena, size_t size)
{
    struct arena_chunk *chunk = chunk_memory(size);

    *chunk = (struct arena_chunk){ .next = arena->chunks, .size = size - sizeof(*chunk) };
    arena->chunks = chunk;
}

void arena_expect_much(struct arena *arena)
{
    add_chunk(arena, LARGEST_CHUNK);
}

void arena_borrow(struct arena *arena, struct arena *from, size_t size)
{
    // An arena aligns for less than a chunk needs.
    uintptr_t memory = (uintptr_t)arena_allocate(from, sizeof(struct arena_chunk) + ALIGNMENT + size);
    struct arena_chunk *chunk = (struct arena_chunk *)((memory + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);

    *chunk = (struct arena_chunk){ .size = size, .is_borrowed = true };
    arena->chunks = chunk;
}

static size_t next_size(const struct arena *arena, size_t at_least)
{
    size_t size = arena->chunks ? (sizeof(*arena->chunks) + arena->chunks->size) * 2 : FIRST_CHUNK;

    if (size > LARGEST_CHUNK)
        size = LARGEST_CHUNK;
    return size < at_least ? at_least : size;
}

void *arena_allocate_slowly(struct arena *arena, size_t size)
{
    if (size > SIZE_MAX - ARENA_ALIGNMENT - sizeof(*arena->chunks))
        die("out of memory");
    add_chunk(arena, next_size(arena, sizeof(*arena->chunks) + size + ARENA_ALIGNMENT));
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
