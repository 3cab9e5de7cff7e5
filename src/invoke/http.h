// SPDX-License-Identifier: MIT
#ifndef INVOKE_HTTP_H
#define INVOKE_HTTP_H

// As much of HTTP/1.1's server side as the Lambda Runtime API needs: one connection that collects a request
// at a time and is told the answer. The caller polls, reads and owns the connection.

#include "util/strbuf.h"

#include <stdbool.h>

struct http_request {
    const char *method; // into the connection's input, until http_answer()
    const char *path;
    const char *body;
    size_t body_length; // of a body over the limit: what the client announced, and `body` is NULL
};

struct http_connection {
    int fd; // -1: closed
    struct strbuf input;
    size_t header_length; // 0: the header is not complete
    size_t body_length;
    size_t to_skip; // bytes of an oversized body that are still to come
    bool continued; // "100 Continue" was sent
    struct http_request request;
};

enum http_progress { HTTP_WAITING, HTTP_REQUEST, HTTP_CLOSED };

void http_open(struct http_connection *connection, int fd);
void http_close(struct http_connection *connection);

// Reads what has arrived. HTTP_REQUEST: connection->request is complete and waits for its answer.
// HTTP_CLOSED: the client left or sent no HTTP; the connection is closed. A body longer than max_body is
// skipped.
enum http_progress http_read(struct http_connection *connection, size_t max_body);

// Answers the request and readies the connection for the next one. `headers` are whole lines, each ended by
// CR LF. A connection that breaks is closed.
void http_answer(
    struct http_connection *connection, int status, const char *headers, const char *body, size_t length);

#endif
