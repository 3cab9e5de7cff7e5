// SPDX-License-Identifier: MIT
#ifndef AWS_SECRETSMANAGER_PRIVATE_H
#define AWS_SECRETSMANAGER_PRIVATE_H

// What the files of the secrets share.

#include "aws/secretsmanager.h"

enum secret_kind {
    SECRET_OWNED,
    SECRET_ATTACHMENT, // an owned or imported secret as it is once it belongs to a database
    SECRET_IMPORTED,
};

struct secretsmanager_secret_state {
    enum secret_kind kind;
    struct value *account;              // of an imported secret; NULL: of its stack
    struct value *arn_for_policies;     // a pattern where the suffix is not known
    struct iam_policy_document *policy; // NULL until there is a statement
    struct construct *policy_node;
    struct secretsmanager_secret *attachment; // NULL until it belongs to a database
    struct secretsmanager_secret *attached;   // of an attachment: the secret as it was before
};

struct secretsmanager_secret *secret_allocate(
    struct construct *scope, const char *id, const char *type, enum secret_kind kind);
// The principal as far as it uses the key through Secrets Manager.
struct iam_principal *secret_via_service(
    const struct secretsmanager_secret *secret, struct iam_principal *principal);
// Stands for the suffix that Secrets Manager chooses.
struct value *secret_arn_pattern(struct value *arn);
// The ARN that secrets of that name have, without the suffix.
struct value *secret_arn_of_name(struct construct *scope, struct value *name);
// The name in an ARN, as far as it can be told from it.
struct value *secret_name_from_arn(struct construct *scope, struct value *arn);

#endif
