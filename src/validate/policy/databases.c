// SPDX-License-Identifier: MIT
// RDS, DynamoDB, ElastiCache, Neptune, DocumentDB, Timestream.
#include "data/value.h"
#include "util/arena.h"
#include "util/array.h"
#include "validate/engine/registry.h"
#include "validate/policy/policy.h"

#include <string.h>
#include <strings.h>

#define CLUSTER "AWS::RDS::DBCluster"
#define INSTANCE "AWS::RDS::DBInstance"

static enum verdict verdict_of(bool is_compliant)
{
    return is_compliant ? COMPLIANT : NON_COMPLIANT;
}

static bool is_cluster(const struct policy_case *policy)
{
    return policy_is_type(policy, CLUSTER);
}

// The engine as text; of a reference the CDK's token shows what it refers to.
static const char *shown_engine(struct policy_case *policy)
{
    const struct value *engine = policy_property(policy, "Engine"), *target = policy_target(engine);

    if (!engine || value_string(target))
        return value_string(target);
    if (value_type(engine) == VALUE_ARRAY)
        policy_set_undecided(policy, engine);
    return "a token";
}

static bool is_aurora(const char *engine)
{
    return engine && policy_contains_ignoring_case(engine, "aurora");
}

static const struct value *known(struct policy_case *policy, const char *name)
{
    return policy_primitive(policy, policy_property(policy, name));
}

static enum verdict judge_rds2(struct policy_case *policy)
{
    const struct value *encrypted = known(policy, "StorageEncrypted");

    if (encrypted && !policy_is_false(encrypted))
        return COMPLIANT;
    return verdict_of(!is_cluster(policy) && is_aurora(shown_engine(policy)));
}

static enum verdict judge_rds3(struct policy_case *policy)
{
    const struct value *zones = known(policy, "MultiAZ"), *engine = known(policy, "Engine");

    return verdict_of(policy_is_true(zones) || is_aurora(value_string(engine)));
}

static enum verdict judge_rds6(struct policy_case *policy)
{
    const char *engine = shown_engine(policy);
    const struct value *authentication;

    if (!engine || !*engine)
        return NOT_APPLICABLE;
    if (!is_aurora(engine))
        return COMPLIANT;
    authentication = known(policy, "EnableIAMDatabaseAuthentication");
    return verdict_of(authentication && !policy_is_false(authentication));
}

static bool is_open_range(struct policy_case *policy, const struct value *rule)
{
    const struct value *range = policy_primitive(policy, policy_member(policy, rule, "CIDRIP"));

    return range && strstr(policy_text(policy, range), "/0");
}

static enum verdict judge_rds8(struct policy_case *policy)
{
    const struct value *rules;

    if (policy_is_type(policy, "AWS::RDS::DBSecurityGroupIngress"))
        return verdict_of(!is_open_range(policy, policy->resource->properties.value));
    rules = policy_property(policy, "DBSecurityGroupIngress");
    for (size_t i = 0, count = rules ? policy_items(policy, rules) : 0; i < count; i++)
        if (is_open_range(policy, policy_item(rules, i)))
            return NON_COMPLIANT;
    return COMPLIANT;
}

static enum verdict judge_rds10(struct policy_case *policy)
{
    const struct value *protection = known(policy, "DeletionProtection");
    bool is_on = protection && !policy_is_false(protection);

    if (is_cluster(policy))
        return verdict_of(is_on);
    return verdict_of(is_aurora(value_string(known(policy, "Engine"))) || is_on);
}

// Engines whose name is, or contains, the text, and their port.
struct default_port {
    const char *engine;
    bool is_part;
    int port;
};

static bool has_default_port(
    const char *engine, double port, const struct default_port *defaults, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if ((defaults[i].is_part ? policy_contains_ignoring_case(engine, defaults[i].engine)
                                 : strcasecmp(engine, defaults[i].engine) == 0) &&
            port == defaults[i].port)
            return true;
    return false;
}

// cdk-nag asks for MySQL's port only of provisioned clusters, whatever their engine.
static enum verdict judge_cluster_port(struct policy_case *policy)
{
    static const struct default_port provisioned[] = { { "aurora", true, 3306 } };
    static const struct default_port serverless[] = { { "aurora", false, 3306 },
        { "aurora-mysql", false, 3306 }, { "aurora-postgresql", false, 5432 } };
    const struct value *port = known(policy, "Port"), *mode;
    const char *engine;

