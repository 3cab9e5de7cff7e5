// SPDX-License-Identifier: MIT
#include "stacks/stacks.h"

#include "cdk/app.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/tags.h"
#include "util/arena.h"

// The CDK's feature flags that the stacks are built under, unless context says otherwise.
static void set_feature_flags(struct construct *root, const struct value *context)
{
    const struct field flags[] = {
        { "@aws-cdk/aws-lambda:recognizeLayerVersion", boolean(true) },
        { "@aws-cdk/core:checkSecretUsage", boolean(true) },
        { "@aws-cdk/core:target-partitions", strings((const char *[]){ "aws", NULL }) },
        { "@aws-cdk/aws-iam:minimizePolicies", boolean(true) },
        { "@aws-cdk/core:defaultCrossStackReferences", string("strong") },
        // Else S3 writes the bucket's policy for flow logs itself, and the next update of the stack takes it
        // away.
        { "@aws-cdk/aws-s3:createDefaultLoggingPolicy", boolean(true) },
        // A cluster that is made from a snapshot has one secret, and not another one that opens nothing.
        { "@aws-cdk/aws-rds:preventRenderingDeprecatedCredentials", boolean(true) },
        // Two environments in one account each have a proxy.
        { "@aws-cdk/aws-rds:databaseProxyUniqueResourceName", boolean(true) },
        END,
    };

    for (const struct field *flag = flags; flag->key; flag++)
        if (!object_get(context, flag->key))
            construct_set_context(root, flag->key, flag->value);
}

static void add_tags(struct construct *root, const struct value *tags)
{
    for (size_t i = 0; i < value_length(tags); i++) {
        const struct field *tag = object_at(tags, i);

        tags_add(root, tag->key, value_string(tag->value), NULL);
    }
}

static void build(struct tango *tango, struct construct *root, const struct settings *settings)
{
    network_stack_init(&tango->network, root, settings);
    media_stack_init(&tango->media, root, settings, &tango->network);
    app_stack_init(&tango->app, root, settings, &tango->network, &tango->media);
    frontend_stack_init(&tango->frontend, root, settings, &tango->network, &tango->app);
    events_stack_init(&tango->events, root, settings, &tango->network, &tango->app);
    observability_stack_init(&tango->observability, root, settings, tango);

    stack_add_dependency(&tango->app.stack, &tango->network.stack);
    stack_add_dependency(&tango->app.stack, &tango->media.stack);
    stack_add_dependency(&tango->frontend.stack, &tango->app.stack);
    stack_add_dependency(&tango->events.stack, &tango->app.stack);
    stack_add_dependency(&tango->observability.stack, &tango->app.stack);
    stack_add_dependency(&tango->observability.stack, &tango->events.stack);
    tango_accept_findings(tango, settings);
}

struct app *tango_new(const struct value *context)
{
    struct app *app = app_new(&(struct app_props){ .context = context });
    struct construct *root = app_node(app);
    struct settings settings;

    set_feature_flags(root, context);
    tango_settings_read(&settings, context, root);
    if (app_diag_count(app, DIAG_ERROR))
        return app;
    add_tags(root, settings.tags);
    build(arena_alloc(construct_arena(root), sizeof(struct tango)), root, &settings);
    return app;
}
