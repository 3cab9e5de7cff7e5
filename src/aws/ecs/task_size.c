// SPDX-License-Identifier: MIT
#include "aws/ecs/task_size.h"

#include "aws/ecs/ecs_private.h"
#include "cdk/diag.h"
#include "util/array.h"

enum { MIN_EPHEMERAL_GIB = 21, MAX_EPHEMERAL_GIB = 200, WINDOWS_MEMORY_STEP = 1024 };

// The first is Linux, the others are Windows.
static const char *const operating_systems[] = {
    [ECS_OS_LINUX] = "LINUX",
    [ECS_OS_WINDOWS_SERVER_2004_CORE] = "WINDOWS_SERVER_2004_CORE",
    [ECS_OS_WINDOWS_SERVER_2016_FULL] = "WINDOWS_SERVER_2016_FULL",
    [ECS_OS_WINDOWS_SERVER_2019_CORE] = "WINDOWS_SERVER_2019_CORE",
    [ECS_OS_WINDOWS_SERVER_2019_FULL] = "WINDOWS_SERVER_2019_FULL",
    [ECS_OS_WINDOWS_SERVER_2022_CORE] = "WINDOWS_SERVER_2022_CORE",
    [ECS_OS_WINDOWS_SERVER_2022_FULL] = "WINDOWS_SERVER_2022_FULL",
    [ECS_OS_WINDOWS_SERVER_20H2_CORE] = "WINDOWS_SERVER_20H2_CORE",
    [ECS_OS_WINDOWS_SERVER_2025_CORE] = "WINDOWS_SERVER_2025_CORE",
    [ECS_OS_WINDOWS_SERVER_2025_FULL] = "WINDOWS_SERVER_2025_FULL",
};

const char *ecs_operating_system_name(enum ecs_operating_system operating_system)
{
    return operating_systems[operating_system];
}

bool ecs_is_windows(enum ecs_operating_system operating_system)
{
    return operating_system > ECS_OS_LINUX;
}

// Memory of Windows tasks by cpu (Amazon ECS guide, "Task CPU and memory").
static const struct {
    int cpu;
    int min_memory, max_memory;
} windows_sizes[] = {
    { 1024, 1024, 8192 },
    { 2048, 4096, 16384 },
    { 4096, 8192, 30720 },
};

static void check_windows(struct ecs_task_definition *task)
{
    int memory = task->memory_mib;

    for (size_t i = 0; i < ARRAY_SIZE(windows_sizes); i++) {
        if (windows_sizes[i].cpu != task->cpu)
            continue;
        if (memory < windows_sizes[i].min_memory || memory > windows_sizes[i].max_memory ||
            memory % WINDOWS_MEMORY_STEP != 0)
            diag_error(task->node,
                "a Windows task with %d units of cpu needs %d to %d MiB of memory in steps of %d, not %d",
                task->cpu, windows_sizes[i].min_memory, windows_sizes[i].max_memory, WINDOWS_MEMORY_STEP,
                memory);
        return;
    }
    diag_error(task->node, "a Windows task needs 1024, 2048 or 4096 units of cpu, not %d", task->cpu);
}

static void check_pid_mode(
    struct ecs_task_definition *task, enum ecs_pid_mode mode, enum ecs_operating_system operating_system)
{
    if (operating_system == ECS_OS_DEFAULT)
        diag_error(task->node, "'pid_mode' needs an 'operating_system_family'");
    else if (ecs_is_windows(operating_system))
        diag_error(task->node, "'pid_mode' is not for Windows containers");
    else if (mode != ECS_PID_TASK)
        diag_error(task->node, "on Fargate 'pid_mode' must be ECS_PID_TASK");
}

void task_size_check(struct ecs_task_definition *task, const struct ecs_fargate_task_definition_props *p)
{
    enum ecs_operating_system operating_system = p->runtime_platform.operating_system_family;
    int storage = p->ephemeral_storage_gib;

    if (ecs_is_windows(operating_system))
        check_windows(task);
    if (storage && (storage < MIN_EPHEMERAL_GIB || storage > MAX_EPHEMERAL_GIB))
        diag_error(task->node, "'ephemeral_storage_gib' must be %d to %d, got %d", MIN_EPHEMERAL_GIB,
            MAX_EPHEMERAL_GIB, storage);
    if (p->pid_mode)
        check_pid_mode(task, p->pid_mode, operating_system);
}
