// SPDX-License-Identifier: MIT
#ifndef CDK_POLICY_H
#define CDK_POLICY_H

// What is not to be reported by the rules of good practice (cdk-nag's AwsSolutions, "validate --policy").
//
//     policy_suppress(bucket->node, "AwsSolutions-S1", "It takes the access logs of all other buckets");
//
// is what the CDK writes as Validations.of(bucket).acknowledge({ id, reason }) with cdk-nag's option
// writeSuppressionsToCloudFormation: every resource in the construct, itself too, gets it in its Metadata.

struct construct;

// `id` names a rule, or one finding of a rule that has several: "AwsSolutions-IAM5[Action::s3:*]". An empty
// reason is an error on the construct. What is said nearer to a resource wins over what is said above.
void policy_suppress(struct construct *construct, const char *id, const char *reason);

#endif
