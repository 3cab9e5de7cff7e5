// SPDX-License-Identifier: MIT
#ifndef CLI_VALIDATE_LOCATE_H
#define CLI_VALIDATE_LOCATE_H

// What an assembly knows of findings and the template alone does not: the construct, and where the source
// makes it.

struct cloud_stack;
struct template_findings;

// Of those with this file; what it adds lives in the current arena of values.
void findings_locate(struct template_findings *findings, const char *file, const struct cloud_stack *stack);

#endif
