// SPDX-License-Identifier: MIT
#ifndef AWS_ECS_TASK_H
#define AWS_ECS_TASK_H

// Task definitions and the containers in them: what runs together, from which images, with which permissions,
// settings and secrets. Everything lives in the app's arena.

#include "aws/ecr.h"
#include "aws/iam.h"
#include "aws/logs.h"
#include "cdk/resource.h"
#include "cdk/token.h"
#include "cdk/unit.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct construct;
struct ecs_container;
struct secretsmanager_secret;

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

#endif
