// SPDX-License-Identifier: MIT
#include "data/value.h"
#include "util/arena.h"
#include "util/display.h"
#include "validate/engine/registry.h"
#include "validate/engine/validator.h"
#include "validate/policy/policy.h"

#include <stdarg.h>
#include <string.h>

static bool names_type(const char *types, const char *type)
{
    size_t length = strlen(type);

    for (const char *at = types; (at = strstr(at, type)); at += length)
        if ((at == types || at[-1] == ' ') && (at[length] == ' ' || !at[length]))
            return true;
    return false;
}

bool policy_is_type(const struct policy_case *policy, const char *type)
{
    return strcmp(policy->resource->type, type) == 0;
}

const struct template_resource *policy_next(struct policy_case *policy, const char *type, size_t *index)
{
    const struct template_resource *resource = *index
        ? validator_resource_at(policy->validator, *index - 1)->next
        : validator_resource_of_type(policy->validator, type);

    if (resource)
        *index = resource->index + 1;
    return resource;
}

void policy_found(struct policy_case *policy, const char *format, ...)
{
    va_list arguments;
    const char *finding;

    va_start(arguments, format);
    finding = display_vprintf(value_arena(), format, arguments);
    va_end(arguments);
    for (size_t i = 0; i < policy->finding_count; i++)
        if (strcmp(policy->findings[i], finding) == 0)
            return;
    policy->findings = arena_grow(value_arena(), policy->findings, policy->finding_count,
        &policy->finding_capacity, sizeof(*policy->findings));
    policy->findings[policy->finding_count++] = finding;
}

enum verdict policy_findings_verdict(const struct policy_case *policy)
{
    return policy->finding_count ? NON_COMPLIANT : COMPLIANT;
}

// The value at the end of the path, and NULL when something on the way is not there.
static const struct value *find_value(struct policy_case *policy, const char *path)
{
    const char *last = strrchr(path, '/');
    const struct value *value = policy_optional(policy->resource->properties.value, path);

    policy->name = last ? last + 1 : path;
    return value;
}

// Of texts and lists; that of a function is not known, but not 0.
static bool is_empty(const struct value *value)
{
    return !value || (value_string(value) && !*value_string(value)) ||
        (value_type(value) == VALUE_ARRAY && !value_length(value));
}

static bool meets_demand(struct policy_case *policy, const struct policy_rule *rule)
{
    const struct value *value = find_value(policy, rule->path);

    if (rule->demand == MUST_EXIST)
        return value;
    if (rule->demand == MUST_NOT_BE_EMPTY)
        return !is_empty(value);
    value = policy_primitive(policy, value);
    switch (rule->demand) {
    case MUST_BE_ON:
        return policy_is_true(value);
    case MUST_BE_TEXT:
        return policy_is(value, rule->text);
    case MUST_NOT_BE_ON:
        return !policy_is_true(value);
    case MUST_NOT_BE_OFF:
        return !policy_is_false(value);
    default: // MUST_BE_WEEK
        return value && policy_number(value, 7) >= 7;
    }
}

static const char *undecided_reason(const struct policy_case *policy)
{
    static const char *const reasons[] = {
        [UNDECIDED_UNTIL_DEPLOYED] = "is known only at deployment",
        [UNDECIDED_WITHOUT] = "is missing",
        [UNDECIDED_MALFORMED] = "cannot be read",
    };

    return arena_printf(value_arena(), "'%s' %s",
        policy->undecided_name ? policy->undecided_name : policy->resource->id, reasons[policy->undecided]);
}

static void report_finding(struct policy_case *policy, const char *finding)
{
    const struct rule *rule = policy->rule;
    struct arena *arena = policy->validator->arena;
    STRBUF_AUTO pointer = STRBUF_INIT;

    if (policy_is_suppressed(policy, finding))
        return;
    validator_add_pointer(&pointer, policy->resource->node);
    validator_add_report(policy->validator,
        &(struct report_entry){
            .rule = rule,
            .id = finding ? arena_printf(arena, "%s[%s]", rule->id, finding) : rule->id,
            .severity = policy->undecided == UNDECIDED_UNTIL_DEPLOYED ? SEVERITY_WARNING : rule->severity,
            .pointer = arena_strndup(arena, pointer.data, pointer.length),
            .message = policy->undecided
                ? arena_printf(arena, "undecided, since %s: %s", undecided_reason(policy), rule->title)
                : rule->title,
            .resource = policy->resource,
            .at_key = true,
        });
}

static void judge(struct policy_case *policy)
{
    const struct policy_rule *rule = policy->rule->policy;
    enum verdict verdict = rule->judge ? rule->judge(policy)
        : meets_demand(policy, rule)   ? COMPLIANT
                                       : NON_COMPLIANT;

    if (policy->undecided || (verdict == NON_COMPLIANT && !policy->finding_count)) {
        report_finding(policy, NULL);
        return;
    }
    for (size_t i = 0; verdict == NON_COMPLIANT && i < policy->finding_count; i++)
        report_finding(policy, policy->findings[i]);
}

void policy_run(struct validator *validator)
{
    policy_check_suppressions(validator);
    for (const struct rule *const *table = rule_tables; *table; table++) {
        for (const struct rule *rule = *table; rule->id; rule++) {
            if (rule->scope != RULE_POLICY)
                continue;
            for (size_t i = 0; i < validator->resource_count; i++) {
                struct policy_case policy = {
                    .validator = validator, .rule = rule, .resource = &validator->resources[i]
                };

                if (*policy.resource->type && names_type(rule->policy->types, policy.resource->type))
                    judge(&policy);
            }
        }
    }
}
