// SPDX-License-Identifier: MIT
// A template checked with every rule, and what is found written in every format. The bits of the first byte
// say what the file is called and for which regions it is.
#include "harness.h"

#include "data/value.h"
#include "util/array.h"
#include "util/die.h"
#include "util/display.h"
#include "validate/render/format.h"
#include "validate/validate.h"

#include <string.h>

// At least as many as there are: YAML knows five line breaks, the shortest of one byte.
static size_t count_lines(const char *text, size_t length)
{
    size_t lines = 1;

    for (size_t i = 0; i < length; i++)
        lines += text[i] == '\n' || text[i] == '\r' || (unsigned char)text[i] == 0x85 ||
            (unsigned char)text[i] == 0xA8 || (unsigned char)text[i] == 0xA9;
    return lines;
}

static void check_finding(const struct template_finding *finding, const struct template_finding *before)
{
    if (!finding->rule || !finding->message || !*finding->message)
        BUG("a finding says nothing");
    if (*finding->pointer && *finding->pointer != '/')
        BUG("'%s' is no JSON pointer", finding->pointer);
    if (before && before->range.line > finding->range.line)
        BUG("findings are not in the order of the text");
}

static void check_formats(const struct template_findings *findings)
{
    const struct findings_format_options options = { .files = 1, .color = true };
    DISPLAY_AUTO display = DISPLAY_INIT;
    STRBUF_AUTO text = STRBUF_INIT;

    findings_write_text(&display, findings, &options);
    findings_write_json(&text, findings, &options);
    findings_write_sarif(&text, findings, &options);
    findings_write_junit(&text, findings, &options);
    findings_write_github(&text, findings, &options);
    findings_write_parseable(&text, findings, &options);
}

static void check(const struct template_source *source, bool many_regions)
{
    static const char *everything[] = { "" }, *regions[] = { "us-east-1", "eu-central-1" };
    const struct validate_options options = {
        .include = { everything, 1, 1 }, .regions = { regions, many_regions ? 2 : 0, 2 }, .policy = true
    };
    struct template_findings findings = { 0 };

    validate_template(source, &options, &findings);
    for (size_t i = 0; i < findings.count; i++)
        check_finding(&findings.items[i], i ? &findings.items[i - 1] : NULL);
    if (findings.errors + findings.warnings + findings.infos != findings.count)
        BUG("findings are counted wrongly");
    if (findings.count &&
        findings.items[findings.count - 1].range.line > count_lines(source->text, source->length) + 1)
        BUG("a finding is behind the text");
    check_formats(&findings);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = { "input.yaml", "input.json", "input.template" };
    struct arena arena = ARENA_INIT;
    struct arena *before = value_arena_use(&arena);

    if (size > 0) {
        // A copy of its own size, so that nothing behind it is read.
        const struct template_source source = { .name = names[(data[0] & 15) % 3],
            .text = arena_strndup(&arena, (const char *)data + 1, size - 1),
            .length = size - 1 };

        check(&source, data[0] & 16);
    }
    value_arena_use(before);
    arena_release(&arena);
    return 0;
}
