// SPDX-License-Identifier: MIT
#include "aws/elbv2/elbv2_private.h"
#include "cdk/diag.h"

enum { MAX_PATH_PATTERNS = 5 };

static const struct condition_kind {
    const char *field;
    const char *config_key;
} kinds[] = {
    [ELBV2_HOST_HEADERS] = { "host-header", "HostHeaderConfig" },
    [ELBV2_HTTP_HEADER] = { "http-header", "HttpHeaderConfig" },
    [ELBV2_HTTP_REQUEST_METHODS] = { "http-request-method", "HttpRequestMethodConfig" },
    [ELBV2_PATH_PATTERNS] = { "path-pattern", "PathPatternConfig" },
    [ELBV2_QUERY_STRINGS] = { "query-string", "QueryStringConfig" },
    [ELBV2_SOURCE_IPS] = { "source-ip", "SourceIpConfig" },
};

static struct value *query_strings(const struct elbv2_query_string *at)
{
    struct value *list = array();

    for (; at && at->value; at++)
        array_append(list,
            object((struct field[]){
                { "Key", string(at->key) },
                { "Value", string(at->value) },
                END,
            }));
    return list;
}

struct value *elbv2_condition_value(struct construct *node, const struct elbv2_condition *condition)
{
    const struct condition_kind *kind = &kinds[condition->field];
    bool is_query = condition->field == ELBV2_QUERY_STRINGS;
    struct value *values = is_query ? query_strings(condition->query_strings) : strings(condition->values);
    struct value *config = object((struct field[]){
        { "HttpHeaderName", string(condition->http_header_name) },
        { "Values", values },
        END,
    });

    if (value_length(values) == 0)
        diag_error(node, "a '%s' condition needs values", kind->field);
    if (condition->field == ELBV2_PATH_PATTERNS && value_length(values) > MAX_PATH_PATTERNS)
        diag_error(node, "a rule can have at most %d path patterns", MAX_PATH_PATTERNS);
    if ((condition->field == ELBV2_HTTP_HEADER) != (condition->http_header_name != NULL))
        diag_error(node, "'http_header_name' belongs to an ELBV2_HTTP_HEADER condition, which needs it");
    return object((struct field[]){
        { "Field", string(kind->field) },
        { kind->config_key, config },
        END,
    });
}