    if (!port)
        return NON_COMPLIANT;
    engine = policy_primitive_text(policy, policy_property(policy, "Engine"));
    mode = known(policy, "EngineMode");
    if (!mode || strcasecmp(policy_text(policy, mode), "provisioned") == 0)
        return verdict_of(
            !has_default_port(engine, policy_number(port, -1), provisioned, ARRAY_SIZE(provisioned)));
    return verdict_of(!has_default_port(engine, policy_number(port, -1), serverless, ARRAY_SIZE(serverless)));
}

static enum verdict judge_rds11(struct policy_case *policy)
{
    static const struct default_port defaults[] = { { "mariadb", false, 3306 }, { "mysql", false, 3306 },
        { "postgres", false, 5432 }, { "oracle", true, 1521 }, { "sqlserver", true, 1433 } };
    const struct value *port;
    const char *engine;

    if (is_cluster(policy))
        return judge_cluster_port(policy);
    if (!policy_property(policy, "Engine"))
        return NON_COMPLIANT;
    port = known(policy, "Port");
    engine = policy_primitive_text(policy, policy_property(policy, "Engine"));
    if (!port)
        return verdict_of(is_aurora(engine));
    return verdict_of(!has_default_port(engine, policy_number(port, -1), defaults, ARRAY_SIZE(defaults)));
}

static enum verdict judge_rds13(struct policy_case *policy)
{
    return verdict_of(policy_number(known(policy, "BackupRetentionPeriod"), 1) > 0);
}

static bool is_aurora_mysql(const char *engine)
{
    return strcasecmp(engine, "aurora") == 0 || strcasecmp(engine, "aurora-mysql") == 0;
}

static enum verdict judge_rds14(struct policy_case *policy)
{
    const char *engine = policy_primitive_text(policy, policy_property(policy, "Engine"));
    const struct value *window = known(policy, "BacktrackWindow");

    return verdict_of(!is_aurora_mysql(engine) || (window && policy_number(window, 1) != 0));
}

static enum verdict need_exports(
    struct policy_case *policy, const struct value *exports, const char *const *names)
{
    for (; *names; names++) {
        bool found = false;

        for (size_t i = 0; i < value_length(exports) && value_type(exports) == VALUE_ARRAY; i++)
            found |= policy_is(policy_item(exports, i), *names);
        if (!found)
            policy_found(policy, "LogExport::%s", *names);
    }
    return policy_findings_verdict(policy);
}

static enum verdict judge_rds16(struct policy_case *policy)
{
    static const char *const names[] = { "audit", "error", "general", "slowquery", NULL };
    const char *engine = policy_primitive_text(policy, policy_property(policy, "Engine"));
    const struct value *mode = known(policy, "EngineMode"), *exports;

    if (!mode || strcasecmp(policy_text(policy, mode), "serverless") != 0 || !is_aurora_mysql(engine))
        return COMPLIANT;
    exports = policy_property(policy, "EnableCloudwatchLogsExports");
    if (exports)
        policy_items(policy, exports);
    return need_exports(policy, exports, names);
}

static enum verdict judge_doc5(struct policy_case *policy)
{
    static const char *const names[] = { "authenticate", "createIndex", "dropCollection", NULL };
    const struct value *exports = policy_property(policy, "EnableCloudwatchLogsExports");

    if (value_is_intrinsic(exports) && policy_token_kind(exports) == TOKEN_OBJECT)
        policy_set_undecided(policy, exports);
    return need_exports(policy, exports, names);
}

// ElastiCache.

static enum verdict judge_aec3(struct policy_case *policy)
{
    const struct value *rest = policy_property(policy, "AtRestEncryptionEnabled");
    const struct value *transit = policy_property(policy, "TransitEncryptionEnabled");

    if (!rest || !transit)
        return NON_COMPLIANT;
    rest = policy_primitive(policy, rest);
    transit = policy_primitive(policy, transit);
    return verdict_of(!policy_is_false(rest) && !policy_is_false(transit));
}

static enum verdict judge_aec5(struct policy_case *policy)
{
    static const struct default_port defaults[] = { { "redis", false, 6379 }, { "memcached", false, 11211 } };
    bool is_group = policy_is_type(policy, "AWS::ElastiCache::ReplicationGroup");
    const struct value *port = known(policy, "Port"), *engine;
    const char *text;

