// SPDX-License-Identifier: MIT
#include "aws/acm.h"
#include "aws/ecr.h"
#include "aws/ecs_patterns.h"
#include "cdk/construct.h"
#include "stacks/app_secret.h"
#include "stacks/stacks.h"
#include "stacks/web_acl.h"

enum { DJANGO_PORT = 8000, HTTPS_PORT = 443 };

static const struct ec2_subnet_selection private_subnets = { .type = EC2_SUBNET_PRIVATE_WITH_EGRESS };

static const char *const database_secret_fields[][2] = {
    { "DB_HOST", "host" },
    { "DB_PORT", "port" },
    { "DB_NAME", "dbname" },
    { "DB_USER", "username" },
    { "DB_PASSWORD", "password" },
};

enum { DATABASE_SECRET_FIELDS = sizeof(database_secret_fields) / sizeof(*database_secret_fields) };

// Ends with a NULL name.
static const struct ecs_container_secret *container_secrets(
    struct secretsmanager_secret *database, struct secretsmanager_secret *app)
{
    size_t length = DATABASE_SECRET_FIELDS + tango_app_secret_key_count() + 1;
    struct ecs_container_secret *secrets = arena_alloc(value_arena(), length * sizeof(*secrets));
    struct ecs_container_secret *secret = secrets;

    for (int i = 0; i < DATABASE_SECRET_FIELDS; i++)
        *secret++ = (struct ecs_container_secret){ database_secret_fields[i][0],
            ecs_secret_from_secrets_manager(database, database_secret_fields[i][1]) };
    for (const struct tango_secret_key *key = tango_app_secret_keys; key->key; key++)
        *secret++ =
            (struct ecs_container_secret){ key->variable, ecs_secret_from_secrets_manager(app, key->key) };
    return secrets;
}

static struct ecs_container *add_container(const struct app_stack *self, const struct settings *settings,
    const struct media_stack *media, struct ecs_task_definition *task, struct ecr_repository *repository,
    struct secretsmanager_secret *app_secrets)
{
    const char *image = tango_is_given(settings->image_digest) ? settings->image_digest : settings->image_tag;
    bool is_https = tango_is_given(settings->certificate_arn);
    struct value *media_domain = media->distribution->distribution_domain_name;
    struct value *sentry_dsn = tango_is_given(settings->sentry_dsn) ? string(settings->sentry_dsn) : NULL;

    return ecs_task_definition_add_container(task, "django",
        &(struct ecs_container_props){
            .image = ecs_image_from_ecr_repository(repository, image),
            .logging =
                &(struct ecs_aws_logs){
                    .stream_prefix = settings->log_stream_prefix,
                    .log_retention = (enum logs_retention)settings->log_retention_days,
                },
            .environment =
                (struct field[]){
                    { "DJANGO_SETTINGS_MODULE", string("config.settings.production") },
                    { "USE_S3_STORAGE", string("true") },
                    { "AWS_STORAGE_BUCKET_NAME", media->bucket->bucket_name },
                    { "AWS_S3_REGION_NAME", self->stack.region },
                    { "AWS_S3_CUSTOM_DOMAIN", media_domain },
                    { "IMAGE_TRANSFORM_URL",
                        settings->enable_image_transformation ? concatf("https://%v", media_domain) : NULL },
                    // Which header says that the client came by HTTPS: the load balancer's own where it ends
                    // TLS itself, else what CloudFront sends.
                    { "PROXY_SSL_HEADER",
                        string(is_https ? "X-Forwarded-Proto" : "CloudFront-Forwarded-Proto") },
                    { "SENTRY_DSN", sentry_dsn },
                    END,
                },
            .secrets = container_secrets(self->database_secret, app_secrets),
            .health_check =
                &(struct ecs_health_check){
                    .command = (const char *[]){ "CMD-SHELL",
                        "curl -f http://localhost:8000/api/v1/health || exit 1", NULL },
                    .interval = seconds(30),
                    .timeout = seconds(5),
                    .retries = count(3),
                    .start_period = seconds(60),
                },
            .port_mappings =
                (struct ecs_port_mapping[]){ { .container_port = DJANGO_PORT, .protocol = ECS_TCP } },
            .port_mapping_count = 1,
        });
}

