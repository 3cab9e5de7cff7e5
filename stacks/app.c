// SPDX-License-Identifier: MIT
#include "aws/acm.h"
#include "aws/ecr.h"
#include "aws/ecs_patterns.h"
#include "stacks/stacks.h"

enum { POSTGRES_PORT = 5432, DJANGO_PORT = 8000 };

static const struct ec2_subnet_selection private_subnets = { .type = EC2_SUBNET_PRIVATE_WITH_EGRESS };

// What Django reads from its environment, and the fields of the application's secret that hold it.
static const struct {
    const char *variable;
    const char *field;
} app_secret_fields[] = {
    { "SECRET_KEY", "DJANGO_SECRET_KEY" },
    { "STYTCH_PROJECT_ID", "STYTCH_PROJECT_ID" },
    { "STYTCH_SECRET", "STYTCH_SECRET" },
    { "STRIPE_SECRET_KEY", "STRIPE_SECRET_KEY" },
    { "STRIPE_PRICE_ID", "STRIPE_PRICE_ID" },
    { "STRIPE_WEBHOOK_SECRET", "STRIPE_WEBHOOK_SECRET" },
    { "RESEND_API_KEY", "RESEND_API_KEY" },
    { "CORS_ALLOWED_ORIGINS", "CORS_ALLOWED_ORIGINS" },
    { "WEBAUTHN_RP_ID", "WEBAUTHN_RP_ID" },
    { "WEBAUTHN_RP_NAME", "WEBAUTHN_RP_NAME" },
    { "WEBAUTHN_ORIGIN", "WEBAUTHN_ORIGIN" },
    { "STYTCH_TRUSTED_AUTH_PROFILE_ID", "STYTCH_TRUSTED_AUTH_PROFILE_ID" },
    { "STYTCH_TRUSTED_AUTH_AUDIENCE", "STYTCH_TRUSTED_AUTH_AUDIENCE" },
    { "STYTCH_TRUSTED_AUTH_ISSUER", "STYTCH_TRUSTED_AUTH_ISSUER" },
    { "PASSKEY_JWT_PRIVATE_KEY", "PASSKEY_JWT_PRIVATE_KEY" },
};

static const char *const database_secret_fields[][2] = {
    { "DB_HOST", "host" },
    { "DB_PORT", "port" },
    { "DB_NAME", "dbname" },
    { "DB_USER", "username" },
    { "DB_PASSWORD", "password" },
};

enum {
    APP_SECRET_FIELDS = sizeof(app_secret_fields) / sizeof(*app_secret_fields),
    DATABASE_SECRET_FIELDS = sizeof(database_secret_fields) / sizeof(*database_secret_fields),
};

void tango_open_postgres(
    struct construct *scope, const char *id, struct value *to, struct value *from, const char *description)
{
    ec2_ingress_rule_new(scope, id,
        &(struct ec2_ingress_rule_props){
            .ip_protocol = "tcp",
            .from_port = count(POSTGRES_PORT),
            .to_port = count(POSTGRES_PORT),
            .description = description,
            .group_id = to,
            .source_security_group_id = from,
        });
}

static void add_database(struct app_stack *self, const struct settings *settings, struct ec2_vpc *vpc,
    struct ec2_security_group *group)
{
    const struct rds_cluster_instance writer = rds_serverless_v2("writer");

    self->database = rds_database_cluster_new(self->stack.node, "TangoDatabase",
        &(struct rds_database_cluster_props){
            .engine = rds_aurora_postgres("16.8"),
            .serverless_v2_min_capacity = count(settings->database_min_acu),
            .serverless_v2_max_capacity = count(settings->database_max_acu),
            .writer = &writer,
            .vpc = vpc,
            .vpc_subnets = &private_subnets,
            .security_groups = (struct ec2_security_group *[]){ group, NULL },
            .default_database_name = settings->database_name,
            .removal_policy = REMOVAL_POLICY_SNAPSHOT,
            .deletion_protection = toggle(settings->deletion_protection),
            .backup_retention = days(7),
            .storage_encrypted = YES,
            .cloudwatch_logs_exports = (const char *[]){ "postgresql", NULL },
        });
    self->database_secret = self->database->secret;
}

static void add_proxy(struct app_stack *self, struct ec2_vpc *vpc, struct ec2_security_group *database_group)
{
    struct construct *scope = self->stack.node;

    self->proxy_security_group = ec2_security_group_new(scope, "RdsProxySG",
        &(struct ec2_security_group_props){
            .vpc = vpc, .description = "RDS Proxy", .allow_all_outbound = YES });
    tango_open_postgres(scope, "RdsProxyToDbIngress", database_group->security_group_id,
        self->proxy_security_group->security_group_id, "RDS Proxy to Aurora");
    self->rds_proxy = rds_database_proxy_new(scope, "TangoRdsProxy",
        &(struct rds_database_proxy_props){
            .cluster = self->database,
            .secrets = (struct secretsmanager_secret *[]){ self->database_secret, NULL },
            .vpc = vpc,
            .vpc_subnets = &private_subnets,
            .security_groups = (struct ec2_security_group *[]){ self->proxy_security_group, NULL },
            .require_tls = YES,
            .idle_client_timeout = minutes(5),
            .max_connections_percent = count(90),
            .max_idle_connections_percent = count(10),
        });
}

