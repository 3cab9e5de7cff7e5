// SPDX-License-Identifier: MIT
#include "deploy/explain/explain_private.h"

#include "data/value.h"

#include <string.h>

enum { EVENTS = 5, TASKS = 10 };

// What a service of ECS is known by: "arn:aws:ecs:REGION:ACCOUNT:service/CLUSTER/NAME".
struct failed_service {
    const char *arn;
    const char *cluster; // NULL: the account's default one
};

static bool find_service(const struct failure_inquiry *inquiry, struct failed_service *ret_service)
{
    const char *arn = inquiry->explanation->physical_id;
    const char *name = strstr(arn, ":service/");
    const char *slash = name ? strchr(name + strlen(":service/"), '/') : NULL;

    if (!name)
        return false;
    name += strlen(":service/");
    *ret_service = (struct failed_service){ arn,
        slash ? arena_strndup(value_arena(), name, (size_t)(slash - name)) : NULL };
    return true;
}

static struct value *with_cluster(const struct failed_service *service, struct value *input)
{
    object_set(input, "cluster", string(service->cluster));
    return input;
}

static const char *last_part(const char *arn)
{
    const char *slash = strrchr(arn, '/');

    return slash ? slash + 1 : arn;
}

static void add_events(struct failure_inquiry *inquiry, const struct value *service)
{
    const struct value *events = object_get(service, "events");
    struct value *lines = value_length(events) ? inquiry_detail(inquiry, "events of the service") : NULL;

    for (size_t i = 0; i < value_length(events) && i < EVENTS; i++)
        detail_addf(lines, "%s", object_string_or_empty(array_at(events, i), "message"));
}

static void add_health_of(struct failure_inquiry *inquiry, const char *group)
{
    const struct value *answer = inquiry_ask(inquiry,
        (const char *const[]){ "elbv2", "describe-target-health", NULL },
        object((struct field[]){ { "TargetGroupArn", string(group) }, END }), "the health of the targets");
    const struct value *all = object_get(answer, "TargetHealthDescriptions");
    struct value *lines = value_length(all) ? inquiry_detail(inquiry, "health of the targets") : NULL;

    for (size_t i = 0; i < value_length(all); i++) {
        const struct value *health = object_get(array_at(all, i), "TargetHealth");

        detail_addf(lines, "%s: %s%s%s", object_string_or_empty(object_get(array_at(all, i), "Target"), "Id"),
            object_string_or_empty(health, "State"), object_get(health, "Description") ? ": " : "",
            object_string_or_empty(health, "Description"));
    }
}

static void add_health(struct failure_inquiry *inquiry, const struct value *service)
{
    const struct value *balancers = object_get(service, "loadBalancers");

    for (size_t i = 0; i < value_length(balancers); i++) {
        const char *group = object_string(array_at(balancers, i), "targetGroupArn");

        if (group)
            add_health_of(inquiry, group);
    }
}

// Where the container of a task writes to: "PREFIX/CONTAINER/TASK" (ECS developer guide: "awslogs").
static void add_log(struct failure_inquiry *inquiry, const struct value *task, const char *container)
{
    const struct value *answer =
        inquiry_ask(inquiry, (const char *const[]){ "ecs", "describe-task-definition", NULL },
            object((struct field[]){ { "taskDefinition", object_get(task, "taskDefinitionArn") }, END }),
            "the task definition");
    const struct value *containers = object_get(object_get(answer, "taskDefinition"), "containerDefinitions");

    for (size_t i = 0; i < value_length(containers); i++) {
        const struct value *one = array_at(containers, i);
        const struct value *options = object_get(object_get(one, "logConfiguration"), "options");
        const char *group = object_string(options, "awslogs-group");
        const char *prefix = object_string(options, "awslogs-stream-prefix");

        if (strcmp(object_string_or_empty(one, "name"), container) != 0 || !group || !prefix)
            continue;
        inquiry_log(inquiry, group,
            arena_printf(value_arena(), "%s/%s/%s", prefix, container,
                last_part(object_string_or_empty(task, "taskArn"))),
            arena_printf(value_arena(), "last lines of the container '%s'", container));
    }
}

static const struct value *failed_container(const struct value *task)
{
    const struct value *containers = object_get(task, "containers");

    for (size_t i = 0; i < value_length(containers); i++) {
        const struct value *one = array_at(containers, i);

        if (object_get(one, "reason") || value_number(object_get(one, "exitCode")) != 0)
            return one;
    }
    return array_at(containers, 0);
}

