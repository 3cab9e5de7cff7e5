// SPDX-License-Identifier: MIT
#include "data/json.h"
#include "data/value.h"
#include "validate/render/format.h"

#include <string.h>

// SARIF 2.1.0 (OASIS), as GitHub's code scanning takes it.

static const char *level(enum severity severity)
{
    static const char *const levels[] = { "error", "warning", "note" };

    return levels[severity];
}

static struct value *message(const char *text)
{
    return object((struct field[]){ { "text", string(text) }, END });
}

static struct value *rule_value(const struct rule *rule)
{
    return object((struct field[]){
        { "id", string(rule->id) },
        { "shortDescription", message(rule->title) },
        { "fullDescription", message(rule->why) },
        { "help", message(rule->fix) },
        { "defaultConfiguration",
            object((struct field[]){ { "level", string(level(rule->severity)) }, END }) },
        END,
    });
}

static struct value *region(const struct finding_range *range)
{
    if (!range->line)
        return NULL;
    return object((struct field[]){
        { "startLine", number((double)range->line) },
        { "startColumn", number((double)range->column) },
        { "endLine", number((double)range->end_line) },
        { "endColumn", number((double)range->end_column) },
        END,
    });
}

static struct value *location(const struct template_finding *finding)
{
    const struct value *name = string(*finding->pointer ? finding->pointer : "/");

    return object((struct field[]){
        { "physicalLocation",
            object((struct field[]){
                { "artifactLocation", object((struct field[]){ { "uri", string(finding->file) }, END }) },
                { "region", region(&finding->range) },
                END,
            }) },
        { "logicalLocations",
            array_of((struct value *[]){
                object((struct field[]){ { "fullyQualifiedName", (struct value *)name }, END }), NULL }) },
        END,
    });
}

static struct value *result(const struct template_finding *finding, size_t index)
{
    return object((struct field[]){
        { "ruleId", string(finding->rule->id) },
        { "ruleIndex", number((double)index) },
        { "level", string(level(finding->severity)) },
        { "message", message(finding->message) },
        { "locations", array_of((struct value *[]){ location(finding), NULL }) },
        END,
    });
}

// The place of the rule in the list, to which it is added when it is not there.
static size_t rule_index(struct value *rules, const struct rule *rule)
{
    for (size_t i = 0; i < value_length(rules); i++)
        if (strcmp(object_string_or_empty(array_at(rules, i), "id"), rule->id) == 0)
            return i;
    array_append(rules, rule_value(rule));
    return value_length(rules) - 1;
}

void findings_write_sarif(struct strbuf *out, const struct template_findings *findings,
    const struct findings_format_options *options)
{
    struct value *rules = array(), *results = array(), *driver, *run;

    (void)options;
    for (size_t i = 0; i < findings->count; i++)
        array_append(results, result(&findings->items[i], rule_index(rules, findings->items[i].rule)));
    driver = object((struct field[]){
        { "name", string("tango-infra") }, { "version", string(TANGO_VERSION) }, { "rules", rules }, END });
    run = object((struct field[]){
        { "tool", object((struct field[]){ { "driver", driver }, END }) },
        { "columnKind", string("unicodeCodePoints") },
        { "results", results },
        END,
    });
    json_write_unicode(out,
        object((struct field[]){
            { "$schema", string("https://json.schemastore.org/sarif-2.1.0.json") },
            { "version", string("2.1.0") },
            { "runs", array_of((struct value *[]){ run, NULL }) },
            END,
        }),
        2);
    strbuf_add_char(out, '\n');
}
