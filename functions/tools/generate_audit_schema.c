// SPDX-License-Identifier: MIT
// generate-audit-schema YAML FOLDER: writes the audit consumer's audit_schema.c and the Events stack's
// audit_event_types.h into the folder.
#include "audit/audit_schema.h"
#include "util/die.h"
#include "util/file/file.h"

#include <stdio.h>

static int write_generated(const char *folder, const char *name,
    void (*generate)(const struct audit_schema *, struct strbuf *), const struct audit_schema *schema,
    struct error *err)
{
    STRBUF_AUTO path = STRBUF_INIT;
    STRBUF_AUTO text = STRBUF_INIT;

    strbuf_addf(&path, "%s/%s", folder, name);
    generate(schema, &text);
    return file_write(path.data, text.data, text.length, 0644, err);
}

int main(int argc, char **argv)
{
    ERROR_AUTO err = ERROR_INIT;
    struct audit_schema schema;

    if (argc != 3) {
        fputs("usage: generate-audit-schema YAML FOLDER\n", stderr);
        return EXIT_STATUS_USAGE;
    }
    if (audit_schema_read(&schema, argv[1], &err) < 0 || directory_make(argv[2], &err) < 0 ||
        write_generated(argv[2], "audit_schema.c", audit_generate_consumer, &schema, &err) < 0 ||
        write_generated(argv[2], "audit_event_types.h", audit_generate_event_types, &schema, &err) < 0)
        die("%s", err.message);
    audit_schema_release(&schema);
    return EXIT_STATUS_OK;
}
