// SPDX-License-Identifier: MIT
#include "aws/lambda/lambda_private.h"

#include "cdk/construct.h"
#include "cdk/diag.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_LAYERS = 5 };

struct lambda_layer_version *lambda_layer_version_from_arn(
    struct construct *scope, const char *id, struct value *layer_version_arn)
{
    struct lambda_layer_version *self = arena_alloc(construct_arena(scope), sizeof(*self));

    self->node = construct_new(scope, id, "lambda.LayerVersion");
    self->layer_version_arn = layer_version_arn;
    return self;
}

void lambda_function_add_layer(struct lambda_function *function, struct lambda_layer_version *layer)
{
    struct lambda_function_state *state = function->state;

    if (state->layer_count == MAX_LAYERS) {
        diag_error(
            function->node, "the function has %d layers already, and no more are possible", MAX_LAYERS);
        return;
    }
    state->layers = arena_grow(construct_arena(function->node), state->layers, state->layer_count,
        &state->layer_capacity, sizeof(struct lambda_layer_version *));
    state->layers[state->layer_count++] = layer;
}

static int compare_paths(const void *a, const void *b)
{
    struct lambda_layer_version *const *x = a, *const *y = b;

    return strcmp(construct_path((*x)->node), construct_path((*y)->node));
}

struct lambda_layer_version **lambda_function_sorted_layers(const struct lambda_function *function)
{
    const struct lambda_function_state *state = function->state;
    size_t size = state->layer_count * sizeof(struct lambda_layer_version *);
    struct lambda_layer_version **sorted = arena_memdup(construct_arena(function->node), state->layers, size);

    if (construct_context_flag(function->node, "@aws-cdk/aws-lambda:recognizeLayerVersion"))
        qsort(sorted, state->layer_count, sizeof(struct lambda_layer_version *), compare_paths);
    return sorted;
}

static struct value *render(void *data)
{
    struct lambda_function *function = data;
    struct value *arns = array();
    struct lambda_layer_version **layers;

    if (!function->state->layer_count)
        return NULL;
    layers = lambda_function_sorted_layers(function);
    for (size_t i = 0; i < function->state->layer_count; i++)
        array_append(arns, layers[i]->layer_version_arn);
    return arns;
}

struct value *lambda_function_layers(struct lambda_function *function)
{
    return lazy(render, function);
}
