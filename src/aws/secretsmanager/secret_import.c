// SPDX-License-Identifier: MIT
#include "aws/secretsmanager/secretsmanager_private.h"
#include "cdk/arn.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/token.h"

#include <ctype.h>
#include <string.h>

struct secretsmanager_secret *secretsmanager_secret_from_name_v2(
    struct construct *scope, const char *id, const char *name)
{
    struct secretsmanager_secret *secret = secret_allocate(scope, id, "Resource", SECRET_IMPORTED);

    secret->secret_name = string(name);
    secret->secret_arn = secret_arn_of_name(scope, secret->secret_name);
    secret->state->arn_for_policies = secret_arn_pattern(secret->secret_arn);
    return secret;
}

static struct secretsmanager_secret *from_arn(struct construct *scope, const char *id, struct value *arn)
{
    struct secretsmanager_secret *secret = secret_allocate(scope, id, "Resource", SECRET_IMPORTED);

    secret->secret_arn = arn;
    secret->secret_name = secret_name_from_arn(secret->node, arn);
    secret->state->arn_for_policies = secret_arn_pattern(arn);
    secret->state->account = arn_split(secret->node, arn, ARN_COLON_RESOURCE_NAME).account;
    return secret;
}

static bool has_suffix(const char *arn)
{
    const char *hyphen = strrchr(arn, '-');

    if (!hyphen || strlen(hyphen + 1) != 6)
        return false;
    while (isalnum((unsigned char)*++hyphen))
        ;
    return !*hyphen;
}

struct secretsmanager_secret *secretsmanager_secret_from_complete_arn(
    struct construct *scope, const char *id, struct value *arn)
{
    struct secretsmanager_secret *secret = from_arn(scope, id, arn);
    const char *text = value_string(arn);

    if (text && !has_suffix(text))
        diag_error(secret->node,
            "'%s' is not a complete ARN: it ends with a hyphen and six characters of Secrets Manager's",
            text);
    secret->secret_full_arn = arn;
    secret->state->arn_for_policies = arn;
    return secret;
}

struct secretsmanager_secret *secretsmanager_secret_from_partial_arn(
    struct construct *scope, const char *id, struct value *arn)
{
    return from_arn(scope, id, arn);
}
