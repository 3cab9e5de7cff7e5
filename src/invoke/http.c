// SPDX-License-Identifier: MIT
#include "invoke/http.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_HEADER 16384

void http_open(struct http_connection *connection, int fd)
{
    *connection = (struct http_connection){ .fd = fd, .input = STRBUF_INIT };
}

void http_close(struct http_connection *connection)
{
    if (connection->fd >= 0)
        close(connection->fd);
    strbuf_release(&connection->input);
    *connection = (struct http_connection){ .fd = -1, .input = STRBUF_INIT };
}

static void send_all(struct http_connection *connection, const char *data, size_t length)
{
    while (length) {
        ssize_t sent = send(connection->fd, data, length, MSG_NOSIGNAL);

        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0) {
            http_close(connection);
            return;
        }
        data += sent;
        length -= (size_t)sent;
    }
}

// The value of a header in the (NUL-terminated) header block, or NULL.
static const char *header_value(const char *header, const char *name)
{
    size_t length = strlen(name);

    for (const char *line = strstr(header, "\r\n"); line; line = strstr(line, "\r\n")) {
        line += 2;
        if (strncasecmp(line, name, length) == 0 && line[length] == ':')
            return line + length + 1 + strspn(line + length + 1, " \t");
    }
    return NULL;
}

// Splits "METHOD PATH VERSION" in place.
static bool parse_request_line(struct http_connection *connection)
{
    char *line = connection->input.data;
    size_t length = strcspn(line, "\r");
    char *space = memchr(line, ' ', length);
    char *second = space ? memchr(space + 1, ' ', length - (size_t)(space + 1 - line)) : NULL;

    if (!second || strncmp(second + 1, "HTTP/1.", 7) != 0)
        return false;
    *space = *second = '\0';
    connection->request = (struct http_request){ .method = line, .path = space + 1 };
    return true;
}

static bool parse_length(const char *text, size_t *ret)
{
    unsigned long long value;
    char *end;

    if (!text) {
        *ret = 0;
        return true;
    }
    errno = 0;
    value = strtoull(text, &end, 10);
    *ret = (size_t)value;
    return !errno && *text >= '0' && *text <= '9' && (*end == '\r' || *end == ' ');
}

static void send_continue(struct http_connection *connection)
{
    static const char text[] = "HTTP/1.1 100 Continue\r\n\r\n";

    connection->continued = true;
    send_all(connection, text, sizeof(text) - 1);
}

// Looks at the header as soon as it is complete. False: what came is no request that we take.
static bool parse_header(struct http_connection *connection, size_t max_body)
{
    const char *end = strstr(connection->input.data, "\r\n\r\n"), *expect;
    size_t header_length;
    char kept;
    bool ok;

    if (!end)
        return connection->input.length < MAX_HEADER;
    header_length = (size_t)(end - connection->input.data) + 4;
    kept = connection->input.data[header_length - 2];
    connection->input.data[header_length - 2] = '\0';
    expect = header_value(connection->input.data, "Expect");
    ok = !header_value(connection->input.data, "Transfer-Encoding") &&
        parse_length(header_value(connection->input.data, "Content-Length"), &connection->body_length);
    connection->input.data[header_length - 2] = kept;
    if (!ok || !parse_request_line(connection))
        return false;
    connection->header_length = header_length;
    if (connection->body_length > max_body)
        connection->to_skip = connection->body_length;
    if (expect && !connection->continued)
        send_continue(connection);
    return connection->fd >= 0;
}

// Drops the oversized body's bytes from the input; true when all of them have passed.
static bool skip_body(struct http_connection *connection)
{
    size_t here = connection->input.length - connection->header_length;
    size_t skipped = here < connection->to_skip ? here : connection->to_skip;

    strbuf_truncate(&connection->input, connection->input.length - skipped);
    connection->to_skip -= skipped;
    return connection->to_skip == 0;
}

static bool body_complete(struct http_connection *connection, size_t max_body)
{
    struct http_request *request = &connection->request;

    request->body_length = connection->body_length;
    if (connection->body_length > max_body)
        return skip_body(connection);
    if (connection->input.length - connection->header_length < connection->body_length)
        return false;
    request->body = connection->input.data + connection->header_length;
    return true;
}

// The input may move when it grows, so the request line is found again: its ends are NUL by then.
static void add_to_request(struct http_connection *connection, const char *bytes, size_t length)
{
    struct http_request *request = &connection->request;
    const size_t method = (size_t)(request->method - connection->input.data);
    const size_t path = (size_t)(request->path - connection->input.data);

    strbuf_add(&connection->input, bytes, length);
    request->method = connection->input.data + method;
    request->path = connection->input.data + path;
}

static bool begin_request(
    struct http_connection *connection, const char *bytes, size_t length, size_t max_body)
{
    strbuf_add(&connection->input, bytes, length);
    return parse_header(connection, max_body);
}

enum http_progress http_read(struct http_connection *connection, size_t max_body)
{
    char bytes[65536];
    ssize_t length = recv(connection->fd, bytes, sizeof(bytes), 0);

    if (length < 0 && errno == EINTR)
        return HTTP_WAITING;
    if (length <= 0) {
        http_close(connection);
        return HTTP_CLOSED;
    }
    if (connection->header_length) {
        add_to_request(connection, bytes, (size_t)length);
    } else if (!begin_request(connection, bytes, (size_t)length, max_body)) {
        http_close(connection);
        return HTTP_CLOSED;
    }
    return connection->header_length && body_complete(connection, max_body) ? HTTP_REQUEST : HTTP_WAITING;
}

static const char *status_text(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 202:
        return "Accepted";
    case 400:
        return "Bad Request";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 413:
        return "Request Entity Too Large";
    default:
        return "Internal Server Error";
    }
}

void http_answer(
    struct http_connection *connection, int status, const char *headers, const char *body, size_t length)
{
    STRBUF_AUTO answer = STRBUF_INIT;

    strbuf_addf(&answer, "HTTP/1.1 %d %s\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n%s\r\n",
        status, status_text(status), length, headers);
    strbuf_add(&answer, body, length);
    strbuf_reset(&connection->input);
    connection->header_length = connection->body_length = connection->to_skip = 0;
    connection->continued = false;
    connection->request = (struct http_request){ 0 };
    send_all(connection, answer.data, answer.length);
}
