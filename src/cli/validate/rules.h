// SPDX-License-Identifier: MIT
#ifndef CLI_VALIDATE_RULES_H
#define CLI_VALIDATE_RULES_H

// What `validate` says about its rules.

struct cli;

// A line for each rule.
void validate_rules_print(struct cli *cli);
// What a rule is about. Returns the exit status.
int validate_rule_explain(const struct cli *cli, const char *id);

#endif
