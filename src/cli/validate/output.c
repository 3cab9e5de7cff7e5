// SPDX-License-Identifier: MIT
#include "cli/validate/output.h"

#include "util/display.h"
#include "util/strbuf.h"

enum { TEXT, JSON, SARIF, JUNIT, GITHUB, PARSEABLE };

const char *const findings_format_names[] = { [TEXT] = "text",
    [JSON] = "json",
    [SARIF] = "sarif",
    [JUNIT] = "junit",
    [GITHUB] = "github",
    [PARSEABLE] = "parseable",
    NULL };

static int write_text(const struct result_format *format, const struct template_findings *findings,
    const struct findings_format_options *options, struct error *err)
{
    struct findings_format_options own = *options;
    DISPLAY_AUTO text = DISPLAY_INIT;

    own.color = own.color && !format->file;
    findings_write_text(&text, findings, &own);
    return result_write_display(format, &text, err);
}

static int write_one(const struct result_format *format, const struct template_findings *findings,
    const struct findings_format_options *options, struct error *err)
{
    static findings_writer *const writers[] = { [JSON] = findings_write_json,
        [SARIF] = findings_write_sarif,
        [JUNIT] = findings_write_junit,
        [GITHUB] = findings_write_github,
        [PARSEABLE] = findings_write_parseable };
    bool is_json = format->format == JSON || format->format == SARIF;
    STRBUF_AUTO text = STRBUF_INIT;

    if (format->format == TEXT)
        return write_text(format, findings, options, err);
    writers[format->format](&text, findings, options);
    return (is_json ? result_write_json : result_write)(format, &text, err);
}

int findings_outputs_write(const struct result_formats *formats, const struct template_findings *findings,
    const struct findings_format_options *options, struct error *err)
{
    for (size_t i = 0; i < formats->count; i++)
        if (write_one(&formats->items[i], findings, options, err) < 0)
            return -1;
    return 0;
}