// Adds HTTPS to a service that is reached on port 80. That listener stays as it is: CloudFormation would make
// a second one for the port before the first is changed or gone, which the load balancer refuses.
static void serve_https(const struct ecs_patterns_load_balanced_fargate_service *service,
    const struct acm_certificate *certificate, bool require_https)
{
    struct elbv2_target_group *groups[] = { service->target_group, NULL };
    const struct elbv2_condition from_cloudfront[] = {
        {
            .field = ELBV2_HTTP_HEADER,
            .http_header_name = "CloudFront-Forwarded-Proto",
            .values = (const char *[]){ "https", NULL },
        },
        { 0 },
    };
    const struct elbv2_condition any_path[] = {
        { .field = ELBV2_PATH_PATTERNS, .values = (const char *[]){ "*", NULL } },
        { 0 },
    };

    elbv2_load_balancer_add_listener(service->load_balancer, "HttpsListener",
        &(struct elbv2_listener_props){
            .port = HTTPS_PORT,
            .certificate_arns = (struct value *[]){ certificate->certificate_arn, NULL },
            .ssl_policy = ELBV2_SSL_RECOMMENDED_TLS,
            .default_target_groups = groups,
        });
    // A frontend that does not know of the domain yet goes on working.
    if (!require_https)
        elbv2_listener_add_target_groups(service->listener, "FromFrontend", groups,
            &(struct elbv2_rule_match){ .priority = 1, .conditions = from_cloudfront });
    elbv2_listener_add_action(service->listener, "RedirectToHttps",
        elbv2_redirect(&(struct elbv2_redirect){ .protocol = "HTTPS", .port = "443", .permanent = true }),
        &(struct elbv2_rule_match){ .priority = 2, .conditions = any_path });
}

static void add_service(struct app_stack *self, const struct settings *settings,
    struct ecs_task_definition *task, struct ec2_security_group *group)
{
    const struct acm_certificate *certificate = NULL;
    struct ecs_patterns_load_balanced_fargate_service *service;

    if (tango_is_given(settings->certificate_arn))
        certificate =
            acm_certificate_from_arn(self->stack.node, "Certificate", string(settings->certificate_arn));
    service = ecs_patterns_load_balanced_fargate_service_new(self->stack.node, "TangoBackendService",
        &(struct ecs_patterns_load_balanced_fargate_service_props){
            .cluster = self->cluster,
            .task_definition = task,
            .security_groups = (struct ec2_security_group *[]){ group, NULL },
            .assign_public_ip = false,
            .task_subnets = &private_subnets,
            .protocol = ELBV2_HTTP,
            .health_check_grace_period = seconds(120),
            .min_healthy_percent = count(100),
            .max_healthy_percent = count(200),
            .circuit_breaker = &(struct ecs_circuit_breaker){ .rollback = true },
            .enable_execute_command = toggle(settings->exec),
        });
    // Scaling decides how many tasks run: no desired_count, with which each update would take them back to
    // the minimum. And they find no database before there is a writer.
    construct_add_dependency(service->service->node, self->database->node);
    if (settings->waf)
        tango_protect_load_balancer(self->stack.node, settings, service->load_balancer);
    if (certificate)
        serve_https(service, certificate, settings->require_https);
    elbv2_target_group_configure_health_check(service->target_group,
        &(struct elbv2_health_check){
            .path = "/api/v1/health",
            .healthy_http_codes = "200",
            .interval = seconds(30),
            .timeout = seconds(5),
        });
    self->service = service->service;
    self->alb = service->load_balancer;
    self->target_group = service->target_group;
}

static void add_scaling(const struct app_stack *self, const struct settings *settings)
{
    const struct ecs_scaling_options cooldowns = { .scale_in_cooldown = seconds(60),
        .scale_out_cooldown = seconds(60) };
    struct ecs_scalable_task_count *scaling = ecs_service_auto_scale_task_count(self->service,
        &(struct ecs_scalable_task_count_props){
            .min_capacity = count(settings->min_capacity),
            .max_capacity = settings->max_capacity,
        });

    ecs_scalable_task_count_scale_on_cpu_utilization(scaling, "CpuScaling",
        &(struct ecs_utilization_scaling_props){ .target_utilization_percent = 70, .options = cooldowns });
    ecs_scalable_task_count_scale_on_memory_utilization(scaling, "MemoryScaling",
        &(struct ecs_utilization_scaling_props){ .target_utilization_percent = 80, .options = cooldowns });
}

// CloudFront and direct callers reach Django under these names; the load balancer's own probes use an
// address.
static struct value *allowed_hosts(const struct app_stack *self, const struct settings *settings)
{
    struct value *hosts = array();

    array_append(hosts, string("localhost"));
    if (tango_is_given(settings->domain_name))
        array_append(hosts, string(settings->domain_name));
    array_append(hosts, self->alb->load_balancer_dns_name);
    return fn_join(",", hosts);
}