static void add_task(struct failure_inquiry *inquiry, const struct value *task)
{
    const struct value *container = failed_container(task);
    const char *stopped = object_string_or_empty(task, "stoppedReason");
    const char *reason = object_string(container, "reason");
    const struct value *exit_code = object_get(container, "exitCode");
    struct value *lines = inquiry_detail(inquiry, "stopped task");

    detail_addf(lines, "%s: %s", last_part(object_string_or_empty(task, "taskArn")), stopped);
    if (container && exit_code)
        detail_addf(lines, "container '%s' ended with exit code %.0f%s%s",
            object_string_or_empty(container, "name"), value_number(exit_code), reason ? ": " : "",
            reason ? reason : "");
    else if (reason)
        detail_addf(lines, "container '%s': %s", object_string_or_empty(container, "name"), reason);
    if (container && exit_code)
        add_log(inquiry, task, object_string_or_empty(container, "name"));
    // The container's reason is nearer to the cause than the task's.
    inquiry_deepen(
        inquiry, NULL, NULL, reason ? arena_printf(value_arena(), "%s (%s)", reason, stopped) : stopped);
}

// The one that stopped last but for those that ECS has stopped itself because of the deployment.
static const struct value *choose_task(const struct value *tasks)
{
    const struct value *chosen = NULL;

    for (size_t i = 0; i < value_length(tasks); i++) {
        const struct value *task = array_at(tasks, i);
        const char *code = object_string_or_empty(task, "stopCode");

        if (strcmp(code, "ServiceSchedulerInitiated") == 0 &&
            !strstr(object_string_or_empty(task, "stoppedReason"), "health checks"))
            continue;
        if (!chosen ||
            strcmp(object_string_or_empty(task, "stoppedAt"), object_string_or_empty(chosen, "stoppedAt")) >
                0)
            chosen = task;
    }
    return chosen;
}

// "arn:aws:ecs:REGION:ACCOUNT:task-definition/FAMILY:REVISION"; NULL: there is none.
static const char *family_of(const struct value *described)
{
    const char *definition = object_string(described, "taskDefinition");
    const char *family = definition ? last_part(definition) : NULL;

    return family ? arena_strndup(value_arena(), family, strcspn(family, ":")) : NULL;
}

// ECS keeps stopped tasks for an hour (API reference, "ListTasks"), but not by a service that is deleted, as
// after a creation that was rolled back; those of its family are left.
static struct value *list_tasks(
    struct failure_inquiry *inquiry, const struct failed_service *service, const struct value *described)
{
    const char *const arguments[] = { "ecs", "list-tasks", NULL };
    const char *family = family_of(described);
    const char *refusal = NULL;
    struct value *stopped = object(
        (struct field[]){ { "desiredStatus", string("STOPPED") }, { "maxResults", number(TASKS) }, END });
    const struct value *answer;

    with_cluster(service, stopped);
    object_set(stopped, "serviceName", string(last_part(service->arn)));
    answer = inquiry_try(inquiry, arguments, stopped, "the stopped tasks", family ? &refusal : NULL);
    if (refusal) {
        object_remove(stopped, "serviceName");
        object_set(stopped, "family", string(family));
        answer = inquiry_ask(inquiry, arguments, stopped, "the stopped tasks");
    }
    return object_get(answer, "taskArns");
}

static void look_at_tasks(
    struct failure_inquiry *inquiry, const struct failed_service *service, const struct value *described)
{
    struct value *arns = list_tasks(inquiry, service, described);
    const struct value *answer, *task;

    if (!value_length(arns))
        return;
    answer = inquiry_ask(inquiry, (const char *const[]){ "ecs", "describe-tasks", NULL },
        with_cluster(service, object((struct field[]){ { "tasks", arns }, END })), "the stopped tasks");
    task = choose_task(object_get(answer, "tasks"));
    if (task)
        add_task(inquiry, task);
}

static const struct value *describe(struct failure_inquiry *inquiry, const struct failed_service *service)
{
    const struct value *answer = inquiry_ask(inquiry,
        (const char *const[]){ "ecs", "describe-services", NULL },
        with_cluster(service,
            object((struct field[]){ { "services", strings((const char *[]){ service->arn, NULL }) }, END })),
        "the service");

    return array_at(object_get(answer, "services"), 0);
}

void look_service(struct failure_inquiry *inquiry)
{
    struct failed_service service;
    const struct value *described;

    if (!find_service(inquiry, &service))
        return;
    described = describe(inquiry, &service);
    add_events(inquiry, described);
    add_health(inquiry, described);
    look_at_tasks(inquiry, &service, described);
}

void look_targets(struct failure_inquiry *inquiry)
{
    const char *group = object_string(inquiry->captures, "targets");

    // Where the service has been looked at, they have been too.
    if (group && strncmp(group, "arn:", 4) == 0 && !value_length(inquiry->explanation->details))
        add_health_of(inquiry, group);
}
