// SPDX-License-Identifier: MIT
#ifndef VALIDATE_PROPERTIES_REGEX_H
#define VALIDATE_PROPERTIES_REGEX_H

// Regular expressions of the schema, which are those of Python and JavaScript. Each is compiled when it is
// first asked for, and kept for the program's life; threads share them.

enum regex_result {
    REGEX_NO_MATCH,
    REGEX_MATCH,
    REGEX_UNDECIDED, // the pattern cannot be compiled, or takes too long with this text
};

// Whether it is found anywhere in `text`. `pattern` has to live as long as the program.
enum regex_result regex_search(const char *pattern, const char *text);
// Whether it is found where `text` begins. The pattern is one of a template: it is not kept.
enum regex_result regex_begins(const char *pattern, const char *text);

// The same of a pattern that is not asked for again.
enum regex_result regex_search_once(const char *pattern, const char *text);

#endif
