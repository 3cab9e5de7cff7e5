// SPDX-License-Identifier: MIT
#ifndef DIFF_DIFF_H
#define DIFF_DIFF_H

// What a change of templates does: sections, resources with their impact, permissions, exports, moves. No
// I/O. Everything lives in the current value arena, together with the templates that it points into.
//
// Decisions are those of the CDK's diff (@aws-cdk/cloudformation-diff), except where docs/diff.md says
// otherwise.

#include <stdbool.h>
#include <stddef.h>

struct value;

enum diff_kind { DIFF_CHANGED, DIFF_ADDED, DIFF_REMOVED };

// What happens to a resource, the worst last.
enum diff_impact {
    DIFF_NO_CHANGE,
    DIFF_IMPORT,
    DIFF_UPDATE,
    DIFF_CREATE,
    DIFF_ORPHAN, // leaves the stack and stays, by its deletion policy
    DIFF_MAY_REPLACE,
    DIFF_REPLACE,
    DIFF_DESTROY,
    DIFF_IMPACTS,
};

// Something with a name that is not the same on both sides.
struct diff_change {
    const char *name;
    enum diff_kind kind;
    const struct value *before; // NULL: added
    const struct value *after;  // NULL: removed
    // Of resources only:
    bool is_attribute;       // beside Properties: DeletionPolicy, Metadata, ...
    bool is_asset;           // only hashes of assets differ
    bool from_change_set;    // only CloudFormation's change set knows of it
    enum diff_impact impact; // on the resource
    // The replaced resource that this property refers to, or what it depends on as the change set names it;
    // NULL: none.
    const char *because;
};

struct diff_changes {
    struct diff_change *items;
    size_t count, capacity;
};

enum diff_section {
    DIFF_TEMPLATE, // format version, description, transforms
    DIFF_SETTINGS, // of the stack itself
    DIFF_PARAMETERS,
    DIFF_METADATA,
    DIFF_MAPPINGS,
    DIFF_CONDITIONS,
    DIFF_RULES,
    DIFF_OUTPUTS,
    DIFF_OTHER,
    DIFF_SECTIONS,
};

struct diff_stack;

struct diff_resource {
    const char *id;
    const char *path; // of its construct, without the stack's name; NULL when it is not known
    const char *type; // the old one of a removed resource; NULL when it has none
    const char *old_type;
    enum diff_kind kind;
    enum diff_impact impact;
    const struct value *before, *after;
    struct diff_changes changes;
    bool is_consequence; // its own text did not change
    // CloudFormation's change set says otherwise than the templates, whose impact this was.
    bool is_overruled;
    enum diff_impact template_impact;
    bool is_stateful;   // holds data
    const char *policy; // what happens to the data when the resource goes: Delete, Retain, Snapshot, ...
    // The resource of the same content, added where this one is removed or the other way round; NULL: none.
    const struct diff_resource *moved;
    const struct diff_stack *stack;
    const char *drift; // "modified" or "deleted" since it was deployed; NULL: neither, or not known
};

// Permissions, as rows of tables.

enum diff_table {
    DIFF_STATEMENTS,
    DIFF_MANAGED_POLICIES,
    DIFF_IDENTITY_CENTER,
    DIFF_SECURITY_GROUP_RULES,
    DIFF_ACCESS, // what the tables above do not show; each row broadens
    DIFF_TABLES,
};

enum { DIFF_COLUMNS = 5 };

struct diff_row {
    enum diff_kind kind; // added or removed
    bool broadens;
    const char *cells[DIFF_COLUMNS]; // lists have a line for each item
    const struct value *content;     // the same as an object
    const char *key;                 // equal for equal meaning
    const char *origin;              // "id\nproperty", or "id\n" of a whole resource
};

struct diff_rows {
    struct diff_row *items;
    size_t count, capacity;
};

struct diff_table_shape {
    const char *title;
    const char *name; // in JSON
    size_t columns;
    const char *headings[DIFF_COLUMNS];
};

extern const struct diff_table_shape diff_tables[DIFF_TABLES];

// An export that goes away or whose value may change.
struct diff_export {
    const char *name;
    const char *output;
    enum diff_kind kind;
    const char **importers; // names of stacks that import it as they are now
    size_t importer_count;
};

struct diff_summary {
    size_t differences; // as the CDK counts them: sections' entries and resources
    size_t impacts[DIFF_IMPACTS];
    size_t data_at_stake;    // stateful resources that are or may be replaced, or leave the stack
    size_t exports_at_stake; // exports in use that vanish or change
    size_t drifted;          // resources that are not as they were deployed; no differences
    size_t hidden;           // differences not shown, because they mean nothing
    // USD of a month in which nobody uses the resources; filled by who knows prices, not by the comparison.
    double cost_before, cost_after;
    bool security; // any row in a table
    bool broadening;
    bool destructive;
};

struct diff_stack {
    const char *name;
    const struct value *before; // the template; NULL: there is none
    const struct value *after;
    const struct value *paths, *importers; // see diff_input
    struct diff_changes sections[DIFF_SECTIONS];
    struct diff_resource *resources; // removed ones, added ones, changed ones
    size_t resource_count;
    struct diff_rows tables[DIFF_TABLES];
    struct diff_export *exports;
    size_t export_count;
    struct diff_resource *drifted; // what they were deployed as and what they are, whether they change or not
    size_t drifted_count;
    struct diff_summary summary;
    const char *note; // what could not be found out; NULL: nothing
};

struct diff {
    struct diff_stack *stacks;
    size_t count;
    size_t different; // stacks with differences
    struct diff_summary summary;
};

struct diff_options {
    bool strict;   // hides nothing, and compares strings as they are
    bool deployed; // what is before comes from CloudFormation, which keeps '?' of characters beyond ASCII
};

struct diff_input {
    const char *name;
    const struct value *before, *after; // templates; NULL: no such stack
    const struct value
        *paths; // an object of logical ids and construct paths beside the templates' own; may be NULL
    // Settings of the stack itself, as an object in the API's names: TerminationProtection (a boolean), Tags
    // (an object of keys and values), NotificationARNs (an array), RoleARN. NULL on either side: not
    // compared.
    const struct value *settings_before, *settings_after;
    const struct value *changes; // of CloudFormation's change set; NULL: there is none
    // What is not as it was deployed (the API's StackResourceDrifts); NULL: not known.
    const struct value *drifts;
    // Names of stacks by exports, beside those that are compared; may be NULL.
    const struct value *importers;
    const char *note; // what could not be found out; NULL: nothing
};

void diff_compare(
    const struct diff_input *inputs, size_t count, const struct diff_options *options, struct diff *ret_diff);
// Adds the stacks of `more`, which have nothing to do with those of `diff`: those of another environment.
void diff_add(struct diff *diff, const struct diff *more);

// Words of the output.
const char *diff_kind_name(enum diff_kind kind);       // "added"
const char *diff_impact_name(enum diff_impact impact); // "replace", as in JSON
const char *diff_section_title(enum diff_section section);
const char *diff_section_name(enum diff_section section);    // in JSON
const char *diff_section_element(enum diff_section section); // "Parameter"

#endif
