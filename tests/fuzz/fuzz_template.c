// SPDX-License-Identifier: MIT
// Text to a template: the first byte says whether as YAML by name, as JSON by name, or by its looks. What
// comes out is written and read again.
#include "harness.h"

#include "data/json.h"
#include "data/value.h"
#include "template/template.h"
#include "util/die.h"

static void check(const struct value *template)
{
    STRBUF_AUTO text = STRBUF_INIT;
    ERROR_AUTO err = ERROR_INIT;
    const struct value *again;

    json_write(&text, template, 0);
    again = template_parse(text.data, text.length, "again.json", &err);
    if (!again || !value_equal(template, again))
        BUG("'%s' reads as something else: %s", text.data, err.message ? err.message : "");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = { "input.yaml", "input.json", "input.template" };
    struct arena arena = ARENA_INIT;
    struct arena *before = value_arena_use(&arena);
    ERROR_AUTO err = ERROR_INIT;
    const struct value *template = NULL;

    if (size > 0) {
        template = template_parse((const char *)data + 1, size - 1, names[data[0] % 3], &err);
        if (!template && !err.message)
            BUG("no template and no error");
    }
    // Aliases make much out of little.
    if (template && arena.allocated < 1000 * 1000)
        check(template);
    value_arena_use(before);
    arena_release(&arena);
    return 0;
}
