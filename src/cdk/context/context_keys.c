// SPDX-License-Identifier: MIT
#include "cdk/context/context_keys.h"

#include "cdk/diag.h"
#include "data/value.h"
#include "util/array.h"
#include "util/strbuf.h"

#include <string.h>

enum key_effect { IMPLEMENTED, WITHOUT_EFFECT, MISSING };

static const struct {
    const char *key;
    enum key_effect effect;
} keys[] = {
#define KEY(key, effect) { key, effect },
#include "cdk/context/context_keys.def"
};

static enum key_effect effect_of(const char *key)
{
    for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
        if (strcmp(keys[i].key, key) == 0)
            return keys[i].effect;
    return MISSING;
}

static bool is_off(const struct value *value)
{
    const char *text = value_string(value);

    return value_type(value) == VALUE_NULL || (value_type(value) == VALUE_BOOLEAN && !value_boolean(value)) ||
        (text && strcmp(text, "false") == 0);
}

void context_keys_check(const struct value *context, struct construct *root)
{
    STRBUF_AUTO missing = STRBUF_INIT;

    for (size_t i = 0; i < value_length(context); i++) {
        const struct field *field = object_at(context, i);

        if (strncmp(field->key, "@aws-cdk/", strlen("@aws-cdk/")) == 0 && !is_off(field->value) &&
            effect_of(field->key) == MISSING)
            strbuf_addf(&missing, "%s'%s'", missing.length ? ", " : "", field->key);
    }
    if (missing.length)
        diag_warning(root,
            "context keys of the CDK that are not implemented here: %s; where the CDK's templates depend on them, "
            "these do not",
            missing.data);
}
