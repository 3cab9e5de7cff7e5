// SPDX-License-Identifier: MIT
// What clients ask for and tell.
#include "data/value.h"
#include "lsp/server/server.h"

static const char *uri_of(const struct value *params)
{
    return object_string_or_empty(object_get(params, "textDocument"), "uri");
}

static struct value *shut_down(
    struct lsp_server *server, const struct value *params, enum rpc_error *ret_error)
{
    (void)params;
    (void)ret_error;
    server->state = SERVER_SHUT_DOWN;
    return NULL;
}

static struct value *initialized(
    struct lsp_server *server, const struct value *params, enum rpc_error *ret_error)
{
    (void)params;
    (void)ret_error;
    settings_ask(server);
    return NULL;
}

// Documents.

static void close_document(struct lsp_server *server, const char *uri)
{
    struct document *document = server_document(server, uri), **at = &server->documents;

    if (!document)
        return;
    while (*at != document)
        at = &(*at)->next;
    *at = document->next;
    document_free(document);
}

static void set_version(struct document *document, const struct value *identifier)
{
    const struct value *version = object_get(identifier, "version");

    document->has_version = value_type(version) == VALUE_NUMBER;
    document->version = value_number(version);
}

static struct value *did_open(
    struct lsp_server *server, const struct value *params, enum rpc_error *ret_error)
{
    const struct value *item = object_get(params, "textDocument");
    struct document *document;

    (void)ret_error;
    if (!object_string(item, "uri") || !object_string(item, "text"))
        return NULL;
    close_document(server, uri_of(params));
    document = document_new(uri_of(params), object_string_or_empty(item, "languageId"));
    document_set_text(document, object_string_or_empty(item, "text"));
    set_version(document, item);
    document->next = server->documents;
    server->documents = document;
    return NULL;
}

static void change(const struct lsp_server *server, struct document *document, const struct value *change)
{
    const struct value *range = object_get(change, "range");
    const char *text = object_string(change, "text");
    struct text_lines lines;

    if (!text)
        return;
    if (!range) {
        document_set_text(document, text);
        return;
    }
    lines = text_lines_of(document->text.data, document->text.length, value_arena());
    document_replace(document, span_of(&lines, server->client.units, range), text);
}

static struct value *did_change(
    struct lsp_server *server, const struct value *params, enum rpc_error *ret_error)
{
    const struct value *changes = object_get(params, "contentChanges");
    struct document *document = server_document(server, uri_of(params));

    (void)ret_error;
    if (!document || value_type(changes) != VALUE_ARRAY)
        return NULL;
    for (size_t i = 0; i < value_length(changes); i++)
        change(server, document, array_at(changes, i));
    set_version(document, object_get(params, "textDocument"));
    return NULL;
}

// What is set in files may have changed with it.
static struct value *recheck(struct lsp_server *server, const struct value *params, enum rpc_error *ret_error)
{
    (void)params;
    (void)ret_error;
    server_recheck(server);
    return NULL;
}

static struct value *did_close(
    struct lsp_server *server, const struct value *params, enum rpc_error *ret_error)
{
    const struct document *document = server_document(server, uri_of(params));

    (void)ret_error;
    if (document && document->has_findings)
        rpc_send_notification(server->host, "textDocument/publishDiagnostics",
            object((struct field[]){ { "uri", string(document->uri) }, { "diagnostics", array() }, END }));
    close_document(server, uri_of(params));
    return NULL;
}

// Settings.

static struct value *did_change_configuration(
    struct lsp_server *server, const struct value *params, enum rpc_error *ret_error)
{
    const struct value *settings = object_get(params, "settings");

    (void)ret_error;
    if (value_type(settings) == VALUE_OBJECT)
        settings_set(server, settings);
    else
        settings_ask(server);
    return NULL;
}

static struct value *did_change_folders(
    struct lsp_server *server, const struct value *params, enum rpc_error *ret_error)
{
    const struct value *event = object_get(params, "event"), *added = object_get(event, "added");
    const struct value *removed = object_get(event, "removed");

    (void)ret_error;
    for (size_t i = 0; i < value_length(removed); i++)
        folder_remove(server, object_string_or_empty(array_at(removed, i), "uri"));
    for (size_t i = 0; i < value_length(added); i++)
        folder_add(server, object_string_or_empty(array_at(added, i), "uri"));
    server_recheck(server);
    return NULL;
}

// Questions about a document.

static bool make_inquiry(const struct lsp_server *server, const struct value *params,
    struct inquiry *ret_inquiry, enum rpc_error *ret_error)
{
    const struct document *document = server_document(server, uri_of(params));

    if (!document) {
        *ret_error = RPC_INVALID_PARAMS;
        return false;
    }
    *ret_inquiry = inquiry_new(server->host, &server->client, document);
    ret_inquiry->offset =
        offset_of(&ret_inquiry->lines, server->client.units, object_get(params, "position"));
    return true;
}

static struct value *hover(struct lsp_server *server, const struct value *params, enum rpc_error *ret_error)
{
    struct inquiry inquiry;

    return make_inquiry(server, params, &inquiry, ret_error) ? inquiry_hover(&inquiry) : NULL;
}

static struct value *definition(
    struct lsp_server *server, const struct value *params, enum rpc_error *ret_error)
{
    struct inquiry inquiry;

    return make_inquiry(server, params, &inquiry, ret_error) ? inquiry_define(&inquiry) : NULL;
}

static struct value *completion(
    struct lsp_server *server, const struct value *params, enum rpc_error *ret_error)
{
    struct inquiry inquiry;

    return make_inquiry(server, params, &inquiry, ret_error) ? inquiry_complete(&inquiry) : NULL;
}

static struct value *symbols(struct lsp_server *server, const struct value *params, enum rpc_error *ret_error)
{
    struct inquiry inquiry;

    return make_inquiry(server, params, &inquiry, ret_error) ? inquiry_symbols(&inquiry) : NULL;
}

static struct value *code_actions(
    struct lsp_server *server, const struct value *params, enum rpc_error *ret_error)
{
    const struct value *diagnostics = object_get(object_get(params, "context"), "diagnostics");
    struct inquiry inquiry;

    return make_inquiry(server, params, &inquiry, ret_error) ? inquiry_act(&inquiry, diagnostics) : NULL;
}

const struct method lsp_methods[] = {
    { "initialize", true, method_initialize },
    { "initialized", false, initialized },
    { "shutdown", true, shut_down },
    { "textDocument/didOpen", false, did_open },
    { "textDocument/didChange", false, did_change },
    { "textDocument/didSave", false, recheck },
    { "textDocument/didClose", false, did_close },
    { "textDocument/hover", true, hover },
    { "textDocument/definition", true, definition },
    { "textDocument/completion", true, completion },
    { "textDocument/documentSymbol", true, symbols },
    { "textDocument/codeAction", true, code_actions },
    { "workspace/didChangeConfiguration", false, did_change_configuration },
    { "workspace/didChangeWatchedFiles", false, recheck },
    { "workspace/didChangeWorkspaceFolders", false, did_change_folders },
    { NULL, false, NULL },
};
