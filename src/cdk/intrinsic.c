// SPDX-License-Identifier: MIT
#include "cdk/token.h"

#include <string.h>

// One key: what makes an object an intrinsic function.
static struct value *intrinsic(const char *key, struct value *value)
{
    return object((struct field[]){ { key, value }, END });
}

static bool all_literal(const struct value *list)
{
    for (size_t i = 0; i < value_length(list); i++)
        if (!value_is_literal(array_at(list, i)))
            return false;
    return value_type(list) == VALUE_ARRAY;
}

struct value *fn_select(int index, struct value *list)
{
    if (all_literal(list))
        return array_at(list, (size_t)index);
    return intrinsic("Fn::Select", array_of((struct value *[]){ number(index), list, NULL }));
}

static struct value *split_text(const char *delimiter, const char *text)
{
    struct value *parts = array();

    for (const char *end; (end = strstr(text, delimiter)); text = end + strlen(delimiter))
        array_append(parts, string_n(text, (size_t)(end - text)));
    array_append(parts, string(text));
    return parts;
}

struct value *fn_split(const char *delimiter, struct value *whole)
{
    if (*delimiter && value_string(whole))
        return split_text(delimiter, value_string(whole));
    return intrinsic("Fn::Split", array_of((struct value *[]){ string(delimiter), whole, NULL }));
}

struct value *fn_get_azs(const char *region)
{
    return intrinsic("Fn::GetAZs", string(region));
}

struct value *fn_sub(const char *text)
{
    return intrinsic("Fn::Sub", string(text));
}

struct value *fn_import_value(struct value *name)
{
    return intrinsic("Fn::ImportValue", name);
}

static struct value *pseudo(const char *name)
{
    return intrinsic("Ref", string(name));
}

struct value *aws_account_id(void)
{
    return pseudo("AWS::AccountId");
}

struct value *aws_region(void)
{
    return pseudo("AWS::Region");
}

struct value *aws_partition(void)
{
    return pseudo("AWS::Partition");
}

struct value *aws_url_suffix(void)
{
    return pseudo("AWS::URLSuffix");
}

struct value *aws_stack_id(void)
{
    return pseudo("AWS::StackId");
}

struct value *aws_stack_name(void)
{
    return pseudo("AWS::StackName");
}

struct value *aws_no_value(void)
{
    return pseudo("AWS::NoValue");
}
