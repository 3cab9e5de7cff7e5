// SPDX-License-Identifier: MIT
#include "deploy/preflight/requirement.h"

#include "data/value.h"
#include "deploy/engine/environment.h"

#include <string.h>
#include <strings.h>

struct finder {
    const struct cloud_assembly *assembly;
    const struct environment *environment;
    struct value *found[REQUIREMENT_TYPES]; // arrays of fields
};

static const char *part_before(const char **text, const char *separator)
{
    const char *end = strstr(*text, separator);
    const char *part = end ? arena_strndup(value_arena(), *text, (size_t)(end - *text)) : NULL;

    if (end)
        *text = end + strlen(separator);
    return part;
}

static void add_requirement(struct finder *finder, enum requirement_type type, struct value *fields)
{
    for (size_t i = 0; i < value_length(finder->found[type]); i++)
        if (value_equal(array_at(finder->found[type], i), fields))
            return;
    array_append(finder->found[type], fields);
}

// ECS API reference, "RuntimePlatform": X86_64 unless it says ARM64.
static const char *platform_of(const struct value *task)
{
    const char *architecture = object_string(object_get(task, "RuntimePlatform"), "CpuArchitecture");

    return architecture && strcmp(architecture, "ARM64") == 0 ? "linux/arm64" : "linux/amd64";
}

// ACCOUNT.dkr.ecr.REGION.SUFFIX/REPOSITORY:TAG or @DIGEST (ECR user guide: "Private registry"). Images of
// other registries are not looked for.
static void add_image(struct finder *finder, const struct value *task, const char *image)
{
    const char *rest = image;
    const char *account = part_before(&rest, ".dkr.ecr.");
    const char *region = account ? part_before(&rest, ".") : NULL;
    const char *host = region ? part_before(&rest, "/") : NULL;
    const char *digest = host ? strchr(rest, '@') : NULL;
    const char *colon = host && !digest ? strrchr(rest, ':') : NULL;
    size_t length;

    if (!host)
        return;
    length = digest ? (size_t)(digest - rest) : colon ? (size_t)(colon - rest) : strlen(rest);
    add_requirement(finder, REQUIREMENT_IMAGE,
        object((struct field[]){
            { "account", string(account) },
            { "region", string(region) },
            { "repository", string_n(rest, length) },
            { "tag", digest ? NULL : string(colon ? colon + 1 : "latest") },
            { "digest", string(digest ? digest + 1 : NULL) },
            { "image", string(image) },
            { "platform", string(platform_of(task)) },
            END,
        }));
}

static struct value *secret_named(struct finder *finder, const char *secret, const char *region)
{
    struct value *secrets = finder->found[REQUIREMENT_SECRET];
    struct value *made;

    for (size_t i = 0; i < value_length(secrets); i++)
        if (strcmp(object_string_or_empty(array_at(secrets, i), "arn"), secret) == 0)
            return array_at(secrets, i);
    made = object((struct field[]){
        { "arn", string(secret) },
        { "secret", string(strstr(secret, ":secret:") + strlen(":secret:")) },
        { "region", string(region) },
        { "keys", array() },
        END,
    });
    array_append(secrets, made);
    return made;
}

// arn:PARTITION:secretsmanager:REGION:ACCOUNT:secret:NAME:KEY:STAGE:VERSION, the last three of which may be
// empty or missing (ECS API reference, "Secret").
static void add_secret(struct finder *finder, const char *value_from)
{
    const char *name = strstr(value_from, ":secret:");
    const char *region = strstr(value_from, ":secretsmanager:");
    struct value *secret, *keys;
    size_t length, key_length;
    const char *key;

    if (!name || !region)
        return;
    region += strlen(":secretsmanager:");
    name += strlen(":secret:");
    length = strcspn(name, ":");
    key = name[length] ? name + length + 1 : "";
    key_length = strcspn(key, ":");
    secret =
        secret_named(finder, arena_strndup(value_arena(), value_from, (size_t)(name + length - value_from)),
            arena_strndup(value_arena(), region, strcspn(region, ":")));
    keys = object_get(secret, "keys");
    for (size_t i = 0; i < value_length(keys); i++) {
        const char *known = value_string(array_at(keys, i));

        if (strlen(known) == key_length && strncmp(known, key, key_length) == 0)
            return;
    }
    if (key_length)
        array_append(keys, string_n(key, key_length));
}

static void find_in_task(struct finder *finder, const struct value *task)
{
    const struct value *containers = object_get(task, "ContainerDefinitions");

    for (size_t i = 0; i < value_length(containers); i++) {
        const struct value *container = array_at(containers, i);
        const struct value *secrets = object_get(container, "Secrets");
        const char *image = literal_text(object_get(container, "Image"), finder->environment);

        if (image)
            add_image(finder, task, image);
        for (size_t j = 0; j < value_length(secrets); j++) {
            const char *from =
                literal_text(object_get(array_at(secrets, j), "ValueFrom"), finder->environment);

            if (from)
                add_secret(finder, from);
        }
    }
}

// Certificates.

static void add_certificate(
    struct finder *finder, const char *arn, const char *used_in, struct value *domains)
{
    const char *region = arn ? strstr(arn, ":acm:") : NULL;

    if (!region)
        return;
    region += strlen(":acm:");
    add_requirement(finder, REQUIREMENT_CERTIFICATE,
        object((struct field[]){
            { "certificate", string(arn) },
            { "region", string_n(region, strcspn(region, ":")) },
            { "used_in", string(used_in) },
            { "domains", domains },
            END,
        }));
}

