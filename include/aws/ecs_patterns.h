// SPDX-License-Identifier: MIT
#ifndef AWS_ECS_PATTERNS_H
#define AWS_ECS_PATTERNS_H

// A Fargate service behind an application load balancer, with everything that connects them. Everything lives
// in the app's arena.

#include "aws/acm.h"
#include "aws/ecs.h"
#include "aws/elbv2.h"

#include <stdbool.h>

struct construct;

// Makes a task definition with one container.
struct ecs_patterns_task_image_options {
    struct ecs_container_image image;           // required
    const char *container_name;                 // default "web"
    int container_port;                         // default 80
    const struct field *environment;            // ends with END; default: none
    const struct ecs_container_secret *secrets; // end with a NULL name; default: none
    const struct field *docker_labels;          // ends with END; default: none
    const char *const *entry_point;             // ends with NULL; default: the image's
    const char *const *command;                 // ends with NULL; default: the image's
    struct value *family;                       // default: from the path
    struct iam_role *task_role;                 // default: a new one
    struct iam_role *execution_role;            // default: a new one
    enum toggle enable_logging;                 // default yes
    const struct ecs_aws_logs *logging;         // default: a new log group, streams named after the id
};

struct ecs_patterns_load_balanced_fargate_service_props {
    struct ecs_cluster *cluster; // at most one of these two; default: a cluster for the whole stack
    struct ec2_vpc *vpc;
    struct ecs_task_definition *task_definition; // exactly one of these two
    const struct ecs_patterns_task_image_options *task_image_options;

    // For task_image_options: as in struct ecs_fargate_task_definition_props and ecs_container_props.
    int cpu;
    int memory_limit_mib;
    int ephemeral_storage_gib;
    struct ecs_runtime_platform runtime_platform;
    const struct ecs_health_check *health_check;
    struct count container_cpu;              // at most cpu
    struct count container_memory_limit_mib; // at most memory_limit_mib

    // The load balancer and its listener.
    struct elbv2_load_balancer *load_balancer; // default: a new one
    struct value *load_balancer_name;          // default: CloudFormation's choice
    enum toggle public_load_balancer;          // default yes
    struct duration idle_timeout;              // 1 to 4000 s; default: CloudFormation's, which is 60 s
    enum elbv2_ip_address_type ip_address_type;
    enum elbv2_protocol protocol;        // default: HTTPS with a certificate, else HTTP
    int listener_port;                   // default: the protocol's
    enum toggle open_listener;           // to everybody; default yes
    struct acm_certificate *certificate; // required for HTTPS
    enum elbv2_ssl_policy ssl_policy;
    bool redirect_http;                  // from port 80 to HTTPS; default: no
    enum elbv2_protocol target_protocol; // default HTTP
    enum elbv2_protocol_version protocol_version;

    // The service: as in struct ecs_fargate_service_props.
    struct value *service_name;
    struct count desired_count; // at least 1; default: CloudFormation's, which is 1
    struct count min_healthy_percent;
    struct count max_healthy_percent;
    const struct ecs_circuit_breaker *circuit_breaker;
    enum ecs_deployment_controller deployment_controller;
    struct duration health_check_grace_period;
    enum toggle enable_execute_command;
    bool assign_public_ip;
    const struct ec2_subnet_selection *task_subnets;
    struct ec2_security_group *const *security_groups;
    enum ecs_platform_version platform_version;
    const struct ecs_capacity_provider_strategy *capacity_provider_strategies;
    enum ecs_propagate_tags propagate_tags;
    bool enable_ecs_managed_tags;
};

// CDK's ApplicationLoadBalancedFargateService.
struct ecs_patterns_load_balanced_fargate_service {
    struct construct *node;
    struct ecs_cluster *cluster;
    struct ecs_task_definition *task_definition;
    struct ecs_service *service;
    struct elbv2_load_balancer *load_balancer;
    struct elbv2_listener *listener;
    struct elbv2_listener *redirect_listener; // NULL without redirect_http
    struct elbv2_target_group *target_group;
    struct acm_certificate *certificate; // NULL for HTTP
};
struct ecs_patterns_load_balanced_fargate_service *ecs_patterns_load_balanced_fargate_service_new(
    struct construct *scope, const char *id,
    const struct ecs_patterns_load_balanced_fargate_service_props *props);

#endif
