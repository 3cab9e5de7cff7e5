// SPDX-License-Identifier: MIT
#ifndef VALIDATE_PROPERTIES_PACKAGES_H
#define VALIDATE_PROPERTIES_PACKAGES_H

// Properties where a template names a local file that "aws cloudformation package" uploads.

#include "validate/properties/places.h"

void packaged_places_each(struct validator *validator, const struct node *resource, place_visitor *visit);
// Whether a string may be there, though the property is an object.
bool place_is_packaged(const struct template_resource *resource, const struct node *node);

#endif
