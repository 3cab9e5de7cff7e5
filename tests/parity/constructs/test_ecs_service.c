// SPDX-License-Identifier: MIT
#include "aws/cloudwatch.h"
#include "aws/ecs.h"
#include "cdk/construct.h"
#include "parity/constructs/parity.h"

struct parts {
    struct ec2_vpc *vpc;
    struct ecs_cluster *cluster;
    struct ecs_task_definition *task;
};

static struct parts base(struct stack *stack)
{
    struct parts parts;

    parts.vpc =
        ec2_vpc_new(stack->node, "Vpc", &(struct ec2_vpc_props){ .max_azs = 2, .nat_gateways = count(1) });
    parts.cluster = ecs_cluster_new(stack->node, "Cluster", &(struct ecs_cluster_props){ .vpc = parts.vpc });
    parts.task = ecs_fargate_task_definition_new(stack->node, "Task", NULL);
    ecs_task_definition_add_container(parts.task, "web",
        &(struct ecs_container_props){
            .image = ecs_image_from_registry("nginx"),
            .port_mappings = &(struct ecs_port_mapping){ .container_port = 8000 },
            .port_mapping_count = 1,
        });
    return parts;
}

static struct ecs_service *service(
    struct stack *stack, const struct parts *parts, struct ecs_fargate_service_props props)
{
    props.cluster = parts->cluster;
    props.task_definition = parts->task;
    return ecs_fargate_service_new(stack->node, "Service", &props);
}

static void lone_service(struct stack *stack, struct ecs_fargate_service_props props)
{
    const struct parts parts = base(stack);

    service(stack, &parts, props);
}
#define LONE_SERVICE(stack, ...) lone_service(stack, (struct ecs_fargate_service_props){ __VA_ARGS__ })

static void output(struct stack *stack, const char *id, struct value *value)
{
    output_new(stack->node, id, &(struct output_props){ .value = value });
}

static void defaults(struct stack *stack)
{
    const struct parts parts = base(stack);
    const struct ecs_service *made = service(stack, &parts, (struct ecs_fargate_service_props){ 0 });

    output(stack, "Arn", made->service_arn);
    output(stack, "Name", made->service_name);
    output(stack_new(construct_scope(stack->node), "Other", &(struct stack_props){ 0 }), "Name",
        made->service_name);
}

static void options(struct stack *stack)
{
    LONE_SERVICE(stack, .service_name = string("web"), .desired_count = count(0),
        .min_healthy_percent = count(0), .max_healthy_percent = 150,
        .circuit_breaker = &(struct ecs_circuit_breaker){ .rollback = true },
        .health_check_grace_period = minutes(2), .enable_execute_command = NO, .assign_public_ip = true,
        .platform_version = ECS_PLATFORM_1_4, .propagate_tags = ECS_PROPAGATE_TAGS_SERVICE,
        .enable_ecs_managed_tags = true, .availability_zone_rebalancing = ECS_ZONE_REBALANCING_ENABLED);
}

static struct ec2_security_group *group(struct stack *stack, const char *id, struct ec2_vpc *vpc)
{
    return ec2_security_group_new(stack->node, id, &(struct ec2_security_group_props){ .vpc = vpc });
}

static void network(struct stack *stack)
{
    const struct parts parts = base(stack);
    struct ec2_security_group *one = group(stack, "One", parts.vpc), *two = group(stack, "Two", parts.vpc);
    const struct ecs_service *made = service(stack, &parts,
        (struct ecs_fargate_service_props){
            .security_groups = (struct ec2_security_group *[]){ one, two, NULL },
            .vpc_subnets = &(struct ec2_subnet_selection){ .type = EC2_SUBNET_PUBLIC },
            .circuit_breaker = &(struct ecs_circuit_breaker){ .enable = NO },
            .propagate_tags = ECS_PROPAGATE_TAGS_TASK_DEFINITION,
            .platform_version = ECS_PLATFORM_LATEST,
            .availability_zone_rebalancing = ECS_ZONE_REBALANCING_DISABLED,
        });

    ec2_connections_allow_from(
        made->connections, group(stack, "Client", parts.vpc)->connections, ec2_port_tcp(8000), "clients");
}

