// SPDX-License-Identifier: MIT
#include "validate/properties/places.h"

#include "util/arena.h"

#include <string.h>

static void each_branch(
    struct judge *judge, const struct node *node, const char *place, place_visitor *visit, void *data)
{
    struct node argument = node_argument(node);
    struct node condition = node_at(&argument, 0);
    const struct assumption *before = judge->assumptions;

    for (size_t i = 1; i <= 2 && node_length(&argument) == 3 && node_string(&condition); i++) {
        const struct assumption assumption = { node_string(&condition), i == 1, before };
        struct node branch = node_at(&argument, i);

        judge->assumptions = &assumption;
        judge_each_at(judge, &branch, place, visit, data);
    }
    judge->assumptions = before;
}

static void each_item(
    struct judge *judge, const struct node *node, const char *rest, place_visitor *visit, void *data)
{
    for (size_t i = 0; node_is_array(node) && i < node_length(node); i++) {
        struct node item = node_at(node, i);

        judge_each_at(judge, &item, rest, visit, data);
    }
}

void judge_each_at(
    struct judge *judge, const struct node *node, const char *place, place_visitor *visit, void *data)
{
    size_t length = strcspn(place, "/");
    const char *rest = place + length + (place[length] == '/');
    struct node member;

    if (!node_exists(node))
        return;
    if (!judge->literal && node_is_function(node, "Fn::If")) {
        each_branch(judge, node, place, visit, data);
    } else if (!*place) {
        visit(judge, node, data);
    } else if (length == 1 && *place == '*') {
        each_item(judge, node, rest, visit, data);
    } else if (!node_function(node)) {
        member = node_get_n(node, place, length);
        judge_each_at(judge, &member, rest, visit, data);
    }
}

void validator_each_at(
    struct validator *validator, const struct node *node, const char *place, place_visitor *visit, void *data)
{
    struct judge judge = { .validator = validator, .has_conditions = true };

    judge_each_at(&judge, node, place, visit, data);
}

const struct template_resource *referred_resource(struct validator *validator, const struct node *node)
{
    struct node argument = node_argument(node);
    struct node first = node_at(&argument, 0);
    const char *text = node_string(&argument);

    if (node_is_function(node, "Ref"))
        return text ? validator_resource(validator, text) : NULL;
    if (!node_is_function(node, "Fn::GetAtt"))
        return NULL;
    text = text ? arena_strndup(validator_arena(validator), text, strcspn(text, ".")) : node_string(&first);
    return text ? validator_resource(validator, text) : NULL;
}
