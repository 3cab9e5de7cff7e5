// SPDX-License-Identifier: MIT
#include "aws/rds/rds_private.h"
#include "cdk/token.h"
#include "util/array.h"

#include <stdio.h>
#include <string.h>

static const char *const postgresql_logs[] = { "postgresql", "iam-db-auth-error", "instance", NULL };
static const char *const mysql_logs[] = {
    "error",
    "general",
    "slowquery",
    "audit",
    "instance",
    "iam-db-auth-error",
    NULL,
};

static const struct engine_traits traits[] = {
    [RDS_ENGINE_POSTGRESQL] = {
        .type = "aurora-postgresql",
        .proxy_family = "POSTGRESQL",
        .default_username = "postgres",
        .default_parameter_group_id = "AuroraPostgreSqlDatabaseClusterEngineDefaultParameterGroup",
        .port = 5432,
        .log_types = postgresql_logs,
    },
    [RDS_ENGINE_MYSQL] = {
        .type = "aurora-mysql",
        .proxy_family = "MYSQL",
        .default_username = "admin",
        .default_parameter_group_id = "AuroraMySqlDatabaseClusterEngineDefaultParameterGroup",
        .log_types = mysql_logs,
    },
};

struct rds_cluster_engine rds_aurora_postgres(const char *version)
{
    return (struct rds_cluster_engine){ .family = RDS_ENGINE_POSTGRESQL, .version = version };
}

struct rds_cluster_engine rds_aurora_mysql(const char *version)
{
    return (struct rds_cluster_engine){ .family = RDS_ENGINE_MYSQL, .version = version };
}

const struct engine_traits *engine_traits(const struct rds_cluster_engine *engine)
{
    return &traits[engine->family];
}

struct version {
    int major, minor;
};

static struct version parse(const char *text)
{
    struct version version = { 0, 0 };

    sscanf(text, "%d.%d", &version.major, &version.minor);
    return version;
}

// Aurora counts its own releases for MySQL: 2 stands for MySQL 5.7, 3 for 8.0.
static const char *mysql_of_aurora(int aurora_major)
{
    static const char *const versions[] = { [2] = "5.7", [3] = "8.0" };

    return aurora_major == 2 || aurora_major == 3 ? versions[aurora_major] : NULL;
}

const char *engine_full_version(const struct rds_cluster_engine *engine)
{
    const char *mysql = NULL;

    if (engine->version && engine->family == RDS_ENGINE_MYSQL)
        mysql = mysql_of_aurora(parse(engine->version).major);
    return mysql ? value_string(stringf("%s.mysql_aurora.%s", mysql, engine->version)) : engine->version;
}

// Versions of PostgreSQL up to 9.6, and of MySQL, have a major version of two numbers.
static const char *major_version(const struct rds_cluster_engine *engine)
{
    struct version version = parse(engine_full_version(engine));

    if (engine->family == RDS_ENGINE_MYSQL || version.major < 10)
        return value_string(stringf("%d.%d", version.major, version.minor));
    return value_string(stringf("%d", version.major));
}

const char *engine_parameter_group_family(const struct rds_cluster_engine *engine)
{
    const char *major = "5.7";

    if (engine->version)
        major = major_version(engine);
    else if (engine->family == RDS_ENGINE_POSTGRESQL)
        return NULL;
    return value_string(stringf("%s%s", engine_traits(engine)->type, major));
}

static bool postgresql_can_auto_pause(struct version version)
{
    // The first release of each major version.
    static const struct version first[] = { { 13, 15 }, { 14, 12 }, { 15, 7 }, { 16, 3 } };

    for (size_t i = 0; i < ARRAY_SIZE(first); i++)
        if (version.major == first[i].major)
            return version.minor >= first[i].minor;
    return version.major > 16;
}

bool engine_can_auto_pause(const struct rds_cluster_engine *engine)
{
    const char *full = engine_full_version(engine);
    struct version version;

    if (!full)
        return false;
    version = parse(full);
    if (engine->family == RDS_ENGINE_POSTGRESQL)
        return postgresql_can_auto_pause(version);
    if (version.major == 8 && version.minor == 0)
        return strcmp(full, "8.0.mysql_aurora.3.08.0") >= 0;
    return version.major >= 8;
}

const char *engine_description(const struct rds_cluster_engine *engine)
{
    const char *version = engine_full_version(engine);

    return value_string(
        stringf("%s%s%s", engine_traits(engine)->type, version ? " " : "", version ? version : ""));
}
