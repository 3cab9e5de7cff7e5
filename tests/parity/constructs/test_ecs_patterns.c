// SPDX-License-Identifier: MIT
#include "aws/ecs_patterns.h"
#include "aws/secretsmanager.h"
#include "parity/constructs/parity.h"

static const struct ecs_patterns_task_image_options *nginx(void)
{
    struct ecs_patterns_task_image_options *options = arena_alloc(value_arena(), sizeof(*options));

    options->image = ecs_image_from_registry("nginx");
    return options;
}

static struct ec2_vpc *network(struct stack *stack)
{
    return ec2_vpc_new(stack->node, "Vpc", &(struct ec2_vpc_props){ .max_azs = 2, .nat_gateways = count(1) });
}

static struct acm_certificate *certificate(struct stack *stack)
{
    return acm_certificate_from_arn(
        stack->node, "Certificate", string("arn:aws:acm:us-east-1:123456789012:certificate/abc"));
}

// A service of nginx, unless the props say otherwise.
static struct ecs_patterns_load_balanced_fargate_service *service(
    struct stack *stack, const char *id, struct ecs_patterns_load_balanced_fargate_service_props props)
{
    if (!props.task_image_options && !props.task_definition)
        props.task_image_options = nginx();
    return ecs_patterns_load_balanced_fargate_service_new(stack->node, id, &props);
}
#define SERVICE(stack, id, ...)                                                                              \
    service(stack, id, (struct ecs_patterns_load_balanced_fargate_service_props){ __VA_ARGS__ })

static void defaults(struct stack *stack)
{
    SERVICE(stack, "Web", .vpc = NULL);
}

static void default_cluster(struct stack *stack)
{
    struct ec2_vpc *vpc = network(stack);

    SERVICE(stack, "Web", .vpc = vpc);
    SERVICE(stack, "Second", .vpc = vpc);
}

static struct iam_role *role(struct stack *stack, const char *id)
{
    return iam_role_new(stack->node, id,
        &(struct iam_role_props){ .assumed_by = iam_service_principal("ecs-tasks.amazonaws.com") });
}

static void image_options(struct stack *stack)
{
    struct secretsmanager_secret *keys = secretsmanager_secret_from_name_v2(stack->node, "Keys", "keys");
    const struct ecs_container_secret secrets[] = { { "KEY", ecs_secret_from_secrets_manager(keys, "key") },
        { 0 } };
    struct iam_role *task_role = role(stack, "TaskRole"), *execution_role = role(stack, "ExecutionRole");
    const struct ecs_patterns_task_image_options options = {
        .image = ecs_image_from_registry("nginx"),
        .container_name = "app",
        .container_port = 8080,
        .environment = (struct field[]){ { "A", string("b") }, END },
        .docker_labels = (struct field[]){ { "c", string("d") }, END },
        .entry_point = (const char *[]){ "/app", NULL },
        .command = (const char *[]){ "serve", NULL },
        .secrets = secrets,
        .family = string("app"),
        .task_role = task_role,
        .execution_role = execution_role,
        .logging = &(struct ecs_aws_logs){ .stream_prefix = "app", .log_retention = LOGS_RETENTION_ONE_WEEK },
    };

    SERVICE(stack, "Web", .vpc = network(stack), .cpu = 512, .memory_limit_mib = 2048,
        .ephemeral_storage_gib = 30, .container_cpu = count(256), .container_memory_limit_mib = count(1024),
        .runtime_platform = { .cpu_architecture = ECS_CPU_ARM64 },
        .health_check = &(struct ecs_health_check){ .command = (const char *[]){ "true", NULL } },
        .task_image_options = &options);
}

static void unlogged_http(struct stack *stack)
{
    const struct ecs_patterns_task_image_options options = {
        .image = ecs_image_from_registry("nginx"),
        .enable_logging = NO,
    };

    SERVICE(stack, "Web", .vpc = network(stack), .protocol = ELBV2_HTTP, .listener_port = 8080,
        .open_listener = NO, .public_load_balancer = NO, .load_balancer_name = string("inner"),
        .idle_timeout = minutes(2), .target_protocol = ELBV2_HTTPS, .protocol_version = ELBV2_HTTP2,
        .task_image_options = &options);
}

static void https(struct stack *stack)
{
    struct ec2_vpc *vpc = network(stack);
    struct ecs_cluster *cluster =
        ecs_cluster_new(stack->node, "Cluster", &(struct ecs_cluster_props){ .vpc = vpc });
    struct ecs_patterns_load_balanced_fargate_service *web = SERVICE(stack, "Web", .cluster = cluster,
        .certificate = certificate(stack), .ssl_policy = ELBV2_SSL_RECOMMENDED_TLS, .redirect_http = true,
        .ip_address_type = ELBV2_DUAL_STACK);
    struct ecs_scalable_task_count *tasks;

    elbv2_target_group_configure_health_check(
        web->target_group, &(struct elbv2_health_check){ .path = "/health" });
    tasks = ecs_service_auto_scale_task_count(
        web->service, &(struct ecs_scalable_task_count_props){ .max_capacity = 4 });
    ecs_scalable_task_count_scale_on_request_count(tasks, "Requests",
        &(struct ecs_request_count_scaling_props){
            .requests_per_target = 500, .target_group = web->target_group });
    output_new(stack->node, "FullName",
        &(struct output_props){ .value = web->load_balancer->load_balancer_full_name });
}

