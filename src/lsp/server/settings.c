// SPDX-License-Identifier: MIT
// What the editor sets, and in which folders it works.
#include "data/json.h"
#include "data/value.h"
#include "lsp/server/server.h"
#include "util/die.h"
#include "validate/validate.h"

#include <stdlib.h>
#include <string.h>

static const char section[] = "tango-infra";
const char settings_request[] = "tango-infra/settings";

// Those of other programs may stand beside.
void settings_set(struct lsp_server *server, const struct value *settings)
{
    if (object_get(settings, section))
        settings = object_get(settings, section);
    strbuf_reset(&server->settings);
    if (value_type(settings) == VALUE_OBJECT)
        json_stringify(&server->settings, settings);
    server_recheck(server);
}

void settings_ask(const struct lsp_server *server)
{
    struct value *item = object((struct field[]){ { "section", string(section) }, END });

    if (server->client.answers_configuration)
        rpc_send_request(server->host, settings_request, "workspace/configuration",
            object((struct field[]){ { "items", array_of((struct value *[]){ item, NULL }) }, END }));
}

void settings_answered(struct lsp_server *server, const struct value *result)
{
    if (value_type(array_at(result, 0)) == VALUE_OBJECT)
        settings_set(server, array_at(result, 0));
}

void folder_add(struct lsp_server *server, const char *uri)
{
    struct workspace_folder *folder = xcalloc(1, sizeof(*folder));

    folder->path = uri_path(uri);
    folder->next = server->folders;
    server->folders = folder;
}

void folder_remove(struct lsp_server *server, const char *uri)
{
    char *path = uri_path(uri);

    for (struct workspace_folder **at = &server->folders; *at; at = &(*at)->next) {
        struct workspace_folder *folder = *at;

        if (strcmp(folder->path, path) != 0)
            continue;
        *at = folder->next;
        free(folder->path);
        free(folder);
        break;
    }
    free(path);
}

// The folder that the document is in, the innermost one; NULL: it is in none.
static const char *directory_of(const struct lsp_server *server, const struct document *document)
{
    const char *found = NULL;

    for (const struct workspace_folder *folder = server->folders; folder; folder = folder->next) {
        size_t length = strlen(folder->path);

        if (length && strncmp(document->path, folder->path, length) == 0 &&
            (folder->path[length - 1] == '/' || document->path[length] == '/') &&
            (!found || length > strlen(found)))
            found = folder->path;
    }
    return found;
}

static int read_options(struct lsp_server *server, const struct document *document,
    struct validate_options *options, struct error *err)
{
    const struct value *settings = NULL;

    if (server->settings.length) {
        settings = json_parse(server->settings.data, server->settings.length, "settings", err);
        if (!settings)
            return -1;
    }
    return server->host->options(server->host->data, directory_of(server, document), settings, options, err);
}

// The same complaint is shown once.
static void show(struct lsp_server *server, const char *message)
{
    enum { MESSAGE_ERROR = 1 };

    if (server->complaint && strcmp(server->complaint, message) == 0)
        return;
    free(server->complaint);
    server->complaint = xstrdup(message);
    rpc_send_notification(server->host, "window/showMessage",
        object((struct field[]){
            { "type", number(MESSAGE_ERROR) }, { "message", stringf("tango-infra: %s", message) }, END }));
}

struct validate_options settings_for(struct lsp_server *server, const struct document *document)
{
    struct validate_options options = { 0 };
    ERROR_AUTO err = ERROR_INIT;

    if (read_options(server, document, &options, &err) < 0) {
        show(server, err.message);
    } else {
        free(server->complaint);
        server->complaint = NULL;
    }
    return options;
}

void settings_release(struct lsp_server *server)
{
    while (server->folders) {
        struct workspace_folder *folder = server->folders;

        server->folders = folder->next;
        free(folder->path);
        free(folder);
    }
    strbuf_release(&server->settings);
    free(server->complaint);
}
