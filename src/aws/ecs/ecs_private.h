// SPDX-License-Identifier: MIT
#ifndef AWS_ECS_PRIVATE_H
#define AWS_ECS_PRIVATE_H

// Between the files of ECS.

#include "aws/ecs.h"

// How a cluster wants sessions of "execute command" to be logged.
struct ecs_execute_command {
    bool is_configured;
    enum ecs_execute_command_logging logging;
    struct kms_key *kms_key;
    struct logs_log_group *log_group;
    bool log_group_encryption;
    struct s3_bucket *bucket;
    bool bucket_encryption;
};

struct ecs_cluster_state {
    const char *id;
    struct ecs_execute_command execute_command;
    struct value *capacity_providers; // array of names
    struct value *default_strategy;   // array
};

// The configuration as a property of the cluster; mistakes are errors on it.
struct value *ecs_execute_command_value(
    struct ecs_cluster *cluster, const struct ecs_execute_command_configuration *configuration);
// Associates the cluster's capacity providers with it at synthesis.
void ecs_cluster_watch_capacity_providers(struct ecs_cluster *cluster);
struct value *ecs_capacity_provider_strategy_value(const struct ecs_capacity_provider_strategy *strategy);

struct ecs_volume_entry {
    const char *name;
    bool configured_at_launch;
};
struct ecs_task_definition_state {
    enum ecs_operating_system operating_system;
    enum ecs_pid_mode pid_mode;
    struct ecs_container **containers;
    size_t container_count, container_capacity;
    struct value *container_definitions; // array
    struct value *volumes;               // array
    struct ecs_volume_entry *volume_entries;
    size_t volume_count, volume_capacity;
    struct iam_statement *pass_role; // NULL until somebody may run the task
};
bool ecs_is_windows(enum ecs_operating_system operating_system);
const char *ecs_operating_system_name(enum ecs_operating_system operating_system);
void ecs_task_definition_link_container(struct ecs_task_definition *task, struct ecs_container *container);
// Names of ports must differ, and volumes that are configured at launch must be mounted.
void ecs_task_definition_validate(struct construct *node, void *task);

struct ecs_port {
    int container_port, range_start, range_end;
    bool is_udp;
    const char *name;
};
struct ecs_container_state {
    struct value *definition; // as in the task definition
    double cpu;               // 0: shared
    struct value *environment, *docker_labels;
    struct value *secrets, *port_mappings, *ulimits, *mount_points, *depends_on, *volumes_from;
    struct ecs_port *ports;
    size_t port_count, port_capacity;
    bool references_secret_json_field;
};
bool ecs_container_mounts(const struct ecs_container *container, const char *volume);

// What the image is called, and the credentials of its registry; lets the execution role pull it.
struct value *ecs_image_bind(struct ecs_container *container, const struct ecs_container_image *image);
struct value *ecs_image_credentials(const struct ecs_container_image *image);
// LogConfiguration; makes the log group and lets the execution role write to it.
struct value *ecs_aws_logs_bind(struct ecs_container *container, const struct ecs_aws_logs *logs);

struct ecs_service_state {
    struct value *load_balancers; // array
    struct value *network_configuration;
    struct duration health_check_grace_period;
    struct ecs_scalable_task_count *task_count; // NULL while it is not scaled
};
struct value *ecs_service_properties(
    struct ecs_service *service, const struct ecs_fargate_service_props *props);
// Lets the tasks of the service talk to Session Manager, and to where the cluster logs its sessions.
void ecs_service_allow_execute_command(struct ecs_service *service);

#endif
