// SPDX-License-Identifier: MIT
#include "cli/core/result_format.h"

#include "data/value.h"
#include "util/display.h"
#include "util/file/file.h"
#include "util/string_list.h"
#include "util/text/suggest.h"

#include <stdio.h>
#include <string.h>

static int fail_unknown(const char *option, const char *given, const char *const *names, struct error *err)
{
    struct suggestion suggestion = SUGGESTION_FOR(given);
    STRBUF_AUTO list = STRBUF_INIT;

    for (size_t i = 0; names[i]; i++) {
        suggestion_consider(&suggestion, names[i]);
        strbuf_addf(&list, "%s%s", !i ? "" : names[i + 1] ? ", " : " or ", names[i]);
    }
    if (suggestion.best)
        return error_set(
            err, "option '%s' does not know '%s'; did you mean '%s'?", option, given, suggestion.best);
    return error_set(err, "option '%s' takes %s, not '%s'", option, list.data, given);
}

static int parse(const char *option, const char *given, const char *const *names,
    struct result_format *format, struct error *err)
{
    size_t length = strcspn(given, "=");

    format->file = given[length] ? given + length + 1 : NULL;
    if (format->file && !*format->file)
        return error_set(err, "option '%s': no file is named in '%s'", option, given);
    for (format->format = 0; names[format->format]; format->format++) {
        const char *name = names[format->format];

        if (strlen(name) == length && memcmp(name, given, length) == 0)
            return 0;
    }
    return fail_unknown(option, arena_strndup(value_arena(), given, length), names, err);
}

int result_formats_parse(const char *option, const struct string_list *given, const char *const *names,
    struct result_formats *ret_formats, struct error *err)
{
    size_t count = given->count, to_stdout = 0;
    struct result_format *items = arena_alloc(value_arena(), (count + 1) * sizeof(*items));

    for (size_t i = 0; i < count; i++) {
        if (parse(option, given->items[i], names, &items[i], err) < 0)
            return -1;
        to_stdout += !items[i].file;
    }
    if (to_stdout > 1)
        return error_set(err, "only one format can go to standard output; name a file: %s %s=FILE", option,
            names[items[count - 1].format]);
    *ret_formats = (struct result_formats){ items, count ? count : 1 };
    return 0;
}

bool result_formats_are_text(const struct result_formats *formats)
{
    for (size_t i = 0; i < formats->count; i++)
        if (!formats->items[i].file && formats->items[i].format != 0)
            return false;
    return true;
}

int result_write(const struct result_format *format, const struct strbuf *text, struct error *err)
{
    if (format->file)
        return file_write(format->file, text->data, text->length, 0644, err);
    print_data(text->data, text->length);
    return 0;
}

int result_write_json(const struct result_format *format, const struct strbuf *text, struct error *err)
{
    if (format->file)
        return result_write(format, text, err);
    print_data_json(text->data, text->length);
    return 0;
}

int result_write_display(const struct result_format *format, const struct display *text, struct error *err)
{
    if (format->file)
        return file_write(format->file, text->shown.data, text->shown.length, 0644, err);
    display_print(text, stdout);
    return 0;
}
