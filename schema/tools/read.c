// SPDX-License-Identifier: MIT
// The lines of schema/cloudformation.txt: resource types, facts, nested types. Their properties are read in
// read_property.c.
#include "model.h"
#include "util/die.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct {
    const char *path;
    size_t line;
} reading;

void model_fail(const char *format, ...)
{
    char message[512];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(message, sizeof(message), format, arguments);
    va_end(arguments);
    die("%s:%zu: %s", reading.path, reading.line, message);
}

struct text *model_text(struct model *model, const char *data, size_t length)
{
    char *copy = arena_strndup(&model->arena, data, length);
    struct text *text = map_get(&model->by_data, copy);

    if (text)
        return text;
    text = arena_alloc(&model->arena, sizeof(*text));
    text->data = copy;
    map_set(&model->by_data, copy, text);
    texts_add(model, &model->texts, text);
    return text;
}

void texts_add(struct model *model, struct texts *texts, struct text *text)
{
    texts->items =
        arena_grow(&model->arena, texts->items, texts->count, &texts->capacity, sizeof(struct text *));
    texts->items[texts->count++] = text;
}

enum schema_scrutiny scrutiny_read(const char *name)
{
    for (int i = SCHEMA_SCRUTINY_NONE; i <= SCHEMA_SCRUTINY_EGRESS_RULES; i++)
        if (strcmp(schema_scrutiny_name(i), name) == 0)
            return i;
    model_fail("unknown scrutiny '%s'", name);
}

static struct text *whole(struct model *model, const char *line)
{
    return model_text(model, line, strlen(line));
}

static void read_words(struct model *model, struct texts *texts, const char *line)
{
    while (*line) {
        size_t length = strcspn(line, " ");

        texts_add(model, texts, model_text(model, line, length));
        line += length + (line[length] == ' ');
    }
}

// Facts about a resource type: " %name rest".

static void read_stateful(struct model *model, struct resource *resource, char *rest)
{
    (void)model;
    (void)rest;
    resource->is_stateful = 1;
}

static void read_tags(struct model *model, struct resource *resource, char *rest)
{
    static const char *const variants[] = {
        [SCHEMA_TAGS_STANDARD] = "standard",
        [SCHEMA_TAGS_MAP] = "map",
        [SCHEMA_TAGS_AUTO_SCALING_GROUP] = "asg",
    };
    char *property = strchr(rest, ' ');

    if (!property)
        model_fail("tags without a property");
    *property++ = '\0';
    for (uint32_t i = SCHEMA_TAGS_STANDARD; i < sizeof(variants) / sizeof(*variants); i++)
        if (strcmp(variants[i], rest) == 0)
            resource->tags = i;
    if (!resource->tags)
        model_fail("unknown kind of tags '%s'", rest);
    resource->tag_property = whole(model, property);
}

static void read_identifier(struct model *model, struct resource *resource, char *rest)
{
    read_words(model, &resource->identifier, rest);
}

static void read_ref(struct model *model, struct resource *resource, char *rest)
{
    read_words(model, &resource->ref, rest);
}

static void read_arn(struct model *model, struct resource *resource, char *rest)
{
    resource->arn = whole(model, rest);
}

static void read_transform(struct model *model, struct resource *resource, char *rest)
{
    resource->transform = whole(model, rest);
}

static void read_scrutiny(struct model *model, struct resource *resource, char *rest)
{
    (void)model;
    resource->scrutiny = scrutiny_read(rest);
}

static void read_replaces(struct model *model, struct resource *resource, char *rest)
{
    read_words(model, &resource->replacing_paths, rest);
}

static void read_fact(struct model *model, struct resource *resource, char *line)
{
    static const struct {
        const char *name;
        void (*read)(struct model *model, struct resource *resource, char *rest);
    } facts[] = {
        { "stateful", read_stateful },
        { "tags", read_tags },
        { "identifier", read_identifier },
        { "ref", read_ref },
        { "arn", read_arn },
        { "transform", read_transform },
        { "scrutiny", read_scrutiny },
        { "replaces", read_replaces },
    };
    size_t length = strcspn(line, " ");
    char *rest = line + length + (line[length] == ' ');

    line[length] = '\0';
    for (size_t i = 0; i < sizeof(facts) / sizeof(*facts); i++) {
        if (strcmp(facts[i].name, line) == 0) {
            facts[i].read(model, resource, rest);
            return;
        }
    }
    model_fail("unknown fact '%s'", line);
}

