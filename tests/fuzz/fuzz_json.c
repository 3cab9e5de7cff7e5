// SPDX-License-Identifier: MIT
// JSON text to values, to settings, and back to text.
#include "harness.h"

#include "cdk/app.h"
#include "cdk/setting.h"
#include "data/json.h"
#include "data/value.h"
#include "data/yaml.h"
#include "util/die.h"

#include <string.h>

struct settings {
    const char *text;
    const char *derived;
    bool boolean;
    int integer;
    double number;
    struct value *texts;
    struct value *map;
};

static const struct setting table[] = {
    { "text", SETTING_STRING(struct settings, text), "x", .description = "" },
    { "derived", SETTING_STRING(struct settings, derived), "${text}-y", .description = "" },
    { "boolean", SETTING_BOOLEAN(struct settings, boolean), "true", .description = "" },
    { "integer", SETTING_INTEGER(struct settings, integer), "2", .minimum = 1, .maximum = 9 },
    { "number", SETTING_NUMBER(struct settings, number), "0.5", .description = "" },
    { "texts", SETTING_STRINGS(struct settings, texts), "[]", .description = "" },
    { "map", SETTING_STRING_MAP(struct settings, map), "{}", .description = "" },
    SETTING_END,
};

static void read_settings(const struct value *context)
{
    struct app *app = app_new(&(struct app_props){ .context = context });
    struct settings settings = { 0 };

    settings_read(table, context, app_node(app), &settings);
    if (settings.integer < 1 || settings.integer > 9 || !settings.text || !settings.texts || !settings.map)
        BUG("a setting is outside of its range");
    app_free(app);
}

// What is written is read back as the same value.
static void check_text(const struct strbuf *text, const struct value *value)
{
    ERROR_AUTO err = ERROR_INIT;
    const struct value *again = json_parse(text->data, text->length, "again", &err);

    if (!again || !value_equal(value, again))
        BUG("'%s' reads as something else: %s", text->data, err.message ? err.message : "");
}

static void check(const struct value *value)
{
    STRBUF_AUTO ascii = STRBUF_INIT;
    STRBUF_AUTO unicode = STRBUF_INIT;
    STRBUF_AUTO yaml = STRBUF_INIT;

    json_write(&ascii, value, 2);
    check_text(&ascii, value);
    for (size_t i = 0; i < ascii.length; i++)
        if ((unsigned char)ascii.data[i] > 0x7F)
            BUG("the text is not ASCII");
    json_write_unicode(&unicode, value, 0);
    check_text(&unicode, value);
    yaml_write(&yaml, value);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = ARENA_INIT;
    struct arena *before = value_arena_use(&arena);
    ERROR_AUTO err = ERROR_INIT;
    struct value *value = json_parse((const char *)data, size, "input", &err);

    if (!value && !err.message)
        BUG("no value and no error");
    if (value)
        check(value);
    if (value && value_type(value) == VALUE_OBJECT)
        read_settings(value);
    value_arena_use(before);
    arena_release(&arena);
    return 0;
}
