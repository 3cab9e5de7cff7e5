// SPDX-License-Identifier: MIT
#include "cost/charges.h"

#include "data/value.h"
#include "template/template.h"
#include "util/arena.h"
#include "util/text/suggest.h"

#include <string.h>

const char cost_prices_of[] = "us-east-1, June 2026";

static void add_line(const struct cost_subject *subject, const struct price *price, double quantity)
{
    struct cost *cost = subject->cost;
    struct cost_line *line;

    if (quantity <= 0)
        return;
    cost->lines = arena_grow(value_arena(), cost->lines, cost->count, &cost->capacity, sizeof(*cost->lines));
    line = &cost->lines[cost->count++];
    *line = (struct cost_line){
        .stack = subject->template->name,
        .id = subject->id,
        .path = object_string(subject->template->paths, subject->id),
        .type = subject->type,
        .price = price,
        .quantity = quantity,
        .dollars = quantity * price->dollars / price->per,
    };
    cost->dollars += line->dollars;
}

static double used(const struct cost_subject *subject, const char *dimension)
{
    return dimension ? value_number(object_get(subject->usage, dimension)) : 1;
}

static void charge(const struct cost_subject *subject)
{
    bool is_known = cost_is_free(subject->type);

    for (const struct charge *row = charges; row->type; row++) {
        double use;

        if (strcmp(row->type, subject->type) != 0)
            continue;
        is_known = true;
        use = used(subject, row->dimension) * used(subject, row->second);
        if (use > 0)
            add_line(subject, &prices[row->price], use * row->quantity(subject));
    }
    if (!is_known && !string_list_has(&subject->cost->unknown, subject->type))
        string_list_add(&subject->cost->unknown, value_arena(), subject->type);
}

// The use of the usage file.

static bool has_resource(const struct cost_template *templates, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        const struct value *resources = template_resources(templates[i].template);

        if (object_get(resources, name))
            return true;
        for (size_t j = 0; j < value_length(resources); j++)
            if (strcmp(object_string_or_empty(object_at(resources, j)->value, "Type"), name) == 0)
                return true;
    }
    return false;
}

static const char *type_of(const struct cost_template *templates, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        const struct value *resource = object_get(template_resources(templates[i].template), name);

        if (resource)
            return object_string_or_empty(resource, "Type");
    }
    return name;
}

static int refuse_name(
    const struct cost_template *templates, size_t count, const char *name, struct error *err)
{
    struct suggestion suggestion = SUGGESTION_FOR(name);

    for (size_t i = 0; i < count; i++) {
        const struct value *resources = template_resources(templates[i].template);

        for (size_t j = 0; j < value_length(resources); j++) {
            suggestion_consider(&suggestion, object_at(resources, j)->key);
            suggestion_consider(&suggestion, object_string_or_empty(object_at(resources, j)->value, "Type"));
        }
    }
    if (suggestion.best)
        return error_set(err, "there is no resource or type '%s'; did you mean '%s'?", name, suggestion.best);
    return error_set(err, "there is no resource or type '%s'", name);
}

static bool has_dimension(const char *type, const char *name)
{
    for (const struct charge *row = charges; row->type; row++)
        if (strcmp(row->type, type) == 0 &&
            ((row->dimension && strcmp(row->dimension, name) == 0) ||
                (row->second && strcmp(row->second, name) == 0)))
            return true;
    return false;
}

static void add_dimension(struct strbuf *list, const char *name)
{
    if (name && !strstr(list->data, name))
        strbuf_addf(list, "%s%s", list->length ? ", " : "", name);
}

static int refuse_dimension(const char *type, const char *name, struct error *err)
{
    STRBUF_AUTO list = STRBUF_INIT;

    for (const struct charge *row = charges; row->type; row++) {
        if (strcmp(row->type, type) != 0)
            continue;
        add_dimension(&list, row->dimension);
        add_dimension(&list, row->second);
    }
    if (!list.length)
        return error_set(err, "%s costs the same however it is used", type);
    return error_set(err, "%s has no '%s'; it has %s", type, name, list.data);
}

static int check_usage(const struct cost_template *templates, size_t count, const char *name,
    const struct value *use, struct error *err)
{
    const char *type = type_of(templates, count, name);

    if (!has_resource(templates, count, name))
        return refuse_name(templates, count, name, err);
    if (value_type(use) != VALUE_OBJECT)
        return error_set(err, "the use of '%s' must be an object of dimensions and numbers", name);
    for (size_t i = 0; i < value_length(use); i++) {
        const struct field *field = object_at(use, i);

        if (!has_dimension(type, field->key))
            return refuse_dimension(type, field->key, err);
        if (value_type(field->value) != VALUE_NUMBER || value_number(field->value) < 0)
            return error_set(err, "'%s' of '%s' must be a number, not below 0", field->key, name);
    }
    return 0;
}

int cost_estimate(const struct cost_template *templates, size_t count, const struct value *usage,
    struct cost *ret_cost, struct error *err)
{
    *ret_cost = (struct cost){ 0 };
    for (size_t i = 0; usage && i < value_length(usage); i++)
        if (check_usage(templates, count, object_at(usage, i)->key, object_at(usage, i)->value, err) < 0)
            return -1;
    for (size_t i = 0; i < count; i++) {
        const struct value *resources = template_resources(templates[i].template);

        for (size_t j = 0; j < value_length(resources); j++) {
            const struct field *field = object_at(resources, j);
            struct cost_subject subject = {
                .cost = ret_cost,
                .template = &templates[i],
                .id = field->key,
                .type = object_string_or_empty(field->value, "Type"),
                .properties = object_get(field->value, "Properties"),
            };

            subject.usage = object_get(usage, subject.id);
            if (!subject.usage)
                subject.usage = object_get(usage, subject.type);
            charge(&subject);
        }
    }
    return 0;
}
