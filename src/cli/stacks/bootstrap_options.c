// SPDX-License-Identifier: MIT
#include "cli/stacks/bootstrap_options.h"

#include "cli/core/key_values.h"
#include "cli/stacks/environments.h"
#include "data/value.h"
#include "deploy/bootstrap/bootstrap.h"

#include <string.h>

// An option may be given several times, or once with commas.
static struct value *list_of(const struct string_list *texts)
{
    struct value *list = array();

    for (size_t i = 0; i < texts->count; i++)
        for (const char *text = texts->items[i]; *text; text += *text == ',') {
            size_t length = strcspn(text, ",");

            if (length)
                array_append(list, string_n(text, length));
            text += length;
        }
    return texts->count ? list : NULL;
}

static int check_accounts(const char *option, const struct value *accounts, struct error *err)
{
    for (size_t i = 0; i < value_length(accounts); i++) {
        const char *text = value_string_or_empty(array_at(accounts, i));

        if (!account_is_valid(text, strlen(text)))
            return error_set(err, "'--%s %s' is not an account of 12 digits", option, text);
    }
    return 0;
}

static int check_trust(const struct bootstrap_settings *settings, struct error *err)
{
    if (check_accounts("trust", settings->trusted, err) < 0 ||
        check_accounts("trust-for-lookup", settings->trusted_for_lookup, err) < 0 ||
        check_accounts("untrust", settings->untrusted, err) < 0)
        return -1;
    for (size_t i = 0; i < value_length(settings->untrusted); i++)
        for (size_t j = 0; j < value_length(settings->trusted); j++)
            if (value_equal(array_at(settings->untrusted, i), array_at(settings->trusted, j)))
                return error_set(err, "account %s cannot be both trusted and untrusted",
                    value_string_or_empty(array_at(settings->untrusted, i)));
    return 0;
}

static int check_qualifier(const char *text, struct error *err)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    size_t length = text ? strlen(text) : 1;

    if (length < 1 || length > 10 || (text && strspn(text, allowed) != length))
        return error_set(err, "the qualifier '%s' is not 1 to 10 letters, digits, '_' or '-'", text);
    return 0;
}

int bootstrap_settings_read(const struct bootstrap_command *given, const struct target_stacks *target,
    struct bootstrap_settings *ret, struct error *err)
{
    const struct value *context = target->synthesis.context.values;

    *ret = (struct bootstrap_settings){
        .stack = given->stack,
        .qualifier =
            given->qualifier ? given->qualifier : object_string(context, "@aws-cdk/core:bootstrapQualifier"),
        .trusted = list_of(&given->trusted),
        .trusted_for_lookup = list_of(&given->trusted_for_lookup),
        .untrusted = list_of(&given->untrusted),
        .policies = list_of(&given->policies),
        .bucket = given->bucket,
        .key = given->key,
        .boundary = given->boundary,
        .public_access_block = given->public_access_block,
        .protection = given->protection,
        .profile = target->profile,
        .force = given->force,
    };
    if (!ret->stack &&
        context_setting_text(&target->synthesis.context, "toolkitStackName", &ret->stack, err) < 0)
        return -1;
    if (given->key && given->customer_key)
        return error_set(err, "--bootstrap-kms-key-id and --bootstrap-customer-key exclude each other");
    if (given->customer_key)
        ret->key = given->customer_key == YES ? "" : "AWS_MANAGED_KEY";
    if (check_qualifier(ret->qualifier, err) < 0 || check_trust(ret, err) < 0)
        return -1;
    ret->tags = given->tags.count ? key_values_read(&given->tags) : NULL;
    return 0;
}
