// SPDX-License-Identifier: MIT
#include "aws/ecs_patterns.h"

#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/stack.h"

#include <math.h>

enum {
    MIN_IDLE_TIMEOUT = 1,
    MAX_IDLE_TIMEOUT = 4000,
    HTTP_PORT = 80,
    HTTPS_PORT = 443,
    DEFAULT_CONTAINER_PORT = 80
};

static void check_share(
    struct construct *node, const char *what, struct count given, int limit, double lowest)
{
    if (!given.given)
        return;
    if (given.number > limit)
        diag_error(node, "'%s' %g must not exceed the task's, %d", what, given.number, limit);
    if (given.number < lowest || given.number != floor(given.number))
        diag_error(node, "'%s' must be a whole number from %g, got %g", what, lowest, given.number);
}

static struct ecs_task_definition *task_definition_new(
    struct construct *node, const struct ecs_patterns_load_balanced_fargate_service_props *p)
{
    const struct ecs_patterns_task_image_options *options = p->task_image_options;

    return ecs_fargate_task_definition_new(node, "TaskDef",
        &(struct ecs_fargate_task_definition_props){
            .memory_limit_mib = p->memory_limit_mib,
            .cpu = p->cpu,
            .ephemeral_storage_gib = p->ephemeral_storage_gib,
            .execution_role = options->execution_role,
            .task_role = options->task_role,
            .family = options->family,
            .runtime_platform = p->runtime_platform,
        });
}

static void add_container(struct construct *node, struct ecs_task_definition *task,
    const struct ecs_patterns_load_balanced_fargate_service_props *p)
{
    const struct ecs_patterns_task_image_options *options = p->task_image_options;
    const struct ecs_aws_logs usual_logs = { .stream_prefix = construct_id(node) };
    const struct ecs_aws_logs *logs = options->enable_logging == NO ? NULL : &usual_logs;
    int port = options->container_port ? options->container_port : DEFAULT_CONTAINER_PORT;

    ecs_task_definition_add_container(task, options->container_name ? options->container_name : "web",
        &(struct ecs_container_props){
            .image = options->image,
            .health_check = p->health_check,
            .logging = options->logging ? options->logging : logs,
            .environment = options->environment,
            .secrets = options->secrets,
            .docker_labels = options->docker_labels,
            .command = options->command,
            .entry_point = options->entry_point,
            .cpu = p->container_cpu,
            .memory_limit_mib = (int)count_or(p->container_memory_limit_mib, 0),
            .port_mappings = &(struct ecs_port_mapping){ .container_port = port },
            .port_mapping_count = 1,
        });
}

// The given task definition, or the one that the image options ask for.
static struct ecs_task_definition *given_or_new_task_definition(
    struct construct *node, const struct ecs_patterns_load_balanced_fargate_service_props *p)
{
    struct ecs_task_definition *task;

    if (!p->task_definition == !p->task_image_options)
        diag_error(node, "the service needs exactly one of 'task_definition' and 'task_image_options'");
    if (p->task_definition)
        return p->task_definition;
    if (!p->task_image_options)
        return ecs_fargate_task_definition_new(node, "TaskDef", NULL);
    task = task_definition_new(node, p);
    check_share(node, "container_cpu", p->container_cpu, task->cpu, 0);
    check_share(node, "container_memory_limit_mib", p->container_memory_limit_mib, task->memory_mib, 1);
    add_container(node, task, p);
    return task;
}

static bool is_public(const struct ecs_patterns_load_balanced_fargate_service_props *p)
{
    return p->public_load_balancer != NO;
}

static enum elbv2_protocol protocol_of(const struct ecs_patterns_load_balanced_fargate_service_props *p)
{
    if (p->protocol)
        return p->protocol;
    return p->certificate ? ELBV2_HTTPS : ELBV2_HTTP;
}

static void check_listener(
    struct construct *node, const struct ecs_patterns_load_balanced_fargate_service_props *p)
{
    bool is_https = protocol_of(p) == ELBV2_HTTPS;
    int64_t idle = duration_to_seconds(p->idle_timeout);

