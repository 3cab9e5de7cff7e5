// SPDX-License-Identifier: MIT
#include "aws/cloudfront/keys.h"

#include "cdk/diag.h"
#include "util/text/pattern.h"

#include <string.h>
#include <strings.h>

static const char *const behaviors[] = {
    [CLOUDFRONT_SELECT_NONE] = "none",
    [CLOUDFRONT_SELECT_ALL] = "all",
    [CLOUDFRONT_SELECT_ALLOW_LIST] = "whitelist",
    [CLOUDFRONT_SELECT_DENY_LIST] = "allExcept",
};

static bool is_list(const struct cloudfront_keys *keys)
{
    return keys->selection == CLOUDFRONT_SELECT_ALLOW_LIST || keys->selection == CLOUDFRONT_SELECT_DENY_LIST;
}

static bool names_something(const struct cloudfront_keys *keys)
{
    return keys->names && keys->names[0];
}

static void check_list(const struct cloudfront_keys *keys, const char *kind, struct construct *node)
{
    if (is_list(keys) && !names_something(keys))
        diag_error(node, "a list of %s must name one at least", kind);
}

struct value *cookies_value(const struct cloudfront_keys *keys, struct construct *node)
{
    check_list(keys, "cookies", node);
    return object((struct field[]){
        { "CookieBehavior", string(behaviors[keys->selection]) },
        { "Cookies", is_list(keys) ? strings(keys->names) : NULL },
        END,
    });
}

struct value *query_strings_value(const struct cloudfront_keys *keys, struct construct *node)
{
    check_list(keys, "query strings", node);
    return object((struct field[]){
        { "QueryStringBehavior", string(behaviors[keys->selection]) },
        { "QueryStrings", is_list(keys) ? strings(keys->names) : NULL },
        END,
    });
}

static struct value *headers_value(const char *behavior, const char *const *names)
{
    return object((struct field[]){
        { "HeaderBehavior", string(behavior) },
        { "Headers", strings(names) },
        END,
    });
}

struct value *cache_headers_value(const struct cloudfront_keys *keys, struct construct *node)
{
    check_list(keys, "headers", node);
    if (keys->selection == CLOUDFRONT_SELECT_ALL || keys->selection == CLOUDFRONT_SELECT_DENY_LIST)
        diag_error(node, "the headers of a cache policy must be none or an allow list");
    return headers_value(behaviors[keys->selection], is_list(keys) ? keys->names : NULL);
}

// CloudFront sets these by the cache policy.
static void check_allowed_headers(const char *const *names, struct construct *node)
{
    for (; names && *names; names++) {
        if (strcasecmp(*names, "authorization") == 0 || strcasecmp(*names, "accept-encoding") == 0)
            diag_error(
                node, "header '%s' cannot be in an origin request policy: name it in a cache policy", *names);
    }
}

static struct value *all_headers(const char *const *names, struct construct *node)
{
    if (!names || !names[0])
        return headers_value("allViewer", NULL);
    for (const char *const *name = names; *name; name++) {
        if (strncmp(*name, "CloudFront-", strlen("CloudFront-")) != 0)
            diag_error(node,
                "header '%s' is one of the viewer's already: name only those that begin with 'CloudFront-'",
                *name);
    }
    return headers_value("allViewerAndWhitelistCloudFront", names);
}

struct value *request_headers_value(const struct cloudfront_keys *keys, struct construct *node)
{
    check_list(keys, "headers", node);
    if (keys->selection == CLOUDFRONT_SELECT_ALL)
        return all_headers(keys->names, node);
    if (keys->selection == CLOUDFRONT_SELECT_ALLOW_LIST)
        check_allowed_headers(keys->names, node);
    return headers_value(behaviors[keys->selection], is_list(keys) ? keys->names : NULL);
}

void check_policy_name(const struct value *name, const char *prop, struct construct *node)
{
    const char *text = value_string(name);
    if (text && !text_matches(text, "^[A-Za-z0-9_-]+$"))
        diag_error(node, "%s '%s' must have only letters, digits, '-' and '_'", prop, text);
}
