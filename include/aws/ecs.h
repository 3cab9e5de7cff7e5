// SPDX-License-Identifier: MIT
#ifndef AWS_ECS_H
#define AWS_ECS_H

// Containers on Fargate (Elastic Container Service): clusters, task definitions with their containers,
// services and the scaling of their task count. Everything lives in the app's arena.

#include "aws/applicationautoscaling.h"
#include "aws/ec2.h"
#include "aws/ecr.h"
#include "aws/elbv2.h"
#include "aws/iam.h"
#include "aws/logs.h"
#include "cdk/resource.h"
#include "cdk/unit.h"
#include "cdk/value.h"

#include <stdbool.h>
#include <stddef.h>

struct construct;
struct ecs_container;
struct kms_key;
struct s3_bucket;
struct secretsmanager_secret;

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

// Task definitions

enum ecs_cpu_architecture { ECS_CPU_DEFAULT /* X86_64 */, ECS_CPU_X86_64, ECS_CPU_ARM64 };
enum ecs_operating_system {
    ECS_OS_DEFAULT, // Linux
    ECS_OS_LINUX,
    ECS_OS_WINDOWS_SERVER_2004_CORE,
    ECS_OS_WINDOWS_SERVER_2016_FULL,
    ECS_OS_WINDOWS_SERVER_2019_CORE,
    ECS_OS_WINDOWS_SERVER_2019_FULL,
    ECS_OS_WINDOWS_SERVER_2022_CORE,
    ECS_OS_WINDOWS_SERVER_2022_FULL,
    ECS_OS_WINDOWS_SERVER_20H2_CORE,
    ECS_OS_WINDOWS_SERVER_2025_CORE,
    ECS_OS_WINDOWS_SERVER_2025_FULL,
};
struct ecs_runtime_platform {
    enum ecs_cpu_architecture cpu_architecture;
    enum ecs_operating_system operating_system_family;
};

enum ecs_pid_mode { ECS_PID_DEFAULT /* one for each container */, ECS_PID_HOST, ECS_PID_TASK };

// A volume that containers mount: empty space of the task, or an EFS file system.
struct ecs_efs_volume {
    struct value *file_system_id;  // required
    const char *root_directory;    // default "/"
    bool transit_encryption;       // default: no
    int transit_encryption_port;   // default: EFS's choice
    struct value *access_point_id; // default: none
    enum toggle iam;               // by the task role; needs transit encryption; default: ECS's, which is no
};
struct ecs_volume {
    const char *name; // required
    const struct ecs_efs_volume *efs;
    enum toggle configured_at_launch; // by the service; default: no
};

struct ecs_task_definition {
    struct construct *node;
    struct resource *resource;
    struct value *task_definition_arn;
    struct value *family;
    struct iam_role *task_role;              // what the containers may do
    struct iam_role *execution_role;         // what ECS may do to start them; NULL until something needs it
    struct ecs_container *default_container; // the first essential one
    int cpu, memory_mib, ephemeral_storage_gib;
    struct ecs_task_definition_state *state;
};
struct ecs_fargate_task_definition_props {
    int cpu;                         // in 1/1024 of a processor; default 256
    int memory_limit_mib;            // default 512
    struct value *family;            // default: from the path
    struct iam_role *task_role;      // default: a new one
    struct iam_role *execution_role; // default: a new one when something needs it
    struct ecs_runtime_platform runtime_platform;
    int ephemeral_storage_gib;  // 21 to 200; default: Fargate's 20
    enum ecs_pid_mode pid_mode; // on Linux only ECS_PID_TASK; needs an operating system family
    enum toggle enable_fault_injection;
    const struct ecs_volume *volumes; // end with a NULL name; default: none
};
struct ecs_task_definition *ecs_fargate_task_definition_new(
    struct construct *scope, const char *id, const struct ecs_fargate_task_definition_props *props);
void ecs_task_definition_add_volume(struct ecs_task_definition *task, const struct ecs_volume *volume);
void ecs_task_definition_add_to_task_role_policy(
    struct ecs_task_definition *task, struct iam_statement *statement);
