// SPDX-License-Identifier: MIT
#include "validate/engine/registry.h"

const struct rule document_rules[] = {
    { "E0000", SEVERITY_ERROR, "the text is not a template that can be read",
        "CloudFormation refuses such text; of two equal keys it silently takes the last one.",
        "Correct the JSON or YAML where the message says.", "CloudFormation template formats",
        .scope = RULE_REPORTED },
    RULES_END,
};
