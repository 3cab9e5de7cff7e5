// SPDX-License-Identifier: MIT
#include "aws/ecs.h"
#include "aws/secretsmanager.h"
#include "cdk/construct.h"
#include "parity/constructs/parity.h"

#define TEXTS(...) ((const char *[]){ __VA_ARGS__, NULL })

static void output(struct stack *stack, const char *id, struct value *value)
{
    output_new(stack->node, id, &(struct output_props){ .value = value });
}

static struct ecs_task_definition *task(struct stack *stack)
{
    return ecs_fargate_task_definition_new(stack->node, "Task", NULL);
}

// A container of nginx, unless the props say otherwise.
static struct ecs_container *add(
    struct ecs_task_definition *definition, const char *id, struct ecs_container_props props)
{
    if (!props.image.name && !props.image.repository)
        props.image = ecs_image_from_registry("nginx");
    return ecs_task_definition_add_container(definition, id, &props);
}
#define ADD(definition, id, ...) add(definition, id, (struct ecs_container_props){ __VA_ARGS__ })

static void defaults(struct stack *stack)
{
    struct ecs_task_definition *definition = task(stack);

    ADD(definition, "web", .essential = TOGGLE_DEFAULT);
    output(stack, "Arn", definition->task_definition_arn);
    output(stack, "Family", definition->family);
    ecs_fargate_task_definition_new(stack->node, "Empty", NULL);
}

static struct iam_role *role(struct stack *stack, const char *id, const char *service)
{
    return iam_role_new(
        stack->node, id, &(struct iam_role_props){ .assumed_by = iam_service_principal(service) });
}

static struct iam_statement *allow(const char *action)
{
    return iam_statement_new(&(struct iam_statement_props){
        .actions = TEXTS(action),
        .resources = (struct value *[]){ string("*"), NULL },
    });
}

static void options(struct stack *stack)
{
    struct iam_role *task_role = role(stack, "TaskRole", "ecs-tasks.amazonaws.com");
    struct iam_role *execution_role = role(stack, "ExecutionRole", "ecs-tasks.amazonaws.com");
    struct ecs_task_definition *definition = ecs_fargate_task_definition_new(stack->node, "Task",
        &(struct ecs_fargate_task_definition_props){
            .cpu = 1024,
            .memory_limit_mib = 4096,
            .family = string("web"),
            .task_role = task_role,
            .execution_role = execution_role,
            .ephemeral_storage_gib = 50,
            .runtime_platform = { ECS_CPU_ARM64, ECS_OS_LINUX },
            .pid_mode = ECS_PID_TASK,
            .enable_fault_injection = YES,
        });

    ADD(definition, "web", .essential = TOGGLE_DEFAULT);
    ecs_task_definition_add_to_task_role_policy(definition, allow("sqs:SendMessage"));
    ecs_task_definition_add_to_execution_role_policy(definition, allow("kms:Decrypt"));
    ecs_fargate_task_definition_new(stack->node, "Intel",
        &(struct ecs_fargate_task_definition_props){
            .runtime_platform = { .cpu_architecture = ECS_CPU_X86_64 }, .enable_fault_injection = NO });
    ecs_fargate_task_definition_new(stack->node, "Windows",
        &(struct ecs_fargate_task_definition_props){
            .cpu = 2048,
            .memory_limit_mib = 5120,
            .runtime_platform = { .operating_system_family = ECS_OS_WINDOWS_SERVER_2022_CORE },
        });
}

static void volumes(struct stack *stack)
{
    const struct ecs_efs_volume files = { .file_system_id = string("fs-0123") };
    const struct ecs_efs_volume shared = {
        .file_system_id = string("fs-4567"),
        .root_directory = "/data",
        .transit_encryption = true,
        .transit_encryption_port = 2999,
        .access_point_id = string("fsap-01"),
        .iam = YES,
    };
    const struct ecs_volume volumes[] = {
        { .name = "scratch" },
        { .name = "late", .configured_at_launch = YES },
        { .name = "files", .efs = &files },
        { 0 },
    };
    struct ecs_task_definition *definition = ecs_fargate_task_definition_new(
        stack->node, "Task", &(struct ecs_fargate_task_definition_props){ .volumes = volumes });
    struct ecs_container *web;

    ecs_task_definition_add_volume(
        definition, &(struct ecs_volume){ .name = "shared", .configured_at_launch = NO, .efs = &shared });
    web = ADD(definition, "web", .essential = TOGGLE_DEFAULT);
    ecs_container_add_mount_point(
        web, &(struct ecs_mount_point){ .source_volume = "scratch", .container_path = "/tmp" });
    ecs_container_add_mount_point(web,
        &(struct ecs_mount_point){ .source_volume = "late", .container_path = "/late", .read_only = true });
    ecs_container_add_volumes_from(ADD(definition, "sidecar", .essential = NO), "web", true);
}

