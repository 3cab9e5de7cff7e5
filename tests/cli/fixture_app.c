// SPDX-License-Identifier: MIT
// A small app for the tests of the command line: three stacks in a chain, a setting of every type, and
// availability zones that need a look-up.
#include "cli/core/cli.h"

#include "cdk/app.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/resource.h"
#include "cdk/setting.h"
#include "cdk/stack.h"

struct settings {
    const char *account;
    const char *region;
    const char *prefix;
    const char *title;
    int count;
    double ratio;
    bool enabled;
    bool warn;
    struct value *zones;
    struct value *labels;
};

static const struct setting table[] = {
    { "account", SETTING_STRING(struct settings, account), NULL, .description = "account to deploy to" },
    { "region", SETTING_STRING(struct settings, region), NULL, .description = "region to deploy to" },
    { "prefix", SETTING_STRING(struct settings, prefix), "Demo",
        .description = "what the names of stacks begin with" },
    { "title", SETTING_STRING(struct settings, title), "${prefix} stacks",
        .description = "description of the stacks" },
    { "count", SETTING_INTEGER(struct settings, count), "2", .description = "topics", .minimum = 1,
        .maximum = 10 },
    { "ratio", SETTING_NUMBER(struct settings, ratio), "0.5", .description = "a share", .minimum = 0,
        .maximum = 1 },
    { "enabled", SETTING_BOOLEAN(struct settings, enabled), "true",
        .description = "whether there are any topics" },
    { "warn", SETTING_BOOLEAN(struct settings, warn), "false", .description = "whether Web has a warning" },
    { "zones", SETTING_STRINGS(struct settings, zones), NULL,
        .description = "zones to use instead of the region's" },
    { "labels", SETTING_STRING_MAP(struct settings, labels), "{}", .description = "labels of the topics" },
    SETTING_END,
};

static struct stack *add_stack(struct construct *root, const struct settings *settings, const char *name)
{
    const char *id = arena_printf(construct_arena(root), "%s%s", settings->prefix, name);

    return stack_new(root, id,
        &(struct stack_props){
            .account = settings->account, .region = settings->region, .description = settings->title });
}

static void add_topics(struct stack *stack, const struct settings *settings, struct value *zones)
{
    for (int i = 0; settings->enabled && i < settings->count; i++)
        resource_new(stack->node, arena_printf(construct_arena(stack->node), "Topic%d", i), "AWS::SNS::Topic",
            object((struct field[]){
                { "DisplayName", zones },
                { "Labels", settings->labels },
                { "Ratio", number(settings->ratio) },
                END,
            }));
}

static struct app *build(const struct value *context)
{
    struct app *app = app_new(&(struct app_props){ .context = context });
    struct construct *root = app_node(app);
    struct settings settings = { 0 };
    struct stack *network;
    struct stack *data;
    struct stack *web;

    settings_read(table, context, root, &settings);
    if (app_diag_count(app, DIAG_ERROR))
        return app;
    network = add_stack(root, &settings, "Network");
    data = add_stack(root, &settings, "Data");
    web = add_stack(root, &settings, "Web");
    add_topics(network, &settings, settings.zones ? settings.zones : stack_availability_zones(network));
    add_topics(data, &settings, string("data"));
    add_topics(web, &settings, string("web"));
    stack_add_dependency(data, network);
    stack_add_dependency(web, data);
    if (settings.warn)
        diag_warning(web->node, "the web is dangerous");
    return app;
}

int main(int argc, char **argv)
{
    const struct app_definition definition = {
        .name = "demo",
        .summary = "An app of three stacks.",
        .build = build,
        .settings = table,
    };

    return cli_main(&definition, argc, argv);
}
