// SPDX-License-Identifier: MIT
#include "cli/audit_schema/audit.h"

#include "util/file/file.h"

#include <string.h>

// What would be written has to be a schema itself.
static int check(const char *path, const struct strbuf *yaml, struct error *err)
{
    struct audit_schema schema;
    int status = audit_schema_parse(&schema, path, yaml->data, yaml->length, err);

    audit_schema_release(&schema);
    return status;
}

int audit_update(const char *schema_path, const char *python_path, bool *ret_changed, struct error *err)
{
    STRBUF_AUTO python = STRBUF_INIT;
    STRBUF_AUTO before = STRBUF_INIT;
    STRBUF_AUTO after = STRBUF_INIT;

    if (file_read(python_path, &python, err) < 0 || file_read(schema_path, &before, err) < 0)
        return -1;
    if (check(schema_path, &before, err) < 0)
        return -1;
    if (audit_update_from_django(python_path, python.data, schema_path, before.data, &after, err) < 0)
        return -1;
    *ret_changed = strcmp(before.data, after.data) != 0;
    if (!*ret_changed)
        return 0;
    return check(schema_path, &after, err) < 0 ? -1
                                               : file_write(schema_path, after.data, after.length, 0644, err);
}
