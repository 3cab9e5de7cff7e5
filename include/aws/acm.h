// SPDX-License-Identifier: MIT
#ifndef AWS_ACM_H
#define AWS_ACM_H

// TLS certificates (AWS Certificate Manager): imported by ARN, or requested and validated through DNS.
// Everything lives in the app's arena.

#include "cdk/resource.h"
#include "cdk/unit.h"

struct construct;

struct acm_certificate {
    struct construct *node;
    struct resource *resource; // NULL when imported
    struct value *certificate_arn;
};

struct acm_certificate *acm_certificate_from_arn(
    struct construct *scope, const char *id, struct value *certificate_arn);

enum acm_key_algorithm {
    ACM_KEY_DEFAULT, // CloudFormation's choice: RSA_2048
    ACM_KEY_RSA_1024,
    ACM_KEY_RSA_2048,
    ACM_KEY_RSA_3072,
    ACM_KEY_RSA_4096,
    ACM_KEY_EC_PRIME256V1,
    ACM_KEY_EC_SECP384R1,
    ACM_KEY_EC_SECP521R1,
};

// The hosted zone in which a domain's validation record is made.
struct acm_domain_zone {
    const char *domain_name;
    struct value *hosted_zone_id;
};

// Validation is through DNS (CDK: CertificateValidation.fromDns); without a hosted zone the deployment waits
// until somebody makes the validation records by hand.
struct acm_certificate_props {
    const char *domain_name;                      // required; at most 64 characters
    const char *const *subject_alternative_names; // end with NULL; default: none
    struct value *hosted_zone_id;                 // of all domains; default: none
    const struct acm_domain_zone *hosted_zones;   // of single domains; end with a NULL name; default: none
    const char *certificate_name;                 // tag "Name"; default: the construct path
    enum acm_key_algorithm key_algorithm;
    enum toggle transparency_logging_enabled; // default: CloudFormation's, which is yes
    bool allow_export;                        // of the private key; default: no
};
struct acm_certificate *acm_certificate_new(
    struct construct *scope, const char *id, const struct acm_certificate_props *props);

#endif
