// SPDX-License-Identifier: MIT
#include "cli/core/document.h"

#include "data/json.h"
#include "data/yaml.h"
#include "util/display.h"

void document_print(const struct value *value, bool json)
{
    STRBUF_AUTO text = STRBUF_INIT;

    if (json) {
        json_write_unicode(&text, value, 2);
        strbuf_add_char(&text, '\n');
        print_data_json(text.data, text.length);
    } else {
        yaml_write(&text, value);
        print_data(text.data, text.length);
    }
}
