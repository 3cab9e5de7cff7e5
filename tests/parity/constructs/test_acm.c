// SPDX-License-Identifier: MIT
#include "aws/acm.h"
#include "cdk/tags.h"
#include "parity/constructs/parity.h"

static void import(struct stack *stack)
{
    const struct acm_certificate *certificate = acm_certificate_from_arn(
        stack->node, "Certificate", string("arn:aws:acm:us-east-1:123456789012:certificate/abc"));

    output_new(stack->node, "Arn", &(struct output_props){ .value = certificate->certificate_arn });
}

static void dns(struct stack *stack)
{
    const struct acm_certificate *certificate = acm_certificate_new(stack->node, "Certificate",
        &(struct acm_certificate_props){
            .domain_name = "example.com",
            .subject_alternative_names =
                (const char *[]){ "*.example.com", "*.api.example.com", "example.org", NULL },
            .hosted_zone_id = string("Z0Zone"),
        });

    output_new(stack->node, "Arn", &(struct output_props){ .value = certificate->certificate_arn });
}

static void by_hand(struct stack *stack)
{
    acm_certificate_new(
        stack->node, "Certificate", &(struct acm_certificate_props){ .domain_name = "example.com" });
}

static void options(struct stack *stack)
{
    tags_add(stack->node, "Name", "of the stack", NULL);
    acm_certificate_new(stack->node, "Certificate",
        &(struct acm_certificate_props){
            .domain_name = "*.example.com",
            .subject_alternative_names = (const char *[]){ "example.net", "example.org", NULL },
            .certificate_name = "shop",
            .key_algorithm = ACM_KEY_EC_PRIME256V1,
            .transparency_logging_enabled = NO,
            .allow_export = true,
            .hosted_zones =
                (struct acm_domain_zone[]){
                    { "example.net", string("Z0Net") },
                    { "*.example.com", string("Z0Com") },
                    { 0 },
                },
        });
    acm_certificate_new(stack->node, "Logged",
        &(struct acm_certificate_props){ .domain_name = "example.com", .transparency_logging_enabled = YES });
}

static const struct parity_case cases[] = {
    { "acm-import", import },
    { "acm-dns", dns },
    { "acm-by-hand", by_hand },
    { "acm-options", options },
    { NULL, NULL },
};

int main(int argc, char **argv)
{
    return parity_main("acm", cases, argc, argv);
}
