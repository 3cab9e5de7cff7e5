// SPDX-License-Identifier: MIT
#ifndef CDK_NAMES_H
#define CDK_NAMES_H

// Ids and names made from construct paths (CDK's uniqueid.ts and unique-resource-name.ts).

#include "cdk/construct.h"

// At most 255 letters and digits: the components without what is not alphanumeric, and eight hex digits of
// their MD5. A component "Default" is left out, "Resource" counts for the hash only.
const char *names_make_unique_id(struct arena *arena, const char *const *components, size_t count);

// An error on the construct where all components are "Default", of which no id can be made.
void names_check_id(struct construct *construct, const char *const *components, size_t count);

// The order of JavaScript's localeCompare for the characters of ids, paths and tag keys.
int names_locale_compare(const char *a, const char *b);

// The ids from below `ancestor` (NULL: from below the root) down to the construct; an array in the arena.
const char *const *names_components(
    const struct construct *construct, const struct construct *ancestor, size_t *ret_count);

#endif
