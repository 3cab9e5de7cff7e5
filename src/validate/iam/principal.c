// SPDX-License-Identifier: MIT
// Who a statement is about, and the ARNs of resources: their form.
#include "util/array.h"
#include "validate/iam/document.h"
#include "validate/iam/text.h"
#include "validate/rules/shape.h"

#include <ctype.h>
#include <string.h>

// So long are unique ids, "AIDACKCEVSQ6C2EXAMPLE" (IAM User Guide, "IAM identifiers").
enum { ACCOUNT_LENGTH = 12, UNIQUE_ID_LENGTH = 16 };

static bool begins_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

static bool is_account(const char *text)
{
    return strspn(text, "0123456789") == ACCOUNT_LENGTH && !text[ACCOUNT_LENGTH];
}

static bool is_unique_id(const char *text)
{
    return strlen(text) >= UNIQUE_ID_LENGTH && text[0] == 'A' &&
        strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == strlen(text);
}

// Behind "arn:aws:SERVICE::": an account, or CloudFront's identities.
static bool is_arn_of_user(const char *rest)
{
    static const char *const iam[] = { "root", "user", "group", "role" };
    bool is_iam = begins_with(rest, "iam::"), is_sts = begins_with(rest, "sts::");

    if (begins_with(rest, "iam::cloudfront:user/"))
        return true;
    if (!is_iam && !is_sts)
        return false;
    rest += strlen("iam::");
    if (strspn(rest, "0123456789") != ACCOUNT_LENGTH || rest[ACCOUNT_LENGTH] != ':')
        return false;
    rest += ACCOUNT_LENGTH + 1;
    if (is_sts)
        return begins_with(rest, "assumed-role") || begins_with(rest, "federated-user") ||
            begins_with(rest, "self");
    for (size_t i = 0; i < ARRAY_SIZE(iam); i++)
        if (begins_with(rest, iam[i]))
            return true;
    return false;
}

static bool is_principal(const char *text)
{
    const char *colon;

    if (strcmp(text, "*") == 0 || is_account(text) || is_unique_id(text))
        return true;
    if (!begins_with(text, "arn:aws"))
        return false;
    colon = strchr(text + strlen("arn:"), ':');
    return colon && is_arn_of_user(colon + 1);
}

static bool is_read_later(const char *text)
{
    return strstr(text, "{{resolve:") || strstr(text, "${");
}

struct principal {
    const struct iam_document *document;
    bool is_aws;
};

static void check_name(struct validator *validator, const struct node *node, void *data)
{
    const struct principal *principal = data;
    const char *text = node_string(node);

    if (node_function(node))
        return;
    if (!value_has_kind(node->value, KIND_STRING))
        report(validator, principal->document->id, node, "must be %s", kinds_name(KIND_STRING));
    else if (principal->is_aws && !(text && (is_principal(text) || is_read_later(text))))
        report(validator, principal->document->id, node,
            "'%s' is none of *, an account, and the ARN of a user, role or session", text ? text : "this");
}

static void check_names(struct validator *validator, const struct node *node, void *data)
{
    const struct principal *principal = data;

    if (node_function(node))
        return;
    if (value_has_kind(node->value, KIND_STRING | KIND_ARRAY))
        node_each_item(validator, node, check_name, data);
    else
        report(validator, principal->document->id, node, "must be %s", kinds_name(KIND_STRING | KIND_ARRAY));
}

static void check_type(const struct iam_document *document, const struct node *names)
{
    static const char *const types[] = { "AWS", "CanonicalUser", "Federated", "Service" };
    struct principal principal = { document, strcmp(names->key, "AWS") == 0 };
    bool is_known = false;

    for (size_t i = 0; i < ARRAY_SIZE(types); i++)
        is_known |= strcmp(names->key, types[i]) == 0;
    if (is_known)
        node_each_option(document->validator, names, check_names, &principal);
    else
        report_key(document->validator, document->id, names,
            "'%s' is none of AWS, CanonicalUser, Federated and Service", names->key);
}

void iam_principal_check(const struct iam_document *document, const struct node *node)
{
    const char *text = node_string(node);

    if (node_function(node) || (text && is_read_later(text)))
        return;
    if (text && strcmp(text, "*") != 0)
        report(document->validator, document->id, node, "'%s' is neither * nor an object", text);
    else if (!text && !node_is_object(node))
        report(document->validator, document->id, node, "must be %s", kinds_name(KIND_STRING | KIND_OBJECT));
    for (size_t i = 0; node_is_object(node) && i < node_length(node); i++) {
        struct node names = node_at(node, i);

        check_type(document, &names);
    }
}

// Resources.

// "arn:PARTITION:SERVICE:REGION", and then nothing or ":ACCOUNT:REST": that much is asked by cfn-lint, which
// also wants something behind the last colon. AWS does not: AmazonDevOpsGuruOrganizationsAccess has none
// there.
static bool is_arn(const char *text, bool any_partition)
{
    const char *part = text + strlen("arn:"), *end;

    if (!begins_with(text, "arn:") ||
        !(begins_with(part, "aws") || (any_partition && begins_with(part, "*:"))))
        return false;
    end = strchr(part, ':');
    if (!end || end[1] == ':' || !(end = strchr(end + 1, ':')))
        return false;
    part = end + 1;
    end = strchr(part, ':');
    if (!end)
        return true;
    part = end + 1;
    if (strspn(part, "0123456789") == ACCOUNT_LENGTH)
        part += ACCOUNT_LENGTH;
    else if (*part == '*')
        part++;
    else if (begins_with(part, "aws"))
        part += strlen("aws");
    return *part == ':';
}

// "${aws:username}"
static bool has_variable(const char *text)
{
    while ((text = strstr(text, "${"))) {
        size_t length = strcspn(text += 2, "}");

        if (text[length] && memchr(text, ':', length))
            return true;
    }
    return false;
}

void iam_variables_check(const struct iam_document *document, const struct node *node)
{
    if (!document->is_2012 && node_string(node) && has_variable(node_string(node)))
        report(document->validator, "T3516", node,
            "the variable is not replaced: the policy is not of version 2012-10-17");
}

void iam_resource_check(const struct iam_document *document, const struct node *node)
{
    enum schema_policy_kind kind = document->policy->kind;
    bool is_identity = kind == SCHEMA_POLICY_IDENTITY;
    const char *text = node_string(node);
    bool is_bucket = strcmp(document->resource->type, "AWS::S3::BucketPolicy") == 0;

    iam_variables_check(document, node);
    if (!(is_identity || document->policy->names_resources) || node_function(node) ||
        (text && is_read_later(text)))
        return;
    if (text && (is_arn(text, is_identity) || (!is_bucket && strcmp(text, "*") == 0)))
        return;
    report(document->validator, is_identity ? document->id : "E3514", node, "'%s' is %s",
        text ? text : "this", is_bucket ? "no ARN" : "neither * nor an ARN");
}
