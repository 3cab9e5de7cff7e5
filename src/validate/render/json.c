// SPDX-License-Identifier: MIT
#include "data/json.h"
#include "data/value.h"
#include "validate/render/format.h"

static struct value *count(size_t n)
{
    return n ? number((double)n) : NULL;
}

static struct value *finding_value(const struct template_finding *finding)
{
    return object((struct field[]){
        { "rule", string(finding->id) },
        { "severity", string(severity_name(finding->severity)) },
        { "file", string(finding->file) },
        { "line", count(finding->range.line) },
        { "column", count(finding->range.column) },
        { "endLine", count(finding->range.end_line) },
        { "endColumn", count(finding->range.end_column) },
        { "pointer", string(finding->pointer) },
        { "message", string(finding->message) },
        { "fix", string(finding->rule->fix) },
        { "resource", string(finding->resource) },
        { "construct", string(finding->construct) },
        { "source", string(finding->place) },
        END,
    });
}

void findings_write_json(struct strbuf *out, const struct template_findings *findings,
    const struct findings_format_options *options)
{
    struct value *list = array();

    (void)options;
    for (size_t i = 0; i < findings->count; i++)
        array_append(list, finding_value(&findings->items[i]));
    json_write_unicode(
        out, object((struct field[]){ { "version", number(1) }, { "findings", list }, END }), 2);
    strbuf_add_char(out, '\n');
}
