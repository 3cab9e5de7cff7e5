// SPDX-License-Identifier: MIT
#ifndef LSP_LSP_H
#define LSP_LSP_H

// The language server for CloudFormation templates, JSON and YAML: the Language Server Protocol 3.17 over a
// stream. It checks documents as they are typed, and says what may stand at a place, what stands there, and
// where what it refers to is declared.
//
// The server knows nothing of files, of the command line or of where its answers go: that is the host's. What
// it is fed may be anything; nothing that it is fed ends the program.

#include "util/error.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct display;
struct schema_property;
struct schema_resource;
struct validate_options;
struct value;

struct lsp_host {
    void *data;                 // for the functions
    const char *name, *version; // of the server
    // Takes bytes for the client.
    void (*send)(void *data, const char *text, size_t length);
    // How templates in this directory (NULL: in the current one) are to be checked, if the editor has these
    // settings (an object; NULL: none). What is added to the options before an error counts. In the arena of
    // values.
    int (*options)(void *data, const char *directory, const struct value *settings,
        struct validate_options *options, struct error *err);
    // What is known of a resource type, or of its property or attribute at `path`, in lines for people.
    void (*describe)(void *data, struct display *out, const struct schema_resource *resource,
        const char *path, const struct schema_property *property, struct arena *arena);
};

struct lsp_server;

struct lsp_server *lsp_server_new(const struct lsp_host *host);
void lsp_server_free(struct lsp_server *server);

// Handles the messages that are complete with these bytes. Documents that have changed are not checked yet,
// so that only the last of many changes is.
void lsp_server_receive(struct lsp_server *server, const char *bytes, size_t length);
bool lsp_server_has_changes(const struct lsp_server *server);
// Checks what has changed, and publishes what is found.
void lsp_server_publish(struct lsp_server *server);
// After "exit", or what cannot be understood any further: nothing more is to be received.
bool lsp_server_is_over(const struct lsp_server *server);
// The exit status then, or at the end of the stream: 0 only for "exit" after "shutdown".
int lsp_server_status(const struct lsp_server *server);

// Serves what comes from the descriptor until the end; returns the exit status.
int lsp_serve(const struct lsp_host *host, int fd);

#endif