    if (p->idle_timeout.given && (idle < MIN_IDLE_TIMEOUT || idle > MAX_IDLE_TIMEOUT))
        diag_error(node, "'idle_timeout' must be %d to %d seconds", MIN_IDLE_TIMEOUT, MAX_IDLE_TIMEOUT);
    if (p->certificate && !is_https)
        diag_error(node, "a 'certificate' needs the protocol ELBV2_HTTPS");
    if (p->redirect_http && !is_https)
        diag_error(node, "'redirect_http' needs the protocol ELBV2_HTTPS");
}

static void check_percent(struct construct *node, const char *what, struct count percent)
{
    if (percent.given && (percent.number < 0 || percent.number != floor(percent.number)))
        diag_error(node, "'%s' must be a whole number from 0, got %g", what, percent.number);
}

static void check_service(
    struct construct *node, const struct ecs_patterns_load_balanced_fargate_service_props *p)
{
    double min = count_or(p->min_healthy_percent, 0);
    double max = count_or(p->max_healthy_percent, 0);

    if (p->cluster && p->vpc)
        diag_error(node, "give a 'cluster' or a 'vpc', not both");
    if (p->desired_count.given && p->desired_count.number < 1)
        diag_error(node, "'desired_count' must be at least 1, got %g", p->desired_count.number);
    check_percent(node, "min_healthy_percent", p->min_healthy_percent);
    check_percent(node, "max_healthy_percent", p->max_healthy_percent);
    if (min > 0 && max > 0 && min >= max)
        diag_error(node, "'min_healthy_percent' %g must be less than 'max_healthy_percent' %g", min, max);
}

// One for all services of the stack that say nothing about theirs (the CDK's id).
static struct ecs_cluster *default_cluster(struct construct *node, struct ec2_vpc *vpc)
{
    struct construct *scope = construct_stack(node)->node;
    const char *id =
        value_string(stringf("EcsDefaultClusterMnL3mNNYN%s", vpc ? construct_id(vpc->node) : ""));
    struct construct *present = construct_child(scope, id);

    if (present)
        return construct_object(present);
    return ecs_cluster_new(scope, id, &(struct ecs_cluster_props){ .vpc = vpc });
}

static struct elbv2_load_balancer *load_balancer_new(struct construct *node, struct ec2_vpc *vpc,
    const struct ecs_patterns_load_balanced_fargate_service_props *p)
{
    return elbv2_load_balancer_new(node, "LB",
        &(struct elbv2_load_balancer_props){
            .vpc = vpc,
            .load_balancer_name = p->load_balancer_name,
            .internet_facing = is_public(p),
            .idle_timeout = p->idle_timeout,
            .ip_address_type = p->ip_address_type,
        });
}

static enum toggle open_listener(
    struct construct *node, const struct ecs_patterns_load_balanced_fargate_service_props *p)
{
    static const char flag[] = "@aws-cdk/aws-ecs-patterns:secGroupsDisablesImplicitOpenListener";

    if (p->open_listener != TOGGLE_DEFAULT)
        return p->open_listener;
    return toggle(!(p->load_balancer && construct_context_flag(node, flag)));
}

static struct value *target_group_id(
    struct construct *node, const struct ecs_patterns_load_balanced_fargate_service_props *p)
{
    const char *name = value_string(p->load_balancer_name);

    if (!construct_context_flag(node, "@aws-cdk/aws-ecs-patterns:uniqueTargetGroupId"))
        return string("ECS");
    return stringf("ECS%s%s", name ? name : "", is_public(p) ? "" : "Private");
}

static void add_redirect(struct ecs_patterns_load_balanced_fargate_service *self,
    const struct ecs_patterns_load_balanced_fargate_service_props *p)
{
    int port = p->listener_port ? p->listener_port : HTTPS_PORT;

    self->redirect_listener = elbv2_load_balancer_add_listener(self->load_balancer, "PublicRedirectListener",
        &(struct elbv2_listener_props){
            .protocol = ELBV2_HTTP,
            .port = HTTP_PORT,
            .open = open_listener(self->node, p),
            .default_action = elbv2_redirect(&(struct elbv2_redirect){
                .port = value_string(stringf("%d", port)),
                .protocol = "HTTPS",
                .permanent = true,
            }),
        });
    construct_add_dependency(self->redirect_listener->node, self->listener->node);
}

