// SPDX-License-Identifier: MIT
#include "cdk/synth.h"

#include "cdk/synth_private.h"
#include "data/bootstrap.h"
#include "data/json.h"
#include "util/digest.h"

enum { TEMPLATE_INDENT = 2, INITIAL_TEXT_SIZE = 64 * 1024, INITIAL_ARENA_SIZE = 256 * 1024 };

struct inherited {
    const struct aspect_application *items; // by priority, outer scopes first among equals
    size_t length;
};

static struct inherited merge_aspects(const struct construct *construct, struct inherited from_above)
{
    size_t own = construct->aspects.length;
    struct aspect_application *merged =
        arena_alloc(&construct->app->arena, (from_above.length + own) * sizeof(*merged));
    size_t length = 0;

    for (size_t i = 0; i < from_above.length; i++)
        merged[length++] = from_above.items[i];
    for (size_t i = 0; i < own; i++) {
        size_t at = length++;

        for (; at > 0 && merged[at - 1].priority > construct->aspects.items[i].priority; at--)
            merged[at] = merged[at - 1];
        merged[at] = construct->aspects.items[i];
    }
    return (struct inherited){ merged, length };
}

static void invoke_aspects(struct construct *construct, struct inherited aspects)
{
    if (construct->aspects.length)
        aspects = merge_aspects(construct, aspects);
    for (size_t i = 0; i < aspects.length; i++)
        aspects.items[i].visit(construct, aspects.items[i].data);
    for (size_t i = 0; i < construct->children.length; i++)
        invoke_aspects(construct->children.items[i], aspects);
}

static void invoke_all_aspects(struct construct *root)
{
    invoke_aspects(root, (struct inherited){ NULL, 0 });
}

// As the CDK's default stack synthesizer adds them (stack-synthesizers/stack-synthesizer.ts).
static void add_bootstrap_version(struct stack *stack)
{
    struct value *too_old = array();
    struct value *version;
    struct value *assertion;

    version = parameter_new(stack->node, "BootstrapVersion",
        &(struct parameter_props){
            .type = "AWS::SSM::Parameter::Value<String>",
            .default_value = string(stack_specialize(stack, "/cdk-bootstrap/%q/version")),
            .description = "Version of the CDK Bootstrap resources in this environment, automatically "
                           "retrieved from SSM Parameter Store. [cdk:skip]",
        });
    for (int i = 1; i < BOOTSTRAP_FOR_DEPLOYMENT; i++)
        array_append(too_old, stringf("%d", i));
    assertion = object(
        (struct field[]){ { "Fn::Contains", array_of((struct value *[]){ too_old, version, NULL }) }, END });
    assertion = object((struct field[]){
        { "Assert",
            object((struct field[]){ { "Fn::Not", array_of((struct value *[]){ assertion, NULL }) }, END }) },
        { "AssertDescription",
            stringf("CDK bootstrap stack version %d required. Please run 'cdk bootstrap' with a recent "
                    "version of the CDK CLI.",
                BOOTSTRAP_FOR_DEPLOYMENT) },
        END,
    });
    element_new(stack->node, "CheckBootstrapVersion", "CfnRule", ELEMENT_RULE,
        object((struct field[]){ { "Assertions", array_of((struct value *[]){ assertion, NULL }) }, END }));
}

static void validate(struct construct *construct, void *data)
{
    (void)data;
    for (size_t i = 0; i < construct->validations.length; i++)
        construct->validations.items[i].validate(construct, construct->validations.items[i].data);
}

struct builder {
    struct stack *stack;
    struct value *template;
};

static void add_element(struct construct *construct, struct builder *builder)
{
    struct element *element = construct->element;
    const char *section = element_section(element);
    struct value *entries = object_get(builder->template, section);
    struct value *entry;

    if (!element_is_wanted(element))
        return;
    entry = stack_resolve(builder->stack, element_definition(element));
    if (!entries) {
        entries = object((struct field[]){ END });
        object_set(builder->template, section, entries);
    }
    object_set(entries, element_logical_id(element), entry);
}

static void add_construct(struct construct *construct, struct builder *builder)
{
    if (construct->element)
        add_element(construct, builder);
    for (size_t i = 0; i < construct->children.length; i++)
        if (construct->children.items[i]->stack == builder->stack)
            add_construct(construct->children.items[i], builder);
}

// The stack's template with nothing symbolic left.
static struct value *make_template(struct stack *stack)
{
    struct builder builder = { stack, object((struct field[]){ END }) };

    object_set(builder.template, "Description", string(stack->state->description));
    add_construct(stack->node, &builder);
    return builder.template;
}

// Resolved values are needed only until their text is written, so they live in an arena of their own, which
// all stacks use in turn.
struct workspace {
    struct arena arena;
    struct strbuf text;
    template_visitor *visit; // NULL: none
    void *visit_data;
};

static void render(struct stack *stack, struct workspace *workspace, struct assembly_stack *ret_rendered)
{
    struct arena *arena = &stack->node->app->arena;
    struct arena *previous = value_arena_use(&workspace->arena);
    struct strbuf *text = &workspace->text;
    const struct value *template = make_template(stack);
    char hash[SHA256_HEX_SIZE];

    strbuf_reset(text);
    json_write(text, template, TEMPLATE_INDENT);
    if (workspace->visit)
        workspace->visit(stack, template, workspace->visit_data);
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

static void render_all(
    struct app *app, template_visitor *visit, void *visit_data, struct assembly_stack *stacks)
{
    struct workspace workspace = { ARENA_INIT, STRBUF_INIT, visit, visit_data };

    arena_borrow(&workspace.arena, &app->arena, INITIAL_ARENA_SIZE);
    strbuf_grow(&workspace.text, INITIAL_TEXT_SIZE - 1);
    for (size_t i = 0; i < app->stacks.length; i++)
        render(app->stacks.items[i], &workspace, &stacks[i]);
    arena_release(&workspace.arena);
    strbuf_release(&workspace.text);
}

bool app_synth(struct app *app, struct assembly *ret_assembly)
{
    return app_synth_visiting(app, NULL, NULL, ret_assembly);
}

bool app_synth_visiting(struct app *app, template_visitor *visit, void *data, struct assembly *ret_assembly)
{
    size_t count = app->stacks.length;
    struct assembly_stack *stacks = arena_alloc(&app->arena, count * sizeof(*stacks));

    invoke_all_aspects(app->root);
    dependencies_resolve(app->root);
    references_resolve(app->root);
    construct_walk(app->root, validate, NULL);
    for (size_t i = 0; i < count; i++) {
        add_bootstrap_version(app->stacks.items[i]);
        limits_check(app->stacks.items[i]);
    }
    if (app_diag_count(app, DIAG_ERROR))
        return false;
    render_all(app, visit, data, stacks);
    if (app_diag_count(app, DIAG_ERROR))
        return false;
    *ret_assembly = (struct assembly){ app, stacks, count, app->missing };
    return true;
}
