// SPDX-License-Identifier: MIT
// The lines of schema/iam.txt.
#include "iam_model.h"

#include "schema/iam_levels.h"

#include <string.h>
#include <strings.h>

// The next word, which ends with a blank or is in quotes, without them; `line` is moved behind it.
static char *take_word(char **line)
{
    bool is_quoted = **line == '"';
    char *word = *line + is_quoted;
    char *end = word + strcspn(word, is_quoted ? "\"" : " ");

    if (!*word || (is_quoted && !*end))
        model_fail("a word is missing");
    *line = end + (*end ? 1 : 0);
    *end = '\0';
    return word;
}

static struct text *take_text(struct iam_model *model, char **line)
{
    char *word = take_word(line);

    return model_text(&model->strings, word, strlen(word));
}

static void skip_blanks(char **line)
{
    *line += strspn(*line, " ");
}

static void check_order(const struct text *before, const struct text *name)
{
    if (before && strcasecmp(before->data, name->data) >= 0)
        model_fail("'%s' does not belong behind '%s'", name->data, before->data);
}

// "if KEY..."
static bool read_keys(struct iam_model *model, struct texts *keys, char *line)
{
    if (strncmp(line, "if ", 3) != 0)
        return false;
    for (line += 3; *line;)
        texts_add(&model->strings, keys, take_text(model, &line));
    return true;
}

static void read_key(struct iam_model *model, char *line)
{
    struct iam_service *service = &model->services[model->service_count - 1];
    struct iam_key *key;

    model->keys = arena_grow(
        &model->strings.arena, model->keys, model->key_count, &model->key_capacity, sizeof(*model->keys));
    key = &model->keys[model->key_count++];
    *key = (struct iam_key){ .name = take_text(model, &line) };
    key->type = take_text(model, &line);
    check_order(model->key_count - 1 > service->first_key ? key[-1].name : NULL, key->name);
}

static void read_resource(struct iam_model *model, char *line)
{
    struct iam_service *service = &model->services[model->service_count - 1];
    struct iam_resource *resource;

    model->resources = arena_grow(&model->strings.arena, model->resources, model->resource_count,
        &model->resource_capacity, sizeof(*model->resources));
    resource = &model->resources[model->resource_count++];
    *resource = (struct iam_resource){ .name = take_text(model, &line) };
    check_order(
        model->resource_count - 1 > service->first_resource ? resource[-1].name : NULL, resource->name);
    for (skip_blanks(&line); *line && !read_keys(model, &resource->keys, line); skip_blanks(&line))
        texts_add(&model->strings, &resource->arns, take_text(model, &line));
    if (!resource->arns.count)
        model_fail("the resource '%s' has no ARN", resource->name->data);
}

static size_t find_resource(const struct iam_model *model, const char *name)
{
    const struct iam_service *service = &model->services[model->service_count - 1];

    for (size_t i = service->first_resource; i < model->resource_count; i++)
        if (strcasecmp(model->resources[i].name->data, name) == 0)
            return i;
    model_fail("there is no resource '%s'", name);
}

static void read_use(struct iam_model *model, struct iam_action *action, char **line)
{
    bool is_quoted = **line == '"';
    char *name = take_word(line);
    size_t length = strlen(name);
    struct iam_use *use;

    action->uses = arena_grow(
        &model->strings.arena, action->uses, action->use_count, &action->use_capacity, sizeof(*action->uses));
    use = &action->uses[action->use_count++];
    *use = (struct iam_use){ .is_required = is_quoted ? **line == '*' : name[length - 1] == '*' };
    if (is_quoted)
        *line += use->is_required;
    else if (use->is_required)
        name[length - 1] = '\0';
    use->number = find_resource(model, name);
}

static uint32_t level_read(const char *name)
{
    for (uint32_t i = 0; schema_iam_levels[i]; i++)
        if (strcmp(schema_iam_levels[i], name) == 0)
            return i;
    model_fail("unknown access level '%s'", name);
}

static void read_action(struct iam_model *model, char *line)
{
    struct iam_service *service = &model->services[model->service_count - 1];
    struct iam_action *action;

    model->actions = arena_grow(&model->strings.arena, model->actions, model->action_count,
        &model->action_capacity, sizeof(*model->actions));
    action = &model->actions[model->action_count++];
    *action = (struct iam_action){ .name = take_text(model, &line) };
    check_order(model->action_count - 1 > service->first_action ? action[-1].name : NULL, action->name);
    action->level = level_read(take_word(&line));
    for (skip_blanks(&line); *line && !read_keys(model, &action->keys, line); skip_blanks(&line)) {
        if (*line != '+') {
            read_use(model, action, &line);
        } else if (action->use_count) {
            line++;
            texts_add(&model->strings, &action->uses[action->use_count - 1].keys, take_text(model, &line));
        } else {
            model_fail("'%s' belongs to no resource", line);
        }
    }
}

static struct iam_service *add_service(struct iam_model *model)
{
    struct iam_service *service;

    model->services = arena_grow(&model->strings.arena, model->services, model->service_count,
        &model->service_capacity, sizeof(*model->services));
    service = &model->services[model->service_count++];
    *service = (struct iam_service){
        .first_action = model->action_count,
        .first_resource = model->resource_count,
        .first_key = model->key_count,
    };
    return service;
}

static void read_service(struct iam_model *model, char *line)
{
    struct iam_service *service = add_service(model);

    service->prefix = take_text(model, &line);
    if (!*line)
        model_fail("the service '%s' has no name", service->prefix->data);
    service->name = model_text(&model->strings, line, strlen(line));
    check_order(service[-1].prefix, service->prefix);
}

static bool begins_with(char **line, const char *start)
{
    size_t length = strlen(start);

    if (strncmp(*line, start, length) != 0)
        return false;
    *line += length;
    return true;
}

static void read_line(void *context, char *line)
{
    struct iam_model *model = context;

    if (begins_with(&line, "%source "))
        texts_add(&model->strings, &model->sources, model_text(&model->strings, line, strlen(line)));
    else if (begins_with(&line, model->service_count > 1 ? " %key " : "%key "))
        read_key(model, line);
    else if (*line == '%')
        model_fail("unknown fact '%s'", line + 1);
    else if (*line != ' ')
        read_service(model, line);
    else if (model->service_count < 2)
        model_fail("'%s' belongs to no service", line);
    else if (begins_with(&line, " %resource "))
        read_resource(model, line);
    else if (line[1] == '%')
        model_fail("unknown fact '%s'", line + 2);
    else
        read_action(model, line + 1);
}

void iam_read(struct iam_model *model, const char *path, const char *content)
{
    *model = (struct iam_model){ .strings.arena = ARENA_INIT };
    map_init(&model->strings.by_data, &model->strings.arena);
    add_service(model);
    model_each_line(&model->strings, path, content, read_line, model);
    add_service(model);
    model_number_strings(&model->strings);
}
