// SPDX-License-Identifier: MIT
#ifndef CLI_CORE_CDK_WORDS_H
#define CLI_CORE_CDK_WORDS_H

// What those who know the CDK CLI type, and what does it here.

#include <stddef.h>

// What to do instead of the CDK's command of this name; NULL where the CDK has none, or it is here too.
const char *cdk_command_advice(const char *name);
// Likewise of an option without its dashes, for one of our commands (NULL: in front of any).
const char *cdk_option_advice(const char *command, const char *name, size_t length);
// Of an option of one letter.
const char *cdk_letter_advice(const char *command, char letter);

#endif
