// SPDX-License-Identifier: MIT
#ifndef COST_CHARGES_H
#define COST_CHARGES_H

// What is charged for each type of resource: the rows of charges.c. A resource costs nothing in a row whose
// quantity is zero, so that there may be a row for each of several prices.

#include "cost/cost.h"

#include <stdbool.h>

enum price_id {
#define PRICE(id, unit, dollars, per, page) PRICE_##id,
#include "cost/prices.def"
#undef PRICE
    PRICE_COUNT
};

extern const struct price prices[PRICE_COUNT];

// A resource, and where others of its template are found.
struct cost_subject {
    struct cost *cost;
    const struct cost_template *template;
    const char *id;
    const char *type;
    const struct value *properties; // may be NULL
    const struct value *usage;      // of this resource; NULL: none
};

struct charge {
    const char *type;
    enum price_id price;
    // Units a month when nobody uses it; of a dimension of use: units for each unit of the dimension.
    double (*quantity)(const struct cost_subject *subject);
    const char *dimension; // of use; NULL: it is charged in any case
    const char *second;    // dimension that is multiplied with the first; NULL: none
};

extern const struct charge charges[]; // ends with a type of NULL

bool cost_is_free(const char *type);

#endif
