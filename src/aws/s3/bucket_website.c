// SPDX-License-Identifier: MIT
#include "aws/s3/s3_private.h"

static struct value *redirect(const struct s3_redirect_target *target)
{
    if (!target)
        return NULL;
    return object((struct field[]){
        { "HostName", string(target->host_name) },
        { "Protocol", string(target->protocol) },
        END,
    });
}

static struct value *routing_rule(const struct s3_routing_rule *rule)
{
    const struct field redirect_rule[] = {
        { "HostName", string(rule->host_name) },
        { "HttpRedirectCode", string(rule->http_redirect_code) },
        { "Protocol", string(rule->protocol) },
        { "ReplaceKeyPrefixWith", string(rule->replace_key_prefix_with) },
        { "ReplaceKeyWith", string(rule->replace_key_with) },
        END,
    };
    const struct field condition[] = {
        { "HttpErrorCodeReturnedEquals", string(rule->condition_http_error_code) },
        { "KeyPrefixEquals", string(rule->condition_key_prefix) },
        END,
    };

    return object((struct field[]){
        { "RedirectRule", object(redirect_rule) },
        { "RoutingRuleCondition", omit_empty(object(condition)) },
        END,
    });
}

static struct value *routing_rules(const struct s3_routing_rule *const *rules)
{
    struct value *list = array();

    for (; rules && *rules; rules++)
        array_append(list, routing_rule(*rules));
    return omit_empty(list);
}

struct value *bucket_website(const struct s3_bucket *bucket, const struct s3_bucket_props *p)
{
    bool has_others = p->website_index_document || p->website_error_document || p->website_routing_rules;

    if (p->website_error_document && !p->website_index_document)
        diag_error(bucket->node, "website_error_document needs website_index_document");
    if (p->website_redirect && has_others)
        diag_error(bucket->node,
            "website_redirect cannot be used together with website_index_document, website_error_document or "
            "website_routing_rules");
    if (!p->website_redirect && !has_others)
        return NULL;
    return object((struct field[]){
        { "ErrorDocument", string(p->website_error_document) },
        { "IndexDocument", string(p->website_index_document) },
        { "RedirectAllRequestsTo", redirect(p->website_redirect) },
        { "RoutingRules", routing_rules(p->website_routing_rules) },
        END,
    });
}