// Look-ups are binary searches in what is read here, so order is checked.
void model_check_order(const struct text *before, const struct text *name)
{
    if (before && strcmp(before->data, name->data) >= 0)
        model_fail("'%s' does not belong behind '%s'", name->data, before->data);
}

static void read_property(struct model *model, struct object *object, char *line)
{
    size_t length = strcspn(line, " ");
    struct property *property;

    if (line[length] != ' ')
        model_fail("'%s' has no type", line);
    object->properties = arena_grow(
        &model->arena, object->properties, object->count, &object->capacity, sizeof(*object->properties));
    property = &object->properties[object->count++];
    *property = (struct property){ .name = model_text(model, line, length) };
    model_check_order(object->count > 1 ? property[-1].name : NULL, property->name);
    property_read(model, property, line + length + 1);
}

static void read_nested(struct model *model, struct resource *resource, char *line)
{
    struct object *nested;

    resource->nested = arena_grow(&model->arena, resource->nested, resource->nested_count,
        &resource->nested_capacity, sizeof(*resource->nested));
    nested = &resource->nested[resource->nested_count++];
    *nested = (struct object){ .name = model_text(model, line, strlen(line) - 1) };
    model_check_order(resource->nested_count > 1 ? nested[-1].name : NULL, nested->name);
}

static struct resource *read_resource(struct model *model, const char *line)
{
    struct resource *resource;

    model->resources = arena_grow(
        &model->arena, model->resources, model->count, &model->capacity, sizeof(*model->resources));
    resource = &model->resources[model->count++];
    *resource = (struct resource){ .type = whole(model, line) };
    model_check_order(model->count > 1 ? resource[-1].type : NULL, resource->type);
    return resource;
}

static void read_inside(struct model *model, struct resource *resource, char *line)
{
    if (line[0] == '%')
        read_fact(model, resource, line + 1);
    else if (line[0] == '@')
        read_property(model, &resource->attributes, line + 1);
    else if (line[0] == ' ' && resource->nested_count)
        read_property(model, &resource->nested[resource->nested_count - 1], line + 1);
    else if (*line && line[strlen(line) - 1] == ':' && !strchr(line, ' '))
        read_nested(model, resource, line);
    else
        read_property(model, &resource->properties, line);
}

static void read_line(void *context, char *line)
{
    static const char source[] = "%source ";
    struct model *model = context;

    if (strncmp(line, source, strlen(source)) == 0)
        texts_add(model, &model->sources, whole(model, line + strlen(source)));
    else if (*line != ' ')
        read_resource(model, line);
    else if (model->count)
        read_inside(model, &model->resources[model->count - 1], line + 1);
    else
        model_fail("'%s' belongs to no resource type", line);
}

static void link_type(struct resource *resource, struct type *type)
{
    for (struct type *child = type->child; child; child = child->next)
        link_type(resource, child);
    if (type->kind != SCHEMA_OBJECT)
        return;
    for (size_t i = 0; i < resource->nested_count; i++)
        if (resource->nested[i].name == type->name)
            type->object = &resource->nested[i];
    if (!type->object)
        die("%s: '%s' has no nested type '%s'", reading.path, resource->type->data, type->name->data);
}

static void link_object(struct resource *resource, struct object *object)
{
    for (size_t i = 0; i < object->count; i++)
        link_type(resource, object->properties[i].type);
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp((*(struct text *const *)a)->data, (*(struct text *const *)b)->data);
}

void model_each_line(struct model *model, const char *path, const char *content,
    void (*read)(void *context, char *line), void *context)
{
    char *copy = arena_strdup(&model->arena, content);
    char *line;

    reading.path = path;
    reading.line = 0;
    while ((line = strsep(&copy, "\n"))) {
        reading.line++;
        if (*line != '\0' && *line != '#')
            read(context, line);
    }
}

void model_read(struct model *model, const char *path, const char *content)
{
    map_init(&model->by_data, &model->arena);
    model_each_line(model, path, content, read_line, model);
    for (size_t i = 0; i < model->count; i++) {
        struct resource *resource = &model->resources[i];

        link_object(resource, &resource->properties);
        link_object(resource, &resource->attributes);
        for (size_t j = 0; j < resource->nested_count; j++)
            link_object(resource, &resource->nested[j]);
    }
}

void model_number_strings(struct model *model)
{
    qsort(model->texts.items, model->texts.count, sizeof(struct text *), compare_texts);
    for (size_t i = 0; i < model->texts.count; i++)
        model->texts.items[i]->id = (uint32_t)i + 1;
}