static void capacity_providers(struct stack *stack)
{
    const struct ecs_capacity_provider_strategy strategies[] = {
        { .capacity_provider = "FARGATE_SPOT", .weight = count(2) },
        { .capacity_provider = "FARGATE", .base = count(1), .weight = count(0) },
        { 0 },
    };

    LONE_SERVICE(
        stack, .capacity_provider_strategies = strategies, .propagate_tags = ECS_PROPAGATE_TAGS_NONE);
}

static void alarms(struct stack *stack)
{
    const struct ecs_deployment_alarms alarms = {
        .alarm_names = (struct value *[]){ string("high-errors"), string("slow"), NULL },
        .fail_only = true,
    };

    LONE_SERVICE(stack, .deployment_alarms = &alarms);
}

static void alarms_rollback(struct stack *stack)
{
    const struct ecs_deployment_alarms alarms = { .alarm_names =
                                                      (struct value *[]){ string("high-errors"), NULL } };

    LONE_SERVICE(stack, .deployment_alarms = &alarms, .circuit_breaker = &(struct ecs_circuit_breaker){ 0 });
}

static void china(struct stack *stack)
{
    lone_service(stack, (struct ecs_fargate_service_props){ 0 });
}

static void code_deploy(struct stack *stack)
{
    LONE_SERVICE(stack, .deployment_controller = ECS_CONTROLLER_CODE_DEPLOY);
}

static void external(struct stack *stack)
{
    LONE_SERVICE(stack, .deployment_controller = ECS_CONTROLLER_EXTERNAL);
}

static void flags(struct stack *stack)
{
    LONE_SERVICE(stack, .circuit_breaker = &(struct ecs_circuit_breaker){ .rollback = true });
}

static void shell(struct stack *stack)
{
    const struct parts parts = base(stack);

    service(stack, &parts, (struct ecs_fargate_service_props){ .enable_execute_command = YES });
    ecs_task_definition_add_to_task_role_policy(parts.task,
        iam_statement_new(&(struct iam_statement_props){
            .actions = (const char *[]){ "sqs:SendMessage", NULL },
            .resources = (struct value *[]){ string("*"), NULL },
        }));
}

static struct elbv2_target_group *add_web_targets(
    struct stack *stack, const struct parts *parts, struct ecs_service *made, bool internet_facing)
{
    struct elbv2_load_balancer *balancer = elbv2_load_balancer_new(stack->node, "LB",
        &(struct elbv2_load_balancer_props){ .vpc = parts->vpc, .internet_facing = internet_facing });
    struct elbv2_listener *listener =
        elbv2_load_balancer_add_listener(balancer, "Http", &(struct elbv2_listener_props){ .port = 80 });

    return elbv2_listener_add_targets(listener, "Web",
        &(struct elbv2_target_group_props){
            .port = 80,
            .targets = (struct elbv2_target[]){ ecs_service_load_balancer_target(made, NULL), { 0 } },
        },
        NULL);
}

static void load_balancer(struct stack *stack)
{
    const struct parts parts = base(stack);

    add_web_targets(stack, &parts, service(stack, &parts, (struct ecs_fargate_service_props){ 0 }), true);
}

static void add_admin(struct ecs_task_definition *task)
{
    const struct ecs_port_mapping ports[] = {
        { .container_port = 9000 },
        { .container_port = 9001, .protocol = ECS_UDP },
        { .container_port_range = "7000-7005" },
    };

    ecs_task_definition_add_container(task, "admin",
        &(struct ecs_container_props){
            .image = ecs_image_from_registry("nginx"),
            .port_mappings = ports,
            .port_mapping_count = 3,
        });
}

static struct elbv2_target_group *group_for(struct stack *stack, const struct parts *parts, const char *id)
{
    return elbv2_target_group_new(
        stack->node, id, &(struct elbv2_target_group_props){ .vpc = parts->vpc, .port = 80 });
}

static void add_target(struct elbv2_target_group *group, struct ecs_service *made,
    struct ecs_load_balancer_target_options options)
{
    struct elbv2_target target = ecs_service_load_balancer_target(made, &options);

    elbv2_target_group_add_target(group, &target);
}

static struct elbv2_listener *add_listener(
    struct elbv2_load_balancer *balancer, const char *id, int port, struct elbv2_target_group *group)
{
    return elbv2_load_balancer_add_listener(balancer, id,
        &(struct elbv2_listener_props){
            .port = port, .default_target_groups = (struct elbv2_target_group *[]){ group, NULL } });
}

