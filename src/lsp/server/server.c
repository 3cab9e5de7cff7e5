// SPDX-License-Identifier: MIT
#include "lsp/server/server.h"

#include "data/json.h"
#include "data/value.h"
#include "util/die.h"
#include "validate/validate.h"

#include <stdlib.h>
#include <string.h>

// A message that has come; those behind it in the queue may take it back.
struct queued {
    struct arena arena;
    const struct value *message;
    struct queued *next;
};

struct lsp_server *lsp_server_new(const struct lsp_host *host)
{
    struct lsp_server *server = xcalloc(1, sizeof(*server));

    server->host = host;
    server->status = EXIT_STATUS_FAILURE;
    server->frames.bytes = (struct strbuf)STRBUF_INIT;
    server->settings = (struct strbuf)STRBUF_INIT;
    return server;
}

void lsp_server_free(struct lsp_server *server)
{
    while (server->documents) {
        struct document *document = server->documents;

        server->documents = document->next;
        document_free(document);
    }
    settings_release(server);
    frames_release(&server->frames);
    free(server);
}

bool lsp_server_is_over(const struct lsp_server *server)
{
    return server->state == SERVER_OVER;
}

int lsp_server_status(const struct lsp_server *server)
{
    return server->status;
}

struct document *server_document(const struct lsp_server *server, const char *uri)
{
    struct document *document = server->documents;

    while (document && strcmp(document->uri, uri) != 0)
        document = document->next;
    return document;
}

void server_recheck(struct lsp_server *server)
{
    for (struct document *document = server->documents; document; document = document->next)
        document->has_changed = true;
}

static const struct method *method_find(const char *name)
{
    for (const struct method *method = lsp_methods; method->name; method++)
        if (strcmp(method->name, name) == 0)
            return method;
    return NULL;
}

static const char *error_text(enum rpc_error error)
{
    switch (error) {
    case RPC_SERVER_NOT_INITIALIZED:
        return "the first request has to be 'initialize'";
    case RPC_METHOD_NOT_FOUND:
        return "there is no such method";
    case RPC_INVALID_PARAMS:
        return "the document is not open, or the parameters are none of this method";
    case RPC_REQUEST_CANCELLED:
        return "the request was cancelled";
    default:
        return "the request cannot be answered now";
    }
}

// Whether the state takes the method.
static enum rpc_error admit(const struct lsp_server *server, const char *name, const struct method *method)
{
    bool is_first = strcmp(name, "initialize") == 0;

    if (server->state == SERVER_NEW && !is_first)
        return RPC_SERVER_NOT_INITIALIZED;
    if ((server->state != SERVER_NEW && is_first) || server->state == SERVER_SHUT_DOWN)
        return RPC_INVALID_REQUEST;
    return method ? RPC_OK : RPC_METHOD_NOT_FOUND;
}

static bool is_cancelled(const struct queued *queued, const struct value *id)
{
    for (const struct queued *later = queued->next; later; later = later->next)
        if (strcmp(object_string_or_empty(later->message, "method"), "$/cancelRequest") == 0 &&
            value_equal(object_get(object_get(later->message, "params"), "id"), id))
            return true;
    return false;
}

static void handle_request(
    struct lsp_server *server, const struct queued *queued, const char *name, const struct value *id)
{
    const struct method *method = method_find(name);
    enum rpc_error error;
    struct value *result = NULL;

    if (method && !method->is_request)
        method = NULL;
    error = is_cancelled(queued, id) ? RPC_REQUEST_CANCELLED : admit(server, name, method);
    if (!error)
        result = method->handle(server, object_get(queued->message, "params"), &error);
    if (error)
        rpc_send_error(server->host, id, error, error_text(error));
    else
        rpc_send_result(server->host, id, result);
}

static void handle_notification(struct lsp_server *server, const struct value *message, const char *name)
{
    const struct method *method = method_find(name);
    enum rpc_error error;

    if (strcmp(name, "exit") == 0) {
        server->status = server->state == SERVER_SHUT_DOWN ? EXIT_STATUS_OK : EXIT_STATUS_FAILURE;
        server->state = SERVER_OVER;
    } else if (server->state == SERVER_INITIALIZED && method && !method->is_request) {
        method->handle(server, object_get(message, "params"), &error);
    }
}