// `secrets` has room for all and a NULL name at the end.
static void fill_secrets(struct ecs_container_secret *secrets, struct secretsmanager_secret *database,
    struct secretsmanager_secret *app)
{
    for (int i = 0; i < DATABASE_SECRET_FIELDS; i++)
        *secrets++ = (struct ecs_container_secret){ database_secret_fields[i][0],
            ecs_secret_from_secrets_manager(database, database_secret_fields[i][1]) };
    for (int i = 0; i < APP_SECRET_FIELDS; i++)
        *secrets++ = (struct ecs_container_secret){ app_secret_fields[i].variable,
            ecs_secret_from_secrets_manager(app, app_secret_fields[i].field) };
}

static struct ecs_container *add_container(const struct app_stack *self, const struct settings *settings,
    const struct media_stack *media, struct ecs_task_definition *task, struct ecr_repository *repository,
    struct secretsmanager_secret *app_secrets)
{
    struct ecs_container_secret secrets[DATABASE_SECRET_FIELDS + APP_SECRET_FIELDS + 1] = { 0 };
    struct value *media_domain = media->distribution->distribution_domain_name;
    struct value *sentry_dsn = tango_is_given(settings->sentry_dsn) ? string(settings->sentry_dsn) : NULL;

    fill_secrets(secrets, self->database_secret, app_secrets);
    return ecs_task_definition_add_container(task, "django",
        &(struct ecs_container_props){
            .image = ecs_image_from_ecr_repository(repository, "latest"),
            .logging =
                &(struct ecs_aws_logs){
                    .stream_prefix = settings->log_stream_prefix,
                    .log_retention = LOGS_RETENTION_ONE_MONTH,
                },
            .environment =
                (struct field[]){
                    { "DJANGO_SETTINGS_MODULE", string("config.settings.production") },
                    { "USE_S3_STORAGE", string("true") },
                    { "AWS_STORAGE_BUCKET_NAME", media->bucket->bucket_name },
                    { "AWS_S3_REGION_NAME", self->stack.region },
                    { "AWS_S3_CUSTOM_DOMAIN", media_domain },
                    { "IMAGE_TRANSFORM_URL", concatf("https://%v", media_domain) },
                    { "SENTRY_DSN", sentry_dsn },
                    END,
                },
            .secrets = secrets,
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

static void add_service(struct app_stack *self, const struct settings *settings,
    struct ecs_task_definition *task, struct ec2_security_group *group)
{
    bool is_https = tango_is_given(settings->certificate_arn);
    struct acm_certificate *certificate = NULL;
    struct ecs_patterns_load_balanced_fargate_service *service;

    if (is_https)
        certificate =
            acm_certificate_from_arn(self->stack.node, "Certificate", string(settings->certificate_arn));
    service = ecs_patterns_load_balanced_fargate_service_new(self->stack.node, "TangoBackendService",
        &(struct ecs_patterns_load_balanced_fargate_service_props){
            .cluster = self->cluster,
            .task_definition = task,
            .desired_count = count(settings->min_capacity),
            .security_groups = (struct ec2_security_group *[]){ group, NULL },
            .assign_public_ip = false,
            .task_subnets = &private_subnets,
            .certificate = certificate,
            .protocol = is_https ? ELBV2_HTTPS : ELBV2_HTTP,
            .ssl_policy = is_https ? ELBV2_SSL_RECOMMENDED_TLS : ELBV2_SSL_DEFAULT,
            .redirect_http = is_https,
            .health_check_grace_period = seconds(120),
            .min_healthy_percent = count(100),
            .max_healthy_percent = count(200),
            .circuit_breaker = &(struct ecs_circuit_breaker){ .rollback = true },
            .enable_execute_command = YES,
        });
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
        { "RdsProxyEndpoint", self->rds_proxy->endpoint, "RdsProxyEndpoint",
            "RDS Proxy endpoint for Lambda" },
        { "ClusterName", self->cluster->cluster_name, "ClusterName",
            "ECS cluster, for deployments and one-off tasks" },
        { "ServiceName", self->service->service_name, "ServiceName", "ECS service" },
        { "TaskDefinitionFamily", task->family, "TaskDefinitionFamily", "Family of the task definition" },
        { "ServiceSecurityGroupId", service_group->security_group_id, "ServiceSecurityGroupId",
            "Security group of the ECS service" },
    };

    for (size_t i = 0; i < sizeof(outputs) / sizeof(*outputs); i++)
        tango_output(self->stack.node, settings, outputs[i].id, outputs[i].value, outputs[i].exported,
            outputs[i].description);
}

// The service in its own security group, with its task and what scales it.
static void add_api(struct app_stack *self, const struct settings *settings, struct ec2_vpc *vpc,
    const struct media_stack *media, struct ec2_security_group *database_group)
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
        &(struct ecs_cluster_props){ .vpc = vpc, .container_insights_v2 = ECS_CONTAINER_INSIGHTS_ENABLED });
    task = ecs_fargate_task_definition_new(scope, "TangoBackendTask",
        &(struct ecs_fargate_task_definition_props){ .cpu = 512, .memory_limit_mib = 1024 });
    container = add_container(self, settings, media, task, repository, app_secrets);
    s3_bucket_grant_read_write(media->bucket, task->task_role->principal);
    service_group = ec2_security_group_new(scope, "EcsServiceSG",
        &(struct ec2_security_group_props){
            .vpc = vpc, .description = "Django service on ECS", .allow_all_outbound = YES });
    tango_open_postgres(scope, "EcsToDbIngress", database_group->security_group_id,
        service_group->security_group_id, "Django service to Aurora");
    add_service(self, settings, task, service_group);
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
    add_database(self, settings, network->vpc, database_group);
    add_proxy(self, network->vpc, database_group);
    add_api(self, settings, network->vpc, media, database_group);
}