static void load_balancer_group_first(struct stack *stack)
{
    const struct parts parts = base(stack);
    struct elbv2_target_group *web, *admin, *udp, *range;
    struct elbv2_load_balancer *balancer;
    struct elbv2_listener *listener;
    struct ecs_service *made;

    add_admin(parts.task);
    made =
        service(stack, &parts, (struct ecs_fargate_service_props){ .health_check_grace_period = seconds(0) });
    web = group_for(stack, &parts, "Web");
    admin = group_for(stack, &parts, "Admin");
    udp = group_for(stack, &parts, "Udp");
    range = group_for(stack, &parts, "Range");
    add_target(web, made, (struct ecs_load_balancer_target_options){ .container_name = "web" });
    add_target(admin, made,
        (struct ecs_load_balancer_target_options){ .container_name = "admin", .container_port = 9000 });
    add_target(udp, made,
        (struct ecs_load_balancer_target_options){
            .container_name = "admin", .container_port = 9001, .protocol = ECS_UDP });
    balancer =
        elbv2_load_balancer_new(stack->node, "LB", &(struct elbv2_load_balancer_props){ .vpc = parts.vpc });
    listener = add_listener(balancer, "Http", 80, web);
    elbv2_listener_add_target_groups(listener, "Admin", (struct elbv2_target_group *[]){ admin, NULL },
        &(struct elbv2_rule_match){ 1,
            (struct elbv2_condition[]){
                { .field = ELBV2_PATH_PATTERNS, .values = (const char *[]){ "/admin/*", NULL } },
                { 0 },
            } });
    add_listener(balancer, "Other", 8080, udp);
    add_listener(balancer, "Third", 8000, range);
}

static void add_metric_scaling(struct applicationautoscaling_scalable_target *target)
{
    struct cloudwatch_metric *metric = cloudwatch_metric_new(
        &(struct cloudwatch_metric_props){ .namespace = "Shop", .metric_name = "Depth" });
    const struct applicationautoscaling_step steps[] = {
        { .upper = count(10), .change = -1 },
        { .lower = count(50), .change = 1 },
    };

    applicationautoscaling_scalable_target_scale_on_schedule(target, "Night",
        &(struct applicationautoscaling_schedule_props){
            .schedule.cron = &(struct applicationautoscaling_cron){ .hour = "22", .minute = "0" },
            .min_capacity = count(0),
        });
    applicationautoscaling_scalable_target_scale_on_metric(target, "Steps",
        &(struct applicationautoscaling_step_props){ .metric = metric, .steps = steps, .step_count = 2 });
    applicationautoscaling_scalable_target_scale_to_track_metric(target, "Depth",
        &(struct applicationautoscaling_tracking_props){ .custom_metric = metric, .target_value = 5 });
}

static void scaling(struct stack *stack)
{
    const struct parts parts = base(stack);
    struct ecs_service *made =
        service(stack, &parts, (struct ecs_fargate_service_props){ .desired_count = count(2) });
    struct elbv2_target_group *targets = add_web_targets(stack, &parts, made, false);
    struct ecs_scalable_task_count *tasks = ecs_service_auto_scale_task_count(
        made, &(struct ecs_scalable_task_count_props){ .min_capacity = count(2), .max_capacity = 20 });

    ecs_scalable_task_count_scale_on_cpu_utilization(tasks, "Cpu",
        &(struct ecs_utilization_scaling_props){
            .target_utilization_percent = 70,
            .options = { .scale_in_cooldown = minutes(1), .scale_out_cooldown = seconds(30) },
        });
    ecs_scalable_task_count_scale_on_memory_utilization(tasks, "Memory",
        &(struct ecs_utilization_scaling_props){
            .target_utilization_percent = 80,
            .options = { .policy_name = string("memory"), .disable_scale_in = YES },
        });
    ecs_scalable_task_count_scale_on_request_count(tasks, "Requests",
        &(struct ecs_request_count_scaling_props){ .requests_per_target = 1000, .target_group = targets });
    add_metric_scaling(tasks->target);
}

static void scaling_defaults(struct stack *stack)
{
    const struct parts parts = base(stack);

    ecs_service_auto_scale_task_count(service(stack, &parts, (struct ecs_fargate_service_props){ 0 }),
        &(struct ecs_scalable_task_count_props){ .max_capacity = 3 });
}

