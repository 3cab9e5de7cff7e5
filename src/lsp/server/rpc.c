// SPDX-License-Identifier: MIT
#include "lsp/server/rpc.h"

#include "data/json.h"
#include "data/value.h"

static void send_message(const struct lsp_host *host, const struct value *message)
{
    STRBUF_AUTO body = STRBUF_INIT;
    STRBUF_AUTO frame = STRBUF_INIT;

    json_stringify(&body, message);
    strbuf_addf(&frame, "Content-Length: %zu\r\n\r\n", body.length);
    strbuf_add(&frame, body.data, body.length);
    host->send(host->data, frame.data, frame.length);
}

static struct value *or_null(const struct value *value)
{
    return value ? (struct value *)value : null();
}

void rpc_send_result(const struct lsp_host *host, const struct value *id, struct value *result)
{
    send_message(host,
        object((struct field[]){
            { "jsonrpc", string("2.0") }, { "id", or_null(id) }, { "result", or_null(result) }, END }));
}

void rpc_send_error(
    const struct lsp_host *host, const struct value *id, enum rpc_error code, const char *message)
{
    struct value *error =
        object((struct field[]){ { "code", number(code) }, { "message", string(message) }, END });

    send_message(host,
        object((struct field[]){
            { "jsonrpc", string("2.0") }, { "id", or_null(id) }, { "error", error }, END }));
}

void rpc_send_notification(const struct lsp_host *host, const char *method, struct value *params)
{
    send_message(host,
        object((struct field[]){
            { "jsonrpc", string("2.0") }, { "method", string(method) }, { "params", params }, END }));
}

void rpc_send_request(const struct lsp_host *host, const char *id, const char *method, struct value *params)
{
    send_message(host,
        object((struct field[]){ { "jsonrpc", string("2.0") }, { "id", string(id) },
            { "method", string(method) }, { "params", params }, END }));
}