static void add_listener(struct ecs_patterns_load_balanced_fargate_service *self,
    const struct ecs_patterns_load_balanced_fargate_service_props *p)
{
    self->listener = elbv2_load_balancer_add_listener(self->load_balancer, "PublicListener",
        &(struct elbv2_listener_props){
            .protocol = protocol_of(p),
            .port = p->listener_port,
            .open = open_listener(self->node, p),
            .ssl_policy = p->ssl_policy,
        });
    self->target_group =
        elbv2_listener_add_targets(self->listener, value_string(target_group_id(self->node, p)),
            &(struct elbv2_target_group_props){
                .protocol = p->target_protocol ? p->target_protocol : ELBV2_HTTP,
                .protocol_version = p->protocol_version,
            },
            NULL);
    if (p->certificate && protocol_of(p) == ELBV2_HTTPS) {
        self->certificate = p->certificate;
        elbv2_listener_add_certificates(
            self->listener, "Arns", (struct value *[]){ p->certificate->certificate_arn, NULL });
    }
    if (p->redirect_http)
        add_redirect(self, p);
}

static void add_outputs(const struct ecs_patterns_load_balanced_fargate_service *self,
    const struct ecs_patterns_load_balanced_fargate_service_props *p)
{
    struct value *name = self->load_balancer->load_balancer_dns_name;
    const char *scheme = protocol_of(p) == ELBV2_HTTPS ? "https" : "http";

    if (!name) {
        diag_error(self->node, "the imported load balancer needs a 'load_balancer_dns_name'");
        return;
    }
    output_new(self->node, "LoadBalancerDNS", &(struct output_props){ .value = name });
    output_new(self->node, "ServiceURL", &(struct output_props){ .value = concatf("%s://%v", scheme, name) });
}

static struct ecs_service *service_new(const struct ecs_patterns_load_balanced_fargate_service *self,
    const struct ecs_patterns_load_balanced_fargate_service_props *p)
{
    return ecs_fargate_service_new(self->node, "Service",
        &(struct ecs_fargate_service_props){
            .cluster = self->cluster,
            .desired_count = p->desired_count,
            .task_definition = self->task_definition,
            .assign_public_ip = p->assign_public_ip,
            .service_name = p->service_name,
            .health_check_grace_period = p->health_check_grace_period,
            .min_healthy_percent = p->min_healthy_percent,
            .max_healthy_percent = (int)count_or(p->max_healthy_percent, 0),
            .propagate_tags = p->propagate_tags,
            .enable_ecs_managed_tags = p->enable_ecs_managed_tags,
            .platform_version = p->platform_version,
            .deployment_controller = p->deployment_controller,
            .circuit_breaker = p->circuit_breaker,
            .security_groups = p->security_groups,
            .vpc_subnets = p->task_subnets,
            .enable_execute_command = p->enable_execute_command,
            .capacity_provider_strategies = p->capacity_provider_strategies,
        });
}

struct ecs_patterns_load_balanced_fargate_service *ecs_patterns_load_balanced_fargate_service_new(
    struct construct *scope, const char *id,
    const struct ecs_patterns_load_balanced_fargate_service_props *props)
{
    struct ecs_patterns_load_balanced_fargate_service *self =
        arena_alloc(construct_arena(scope), sizeof(*self));
    struct elbv2_target target;

    self->node = construct_new(scope, id, "aws_ecs_patterns.ApplicationLoadBalancedFargateService");
    check_listener(self->node, props);
    check_service(self->node, props);
    self->cluster = props->cluster ? props->cluster : default_cluster(self->node, props->vpc);
    self->load_balancer = props->load_balancer ? props->load_balancer
                                               : load_balancer_new(self->node, self->cluster->vpc, props);
    add_listener(self, props);
    add_outputs(self, props);
    self->task_definition = given_or_new_task_definition(self->node, props);
    self->service = service_new(self, props);
    target = ecs_service_load_balancer_target(self->service, NULL);
    elbv2_target_group_add_target(self->target_group, &target);
    return self;
}
