// SPDX-License-Identifier: MIT
#include "cdk/synth_private.h"

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

struct value *template_make(struct stack *stack)
{
    struct builder builder = { stack, object((struct field[]){ END }) };

    object_set(builder.template, "Description", string(stack->state->description));
    add_construct(stack->node, &builder);
    return builder.template;
}
