// SPDX-License-Identifier: MIT
#ifndef AWS_ELBV2_H
#define AWS_ELBV2_H

// Application load balancers: the balancer, its listeners and their rules, and the target groups to which
// requests go. Everything lives in the app's arena.

#include "aws/ec2.h"
#include "cdk/resource.h"
#include "cdk/unit.h"

#include <stdbool.h>
#include <stddef.h>

struct construct;
struct elbv2_listener;
struct elbv2_load_balancer;
struct elbv2_target_group;
struct s3_bucket;

enum elbv2_protocol {
    ELBV2_PROTOCOL_DEFAULT, // that of the port: HTTP for 80, 8000, 8008 and 8080, HTTPS for 443 and 8443
    ELBV2_HTTP,
    ELBV2_HTTPS,
};

enum elbv2_protocol_version {
    ELBV2_PROTOCOL_VERSION_DEFAULT, // CloudFormation's: HTTP1
    ELBV2_HTTP1,
    ELBV2_HTTP2,
    ELBV2_GRPC,
};

enum elbv2_ip_address_type {
    ELBV2_IP_ADDRESS_DEFAULT, // CloudFormation's: IPv4
    ELBV2_IPV4,
    ELBV2_DUAL_STACK,
    ELBV2_DUAL_STACK_WITHOUT_PUBLIC_IPV4, // internet-facing load balancers only
    ELBV2_IPV6,                           // target groups only
};

// The rows of elbv2_ssl_policies.def.
enum elbv2_ssl_policy {
    ELBV2_SSL_DEFAULT, // CloudFormation's; TLS13_12_PQ with the CDK's usePostQuantumTlsPolicy flag
#define SSL_POLICY(name, policy) ELBV2_SSL_##name,
#include "aws/elbv2_ssl_policies.def"
#undef SSL_POLICY
};

// Target groups

// What receives requests.
enum elbv2_target_type {
    ELBV2_TARGET_DEFAULT, // that of the first target
    ELBV2_TARGET_INSTANCE,
    ELBV2_TARGET_IP,
    ELBV2_TARGET_LAMBDA,
    ELBV2_TARGET_ALB,
};
struct elbv2_target {
    enum elbv2_target_type type;
    struct value *id; // an instance id, an address, or a function's ARN; NULL: the target registers itself
    int port;         // default: the group's
    const char *availability_zone; // of an address; "all": outside of the VPC. Default: none
    // Called with `data` when the target joins a group, to register itself and open its ports.
    void (*attach)(struct elbv2_target_group *group, void *data);
    void *data;
};
struct elbv2_target elbv2_instance_target(struct value *instance_id, int port);
struct elbv2_target elbv2_ip_target(struct value *address, int port);

struct elbv2_health_check {
    enum toggle enabled;            // default: CloudFormation's, which is yes (no for functions)
    struct duration interval;       // longer than the timeout; default 30 s
    struct duration timeout;        // default 5 s
    const char *path;               // default "/"
    const char *port;               // default "traffic-port"
    enum elbv2_protocol protocol;   // default HTTP
    int healthy_threshold_count;    // default 5
    int unhealthy_threshold_count;  // default 2
    const char *healthy_http_codes; // "200", "200-299", "200,302"; default "200"
    const char *healthy_grpc_codes; // default "12"
};

enum elbv2_algorithm {
    ELBV2_ALGORITHM_DEFAULT, // CloudFormation's: round robin
    ELBV2_ROUND_ROBIN,
    ELBV2_LEAST_OUTSTANDING_REQUESTS,
    ELBV2_WEIGHTED_RANDOM,
};

// How many targets have to be healthy; 0 turns a check off, except for routing_count.
struct elbv2_target_group_health {
    struct count dns_minimum_healthy_target_count;
    struct count dns_minimum_healthy_target_percentage;
    struct count routing_minimum_healthy_target_count;
    struct count routing_minimum_healthy_target_percentage;
};

