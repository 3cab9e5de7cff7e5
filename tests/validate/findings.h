// SPDX-License-Identifier: MIT
#ifndef TESTS_VALIDATE_FINDINGS_H
#define TESTS_VALIDATE_FINDINGS_H

// What is found in a small template, as text that a test can name: "ID POINTER" a line, sorted by place.

#include <stddef.h>

struct finding_case {
    const char *template; // YAML, or JSON with ' instead of "
    const char *findings; // "E1001 /Resource" and so on, separated by line breaks; "" when there is none
};

// Fails the test that runs when something else is found. Rules other than those whose ids begin with `rules`
// (separated by commas; NULL: all) do not count.
void check_findings(const struct finding_case *cases, size_t count, const char *rules);

#endif
