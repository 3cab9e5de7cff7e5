// SPDX-License-Identifier: MIT
#include "aws/ecs.h"

#include "aws/diag_case.h"

#define TEXTS(...) ((const char *[]){ __VA_ARGS__, NULL })

static struct ecs_task_definition *task(struct stack *stack)
{
    return ecs_fargate_task_definition_new(stack->node, "Task", NULL);
}

// What the props leave open: nginx, in a task of default size.
static struct ecs_container *container(struct stack *stack, struct ecs_container_props props)
{
    if (!props.image.name)
        props.image = ecs_image_from_registry("nginx");
    return ecs_task_definition_add_container(task(stack), "web", &props);
}

#define CONTAINER_CASE(name, ...)                                                                            \
    static void name(struct stack *stack)                                                                    \
    {                                                                                                        \
        container(stack, (struct ecs_container_props){ __VA_ARGS__ });                                       \
    }
#define LOGS_CASE(name, ...) CONTAINER_CASE(name, .logging = &(struct ecs_aws_logs){ __VA_ARGS__ })
#define HEALTH_CASE(name, ...) CONTAINER_CASE(name, .health_check = &(struct ecs_health_check){ __VA_ARGS__ })
#define RESTART_CASE(name, ...)                                                                              \
    CONTAINER_CASE(name, .restart_policy = &(struct ecs_restart_policy){ __VA_ARGS__ })
#define PORT_CASE(name, ...)                                                                                 \
    CONTAINER_CASE(name, .port_mappings = &(struct ecs_port_mapping){ __VA_ARGS__ }, .port_mapping_count = 1)

CONTAINER_CASE(reserved_memory, .memory_limit_mib = 128, .memory_reservation_mib = 256)
CONTAINER_CASE(large_cpu, .cpu = count(257))
CONTAINER_CASE(
    unpullable, .image = ecs_image_from_registry("123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1"))
LOGS_CASE(no_prefix, .mode = ECS_LOG_MODE_BLOCKING)
LOGS_CASE(buffered_blocking, .stream_prefix = "web", .max_buffer_size = 1024)
HEALTH_CASE(no_command, .interval = seconds(30))
HEALTH_CASE(short_interval, .command = TEXTS("true"), .interval = seconds(4), .timeout = seconds(3))
HEALTH_CASE(long_timeout, .command = TEXTS("true"), .timeout = seconds(121))
HEALTH_CASE(hasty, .command = TEXTS("true"), .interval = seconds(10), .timeout = seconds(11))
RESTART_CASE(off_with_period, .enabled = NO, .attempt_period = minutes(2))
RESTART_CASE(many_codes, .ignored_exit_codes = (int[51]){ 0 }, .ignored_exit_code_count = 51)
RESTART_CASE(short_period, .attempt_period = seconds(59))
PORT_CASE(no_port, .protocol = ECS_TCP)
PORT_CASE(port_and_range, .container_port = 80, .container_port_range = "80-90")
PORT_CASE(other_host_port, .container_port = 80, .host_port = 81)
PORT_CASE(range_on_host, .host_port = 80, .container_port_range = "80-90")
PORT_CASE(odd_range, .container_port_range = "80-")
PORT_CASE(empty_port_name, .container_port = 80, .name = "")
PORT_CASE(nameless_protocol, .container_port = 80, .app_protocol = ECS_APP_GRPC)

static void no_image(struct stack *stack)
{
    ecs_task_definition_add_container(task(stack), "web", &(struct ecs_container_props){ 0 });
}

static void group_and_retention(struct stack *stack)
{
    const struct ecs_aws_logs logs = {
        .stream_prefix = "web",
        .log_group = logs_log_group_new(stack->node, "Group", &(struct logs_log_group_props){ 0 }),
        .log_retention = LOGS_RETENTION_ONE_DAY,
    };

    container(stack, (struct ecs_container_props){ .logging = &logs });
}

static void port_name_twice(struct stack *stack)
{
    const struct ecs_port_mapping ports[] = {
        { .container_port = 80, .name = "web" },
        { .container_port = 81, .name = "web" },
    };

    container(stack, (struct ecs_container_props){ .port_mappings = ports, .port_mapping_count = 2 });
}

