// SPDX-License-Identifier: MIT
// What destroy says of data and what diff says of them, for every resource type and policy.
#include "data/value.h"
#include "deploy/operations/destroy.h"
#include "diff/diff.h"
#include "schema/schema.h"
#include "value_arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *const policies[] = { NULL, "Delete", "Retain", "RetainExceptOnCreate", "Snapshot" };

static struct value *resource(const char *type, const char *policy, const char *cluster)
{
    return object((struct field[]){
        { "Type", string(type) },
        { "DeletionPolicy", string(policy) },
        { "Properties", object((struct field[]){ { "DBClusterIdentifier", string(cluster) }, END }) },
        END,
    });
}

// Of a stack that loses this resource, its only one.
static struct diff_resource removal(struct value *removed)
{
    const struct diff_input input = {
        .name = "Stack",
        .before = object((struct field[]){
            { "Resources", object((struct field[]){ { "Thing", removed }, END }) },
            END,
        }),
        .after = object((struct field[]){ END }),
    };
    struct diff diff;

    diff_compare(&input, 1, &(struct diff_options){ 0 }, &diff);
    assert_int_equal(diff.stacks[0].resource_count, 1);
    return diff.stacks[0].resources[0];
}

static enum deletion_effect effect_in_diff(const struct diff_resource *removed)
{
    if (removed->impact == DIFF_ORPHAN)
        return EFFECT_RETAINED;
    if (removed->is_stateful && strcmp(removed->policy, "Snapshot") != 0)
        return EFFECT_DATA_LOST;
    return removed->is_stateful ? EFFECT_SNAPSHOT : EFFECT_DELETED;
}

static void destroy_and_diff_agree(void **state)
{
    size_t stateful = 0;

    (void)state;
    for (size_t i = 0; i < schema_resource_count(); i++) {
        const char *type = schema_resource_type(schema_resource_at(i));

        stateful += schema_resource_is_stateful(schema_resource_at(i));
        for (size_t j = 0; j < 2 * sizeof(policies) / sizeof(*policies); j++) {
            struct value *thing = resource(type, policies[j / 2], j % 2 ? "cluster" : NULL);
            struct diff_resource removed = removal(thing);
            enum deletion_effect effect = resource_deletion_effect(thing);

            // A snapshot of what holds no data is none of diff's business.
            if (effect == EFFECT_SNAPSHOT && !removed.is_stateful)
                continue;
            if (effect != effect_in_diff(&removed))
                fail_msg("%s with %s", type, policies[j / 2]);
        }
    }
    assert_true(stateful > 60);
}

// The defaults and what stays, as CloudFormation's documentation of DeletionPolicy has them.
static void data_of_databases(void **state)
{
    static const struct {
        const char *type, *policy, *cluster;
        enum deletion_effect effect;
    } cases[] = {
        { "AWS::RDS::DBCluster", NULL, NULL, EFFECT_SNAPSHOT },
        { "AWS::RDS::DBCluster", "Delete", NULL, EFFECT_DATA_LOST },
        { "AWS::RDS::DBInstance", NULL, NULL, EFFECT_SNAPSHOT },
        { "AWS::RDS::DBInstance", NULL, "cluster", EFFECT_DELETED },
        { "AWS::RDS::DBInstance", "Retain", "cluster", EFFECT_RETAINED },
        { "AWS::DocDB::DBInstance", NULL, "cluster", EFFECT_DELETED },
        { "AWS::DocDB::DBCluster", NULL, NULL, EFFECT_DATA_LOST },
        { "AWS::ElastiCache::CacheCluster", "Snapshot", NULL, EFFECT_SNAPSHOT },
        { "AWS::FSx::FileSystem", NULL, NULL, EFFECT_DATA_LOST },
        { "AWS::ECR::Repository", NULL, NULL, EFFECT_DATA_LOST },
        { "AWS::Events::Archive", NULL, NULL, EFFECT_DATA_LOST },
        { "AWS::Serverless::SimpleTable", NULL, NULL, EFFECT_DATA_LOST },
        { "AWS::SNS::Topic", NULL, NULL, EFFECT_DELETED },
        { "Custom::Anything", NULL, NULL, EFFECT_DELETED },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
        if (resource_deletion_effect(resource(cases[i].type, cases[i].policy, cases[i].cluster)) !=
            cases[i].effect)
            fail_msg("%s (%zu)", cases[i].type, i);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(destroy_and_diff_agree, value_arena_setup, value_arena_teardown),
        cmocka_unit_test_setup_teardown(data_of_databases, value_arena_setup, value_arena_teardown),
    };

    return cmocka_run_group_tests_name("deploy/deletion", tests, NULL, NULL);
}
