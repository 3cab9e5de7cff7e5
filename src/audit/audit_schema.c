// SPDX-License-Identifier: MIT
#include "audit/audit_schema.h"

#include "util/array.h"
#include "util/file/file.h"
#include "util/text/compare.h"

#include <ctype.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

// What a mapping may hold: a table of keys, and where their values go.
enum field_type { FIELD_STRING, FIELD_FLAG, FIELD_LIST };

struct audit_field {
    const char *key;
    enum field_type type;
    size_t offset;
};

static const struct audit_field schema_fields[] = {
    { "table", FIELD_STRING, offsetof(struct audit_schema, table) },
    { "conflict", FIELD_STRING, offsetof(struct audit_schema, conflict) },
    { "event_types", FIELD_LIST, offsetof(struct audit_schema, event_types) },
    { "columns", FIELD_LIST, 0 }, // read apart
    { NULL, FIELD_STRING, 0 },
};

static const struct audit_field column_fields[] = {
    { "name", FIELD_STRING, offsetof(struct audit_column, name) },
    { "type", FIELD_STRING, offsetof(struct audit_column, type) },
    { "from", FIELD_STRING, offsetof(struct audit_column, from) },
    { "sql", FIELD_STRING, offsetof(struct audit_column, sql) },
    { "remarks", FIELD_FLAG, offsetof(struct audit_column, remarks) },
    { "default", FIELD_STRING, offsetof(struct audit_column, fallback) },
    { "required", FIELD_FLAG, offsetof(struct audit_column, required) },
    { "nullable", FIELD_FLAG, offsetof(struct audit_column, nullable) },
    { "without", FIELD_LIST, offsetof(struct audit_column, without) },
    { NULL, FIELD_STRING, 0 },
};

struct audit_reader {
    struct audit_schema *schema;
    yaml_document_t *document;
    const char *name; // of the file
    struct error *err;
};

static int complain(const struct audit_reader *r, const yaml_node_t *node, const char *message)
{
    return error_set(
        r->err, "%s:%zu:%zu: %s", r->name, node->start_mark.line + 1, node->start_mark.column + 1, message);
}

void audit_list_add(struct audit_schema *schema, struct audit_text_list *list, const char *text)
{
    list->items =
        arena_grow(&schema->arena, list->items, list->length, &list->capacity, sizeof(*list->items));
    list->items[list->length++] = arena_strdup(&schema->arena, text);
}

bool audit_list_contains(const struct audit_text_list *list, const char *text)
{
    for (size_t i = 0; i < list->length; i++)
        if (strcmp(list->items[i], text) == 0)
            return true;
    return false;
}

bool audit_is_plain(const char *text)
{
    if (!isalpha((unsigned char)*text))
        return false;
    for (; *text; text++)
        if (!isalnum((unsigned char)*text) && !strchr("._-", *text))
            return false;
    return true;
}

// NULL for what is no string, or one that a C string cannot hold.
static const char *scalar(const yaml_node_t *node)
{
    if (!node || node->type != YAML_SCALAR_NODE ||
        memchr(node->data.scalar.value, '\0', node->data.scalar.length))
        return NULL;
    return (const char *)node->data.scalar.value;
}

static int set_list(struct audit_reader *r, const yaml_node_t *node, struct audit_text_list *list)
{
    if (node->type != YAML_SEQUENCE_NODE)
        return complain(r, node, "a list is expected");
    for (yaml_node_item_t *i = node->data.sequence.items.start; i < node->data.sequence.items.top; i++) {
        const yaml_node_t *item = yaml_document_get_node(r->document, *i);

        if (!scalar(item))
            return complain(r, item, "a list of strings is expected");
        if (!audit_is_plain(scalar(item)))
            return complain(r, item, "a letter is expected, then letters, digits, '.', '_' and '-'");
        if (audit_list_contains(list, scalar(item)))
            return complain(r, item, "this appears twice");
        audit_list_add(r->schema, list, scalar(item));
    }
    return 0;
}

static int set_flag(struct audit_reader *r, const yaml_node_t *node, bool *flag)
{
    const char *text = scalar(node);

    if (!text || (strcmp(text, "true") != 0 && strcmp(text, "false") != 0))
        return complain(r, node, "true or false is expected");
    *flag = *text == 't';
    return 0;
}

static int set_field(
    struct audit_reader *r, const struct audit_field *field, const yaml_node_t *node, void *target)
{
    void *place = (char *)target + field->offset;

    if (field->type == FIELD_LIST)
        return set_list(r, node, place);
    if (field->type == FIELD_FLAG)
        return set_flag(r, node, place);
    if (!scalar(node))
        return complain(r, node, "a string is expected");
    *(const char **)place = arena_strdup(&r->schema->arena, scalar(node));
    return 0;
}

static const struct audit_field *find_field(const struct audit_field *fields, const char *key)
{
    for (; fields->key; fields++)
        if (key && strcmp(fields->key, key) == 0)
            return fields;
    return NULL;
}

static int read_columns(struct audit_reader *r, const yaml_node_t *node);

static int read_mapping(
    struct audit_reader *r, const yaml_node_t *node, const struct audit_field *fields, void *target)
{
    if (!node || node->type != YAML_MAPPING_NODE)
        return node ? complain(r, node, "a mapping is expected") : error_set(r->err, "%s is empty", r->name);
    for (yaml_node_pair_t *p = node->data.mapping.pairs.start; p < node->data.mapping.pairs.top; p++) {
        const yaml_node_t *key = yaml_document_get_node(r->document, p->key);
        const yaml_node_t *value = yaml_document_get_node(r->document, p->value);
        const struct audit_field *field = find_field(fields, scalar(key));
        bool columns;

        if (!field)
            return complain(r, key, "this key is not known");
        columns = fields == schema_fields && strcmp(field->key, "columns") == 0;
        if ((columns ? read_columns(r, value) : set_field(r, field, value, target)) < 0)
            return -1;
    }
    return 0;
}