struct elbv2_target_group_props {
    struct ec2_vpc *vpc; // required, except for functions
    struct value
        *target_group_name; // at most 32 letters, digits and hyphens; default: CloudFormation's choice
    enum elbv2_target_type target_type;
    enum elbv2_protocol protocol; // one of protocol and port is required, except for functions
    enum elbv2_protocol_version protocol_version;
    int port; // default 80 for HTTP, 443 for HTTPS
    enum elbv2_ip_address_type ip_address_type;
    struct elbv2_health_check health_check;
    struct duration deregistration_delay;       // default: CloudFormation's, which is 300 s
    struct duration slow_start;                 // 0, or 30 to 900 s; default: CloudFormation's, which is 0
    struct duration stickiness_cookie_duration; // 1 s to 7 days; default: not sticky
    const char *stickiness_cookie_name;         // default: the load balancer's own cookie
    enum elbv2_algorithm load_balancing_algorithm;
    enum toggle enable_anomaly_mitigation; // with ELBV2_WEIGHTED_RANDOM only
    enum toggle cross_zone_enabled;        // default: as the load balancer
    bool multi_value_headers_enabled;      // for functions only; default: no
    struct elbv2_target_group_health health;
    const struct elbv2_target *targets; // end with ELBV2_TARGET_DEFAULT; more may be added later
};

struct elbv2_target_group {
    struct construct *node;
    struct resource *resource; // NULL when imported
    struct value *target_group_arn;
    struct value *target_group_name;
    struct value *target_group_full_name;
    struct value *load_balancer_arns; // of a group made here: an array
    struct elbv2_target_group_state *state;
};

struct elbv2_target_group *elbv2_target_group_new(
    struct construct *scope, const char *id, const struct elbv2_target_group_props *props);
// `target_group_arn` is literal or symbolic.
struct elbv2_target_group *elbv2_target_group_from_arn(
    struct construct *scope, const char *id, struct value *target_group_arn);
void elbv2_target_group_add_target(struct elbv2_target_group *group, const struct elbv2_target *target);
// In place of the health check given before.
void elbv2_target_group_configure_health_check(
    struct elbv2_target_group *group, const struct elbv2_health_check *health_check);
void elbv2_target_group_enable_cookie_stickiness(
    struct elbv2_target_group *group, struct duration duration, const char *cookie_name);
// An attribute in CloudFormation's spelling; `value` of NULL removes it.
void elbv2_target_group_set_attribute(struct elbv2_target_group *group, const char *key, const char *value);
// Opens the way from the load balancers of the group, present and future, to `connections`.
void elbv2_target_group_register_connectable(
    struct elbv2_target_group *group, struct ec2_connections *connections, struct ec2_port port);
// `resource` is deployed after every listener and rule through which the group gets requests.
void elbv2_target_group_depend_on_listeners(struct elbv2_target_group *group, struct resource *resource);
// "app/NAME/ID" of the first load balancer that the group is attached to, for metrics. An error, and NULL,
// when there is none yet.
struct value *elbv2_target_group_first_load_balancer_full_name(struct elbv2_target_group *group);

// Actions: what a listener or rule does with a request. A mistake in one is reported on the listener or rule
// that uses it.

struct elbv2_action;

struct elbv2_weighted_target_group {
    struct elbv2_target_group *group;
    struct count weight; // 0 to 999; default: CloudFormation's, which is 1
};
struct elbv2_redirect {
    const char *protocol; // "HTTP", "HTTPS", "#{protocol}"; at least one of the five differs from the request
    const char *host;     // default "#{host}"
    const char *port;     // default "#{port}"
    const char *path;     // starts with "/"; default "/#{path}"
    const char *query;    // default "#{query}"
    bool permanent;       // HTTP 301 instead of 302; default: no
};
struct elbv2_fixed_response {
    int status_code; // required: 2xx, 4xx or 5xx
    const char *content_type;
    const char *message_body; // at most 1024 characters
};
// `groups` ends with NULL. A stickiness duration makes a client stay with its group.
struct elbv2_action *elbv2_forward(
    struct elbv2_target_group *const *groups, struct duration stickiness_duration);
// `groups` ends with a NULL group.
struct elbv2_action *elbv2_weighted_forward(
    const struct elbv2_weighted_target_group *groups, struct duration stickiness_duration);
struct elbv2_action *elbv2_redirect(const struct elbv2_redirect *redirect);
struct elbv2_action *elbv2_fixed_response(const struct elbv2_fixed_response *response);

// Conditions: when a rule applies.

enum elbv2_condition_field {
    ELBV2_CONDITION_END,
    ELBV2_HOST_HEADERS,
    ELBV2_HTTP_HEADER,
    ELBV2_HTTP_REQUEST_METHODS,
    ELBV2_PATH_PATTERNS, // at most 5
    ELBV2_QUERY_STRINGS,
    ELBV2_SOURCE_IPS,
};
struct elbv2_query_string {
    const char *key; // default: any key
    const char *value;
};
struct elbv2_condition {
    enum elbv2_condition_field field;
    const char *const *values;                      // end with NULL; any of them. Not for query strings
    const char *http_header_name;                   // for ELBV2_HTTP_HEADER
    const struct elbv2_query_string *query_strings; // for ELBV2_QUERY_STRINGS; end with a NULL value
};
// When an action of a listener applies. No priority: always (the default action); otherwise both are needed.
struct elbv2_rule_match {
    int priority;                             // 1 is asked first
    const struct elbv2_condition *conditions; // all of them; end with ELBV2_CONDITION_END
};

