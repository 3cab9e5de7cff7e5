// SPDX-License-Identifier: MIT
#include "cdk/synth_private.h"

struct inherited {
    const struct aspect_application *items; // by priority, outer scopes first among equals
    size_t length;
};

static struct inherited merge(const struct construct *construct, struct inherited from_above)
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

static void invoke(struct construct *construct, struct inherited aspects)
{
    if (construct->aspects.length)
        aspects = merge(construct, aspects);
    for (size_t i = 0; i < aspects.length; i++)
        aspects.items[i].visit(construct, aspects.items[i].data);
    for (size_t i = 0; i < construct->children.length; i++)
        invoke(construct->children.items[i], aspects);
}

void aspects_invoke(struct construct *root)
{
    invoke(root, (struct inherited){ NULL, 0 });
}
