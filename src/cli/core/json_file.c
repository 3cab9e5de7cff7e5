// SPDX-License-Identifier: MIT
#include "cli/core/json_file.h"

#include "data/json.h"
#include "data/value.h"
#include "util/file/file.h"

#include <string.h>

static const char byte_order_mark[] = "\xEF\xBB\xBF";

static int parse(const char *path, const struct strbuf *content, struct value **ret_object, struct error *err)
{
    size_t skipped = strncmp(content->data, byte_order_mark, 3) == 0 ? 3 : 0;

    *ret_object = json_parse_unique(content->data + skipped, content->length - skipped, path, err);
    if (!*ret_object)
        return -1;
    return value_type(*ret_object) == VALUE_OBJECT ? 0 : error_set(err, "%s: must be a JSON object", path);
}

int json_file_read(const char *path, struct value **ret_object, struct error *err)
{
    STRBUF_AUTO content = STRBUF_INIT;
    bool found;

    if (file_read_if_exists(path, &content, &found, err) < 0)
        return -1;
    if (found)
        return parse(path, &content, ret_object, err);
    *ret_object = object((struct field[]){ END });
    return 0;
}

int json_file_read_required(const char *path, struct value **ret_object, struct error *err)
{
    STRBUF_AUTO content = STRBUF_INIT;

    return file_read(path, &content, err) < 0 ? -1 : parse(path, &content, ret_object, err);
}

int json_file_write(const char *path, const struct value *object, struct error *err)
{
    STRBUF_AUTO text = STRBUF_INIT;

    json_write_unicode(&text, object, 2);
    strbuf_add_char(&text, '\n');
    return file_write(path, text.data, text.length, 0666, err);
}
