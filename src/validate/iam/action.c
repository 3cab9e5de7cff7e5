// SPDX-License-Identifier: MIT
// Actions: of services and names that there are.
#include "schema/iam.h"
#include "util/text/suggest.h"
#include "validate/iam/document.h"
#include "validate/iam/statement.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

bool iam_action_read(const struct node *node, struct iam_named_action *ret_action)
{
    const char *text = node_string(node), *colon = text ? strchr(text, ':') : NULL;

    if (!text || strstr(text, "{{resolve:"))
        return false;
    *ret_action = (struct iam_named_action){ .text = text, .name = colon ? colon + 1 : "" };
    if (strcmp(text, "*") == 0)
        ret_action->name = text;
    else if (colon)
        ret_action->service = schema_iam_service_find(text, (size_t)(colon - text));
    ret_action->has_wildcard = strpbrk(ret_action->name, "*?") != NULL;
    return true;
}

bool iam_action_names(const char *pattern, const char *name)
{
    const char *star = NULL, *resume = NULL;

    while (*name) {
        if (*pattern == '*') {
            star = pattern++;
            resume = name;
        } else if (*pattern == '?' || tolower((unsigned char)*pattern) == tolower((unsigned char)*name)) {
            pattern++;
            name++;
        } else if (star) {
            pattern = star + 1;
            name = ++resume;
        } else {
            return false;
        }
    }
    return pattern[strspn(pattern, "*")] == '\0';
}

void iam_action_each(const struct iam_named_action *named, iam_action_visitor *visit, void *data)
{
    const struct schema_iam_action *action;
    size_t literal = strcspn(named->name, "*?");

    if (!named->has_wildcard) {
        action = schema_iam_action_find(named->service, named->name);
        if (action)
            visit(action, data);
        return;
    }
    for (size_t i = 0; i < schema_iam_action_count(named->service); i++) {
        action = schema_iam_action_at(named->service, i);
        if (strncasecmp(named->name, schema_iam_action_name(action), literal) == 0 &&
            iam_action_names(named->name, schema_iam_action_name(action)))
            visit(action, data);
    }
}

static void count(const struct schema_iam_action *action, void *data)
{
    (void)action;
    ++*(size_t *)data;
}

static void report_service(
    const struct iam_document *document, const struct node *node, const char *text, size_t length)
{
    char *prefix = arena_strndup(validator_arena(document->validator), text, length);
    struct suggestion suggestion = SUGGESTION_FOR(prefix);

    for (size_t i = 0; i < schema_iam_service_count(); i++)
        suggestion_consider(&suggestion, schema_iam_service_prefix(schema_iam_service_at(i)));
    if (strpbrk(prefix, "*?"))
        report(document->validator, "W3037", node,
            "the service of '%s' has a wildcard, which is a character there", text);
    else if (suggestion.best)
        report(document->validator, "W3037", node, "there is no service '%s'; did you mean '%s'?", prefix,
            suggestion.best);
    else
        report(document->validator, "W3037", node, "there is no service '%s'", prefix);
}

static void report_name(
    const struct iam_document *document, const struct node *node, const struct iam_named_action *named)
{
    struct suggestion suggestion = SUGGESTION_FOR(named->name);
    const char *service = schema_iam_service_prefix(named->service);

    for (size_t i = 0; i < schema_iam_action_count(named->service); i++)
        suggestion_consider(&suggestion, schema_iam_action_name(schema_iam_action_at(named->service, i)));
    if (named->has_wildcard)
        report(document->validator, "W3037", node, "'%s' matches no action of %s", named->text, service);
    else if (suggestion.best)
        report(document->validator, "W3037", node, "there is no action '%s'; did you mean '%s:%s'?",
            named->text, service, suggestion.best);
    else
        report(document->validator, "W3037", node, "there is no action '%s'", named->text);
}

// The properties of some resources take actions of their own service alone.
static bool is_of_services(const char *services, const char *prefix)
{
    size_t length = strlen(prefix);

    for (; *services; services += strspn(services, " ")) {
        size_t word = strcspn(services, " ");

        if (word == length && strncasecmp(services, prefix, length) == 0)
            return true;
        services += word;
    }
    return false;
}

void iam_action_check(const struct iam_document *document, const struct node *node)
{
    struct iam_named_action named;
    const char *services = document->policy->services;
    size_t found = 0;

    if (!iam_action_read(node, &named) || strcmp(named.text, "*") == 0)
        return;
    if (!strchr(named.text, ':')) {
        report(document->validator, "W3037", node, "'%s' is neither SERVICE:ACTION nor *", named.text);
        return;
    }
    if (!named.service) {
        report_service(document, node, named.text, strcspn(named.text, ":"));
        return;
    }
    if (services && !is_of_services(services, schema_iam_service_prefix(named.service)))
        report(document->validator, "W3037", node,
            "'%s' is no action of %s, and this policy is about no other", named.text, services);
    iam_action_each(&named, count, &found);
    if (!found)
        report_name(document, node, &named);
}
