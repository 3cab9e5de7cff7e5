// SPDX-License-Identifier: MIT
// API Gateway, AppSync.
#include "data/value.h"
#include "util/arena.h"
#include "validate/engine/registry.h"
#include "validate/policy/policy.h"

#include <string.h>

#define REST_STAGE "AWS::ApiGateway::Stage"
#define REST_METHOD "AWS::ApiGateway::Method"

static enum verdict judge_apig1(struct policy_case *policy)
{
    const struct value *setting = policy_property(
        policy, policy_is_type(policy, REST_STAGE) ? "AccessLogSetting" : "AccessLogSettings");

    return policy_optional(setting, "DestinationArn") && policy_optional(setting, "Format") ? COMPLIANT
                                                                                            : NON_COMPLIANT;
}

static enum verdict judge_apig2(struct policy_case *policy)
{
    const struct template_resource *found;

    for (size_t index = 0; (found = policy_next(policy, "AWS::ApiGateway::RequestValidator", &index));)
        if (policy_is(policy_target(policy_property_of(policy, found, "RestApiId")), policy->resource->id) &&
            policy_is_true(policy_property_of(policy, found, "ValidateRequestBody")) &&
            policy_is_true(policy_property_of(policy, found, "ValidateRequestParameters")))
            return COMPLIANT;
    return NON_COMPLIANT;
}

static const char *target_text(struct policy_case *policy, const char *name)
{
    return policy_interpolated(policy_target(policy_property(policy, name)));
}

// The association's ARN names the API and behind it the stage.
static enum verdict judge_apig3(struct policy_case *policy)
{
    const char *api = target_text(policy, "RestApiId"), *id = policy->resource->id;
    const char *name = policy_property(policy, "StageName") ? target_text(policy, "StageName") : id;
    const struct template_resource *found;

    for (size_t index = 0; (found = policy_next(policy, "AWS::WAFv2::WebACLAssociation", &index));)
        if (policy_matches(policy, policy_json(policy_property_of(policy, found, "ResourceArn")),
                "%s.+%s(?![\\w])|%s.+%s(?![\\w])", api, id, api, name))
            return COMPLIANT;
    return NON_COMPLIANT;
}

static bool answers_cors(struct policy_case *policy, const struct value *response)
{
    static const char prefix[] = "method.response.header.Access-Control-Allow-";
    const struct value *parameters = policy_member(policy, response, "ResponseParameters");
    bool found = false;

    for (size_t i = 0; value_type(parameters) == VALUE_OBJECT && i < value_length(parameters); i++)
        found |= strncmp(object_at(parameters, i)->key, prefix, strlen(prefix)) == 0 &&
            policy_is_true(object_at(parameters, i)->value);
    return found && policy_is(policy_optional(response, "StatusCode"), "204");
}

// A method that only answers what browsers ask before a request of another origin.
static bool is_preflight(struct policy_case *policy)
{
    const struct value *responses = policy_property(policy, "MethodResponses");

    for (size_t i = 0, count = responses ? policy_items(policy, responses) : 0; i < count; i++)
        if (!answers_cors(policy, policy_item(responses, i)))
            return false;
    return responses;
}

static enum verdict judge_apig4(struct policy_case *policy)
{
    const struct value *type;

    if (policy_is_type(policy, REST_METHOD) &&
        policy_is(policy_primitive(policy, policy_property(policy, "HttpMethod")), "OPTIONS") &&
        is_preflight(policy))
        return NOT_APPLICABLE;
    type = policy_primitive(policy, policy_property(policy, "AuthorizationType"));
    return !type || policy_is(type, "NONE") ? NON_COMPLIANT : COMPLIANT;
}

static enum verdict judge_apig6(struct policy_case *policy)
{
    const struct value *settings = policy_property(policy, "MethodSettings");

    for (size_t i = 0, count = settings ? policy_items(policy, settings) : 0; i < count; i++) {
        const struct value *setting = policy_item(settings, i);
        const struct value *level = policy_optional(setting, "LoggingLevel");

        if (policy_is(policy_optional(setting, "HttpMethod"), "*") &&
            policy_is(policy_optional(setting, "ResourcePath"), "/*") &&
            (policy_is(level, "ERROR") || policy_is(level, "INFO")))
            return COMPLIANT;
    }
    return NON_COMPLIANT;
}

static enum verdict judge_cog4(struct policy_case *policy)
{
    const struct value *method = policy_primitive(policy, policy_property(policy, "HttpMethod"));

    if (policy_is(method, "OPTIONS"))
        return NOT_APPLICABLE;
    return policy_is(policy_property(policy, "AuthorizationType"), "COGNITO_USER_POOLS") ? COMPLIANT
                                                                                         : NON_COMPLIANT;
}

static enum verdict judge_asc3(struct policy_case *policy)
{
    const struct value *config = policy_property(policy, "LogConfig");

    if (!config)
        return NON_COMPLIANT;
    return !policy_is_true(
               policy_primitive(policy, policy_member(policy, config, "ExcludeVerboseContent"))) &&
            policy_optional(config, "CloudWatchLogsRoleArn")
        ? COMPLIANT
        : NON_COMPLIANT;
}

const struct rule api_policy_rules[] = {
    POLICY("APIG1", ERROR, REST_STAGE " AWS::ApiGatewayV2::Stage", "the stage keeps no access logs",
        "Who called what cannot be told later.",
        "Set DestinationArn and Format of AccessLogSetting (AccessLogSettings of an HTTP or WebSocket API).",
        .judge = judge_apig1),
    POLICY("APIG2", ERROR, "AWS::ApiGateway::RestApi", "requests to the API are not validated",
        "Malformed requests reach what is behind the API.",
        "Add an AWS::ApiGateway::RequestValidator of the API for bodies and parameters.",
        .judge = judge_apig2),
    POLICY("APIG3", WARNING, REST_STAGE, "the stage has no web ACL",
        "Nothing keeps scanners and known attacks from the API.",
        "Add an AWS::WAFv2::WebACLAssociation of the stage.", .judge = judge_apig3),
    POLICY("APIG4", ERROR, REST_METHOD " AWS::ApiGatewayV2::Route", "anybody may call the method",
        "Nothing asks who is calling.", "Set AuthorizationType to another than NONE.", .judge = judge_apig4),
    POLICY("APIG6", ERROR, REST_STAGE, "the stage does not log what its methods do",
        "Why a request failed cannot be told later.",
        "Set LoggingLevel to ERROR or INFO for HttpMethod * and ResourcePath /* in MethodSettings.",
        .judge = judge_apig6),
    POLICY("COG4", ERROR, REST_METHOD, "callers of the method are not those of a Cognito user pool",
        "Who may call it is not kept in one place.", "Set AuthorizationType to COGNITO_USER_POOLS.",
        .judge = judge_cog4),
    POLICY("ASC3", ERROR, "AWS::AppSync::GraphQLApi", "the API does not log requests",
        "Why a request failed cannot be told later.",
        "Set CloudWatchLogsRoleArn of LogConfig, and leave ExcludeVerboseContent off.", .judge = judge_asc3),
    RULES_END,
};
