// SPDX-License-Identifier: MIT
// The first request: what the client can do, and what the server can.
#include "data/value.h"
#include "lsp/server/server.h"
#include "util/array.h"

#include <string.h>

static const char *const unit_names[UNITS_COUNT] = {
    [UNITS_UTF16] = "utf-16", [UNITS_UTF8] = "utf-8", [UNITS_UTF32] = "utf-32"
};

// The first of the client's that is known here.
static enum text_units choose_units(const struct value *capabilities)
{
    const struct value *offered = object_get(object_get(capabilities, "general"), "positionEncodings");

    for (size_t i = 0; i < value_length(offered); i++)
        for (size_t units = 0; units < UNITS_COUNT; units++)
            if (strcmp(value_string_or_empty(array_at(offered, i)), unit_names[units]) == 0)
                return (enum text_units)units;
    return UNITS_UTF16;
}

static const struct value *capability(const struct value *capabilities, const char *const *path)
{
    return object_get_path(capabilities, path);
}

static bool lists(const struct value *list, const char *word)
{
    for (size_t i = 0; i < value_length(list); i++)
        if (strcmp(value_string_or_empty(array_at(list, i)), word) == 0)
            return true;
    return false;
}

#define PATH(...) ((const char *const[]){ __VA_ARGS__, NULL })

static struct client client_of(const struct value *capabilities)
{
    return (struct client){
        .units = choose_units(capabilities),
        .takes_markdown =
            lists(capability(capabilities, PATH("textDocument", "hover", "contentFormat")), "markdown"),
        .nests_symbols = value_boolean(capability(
            capabilities, PATH("textDocument", "documentSymbol", "hierarchicalDocumentSymbolSupport"))),
        .has_code_actions =
            capability(capabilities, PATH("textDocument", "codeAction", "codeActionLiteralSupport")) != NULL,
        .answers_configuration = value_boolean(capability(capabilities, PATH("workspace", "configuration"))),
    };
}

static void add_folders(struct lsp_server *server, const struct value *params)
{
    const struct value *folders = object_get(params, "workspaceFolders");

    for (size_t i = 0; i < value_length(folders); i++)
        if (object_string(array_at(folders, i), "uri"))
            folder_add(server, object_string_or_empty(array_at(folders, i), "uri"));
    if (server->folders)
        return;
    if (object_string(params, "rootUri"))
        folder_add(server, object_string_or_empty(params, "rootUri"));
    else if (object_string(params, "rootPath"))
        folder_add(server, object_string_or_empty(params, "rootPath"));
}

static struct value *server_capabilities(const struct client *client)
{
    enum { INCREMENTAL = 2 };
    static const char *const triggers[] = { ":", ".", "!", "{", "\"", NULL };
    struct value *save = object((struct field[]){ { "includeText", boolean(false) }, END });
    struct value *folders = object(
        (struct field[]){ { "supported", boolean(true) }, { "changeNotifications", boolean(true) }, END });
    struct value *sync = object((struct field[]){
        { "openClose", boolean(true) }, { "change", number(INCREMENTAL) }, { "save", save }, END });

    return object((struct field[]){
        { "positionEncoding", string(unit_names[client->units]) },
        { "textDocumentSync", sync },
        { "hoverProvider", boolean(true) },
        { "definitionProvider", boolean(true) },
        { "documentSymbolProvider", boolean(true) },
        { "completionProvider", object((struct field[]){ { "triggerCharacters", strings(triggers) }, END }) },
        { "codeActionProvider",
            object((struct field[]){ { "codeActionKinds", strings(PATH("quickfix")) }, END }) },
        { "workspace", object((struct field[]){ { "workspaceFolders", folders }, END }) },
        END,
    });
}

struct value *method_initialize(
    struct lsp_server *server, const struct value *params, enum rpc_error *ret_error)
{
    (void)ret_error;
    server->client = client_of(object_get(params, "capabilities"));
    add_folders(server, params);
    settings_set(server, object_get(params, "initializationOptions"));
    server->state = SERVER_INITIALIZED;
    return object((struct field[]){
        { "capabilities", server_capabilities(&server->client) },
        { "serverInfo",
            object((struct field[]){ { "name", string(server->host->name) },
                { "version", string(server->host->version) }, END }) },
        END,
    });
}