static void add_outputs(const struct app_stack *self, const struct settings *settings,
    const struct secretsmanager_secret *app_secrets, const struct ecr_repository *repository,
    const struct ecs_task_definition *task, const struct ec2_security_group *service_group)
{
    const struct {
        const char *id;
        struct value *value;
        const char *exported;
        const char *description;
    } outputs[] = {
        { "LoadBalancerDNS", self->alb->load_balancer_dns_name, "ApiDns",
            "DNS name of the API load balancer" },
        { "DatabaseEndpoint", self->database->cluster_endpoint.hostname, "DatabaseEndpoint",
            "Aurora cluster endpoint" },
        { "DatabaseSecretArn", self->database_secret->secret_arn, "DatabaseSecretArn",
            "Secret with the database credentials" },
        { "AppSecretsArn", app_secrets->secret_arn, "AppSecretsArn", "Secret with the application keys" },
        { "EcrRepositoryUri", repository->repository_uri, "BackendEcrUri",
            "Repository of the backend image" },
        { "RdsProxyEndpoint", self->rds_proxy ? self->rds_proxy->endpoint : NULL, "RdsProxyEndpoint",
            "RDS Proxy endpoint for Lambda" },
        { "ClusterName", self->cluster->cluster_name, "ClusterName",
            "ECS cluster, for deployments and one-off tasks" },
        { "ServiceName", self->service->service_name, "ServiceName", "ECS service" },
        { "TaskDefinitionFamily", task->family, "TaskDefinitionFamily", "Family of the task definition" },
        { "ServiceSecurityGroupId", service_group->security_group_id, "ServiceSecurityGroupId",
            "Security group of the ECS service" },
    };

    for (size_t i = 0; i < sizeof(outputs) / sizeof(*outputs); i++)
        if (outputs[i].value)
            tango_output(self->stack.node, settings, outputs[i].id, outputs[i].value, outputs[i].exported,
                outputs[i].description);
}

// What other stacks may import stays exported whatever the context: an export that vanishes while a stack
// still uses it is refused by CloudFormation.
static void keep_exports(struct app_stack *self)
{
    stack_export_value(&self->stack, self->alb->load_balancer_dns_name);
    stack_export_value(&self->stack, self->database->cluster_endpoint.hostname);
}

// The service in its own security group, with its task and what scales it.
static void add_api(struct app_stack *self, const struct settings *settings,
    const struct network_stack *network, const struct media_stack *media,
    struct ec2_security_group *database_group)
{
    struct construct *scope = self->stack.node;
    struct secretsmanager_secret *app_secrets =
        secretsmanager_secret_from_name_v2(scope, "AppSecrets", settings->app_secret_name);
    struct ecr_repository *repository =
        ecr_repository_from_name(scope, "TangoBackendRepo", string(settings->backend_repository));
    struct ec2_security_group *service_group;
    struct ecs_task_definition *task;
    struct ecs_container *container;

    self->cluster = ecs_cluster_new(scope, "TangoCluster",
        &(struct ecs_cluster_props){
            .vpc = network->vpc, .container_insights_v2 = ECS_CONTAINER_INSIGHTS_ENABLED });
    task = ecs_fargate_task_definition_new(scope, "TangoBackendTask",
        &(struct ecs_fargate_task_definition_props){ .cpu = 512, .memory_limit_mib = 1024 });
    container = add_container(self, settings, media, task, repository, app_secrets);
    s3_bucket_grant_read_write(media->bucket, task->task_role->principal);
    service_group = ec2_security_group_new(scope, "EcsServiceSG",
        &(struct ec2_security_group_props){
            .vpc = network->vpc, .description = "Django service on ECS", .allow_all_outbound = YES });
    tango_open_postgres(scope, "EcsToDbIngress", database_group->security_group_id,
        service_group->security_group_id, "Django service to Aurora");
    add_service(self, settings, task, service_group);
    if (network->log_bucket)
        elbv2_load_balancer_log_access_logs(self->alb, network->log_bucket, "load-balancer");
    ecs_container_add_environment(container, "ALLOWED_HOSTS", allowed_hosts(self, settings));
    add_scaling(self, settings);
    add_outputs(self, settings, app_secrets, repository, task, service_group);
}

void app_stack_init(struct app_stack *self, struct construct *scope, const struct settings *settings,
    const struct network_stack *network, const struct media_stack *media)
{
    const struct stack_props props =
        tango_stack_props(settings, "Tango app: Aurora PostgreSQL, RDS Proxy, ECS Fargate, ALB, secrets");
    struct ec2_security_group *database_group;

    stack_init(&self->stack, scope, tango_name(settings, "App"), &props);
    // Immutable here, so that no rule of this stack lands in the network stack.
    database_group = ec2_security_group_from_id(self->stack.node, "DatabaseSG",
        network->database_security_group->security_group_id,
        &(struct ec2_security_group_import){ .immutable = true });
    app_stack_add_database(self, settings, network, database_group);
    add_api(self, settings, network, media, database_group);
    keep_exports(self);
}
