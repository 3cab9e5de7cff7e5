// SPDX-License-Identifier: MIT
#ifndef LSP_SERVER_RPC_H
#define LSP_SERVER_RPC_H

// JSON-RPC 2.0 as the protocol uses it: requests with an id, which are answered, notifications without one,
// which are not, and answers.

#include "lsp/lsp.h"

enum rpc_error {
    RPC_OK = 0,
    RPC_PARSE_ERROR = -32700,
    RPC_INVALID_REQUEST = -32600,
    RPC_METHOD_NOT_FOUND = -32601,
    RPC_INVALID_PARAMS = -32602,
    RPC_SERVER_NOT_INITIALIZED = -32002,
    RPC_REQUEST_CANCELLED = -32800,
};

// `id` of NULL is null; a result of NULL is null.
void rpc_send_result(const struct lsp_host *host, const struct value *id, struct value *result);
void rpc_send_error(
    const struct lsp_host *host, const struct value *id, enum rpc_error code, const char *message);
void rpc_send_notification(const struct lsp_host *host, const char *method, struct value *params);
void rpc_send_request(const struct lsp_host *host, const char *id, const char *method, struct value *params);

#endif
