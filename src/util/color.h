// SPDX-License-Identifier: MIT
#ifndef UTIL_COLOR_H
#define UTIL_COLOR_H

// Escape sequences of terminals (ECMA-48, "Select Graphic Rendition"). Each holds until COLOR_RESET.

#define COLOR_RESET "\033[0m"
#define COLOR_BOLD "\033[1m"
#define COLOR_UNDERLINED "\033[1;4m"
#define COLOR_RED "\033[31m"
#define COLOR_GREEN "\033[32m"
#define COLOR_YELLOW "\033[33m"
#define COLOR_MAGENTA "\033[35m"
#define COLOR_CYAN "\033[36m"
#define COLOR_GRAY "\033[90m"
#define COLOR_DANGER "\033[1;3;31m" // bold red italics
#define COLOR_CAUTION "\033[3;33m"  // yellow italics
#define COLOR_IMPORT "\033[3;34m"   // blue italics

#endif