// Listeners

enum elbv2_mutual_authentication_mode {
    ELBV2_MUTUAL_AUTHENTICATION_DEFAULT, // CloudFormation's: off
    ELBV2_MUTUAL_AUTHENTICATION_OFF,
    ELBV2_MUTUAL_AUTHENTICATION_PASS_THROUGH,
    ELBV2_MUTUAL_AUTHENTICATION_VERIFY,
};
struct elbv2_mutual_authentication {
    enum elbv2_mutual_authentication_mode mode;
    struct value *trust_store_arn;                // for verify, where it is required
    enum toggle ignore_client_certificate_expiry; // for verify
    enum toggle advertise_trust_store_ca_names;   // for verify
};

struct elbv2_listener_props {
    enum elbv2_protocol protocol;          // one of protocol and port is required
    int port;                              // default 80 for HTTP, 443 for HTTPS
    struct value *const *certificate_arns; // end with NULL; HTTPS needs one, here or later. Default: none
    enum elbv2_ssl_policy ssl_policy;
    struct elbv2_action *default_action; // at most one of these two; needed, here or later
    struct elbv2_target_group *const *default_target_groups;         // end with NULL
    enum toggle open;                                                // to everybody; default: yes
    const struct elbv2_mutual_authentication *mutual_authentication; // default: none
};

struct elbv2_listener {
    struct construct *node;
    struct resource *resource; // NULL when imported
    struct value *listener_arn;
    struct ec2_connections *connections;
    struct elbv2_load_balancer *load_balancer; // NULL when imported
    enum elbv2_protocol protocol;
    int port;
    struct elbv2_listener_state *state;
};

struct elbv2_listener *elbv2_load_balancer_add_listener(
    struct elbv2_load_balancer *load_balancer, const char *id, const struct elbv2_listener_props *props);
struct elbv2_listener_attributes {
    struct value *listener_arn;                // required
    struct ec2_security_group *security_group; // required: the load balancer's
    int default_port;                          // default: none
};
struct elbv2_listener *elbv2_listener_from_attributes(
    struct construct *scope, const char *id, const struct elbv2_listener_attributes *attributes);
// The first certificate of a listener is its default one.
void elbv2_listener_add_certificates(
    struct elbv2_listener *listener, const char *id, struct value *const *certificate_arns);
// `match` of NULL: the default action. Ids of rules are `id` and "Rule" (of target groups of an imported
// listener: `id`).
void elbv2_listener_add_action(struct elbv2_listener *listener, const char *id, struct elbv2_action *action,
    const struct elbv2_rule_match *match);
void elbv2_listener_add_target_groups(struct elbv2_listener *listener, const char *id,
    struct elbv2_target_group *const *groups, const struct elbv2_rule_match *match);
// Makes a target group `id` and "Group" in the load balancer's VPC and sends requests there.
struct elbv2_target_group *elbv2_listener_add_targets(struct elbv2_listener *listener, const char *id,
    const struct elbv2_target_group_props *props, const struct elbv2_rule_match *match);
void elbv2_listener_set_attribute(struct elbv2_listener *listener, const char *key, const char *value);

struct elbv2_listener_rule {
    struct construct *node;
    struct resource *resource;
    struct value *listener_rule_arn;
    struct elbv2_listener_rule_state *state;
};
struct elbv2_listener_rule_props {
    struct elbv2_listener *listener;                 // required
    struct elbv2_rule_match match;                   // required
    struct elbv2_action *action;                     // exactly one of these two, here or later
    struct elbv2_target_group *const *target_groups; // end with NULL
};
struct elbv2_listener_rule *elbv2_listener_rule_new(
    struct construct *scope, const char *id, const struct elbv2_listener_rule_props *props);
void elbv2_listener_rule_configure_action(struct elbv2_listener_rule *rule, struct elbv2_action *action);
void elbv2_listener_rule_add_condition(
    struct elbv2_listener_rule *rule, const struct elbv2_condition *condition);

// Load balancers

