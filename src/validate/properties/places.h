// SPDX-License-Identifier: MIT
#ifndef VALIDATE_PROPERTIES_PLACES_H
#define VALIDATE_PROPERTIES_PLACES_H

// What stands at a place such as "Properties/Rules/*/Name": through the branches of Fn::If, each with what it
// assumes.

#include "validate/properties/judge.h"

typedef void place_visitor(struct judge *judge, const struct node *node, void *data);
// `place` is below `node`; "" is the node itself. Functions are handed out too, other than Fn::If.
void judge_each_at(
    struct judge *judge, const struct node *node, const char *place, place_visitor *visit, void *data);

// The same for rules that only look at places.
void validator_each_at(struct validator *validator, const struct node *node, const char *place,
    place_visitor *visit, void *data);

// The resource that Ref or Fn::GetAtt refers to; NULL: none, or the node is something else.
const struct template_resource *referred_resource(struct validator *validator, const struct node *node);

#endif
