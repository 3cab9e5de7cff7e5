// SPDX-License-Identifier: MIT
#include "aws/ecs/ecs_private.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/stack.h"

// The role that ECS keeps in each account for scaling.
static struct iam_role *scaling_role(struct ecs_service *service)
{
    struct value *arn = stack_format_arn(construct_stack(service->node),
        &(struct arn_parts){
            .service = "iam",
            .region = string(""),
            .resource = "role/aws-service-role/ecs.application-autoscaling.amazonaws.com",
            .resource_name = string("AWSServiceRoleForApplicationAutoScaling_ECSService"),
        });

    return iam_role_from_arn(service->node, "ScalingRole", arn, NULL);
}

struct ecs_scalable_task_count *ecs_service_auto_scale_task_count(
    struct ecs_service *service, const struct ecs_scalable_task_count_props *props)
{
    struct ecs_scalable_task_count *self;
    struct value *cluster_name = service->cluster ? service->cluster->cluster_name : NULL;
    struct iam_role *role;

    if (!service->resource)
        diag_error(service->node, "only a service that is made here can be scaled");
    if (service->state->task_count) {
        diag_error(service->node, "the task count of the service is scaled already");
        return service->state->task_count;
    }
    self = arena_alloc(construct_arena(service->node), sizeof(*self));
    service->state->task_count = self;
    role = scaling_role(service);
    self->node = construct_new(service->node, "TaskCount", "aws_ecs.ScalableTaskCount");
    self->target = applicationautoscaling_scalable_target_new(self->node, "Target",
        &(struct applicationautoscaling_scalable_target_props){
            .service_namespace = APPLICATIONAUTOSCALING_ECS,
            .scalable_dimension = "ecs:service:DesiredCount",
            .resource_id = concatf("service/%v/%v", cluster_name, service->service_name),
            .role = role,
            .min_capacity = (int)count_or(props->min_capacity, 1),
            .max_capacity = props->max_capacity,
        });
    return self;
}

static void track(struct ecs_scalable_task_count *self, const char *id,
    struct applicationautoscaling_tracking_props props, const struct ecs_scaling_options *options)
{
    props.policy_name = options->policy_name;
    props.disable_scale_in = options->disable_scale_in;
    props.scale_in_cooldown = options->scale_in_cooldown;
    props.scale_out_cooldown = options->scale_out_cooldown;
    applicationautoscaling_scalable_target_scale_to_track_metric(self->target, id, &props);
}

void ecs_scalable_task_count_scale_on_cpu_utilization(
    struct ecs_scalable_task_count *count, const char *id, const struct ecs_utilization_scaling_props *props)
{
    track(count, id,
        (struct applicationautoscaling_tracking_props){
            .predefined_metric = APPLICATIONAUTOSCALING_ECS_SERVICE_AVERAGE_CPU_UTILIZATION,
            .target_value = props->target_utilization_percent,
        },
        &props->options);
}

void ecs_scalable_task_count_scale_on_memory_utilization(
    struct ecs_scalable_task_count *count, const char *id, const struct ecs_utilization_scaling_props *props)
{
    track(count, id,
        (struct applicationautoscaling_tracking_props){
            .predefined_metric = APPLICATIONAUTOSCALING_ECS_SERVICE_AVERAGE_MEMORY_UTILIZATION,
            .target_value = props->target_utilization_percent,
        },
        &props->options);
}

void ecs_scalable_task_count_scale_on_request_count(struct ecs_scalable_task_count *count, const char *id,
    const struct ecs_request_count_scaling_props *props)
{
    struct value *load_balancer = elbv2_target_group_first_load_balancer_full_name(props->target_group);

    track(count, id,
        (struct applicationautoscaling_tracking_props){
            .predefined_metric = APPLICATIONAUTOSCALING_ALB_REQUEST_COUNT_PER_TARGET,
            .resource_label = concatf("%v/%v", load_balancer, props->target_group->target_group_full_name),
            .target_value = props->requests_per_target,
        },
        &props->options);
}
