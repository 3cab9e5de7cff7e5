// SPDX-License-Identifier: MIT
#include "aws/ecs/ecs_private.h"
#include "aws/ecs/task_size.h"
#include "cdk/construct.h"
#include "cdk/diag.h"

#include <string.h>

enum { DEFAULT_CPU = 256, DEFAULT_MEMORY_MIB = 512 };

static const char *const cpu_architectures[] = { [ECS_CPU_X86_64] = "X86_64", [ECS_CPU_ARM64] = "ARM64" };
static const char *const pid_modes[] = { [ECS_PID_HOST] = "host", [ECS_PID_TASK] = "task" };

static struct value *runtime_platform(const struct ecs_runtime_platform *platform)
{
    return omit_empty(object((struct field[]){
        { "CpuArchitecture", string(cpu_architectures[platform->cpu_architecture]) },
        { "OperatingSystemFamily", string(ecs_operating_system_name(platform->operating_system_family)) },
        END,
    }));
}

static struct value *ephemeral_storage(int gib)
{
    return gib ? object((struct field[]){ { "SizeInGiB", number(gib) }, END }) : NULL;
}

static struct value *produce_execution_role(void *data)
{
    const struct ecs_task_definition *self = data;

    return self->execution_role ? self->execution_role->role_arn : NULL;
}

static struct value *task_definition_properties(
    struct ecs_task_definition *self, const struct ecs_fargate_task_definition_props *p)
{
    return object((struct field[]){
        { "ContainerDefinitions", self->state->container_definitions },
        { "Cpu", stringf("%d", self->cpu) },
        { "EnableFaultInjection", toggle_value(p->enable_fault_injection) },
        { "EphemeralStorage", ephemeral_storage(self->ephemeral_storage_gib) },
        { "ExecutionRoleArn", lazy(produce_execution_role, self) },
        { "Family", self->family },
        { "Memory", stringf("%d", self->memory_mib) },
        { "NetworkMode", string("awsvpc") },
        { "PidMode", string(pid_modes[p->pid_mode]) },
        { "RequiresCompatibilities", strings((const char *[]){ "FARGATE", NULL }) },
        { "RuntimePlatform", runtime_platform(&p->runtime_platform) },
        { "TaskRoleArn", self->task_role->role_arn },
        { "Volumes", self->state->volumes },
        END,
    });
}

static struct iam_role *role_new(struct ecs_task_definition *self, const char *id)
{
    return iam_role_new(self->node, id,
        &(struct iam_role_props){ .assumed_by = iam_service_principal("ecs-tasks.amazonaws.com") });
}

static struct ecs_task_definition *task_definition_make(
    struct construct *scope, const char *id, const struct ecs_fargate_task_definition_props *p)
{
    struct arena *arena = construct_arena(scope);
    struct ecs_task_definition *self = arena_alloc(arena, sizeof(*self));

    self->node = construct_new(scope, id, "aws_ecs.FargateTaskDefinition");
    self->cpu = p->cpu ? p->cpu : DEFAULT_CPU;
    self->memory_mib = p->memory_limit_mib ? p->memory_limit_mib : DEFAULT_MEMORY_MIB;
    self->ephemeral_storage_gib = p->ephemeral_storage_gib;
    self->family = p->family ? p->family : string(names_unique_id(self->node));
    self->execution_role = p->execution_role;
    self->state = arena_alloc(arena, sizeof(*self->state));
    self->state->operating_system = p->runtime_platform.operating_system_family;
    self->state->pid_mode = p->pid_mode;
    self->state->container_definitions = omit_empty(array());
    self->state->volumes = omit_empty(array());
    return self;
}

struct ecs_task_definition *ecs_fargate_task_definition_new(
    struct construct *scope, const char *id, const struct ecs_fargate_task_definition_props *props)
{
    const struct ecs_fargate_task_definition_props none = { 0 };
    const struct ecs_fargate_task_definition_props *p = props ? props : &none;
    struct ecs_task_definition *self = task_definition_make(scope, id, p);

    task_size_check(self, p);
    for (const struct ecs_volume *volume = p->volumes; volume && volume->name; volume++)
        ecs_task_definition_add_volume(self, volume);
    self->task_role = p->task_role ? p->task_role : role_new(self, "TaskRole");
    self->resource =
        resource_new(self->node, "Resource", "AWS::ECS::TaskDefinition", task_definition_properties(self, p));
    self->task_definition_arn = ref(self->resource);
    construct_add_validation(self->node, ecs_task_definition_validate, self);
    return self;
}

void ecs_task_definition_add_to_task_role_policy(
    struct ecs_task_definition *task, struct iam_statement *statement)
{
    iam_role_add_to_policy(task->task_role, statement);
}

void ecs_task_definition_add_to_execution_role_policy(
    struct ecs_task_definition *task, struct iam_statement *statement)
{
    iam_role_add_to_policy(ecs_task_definition_obtain_execution_role(task), statement);
}

struct iam_role *ecs_task_definition_obtain_execution_role(struct ecs_task_definition *task)
{
    if (!task->execution_role) {
        task->execution_role = role_new(task, "ExecutionRole");
        if (task->state->pass_role)
            iam_statement_add_resource(task->state->pass_role, task->execution_role->role_arn);
    }
    return task->execution_role;
}

static struct iam_statement *pass_role_statement(struct ecs_task_definition *task)
{
    struct value *execution_role_arn = task->execution_role ? task->execution_role->role_arn : NULL;
    struct value *service =
        object((struct field[]){ { "iam:PassedToService", string("ecs-tasks.amazonaws.com") }, END });

    if (!task->state->pass_role)
        task->state->pass_role = iam_statement_new(&(struct iam_statement_props){
            .actions = (const char *[]){ "iam:PassRole", NULL },
            .resources = (struct value *[]){ task->task_role->role_arn, execution_role_arn, NULL },
            .conditions = object((struct field[]){ { "StringLike", service }, END }),
        });
    return task->state->pass_role;
}

struct iam_grant ecs_task_definition_grant_run(
    struct ecs_task_definition *task, struct iam_principal *grantee)
{
    struct construct *dependable;

    iam_principal_add_to_policy(grantee, pass_role_statement(task), &dependable);
    return iam_grant_add_to_principal(&(struct iam_grant_props){
        .grantee = grantee,
        .actions = (const char *[]){ "ecs:RunTask", NULL },
        .resources = (struct value *[]){ task->task_definition_arn, NULL },
        .scope = task->node,
    });
}

struct ecs_container *ecs_task_definition_find_container(
    const struct ecs_task_definition *task, const char *container_name)
{
    for (size_t i = 0; i < task->state->container_count; i++)
        if (strcmp(task->state->containers[i]->container_name, container_name) == 0)
            return task->state->containers[i];
    return NULL;
}

static double sum_of_cpus(const struct ecs_task_definition_state *state)
{
    double sum = 0;

    for (size_t i = 0; i < state->container_count; i++)
        sum += state->containers[i]->state->cpu;
    return sum;
}

void ecs_task_definition_link_container(struct ecs_task_definition *task, struct ecs_container *container)
{
    struct ecs_task_definition_state *state = task->state;

    state->containers = arena_grow(construct_arena(task->node), state->containers, state->container_count,
        &state->container_capacity, sizeof(*state->containers));
    state->containers[state->container_count++] = container;
    if (sum_of_cpus(state) > task->cpu)
        diag_error(task->node, "the containers ask for %g units of cpu, the task has %d", sum_of_cpus(state),
            task->cpu);
    array_append(state->container_definitions, container->state->definition);
    if (!task->default_container && container->essential)
        task->default_container = container;
}
