// SPDX-License-Identifier: MIT
#ifndef STACKS_FORMATS_H
#define STACKS_FORMATS_H

// What AWS takes as a name, an address or an ARN: the patterns and lengths of its API references, as far as a
// setting reaches them. Each asks about a whole string; NULL is none of them.

#include <stdbool.h>
#include <stddef.h>

// "Partition", "Region" and "Account" below are parts of ARNs.
struct arn_text {
    const char *partition, *service, *region, *account, *resource; // live in the current arena
};
// False when `text` is no ARN: "arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE".
bool format_split_arn(const char *text, struct arn_text *ret_arn);

bool format_is_account(const char *text);                  // 12 digits
bool format_is_region(const char *text);                   // "eu-west-1"
bool format_is_zone(const char *text, const char *region); // "eu-west-1a"
bool format_is_certificate(const char *text);              // of ACM
bool format_is_principal(const char *text);                // role or user of IAM; may hold * and ?
bool format_is_domain(const char *text);                   // "api.example.com", without wildcard
bool format_is_email(const char *text);
bool format_is_origin(const char *text); // "https://app.example.com:8443", "https://*.example.com", "*"
bool format_is_dsn(const char *text);    // Sentry's: "https://KEY@HOST/PROJECT"

bool format_is_stack_prefix(const char *text);
bool format_is_resource_prefix(const char *text);
bool format_is_repository(const char *text);    // ECR CreateRepository
bool format_is_image_tag(const char *text);     // ECR PutImage
bool format_is_image_digest(const char *text);  // "sha256:" and 64 hexadecimal digits
bool format_is_secret_name(const char *text);   // Secrets Manager CreateSecret
bool format_is_database_name(const char *text); // RDS CreateDBCluster
bool format_is_snapshot(const char *text);      // RDS RestoreDBClusterFromSnapshot: a name or an ARN
bool format_is_event_bus(const char *text);     // EventBridge CreateEventBus
bool format_is_topic(const char *text);         // SNS CreateTopic
bool format_is_dashboard(const char *text);     // CloudWatch PutDashboard
bool format_is_bucket(const char *text);        // S3: "Bucket naming rules", without dots
bool format_is_log_stream_prefix(const char *text);
bool format_is_image_size(const char *text);   // 1 to 4096, as functions/image-transform takes it
bool format_is_header_value(const char *text); // of HTTP: printable ASCII and spaces between
bool format_is_tag_key(const char *text);      // Resource Groups Tagging API; text is UTF-8
bool format_is_tag_value(const char *text);

#endif