static void add_https_origins(
    const struct finder *finder, const struct value *distribution, struct value *names)
{
    const struct value *origins = object_get_path(
        distribution, (const char *[]){ "Properties", "DistributionConfig", "Origins", NULL });

    for (size_t i = 0; i < value_length(origins); i++) {
        const struct value *origin = array_at(origins, i);
        const char *protocol =
            object_string(object_get(origin, "CustomOriginConfig"), "OriginProtocolPolicy");
        const char *name = literal_text(object_get(origin, "DomainName"), finder->environment);

        if (name && protocol && strcmp(protocol, "https-only") == 0)
            array_append(names, string(name));
    }
}

static bool has_type(const struct value *resource, const char *type)
{
    const char *actual = object_string(resource, "Type");

    return actual && strcmp(actual, type) == 0;
}

// A listener does not say for which names it is. CloudFront accepts its certificate only for the name by
// which a distribution of the app asks for it.
static struct value *names_of_origins(const struct finder *finder)
{
    struct value *names = array();

    for (size_t i = 0; i < finder->assembly->stack_count; i++) {
        const struct value *resources = object_get(finder->assembly->stacks[i].template, "Resources");

        for (size_t j = 0; j < value_length(resources); j++)
            if (has_type(object_at(resources, j)->value, "AWS::CloudFront::Distribution"))
                add_https_origins(finder, object_at(resources, j)->value, names);
    }
    return names;
}

static void find_in_listener(struct finder *finder, const struct value *listener)
{
    const struct value *certificates = object_get(listener, "Certificates");

    for (size_t i = 0; i < value_length(certificates); i++)
        add_certificate(finder,
            literal_text(object_get(array_at(certificates, i), "CertificateArn"), finder->environment),
            finder->environment->region, names_of_origins(finder));
}

// CloudFront takes certificates of us-east-1 alone (CloudFront developer guide: "Requirements for using
// SSL/TLS certificates").
static void find_in_distribution(struct finder *finder, const struct value *distribution)
{
    const struct value *config = object_get(distribution, "DistributionConfig");
    const struct value *aliases = object_get(config, "Aliases");
    struct value *names = array();

    for (size_t i = 0; i < value_length(aliases); i++) {
        const char *name = literal_text(array_at(aliases, i), finder->environment);

        if (name)
            array_append(names, string(name));
    }
    add_certificate(finder,
        literal_text(
            object_get(object_get(config, "ViewerCertificate"), "AcmCertificateArn"), finder->environment),
        "us-east-1", names);
}

static void find_in_database(struct finder *finder, const struct value *database)
{
    const char *engine = object_string(database, "Engine");
    const char *version = object_string(database, "EngineVersion");

    if (engine && version)
        add_requirement(finder, REQUIREMENT_ENGINE,
            object((struct field[]){
                { "engine", string(engine) },
                { "version", string(version) },
                { "region", string(finder->environment->region) },
                END,
            }));
}

// All of a stack's functions are one requirement.
static void find_in_function(struct finder *finder, const struct value *function)
{
    double reserved = value_number(object_get(function, "ReservedConcurrentExecutions"));
    struct value *known = array_at(finder->found[REQUIREMENT_CONCURRENCY], 0);

    if (reserved <= 0)
        return;
    if (known)
        object_set(known, "reserved", number(value_number(object_get(known, "reserved")) + reserved));
    else
        add_requirement(finder, REQUIREMENT_CONCURRENCY,
            object((struct field[]){
                { "reserved", number(reserved) }, { "region", string(finder->environment->region) }, END }));
}

static const struct {
    const char *type;
    void (*find)(struct finder *finder, const struct value *properties);
} finders[] = {
    { "AWS::ECS::TaskDefinition", find_in_task },
    { "AWS::ElasticLoadBalancingV2::Listener", find_in_listener },
    { "AWS::CloudFront::Distribution", find_in_distribution },
    { "AWS::RDS::DBCluster", find_in_database },
    { "AWS::RDS::DBInstance", find_in_database },
    { "AWS::Lambda::Function", find_in_function },
};

struct requirement *requirements_of(const struct cloud_assembly *assembly, const struct value *template,
    const struct environment *environment, size_t *ret_count)
{
    const struct value *resources = object_get(template, "Resources");
    struct finder finder = { .assembly = assembly, .environment = environment };
    struct requirement *all;
    size_t count = 0;

    for (int type = 0; type < REQUIREMENT_TYPES; type++)
        finder.found[type] = array();
    for (size_t i = 0; i < value_length(resources); i++)
        for (size_t j = 0; j < sizeof(finders) / sizeof(*finders); j++)
            if (has_type(object_at(resources, i)->value, finders[j].type))
                finders[j].find(&finder, object_get(object_at(resources, i)->value, "Properties"));
    for (int type = 0; type < REQUIREMENT_TYPES; type++)
        count += value_length(finder.found[type]);
    all = arena_alloc(value_arena(), (count + 1) * sizeof(*all));
    count = 0;
    for (int type = 0; type < REQUIREMENT_TYPES; type++)
        for (size_t i = 0; i < value_length(finder.found[type]); i++)
            all[count++] =
                (struct requirement){ (enum requirement_type)type, array_at(finder.found[type], i) };
    *ret_count = count;
    return all;
}

bool certificate_name_covers(const char *name, const char *domain)
{
    const char *dot = strchr(domain, '.');

    if (strcasecmp(name, domain) == 0)
        return true;
    return strncmp(name, "*.", 2) == 0 && dot && strcasecmp(name + 1, dot) == 0;
}
