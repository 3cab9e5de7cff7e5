// SPDX-License-Identifier: MIT
#ifndef AWS_ECS_H
#define AWS_ECS_H

// Containers on Fargate (Elastic Container Service): clusters, services and the scaling of their task count;
// what they run is in aws/ecs_task.h. Everything lives in the app's arena.

#include "aws/applicationautoscaling.h"
#include "aws/ec2.h"
#include "aws/ecs_task.h"
#include "aws/elbv2.h"
#include "aws/logs.h"
#include "cdk/resource.h"
#include "cdk/token.h"
#include "cdk/unit.h"

#include <stdbool.h>
#include <stddef.h>

struct construct;
struct kms_key;
struct s3_bucket;

// Clusters

enum ecs_container_insights {
    ECS_CONTAINER_INSIGHTS_DEFAULT, // the account's setting
    ECS_CONTAINER_INSIGHTS_ENABLED,
    ECS_CONTAINER_INSIGHTS_DISABLED,
    ECS_CONTAINER_INSIGHTS_ENHANCED,
};

enum ecs_execute_command_logging {
    ECS_EXECUTE_COMMAND_LOGGING_UNSET, // ECS's: default
    ECS_EXECUTE_COMMAND_LOGGING_NONE,
    ECS_EXECUTE_COMMAND_LOGGING_DEFAULT,  // as the container's own log
    ECS_EXECUTE_COMMAND_LOGGING_OVERRIDE, // needs a log configuration, and is needed for one
};
struct ecs_execute_command_log_configuration {
    struct logs_log_group *cloud_watch_log_group; // default: none
    enum toggle cloud_watch_encryption_enabled;   // default: ECS's, which is no; needs a log group
    struct s3_bucket *s3_bucket;                  // default: none
    enum toggle s3_encryption_enabled;            // default: ECS's, which is no; needs a bucket
    const char *s3_key_prefix;                    // default: none
};
struct ecs_execute_command_configuration {
    struct kms_key *kms_key; // encrypts the session; default: none
    enum ecs_execute_command_logging logging;
    const struct ecs_execute_command_log_configuration *log_configuration;
};

// Where tasks run: one of the cluster's capacity providers, by weight, after the first `base` tasks.
struct ecs_capacity_provider_strategy {
    const char *capacity_provider; // "FARGATE", "FARGATE_SPOT"
    struct count base;
    struct count weight;
};

struct ecs_cluster {
    struct construct *node;
    struct resource *resource; // NULL when imported
    struct value *cluster_arn;
    struct value *cluster_name;
    struct ec2_vpc *vpc;
    struct ec2_connections *connections;
    struct ecs_cluster_state *state;
};
struct ecs_cluster_props {
    struct ec2_vpc *vpc;            // default: a new one with two zones
    struct value *cluster_name;     // default: CloudFormation's choice
    enum toggle container_insights; // the older setting; at most one of the two
    enum ecs_container_insights container_insights_v2;
    bool enable_fargate_capacity_providers; // FARGATE and FARGATE_SPOT; default: no
    const struct ecs_execute_command_configuration *execute_command_configuration; // default: none
};
struct ecs_cluster *ecs_cluster_new(
    struct construct *scope, const char *id, const struct ecs_cluster_props *props);
struct ecs_cluster_attributes {
    struct value *cluster_name;                        // required
    struct value *cluster_arn;                         // default: from the name, in the stack's environment
    struct ec2_vpc *vpc;                               // required
    struct ec2_security_group *const *security_groups; // of its instances; end with NULL; default: none
};
struct ecs_cluster *ecs_cluster_from_attributes(
    struct construct *scope, const char *id, const struct ecs_cluster_attributes *attributes);
// For services that say nothing themselves. `strategy` ends with a NULL provider.
void ecs_cluster_add_default_capacity_provider_strategy(
    struct ecs_cluster *cluster, const struct ecs_capacity_provider_strategy *strategy);
// ARN of the cluster's tasks; "*" for all.
struct value *ecs_cluster_arn_for_tasks(const struct ecs_cluster *cluster, const char *pattern);

// Services

enum ecs_platform_version {
    ECS_PLATFORM_DEFAULT, // ECS's: latest
    ECS_PLATFORM_LATEST,
    ECS_PLATFORM_1_4,
    ECS_PLATFORM_1_3,
    ECS_PLATFORM_1_2,
    ECS_PLATFORM_1_1,
    ECS_PLATFORM_1_0,
};
enum ecs_propagate_tags {
    ECS_PROPAGATE_TAGS_NONE,
    ECS_PROPAGATE_TAGS_SERVICE,
    ECS_PROPAGATE_TAGS_TASK_DEFINITION
};
enum ecs_deployment_controller {
    ECS_CONTROLLER_DEFAULT, // ECS
    ECS_CONTROLLER_ECS,
    ECS_CONTROLLER_CODE_DEPLOY,
    ECS_CONTROLLER_EXTERNAL,
};
// Gives up a deployment whose tasks do not start. For the ECS controller only.
struct ecs_circuit_breaker {
    enum toggle enable; // default yes
    bool rollback;      // to the version before; default: no
};
struct ecs_deployment_alarms {
    struct value *const *alarm_names; // at least one; end with NULL
    bool fail_only;                   // instead of rolling back; default: no
};
enum ecs_zone_rebalancing {
    ECS_ZONE_REBALANCING_DEFAULT, // CloudFormation's
    ECS_ZONE_REBALANCING_ENABLED, // needs a max_healthy_percent above 100
    ECS_ZONE_REBALANCING_DISABLED,
};