static void port_name_in_both(struct stack *stack)
{
    const struct ecs_port_mapping port = { .container_port = 80, .name = "web" };
    const struct ecs_container *first =
        container(stack, (struct ecs_container_props){ .port_mappings = &port, .port_mapping_count = 1 });

    ecs_task_definition_add_container(first->task_definition, "other",
        &(struct ecs_container_props){
            .image = ecs_image_from_registry("nginx"), .port_mappings = &port, .port_mapping_count = 1 });
}

static void secret_of_nothing(struct stack *stack)
{
    ecs_container_add_secret(
        container(stack, (struct ecs_container_props){ 0 }), "KEY", &(struct ecs_secret){ .field = "key" });
}

static void containers_are_checked(void **state)
{
    static const struct diag_case cases[] = {
        { reserved_memory, DIAG_ERROR,
            "Case/Task/web: 'memory_reservation_mib' must not exceed 'memory_limit_mib'" },
        { large_cpu, DIAG_ERROR, "Case/Task: the containers ask for 257 units of cpu, the task has 256" },
        { no_image, DIAG_ERROR, "Case/Task/web: the container needs an image" },
        { unpullable, DIAG_WARNING,
            "Case/Task/web: image '123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1' is in ECR: the "
            "execution role needs permission to pull it, which ecs_image_from_ecr_repository gives" },
        { no_prefix, DIAG_ERROR, "Case/Task/web: logging needs a 'stream_prefix'" },
        { buffered_blocking, DIAG_ERROR, "Case/Task/web: 'max_buffer_size' needs ECS_LOG_MODE_NON_BLOCKING" },
        { group_and_retention, DIAG_ERROR,
            "Case/Task/web: 'log_retention' is for a new log group; give it to the one that is given" },
        { no_command, DIAG_ERROR, "Case/Task/web: a health check needs a command" },
        { short_interval, DIAG_ERROR,
            "Case/Task/web: the interval of a health check must be 5 to 300 seconds, got 4" },
        { long_timeout, DIAG_ERROR,
            "Case/Task/web: the timeout of a health check must be 2 to 120 seconds, got 121" },
        { hasty, DIAG_ERROR,
            "Case/Task/web: the interval of a health check must not be shorter than its timeout" },
        { off_with_period, DIAG_ERROR,
            "Case/Task/web: a restart policy that is off takes no exit codes and no attempt period" },
        { many_codes, DIAG_ERROR, "Case/Task/web: a restart policy takes at most 50 exit codes, got 51" },
        { short_period, DIAG_ERROR,
            "Case/Task/web: the attempt period of a restart policy must be 60 to 1800 seconds, got 59" },
        { no_port, DIAG_ERROR,
            "Case/Task/web: a port mapping needs a 'container_port' or a 'container_port_range'" },
        { port_and_range, DIAG_ERROR,
            "Case/Task/web: a port mapping takes a 'container_port' or a 'container_port_range', not both" },
        { other_host_port, DIAG_ERROR,
            "Case/Task/web: 'host_port' 81 must be the container's, 80, or left out" },
        { range_on_host, DIAG_ERROR, "Case/Task/web: a port mapping with a range takes no 'host_port'" },
        { odd_range, DIAG_ERROR, "Case/Task/web: 'container_port_range' must be START-END, got '80-'" },
        { empty_port_name, DIAG_ERROR, "Case/Task/web: the name of a port mapping must not be empty" },
        { nameless_protocol, DIAG_ERROR, "Case/Task/web: 'app_protocol' of a port mapping needs a 'name'" },
        { port_name_twice, DIAG_ERROR, "Case/Task/web: the container has a port 'web' already" },
        { port_name_in_both, DIAG_ERROR, "Case/Task: port name 'web' is in both 'other' and 'web'" },
        { secret_of_nothing, DIAG_ERROR,
            "Case/Task/web: 'KEY' needs exactly one of a secret and a parameter" },
        { 0 },
    };

    (void)state;
    check_diag_cases(cases, &(struct stack_props){ 0 });
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(containers_are_checked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
