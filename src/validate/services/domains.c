// SPDX-License-Identifier: MIT
// Names of the domain name system.
#include "util/arena.h"
#include "validate/engine/registry.h"
#include "validate/properties/places.h"
#include "validate/properties/regex.h"

#include <string.h>

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), end_length = strlen(end);

    return length >= end_length && strcmp(text + length - end_length, end) == 0;
}

// Whether `name` is `domain` or below it; both without a dot at the end.
static bool is_within(const char *name, const char *domain)
{
    size_t length = strlen(name), domain_length = strlen(domain);

    return ends_with(name, domain) && (length == domain_length || name[length - domain_length - 1] == '.');
}

static void check_alias(struct judge *judge, const struct node *node, void *data)
{
    const char *text = node_string(node);

    (void)data;
    if (!text || strstr(text, "{{resolve:"))
        return;
    if (strstr(text, ".*.") ||
        regex_search("^(?:[a-z0-9\\*](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9][a-z0-9-]{0,61}[a-z0-9]$",
            text) == REGEX_NO_MATCH)
        report(judge->validator, "E3013", node, "'%s' is no domain name", text);
}

static void check_aliases(struct validator *validator, const struct node *node)
{
    validator_each_at(validator, node, "Properties/DistributionConfig/Aliases/*", check_alias, NULL);
}

static void check_record_name(struct judge *judge, const struct node *record, void *data)
{
    struct node name = node_get(record, "Name"), zone = node_get(record, "HostedZoneName");
    struct arena *arena = validator_arena(judge->validator);
    const char *zone_name = node_string(&zone);

    (void)data;
    if (!node_string(&name) || !zone_name)
        return;
    if (!ends_with(zone_name, ".")) {
        report(judge->validator, "E3041", &zone, "'%s' does not end with a dot", zone_name);
        zone_name = arena_printf(arena, "%s.", zone_name);
    }
    if (!is_within(ends_with(node_string(&name), ".") ? node_string(&name)
                                                      : arena_printf(arena, "%s.", node_string(&name)),
            zone_name))
        report(judge->validator, "E3041", &name, "'%s' is not within the hosted zone '%s'",
            node_string(&name), zone_name);
}

static void check_record_set(struct validator *validator, const struct node *node)
{
    static const char *const names[] = { "Name", "HostedZoneName", NULL };
    const struct template_resource *resource = node_resource(validator, node);

    validator_each_scenario(validator, &resource->properties, names, check_record_name, NULL);
}

static void check_validation(struct judge *judge, const struct node *option, void *data)
{
    struct node name = node_get(option, "DomainName"), domain = node_get(option, "ValidationDomain");

    (void)data;
    if (node_string(&name) && node_string(&domain) && !is_within(node_string(&name), node_string(&domain)))
        report(judge->validator, "E3503", &name, "'%s' is not within the validation domain '%s'",
            node_string(&name), node_string(&domain));
}

static void check_option(struct judge *judge, const struct node *option, void *data)
{
    (void)data;
    judge_each_scenario(judge, option, NULL, check_validation, NULL);
}

static void check_certificate(struct validator *validator, const struct node *node)
{
    validator_each_at(validator, node, "Properties/DomainValidationOptions/*", check_option, NULL);
}

#define REFUSED "AWS refuses the resource, so the stack is rolled back."

const struct rule domain_rules[] = {
    { "E3013", SEVERITY_ERROR, "an alias of a distribution is no domain name", REFUSED,
        "Write a domain name in lower case; '*' may only be its first label.",
        "AWS::CloudFront::Distribution DistributionConfig: Aliases", .scope = RULE_RESOURCE,
        .subject = "AWS::CloudFront::Distribution", .check = check_aliases },
    { "E3041", SEVERITY_ERROR, "a record is not within its hosted zone", REFUSED,
        "End HostedZoneName with a dot, and let the name end with it.",
        "AWS::Route53::RecordSet: HostedZoneName", .scope = RULE_RESOURCE,
        .subject = "AWS::Route53::RecordSet", .check = check_record_set },
    { "E3503", SEVERITY_ERROR, "a validation domain is no superdomain of the domain", REFUSED,
        "Let ValidationDomain be the domain itself or one above it.",
        "AWS::CertificateManager::Certificate DomainValidationOption", .scope = RULE_RESOURCE,
        .subject = "AWS::CertificateManager::Certificate", .check = check_certificate },
    RULES_END,
};
