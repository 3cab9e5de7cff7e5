// SPDX-License-Identifier: MIT
#include "deploy/bootstrap/bootstrap_private.h"

const char *const bootstrap_key_use[] = { "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:ReEncrypt*",
    "kms:GenerateDataKey*", NULL };

struct value *bootstrap_statement(const struct statement *s)
{
    return object((struct field[]){
        { "Sid", string(s->sid) },
        { "Effect", string(s->effect ? s->effect : "Allow") },
        { "Principal", s->principal },
        { "Action", s->action ? string(s->action) : strings(s->actions) },
        { "Resource", s->resource },
        { "Condition", s->condition },
        END,
    });
}

struct value *bootstrap_document(struct value *const *statements)
{
    return object(
        (struct field[]){ { "Version", string("2012-10-17") }, { "Statement", array_of(statements) }, END });
}

struct value *bootstrap_bucket_and_objects(void)
{
    return array_of((struct value *[]){
        substituted("${StagingBucket.Arn}"), substituted("${StagingBucket.Arn}/*"), NULL });
}