    if (!port)
        return NON_COMPLIANT;
    engine = known(policy, "Engine");
    text = is_group && !engine ? "redis" : policy_text(policy, engine);
    return verdict_of(
        !has_default_port(text, policy_number(port, -1), defaults, is_group ? 1 : ARRAY_SIZE(defaults)));
}

static enum verdict judge_n1(struct policy_case *policy)
{
    const struct value *zones = policy_property(policy, "AvailabilityZones");

    return verdict_of(
        policy_property(policy, "DBSubnetGroupName") && (!zones || !policy_has_less_than_two(zones)));
}

// DocumentDB.

static bool is_dynamic(struct policy_case *policy, const struct value *value)
{
    return strstr(policy_text(policy, value), "{{resolve:secretsmanager");
}

static enum verdict judge_doc2(struct policy_case *policy)
{
    const struct value *port = known(policy, "Port");

    return verdict_of(port && policy_number(port, -1) != 27017);
}

static enum verdict judge_doc3(struct policy_case *policy)
{
    const struct value *name = known(policy, "MasterUsername");
    const struct value *password = known(policy, "MasterUserPassword");

    return verdict_of(is_dynamic(policy, name) && is_dynamic(policy, password));
}

#define NEPTUNE "AWS::Neptune::DBCluster"
#define DOCUMENTS "AWS::DocDB::DBCluster"
#define CACHE_GROUP "AWS::ElastiCache::ReplicationGroup"