static void container_options(struct stack *stack)
{
    static const int codes[] = { 0, 143 };
    const struct ecs_restart_policy restart = { .enabled = YES,
        .ignored_exit_codes = codes,
        .ignored_exit_code_count = 2,
        .attempt_period = minutes(3) };
    const struct ecs_restart_policy implicit = { .attempt_period = minutes(1) };
    const struct ecs_restart_policy off = { .enabled = NO };
    struct ecs_task_definition *definition = ecs_fargate_task_definition_new(stack->node, "Task",
        &(struct ecs_fargate_task_definition_props){ .cpu = 512, .memory_limit_mib = 1024 });
    struct ecs_container *web =
        ADD(definition, "web", .container_name = "front", .command = TEXTS("nginx", "-g", "daemon off;"),
            .entry_point = TEXTS("/bin/sh", "-c"), .working_directory = "/srv", .user = "1000:1000",
            .hostname = "front", .cpu = count(256), .memory_limit_mib = 512, .memory_reservation_mib = 256,
            .essential = YES, .docker_labels = (struct field[]){ { "team", string("shop") }, END },
            .start_timeout = minutes(1), .stop_timeout = seconds(20), .readonly_root_filesystem = YES,
            .privileged = NO, .interactive = YES, .pseudo_terminal = YES, .disable_networking = NO,
            .version_consistency = ECS_VERSION_CONSISTENCY_DISABLED, .restart_policy = &restart);

    ecs_container_add_docker_label(web, "tier", string("web"));
    ADD(definition, "second", .cpu = count(0), .essential = NO, .readonly_root_filesystem = NO,
        .restart_policy = &implicit);
    ADD(definition, "third", .restart_policy = &off, .version_consistency = ECS_VERSION_CONSISTENCY_ENABLED);
}

static void ports_and_limits(struct stack *stack)
{
    const struct ecs_port_mapping first[] = {
        { .container_port = 80 },
        { .container_port = 53, .protocol = ECS_UDP },
    };
    const struct ecs_port_mapping more[] = {
        {
            .container_port = 8080,
            .host_port = 8080,
            .protocol = ECS_TCP,
            .name = "api",
            .app_protocol = ECS_APP_HTTP2,
        },
        { .container_port_range = "9000-9010" },
        { .container_port = 81, .name = "admin" },
    };
    const struct ecs_ulimit files[] = { { ECS_ULIMIT_NOFILE, 1024, 65536 }, { 0 } };
    struct ecs_task_definition *definition = task(stack);
    struct ecs_container *web =
        ADD(definition, "web", .port_mappings = first, .port_mapping_count = 2, .ulimits = files);
    struct ecs_container *migrations, *proxy;

    for (int i = 0; i < 3; i++)
        ecs_container_add_port_mapping(web, &more[i]);
    for (int name = ECS_ULIMIT_CORE; name <= ECS_ULIMIT_STACK; name++)
        ecs_container_add_ulimit(web, &(struct ecs_ulimit){ (enum ecs_ulimit_name)name, 1, 2 });
    migrations = ADD(definition, "migrations", .essential = NO);
    proxy = ADD(definition, "proxy", .essential = TOGGLE_DEFAULT);
    ecs_container_add_dependency(web, migrations, ECS_DEPENDENCY_SUCCESS);
    ecs_container_add_dependency(web, proxy, ECS_DEPENDENCY_HEALTHY);
    ecs_container_add_dependency(proxy, migrations, ECS_DEPENDENCY_COMPLETE);
    ecs_container_add_dependency(proxy, migrations, ECS_DEPENDENCY_START);
}

#define CHECK(definition, id, ...)                                                                           \
    ADD(definition, id, .health_check = &(struct ecs_health_check){ __VA_ARGS__ })

static void health_checks(struct stack *stack)
{
    struct ecs_task_definition *definition = task(stack);

    CHECK(definition, "shell", .command = TEXTS("curl -f http://localhost/ || exit 1"));
    CHECK(definition, "words", .command = TEXTS("/bin/check", "--fast"), .interval = seconds(5),
        .timeout = seconds(5));
    CHECK(definition, "cmd", .command = TEXTS("CMD", "/bin/check"), .retries = count(0),
        .start_period = seconds(0));
    CHECK(definition, "all", .command = TEXTS("CMD-SHELL", "true"), .interval = minutes(5),
        .timeout = minutes(2), .retries = count(10), .start_period = minutes(5));
}

static void environment(struct stack *stack)
{
    struct stack *other = stack_new(construct_scope(stack->node), "Other", &(struct stack_props){ 0 });
    struct resource *group = resource_new(other->node, "Group", "AWS::EC2::SecurityGroup",
        object((struct field[]){ { "GroupDescription", string("g") }, END }));
    const struct field environment[] = {
        { "A", string("one") },
        { "GROUP", ref(group) },
        { "URL", concatf("https://%v/", get_att(group, "GroupId")) },
        END,
    };
    struct ecs_container *web = ADD(task(stack), "web", .environment = environment);

    ecs_container_add_environment(web, "B", string("two"));
    ecs_container_add_environment(web, "A", string("three"));
    ecs_container_add_environment(web, "REGION", stack->region);
}

