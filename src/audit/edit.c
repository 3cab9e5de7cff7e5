// SPDX-License-Identifier: MIT
#include "audit/audit_schema.h"

#include <string.h>
#include <yaml.h>

// The YAML text is edited line by line where libyaml says that the items are, so that comments, blank lines
// and the order of what stays survive.
struct edit {
    const char *name, *yaml;
    const struct audit_text_list *types; // the wanted ones
    yaml_document_t document;
    const yaml_node_t *list;
    struct error *err;
};

static const char *text_of(const yaml_node_t *node)
{
    return node && node->type == YAML_SCALAR_NODE ? (const char *)node->data.scalar.value : "";
}

static const yaml_node_t *find_list(struct edit *edit)
{
    const yaml_node_t *root = yaml_document_get_root_node(&edit->document);

    if (!root || root->type != YAML_MAPPING_NODE)
        return NULL;
    for (yaml_node_pair_t *p = root->data.mapping.pairs.start; p < root->data.mapping.pairs.top; p++)
        if (strcmp(text_of(yaml_document_get_node(&edit->document, p->key)), "event_types") == 0)
            return yaml_document_get_node(&edit->document, p->value);
    return NULL;
}

static const char *line_at(const char *text, size_t line)
{
    for (; line; line--) {
        text += strcspn(text, "\n");
        text += *text == '\n';
    }
    return text;
}

static size_t blanks_at(const char *line)
{
    return strspn(line, " ");
}

// The item that stands on this line, or NULL.
static const yaml_node_t *item_on(struct edit *edit, size_t line)
{
    const yaml_node_item_t *end = edit->list->data.sequence.items.top;

    for (const yaml_node_item_t *i = edit->list->data.sequence.items.start; i < end; i++) {
        const yaml_node_t *item = yaml_document_get_node(&edit->document, *i);

        if (item->start_mark.line == line)
            return item;
    }
    return NULL;
}

static size_t line_of_last_item(struct edit *edit)
{
    return yaml_document_get_node(&edit->document, edit->list->data.sequence.items.top[-1])->start_mark.line;
}

static bool is_listed(struct edit *edit, const char *type)
{
    const yaml_node_item_t *end = edit->list->data.sequence.items.top;

    for (const yaml_node_item_t *i = edit->list->data.sequence.items.start; i < end; i++)
        if (strcmp(text_of(yaml_document_get_node(&edit->document, *i)), type) == 0)
            return true;
    return false;
}

static void add_new_types(struct edit *edit, struct strbuf *out)
{
    const char *last = line_at(edit->yaml, line_of_last_item(edit));

    if (out->length && out->data[out->length - 1] != '\n')
        strbuf_add_char(out, '\n');
    for (size_t i = 0; i < edit->types->length; i++)
        if (!is_listed(edit, edit->types->items[i]))
            strbuf_addf(out, "%.*s- %s\n", (int)blanks_at(last), last, edit->types->items[i]);
}

static void write_lines(struct edit *edit, struct strbuf *out)
{
    size_t last = line_of_last_item(edit);
    const char *at = edit->yaml;

    for (size_t line = 0; *at; line++) {
        size_t length = strcspn(at, "\n") + (at[strcspn(at, "\n")] == '\n');
        const yaml_node_t *item = item_on(edit, line);

        if (!item || audit_list_contains(edit->types, text_of(item)))
            strbuf_add(out, at, length);
        if (line == last)
            add_new_types(edit, out);
        at += length;
    }
}

static int check_list(struct edit *edit)
{
    const yaml_node_t *list = edit->list;

    if (!list || list->type != YAML_SEQUENCE_NODE ||
        list->data.sequence.items.top == list->data.sequence.items.start)
        return error_set(edit->err, "'%s' has no list 'event_types'", edit->name);
    for (const yaml_node_item_t *i = list->data.sequence.items.start; i < list->data.sequence.items.top;
         i++) {
        size_t line = yaml_document_get_node(&edit->document, *i)->start_mark.line;
        const char *text = line_at(edit->yaml, line);

        if (text[blanks_at(text)] != '-')
            return error_set(edit->err, "%s:%zu: only a list with one '- TYPE' a line can be updated",
                edit->name, line + 1);
    }
    return 0;
}

int audit_replace_event_types(const char *name, const char *yaml, const struct audit_text_list *types,
    struct strbuf *out, struct error *err)
{
    struct edit edit = { .name = name, .yaml = yaml, .types = types, .err = err };
    yaml_parser_t parser;
    int status;

    if (!yaml_parser_initialize(&parser))
        return error_set(err, "cannot read '%s': out of memory", name);
    yaml_parser_set_input_string(&parser, (const unsigned char *)yaml, strlen(yaml));
    if (!yaml_parser_load(&parser, &edit.document)) {
        status = error_set(err, "%s:%zu:%zu: %s", name, parser.problem_mark.line + 1,
            parser.problem_mark.column + 1, parser.problem);
    } else {
        edit.list = find_list(&edit);
        status = check_list(&edit);
        if (status == 0)
            write_lines(&edit, out);
        yaml_document_delete(&edit.document);
    }
    yaml_parser_delete(&parser);
    return status;
}
