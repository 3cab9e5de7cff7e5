// SPDX-License-Identifier: MIT
// A session with the language server: the input is a document that is opened, asked about in many places and
// changed, and then what comes from the client. The bits of the first byte choose how places are counted, the
// language, and the change.
#include "harness.h"

#include "data/json.h"
#include "data/json_check.h"
#include "data/value.h"
#include "lsp/lsp.h"
#include "schema/schema.h"
#include "util/die.h"
#include "util/display.h"
#include "util/text/utf8.h"
#include "validate/validate.h"

#include <string.h>

static void check_sent(void *data, const char *text, size_t length)
{
    static const struct json_rules rules = { .depth = 1000 };
    const char *body = memmem(text, length, "\r\n\r\n", 4);

    (void)data;
    if (!body || !json_check(body + 4, length - (size_t)(body + 4 - text), &rules, NULL))
        BUG("'%.*s' is no message", (int)length, text);
}

static int set_options(void *data, const char *directory, const struct value *settings,
    struct validate_options *options, struct error *err)
{
    (void)data;
    (void)directory;
    options->policy = true;
    return value_length(settings) > 1 ? error_set(err, "too much is set") : 0;
}

static void describe(void *data, struct display *out, const struct schema_resource *resource,
    const char *path, const struct schema_property *property, struct arena *arena)
{
    (void)data;
    (void)property;
    (void)arena;
    display_addf(out, "%s %s", schema_resource_type(resource), path ? path : "");
}

static void send_message(struct lsp_server *server, const char *method, bool is_request, struct value *params)
{
    STRBUF_AUTO body = STRBUF_INIT;
    STRBUF_AUTO frame = STRBUF_INIT;

    json_stringify(&body,
        object((struct field[]){ { "jsonrpc", string("2.0") }, { "id", is_request ? number(1) : NULL },
            { "method", string(method) }, { "params", params }, END }));
    strbuf_addf(&frame, "Content-Length: %zu\r\n\r\n%s", body.length, body.data);
    lsp_server_receive(server, frame.data, frame.length);
}

static struct value *place(size_t line, size_t character)
{
    struct value *document = object((struct field[]){ { "uri", string("file:///a/t") }, END });
    struct value *position = object((struct field[]){
        { "line", number((double)line) }, { "character", number((double)character) }, END });

    return object((struct field[]){ { "textDocument", document }, { "position", position }, END });
}

static void ask_everything(struct lsp_server *server, size_t line, size_t character)
{
    send_message(server, "textDocument/hover", true, place(line, character));
    send_message(server, "textDocument/definition", true, place(line, character));
    send_message(server, "textDocument/completion", true, place(line, character));
}

static void type_text(struct lsp_server *server, size_t line, size_t character, const char *text)
{
    struct value *start = object_get(place(line, character), "position");
    struct value *range = object((struct field[]){ { "start", start }, { "end", start }, END });
    struct value *change = object((struct field[]){ { "range", range }, { "text", string(text) }, END });
    struct value *params = place(0, 0);

    object_set(params, "contentChanges", array_of((struct value *[]){ change, NULL }));
    send_message(server, "textDocument/didChange", false, params);
}

static void open_document(struct lsp_server *server, const char *text, bool is_json)
{
    struct value *document = object((struct field[]){ { "uri", string("file:///a/t") },
        { "languageId", string(is_json ? "json" : "yaml") }, { "version", number(1) },
        { "text", string(text) }, END });

    send_message(
        server, "textDocument/didOpen", false, object((struct field[]){ { "textDocument", document }, END }));
}

static void run_session(struct lsp_server *server, const char *text, size_t length, unsigned choice)
{
    struct value *units = strings((const char *const[]){
        (const char *const[]){ "utf-16", "utf-8", "utf-32", "none" }[choice & 3], NULL });
    struct value *general = object((struct field[]){ { "positionEncodings", units }, END });
    struct value *capabilities = object((struct field[]){ { "general", general }, END });
    size_t line = 0, character = 0, step = 1 + length / 40;

    send_message(
        server, "initialize", true, object((struct field[]){ { "capabilities", capabilities }, END }));
    open_document(server, text, choice & 4);
    lsp_server_publish(server);
    send_message(server, "textDocument/documentSymbol", true, place(0, 0));
    for (size_t i = 0; i < length; i++) {
        if (i % step == 0)
            ask_everything(server, line, character);
        character = text[i] == '\n' ? 0 : character + 1;
        line += text[i] == '\n';
    }
    type_text(server, line / 2, character, choice & 8 ? "\n  X: !Sub '${" : "\",{[");
    ask_everything(server, line, character);
    lsp_server_publish(server);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct lsp_host host = {
        .name = "fuzz", .version = "1", .send = check_sent, .options = set_options, .describe = describe
    };
    struct arena arena = ARENA_INIT;
    struct arena *before = value_arena_use(&arena);
    struct lsp_server *server = lsp_server_new(&host);

    if (size > 0) {
        const char *text = arena_strndup(&arena, (const char *)data + 1, size - 1);

        if (utf8_is_valid(text))
            run_session(server, text, strlen(text), data[0]);
        lsp_server_receive(server, text, size - 1);
    }
    lsp_server_free(server);
    value_arena_use(before);
    arena_release(&arena);
    return 0;
}
