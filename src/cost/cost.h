// SPDX-License-Identifier: MIT
#ifndef COST_COST_H
#define COST_COST_H

// What the resources of templates cost a month, from list prices that are compiled in (prices.def): when
// nobody uses them, and with an assumed use. A month has 730 hours. No I/O; everything lives in the current
// value arena.

#include "util/display.h"
#include "util/error.h"
#include "util/strbuf.h"
#include "util/string_list.h"

#include <stddef.h>

struct value;

struct price {
    const char *unit; // "hours"
    double dollars;   // of `per` units
    double per;
    const char *page; // where it is written
};

struct cost_template {
    const char *name; // of the stack
    const struct value *template;
    const struct value *paths; // construct paths by logical id; NULL: not known
};

struct cost_line {
    const char *stack;
    const char *id;
    const char *path; // of the construct, without the stack's name; NULL: not known
    const char *type;
    const struct price *price;
    double quantity; // units a month
    double dollars;  // a month
};

struct cost {
    struct cost_line *lines;
    size_t count, capacity;
    double dollars;
    struct string_list unknown; // types without a price that are not known to be free
    struct string_list open;    // what only the deployment knows, counted as nothing: "STACK/ID: what"
};

extern const char cost_prices_of[]; // region and month

// `usage` NULL: there is none. It is an object; a key is a resource type, and means each resource of it, or a
// logical id, which wins; a value is an object of dimensions and numbers, a month:
//     { "AWS::CloudFront::Distribution": { "requests": 5e6, "gigabytes": 200 } }
// What it names that is not there is an error, with a suggestion.
int cost_estimate(const struct cost_template *templates, size_t count, const struct value *usage,
    struct cost *ret_cost, struct error *err);

void cost_write_text(struct display *out, const struct cost *cost);
void cost_write_markdown(struct strbuf *out, const struct cost *cost);
void cost_write_json(struct strbuf *out, const struct cost *cost);

#endif
