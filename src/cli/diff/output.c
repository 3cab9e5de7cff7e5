// SPDX-License-Identifier: MIT
#include "cli/diff/output.h"

#include "cli/core/options.h"
#include "data/value.h"
#include "util/array.h"
#include "util/file/file.h"
#include "util/text/suggest.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    void (*write)(struct strbuf *out, const struct diff *diff, const struct diff_format_options *options);
} formats[] = {
    { "text", diff_write_text },
    { "json", diff_write_json },
    { "markdown", diff_write_markdown },
    { "html", diff_write_html },
};

enum { FORMATS = ARRAY_SIZE(formats) };

static int fail_unknown(const char *given, struct error *err)
{
    struct suggestion suggestion = SUGGESTION_FOR(given);

    for (size_t i = 0; i < FORMATS; i++)
        suggestion_consider(&suggestion, formats[i].name);
    if (suggestion.best)
        return error_set(
            err, "option '--format' does not know '%s'; did you mean '%s'?", given, suggestion.best);
    return error_set(err, "option '--format' takes text, json, markdown or html, not '%s'", given);
}

static int parse(const char *given, struct diff_output *output, struct error *err)
{
    size_t length = strcspn(given, "=");

    output->file = given[length] ? given + length + 1 : NULL;
    if (output->file && !*output->file)
        return error_set(err, "option '--format': no file is named in '%s'", given);
    for (size_t i = 0; i < FORMATS; i++) {
        if (strlen(formats[i].name) == length && memcmp(formats[i].name, given, length) == 0) {
            output->write = formats[i].write;
            return 0;
        }
    }
    return fail_unknown(arena_strndup(value_arena(), given, length), err);
}

int diff_outputs_parse(const struct string_list *given, struct diff_outputs *ret_outputs, struct error *err)
{
    size_t count = given->count, to_stdout = 0;
    struct diff_output *outputs = arena_alloc(value_arena(), (count + 1) * sizeof(*outputs));

    for (size_t i = 0; i < count; i++) {
        if (parse(given->items[i], &outputs[i], err) < 0)
            return -1;
        to_stdout += !outputs[i].file;
    }
    if (to_stdout > 1)
        return error_set(err, "only one format can go to standard output; name a file: --format json=FILE");
    if (!count)
        outputs[count++].write = diff_write_text;
    *ret_outputs = (struct diff_outputs){ outputs, count };
    return 0;
}

static int write_one(const struct diff_output *output, const struct diff *diff,
    const struct diff_format_options *options, struct error *err)
{
    struct diff_format_options own = *options;
    STRBUF_AUTO text = STRBUF_INIT;

    own.color = own.color && !output->file;
    own.width = output->file ? 0 : own.width;
    output->write(&text, diff, &own);
    if (output->file)
        return file_write(output->file, text.data, text.length, 0644, err);
    fwrite(text.data, 1, text.length, stdout);
    return 0;
}

int diff_outputs_write(const struct diff_outputs *outputs, const struct diff *diff,
    const struct diff_format_options *options, struct error *err)
{
    for (size_t i = 0; i < outputs->count; i++)
        if (write_one(&outputs->items[i], diff, options, err) < 0)
            return -1;
    return 0;
}
