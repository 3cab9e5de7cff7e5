// SPDX-License-Identifier: MIT
#include "aws/ecs_patterns.h"

#include "aws/diag_case.h"

static struct ec2_vpc *vpc(struct stack *stack)
{
    return ec2_vpc_new(stack->node, "Vpc", &(struct ec2_vpc_props){ .max_azs = 2, .nat_gateways = count(0) });
}

static struct acm_certificate *certificate(struct stack *stack)
{
    return acm_certificate_from_arn(
        stack->node, "Certificate", string("arn:aws:acm:us-east-1:1:certificate/a"));
}

static const struct ecs_patterns_task_image_options *nginx(void)
{
    struct ecs_patterns_task_image_options *options = arena_alloc(value_arena(), sizeof(*options));

    options->image = ecs_image_from_registry("nginx");
    return options;
}

static struct ecs_task_definition *plain_task(struct stack *stack)
{
    struct ecs_task_definition *task = ecs_fargate_task_definition_new(stack->node, "Task", NULL);

    ecs_task_definition_add_container(task, "web",
        &(struct ecs_container_props){
            .image = ecs_image_from_registry("nginx"),
            .port_mappings = &(struct ecs_port_mapping){ .container_port = 80 },
            .port_mapping_count = 1,
        });
    return task;
}

// What the props leave open: a VPC, nginx, and what keeps warnings away.
static void service(struct stack *stack, struct ecs_patterns_load_balanced_fargate_service_props props)
{
    if (!props.vpc && !props.cluster)
        props.vpc = vpc(stack);
    if (!props.task_definition && !props.task_image_options)
        props.task_image_options = nginx();
    if (!props.min_healthy_percent.given)
        props.min_healthy_percent = count(100);
    props.circuit_breaker = &(struct ecs_circuit_breaker){ .rollback = true };
    ecs_patterns_load_balanced_fargate_service_new(stack->node, "Web", &props);
}

#define SERVICE_CASE(name, ...)                                                                              \
    static void name(struct stack *stack)                                                                    \
    {                                                                                                        \
        service(stack, (struct ecs_patterns_load_balanced_fargate_service_props){ __VA_ARGS__ });            \
    }

SERVICE_CASE(no_tasks, .desired_count = count(0))
SERVICE_CASE(long_idle, .idle_timeout = seconds(4001))
SERVICE_CASE(certificate_for_http, .certificate = certificate(stack), .protocol = ELBV2_HTTP)
SERVICE_CASE(redirect_to_http, .redirect_http = true)
SERVICE_CASE(fraction, .min_healthy_percent = count(50.5))
SERVICE_CASE(negative, .max_healthy_percent = count(-1))
SERVICE_CASE(too_healthy, .min_healthy_percent = count(200), .max_healthy_percent = count(200))
SERVICE_CASE(large_cpu, .container_cpu = count(512), .cpu = 1024, .container_memory_limit_mib = count(513))
SERVICE_CASE(no_memory, .container_memory_limit_mib = count(0))
SERVICE_CASE(fractional_cpu, .container_cpu = count(0.5))
SERVICE_CASE(task_and_image, .task_image_options = nginx(), .task_definition = plain_task(stack))

static void cluster_and_vpc(struct stack *stack)
{
    struct ec2_vpc *network = vpc(stack);
    struct ecs_cluster *cluster =
        ecs_cluster_new(stack->node, "Cluster", &(struct ecs_cluster_props){ .vpc = network });

    service(stack,
        (struct ecs_patterns_load_balanced_fargate_service_props){ .vpc = network, .cluster = cluster });
}

static void https_without_certificate(struct stack *stack)
{
    ecs_patterns_load_balanced_fargate_service_new(stack->node, "Web",
        &(struct ecs_patterns_load_balanced_fargate_service_props){
            .vpc = vpc(stack),
            .protocol = ELBV2_HTTPS,
            .task_image_options = nginx(),
            .min_healthy_percent = count(100),
            .circuit_breaker = &(struct ecs_circuit_breaker){ 0 },
        });
}

static void nameless_load_balancer(struct stack *stack)
{
    struct ec2_vpc *network = vpc(stack);
    struct elbv2_load_balancer *theirs = elbv2_load_balancer_from_attributes(stack->node, "Theirs",
        &(struct elbv2_load_balancer_attributes){
            .load_balancer_arn =
                string("arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/a/b"),
            .security_group_id = string("sg-1"),
            .vpc = network,
        });

    service(stack,
        (struct ecs_patterns_load_balanced_fargate_service_props){ .vpc = network, .load_balancer = theirs });
}

static void services_are_checked(void **state)
{
    static const struct diag_case cases[] = {
        { cluster_and_vpc, DIAG_ERROR, "Case/Web: give a 'cluster' or a 'vpc', not both" },
        { no_tasks, DIAG_ERROR, "Case/Web: 'desired_count' must be at least 1, got 0" },
        { long_idle, DIAG_ERROR, "Case/Web: 'idle_timeout' must be 1 to 4000 seconds" },
        { certificate_for_http, DIAG_ERROR, "Case/Web: a 'certificate' needs the protocol ELBV2_HTTPS" },
        { https_without_certificate, DIAG_ERROR,
            "Case/Web/LB/PublicListener: an HTTPS listener needs a certificate" },
        { nameless_load_balancer, DIAG_ERROR,
            "Case/Web: the imported load balancer needs a 'load_balancer_dns_name'" },
        { task_and_image, DIAG_ERROR,
            "Case/Web: the service needs exactly one of 'task_definition' and 'task_image_options'" },
        { redirect_to_http, DIAG_ERROR, "Case/Web: 'redirect_http' needs the protocol ELBV2_HTTPS" },
        { fraction, DIAG_ERROR, "Case/Web: 'min_healthy_percent' must be a whole number from 0, got 50.5" },
        { negative, DIAG_ERROR, "Case/Web: 'max_healthy_percent' must be a whole number from 0, got -1" },
        { too_healthy, DIAG_ERROR,
            "Case/Web: 'min_healthy_percent' 200 must be less than 'max_healthy_percent' 200" },
        { large_cpu, DIAG_ERROR,
            "Case/Web: 'container_memory_limit_mib' 513 must not exceed the task's, 512" },
        { no_memory, DIAG_ERROR,
            "Case/Web: 'container_memory_limit_mib' must be a whole number from 1, got 0" },
        { fractional_cpu, DIAG_ERROR, "Case/Web: 'container_cpu' must be a whole number from 0, got 0.5" },
        { 0 },
    };

    (void)state;
    check_diag_cases(cases, &(struct stack_props){ 0 });
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(services_are_checked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
