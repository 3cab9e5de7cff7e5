// SPDX-License-Identifier: MIT
#ifndef LSP_SERVER_SERVER_H
#define LSP_SERVER_SERVER_H

// The inside of a server: what it keeps between messages.

#include "lsp/answers/inquiry.h"
#include "lsp/server/frames.h"
#include "lsp/server/rpc.h"

enum server_state { SERVER_NEW, SERVER_INITIALIZED, SERVER_SHUT_DOWN, SERVER_OVER };

struct workspace_folder {
    char *path;
    struct workspace_folder *next;
};

struct lsp_server {
    const struct lsp_host *host;
    enum server_state state;
    int status;
    struct frames frames;
    struct client client;
    struct document *documents;
    struct workspace_folder *folders;
    struct strbuf settings; // of the editor, as JSON; empty: none
    char *complaint;        // the last one about settings; NULL: none
};

// A method. `params` is what the client sends, of any shape. Requests give a result, NULL for null; what
// cannot be answered sets *ret_error.
typedef struct value *method_handler(
    struct lsp_server *server, const struct value *params, enum rpc_error *ret_error);

struct method {
    const char *name;
    bool is_request;
    method_handler *handle;
};

extern const struct method lsp_methods[]; // ends with a name of NULL

struct document *server_document(const struct lsp_server *server, const char *uri); // NULL: not open
// All documents have to be checked again.
void server_recheck(struct lsp_server *server);

// Settings.

void settings_set(struct lsp_server *server, const struct value *settings);
// Asks the client for them, if it can be asked.
void settings_ask(const struct lsp_server *server);
extern const char settings_request[]; // the id of that question
void settings_answered(struct lsp_server *server, const struct value *result);
void folder_add(struct lsp_server *server, const char *uri);
void folder_remove(struct lsp_server *server, const char *uri);
// How the document is to be checked. Says what is wrong with settings.
struct validate_options settings_for(struct lsp_server *server, const struct document *document);

// What is given back at the end.
void settings_release(struct lsp_server *server);

method_handler method_initialize;

#endif
