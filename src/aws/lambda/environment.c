// SPDX-License-Identifier: MIT
#include "aws/lambda/lambda_private.h"

#include "cdk/construct.h"
#include "cdk/diag.h"
#include "util/array.h"
#include "util/strbuf.h"

#include <stdlib.h>
#include <string.h>

// "Using Lambda environment variables": what the service sets itself (function.js, addEnvironment).
static const char *const reserved_names[] = {
    "_HANDLER",
    "_X_AMZN_TRACE_ID",
    "AWS_DEFAULT_REGION",
    "AWS_REGION",
    "AWS_EXECUTION_ENV",
    "AWS_LAMBDA_FUNCTION_NAME",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
    "AWS_LAMBDA_FUNCTION_VERSION",
    "AWS_LAMBDA_INITIALIZATION_TYPE",
    "AWS_LAMBDA_LOG_GROUP_NAME",
    "AWS_LAMBDA_LOG_STREAM_NAME",
    "AWS_ACCESS_KEY",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_LAMBDA_RUNTIME_API",
    "LAMBDA_TASK_ROOT",
    "LAMBDA_RUNTIME_DIR",
};

static bool is_reserved(const char *name)
{
    for (size_t i = 0; i < ARRAY_SIZE(reserved_names); i++)
        if (strcmp(reserved_names[i], name) == 0)
            return true;
    return false;
}

static struct environment_variable *find(struct lambda_function_state *state, const char *name)
{
    for (size_t i = 0; i < state->variable_count; i++)
        if (strcmp(state->variables[i].name, name) == 0)
            return &state->variables[i];
    return NULL;
}

static void add(struct lambda_function *function, const char *name, struct value *text, bool remove_at_edge)
{
    struct lambda_function_state *state = function->state;
    struct arena *arena = construct_arena(function->node);
    struct environment_variable *variable = find(state, name);

    if (is_reserved(name))
        diag_error(
            function->node, "environment variable '%s' is reserved by Lambda; choose another name", name);
    if (!variable) {
        state->variables = arena_grow(arena, state->variables, state->variable_count,
            &state->variable_capacity, sizeof(*state->variables));
        variable = &state->variables[state->variable_count++];
    }
    *variable = (struct environment_variable){ arena_strdup(arena, name), text, remove_at_edge };
}

void lambda_function_add_environment(struct lambda_function *function, const char *name, struct value *text)
{
    add(function, name, text, false);
}

void lambda_function_add_environment_except_at_edge(
    struct lambda_function *function, const char *name, struct value *text)
{
    add(function, name, text, true);
}

static int compare_names(const void *a, const void *b)
{
    const struct environment_variable *x = a, *y = b;

    return strcmp(x->name, y->name);
}

// Sorted where a version hashes them, so that their order does not make a new one.
static struct value *render(void *data)
{
    struct lambda_function *function = data;
    struct lambda_function_state *state = function->state;
    struct value *variables = object((struct field[]){ END });

    if (!state->variable_count)
        return NULL;
    if (state->current_version)
        qsort(state->variables, state->variable_count, sizeof(*state->variables), compare_names);
    for (size_t i = 0; i < state->variable_count; i++)
        object_set(variables, state->variables[i].name, state->variables[i].text);
    return object((struct field[]){ { "Variables", variables }, END });
}

struct value *lambda_function_environment(struct lambda_function *function)
{
    return lazy(render, function);
}

void lambda_function_check_edge(struct lambda_function *function)
{
    struct lambda_function_state *state = function->state;
    STRBUF_AUTO names = STRBUF_INIT;
    size_t kept = 0;

    for (size_t i = 0; i < state->variable_count; i++) {
        const struct environment_variable *variable = &state->variables[i];

        if (variable->remove_at_edge) {
            diag_info(function->node, "removed environment variable '%s', which Lambda@Edge does not have",
                variable->name);
            continue;
        }
        strbuf_addf(&names, "%s%s", kept ? ", " : "", variable->name);
        state->variables[kept++] = *variable;
    }
    state->variable_count = kept;
    if (kept)
        diag_error(function->node,
            "a function at the edge has no environment variables; take out %s, or add what only other uses "
            "need with lambda_function_add_environment_except_at_edge",
            names.data);
}
