// SPDX-License-Identifier: MIT
// The lines of schema/constraints.txt.
#include "constraints.h"
#include "data/json.h"
#include "data/value.h"

#include <string.h>

static struct text *whole(struct constraints *constraints, const char *line)
{
    return model_text(constraints->model, line, strlen(line));
}

// Cuts the first word off.
static char *take_word(char **line)
{
    char *word = strsep(line, " ");

    if (!*line)
        *line = word + strlen(word);
    return word;
}

static void read_list(struct constraints *constraints, struct texts *texts, char *line)
{
    while (*line)
        texts_add(constraints->model, texts, whole(constraints, take_word(&line)));
}

static struct value *read_json(const char *text)
{
    struct error err = ERROR_INIT;
    struct value *value = json_parse(text, strlen(text), "JSON", &err);

    if (!value)
        model_fail("%s", err.message);
    return value;
}

// Names of lists of allowed values give way to the lists.
static void resolve_sets(struct constraints *constraints, struct value *value)
{
    struct value *allowed = object_get(value, "enum");

    if (value_type(allowed) == VALUE_STRING) {
        struct value *set = map_get(&constraints->sets, value_string(allowed));

        if (!set)
            model_fail("there is no set '%s'", value_string(allowed));
        object_set(value, "enum", set);
    }
    for (size_t i = 0; i < value_length(value); i++)
        resolve_sets(
            constraints, value_type(value) == VALUE_ARRAY ? array_at(value, i) : object_at(value, i)->value);
}

static struct value *read_schema(struct constraints *constraints, const char *text)
{
    struct value *schema = read_json(text);

    resolve_sets(constraints, schema);
    return schema;
}

static void read_definition(struct constraints *constraints, struct constraint_type *type, char *line)
{
    struct model *model = constraints->model;
    char *name = take_word(&line);
    size_t length = strlen(name);
    struct definition *definition;

    if (name[length - 1] == ':')
        name[length - 1] = '\0';
    if ((strcmp(name, "=") == 0) != (type->definition_count == 0))
        model_fail("'=' has to be the first definition, and no other");
    type->definitions = arena_grow(&model->arena, type->definitions, type->definition_count,
        &type->definition_capacity, sizeof(*type->definitions));
    definition = &type->definitions[type->definition_count++];
    *definition = (struct definition){ .name = arena_strdup(&model->arena, name),
        .schema = read_schema(constraints, line) };
}

// A property of the definition before.
static void read_property(struct constraints *constraints, struct constraint_type *type, char *line)
{
    char *name = take_word(&line);
    struct value *properties = type->definition_count
        ? object_get(type->definitions[type->definition_count - 1].schema, "properties")
        : NULL;

    if (value_type(properties) != VALUE_OBJECT)
        model_fail("'%s' belongs to nothing that has properties", name);
    object_set(properties, name, read_schema(constraints, line));
}

// "ID MODE PLACE SCHEMA"
static void read_rule(struct constraints *constraints, struct constraint_type *type, char *line)
{
    struct model *model = constraints->model;
    struct constraint_rule *rule;
    char *mode, *next;

    type->rules =
        arena_grow(&model->arena, type->rules, type->rule_count, &type->rule_capacity, sizeof(*type->rules));
    rule = &type->rules[type->rule_count++];
    *rule = (struct constraint_rule){ .id = whole(constraints, take_word(&line)) };
    mode = take_word(&line);
    rule->reports_all = strncmp(mode, "all", strlen("all")) == 0;
    for (char *region = strchr(mode, '@'); region; region = next) {
        next = strchr(region + 1, ',');
        if (next)
            *next = '\0';
        texts_add(model, &rule->regions, whole(constraints, region + 1));
    }
    rule->place = whole(constraints, take_word(&line));
    rule->schema = read_schema(constraints, line);
}

// A part of what the rule before demands.
static void read_rule_part(struct constraints *constraints, struct constraint_type *type, const char *line)
{
    struct value *parts =
        type->rule_count ? object_get(type->rules[type->rule_count - 1].schema, "allOf") : NULL;

    if (value_type(parts) != VALUE_ARRAY)
        model_fail("'%s' belongs to no rule of several parts", line);
    array_append(parts, read_schema(constraints, line));
}

static void read_lifecycle(struct constraints *constraints, struct constraint_type *type, char *line)
{
    type->lifecycle = whole(constraints, take_word(&line));
    if (*line)
        type->lifecycle_date = whole(constraints, line);
}

