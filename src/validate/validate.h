// SPDX-License-Identifier: MIT
#ifndef VALIDATE_VALIDATE_H
#define VALIDATE_VALIDATE_H

// What is wrong with a CloudFormation template, and what is unwise in it, without asking AWS. Rules are in
// rules/, iam/ and policy/ (see rule.h); this is what those need who want a template checked. Findings, and
// what they refer to, live in the arena of values that is current; a thread that has its own arena can check
// templates beside others.

#include "util/string_list.h"
#include "validate/rule.h"

#include <stdbool.h>
#include <stddef.h>

// A template, as text or as a value. Without text findings have no lines.
struct template_source {
    const char *name; // of the file, as in messages
    const char *text; // NULL: there is only the value
    size_t length;
    const struct value *template; // NULL: it is read from the text
};

struct validate_options {
    struct string_list ignore;  // ids of rules, or what ids begin with
    struct string_list include; // likewise, of what is off by default: information
    struct string_list regions; // empty: us-east-1
    bool policy;                // also the rules of good practice: cdk-nag's AwsSolutions
};

// From 1; 0 when it is not known. The end is behind the last character.
struct finding_range {
    size_t line, column, end_line, end_column;
};

struct template_finding {
    const struct rule *rule;
    const char *id;         // the rule's, with what was found in brackets where a rule has several findings
    enum severity severity; // the rule's, but a warning where it cannot be told
    const char *file;
    struct finding_range range;
    const char *pointer; // RFC 6901
    const char *message;
    const char *resource;  // logical id; NULL: it is in none
    const char *construct; // its path in the CDK's tree; NULL: not known
    const char *place;     // where the source of the app makes it, "stacks/network.c:42"; NULL: not known
    const char *line;      // of the text, without its end; NULL: not known, or too long to be shown
};

struct template_findings {
    struct template_finding *items; // in the order of the text
    size_t count, capacity;
    size_t errors, warnings, infos;
};

// Adds what is found in the template. Never fails: text that cannot be read is a finding itself (E0000).
void validate_template(const struct template_source *source, const struct validate_options *options,
    struct template_findings *findings);

// Appends copies to `all` that live in the arena, for findings that have to outlive the arena of values.
void template_findings_add(
    struct arena *arena, struct template_findings *all, const struct template_findings *findings);

// All rules, sorted by id; returns how many.
size_t validate_rules(struct arena *arena, const struct rule ***ret_rules);
const struct rule *validate_rule_find(const char *id); // NULL: there is none
const char *severity_name(enum severity severity);     // "error", "warning", "info"

#endif
