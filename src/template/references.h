// SPDX-License-Identifier: MIT
#ifndef TEMPLATE_REFERENCES_H
#define TEMPLATE_REFERENCES_H

// What a value of a template refers to, wherever in it: by Ref, Fn::GetAtt, in the text of Fn::Sub, and by
// Fn::ImportValue.

struct value;

struct template_reference {
    const char *id;              // a logical id, parameter or pseudo parameter; NULL: an import
    const char *attribute;       // NULL: none, or it is computed
    const struct value *imports; // the name of the export
};

typedef void template_reference_found(void *data, const struct template_reference *reference);

// A reference is valid during the call; its strings live in the current arena.
void template_each_reference(const struct value *value, template_reference_found *found, void *data);

#endif
