// SPDX-License-Identifier: MIT
#include "cdk/synth.h"

#include "cdk/synth_private.h"
#include "data/json.h"
#include "util/digest.h"

enum { TEMPLATE_INDENT = 2, USUAL_TEMPLATE = 64 * 1024, USUAL_RESOLVED = 256 * 1024 };

static void validate(struct construct *construct, void *data)
{
    (void)data;
    for (size_t i = 0; i < construct->validations.length; i++)
        construct->validations.items[i].validate(construct, construct->validations.items[i].data);
}

// Resolved values are needed only until their text is written, so they live in an arena of their own, which
// all stacks use in turn.
struct workspace {
    struct arena arena;
    struct strbuf text;
};

static void render(struct stack *stack, struct workspace *workspace, struct assembly_stack *ret_rendered)
{
    struct arena *arena = &stack->node->app->arena;
    struct arena *previous = value_arena_use(&workspace->arena);
    struct strbuf *text = &workspace->text;
    char hash[SHA256_HEX_SIZE];

    strbuf_reset(text);
    json_write(text, template_make(stack), TEMPLATE_INDENT);
    value_arena_use(previous);
    arena_reset(&workspace->arena);
    limits_check_template(stack, text->length);
    sha256_hex(text->data, text->length, hash);
    *ret_rendered = (struct assembly_stack){
        .stack = stack,
        .template_text = arena_memdup(arena, text->data, text->length + 1),
        .template_length = text->length,
        .template_hash = arena_strdup(arena, hash),
        .template_file = arena_printf(arena, "%s.template.json", stack->artifact_id),
        .asset_manifest_file = arena_printf(arena, "%s.assets.json", stack->artifact_id),
    };
}

static void render_all(struct app *app, struct assembly_stack *stacks)
{
    struct workspace workspace = { ARENA_INIT, STRBUF_INIT };

    arena_borrow(&workspace.arena, &app->arena, USUAL_RESOLVED);
    strbuf_grow(&workspace.text, USUAL_TEMPLATE - 1);
    for (size_t i = 0; i < app->stacks.length; i++)
        render(app->stacks.items[i], &workspace, &stacks[i]);
    arena_release(&workspace.arena);
    strbuf_release(&workspace.text);
}

bool app_synth(struct app *app, struct assembly *ret_assembly)
{
    size_t count = app->stacks.length;
    struct assembly_stack *stacks = arena_alloc(&app->arena, count * sizeof(*stacks));

    aspects_invoke(app->root);
    dependencies_resolve(app->root);
    references_resolve(app->root);
    construct_walk(app->root, validate, NULL);
    for (size_t i = 0; i < count; i++) {
        bootstrap_version_add(app->stacks.items[i]);
        limits_check(app->stacks.items[i]);
    }
    if (app_diag_count(app, DIAG_ERROR))
        return false;
    render_all(app, stacks);
    if (app_diag_count(app, DIAG_ERROR))
        return false;
    *ret_assembly = (struct assembly){ app, stacks, count, app->missing };
    return true;
}
