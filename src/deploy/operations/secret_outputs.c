// SPDX-License-Identifier: MIT
#include "deploy/operations/secret_outputs.h"

#include "data/value.h"

#include <string.h>

bool stack_has_hidden_parameters(const struct value *description)
{
    const struct value *parameters = object_get(description, "Parameters");

    for (size_t i = 0; i < value_length(parameters); i++) {
        const char *text = object_string(array_at(parameters, i), "ParameterValue");

        if (text && strcmp(text, "****") == 0)
            return true;
    }
    return false;
}

// A template may say true or "true".
static bool is_hidden(const struct value *template, const char *name, size_t length)
{
    const struct value *parameters = object_get(template, "Parameters");

    for (size_t i = 0; i < value_length(parameters); i++) {
        const struct field *parameter = object_at(parameters, i);
        const struct value *mark = object_get(parameter->value, "NoEcho");
        const char *text = value_string(mark);

        if (strlen(parameter->key) == length && strncmp(parameter->key, name, length) == 0)
            return value_boolean(mark) || (text && strcmp(text, "true") == 0);
    }
    return false;
}

// "${Name}" in the text of Fn::Sub; "${!Name}" is text.
static bool substitutes_hidden(const struct value *template, const char *text)
{
    while (text && (text = strstr(text, "${"))) {
        size_t length = strcspn(text + 2, "}");

        if (is_hidden(template, text + 2, length))
            return true;
        text += 2 + length;
    }
    return false;
}

static bool uses_hidden(const struct value *template, const struct value *value)
{
    const char *name = object_string(value, "Ref");
    const struct value *sub = object_get(value, "Fn::Sub");
    const char *text = value_string(value_type(sub) == VALUE_ARRAY ? array_at(sub, 0) : sub);

    if ((name && is_hidden(template, name, strlen(name))) || substitutes_hidden(template, text))
        return true;
    for (size_t i = 0; i < value_length(value); i++) {
        bool is_object = value_type(value) == VALUE_OBJECT;

        if (uses_hidden(template, is_object ? object_at(value, i)->value : array_at(value, i)))
            return true;
    }
    return false;
}

bool output_is_secret(const struct value *template, const char *key)
{
    const struct value *output = object_get(object_get(template, "Outputs"), key);

    return !output || uses_hidden(template, object_get(output, "Value"));
}
