// SPDX-License-Identifier: MIT
#ifndef VALIDATE_ENGINE_REGISTRY_H
#define VALIDATE_ENGINE_REGISTRY_H

// The tables of rules. Each ends with an empty row; registry.c has a line for each.

#include "validate/rule.h"

#define RULES_END                                                                                            \
    {                                                                                                        \
        .id = NULL                                                                                           \
    }

extern const struct rule document_rules[];
extern const struct rule section_rules[];

// Each ends with an empty row; the list ends with NULL.
extern const struct rule *const rule_tables[];

#endif
