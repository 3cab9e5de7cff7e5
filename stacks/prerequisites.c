// SPDX-License-Identifier: MIT
#include "stacks/prerequisites.h"

#include <stddef.h>

// clang-format off
const struct prerequisite tango_prerequisites[] = {
    { "repository", "the ECR repository that the service pulls its image from",
        "aws ecr create-repository --repository-name ${repository} --region ${region}" },
    { "image", "in it, the backend's image with the tag or digest that the task definition names, built for its processor architecture",
        "docker buildx build --platform ${platform} --tag ${image} --push BACKEND_DIRECTORY" },
    { "secret", "the secret with the application's keys",
        "tango-infra doctor --secret-skeleton > secret.json; fill it in, then: aws secretsmanager create-secret --name ${secret} --secret-string file://secret.json --region ${region}" },
    { "secret-key", "in it, every key that the task definition reads",
        "add them, then: aws secretsmanager put-secret-value --secret-id ${secret} --secret-string file://secret.json --region ${region}" },
    { "certificate", "with HTTPS, certificates that are issued, for the domain, in the region where they are used (us-east-1 for CloudFront)",
        "aws acm request-certificate --domain-name ${domain} --validation-method DNS --region ${region}, and the DNS record that it asks for" },
    { "engine-version", "the database's engine version, offered in the region",
        "aws rds describe-db-engine-versions --engine ${engine} --region ${region} lists what is; another region, or a newer tango-infra" },
    { "concurrency", "where functions reserve concurrent executions, a quota that allows it",
        "aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 1000 --region ${region}" },
    PREREQUISITE_END,
};
// clang-format on
