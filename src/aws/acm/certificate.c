// SPDX-License-Identifier: MIT
#include "aws/acm.h"

#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/tags.h"

#include <string.h>

enum { MAX_DOMAIN_NAME = 64, MAX_NAME_TAG = 255 };

static const char *const key_algorithms[] = {
    [ACM_KEY_RSA_1024] = "RSA_1024",
    [ACM_KEY_RSA_2048] = "RSA_2048",
    [ACM_KEY_RSA_3072] = "RSA_3072",
    [ACM_KEY_RSA_4096] = "RSA_4096",
    [ACM_KEY_EC_PRIME256V1] = "EC_prime256v1",
    [ACM_KEY_EC_SECP384R1] = "EC_secp384r1",
    [ACM_KEY_EC_SECP521R1] = "EC_secp521r1",
};

static struct acm_certificate *certificate_make(struct construct *scope, const char *id)
{
    struct acm_certificate *self = arena_alloc(construct_arena(scope), sizeof(*self));

    self->node = construct_new(scope, id, "aws_certificatemanager.Certificate");
    return self;
}

struct acm_certificate *acm_certificate_from_arn(
    struct construct *scope, const char *id, struct value *certificate_arn)
{
    struct acm_certificate *self = certificate_make(scope, id);

    self->certificate_arn = certificate_arn;
    return self;
}

static bool is_among(const struct acm_certificate_props *p, const char *name)
{
    if (strcmp(p->domain_name, name) == 0)
        return true;
    for (const char *const *at = p->subject_alternative_names; at && *at; at++)
        if (strcmp(*at, name) == 0)
            return true;
    return false;
}

static struct value *zone_of(const struct acm_certificate_props *p, const char *name)
{
    for (const struct acm_domain_zone *zone = p->hosted_zones; zone && zone->domain_name; zone++)
        if (strcmp(zone->domain_name, name) == 0)
            return zone->hosted_zone_id;
    return p->hosted_zone_id;
}

// A wildcard and the domain that it stands in for share one validation record.
static struct value *validation_option(const struct acm_certificate_props *p, const char *name)
{
    struct value *zone = zone_of(p, name);

    if (!zone || (strncmp(name, "*.", 2) == 0 && is_among(p, name + 2)))
        return NULL;
    return object((struct field[]){
        { "DomainName", string(name) },
        { "HostedZoneId", zone },
        END,
    });
}

static struct value *validation_options(const struct acm_certificate_props *p)
{
    struct value *options = array();

    array_append(options, validation_option(p, p->domain_name));
    for (const char *const *at = p->subject_alternative_names; at && *at; at++)
        array_append(options, validation_option(p, *at));
    return omit_empty(options);
}

static const char *enabled(bool on)
{
    return on ? "ENABLED" : "DISABLED";
}

static struct value *certificate_properties(const struct acm_certificate_props *p)
{
    enum toggle logging = p->transparency_logging_enabled;

    return object((struct field[]){
        { "CertificateExport", p->allow_export ? string(enabled(true)) : NULL },
        { "CertificateTransparencyLoggingPreference", logging ? string(enabled(logging == YES)) : NULL },
        { "DomainName", string(p->domain_name) },
        { "DomainValidationOptions", validation_options(p) },
        { "KeyAlgorithm", string(key_algorithms[p->key_algorithm]) },
        { "SubjectAlternativeNames", strings(p->subject_alternative_names) },
        { "ValidationMethod", string("DNS") },
        END,
    });
}

static const char *name_tag(const struct acm_certificate *self, const struct acm_certificate_props *p)
{
    const char *name = p->certificate_name ? p->certificate_name : construct_path(self->node);

    return p->certificate_name ? name : arena_strndup(construct_arena(self->node), name, MAX_NAME_TAG);
}

struct acm_certificate *acm_certificate_new(
    struct construct *scope, const char *id, const struct acm_certificate_props *props)
{
    struct acm_certificate *self = certificate_make(scope, id);
    struct acm_certificate_props p = *props;

    if (!p.domain_name)
        diag_error(self->node, "a certificate needs a 'domain_name'");
    else if (strlen(p.domain_name) > MAX_DOMAIN_NAME)
        diag_error(self->node,
            "domain name '%s' is longer than %d characters; put it among the alternative names",
            p.domain_name, MAX_DOMAIN_NAME);
    p.domain_name = p.domain_name ? p.domain_name : "";
    self->resource = resource_new(
        self->node, "Resource", "AWS::CertificateManager::Certificate", certificate_properties(&p));
    tags_add(resource_node(self->resource), "Name", name_tag(self, &p), NULL);
    self->certificate_arn = ref(self->resource);
    return self;
}
