// SPDX-License-Identifier: MIT
#include "validate/render/format.h"

#include "util/display.h"

#include <string.h>

// A suite for each file with findings and a failing case for each of them; one that passes where nothing is
// found, because a report without a case counts as none.

static void add_xml(struct strbuf *out, const char *text)
{
    DISPLAY_AUTO visible = DISPLAY_INIT;

    display_add_string(&visible, text);
    for (text = visible.shown.data; *text; text++) {
        switch (*text) {
        case '&':
            strbuf_add_string(out, "&amp;");
            break;
        case '<':
            strbuf_add_string(out, "&lt;");
            break;
        case '>':
            strbuf_add_string(out, "&gt;");
            break;
        case '"':
            strbuf_add_string(out, "&quot;");
            break;
        default:
            strbuf_add_char(out, *text);
        }
    }
}

static void add_attribute(struct strbuf *out, const char *name, const char *value)
{
    strbuf_addf(out, " %s=\"", name);
    add_xml(out, value);
    strbuf_add_char(out, '"');
}

static void write_case(struct strbuf *out, const struct template_finding *finding)
{
    STRBUF_AUTO name = STRBUF_INIT;

    strbuf_addf(&name, "%s %s", finding->id, finding->pointer);
    strbuf_add_string(out, "    <testcase");
    add_attribute(out, "name", name.data);
    add_attribute(out, "classname", finding->file);
    strbuf_add_string(out, ">\n      <failure");
    add_attribute(out, "type", severity_name(finding->severity));
    add_attribute(out, "message", finding->message);
    strbuf_add_char(out, '>');
    add_xml(out, finding->file);
    strbuf_addf(out, ":%zu:%zu: ", finding->range.line, finding->range.column);
    add_xml(out, finding->rule->fix);
    strbuf_add_string(out, "</failure>\n    </testcase>\n");
}

static size_t count_in_file(const struct template_findings *findings, size_t first)
{
    size_t count = 0;

    while (first + count < findings->count &&
        strcmp(findings->items[first].file, findings->items[first + count].file) == 0)
        count++;
    return count;
}

void findings_write_junit(struct strbuf *out, const struct template_findings *findings,
    const struct findings_format_options *options)
{
    size_t cases = findings->count ? findings->count : 1;

    (void)options;
    strbuf_add_string(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    strbuf_addf(out, "<testsuites name=\"tango-infra validate\" tests=\"%zu\" failures=\"%zu\">\n", cases,
        findings->count);
    if (!findings->count)
        strbuf_add_string(out,
            "  <testsuite name=\"templates\" tests=\"1\" failures=\"0\">\n"
            "    <testcase name=\"templates\" classname=\"templates\"/>\n"
            "  </testsuite>\n");
    for (size_t first = 0, count; first < findings->count; first += count) {
        count = count_in_file(findings, first);
        strbuf_add_string(out, "  <testsuite");
        add_attribute(out, "name", findings->items[first].file);
        strbuf_addf(out, " tests=\"%zu\" failures=\"%zu\">\n", count, count);
        for (size_t i = first; i < first + count; i++)
            write_case(out, &findings->items[i]);
        strbuf_add_string(out, "  </testsuite>\n");
    }
    strbuf_add_string(out, "</testsuites>\n");
}
