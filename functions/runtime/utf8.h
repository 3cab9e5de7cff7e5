// SPDX-License-Identifier: MIT
#ifndef RUNTIME_UTF8_H
#define RUNTIME_UTF8_H

// Removes the sequence at the end that lacks bytes, as cutting a text to the size of its place leaves it:
// PostgreSQL and AWS refuse a whole request for it.
void utf8_trim(char *text);

#endif