static void elsewhere(struct stack *stack)
{
    struct stack *other = stack_new(construct_scope(stack->node), "Other",
        &(struct stack_props){ .account = "210987654321", .region = "eu-west-1" });
    struct parts parts = { 0 };
    const struct ecs_service *made;
    const struct ecr_repository *repository;

    parts.vpc =
        ec2_vpc_new(stack->node, "Vpc", &(struct ec2_vpc_props){ .max_azs = 2, .nat_gateways = count(0) });
    parts.cluster = ecs_cluster_new(stack->node, "Cluster",
        &(struct ecs_cluster_props){ .vpc = parts.vpc, .cluster_name = string("prod") });
    parts.task = ecs_fargate_task_definition_new(stack->node, "Task", NULL);
    ecs_task_definition_add_container(
        parts.task, "web", &(struct ecs_container_props){ .image = ecs_image_from_registry("nginx") });
    made = service(stack, &parts, (struct ecs_fargate_service_props){ .service_name = string("web") });
    repository = ecr_repository_new(
        stack->node, "Repository", &(struct ecr_repository_props){ .repository_name = string("app") });
    output(other, "ClusterArn", parts.cluster->cluster_arn);
    output(other, "ClusterName", parts.cluster->cluster_name);
    output(other, "ServiceArn", made->service_arn);
    output(other, "ServiceName", made->service_name);
    output(other, "RepositoryArn", repository->repository_arn);
    output(other, "RepositoryName", repository->repository_name);
}

static struct value *raw_service_arn(struct stack *stack)
{
    return ref(resource_new(stack->node, "Raw", "AWS::ECS::Service", NULL));
}

#define SERVICE_ARN "arn:aws:ecs:us-east-1:123456789012:service"

static void import(struct stack *stack)
{
    const struct parts parts = base(stack);
    const struct ecs_service *named, *given;

    output(stack, "Short",
        ecs_fargate_service_from_arn(stack->node, "ShortService", string(SERVICE_ARN "/web"))->service_name);
    output(stack, "Long",
        ecs_fargate_service_from_arn(stack->node, "LongService", string(SERVICE_ARN "/prod/web"))
            ->service_name);
    output(stack, "Token",
        ecs_fargate_service_from_arn(stack->node, "TokenService", raw_service_arn(stack))->service_name);
    named = ecs_fargate_service_from_attributes(stack->node, "Named",
        &(struct ecs_service_attributes){ .cluster = parts.cluster, .service_name = string("web") });
    output(stack, "NamedArn", named->service_arn);
    given = ecs_fargate_service_from_attributes(stack->node, "Given",
        &(struct ecs_service_attributes){
            .cluster = parts.cluster, .service_arn = string(SERVICE_ARN "/prod/web") });
    output(stack, "GivenName", given->service_name);
}

static void import_flag(struct stack *stack)
{
    const struct parts parts = base(stack);
    const struct ecs_service *token =
        ecs_fargate_service_from_arn(stack->node, "Token", raw_service_arn(stack));
    const struct ecs_service *named = ecs_fargate_service_from_attributes(stack->node, "Named",
        &(struct ecs_service_attributes){ .cluster = parts.cluster, .service_name = string("web") });

    output(stack, "TokenName", token->service_name);
    output(stack, "NamedArn", named->service_arn);
}

static const struct parity_case cases[] = {
    { "ecs-service-defaults", defaults },
    { "ecs-service-options", options },
    { "ecs-service-network", network },
    { "ecs-service-capacity-providers", capacity_providers },
    { "ecs-service-alarms", alarms },
    { "ecs-service-alarms-rollback", alarms_rollback },
    { "ecs-service-china", china },
    { "ecs-service-code-deploy", code_deploy },
    { "ecs-service-external", external },
    { "ecs-service-flags", flags },
    { "ecs-service-shell", shell },
    { "ecs-service-load-balancer", load_balancer },
    { "ecs-service-load-balancer-group-first", load_balancer_group_first },
    { "ecs-service-scaling", scaling },
    { "ecs-service-scaling-defaults", scaling_defaults },
    { "ecs-service-elsewhere", elsewhere },
    { "ecs-service-import", import },
    { "ecs-service-import-flag", import_flag },
    { NULL, NULL },
};

int main(int argc, char **argv)
{
    return parity_main("ecs-service", cases, argc, argv);
}