const struct rule database_policy_rules[] = {
    POLICY("RDS2", ERROR, CLUSTER " " INSTANCE, "the database's storage is not encrypted",
        "Data, snapshots and logs lie on disks in the clear.", "Set StorageEncrypted to true.",
        .judge = judge_rds2),
    POLICY("RDS3", ERROR, INSTANCE, "the database is in one zone",
        "When the zone fails, or for maintenance, it is away.", "Set MultiAZ to true.", .judge = judge_rds3),
    POLICY("RDS6", ERROR, CLUSTER, "nobody can log in to the cluster with IAM",
        "Passwords have to be handed around instead of tokens that expire.",
        "Set EnableIAMDatabaseAuthentication to true.", .judge = judge_rds6),
    POLICY("RDS8", ERROR, "AWS::RDS::DBSecurityGroup AWS::RDS::DBSecurityGroupIngress",
        "the database's security group lets in the whole internet", "Anybody can try passwords.",
        "Name the ranges that have to get in.", .judge = judge_rds8),
    POLICY("RDS10", ERROR, CLUSTER " " INSTANCE, "the database can be deleted by mistake",
        "One wrong call, or a change that replaces it, destroys the data.", "Set DeletionProtection to true.",
        .judge = judge_rds10),
    POLICY("RDS11", ERROR, CLUSTER " " INSTANCE, "the database listens on its engine's default port",
        "It is the first that is tried.", "Set Port to another.", .judge = judge_rds11),
    POLICY("RDS13", ERROR, INSTANCE, "automated backups of the database are off",
        "It cannot be restored to a point in time.", "Set BackupRetentionPeriod to at least 1.",
        .judge = judge_rds13),
    POLICY("RDS14", ERROR, CLUSTER, "the cluster cannot be rewound",
        "After a mistake the only way back is to restore a snapshot into another cluster.",
        "Set BacktrackWindow to more than 0.", .judge = judge_rds14),
    POLICY("RDS16", ERROR, CLUSTER, "a log of the serverless cluster is not exported",
        "What happened in the database cannot be told later.",
        "Export audit, error, general and slowquery in EnableCloudwatchLogsExports.", .judge = judge_rds16),
    POLICY("DDB3", WARNING, "AWS::DynamoDB::Table", "the table cannot be restored to a point in time",
        "What is written or deleted by mistake is lost.",
        "Set PointInTimeRecoveryEnabled of PointInTimeRecoverySpecification to true.", .demand = MUST_BE_ON,
        .path = "PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled"),
    POLICY("DDB4", ERROR, "AWS::DAX::Cluster", "the cluster is not encrypted",
        "What it caches lies on disks in the clear.", "Set SSEEnabled of SSESpecification to true.",
        .demand = MUST_BE_ON, .path = "SSESpecification/SSEEnabled"),
    POLICY("AEC1", ERROR, "AWS::ElastiCache::CacheCluster " CACHE_GROUP, "the cache is in no VPC",
        "Nothing keeps others in the region from trying to reach it.", "Set CacheSubnetGroupName.",
        .demand = MUST_NOT_BE_EMPTY, .path = "CacheSubnetGroupName"),
    POLICY("AEC3", ERROR, CACHE_GROUP, "the cache is not encrypted",
        "What it holds can be read on the way or on disk.",
        "Set AtRestEncryptionEnabled and TransitEncryptionEnabled to true.", .judge = judge_aec3),
    POLICY("AEC4", ERROR, CACHE_GROUP, "the cache is in one zone", "When the zone fails, it is away.",
        "Set MultiAZEnabled to true.", .demand = MUST_BE_ON, .path = "MultiAZEnabled"),
    POLICY("AEC5", ERROR, "AWS::ElastiCache::CacheCluster " CACHE_GROUP,
        "the cache listens on its engine's default port", "It is the first that is tried.",
        "Set Port to another.", .judge = judge_aec5),
    POLICY("AEC6", ERROR, CACHE_GROUP, "the cache asks for no password",
        "Whoever reaches it can read and change what it holds.", "Set AuthToken.",
        .demand = MUST_NOT_BE_EMPTY, .path = "AuthToken"),
    POLICY("N1", ERROR, NEPTUNE, "the cluster is not spread over zones", "When a zone fails, it is away.",
        "Set DBSubnetGroupName, and at least two AvailabilityZones or none.", .judge = judge_n1),
    POLICY("N2", ERROR, "AWS::Neptune::DBInstance", "minor versions are not updated",
        "The instance stays without fixes until somebody updates it by hand.",
        "Set AutoMinorVersionUpgrade to true.", .demand = MUST_BE_ON, .path = "AutoMinorVersionUpgrade"),
    POLICY("N3", ERROR, NEPTUNE, "backups are kept for less than a week",
        "A mistake that is seen later cannot be undone.", "Set BackupRetentionPeriod to at least 7.",
        .demand = MUST_BE_WEEK, .path = "BackupRetentionPeriod"),
    POLICY("N4", ERROR, NEPTUNE, "the cluster's storage is not encrypted",
        "Data and snapshots lie on disks in the clear.", "Set StorageEncrypted to true.",
        .demand = MUST_BE_ON, .path = "StorageEncrypted"),
    POLICY("N5", ERROR, NEPTUNE, "nobody has to log in to the cluster with IAM",
        "Whoever reaches it can read and change the data.", "Set IamAuthEnabled to true.",
        .demand = MUST_BE_ON, .path = "IamAuthEnabled"),
    POLICY("DOC1", ERROR, DOCUMENTS, "the cluster's storage is not encrypted",
        "Data and snapshots lie on disks in the clear.", "Set StorageEncrypted to true.",
        .demand = MUST_BE_ON, .path = "StorageEncrypted"),
    POLICY("DOC2", ERROR, DOCUMENTS, "the cluster listens on the default port",
        "It is the first that is tried.", "Set Port to another than 27017.", .judge = judge_doc2),
    POLICY("DOC3", ERROR, DOCUMENTS, "the cluster's credentials are not in Secrets Manager",
        "Whoever reads the template or its parameters has them, and nobody rotates them.",
        "Take MasterUsername and MasterUserPassword from a secret: {{resolve:secretsmanager:...}}.",
        .judge = judge_doc3),
    POLICY("DOC4", ERROR, DOCUMENTS, "backups are kept for less than a week",
        "A mistake that is seen later cannot be undone.", "Set BackupRetentionPeriod to at least 7.",
        .demand = MUST_BE_WEEK, .path = "BackupRetentionPeriod"),
    POLICY("DOC5", ERROR, DOCUMENTS, "a log of the cluster is not exported",
        "What happened in the database cannot be told later.",
        "Export authenticate, createIndex and dropCollection in EnableCloudwatchLogsExports.",
        .judge = judge_doc5),
    POLICY("TS3", WARNING, "AWS::Timestream::Database", "the database has no key of its own",
        "Who may read the data cannot be said, or taken back, with a key.", "Set KmsKeyId.",
        .demand = MUST_EXIST, .path = "KmsKeyId"),
    RULES_END,
};
