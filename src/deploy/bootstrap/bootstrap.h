// SPDX-License-Identifier: MIT
#ifndef DEPLOY_BOOTSTRAP_BOOTSTRAP_H
#define DEPLOY_BOOTSTRAP_BOOTSTRAP_H

// Bootstrapping environments: a deployment of the bootstrap stack in each of them. What a stack that stands
// has been told before stays as it is unless it is overridden, and a newer one is left alone, as with the CDK
// (aws-cdk: bootstrap-environment.ts, deploy-bootstrap.ts).

#include "deploy/engine/deployment.h"
#include "util/toggle.h"

struct bootstrap_environment {
    const char *account; // NULL: that of the credentials
    const char *region;
};

struct bootstrap_settings {
    const char *stack;     // default: "CDKToolkit"
    const char *qualifier; // default: that which stands, else the CDK's
    // Arrays of account ids; NULL: as they stand.
    const struct value *trusted;
    const struct value *trusted_for_lookup;
    const struct value *untrusted; // taken out of both
    const struct value *policies;  // ARNs. NULL: as they stand, at first AdministratorAccess
    const char *bucket;            // name of the staging bucket. Default: with the qualifier
    const char *key;      // its key: id or ARN, "" for a new one. Default: as it stands, at first that of S3
    const char *boundary; // name of a permissions boundary. Default: none
    enum toggle public_access_block;
    enum toggle protection; // against deletion. Default: as it stands
    const char *profile;
    const struct value *tags; // object of texts. Default: as they stand
    bool force;               // also to an older version, or another variant
};

struct bootstrap {
    struct deploy_options options;
    struct cloud_assembly assembly; // one stack a place
    const struct bootstrap_settings *settings;
    struct value *parameters; // as in options
};

// Values live in the current arena; the settings are borrowed.
void bootstrap_init(struct bootstrap *bootstrap, const struct bootstrap_settings *settings,
    const struct bootstrap_environment *environments, size_t count);

// What the bootstrap stack will have for a parameter, once it has been looked at.
const char *bootstrap_parameter(const struct stack_job *job, const char *name);
// The version that stands; 0: none.
int bootstrap_version(const struct stack_job *job);

extern const struct job_operation bootstrap_operation;

#endif
