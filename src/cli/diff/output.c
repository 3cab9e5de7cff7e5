// SPDX-License-Identifier: MIT
#include "cli/diff/output.h"

#include "cli/diff/picture.h"
#include "util/display.h"

enum { TEXT, JSON, MARKDOWN, HTML };

const char *const diff_format_names[] = {
    [TEXT] = "text", [JSON] = "json", [MARKDOWN] = "markdown", [HTML] = "html", NULL
};

static int write_text(const struct result_format *format, const struct diff *diff,
    const struct diff_format_options *options, struct error *err)
{
    struct diff_format_options own = *options;
    DISPLAY_AUTO text = DISPLAY_INIT;

    own.color = own.color && !format->file;
    own.width = format->file ? 0 : own.width;
    diff_write_text(&text, diff, &own);
    return result_write_display(format, &text, err);
}

static int write_one(const struct result_format *format, const struct diff *diff,
    const struct diff_format_options *options, struct error *err)
{
    static void (*const writers[])(
        struct strbuf * out, const struct diff *diff, const struct diff_format_options *options) = {
        [JSON] = diff_write_json,
        [MARKDOWN] = diff_write_markdown,
        [HTML] = diff_write_html,
    };
    struct diff_format_options own = *options;
    STRBUF_AUTO text = STRBUF_INIT;

    if (format->format == TEXT)
        return write_text(format, diff, options, err);
    if (format->format == HTML && !own.summary && !own.security_only)
        diff_picture_for_html(diff, &own.picture);
    if (format->format == MARKDOWN && !own.summary && !own.security_only)
        diff_picture_for_markdown(diff, &own.picture);
    writers[format->format](&text, diff, &own);
    return (format->format == JSON ? result_write_json : result_write)(format, &text, err);
}

int diff_outputs_write(const struct result_formats *formats, const struct diff *diff,
    const struct diff_format_options *options, struct error *err)
{
    for (size_t i = 0; i < formats->count; i++)
        if (write_one(&formats->items[i], diff, options, err) < 0)
            return -1;
    return 0;
}
