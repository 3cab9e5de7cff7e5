// SPDX-License-Identifier: MIT
#ifndef UTIL_ARENA_H
#define UTIL_ARENA_H

// Memory that is given back all at once. Allocation dies when memory runs out, so it never returns NULL.

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

enum { ARENA_ALIGNMENT = 8 };

struct arena_chunk {
    struct arena_chunk *next;
    size_t used;
    size_t size;
    bool is_borrowed;
    max_align_t data[];
};

struct arena {
    struct arena_chunk *chunks; // newest first
    size_t allocated;           // bytes handed out, for tests and benchmarks
};

#define ARENA_INIT                                                                                           \
    {                                                                                                        \
        NULL, 0                                                                                              \
    }

// Takes a large chunk at once for an empty arena that will need it.
void arena_expect_much(struct arena *arena);
// Takes the first chunk of an empty arena from another one, which lives longer.
void arena_borrow(struct arena *arena, struct arena *from, size_t size);
void arena_release(struct arena *arena);
// Takes everything back but keeps the newest chunk, for another round of the same work.
void arena_reset(struct arena *arena);

// Not zeroed.
void *arena_allocate_slowly(struct arena *arena, size_t size);
static inline void *arena_allocate(struct arena *arena, size_t size)
{
    struct arena_chunk *chunk = arena->chunks;
    size_t rounded = (size + ARENA_ALIGNMENT - 1) & ~(size_t)(ARENA_ALIGNMENT - 1);
    void *memory;

    if (!chunk || rounded < size || chunk->size - chunk->used < rounded)
        return arena_allocate_slowly(arena, size);
    memory = (char *)chunk->data + chunk->used;
    chunk->used += rounded;
    arena->allocated += rounded;
    return memory;
}

// Zeroed, aligned for pointers, integers and double.
static inline void *arena_alloc(struct arena *arena, size_t size)
{
    return memset(arena_allocate(arena, size), 0, size);
}
void *arena_memdup(struct arena *arena, const void *data, size_t size);
char *arena_strdup(struct arena *arena, const char *text);
char *arena_strndup(struct arena *arena, const char *text, size_t length);
char *arena_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

// Makes room for one more element in an array that lives in the arena: *capacity doubles when *length has
// reached it.
void *arena_grow(struct arena *arena, void *items, size_t length, size_t *capacity, size_t item_size);

#endif
