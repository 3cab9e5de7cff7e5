// SPDX-License-Identifier: MIT
// bench_synth STACKS RESOURCES DIRECTORY: synthesizes a generated app, every stack of which refers to the one
// before, and prints seconds and peak memory in KiB of the whole process.
#include "cdk/app.h"
#include "cdk/construct.h"
#include "cdk/diag.h"
#include "cdk/resource.h"
#include "cdk/stack.h"
#include "cdk/synth.h"
#include "util/die.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

enum { REFERENCES = 20 }; // across stacks, for each pair of neighbours

static struct value *properties(int i, const struct resource *previous, const struct resource *foreign)
{
    return object((struct field[]){
        { "DisplayName", previous ? concatf("topic %d behind %v", i, get_att(previous, "TopicName")) : NULL },
        { "KmsMasterKeyId", foreign ? get_att(foreign, "TopicArn") : NULL },
        { "TopicName", stringf("topic-%d", i) },
        END,
    });
}

static void fill_stack(
    struct construct *scope, int resources, struct resource **made, struct resource *const *foreign)
{
    for (int i = 0; i < resources; i++) {
        struct construct *node = construct_new(scope, arena_printf(value_arena(), "Group%d", i), "Construct");

        made[i] = resource_new(node, "Resource", "AWS::SNS::Topic",
            properties(i, i ? made[i - 1] : NULL, foreign && i < REFERENCES ? foreign[i] : NULL));
    }
}

static void build(struct app *app, int stacks, int resources)
{
    struct resource **previous = NULL;

    for (int i = 0; i < stacks; i++) {
        struct resource **made = arena_alloc(value_arena(), (size_t)resources * sizeof(*made));
        struct stack *stack =
            stack_new(app_node(app), arena_printf(value_arena(), "Stack%d", i), &(struct stack_props){ 0 });

        fill_stack(stack->node, resources, made, previous);
        previous = made;
    }
}

static double seconds_of(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

int main(int argc, char **argv)
{
    ERROR_AUTO err = ERROR_INIT;
    struct assembly assembly;
    struct rusage usage;
    struct app *app;

    if (argc != 4)
        die("usage: bench_synth STACKS RESOURCES DIRECTORY");
    app = app_new(&(struct app_props){ 0 });
    build(app, atoi(argv[1]), atoi(argv[2]));
    if (!app_synth(app, &assembly))
        die("%s", app_diag_at(app, 0)->message);
    if (assembly_write(&assembly, argv[3], &err) < 0)
        die("%s", err.message);
    app_free(app);
    getrusage(RUSAGE_SELF, &usage);
    printf("%.6f %ld\n", seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime), usage.ru_maxrss);
    return 0;
}