void ecs_task_definition_add_to_execution_role_policy(
    struct ecs_task_definition *task, struct iam_statement *statement);
struct iam_role *ecs_task_definition_obtain_execution_role(struct ecs_task_definition *task);
// To run the task, and to pass its roles to it.
struct iam_grant ecs_task_definition_grant_run(
    struct ecs_task_definition *task, struct iam_principal *grantee);
// NULL when there is none of that name.
struct ecs_container *ecs_task_definition_find_container(
    const struct ecs_task_definition *task, const char *container_name);

// Containers

// Where the image comes from: a repository of ECR, or any registry.
struct ecs_container_image {
    struct ecr_repository *repository;
    const char *tag_or_digest; // default "latest"
    struct value *name;        // instead of a repository: "nginx:1.27", "public.ecr.aws/nginx/nginx:latest"
    struct secretsmanager_secret *credentials; // for the registry; default: none
};
struct ecs_container_image ecs_image_from_ecr_repository(
    struct ecr_repository *repository, const char *tag_or_digest);
struct ecs_container_image ecs_image_from_registry(const char *name);

// A value that ECS puts into the environment of the container when it starts.
struct ecs_secret {
    struct secretsmanager_secret *secret;
    const char *field;         // of a JSON secret; default: the whole value
    const char *version_stage; // default: the current version
    const char *version_id;
    struct value *ssm_parameter_name; // instead of a secret: a parameter of Systems Manager, "/app/key"
};
struct ecs_secret ecs_secret_from_secrets_manager(struct secretsmanager_secret *secret, const char *field);
struct ecs_secret ecs_secret_from_ssm_parameter(struct value *parameter_name);
struct ecs_container_secret {
    const char *name; // of the environment variable
    struct ecs_secret secret;
};

enum ecs_log_mode { ECS_LOG_MODE_DEFAULT /* blocking */, ECS_LOG_MODE_BLOCKING, ECS_LOG_MODE_NON_BLOCKING };
// Logs to CloudWatch (the awslogs driver).
struct ecs_aws_logs {
    const char *stream_prefix;         // required
    struct logs_log_group *log_group;  // default: a new one
    enum logs_retention log_retention; // of the new one; default: for ever
    enum ecs_log_mode mode;
    int64_t max_buffer_size;       // in bytes, for ECS_LOG_MODE_NON_BLOCKING; default: Docker's 1 MiB
    const char *datetime_format;   // starts a new event; default: none
    const char *multiline_pattern; // likewise
};

struct ecs_health_check {
    const char *const *command;   // ends with NULL; a single word is a shell command
    struct duration interval;     // 5 to 300 s, at least the timeout; default 30 s
    struct duration timeout;      // 2 to 120 s; default 5 s
    struct count retries;         // default 3
    struct duration start_period; // default: none
};

enum ecs_transport { ECS_TRANSPORT_DEFAULT /* TCP */, ECS_TCP, ECS_UDP };
enum ecs_app_protocol { ECS_APP_PROTOCOL_DEFAULT /* none */, ECS_APP_HTTP, ECS_APP_HTTP2, ECS_APP_GRPC };
struct ecs_port_mapping {
    int container_port;               // one of these two
    const char *container_port_range; // "8000-8010"
    int host_port;                    // default, and only legal value, on Fargate: container_port
    enum ecs_transport protocol;
    const char *name;                   // default: none
    enum ecs_app_protocol app_protocol; // needs a name
};

enum ecs_ulimit_name {
    ECS_ULIMIT_CORE = 1,
    ECS_ULIMIT_CPU,
    ECS_ULIMIT_DATA,
    ECS_ULIMIT_FSIZE,
    ECS_ULIMIT_LOCKS,
    ECS_ULIMIT_MEMLOCK,
    ECS_ULIMIT_MSGQUEUE,
    ECS_ULIMIT_NICE,
    ECS_ULIMIT_NOFILE,
    ECS_ULIMIT_NPROC,
    ECS_ULIMIT_RSS,
    ECS_ULIMIT_RTPRIO,
    ECS_ULIMIT_RTTIME,
    ECS_ULIMIT_SIGPENDING,
    ECS_ULIMIT_STACK,
};
struct ecs_ulimit {
    enum ecs_ulimit_name name;
    int soft_limit;
    int hard_limit;
};

