// SPDX-License-Identifier: MIT
#ifndef LSP_SERVER_FRAMES_H
#define LSP_SERVER_FRAMES_H

// Messages in a stream of bytes: headers, an empty line, and as many bytes as the header Content-Length says
// (Language Server Protocol, "Base Protocol").

#include "util/strbuf.h"

#include <stdbool.h>

enum {
    FRAME_LIMIT = 128 * 1024 * 1024, // bytes of a message; what is longer is skipped
    FRAME_HEADER_LIMIT = 16 * 1024,  // of all headers of one
};

struct frames {
    struct strbuf bytes; // that have come and are not taken yet
    size_t taken;        // of them
    size_t to_skip;      // of a message that is too long
};

enum frame_state {
    FRAME_INCOMPLETE,
    FRAME_READY,
    FRAME_TOO_LONG, // it is skipped
    FRAME_INVALID,  // headers without a length: the next ones are looked at
    FRAME_HOPELESS, // no headers at all
};

void frames_release(struct frames *frames);
void frames_add(struct frames *frames, const char *bytes, size_t length);
// The next message, which is valid until more is added.
enum frame_state frames_next(struct frames *frames, const char **ret_text, size_t *ret_length);

#endif
