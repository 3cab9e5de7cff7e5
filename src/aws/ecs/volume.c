// SPDX-License-Identifier: MIT
#include "aws/ecs/ecs_private.h"
#include "cdk/construct.h"
#include "cdk/diag.h"

#include <string.h>

static const char *switched(bool on)
{
    return on ? "ENABLED" : "DISABLED";
}

static struct value *authorization(const struct ecs_efs_volume *efs)
{
    return omit_empty(object((struct field[]){
        { "AccessPointId", efs->access_point_id },
        { "IAM", efs->iam ? string(switched(efs->iam == YES)) : NULL },
        END,
    }));
}

static struct value *efs_configuration(const struct ecs_efs_volume *efs)
{
    int port = efs ? efs->transit_encryption_port : 0;

    if (!efs)
        return NULL;
    return object((struct field[]){
        { "AuthorizationConfig", authorization(efs) },
        { "FilesystemId", efs->file_system_id },
        { "RootDirectory", string(efs->root_directory) },
        { "TransitEncryption", efs->transit_encryption ? string(switched(true)) : NULL },
        { "TransitEncryptionPort", port ? number(port) : NULL },
        END,
    });
}

void ecs_task_definition_add_volume(struct ecs_task_definition *task, const struct ecs_volume *volume)
{
    struct ecs_task_definition_state *state = task->state;
    bool late = volume->configured_at_launch == YES;

    if (late && volume->efs)
        diag_error(
            task->node, "volume '%s' is configured at launch, so it takes no file system", volume->name);
    state->volume_entries = arena_grow(construct_arena(task->node), state->volume_entries,
        state->volume_count, &state->volume_capacity, sizeof(*state->volume_entries));
    state->volume_entries[state->volume_count++] =
        (struct ecs_volume_entry){ arena_strdup(construct_arena(task->node), volume->name), late };
    array_append(state->volumes,
        object((struct field[]){
            { "ConfiguredAtLaunch", toggle_value(volume->configured_at_launch) },
            { "EFSVolumeConfiguration", efs_configuration(volume->efs) },
            { "Name", string(volume->name) },
            END,
        }));
}

static bool is_mounted(const struct ecs_task_definition_state *state, const char *volume)
{
    for (size_t i = 0; i < state->container_count; i++)
        if (ecs_container_mounts(state->containers[i], volume))
            return true;
    return false;
}

static void validate_volumes(struct construct *node, const struct ecs_task_definition_state *state)
{
    int late = 0;

    for (size_t i = 0; i < state->volume_count; i++) {
        const struct ecs_volume_entry *volume = &state->volume_entries[i];

        late += volume->configured_at_launch;
        if (volume->configured_at_launch && !is_mounted(state, volume->name))
            diag_error(
                node, "volume '%s' is configured at launch, so a container must mount it", volume->name);
    }
    if (late > 1)
        diag_error(node, "only one volume can be configured at launch, got %d", late);
}

static const struct ecs_container *other_with_port(
    const struct ecs_task_definition_state *state, size_t before, const char *name)
{
    for (size_t i = 0; i < before; i++)
        for (size_t j = 0; j < state->containers[i]->state->port_count; j++) {
            const char *other = state->containers[i]->state->ports[j].name;

            if (other && strcmp(other, name) == 0)
                return state->containers[i];
        }
    return NULL;
}

static void validate_port_names(struct construct *node, const struct ecs_task_definition_state *state)
{
    for (size_t i = 0; i < state->container_count; i++)
        for (size_t j = 0; j < state->containers[i]->state->port_count; j++) {
            const char *name = state->containers[i]->state->ports[j].name;
            const struct ecs_container *other = name ? other_with_port(state, i, name) : NULL;

            if (other)
                diag_error(node, "port name '%s' is in both '%s' and '%s'", name,
                    state->containers[i]->container_name, other->container_name);
        }
}

void ecs_task_definition_validate(struct construct *node, void *task)
{
    const struct ecs_task_definition *self = task;

    validate_port_names(node, self->state);
    validate_volumes(node, self->state);
}
