// SPDX-License-Identifier: MIT
#include "cdk/construct.h"

#include "cdk/construct_private.h"
#include "cdk/context/context_keys.h"
#include "util/strbuf.h"

#include <string.h>

enum { INDEXED_CHILDREN = 16 };

static struct construct *allocate(struct app *app, struct construct *scope, const char *id, const char *type)
{
    struct construct *construct = arena_alloc(&app->arena, sizeof(*construct));

    construct->id = id;
    construct->type = type;
    construct->app = app;
    construct->scope = scope;
    return construct;
}

struct app *app_new(const struct app_props *props)
{
    struct arena arena = ARENA_INIT;
    struct app *app;

    arena_expect_much(&arena);
    app = arena_alloc(&arena, sizeof(*app));
    app->arena = arena;
    app->previous_arena = value_arena_use(&app->arena);
    app->root = allocate(app, NULL, "", "App");
    app->root->path = "";
    app->missing = array();
    map_init(&app->asset_sources, &app->arena);
    for (size_t i = 0; i < value_length(props->context); i++) {
        const struct field *field = object_at(props->context, i);

        construct_set_context(app->root, field->key, field->value);
    }
    context_keys_check(props->context, app->root);
    return app;
}

void app_free(struct app *app)
{
    struct arena arena;

    if (!app)
        return;
    value_arena_use(app->previous_arena);
    arena = app->arena;
    arena_release(&arena);
}

struct construct *app_node(struct app *app)
{
    return app->root;
}

// "/" separates ids in a path, so it cannot be part of one (constructs: Node's sanitizeId).
static const char *sanitize(struct arena *arena, const char *id)
{
    STRBUF_AUTO text = STRBUF_INIT;

    if (!strchr(id, '/'))
        return arena_strdup(arena, id);
    for (; *id; id++) {
        if (*id == '/')
            strbuf_add_string(&text, "--");
        else
            strbuf_add_char(&text, *id);
    }
    return arena_strdup(arena, text.data);
}

static const char *join_path(struct arena *arena, const char *scope, const char *id)
{
    size_t scope_length = strlen(scope), id_size = strlen(id) + 1;
    char *path = arena_alloc(arena, scope_length + 1 + id_size);

    memcpy(path, scope, scope_length);
    path[scope_length] = '/';
    memcpy(path + scope_length + 1, id, id_size);
    return path;
}

static void adopt(struct construct *scope, struct construct *child)
{
    struct arena *arena = &scope->app->arena;

    LIST_APPEND(arena, &scope->children, child);
    if (scope->child_index) {
        map_set(scope->child_index, child->id, child);
    } else if (scope->children.length > INDEXED_CHILDREN) {
        scope->child_index = arena_alloc(arena, sizeof(*scope->child_index));
        map_init(scope->child_index, arena);
        for (size_t i = 0; i < scope->children.length; i++)
            map_set(scope->child_index, scope->children.items[i]->id, scope->children.items[i]);
    }
}

struct construct *construct_at(struct construct *scope, const char *id, const char *place)
{
    if (strncmp(place, "./", 2) == 0)
        place += 2;
    if (scope && id)
        LIST_APPEND(&scope->app->arena, &scope->app->places,
            (struct announced_place){ scope, arena_strdup(&scope->app->arena, id), place });
    return scope;
}

static const char *take_place(struct construct *scope, const char *id)
{
    struct app *app = scope->app;
    const char *found = NULL;

    for (size_t i = app->places.length; i-- > 0;) {
        const struct announced_place *one = &app->places.items[i];

        if (one->scope != scope || strcmp(one->id, id) != 0)
            continue;
        found = one->place;
        app->places.items[i] = app->places.items[--app->places.length];
    }
    return found;
}

const char *construct_place(const struct construct *construct)
{
    while (construct && !construct->place)
        construct = construct->scope;
    return construct ? construct->place : NULL;
}

