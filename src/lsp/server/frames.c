// SPDX-License-Identifier: MIT
#include "lsp/server/frames.h"

#include <string.h>
#include <strings.h>

void frames_release(struct frames *frames)
{
    strbuf_release(&frames->bytes);
}

static void skip(struct frames *frames)
{
    size_t left = frames->bytes.length - frames->taken;
    size_t now = frames->to_skip < left ? frames->to_skip : left;

    frames->taken += now;
    frames->to_skip -= now;
}

void frames_add(struct frames *frames, const char *bytes, size_t length)
{
    if (frames->taken) {
        size_t left = frames->bytes.length - frames->taken;

        memmove(frames->bytes.data, frames->bytes.data + frames->taken, left);
        strbuf_truncate(&frames->bytes, left);
        frames->taken = 0;
    }
    strbuf_add(&frames->bytes, bytes, length);
    skip(frames);
}

// The number behind the name of the header; false when there is none, or the line is another one's.
static bool read_length(const char *line, size_t length, size_t *ret_number)
{
    enum { LONGEST_NUMBER = 18 }; // digits
    static const char name[] = "Content-Length:";
    size_t at = strlen(name), number = 0, digits = 0;

    if (length < at || strncasecmp(line, name, at) != 0)
        return false;
    while (at < length && (line[at] == ' ' || line[at] == '\t'))
        at++;
    for (; at < length && line[at] >= '0' && line[at] <= '9'; at++, digits++)
        number = number * 10 + (size_t)(line[at] - '0');
    *ret_number = number;
    return digits && digits <= LONGEST_NUMBER && at == length;
}

// Behind the empty line that ends headers; NULL when it has not come yet.
static const char *headers_end(const char *text, const char *end, const char **ret_last)
{
    for (const char *at = text; (at = memchr(at, '\n', (size_t)(end - at))); at++) {
        const char *next = at + 1;

        *ret_last = at;
        next += next < end && *next == '\r';
        if (next < end && *next == '\n')
            return next + 1;
    }
    return NULL;
}

static bool find_length(const char *text, const char *last, size_t *ret_length)
{
    bool found = false;

    while (text <= last && !found) {
        const char *end = memchr(text, '\n', (size_t)(last - text) + 1);
        size_t length = (size_t)(end - text);

        length -= length && text[length - 1] == '\r';
        found = read_length(text, length, ret_length);
        text = end + 1;
    }
    return found;
}

enum frame_state frames_next(struct frames *frames, const char **ret_text, size_t *ret_length)
{
    const char *text = frames->bytes.data + frames->taken, *end = frames->bytes.data + frames->bytes.length;
    const char *last = NULL, *body = headers_end(text, end, &last);
    size_t length;

    if (!body)
        return end - text > FRAME_HEADER_LIMIT ? FRAME_HOPELESS : FRAME_INCOMPLETE;
    if (body - text > FRAME_HEADER_LIMIT)
        return FRAME_HOPELESS;
    if (!find_length(text, last, &length)) {
        frames->taken += (size_t)(body - text);
        return FRAME_INVALID;
    }
    if (length > FRAME_LIMIT) {
        frames->taken += (size_t)(body - text);
        frames->to_skip = length;
        skip(frames);
        return FRAME_TOO_LONG;
    }
    if ((size_t)(end - body) < length)
        return FRAME_INCOMPLETE;
    frames->taken += (size_t)(body - text) + length;
    *ret_text = body;
    *ret_length = length;
    return FRAME_READY;
}
