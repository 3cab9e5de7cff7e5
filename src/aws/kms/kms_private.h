// SPDX-License-Identifier: MIT
#ifndef AWS_KMS_PRIVATE_H
#define AWS_KMS_PRIVATE_H

// Between the parts of KMS.

#include "aws/kms.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/stack.h"

struct kms_key_state {
    struct iam_policy_document *policy; // NULL when imported
    struct value *account, *region;     // where the key is
};

#endif