struct ecs_service {
    struct construct *node;
    struct resource *resource; // NULL when imported
    struct value *service_arn;
    struct value *service_name;
    struct ecs_cluster *cluster;                 // NULL when imported by ARN
    struct ecs_task_definition *task_definition; // NULL when imported
    struct ec2_connections *connections;         // NULL when imported
    struct ecs_service_state *state;
};
struct ecs_fargate_service_props {
    struct ecs_cluster *cluster;                 // required
    struct ecs_task_definition *task_definition; // required; with an essential container
    struct value *service_name;                  // default: CloudFormation's choice
    struct count desired_count;                  // default: CloudFormation's, which is 1
    struct count min_healthy_percent;            // during deployments; default 50
    int max_healthy_percent;                     // default 200
    const struct ecs_circuit_breaker *circuit_breaker;
    const struct ecs_deployment_alarms *deployment_alarms;
    enum ecs_deployment_controller deployment_controller;
    struct duration health_check_grace_period;      // default 60 s behind a load balancer
    enum toggle enable_execute_command;             // a shell into containers; default: ECS's, which is no
    bool assign_public_ip;                          // default: no
    const struct ec2_subnet_selection *vpc_subnets; // default: public ones for a public address, else as {0}
    struct ec2_security_group *const *security_groups; // end with NULL; default: a new one
    enum ecs_platform_version platform_version;
    const struct ecs_capacity_provider_strategy
        *capacity_provider_strategies; // end with a NULL provider; default: launch type FARGATE
    enum ecs_propagate_tags propagate_tags;
    bool enable_ecs_managed_tags; // default: no
    enum ecs_zone_rebalancing availability_zone_rebalancing;
};
struct ecs_service *ecs_fargate_service_new(
    struct construct *scope, const char *id, const struct ecs_fargate_service_props *props);
// The name is taken from the ARN, of either form ("service/NAME", "service/CLUSTER/NAME").
struct ecs_service *ecs_fargate_service_from_arn(
    struct construct *scope, const char *id, struct value *service_arn);
struct ecs_service_attributes {
    struct ecs_cluster *cluster; // required
    struct value *service_arn;   // exactly one of these two
    struct value *service_name;
};
struct ecs_service *ecs_fargate_service_from_attributes(
    struct construct *scope, const char *id, const struct ecs_service_attributes *attributes);

// A container and port of the service as a target of a load balancer.
struct ecs_load_balancer_target_options {
    const char *container_name; // default: the task's default container
    int container_port;         // default: its first one
    enum ecs_transport protocol;
};
// `options` may be NULL.
struct elbv2_target ecs_service_load_balancer_target(
    struct ecs_service *service, const struct ecs_load_balancer_target_options *options);

// Scaling of the number of tasks

struct ecs_scalable_task_count {
    struct construct *node;
    struct applicationautoscaling_scalable_target *target;
};
struct ecs_scalable_task_count_props {
    struct count min_capacity; // default 1
    int max_capacity;          // required
};
// Once a service.
struct ecs_scalable_task_count *ecs_service_auto_scale_task_count(
    struct ecs_service *service, const struct ecs_scalable_task_count_props *props);

struct ecs_scaling_options {
    struct value *policy_name;    // default: from the path
    enum toggle disable_scale_in; // default: no
    struct duration scale_in_cooldown;
    struct duration scale_out_cooldown;
};
struct ecs_utilization_scaling_props {
    double target_utilization_percent; // required
    struct ecs_scaling_options options;
};
struct ecs_request_count_scaling_props {
    double requests_per_target;              // required
    struct elbv2_target_group *target_group; // required; attached to a load balancer
    struct ecs_scaling_options options;
};
void ecs_scalable_task_count_scale_on_cpu_utilization(
    struct ecs_scalable_task_count *count, const char *id, const struct ecs_utilization_scaling_props *props);
void ecs_scalable_task_count_scale_on_memory_utilization(
    struct ecs_scalable_task_count *count, const char *id, const struct ecs_utilization_scaling_props *props);
void ecs_scalable_task_count_scale_on_request_count(struct ecs_scalable_task_count *count, const char *id,
    const struct ecs_request_count_scaling_props *props);

#endif
