// SPDX-License-Identifier: MIT
#ifndef DATA_YAML_H
#define DATA_YAML_H

// Values as YAML text, for people to read.

struct strbuf;
struct value;

// Block style, keys in their order. Strings that a YAML 1.1 or 1.2 reader would take for something else
// ("2012-10-17", "yes", "0123") are quoted, and so are those with characters
// that do not show themselves (util/text/visible.h), which are spelt out: the same to who reads the YAML. The
// value must have nothing symbolic in it.
void yaml_write(struct strbuf *out, const struct value *value);

#endif