struct ecs_mount_point {
    const char *source_volume;
    const char *container_path;
    bool read_only;
};

enum ecs_dependency_condition {
    ECS_DEPENDENCY_HEALTHY,
    ECS_DEPENDENCY_START,
    ECS_DEPENDENCY_COMPLETE,
    ECS_DEPENDENCY_SUCCESS,
};

// Restarts the container inside its task when it ends.
struct ecs_restart_policy {
    enum toggle enabled;           // default: yes
    const int *ignored_exit_codes; // ignored_exit_code_count of them, at most 50
    size_t ignored_exit_code_count;
    struct duration attempt_period; // 60 to 1800 s; default: ECS's 300 s
};

enum ecs_version_consistency {
    ECS_VERSION_CONSISTENCY_DEFAULT, // ECS's: enabled
    ECS_VERSION_CONSISTENCY_ENABLED, // the tag is resolved to a digest once for a deployment
    ECS_VERSION_CONSISTENCY_DISABLED,
};

// Where a default is not given, it is "none" or the image's.
struct ecs_container_props {
    struct ecs_container_image image; // required
    const char *container_name;       // default: the id
    const char *const *command;       // ends with NULL
    const char *const *entry_point;   // ends with NULL
    const char *working_directory;
    const char *user;
    const char *hostname;
    struct count cpu;                           // of the task's; default: shared
    int memory_limit_mib;                       // the container is ended beyond it
    int memory_reservation_mib;                 // at most the limit
    enum toggle essential;                      // its end ends the task; default yes
    const struct field *environment;            // ends with END
    const struct ecs_container_secret *secrets; // end with a NULL name
    const struct ecs_aws_logs *logging;
    const struct ecs_health_check *health_check;
    const struct ecs_port_mapping *port_mappings; // port_mapping_count of them
    size_t port_mapping_count;
    const struct ecs_ulimit *ulimits;  // end with a name of 0
    const struct field *docker_labels; // ends with END
    struct duration start_timeout;     // for dependencies on it
    struct duration stop_timeout;      // before it is killed; default: ECS's 30 s
    enum toggle readonly_root_filesystem;
    enum toggle privileged;
    enum toggle interactive;
    enum toggle pseudo_terminal;
    enum toggle disable_networking;
    const struct ecs_restart_policy *restart_policy;
    enum ecs_version_consistency version_consistency;
};
struct ecs_container {
    struct construct *node;
    const char *container_name;
    struct value *image_name;
    struct ecs_task_definition *task_definition;
    struct logs_log_group *log_group; // NULL when it does not log
    bool essential;
    struct ecs_container_state *state;
};
struct ecs_container *ecs_task_definition_add_container(
    struct ecs_task_definition *task, const char *id, const struct ecs_container_props *props);
void ecs_container_add_port_mapping(struct ecs_container *container, const struct ecs_port_mapping *mapping);
// A name that is there already gets the new value.
void ecs_container_add_environment(struct ecs_container *container, const char *name, struct value *value);
void ecs_container_add_secret(
    struct ecs_container *container, const char *name, const struct ecs_secret *secret);
void ecs_container_add_docker_label(struct ecs_container *container, const char *name, struct value *value);
void ecs_container_add_ulimit(struct ecs_container *container, const struct ecs_ulimit *ulimit);
void ecs_container_add_mount_point(struct ecs_container *container, const struct ecs_mount_point *mount);
// `container` starts after `other` has met the condition.
void ecs_container_add_dependency(
    struct ecs_container *container, struct ecs_container *other, enum ecs_dependency_condition condition);
void ecs_container_add_volumes_from(
    struct ecs_container *container, const char *source_container, bool read_only);

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