static void secrets(struct stack *stack)
{
    struct secretsmanager_secret *made =
        secretsmanager_secret_new(stack->node, "Made", &(struct secretsmanager_secret_props){ 0 });
    struct secretsmanager_secret *named =
        secretsmanager_secret_from_name_v2(stack->node, "Named", "app/keys");
    const struct ecs_container_secret list[] = {
        { "WHOLE", ecs_secret_from_secrets_manager(made, NULL) },
        { "FIELD", ecs_secret_from_secrets_manager(made, "password") },
        { "NAMED", ecs_secret_from_secrets_manager(named, "key") },
        { "STAGE", { .secret = made, .field = "password", .version_stage = "AWSPREVIOUS" } },
        { "VERSION", { .secret = named, .version_id = "v-1" } },
        { 0 },
    };
    const struct ecs_secret flat = ecs_secret_from_ssm_parameter(string("token"));
    const struct ecs_secret nested = ecs_secret_from_ssm_parameter(string("/app/token"));
    struct ecs_container *web = ADD(task(stack), "web", .secrets = list);

    ecs_container_add_secret(web, "PARAMETER", &flat);
    ecs_container_add_secret(web, "NESTED", &nested);
}

static void images(struct stack *stack)
{
    struct ecr_repository *imported = ecr_repository_from_name(stack->node, "Imported", string("team/app"));
    struct ecr_repository *made = ecr_repository_new(stack->node, "Made", NULL);
    struct ecs_container_image private = ecs_image_from_registry("registry.example.com/app:1");
    struct ecs_task_definition *definition = task(stack);

    private.credentials = secretsmanager_secret_from_name_v2(stack->node, "Credentials", "registry");
    ADD(definition, "latest", .image = ecs_image_from_ecr_repository(imported, NULL));
    ADD(definition, "tagged", .image = ecs_image_from_ecr_repository(made, "v1"));
    ADD(definition, "digest",
        .image = ecs_image_from_ecr_repository(imported, "sha256:94afd1f2e64d908bc90dbca0035a5b567EXAMPLE"));
    ADD(definition, "public", .image = ecs_image_from_registry("public.ecr.aws/nginx/nginx:latest"));
    ADD(definition, "private", .image = private);
    ADD(definition, "plain",
        .image = ecs_image_from_registry("123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1"));
}

#define LOG(definition, id, ...)                                                                             \
    ADD(definition, id, .logging = &(struct ecs_aws_logs){ .stream_prefix = id, __VA_ARGS__ })

static void logging(struct stack *stack)
{
    struct ecs_task_definition *definition = task(stack);

    LOG(definition, "plain", .log_group = NULL);
    LOG(definition, "month", .log_retention = LOGS_RETENTION_ONE_MONTH);
    LOG(definition, "given",
        .log_group = logs_log_group_new(stack->node, "Group", &(struct logs_log_group_props){ 0 }));
    LOG(definition, "imported",
        .log_group = logs_log_group_from_arn(
            stack->node, "Theirs", string("arn:aws:logs:eu-west-1:123456789012:log-group:/apps")));
    LOG(definition, "named", .log_group = logs_log_group_from_name(stack->node, "Named", string("/named")));
    LOG(definition, "options", .mode = ECS_LOG_MODE_NON_BLOCKING, .max_buffer_size = 25 * 1024 * 1024,
        .datetime_format = "%Y-%m-%d", .multiline_pattern = "^ERROR");
    LOG(definition, "blocking", .mode = ECS_LOG_MODE_BLOCKING);
}

static void grant_run(struct stack *stack)
{
    struct iam_role *runner = role(stack, "Runner", "lambda.amazonaws.com");
    struct ecs_task_definition *early = ecs_fargate_task_definition_new(stack->node, "Early", NULL);
    struct ecs_task_definition *late;

    ecs_task_definition_grant_run(early, runner->principal);
    ADD(early, "web", .logging = &(struct ecs_aws_logs){ .stream_prefix = "web" });
    late = ecs_fargate_task_definition_new(stack->node, "Late", NULL);
    ADD(late, "web", .logging = &(struct ecs_aws_logs){ .stream_prefix = "web" });
    ecs_task_definition_grant_run(late, runner->principal);
}

static const struct parity_case cases[] = {
    { "ecs-task-defaults", defaults },
    { "ecs-task-options", options },
    { "ecs-task-volumes", volumes },
    { "ecs-task-container-options", container_options },
    { "ecs-task-ports-and-limits", ports_and_limits },
    { "ecs-task-health-checks", health_checks },
    { "ecs-task-environment", environment },
    { "ecs-task-secrets", secrets },
    { "ecs-task-images", images },
    { "ecs-task-logging", logging },
    { "ecs-task-grant-run", grant_run },
    { NULL, NULL },
};

int main(int argc, char **argv)
{
    return parity_main("ecs-task", cases, argc, argv);
}
