// SPDX-License-Identifier: MIT
#include "cli/validate/output.h"

#include "cli/app/environment_table.h"
#include "cli/validate/inputs.h"
#include "data/value.h"
#include "template/cloud_assembly.h"
#include "util/display.h"
#include "util/strbuf.h"
#include "util/text/human.h"

#include <string.h>

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

static void count_severities(
    const struct template_findings *findings, const char *file, size_t counts[SEVERITY_INFO + 1])
{
    for (size_t i = 0; i < findings->count; i++)
        if (strcmp(findings->items[i].file, file) == 0)
            counts[findings->items[i].rule->severity]++;
}

void validate_fill_table(struct environment_table *table, const struct validate_inputs *inputs,
    const struct template_findings *findings)
{
    for (size_t i = 0; i < inputs->count; i++) {
        const struct validate_input *input = &inputs->items[i];
        size_t counts[SEVERITY_INFO + 1] = { 0 };
        struct value *detail = object((struct field[]){ END });
        STRBUF_AUTO text = STRBUF_INIT;

        count_severities(findings, input->path, counts);
        for (enum severity severity = SEVERITY_ERROR; severity <= SEVERITY_INFO; severity++) {
            object_set(detail, severity_name(severity), number((double)counts[severity]));
            if (counts[severity])
                strbuf_addf(&text, "%s%zu %s%s", text.length ? ", " : "", counts[severity],
                    severity_name(severity), severity == SEVERITY_INFO ? "" : plural(counts[severity]));
        }
        environment_table_set(
            table, input->environment, input->stack->id, text.length ? text.data : "ok", detail);
    }
}

int findings_outputs_write(const struct result_formats *formats, const struct template_findings *findings,
    const struct findings_format_options *options, struct error *err)
{
    for (size_t i = 0; i < formats->count; i++)
        if (write_one(&formats->items[i], findings, options, err) < 0)
            return -1;
    return 0;
}
