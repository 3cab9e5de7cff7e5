// SPDX-License-Identifier: MIT
#ifndef VALIDATE_ENGINE_VALIDATOR_H
#define VALIDATE_ENGINE_VALIDATOR_H

// The inside of a validator, for the engine alone.

#include "util/map.h"
#include "util/strbuf.h"
#include "validate/validate.h"

// What was reported, before it is known where in the text that is and whether it is suppressed.
struct report_entry {
    const struct rule *rule;
    const char *pointer;
    const char *message;
    const char *id;                           // NULL: the rule's
    enum severity severity;                   // when `id` is there
    const struct template_resource *resource; // NULL: in none
    bool at_key;
    size_t line, column; // of what has no place among the values; 0: the pointer says where it is
};

struct validator {
    const struct template_source *source;
    const struct validate_options *options;
    struct arena *arena;
    struct node root;
    struct template_resource *resources;
    size_t resource_count;
    struct map by_id;
    struct map by_type;       // the first of each type
    struct value *transforms; // names that are known
    bool has_macro;
    bool has_serverless;              // the transform of the Serverless Application Model
    bool makes_ids;                   // a macro or a loop makes resources or parameters of any name
    size_t suggestions_left;          // candidates that may still be compared
    struct condition_set *conditions; // NULL until somebody asks
    struct report_entry *reports;
    size_t report_count, report_capacity;
    struct map reported; // "ID POINTER MESSAGE"
};

void validator_init(struct validator *validator, const struct template_source *source,
    const struct validate_options *options);
// Fills the index of resources and transforms, once the root has its value.
void validator_index(struct validator *validator);

// Adds it unless the options do not ask for the rule, or the same has been reported.
void validator_add_report(struct validator *validator, const struct report_entry *entry);

// RFC 6901.
void validator_add_pointer(struct strbuf *out, const struct node *node);

// Calls the rules.
void validator_run(struct validator *validator);

// Turns reports into findings: where they are, without what is suppressed.
void validator_collect(const struct validator *validator, struct template_findings *findings);

#endif
