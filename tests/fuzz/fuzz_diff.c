// SPDX-License-Identifier: MIT
// Two templates, separated by a NUL, compared and written in every format; once with what CloudFormation says
// about the same change, which stands in keys of the second one.
#include "harness.h"

#include "data/value.h"
#include "diff/diff.h"
#include "diff/render/format.h"
#include "template/template.h"
#include "util/array.h"
#include "util/die.h"
#include "util/display.h"

#include <string.h>

static const struct value *read(const char *text, size_t length)
{
    ERROR_AUTO err = ERROR_INIT;

    return template_parse(text, length, "input", &err);
}

static void check_formats(const struct diff *diff, bool strict)
{
    const struct diff_format_options options = { .strict = strict, .context = 1 };
    DISPLAY_AUTO display = DISPLAY_INIT;
    STRBUF_AUTO text = STRBUF_INIT;

    diff_write_text(&display, diff, &options);
    diff_write_json(&text, diff, &options);
    diff_write_html(&text, diff, &options);
    strbuf_reset(&text);
    diff_write_markdown(&text, diff, &options);
    if (text.length > DIFF_MARKDOWN_LIMIT)
        BUG("%zu bytes of Markdown", text.length);
}

static void compare(const struct value *before, const struct value *after, bool strict)
{
    const struct diff_options options = { .strict = strict, .deployed = !strict };
    const struct diff_input inputs[] = { { .name = "S", .before = before, .after = after },
        { .name = "T", .before = after, .after = before }, { .name = "U", .before = after, .after = after },
        { .name = "V",
            .before = before,
            .after = after,
            .changes = object_get(after, "Changes"),
            .drifts = object_get(after, "Drifts"),
            .importers = object_get(after, "Importers"),
            .note = "note" } };
    struct diff diff;

    diff_compare(inputs, ARRAY_SIZE(inputs), &options, &diff);
    if (diff.stacks[2].summary.differences)
        BUG("a template differs from itself");
    if (strict && diff.stacks[0].summary.differences != diff.stacks[1].summary.differences &&
        !diff.stacks[0].summary.impacts[DIFF_REPLACE] && !diff.stacks[1].summary.impacts[DIFF_REPLACE])
        BUG("a way has other differences than the way back");
    check_formats(&diff, strict);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *end = size ? memchr(data, '\0', size) : NULL;
    struct arena arena = ARENA_INIT;
    struct arena *before_arena = value_arena_use(&arena);
    const struct value *before, *after;

    if (end) {
        before = read((const char *)data, (size_t)(end - data));
        after = read((const char *)end + 1, size - (size_t)(end - data) - 1);
        // Aliases make much out of little.
        if ((before || after) && arena.allocated < 1000 * 1000) {
            compare(before, after, false);
            compare(before, after, true);
        }
    }
    value_arena_use(before_arena);
    arena_release(&arena);
    return 0;
}