static bool is_name(const char *text)
{
    if (!text || !*text || isdigit((unsigned char)*text))
        return false;
    for (; *text; text++)
        if (!islower((unsigned char)*text) && !isdigit((unsigned char)*text) && *text != '_')
            return false;
    return true;
}

size_t audit_type_length(const char *type)
{
    unsigned long length;
    char *end;

    if (strncmp(type, "varchar(", 8) != 0 || !isdigit((unsigned char)type[8]))
        return 0;
    length = strtoul(type + 8, &end, 10);
    return strcmp(end, ")") == 0 ? length : 0;
}

static bool is_type(const char *type)
{
    static const char *const types[] = { "uuid", "text", "inet", "jsonb", "timestamptz" };

    for (size_t i = 0; type && i < ARRAY_SIZE(types); i++)
        if (strcmp(type, types[i]) == 0)
            return true;
    return type && audit_type_length(type) > 0;
}

static int check_column(const struct audit_reader *r, const yaml_node_t *node, const struct audit_column *c)
{
    if (!is_name(c->name))
        return complain(r, node, "the column has no (valid) name");
    if (!is_type(c->type))
        return complain(
            r, node, "the column's type is none of uuid, text, varchar(N), inet, jsonb, timestamptz");
    if ((c->from != NULL) + (c->sql != NULL) + c->remarks != 1)
        return complain(r, node, "the column needs either 'from' or 'sql' or 'remarks'");
    if (c->remarks && strcmp(c->type, "jsonb") != 0)
        return complain(r, node, "'remarks' is for jsonb columns");
    if (c->from && !c->required && !c->fallback && !c->nullable)
        return complain(r, node, "the column needs one of 'required', 'default', 'nullable'");
    if (c->without.length && strcmp(c->type, "jsonb") != 0)
        return complain(r, node, "'without' is for jsonb columns");
    return 0;
}

static int read_columns(struct audit_reader *r, const yaml_node_t *node)
{
    struct audit_schema *s = r->schema;

    if (node->type != YAML_SEQUENCE_NODE)
        return complain(r, node, "a list of columns is expected");
    for (yaml_node_item_t *i = node->data.sequence.items.start; i < node->data.sequence.items.top; i++) {
        const yaml_node_t *item = yaml_document_get_node(r->document, *i);
        struct audit_column *column;

        s->columns =
            arena_grow(&s->arena, s->columns, s->column_count, &s->column_capacity, sizeof(*s->columns));
        column = &s->columns[s->column_count++];
        *column = (struct audit_column){ .line = (unsigned)item->start_mark.line + 1 };
        if (read_mapping(r, item, column_fields, column) < 0 || check_column(r, item, column) < 0)
            return -1;
        for (struct audit_column *other = s->columns; other < column; other++)
            if (strcmp(other->name, column->name) == 0)
                return complain(r, item, "the column appears twice");
    }
    return 0;
}

const struct audit_column *audit_schema_column(const struct audit_schema *schema, const char *name)
{
    for (size_t i = 0; i < schema->column_count; i++)
        if (strcmp(schema->columns[i].name, name) == 0)
            return &schema->columns[i];
    return NULL;
}

static int check_schema(const struct audit_reader *r)
{
    const struct audit_schema *s = r->schema;

    if (!is_name(s->table))
        return error_set(r->err, "%s names no (valid) table", r->name);
    if (!s->conflict || !audit_schema_column(s, s->conflict))
        return error_set(r->err, "%s: 'conflict' is not one of the columns", r->name);
    if (!s->event_types.length)
        return error_set(r->err, "%s lists no event types", r->name);
    return 0;
}

static int read_document(struct audit_reader *r)
{
    struct audit_text_list *types = &r->schema->event_types;

    if (read_mapping(r, yaml_document_get_root_node(r->document), schema_fields, r->schema) < 0 ||
        check_schema(r) < 0)
        return -1;
    qsort(types->items, types->length, sizeof(*types->items), compare_strings);
    return 0;
}

int audit_schema_parse(
    struct audit_schema *schema, const char *name, const char *text, size_t length, struct error *err)
{
    yaml_parser_t parser;
    yaml_document_t document;
    struct audit_reader r = { schema, &document, name, err };
    int status = -1;

    *schema = (struct audit_schema){ .arena = ARENA_INIT };
    if (!yaml_parser_initialize(&parser))
        return error_set(err, "cannot read '%s': out of memory", name);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, length);
    if (yaml_parser_load(&parser, &document)) {
        status = read_document(&r);
        yaml_document_delete(&document);
    } else {
        error_set(err, "%s:%zu:%zu: %s", name, parser.problem_mark.line + 1, parser.problem_mark.column + 1,
            parser.problem);
    }
    yaml_parser_delete(&parser);
    return status;
}

int audit_schema_read(struct audit_schema *schema, const char *path, struct error *err)
{
    STRBUF_AUTO text = STRBUF_INIT;

    *schema = (struct audit_schema){ .arena = ARENA_INIT };
    if (file_read(path, &text, err) < 0)
        return -1;
    return audit_schema_parse(schema, path, text.data, text.length, err);
}

void audit_schema_release(struct audit_schema *schema)
{
    arena_release(&schema->arena);
    *schema = (struct audit_schema){ .arena = ARENA_INIT };
}