static void read_fact(struct constraints *constraints, struct constraint_type *type, char *line)
{
    static const char *const lists[PATH_LISTS] = {
        [SCHEMA_PATHS_READ_ONLY] = "read-only",
        [SCHEMA_PATHS_WRITE_ONLY] = "write-only",
        [SCHEMA_PATHS_CREATE_ONLY] = "create-only",
        [SCHEMA_PATHS_MAY_CREATE_ONLY] = "may-create-only",
        [SCHEMA_PATHS_DEPRECATED] = "deprecated",
    };
    const char *name = take_word(&line);

    for (size_t i = 0; i < PATH_LISTS; i++) {
        if (strcmp(lists[i], name) == 0) {
            read_list(constraints, &type->paths[i], line);
            return;
        }
    }
    if (strcmp(name, "from") == 0)
        type->from = whole(constraints, line);
    else if (strcmp(name, "not-in") == 0)
        read_list(constraints, &type->missing_regions, line);
    else if (strcmp(name, "taggable") == 0)
        type->taggable = 1;
    else if (strcmp(name, "lifecycle") == 0)
        read_lifecycle(constraints, type, line);
    else
        model_fail("unknown fact '%s'", name);
}

static void read_runtime(struct constraints *constraints, char *line)
{
    struct runtime *runtime;

    constraints->runtimes = arena_grow(&constraints->model->arena, constraints->runtimes,
        constraints->runtime_count, &constraints->runtime_capacity, sizeof(*constraints->runtimes));
    runtime = &constraints->runtimes[constraints->runtime_count++];
    *runtime = (struct runtime){ { NULL } };
    for (size_t i = 0; i < RUNTIME_WORDS && *line; i++)
        runtime->words[i] = whole(constraints, take_word(&line));
    if (!runtime->words[RUNTIME_WORDS - 2])
        model_fail("a runtime needs three days");
}

static void read_named(struct constraints *constraints, char *line)
{
    struct text *name = whole(constraints, take_word(&line));

    constraints->named = arena_grow(&constraints->model->arena, constraints->named, constraints->named_count,
        &constraints->named_capacity, sizeof(*constraints->named));
    constraints->named[constraints->named_count++] =
        (struct named_schema){ .name = name, .schema = read_schema(constraints, line) };
}

static void read_general(struct constraints *constraints, char *line)
{
    const char *name = take_word(&line);

    if (strcmp(name, "source") == 0)
        texts_add(constraints->model, &constraints->sources, whole(constraints, line));
    else if (strcmp(name, "regions") == 0)
        read_list(constraints, &constraints->regions, line);
    else if (strcmp(name, "runtime") == 0)
        read_runtime(constraints, line);
    else if (strcmp(name, "schema") == 0)
        read_named(constraints, line);
    else if (strcmp(name, "set") == 0)
        name = take_word(&line), map_set(&constraints->sets, name, read_json(line));
    else
        model_fail("unknown fact '%s'", name);
}

static void read_type(struct constraints *constraints, const char *line)
{
    struct constraint_type *type;

    constraints->types = arena_grow(&constraints->model->arena, constraints->types, constraints->count,
        &constraints->capacity, sizeof(*constraints->types));
    type = &constraints->types[constraints->count++];
    *type = (struct constraint_type){ .type = whole(constraints, line) };
    model_check_order(constraints->count > 1 ? type[-1].type : NULL, type->type);
}

static void read_inside(struct constraints *constraints, struct constraint_type *type, char *line)
{
    if (line[0] == '%')
        read_fact(constraints, type, line + 1);
    else if (line[0] == '!')
        read_rule(constraints, type, line + 1);
    else if (line[0] == ' ' && type->rule_count)
        read_rule_part(constraints, type, line + 1);
    else if (line[0] == ' ')
        read_property(constraints, type, line + 1);
    else
        read_definition(constraints, type, line);
}

static void read_line(void *context, char *line)
{
    struct constraints *constraints = context;

    if (*line == '%')
        read_general(constraints, line + 1);
    else if (*line != ' ')
        read_type(constraints, line);
    else if (constraints->count)
        read_inside(constraints, &constraints->types[constraints->count - 1], line + 1);
    else
        model_fail("'%s' belongs to no resource type", line);
}

void constraints_read(
    struct constraints *constraints, struct model *model, const char *path, const char *content)
{
    *constraints = (struct constraints){ .model = model };
    map_init(&constraints->sets, &model->arena);
    model_each_line(model, path, content, read_line, constraints);
    for (size_t i = 0; i < constraints->count; i++)
        if (!constraints->types[i].definition_count)
            model_fail("'%s' has no properties", constraints->types[i].type->data);
}
