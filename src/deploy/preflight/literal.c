// SPDX-License-Identifier: MIT
#include "data/value.h"
#include "deploy/engine/environment.h"
#include "deploy/preflight/requirement.h"
#include "util/strbuf.h"

#include <string.h>

// CloudFormation template reference: "Pseudo parameters".
static const char *pseudo_parameter(const char *name, const struct environment *environment)
{
    bool is_china = environment->partition && strcmp(environment->partition, "aws-cn") == 0;
    const struct {
        const char *name, *value;
    } parameters[] = {
        { "AWS::AccountId", environment->account },
        { "AWS::Region", environment->region },
        { "AWS::Partition", environment->partition },
        { "AWS::URLSuffix", is_china ? "amazonaws.com.cn" : "amazonaws.com" },
    };

    for (size_t i = 0; i < sizeof(parameters) / sizeof(*parameters); i++)
        if (strcmp(parameters[i].name, name) == 0)
            return parameters[i].value;
    return NULL;
}

static const char *joined(const struct value *arguments, const struct environment *environment)
{
    const char *separator = value_string(array_at(arguments, 0));
    const struct value *parts = array_at(arguments, 1);
    STRBUF_AUTO text = STRBUF_INIT;

    if (!separator || value_type(parts) != VALUE_ARRAY)
        return NULL;
    for (size_t i = 0; i < value_length(parts); i++) {
        const char *part = literal_text(array_at(parts, i), environment);

        if (!part)
            return NULL;
        strbuf_addf(&text, "%s%s", i ? separator : "", part);
    }
    return arena_strdup(value_arena(), text.data);
}

static const char *substituted(const char *template, const struct environment *environment)
{
    STRBUF_AUTO text = STRBUF_INIT;

    while (*template) {
        const char *end = template[0] == '$' && template[1] == '{' ? strchr(template, '}') : NULL;
        const char *value;

        if (!end) {
            strbuf_add_char(&text, *template ++);
            continue;
        }
        value = pseudo_parameter(
            arena_strndup(value_arena(), template + 2, (size_t)(end - template - 2)), environment);
        if (!value)
            return NULL;
        strbuf_add_string(&text, value);
        template = end + 1;
    }
    return arena_strdup(value_arena(), text.data);
}

const char *literal_text(const struct value *value, const struct environment *environment)
{
    const char *sub = object_string(value, "Fn::Sub");
    const char *ref = object_string(value, "Ref");

    if (value_type(value) == VALUE_STRING)
        return value_string(value);
    if (ref)
        return pseudo_parameter(ref, environment);
    if (sub)
        return substituted(sub, environment);
    return object_get(value, "Fn::Join") ? joined(object_get(value, "Fn::Join"), environment) : NULL;
}