static void https_port(struct stack *stack)
{
    struct ec2_vpc *vpc = network(stack);

    SERVICE(stack, "Web", .vpc = vpc, .certificate = certificate(stack), .protocol = ELBV2_HTTPS,
        .listener_port = 8443, .redirect_http = true, .open_listener = NO);
}

static struct ecs_task_definition *django(struct stack *stack)
{
    struct ecs_task_definition *task = ecs_fargate_task_definition_new(stack->node, "Task", NULL);

    ecs_task_definition_add_container(task, "django",
        &(struct ecs_container_props){
            .image = ecs_image_from_registry("nginx"),
            .port_mappings = &(struct ecs_port_mapping){ .container_port = 8000 },
            .port_mapping_count = 1,
        });
    return task;
}

static void given_task(struct stack *stack)
{
    const struct ecs_capacity_provider_strategy strategies[] = {
        { .capacity_provider = "FARGATE", .weight = count(1) },
        { 0 },
    };
    struct ec2_vpc *vpc = network(stack);
    struct ecs_cluster *cluster =
        ecs_cluster_new(stack->node, "Cluster", &(struct ecs_cluster_props){ .vpc = vpc });
    struct ecs_task_definition *task = django(stack);
    struct ec2_security_group *group =
        ec2_security_group_new(stack->node, "Group", &(struct ec2_security_group_props){ .vpc = vpc });

    SERVICE(stack, "Web", .cluster = cluster, .task_definition = task, .service_name = string("web"),
        .desired_count = count(3), .min_healthy_percent = count(100), .max_healthy_percent = count(200),
        .circuit_breaker = &(struct ecs_circuit_breaker){ .rollback = true },
        .health_check_grace_period = minutes(2), .enable_execute_command = YES, .assign_public_ip = true,
        .task_subnets = &(struct ec2_subnet_selection){ .type = EC2_SUBNET_PUBLIC },
        .security_groups = (struct ec2_security_group *[]){ group, NULL },
        .platform_version = ECS_PLATFORM_LATEST, .propagate_tags = ECS_PROPAGATE_TAGS_SERVICE,
        .enable_ecs_managed_tags = true, .capacity_provider_strategies = strategies);
}

static void given_load_balancer(struct stack *stack)
{
    struct ec2_vpc *vpc = network(stack);
    struct elbv2_load_balancer *mine =
        elbv2_load_balancer_new(stack->node, "Mine", &(struct elbv2_load_balancer_props){ .vpc = vpc });
    struct elbv2_load_balancer *theirs;

    SERVICE(stack, "Web", .vpc = vpc, .load_balancer = mine);
    theirs = elbv2_load_balancer_from_attributes(stack->node, "Theirs",
        &(struct elbv2_load_balancer_attributes){
            .load_balancer_arn = string(
                "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/shop/50dc6c495c0c9188"),
            .security_group_id = string("sg-12345678"),
            .vpc = vpc,
            .load_balancer_dns_name = string("shop.example.com"),
        });
    SERVICE(stack, "Second", .vpc = vpc, .listener_port = 8080, .load_balancer = theirs);
}

static void flags(struct stack *stack)
{
    struct ec2_vpc *vpc = network(stack);
    struct elbv2_load_balancer *mine;

    SERVICE(stack, "Web", .vpc = vpc, .public_load_balancer = NO, .load_balancer_name = string("inner"));
    mine = elbv2_load_balancer_new(stack->node, "Mine", &(struct elbv2_load_balancer_props){ .vpc = vpc });
    SERVICE(stack, "Second", .vpc = vpc, .load_balancer = mine);
}

static const struct parity_case cases[] = {
    { "ecs-patterns-defaults", defaults },
    { "ecs-patterns-default-cluster", default_cluster },
    { "ecs-patterns-image-options", image_options },
    { "ecs-patterns-unlogged-http", unlogged_http },
    { "ecs-patterns-https", https },
    { "ecs-patterns-https-port", https_port },
    { "ecs-patterns-given-task", given_task },
    { "ecs-patterns-given-load-balancer", given_load_balancer },
    { "ecs-patterns-flags", flags },
    { NULL, NULL },
};

int main(int argc, char **argv)
{
    return parity_main("ecs-patterns", cases, argc, argv);
}