enum elbv2_desync_mitigation {
    ELBV2_DESYNC_DEFAULT, // CloudFormation's: defensive
    ELBV2_DESYNC_MONITOR,
    ELBV2_DESYNC_DEFENSIVE,
    ELBV2_DESYNC_STRICTEST,
};
enum elbv2_xff_header_processing {
    ELBV2_XFF_DEFAULT, // CloudFormation's: append
    ELBV2_XFF_APPEND,
    ELBV2_XFF_PRESERVE,
    ELBV2_XFF_REMOVE,
};

struct elbv2_load_balancer_props {
    struct ec2_vpc *vpc; // required
    struct value
        *load_balancer_name; // at most 32 letters, digits and hyphens; default: CloudFormation's choice
    bool internet_facing;    // default: internal
    const struct ec2_subnet_selection *vpc_subnets; // default: public ones when internet-facing, else as {0}
    struct ec2_security_group *security_group;      // default: a new one without outbound rules
    enum elbv2_ip_address_type ip_address_type;
    bool deletion_protection;               // default: no
    enum toggle cross_zone_enabled;         // NO is refused
    enum toggle deny_all_igw_traffic;       // with ELBV2_DUAL_STACK only
    int minimum_capacity_unit;              // at least 100; default: none
    enum toggle http2_enabled;              // the rest: default CloudFormation's, in brackets [yes]
    struct duration idle_timeout;           // [60 s]
    enum toggle drop_invalid_header_fields; // [no]
    enum elbv2_desync_mitigation desync_mitigation_mode;
    struct duration client_keep_alive;                // 60 s to 7 days [1 hour]
    bool preserve_host_header;                        // [no]
    bool x_amzn_tls_version_and_cipher_suite_headers; // [no]
    bool preserve_xff_client_port;                    // [no]
    enum elbv2_xff_header_processing xff_header_processing_mode;
    bool waf_fail_open; // [no]
};

struct elbv2_load_balancer {
    struct construct *node;
    struct resource *resource; // NULL when imported
    struct value *load_balancer_arn;
    struct value *load_balancer_name;
    struct value *load_balancer_full_name; // "app/NAME/ID", the dimension of metrics
    struct value *load_balancer_dns_name;
    struct value *load_balancer_canonical_hosted_zone_id;
    struct value *load_balancer_security_groups; // array
    struct ec2_vpc *vpc;                         // NULL when imported without
    struct ec2_connections *connections;
    enum elbv2_ip_address_type ip_address_type;
    struct elbv2_load_balancer_state *state;
};

struct elbv2_load_balancer *elbv2_load_balancer_new(
    struct construct *scope, const char *id, const struct elbv2_load_balancer_props *props);
struct elbv2_load_balancer_attributes {
    struct value *load_balancer_arn; // required
    struct value *security_group_id; // required
    struct value *load_balancer_dns_name;
    struct value *load_balancer_canonical_hosted_zone_id;
    struct ec2_vpc *vpc;                            // needed to add targets
    enum toggle security_group_allows_all_outbound; // default yes
};
struct elbv2_load_balancer *elbv2_load_balancer_from_attributes(
    struct construct *scope, const char *id, const struct elbv2_load_balancer_attributes *attributes);
void elbv2_load_balancer_add_security_group(
    struct elbv2_load_balancer *load_balancer, struct ec2_security_group *group);
// An attribute in CloudFormation's spelling; `value` of NULL removes it.
void elbv2_load_balancer_set_attribute(
    struct elbv2_load_balancer *load_balancer, const char *key, struct value *value);

// Writes logs of requests, or of TLS connections, to the bucket below `prefix` (NULL: at its root) and lets
// the writers in. The stack needs a region; the bucket must not be encrypted with a KMS key.
void elbv2_load_balancer_log_access_logs(
    struct elbv2_load_balancer *load_balancer, struct s3_bucket *bucket, const char *prefix);
void elbv2_load_balancer_log_connection_logs(
    struct elbv2_load_balancer *load_balancer, struct s3_bucket *bucket, const char *prefix);

// Listener "Redirect80To443": sends clients from HTTP to HTTPS for good.
struct elbv2_redirect_config {
    enum elbv2_protocol source_protocol; // default HTTP
    int source_port;                     // default 80
    enum elbv2_protocol target_protocol; // default HTTPS
    int target_port;                     // default 443
    enum toggle open;                    // default yes
};
struct elbv2_listener *elbv2_load_balancer_add_redirect(
    struct elbv2_load_balancer *load_balancer, const struct elbv2_redirect_config *config);

#endif
