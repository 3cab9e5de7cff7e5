// SPDX-License-Identifier: MIT
#include "cdk/synth_private.h"
#include "data/json.h"

static void write_member(struct strbuf *out, const char *name, const char *text)
{
    json_write_string(out, name);
    strbuf_add_char(out, ':');
    json_write_string(out, text);
}

static void write_attributes(struct strbuf *out, struct element *element)
{
    const struct resource *resource = element_resource(element);

    if (!resource)
        return;
    strbuf_add_string(out, ",\"attributes\":{");
    write_member(out, "aws:cdk:cloudformation:type", resource->type);
    strbuf_add_char(out, ',');
    write_member(out, "aws:cdk:cloudformation:logicalId", element_logical_id(element));
    strbuf_add_char(out, '}');
}

static void write_construct(struct strbuf *out, struct construct *construct)
{
    strbuf_add_char(out, '{');
    write_member(out, "id", construct->scope ? construct->id : "App");
    strbuf_add_char(out, ',');
    write_member(out, "path", construct->path);
    strbuf_add_string(out, ",\"constructInfo\":{\"fqn\":\"tango-infra.");
    strbuf_add_string(
        out, construct->element && element_resource(construct->element) ? "CfnResource" : construct->type);
    strbuf_add_string(out, "\",");
    write_member(out, "version", TANGO_VERSION);
    strbuf_add_char(out, '}');
    for (size_t i = 0; i < construct->children.length; i++) {
        strbuf_add_string(out, i ? "," : ",\"children\":{");
        json_write_string(out, construct->children.items[i]->id);
        strbuf_add_char(out, ':');
        write_construct(out, construct->children.items[i]);
    }
    if (construct->children.length)
        strbuf_add_char(out, '}');
    if (construct->element)
        write_attributes(out, construct->element);
    strbuf_add_char(out, '}');
}

void tree_json_write(struct strbuf *out, struct construct *root)
{
    strbuf_add_string(out, "{\"version\":\"tree-0.1\",\"tree\":");
    write_construct(out, root);
    strbuf_add_char(out, '}');
}
