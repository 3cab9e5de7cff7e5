// SPDX-License-Identifier: MIT
#include "aws/rds/rds_private.h"
#include "cdk/arn.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/stack.h"
#include "cdk/token.h"

static struct iam_grant grant(struct construct *scope, struct iam_principal *grantee,
    const char *const *actions, struct value *resource)
{
    return iam_grant_add_to_principal(&(struct iam_grant_props){
        .grantee = grantee,
        .actions = actions,
        .resources = (struct value *[]){ resource, NULL },
        .scope = scope,
    });
}

// AWS documentation: "Creating and using an IAM policy for IAM database access".
static struct iam_grant grant_connect(
    struct construct *scope, struct iam_principal *grantee, struct value *resource_id, struct value *db_user)
{
    const char *const actions[] = { "rds-db:connect", NULL };
    struct value *arn = stack_format_arn(construct_stack(scope),
        &(struct arn_parts){
            .service = "rds-db",
            .resource = "dbuser",
            .resource_name = concatf("%v/%v", resource_id, db_user),
            .format = ARN_COLON_RESOURCE_NAME,
        });

    return grant(scope, grantee, actions, arn);
}

struct iam_grant rds_database_cluster_grant_connect(
    struct rds_database_cluster *cluster, struct iam_principal *grantee, const char *db_user)
{
    return grant_connect(cluster->node, grantee, cluster->cluster_resource_identifier, string(db_user));
}

struct iam_grant rds_database_cluster_grant_data_api_access(
    struct rds_database_cluster *cluster, struct iam_principal *grantee)
{
    const char *const actions[] = {
        "rds-data:BatchExecuteStatement",
        "rds-data:BeginTransaction",
        "rds-data:CommitTransaction",
        "rds-data:ExecuteStatement",
        "rds-data:RollbackTransaction",
        NULL,
    };
    struct iam_grant made;

    if (cluster->state->enable_data_api == NO) {
        diag_error(cluster->node, "the Data API is turned off, so that nobody can be given access to it");
        return (struct iam_grant){ 0 };
    }
    cluster->state->enable_data_api = YES;
    made = grant(cluster->node, grantee, actions, cluster->cluster_arn);
    if (cluster->secret)
        secretsmanager_secret_grant_read(cluster->secret, grantee);
    return made;
}

// The only secret's user.
static struct value *default_user(struct rds_database_proxy *proxy)
{
    if (!proxy->secrets[0] || proxy->secrets[1]) {
        diag_error(proxy->node, "the proxy has %s secret: say which database user connects",
            proxy->secrets[0] ? "more than one" : "no");
        return NULL;
    }
    return secretsmanager_secret_value_from_json(proxy->secrets[0], "username");
}

struct iam_grant rds_database_proxy_grant_connect(
    struct rds_database_proxy *proxy, struct iam_principal *grantee, const char *db_user)
{
    struct value *user = db_user ? string(db_user) : default_user(proxy);
    struct arn arn = arn_split(proxy->node, proxy->db_proxy_arn, ARN_COLON_RESOURCE_NAME);

    return user ? grant_connect(proxy->node, grantee, arn.resource_name, user) : (struct iam_grant){ 0 };
}
