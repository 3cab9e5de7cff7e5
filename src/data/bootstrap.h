// SPDX-License-Identifier: MIT
#ifndef DATA_BOOTSTRAP_H
#define DATA_BOOTSTRAP_H

// What stacks, and who deploys them, may expect of the bootstrap of an account and region (aws-cdk:
// bootstrap-template.yaml; aws-cdk-lib: DefaultStackSynthesizer).

// In the names of all that belongs to one bootstrap, unless another is chosen.
#define BOOTSTRAP_DEFAULT_QUALIFIER "hnb659fds"

// The first version of the template that has what is needed.
enum {
    BOOTSTRAP_FOR_DEPLOYMENT = 6, // assets and the deploy role
    BOOTSTRAP_FOR_LOOKUP = 8,     // the lookup role
    BOOTSTRAP_FOR_ROLLBACK = 23,  // a deploy role that may roll back (aws-cdk: deployments.ts)
    BOOTSTRAP_VERSION = 33,       // of the template that this program deploys
};

#endif
