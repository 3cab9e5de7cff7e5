// SPDX-License-Identifier: MIT
#include "cli/audit_schema/audit.h"

#include "cli/app/synthesis.h"
#include "cli/core/cli.h"
#include "data/value.h"
#include "invoke/function.h"
#include "util/array.h"
#include "util/display.h"
#include "util/file/file.h"
#include "util/file/unzip.h"

#include <ctype.h>
#include <string.h>
#include <sys/stat.h>

static const struct {
    const char *name;
    void (*generate)(const struct audit_schema *, struct strbuf *);
} generated[] = {
    { "audit_schema.c", audit_generate_consumer },
    { "audit_event_types.h", audit_generate_event_types },
};
enum { GENERATED = ARRAY_SIZE(generated) };

static bool is_directory(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static const char *package_of(const struct cli *cli)
{
    const struct app_functions *functions = cli->definition->functions;

    return functions->package(functions->audit_consumer);
}

const char *audit_generated_directory(const struct cli *cli)
{
    struct arena *arena = value_arena();
    const char *package = package_of(cli);
    const char *slash = strrchr(package, '/');

    return arena_printf(arena, "%.*s/generated", slash ? (int)(slash - package) : 1, slash ? package : ".");
}

int audit_write_generated(const struct audit_schema *schema, const char *directory, struct error *err)
{
    if (directory_make(directory, err) < 0)
        return -1;
    for (int i = 0; i < GENERATED; i++) {
        STRBUF_AUTO path = STRBUF_INIT;
        STRBUF_AUTO text = STRBUF_INIT;

        strbuf_addf(&path, "%s/%s", directory, generated[i].name);
        generated[i].generate(schema, &text);
        if (file_write_if_changed(path.data, text.data, text.length, 0644, err) < 0)
            return -1;
    }
    return 0;
}

int audit_check_generated(const struct cli *cli, const struct audit_schema *schema, struct display *out)
{
    const char *directory = audit_generated_directory(cli);
    int differences = 0;

    for (int i = 0; is_directory(directory) && i < GENERATED; i++) {
        STRBUF_AUTO path = STRBUF_INIT;
        STRBUF_AUTO text = STRBUF_INIT;

        strbuf_addf(&path, "%s/%s", directory, generated[i].name);
        generated[i].generate(schema, &text);
        if (file_has_content(path.data, text.data, text.length))
            continue;
        display_addf(out, "'%s' is not what the schema gives\n", path.data);
        differences++;
    }
    return differences;
}

static int compare_rule(
    const struct audit_schema *schema, const struct string_list *pattern, struct display *out)
{
    const struct audit_text_list *types = &schema->event_types;
    int differences = 0;

    for (size_t i = 0; i < types->length; i++) {
        if (string_list_has(pattern, types->items[i]))
            continue;
        display_addf(
            out, "event type '%s' is in the schema and not in the rule's pattern\n", types->items[i]);
        differences++;
    }
    for (size_t i = 0; i < pattern->count; i++) {
        if (audit_list_contains(types, pattern->items[i]))
            continue;
        display_addf(
            out, "event type '%s' is in the rule's pattern and not in the schema\n", pattern->items[i]);
        differences++;
    }
    return differences;
}

int audit_check_rule(
    struct cli *cli, const struct audit_schema *schema, struct display *out, struct error *err)
{
    const char *name = cli->definition->functions->audit_consumer;
    SYNTHESIS_AUTO synthesis;
    struct function function;
    struct string_list pattern;

    if (synthesis_make_offline(cli, &synthesis) < 0)
        return error_set(err, "the rule's pattern is not known");
    if (!function_find(&synthesis.assembly, name, NULL, &cli->arena, &function))
        return error_set(err, "no stack has a function '%s'", name);
    pattern = function_detail_types(&function, &cli->arena);
    return compare_rule(schema, &pattern, out);
}

static int read_bootstrap(const char *package, struct strbuf *content, struct error *err)
{
    STRBUF_AUTO path = STRBUF_INIT;

    if (!is_directory(package))
        return unzip_file(package, "bootstrap", content, err);
    strbuf_addf(&path, "%s/bootstrap", package);
    return file_read(path.data, content, err);
}

// "audit-schema:HASH", wherever it stands in the program.
static bool find_fingerprint(const struct strbuf *program, const char **ret_at, size_t *ret_length)
{
    static const char mark[] = AUDIT_FINGERPRINT;
    const char *at = memmem(program->data, program->length, mark, sizeof(mark) - 1);

    if (!at)
        return false;
    *ret_at = at;
    *ret_length = sizeof(mark) - 1;
    while (isxdigit((unsigned char)at[*ret_length]))
        ++*ret_length;
    return true;
}

int audit_check_package(
    const struct cli *cli, const struct audit_schema *schema, struct display *out, struct error *err)
{
    STRBUF_AUTO program = STRBUF_INIT;
    STRBUF_AUTO wanted = STRBUF_INIT;
    const char *package = package_of(cli);
    const char *found;
    size_t length;

    if (read_bootstrap(package, &program, err) < 0)
        return -1;
    audit_fingerprint(schema, &wanted);
    if (!find_fingerprint(&program, &found, &length))
        return error_set(err, "'%s' does not record which schema it was built from", package);
    if (length == wanted.length && memcmp(found, wanted.data, length) == 0)
        return 0;
    display_addf(out, "the consumer in '%s' was built from another schema\n", package);
    return 1;
}
