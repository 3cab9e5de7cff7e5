// SPDX-License-Identifier: MIT
#ifndef UTIL_ARRAY_H
#define UTIL_ARRAY_H

// The number of elements of an array; not for pointers.
#define ARRAY_SIZE(array) (sizeof(array) / sizeof(*(array)))

#endif