static void add_place(struct construct *construct, void *places)
{
    if (construct->place)
        object_set(places, construct->path, string(construct->place));
}

struct value *app_places(struct app *app)
{
    struct value *places = object((struct field[]){ END });

    construct_walk(app->root, add_place, places);
    return places;
}

struct construct *construct_new(struct construct *scope, const char *id, const char *type)
{
    struct arena *arena = &scope->app->arena;
    const char *own_id = sanitize(arena, id ? id : "");
    struct construct *construct = allocate(scope->app, scope, own_id, type);

    construct->path = *scope->path ? join_path(arena, scope->path, own_id) : own_id;
    construct->stack = scope->stack;
    construct->place = id ? take_place(scope, id) : NULL;
    if (!*own_id)
        diag_error(scope, "a construct in this scope has no id");
    else if (construct_child(scope, own_id))
        diag_error(scope, "there is already a construct with the id '%s' in this scope", own_id);
    adopt(scope, construct);
    return construct;
}

void *construct_object(const struct construct *construct)
{
    return construct->object;
}

void construct_set_object(struct construct *construct, void *object)
{
    construct->object = object;
}

const char *construct_id(const struct construct *construct)
{
    return construct->id;
}

const char *construct_path(const struct construct *construct)
{
    return construct->path;
}

struct construct *construct_scope(const struct construct *construct)
{
    return construct->scope;
}

struct construct *construct_root(const struct construct *construct)
{
    return construct->app->root;
}

struct stack *construct_stack(const struct construct *construct)
{
    return construct->stack;
}

struct arena *construct_arena(const struct construct *construct)
{
    return &construct->app->arena;
}

struct construct *construct_child(const struct construct *construct, const char *id)
{
    if (strchr(id, '/'))
        id = sanitize(&construct->app->arena, id);
    if (construct->child_index)
        return map_get(construct->child_index, id);
    for (size_t i = 0; i < construct->children.length; i++)
        if (strcmp(construct->children.items[i]->id, id) == 0)
            return construct->children.items[i];
    return NULL;
}

size_t construct_child_count(const struct construct *construct)
{
    return construct->children.length;
}

struct construct *construct_child_at(const struct construct *construct, size_t index)
{
    return construct->children.items[index];
}

void construct_walk(struct construct *root, construct_visitor *visit, void *data)
{
    visit(root, data);
    for (size_t i = 0; i < root->children.length; i++)
        construct_walk(root->children.items[i], visit, data);
}

struct value *construct_context(const struct construct *construct, const char *key)
{
    for (; construct; construct = construct->scope) {
        struct value *value = object_get(construct->context, key);

        if (value)
            return value;
    }
    return NULL;
}

void construct_set_context(struct construct *construct, const char *key, struct value *value)
{
    if (!construct->context)
        construct->context = object((struct field[]){ END });
    object_set(construct->context, key, value);
}

bool construct_context_flag(const struct construct *construct, const char *key)
{
    const struct value *value = construct_context(construct, key);
    const char *text = value_string(value);

    return text ? strcmp(text, "true") == 0 : value_boolean(value);
}

void construct_add_metadata(struct construct *construct, const char *type, struct value *data)
{
    LIST_APPEND(&construct->app->arena, &construct->metadata, (struct metadata_entry){ type, data });
}

void construct_add_dependency(struct construct *construct, struct construct *target)
{
    if (target)
        LIST_APPEND(&construct->app->arena, &construct->dependencies, target);
}

void construct_add_validation(
    struct construct *construct, void (*validate)(struct construct *, void *data), void *data)
{
    LIST_APPEND(&construct->app->arena, &construct->validations, (struct validation){ validate, data });
}

void aspect_add(struct construct *scope, aspect_visit *visit, void *data, int priority)
{
    LIST_APPEND(&scope->app->arena, &scope->aspects, (struct aspect_application){ visit, data, priority });
}