static void handle_message(struct lsp_server *server, const struct queued *queued)
{
    const struct value *id = object_get(queued->message, "id");
    const char *name = object_string(queued->message, "method");
    bool is_id = value_type(id) == VALUE_STRING || value_type(id) == VALUE_NUMBER;

    if (name && is_id)
        handle_request(server, queued, name, id);
    else if (name && !id)
        handle_notification(server, queued->message, name);
    else if (!name && id && strcmp(value_string_or_empty(id), settings_request) == 0)
        settings_answered(server, object_get(queued->message, "result"));
    else if (name || !id)
        rpc_send_error(server->host, NULL, RPC_INVALID_REQUEST, "this is no message of JSON-RPC");
}

// NULL after an error.
static struct queued *queued_new(struct lsp_server *server, const char *text, size_t length)
{
    struct queued *queued = xcalloc(1, sizeof(*queued));
    VALUE_ARENA_SCOPE(&queued->arena);
    ERROR_AUTO err = ERROR_INIT;

    queued->message = json_parse(text, length, "message", &err);
    if (queued->message)
        return queued;
    rpc_send_error(server->host, NULL, RPC_PARSE_ERROR, err.message);
    arena_release(&queued->arena);
    free(queued);
    return NULL;
}

static void complain(struct lsp_server *server, enum rpc_error code, const char *message)
{
    struct arena arena = ARENA_INIT;
    VALUE_ARENA_SCOPE(&arena);

    rpc_send_error(server->host, NULL, code, message);
    arena_release(&arena);
}

// All that are complete, in their order.
static struct queued *take_messages(struct lsp_server *server)
{
    struct queued *first = NULL, **last = &first;
    const char *text = NULL;
    size_t length = 0;

    for (;;) {
        switch (frames_next(&server->frames, &text, &length)) {
        case FRAME_READY:
            *last = queued_new(server, text, length);
            last = *last ? &(*last)->next : last;
            break;
        case FRAME_TOO_LONG:
            complain(server, RPC_INVALID_REQUEST, "the message is too long");
            break;
        case FRAME_INVALID:
            complain(server, RPC_PARSE_ERROR, "a message has no Content-Length");
            break;
        case FRAME_HOPELESS:
            complain(server, RPC_PARSE_ERROR, "this is no message of the Language Server Protocol");
            server->state = SERVER_OVER;
            return first;
        case FRAME_INCOMPLETE:
            return first;
        }
    }
}

void lsp_server_receive(struct lsp_server *server, const char *bytes, size_t length)
{
    struct queued *queued;

    if (lsp_server_is_over(server))
        return;
    frames_add(&server->frames, bytes, length);
    for (queued = take_messages(server); queued;) {
        struct queued *done = queued;
        VALUE_ARENA_SCOPE(&done->arena);

        if (!lsp_server_is_over(server))
            handle_message(server, done);
        queued = done->next;
        arena_release(&done->arena);
        free(done);
    }
}

bool lsp_server_has_changes(const struct lsp_server *server)
{
    const struct document *document = server->documents;

    while (document && !document->has_changed)
        document = document->next;
    return document != NULL;
}

static struct value *check(struct lsp_server *server, const struct document *document)
{
    const struct inquiry inquiry = inquiry_new(server->host, &server->client, document);
    const struct template_source source = {
        .name = document->path, .text = document->text.data, .length = document->text.length
    };
    struct template_findings findings = { 0 };
    struct validate_options options;

    if (!document_is_template(document, inquiry.root))
        return array();
    options = settings_for(server, document);
    validate_template(&source, &options, &findings);
    return inquiry_diagnostics(&inquiry, &findings);
}

static void publish(struct lsp_server *server, struct document *document)
{
    struct arena arena = ARENA_INIT;
    VALUE_ARENA_SCOPE(&arena);
    struct value *diagnostics = check(server, document);

    document->has_changed = false;
    // Nothing about a document that is none of ours.
    if (value_length(diagnostics) || document->has_findings)
        rpc_send_notification(server->host, "textDocument/publishDiagnostics",
            object((struct field[]){
                { "uri", string(document->uri) },
                { "version", document->has_version ? number(document->version) : NULL },
                { "diagnostics", diagnostics },
                END,
            }));
    document->has_findings = value_length(diagnostics) > 0;
    arena_release(&arena);
}

void lsp_server_publish(struct lsp_server *server)
{
    for (struct document *document = server->documents; document; document = document->next)
        if (document->has_changed)
            publish(server, document);
}
